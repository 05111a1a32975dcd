"""What the publisher does in the flow; `belfort/jobs.py` has the order."""

from typing import Any


def intake(*arguments: Any) -> Any:
    """The queued stage `intake`."""
    from publisher.register.intake import handle

    return handle(*arguments)


def merge(*arguments: Any) -> Any:
    """The inline stage `merge`."""
    from publisher.merge import merge as run

    return run(*arguments)


def sparql(*arguments: Any) -> int:
    """The projection `sparql`."""
    from publisher.sparql.store import project

    return project(*arguments)


def dumps(*arguments: Any) -> int:
    """The projection `dumps`."""
    from publisher.dumps import project

    return project(*arguments)


def feeds(*arguments: Any) -> int:
    """The projection `feeds`."""
    from publisher.feeds import project

    return project(*arguments)


STAGES = {"intake": intake, "merge": merge, "sparql": sparql, "dumps": dumps, "feeds": feeds}
