"""Feed file: one delta file or dump that a register source gave, where its raw bytes lie, and whether it counts yet.

Identity: (source, id of the file). `digest` names the raw blob in the private folder; the ledger has an entry for it.
A dump has an id that begins with `dump:`; its `created` is the moment from which on deltas count beside it.
`applied` is empty from the moment the file was read until the transaction of the submission that takes it in.
The order of a feed is (created, number, id): `created` is UTC with microseconds (sorts as text), `number` is the
n of `delta-<time>-<n>.json`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records import ledger
from belfort.records.database import chunks, metadata, now

feed_file = sa.Table(
    "feed_file",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("applied", sa.Text, nullable=False),
)


DUMP = "dump:"


@dataclass(frozen=True)
class FeedFile:
    """One row of the table; `digest` is empty while the file was only listed."""

    source: str
    id: str
    name: str
    created: str
    number: int
    digest: str = ""
    applied: str = ""

    @property
    def is_dump(self) -> bool:
        """Whether it says everything, rather than what changed."""
        return self.id.startswith(DUMP)

    @property
    def order(self) -> tuple[str, int, str]:
        """Its place in the feed."""
        return self.created, self.number, self.id


def of_source(connection: sa.Connection, source: str) -> list[FeedFile]:
    """Every file of the source that was read, in the order of the feed."""
    rows = connection.execute(sa.select(feed_file).where(feed_file.c.source == source))
    return sorted((FeedFile(*row) for row in rows), key=lambda file: file.order)


def waiting(connection: sa.Connection, source: str) -> list[FeedFile]:
    """The files of the source that were read and do not count yet, in the order of the feed."""
    rows = connection.execute(sa.select(feed_file).where(feed_file.c.source == source, feed_file.c.applied == ""))
    return sorted((FeedFile(*row) for row in rows), key=lambda file: file.order)


def applied(connection: sa.Connection, source: str, ids: Iterable[str]) -> set[str]:
    """Which of these files count."""
    found: set[str] = set()
    for chunk in chunks(list(ids)):
        rows = connection.execute(
            sa.select(feed_file.c.id).where(
                feed_file.c.source == source, feed_file.c.id.in_(chunk), feed_file.c.applied != ""
            )
        )
        found |= set(rows.scalars())
    return found


def newest(connection: sa.Connection, source: str) -> str:
    """The moment of the newest file that counts, "" when none does."""
    found = connection.execute(
        sa.select(sa.func.max(feed_file.c.created)).where(feed_file.c.source == source, feed_file.c.applied != "")
    ).scalar_one()
    return str(found or "")


def newest_dumps(connection: sa.Connection, source: str) -> list[FeedFile]:
    """The files of the dump of the source that counts."""
    rows = connection.execute(
        sa.select(feed_file).where(
            feed_file.c.source == source, feed_file.c.id.startswith(DUMP), feed_file.c.applied != ""
        )
    )
    dumps = [FeedFile(*row) for row in rows]
    last = max((file.created for file in dumps), default="")
    return [file for file in dumps if file.created == last]


def discard(connection: sa.Connection, source: str, ids: Iterable[str]) -> None:
    """Forget that these files wait; their bytes and ledger entries stay."""
    for chunk in chunks(list(ids)):
        connection.execute(
            feed_file.delete().where(feed_file.c.source == source, feed_file.c.id.in_(chunk), feed_file.c.applied == "")
        )


def keep(connection: sa.Connection, new: FeedFile) -> None:
    """Remember a file that was read, with its ledger entry; a file that is known stays as it is."""
    known = connection.execute(
        sa.select(feed_file.c.id).where(feed_file.c.source == new.source, feed_file.c.id == new.id)
    ).one_or_none()
    if known is None:
        connection.execute(feed_file.insert().values(**new.__dict__))
        ledger.append(connection, "feed-file", f"{new.source}/{new.id}", new.digest, {"created": new.created})


def set_applied(connection: sa.Connection, source: str, ids: Iterable[str]) -> None:
    """Say that these files count from now on; call it in the transaction of their submission."""
    moment = now()
    for chunk in chunks(list(ids)):
        connection.execute(
            feed_file.update().where(feed_file.c.source == source, feed_file.c.id.in_(chunk)).values(applied=moment)
        )
