"""Reads the entities around some subjects from the records, and finds whose documents a change may touch.

Enters: IRIs, an open read connection. Leaves: a `Graph` for `document.build`; the subjects and links of change lines.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from belfort.records.change import Change
from belfort.records.database import bytewise
from belfort.records.entity import entity, get_many, subjects_of
from belfort.vocab import ADMS, DCT, MU, PROV, SCHEMA
from search.document import BACKWARD, CLASSES, DECIDING, FORWARD, Graph

DEPTH = 8
"""Links from a besluit to its bestuur are six: behandeling, agendapunt, zitting, orgaan in tijd, orgaan, bestuur."""

# Statements that are in no other document than the subject's own: they touch nobody around it.
PRIVATE = frozenset({DCT.modified, MU.uuid, PROV.wasDerivedFrom, ADMS.identifier, SCHEMA.contactPoint})


def around(connection: sa.Connection, iris: Iterable[str]) -> Graph:
    """The entities of these IRIs and those that their documents are made from, level by level in bulk."""
    graph = Graph()
    level, seen = set(iris), set[str]()
    for _ in range(DEPTH):
        seen |= level
        known = get_many(connection, level)
        graph.entities |= known
        found = {target for one in known.values() for target in one.values(*FORWARD)}
        for subject, predicate, target in subjects_of(connection, known, *BACKWARD):
            there = graph.pointing.setdefault((target, predicate), [])
            if subject not in there:
                there.append(subject)
            found.add(subject)
        level = found - seen
        if not level:
            break
    return graph


def touched(changes: Iterable[Change]) -> tuple[set[str], set[str]]:
    """The subjects of the changes, and those among them that documents of others may embed differently now."""
    subjects: set[str] = set()
    shared: set[str] = set()
    for change in changes:
        for text in (change.inserts, change.deletes):
            for line in text.split("\n") if text else ():
                subject, predicate, _ = line.split(" ", 2)
                subjects.add(subject[1:-1])
                if predicate[1:-1] not in PRIVATE:
                    shared.add(subject[1:-1])
    return subjects, shared


def linked(connection: sa.Connection, iris: Iterable[str]) -> set[str]:
    """The entities whose document may come or change with these, though no document embeds these yet.

    What they point at by a link that documents follow backwards; and who points at them by a link that decides
    whether there is a document at all: a mandataris whose person gets a name, a period whose organ goes.
    """
    forward = {target for one in get_many(connection, iris).values() for target in one.values(*BACKWARD)}
    return forward | {subject for subject, _, _ in subjects_of(connection, iris, *DECIDING)}


def searchable(connection: sa.Connection, after: str, limit: int) -> list[str]:
    """The next IRIs of entities that people search for, in order."""
    rows = connection.execute(
        sa.select(entity.c.iri)
        .where(entity.c.class_iri.in_(CLASSES), bytewise(connection, entity.c.iri) > after)
        .order_by(bytewise(connection, entity.c.iri))
        .limit(limit)
    )
    return list(rows.scalars())
