"""What the harvester does in the flow; `belfort/jobs.py` has the order."""

from typing import Any


def extract(*arguments: Any) -> Any:
    """The queued stage `extract`."""
    from harvester.submit import extract_job

    return extract_job(*arguments)


STAGES = {"extract": extract}
