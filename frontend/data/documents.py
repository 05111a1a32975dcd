"""One entity as a document in a data format. Literals keep their lexical form in all of them."""

import sqlalchemy as sa

from belfort import rdf
from belfort.records.entity import Entity
from frontend.data import rdf_xml
from frontend.negotiation import MEDIA_TYPES
from frontend.problems import NotAcceptable
from publisher import jsonld
from publisher.quads import quads
from publisher.tables import csv_line

CSV_COLUMNS = ("onderwerp", "predicaat", "waarde", "datatype", "taal")


def document(connection: sa.Connection, found: Entity, suffix: str) -> str:
    """The entity as `jsonld`, `ttl`, `nt`, `rdf`, `csv`, or `nq` (graph = the page or register that says it)."""
    if suffix == "nq":
        return "".join(f"{row}\n" for row in quads(connection, found.iri))
    return of_lines(found, suffix)


def of_lines(found: Entity, suffix: str) -> str:
    """The entity in a format for which its lines are all that it takes.

    Raises:
        NotAcceptable: RDF/XML has no way to say what it says.
    """
    if suffix == "jsonld":
        return jsonld.document(found.iri, found.lines)
    if suffix == "nt":
        return found.lines + "\n"
    triples = list(rdf.parse_lines(found.lines))
    if suffix == "ttl":
        return rdf.turtle(triples)
    if suffix == "csv":
        return csv_line(CSV_COLUMNS) + "".join(csv_line(_cells(triple)) for triple in triples)
    try:
        return rdf_xml.document(triples)
    except rdf_xml.CannotBeWritten:
        raise NotAcceptable(
            "Dit ding kan niet als RDF/XML geschreven worden.", hint="Neem Turtle, N-Triples of JSON-LD."
        ) from None


def _cells(triple: rdf.Triple) -> tuple[str, ...]:
    subject, predicate, term = triple
    if rdf.is_literal(term):
        said = rdf.split_literal(term)
        return (
            rdf.value(subject),
            rdf.value(predicate),
            said.value,
            "" if said.language else said.datatype,
            said.language,
        )
    return rdf.value(subject), rdf.value(predicate), rdf.value(term), "", ""


def content_type(suffix: str) -> str:
    """The media type of a data format; text types are those whose readers may need to be told the encoding."""
    return f"{MEDIA_TYPES[suffix]}; charset=utf-8" if suffix in ("ttl", "csv") else MEDIA_TYPES[suffix]
