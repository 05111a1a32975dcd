"""Issue: something that could not be done or understood: where, what, and how to fix it. Operators only.

A value that may not be public never stands in an issue; it has a pointer and a code. The issues of an origin are
replaced by those of its next submission.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from belfort import rijksregister
from belfort.records.database import Sequence64, metadata, now
from belfort.records.prepared import Prepared

issue = sa.Table(
    "issue",
    metadata,
    sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("fix", sa.Text, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Index(None, "origin", "stage"),
)

_OF = issue.c.origin == sa.bindparam("of"), issue.c.stage == sa.bindparam("at_stage")
_REMOVE = Prepared(issue.delete().where(*_OF))
_ADD = Prepared(issue.insert(), [column.name for column in issue.columns if column.name != "id"])


@dataclass(frozen=True)
class Issue:
    """What went wrong, where in the input, what it means and how to fix it; `count` times."""

    code: str
    message: str
    place: str = ""
    fix: str = ""
    count: int = 1


def _masked(one: Issue) -> dict[str, object]:
    """The columns of an issue; a rijksregisternummer in a file name or a quoted text is made unreadable."""
    return {name: rijksregister.mask(text) if isinstance(text, str) else text for name, text in one.__dict__.items()}


def replace(connection: sa.Connection, origin: str, stage: str, issues: Iterable[Issue]) -> None:
    """Store the issues of one origin and stage in place of the earlier ones."""
    origin = rijksregister.mask(origin)
    _REMOVE.run(connection, of=origin, at_stage=stage)
    _ADD.many(connection, [{"at": now(), "stage": stage, "origin": origin, **_masked(one)} for one in issues])
