"""Which entities go into which slice: everything, what counts now, one bestuur, one year of besluiten.

Each gives (IRI, lines) in the order of the IRIs' bytes, read in pieces.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.database import bytewise
from belfort.records.entity import Entity, entity, entity_link
from belfort.vocab import BESLUIT, DCT, LEIDINGGEVENDEN, MANDAAT, ORG, PERSON, PROV
from publisher.closure import POSTS
from publisher.days import day, period_is_current, role_is_current

Item = tuple[str, str]
CHUNK = 400
ROLES = (MANDAAT.Mandataris, LEIDINGGEVENDEN.Functionaris)
# Class → by which predicates the things point at it whose end is its end too.
HELD_BY = {
    PERSON.Person: (MANDAAT.isBestuurlijkeAliasVan,),
    ORG.Membership: (ORG.hasMembership,),
    MANDAAT.Mandaat: POSTS,
    LEIDINGGEVENDEN.Bestuursfunctie: POSTS,
}
UNKNOWN_YEAR = "zonder-datum"


def everything(connection: sa.Connection) -> Iterator[Item]:
    """Every entity."""
    rows = connection.execute(
        sa.select(entity.c.iri, entity.c.lines)
        .order_by(bytewise(connection, entity.c.iri))
        .execution_options(yield_per=1000)
    )
    return ((row.iri, row.lines) for row in rows)


def of_class(connection: sa.Connection, class_iri: str) -> Iterator[list[Entity]]:
    """The entities of a class in batches, ordered by IRI."""
    iris = connection.execute(
        sa.select(entity.c.iri)
        .where(entity.c.class_iri == class_iri)
        .order_by(bytewise(connection, entity.c.iri))
        .execution_options(yield_per=CHUNK)
    ).scalars()
    for batch in _batches(iris):
        found = entities.get_many(connection, batch)
        yield [found[iri] for iri in batch]


def named(connection: sa.Connection, iris: Iterable[str]) -> Iterator[Item]:
    """The entities of these IRIs."""
    for batch in _batches(sorted(iris, key=str.encode)):
        found = entities.get_many(connection, batch)
        yield from ((iri, found[iri].lines) for iri in batch if iri in found)


def _batches(items: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for item in items:
        batch.append(item)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def ended(connection: sa.Connection, on: str) -> set[str]:
    """The IRIs of roles and organs in time that do not hold on that day."""
    found: set[str] = set()
    for class_iri in ROLES:
        for batch in of_class(connection, class_iri):
            found.update(one.iri for one in batch if not role_is_current(one, on))
    for batch in of_class(connection, BESLUIT.Bestuursorgaan):
        found.update(one.iri for one in batch if not period_is_current(one, on))
    return found


def current(connection: sa.Connection, gone: set[str]) -> Iterator[Item]:
    """Every entity but what has ended, and what only things that have ended hold on to."""
    rows = connection.execute(
        sa.select(entity.c.iri, entity.c.lines, entity.c.class_iri)
        .order_by(bytewise(connection, entity.c.iri))
        .execution_options(yield_per=CHUNK)
    )
    for part in rows.partitions(CHUNK):
        left = _abandoned(connection, part, gone)
        yield from ((row.iri, row.lines) for row in part if row.iri not in gone and row.iri not in left)


def _abandoned(connection: sa.Connection, part: Sequence[Any], gone: set[str]) -> set[str]:
    by_class: dict[str, list[str]] = {}
    for row in part:
        if row.class_iri in HELD_BY:
            by_class.setdefault(row.class_iri, []).append(row.iri)
    left: set[str] = set()
    for class_iri, iris in by_class.items():
        holders: dict[str, bool] = {}
        for subject, _, target in entities.subjects_of(connection, iris, *HELD_BY[class_iri]):
            holders[target] = holders.get(target, True) and subject in gone
        left.update(iri for iri, all_gone in holders.items() if all_gone)
    return left


def besturen(connection: sa.Connection) -> list[tuple[str, str]]:
    """(uuid, IRI) of every bestuur, by uuid; a uuid that two carry stands once, for the first IRI."""
    rows = connection.execute(
        sa.select(entity.c.uuid, entity.c.iri)
        .where(entity.c.class_iri == BESLUIT.Bestuurseenheid)
        .order_by(bytewise(connection, entity.c.iri))
    )
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(row.uuid, row.iri)
    return sorted(found.items())


def years(connection: sa.Connection) -> dict[str, list[str]]:
    """Year → the zittingen of that year, and the besluiten of that year that no zitting leads to."""
    found: dict[str, list[str]] = {}
    for class_iri, condition in ((BESLUIT.Zitting, sa.true()), (BESLUIT.Besluit, ~_taken_at_a_zitting())):
        rows = connection.execute(
            sa.select(entity.c.iri, entity.c.date).where(entity.c.class_iri == class_iri, condition)
        )
        for row in rows:
            found.setdefault(day(row.date)[:4] or UNKNOWN_YEAR, []).append(row.iri)
    return dict(sorted(found.items()))


def _taken_at_a_zitting() -> sa.ColumnElement[bool]:
    """Whether a besluit follows from a behandeling of an agendapunt of a zitting; either end may say so."""
    made, punt, zitting = (entity_link.alias() for _ in range(3))
    ends = (
        (made.c.object == entity.c.iri, PROV.generated, made.c.subject),
        (made.c.subject == entity.c.iri, PROV.wasGeneratedBy, made.c.object),
    )
    return sa.or_(
        *(
            sa.exists(
                sa.select(1)
                .select_from(
                    made.join(punt, punt.c.subject == handled).join(zitting, zitting.c.object == punt.c.object)
                )
                .where(
                    mine,
                    made.c.predicate == predicate,
                    punt.c.predicate == DCT.subject,
                    zitting.c.predicate == BESLUIT.behandelt,
                )
                .correlate(entity)
            )
            for mine, predicate, handled in ends
        )
    )
