"""Origin: who speaks. One page, one feed, one import.

`iri` is its identity (for a page its canonical URL). `kind` is `page` or `register`: it decides what the gate lets
through and who wins (design §3, "Who may say what"). `authority` is the party behind it: the slug of its source,
or the host of a page that was processed by hand; pages of one authority never conflict. `current` is the
submission that counts now, or null when the origin was withdrawn; it follows the ledger and `belfort verify`
checks that it does.
"""

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from belfort.records.database import Sequence64, metadata, now
from belfort.records.prepared import Prepared

Kind = Literal["page", "register"]

origin = sa.Table(
    "origin",
    metadata,
    sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
    sa.Column("iri", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("authority", sa.Text, nullable=False),
    sa.Column("current", Sequence64, nullable=True),
    sa.Column("first_seen", sa.Text, nullable=False),
    sa.Index(None, "authority"),
)

_ADD = Prepared(
    origin.insert().returning(origin.c.id), [column.name for column in origin.columns if column.name != "id"]
)
_OF_IRI = Prepared(sa.select(origin).where(origin.c.iri == sa.bindparam("of")))
_SET_CURRENT = Prepared(origin.update().where(origin.c.id == sa.bindparam("of")).values(current=sa.bindparam("to")))


@dataclass(frozen=True)
class Origin:
    """One row of the table."""

    id: int
    iri: str
    kind: Kind
    authority: str
    current: int | None
    first_seen: str


def find(connection: sa.Connection, iri: str) -> Origin | None:
    """The origin of that IRI, if it ever spoke."""
    row = _OF_IRI.run(connection, of=iri).one_or_none()
    return Origin(*row) if row else None


def get(connection: sa.Connection, number: int) -> Origin:
    """The origin of that id."""
    return Origin(*connection.execute(sa.select(origin).where(origin.c.id == number)).one())


def find_or_add(connection: sa.Connection, iri: str, kind: Kind, authority: str) -> Origin:
    """The origin of that IRI, added when it speaks for the first time."""
    found = find(connection, iri)
    if found:
        return found
    first_seen = now()
    row = {"iri": iri, "kind": kind, "authority": authority, "current": None, "first_seen": first_seen}
    number = _ADD.run(connection, **row).scalar_one()
    return Origin(number, iri, kind, authority, None, first_seen)


def set_current(connection: sa.Connection, number: int, submission: int | None) -> None:
    """Say which submission of the origin counts from now on."""
    _SET_CURRENT.run(connection, of=number, to=submission)
