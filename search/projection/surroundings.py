"""Reads the entities around some subjects from the records, and finds whose documents a change may touch.

Enters: IRIs, an open read connection. Leaves: a `Graph` for `build`; the subjects and links of change lines.
"""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from belfort import rdf
from belfort.records.assertion import assertion
from belfort.records.change import Change
from belfort.records.database import bytewise
from belfort.records.entity import Entity, entity, entity_link, get_many, subjects_of
from belfort.records.origin import origin
from belfort.records.prepared import Prepared, among, listed
from belfort.records.source import source
from belfort.vocab import BESLUIT, DCT, MU, PROV, SCHEMA
from search.engines.port import View
from search.projection.build import CLASSES
from search.projection.graph import BACKWARD, BACKWARD_OF, DECIDING, FORWARD, JOINING, OWN, Graph

DEPTH = 16
"""Links from a besluit to its provincie are nine (behandeling, agendapunt, zitting, orgaan in tijd, orgaan, bestuur,
its area, the gemeente of a district), and registers may put areas between; a level with nothing new ends it before."""

# Statements that are in no other document than the subject's own: they touch nobody around it.
PRIVATE = frozenset({DCT.modified, MU.uuid, PROV.wasDerivedFrom, SCHEMA.contactPoint})

_FORWARD = frozenset(FORWARD)
_FROM_SUBJECT = _FORWARD | frozenset(OWN)
_JOINING = frozenset(f"<{name}>" for name in JOINING)
_STATED_BY = Prepared(
    sa.select(assertion.c.subject, origin.c.iri, origin.c.authority)
    .join(origin, origin.c.id == assertion.c.origin)
    .where(among(assertion.c.subject))
    .order_by(assertion.c.origin)
)
_GENERATED = Prepared(
    sa.select(entity_link.c.subject, entity_link.c.object).where(
        among(entity_link.c.subject), entity_link.c.predicate == PROV.generated
    )
)
_CLASSES = Prepared(sa.select(entity.c.iri, entity.c.class_iri).where(among(entity.c.iri)))
_NAMES = Prepared(sa.select(source.c.slug, source.c.label).where(among(source.c.slug)))


def around(connection: sa.Connection, iris: Iterable[str]) -> Graph:
    """The entities of these IRIs and those that their documents are made from, level by level in bulk."""
    graph = Graph()
    subjects = set(iris)
    # Half of all entities are agendapunten that have no document of their own: not reading around those is no loss.
    subjects -= _stood_for(connection, subjects)
    level, seen = set(subjects), set[str]()
    pointing: dict[tuple[str, str], set[str]] = {}
    for _ in range(DEPTH):
        seen |= level
        known = get_many(connection, level)
        graph.entities |= known
        found = set(_targets(known.values(), _FORWARD if seen > subjects else _FROM_SUBJECT))
        for subject, predicate, target in _pointing(connection, known.values()):
            pointing.setdefault((target, predicate), set()).add(subject)
            found.add(subject)
        level = found - seen
        if not level:
            break
    graph.pointing = {link: sorted(those) for link, those in pointing.items()}
    graph.sources = _sources(connection, {iri: graph.entities[iri] for iri in subjects if iri in graph.entities})
    return graph


def _stood_for(connection: sa.Connection, iris: set[str]) -> set[str]:
    """The agendapunten among these for which the document of a besluit stands."""
    treated: dict[str, list[str]] = {}
    for behandeling, _, punt in subjects_of(connection, iris, DCT.subject):
        treated.setdefault(behandeling, []).append(punt)
    made = [(row.subject, row.object) for row in _GENERATED.run(connection, values=listed(treated))]
    made += [(by, besluit) for besluit, _, by in subjects_of(connection, treated, PROV.wasGeneratedBy)]
    wanted = {besluit for _, besluit in made} | {punt for punten in treated.values() for punt in punten}
    classes = {row.iri: row.class_iri for row in _CLASSES.run(connection, values=listed(wanted))}
    return {
        punt
        for behandeling, besluit in made
        if classes.get(besluit) == BESLUIT.Besluit
        for punt in treated[behandeling]
        if classes.get(punt) == BESLUIT.Agendapunt
    }


