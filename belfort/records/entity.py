"""Entity: the public triples of one subject, and the columns that lists need. Derived.

`lines` is the distinct union of its assertions as sorted N-Triples lines; everything that the public sees is made
from it. `class_iri` is the first class of `vocab.PLURALS` that it has; `label` and `date` are what lists show and
sort by. `revision` is the `change.seq` that last touched it: the ETag of every page about it.
`entity_link` holds its triples whose predicate is in `vocab.NAVIGATION`, to walk them backwards.
`tombstone` remembers the subjects that are no longer public, so that their address answers 410 and not 404.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from belfort import rdf
from belfort.records.database import Sequence64, metadata
from belfort.records.prepared import Prepared, among, listed

entity = sa.Table(
    "entity",
    metadata,
    sa.Column("iri", sa.Text, primary_key=True),
    sa.Column("uuid", sa.Text, nullable=False),
    sa.Column("class_iri", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("date", sa.Text, nullable=False),
    sa.Column("revision", Sequence64, nullable=False),
    sa.Column("modified", sa.Text, nullable=False),
    sa.Column("lines", sa.Text, nullable=False),
    sa.Index(None, "uuid"),
    sa.Index(None, "class_iri", "label"),
    sa.Index(None, "class_iri", "date"),
)

entity_link = sa.Table(
    "entity_link",
    metadata,
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("predicate", sa.Text, primary_key=True),
    sa.Column("object", sa.Text, primary_key=True),
    sa.Index(None, "object", "predicate"),
)

tombstone = sa.Table(
    "tombstone",
    metadata,
    sa.Column("iri", sa.Text, primary_key=True),
    sa.Column("uuid", sa.Text, nullable=False),
    sa.Column("class_iri", sa.Text, nullable=False),
    sa.Column("revision", Sequence64, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Index(None, "uuid"),
)

_OF_IRI = Prepared(sa.select(entity).where(entity.c.iri == sa.bindparam("of")))
_OF_IRIS = Prepared(sa.select(entity).where(among(entity.c.iri)))
_POINTING = Prepared(
    sa.select(entity_link.c.subject, entity_link.c.predicate, entity_link.c.object)
    .where(among(entity_link.c.object, "objects"), among(entity_link.c.predicate, "predicates"))
    .order_by(entity_link.c.subject)
)


@dataclass(frozen=True)
class Entity:
    """One row of the table; `values` and `value` read its triples by predicate IRI."""

    iri: str
    uuid: str
    class_iri: str
    label: str
    date: str
    revision: int
    modified: str
    lines: str

    @cached_property
    def terms(self) -> dict[str, list[str]]:
        """Predicate IRI → object terms, in the order of the lines."""
        found: dict[str, list[str]] = {}
        for row in self.lines.split("\n"):
            if row:
                _, predicate, rest = row.split(" ", 2)
                found.setdefault(predicate[1:-1], []).append(rest[:-2])
        return found

    def values(self, *predicates: str) -> list[str]:
        """IRIs or literal texts of the predicates, without brackets, quotes, datatypes."""
        return [rdf.value(term) for p in predicates for term in self.terms.get(p, ())]

    def value(self, *predicates: str) -> str:
        """The first of `values`, or an empty string."""
        return next(iter(self.values(*predicates)), "")


def get(connection: sa.Connection, iri: str) -> Entity | None:
    """The public entity of that IRI."""
    row = _OF_IRI.run(connection, of=iri).one_or_none()
    return Entity(*row) if row else None


def by_uuid(connection: sa.Connection, uuid: str) -> list[Entity]:
    """The public entities that carry that mu:uuid (one, unless a source reuses it)."""
    rows = connection.execute(sa.select(entity).where(entity.c.uuid == uuid).order_by(entity.c.iri))
    return [Entity(*row) for row in rows]


def get_many(connection: sa.Connection, iris: Iterable[str]) -> dict[str, Entity]:
    """IRI → entity, for those that are public."""
    rows = _OF_IRIS.run(connection, values=listed(set(iris)))
    return {row.iri: Entity(*row) for row in rows}


def subjects_of(connection: sa.Connection, objects: Iterable[str], *predicates: str) -> list[tuple[str, str, str]]:
    """(subject, predicate, object) of the links that point at any of the objects by any of the predicates."""
    rows = _POINTING.run(connection, objects=listed(set(objects)), predicates=listed(predicates))
    return [(row.subject, row.predicate, row.object) for row in rows]
