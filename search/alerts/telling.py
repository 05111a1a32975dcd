"""What a letter tells of the documents that an alert found: read from the records at that moment.

A document that is no longer public, or no longer matches, is left out.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from belfort.records.assertion import assertion
from belfort.records.database import chunks
from belfort.records.origin import origin
from search.alerts import saved
from search.alerts.letter import Told
from search.alerts.matching import Batch
from search.alerts.why import why
from search.document import Document
from search.plan import plan
from search.projection.build import build
from search.projection.surroundings import around
from search.row import row
from search.searcher import today


def tell(connection: sa.Connection, query: str, excluded: str, kinds: Mapping[str, str]) -> list[Told]:
    """What there is to tell of these documents (IRI → `nieuw` or `gewijzigd`), newest first."""
    question = saved.parse(query)
    reading = saved.reading_of(question, saved.unpack(excluded))
    asked = plan(question, reading, today())
    told: list[Told] = []
    for piece in chunks(sorted(kinds)):
        documents = documents_of(connection, piece)
        batch = Batch([row(one) for one in documents])
        matching = [documents[place] for place in batch.matches(asked)]
        sources = _sources(connection, [one.iri for one in matching])
        told += [Told(one, kinds[one.iri], why(one, question, reading), sources.get(one.iri, "")) for one in matching]
    return sorted(told, key=lambda one: (one.document.date, one.document.iri), reverse=True)


def documents_of(connection: sa.Connection, iris: Sequence[str]) -> list[Document]:
    """The search documents of these IRIs, as the records have them now."""
    graph = around(connection, iris)
    return [document for iri in iris if (document := build(iri, graph))]


def _sources(connection: sa.Connection, iris: Sequence[str]) -> dict[str, str]:
    """IRI → the address of the page that published it first."""
    rows = connection.execute(
        sa.select(assertion.c.subject, origin.c.iri)
        .join(origin, origin.c.id == assertion.c.origin)
        .where(assertion.c.subject.in_(iris), origin.c.kind == "page")
        .order_by(origin.c.first_seen.desc(), origin.c.iri.desc())
    )
    return {row.subject: row.iri for row in rows}
