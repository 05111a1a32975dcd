"""Change: the triples that one merge added to and removed from the public data, and the origin that caused it.

Append-only by trigger, written in the transaction that changes the entities. `seq` follows the order of commits
(the write lock gives it), so a projection that stored the last `seq` it saw misses nothing. A merge that changes
nothing writes no row. Replaying all changes gives exactly the entities.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records.database import Sequence64, append_only, metadata, now
from belfort.records.prepared import Prepared

change = sa.Table(
    "change",
    metadata,
    sa.Column("seq", Sequence64, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("origin", Sequence64, nullable=False),
    sa.Column("submission", Sequence64, nullable=True),
    sa.Column("inserts", sa.Text, nullable=False),
    sa.Column("deletes", sa.Text, nullable=False),
    sa.Index(None, "origin"),
)
append_only(change)

_LAST = Prepared(sa.select(sa.func.coalesce(sa.func.max(change.c.seq), 0)))
_ADD = Prepared(change.insert())


@dataclass(frozen=True)
class Change:
    """One row of the table; inserts and deletes are N-Triples lines joined by line ends."""

    seq: int
    at: str
    origin: int
    submission: int | None
    inserts: str
    deletes: str


def last_seq(connection: sa.Connection) -> int:
    """The number of the newest change, 0 when there is none."""
    return int(_LAST.run(connection).scalar_one())


def moment(connection: sa.Connection, seq: int) -> str:
    """When the change of that number was made; empty when there is none."""
    found = connection.execute(sa.select(change.c.at).where(change.c.seq == seq)).scalar_one_or_none()
    return str(found or "")


def append(
    connection: sa.Connection, origin: int, submission: int | None, inserts: list[str], deletes: list[str]
) -> Change:
    """Append one change; call it inside `database.write` only."""
    new = Change(last_seq(connection) + 1, now(), origin, submission, "\n".join(inserts), "\n".join(deletes))
    _ADD.run(connection, **new.__dict__)
    return new


def since(connection: sa.Connection, seq: int, limit: int = 500) -> Iterator[Change]:
    """The changes after that number, in order, at most `limit` of them."""
    rows = connection.execute(sa.select(change).where(change.c.seq > seq).order_by(change.c.seq).limit(limit))
    return (Change(*row) for row in rows)