def _pointing(connection: sa.Connection, entities: Iterable[Entity]) -> Iterator[tuple[str, str, str]]:
    """Who points at these by the links that are followed to what they are."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in entities:
        groups.setdefault(BACKWARD_OF.get(one.class_iri, BACKWARD), []).append(one.iri)
    for links, iris in groups.items():
        if links:
            yield from subjects_of(connection, iris, *links)


def _targets(entities: Iterable[Entity], links: frozenset[str]) -> Iterator[str]:
    """What these point at by these links."""
    for one in entities:
        for predicate, terms in one.terms.items():
            if predicate in links:
                yield from (rdf.value(term) for term in terms if term.startswith("<"))


def _sources(connection: sa.Connection, entities: dict[str, Entity]) -> dict[str, tuple[tuple[str, str], ...]]:
    """IRI → the (slug, name) of the sources that state it.

    The pages it says that it derives from. Registers leave no such trace, and a second one that says the same changes
    nothing: so of those the one that said it first.
    """
    stated: dict[str, list[tuple[str, str]]] = {}
    for subject, page, authority in _STATED_BY.run(connection, values=listed(entities)):
        stated.setdefault(subject, []).append((page, authority))
    slugs: dict[str, list[str]] = {}
    for iri, origins in stated.items():
        pages = set(entities[iri].values(PROV.wasDerivedFrom))
        shown = [authority for page, authority in origins if page in pages]
        slugs[iri] = sorted(set(shown or [origins[0][1]]))
    every = {slug for those in slugs.values() for slug in those}
    names = {row.slug: row.label for row in _NAMES.run(connection, values=listed(every))}
    return {iri: tuple((slug, names.get(slug) or slug) for slug in those) for iri, those in slugs.items()}


def affected(connection: sa.Connection, view: View, changes: Sequence[Change]) -> set[str]:
    """The IRIs whose documents these changes may touch, in the index as it is seen in `view`."""
    subjects, shared = touched(changes)
    near = shared | linked(connection, shared)
    return subjects | near | view.embedding(near)


def touched(changes: Iterable[Change]) -> tuple[set[str], set[str]]:
    """The subjects of the changes, and the entities that documents of others may embed differently now.

    Those are subjects, and what the links between agendapunt and besluit lead to: when such a link goes together with
    the entity that had it, no record tells any more where it led.
    """
    subjects: set[str] = set()
    shared: set[str] = set()
    for change in changes:
        for text in (change.inserts, change.deletes):
            for line in text.split("\n") if text else ():
                subject, predicate, target = line.split(" ", 2)
                subjects.add(subject[1:-1])
                if predicate[1:-1] not in PRIVATE:
                    shared.add(subject[1:-1])
                if predicate in _JOINING and target.startswith("<"):
                    shared.add(target[1:-3])
    return subjects, shared


def linked(connection: sa.Connection, iris: Iterable[str]) -> set[str]:
    """The entities whose document may come or change with these, though no document embeds these yet.

    What they point at by a link that documents follow backwards; who points at them by a link that decides whether
    there is a document at all: a mandataris whose person gets a name, a period whose organ goes; and the agendapunten
    of the behandelingen around them: they get their own document again when their besluit goes.
    """
    known = get_many(connection, iris)
    forward = {target for one in known.values() for target in one.values(*BACKWARD)}
    deciding = {subject for subject, _, _ in subjects_of(connection, iris, *DECIDING)}
    behandelingen = {subject for subject, _, _ in subjects_of(connection, iris, PROV.generated)}
    behandelingen |= {target for one in known.values() for target in one.values(PROV.wasGeneratedBy)}
    treated = {target for one in get_many(connection, behandelingen).values() for target in one.values(DCT.subject)}
    return forward | deciding | treated


def searchable(connection: sa.Connection, after: str, limit: int) -> list[str]:
    """The next IRIs of entities that people search for, in order."""
    rows = connection.execute(
        sa.select(entity.c.iri)
        .where(entity.c.class_iri.in_(CLASSES), bytewise(connection, entity.c.iri) > after)
        .order_by(bytewise(connection, entity.c.iri))
        .limit(limit)
    )
    return list(rows.scalars())
