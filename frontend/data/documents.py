"""One entity as a document in a data format. Literals keep their lexical form in all of them."""

import sqlalchemy as sa

from belfort import rdf
from belfort.records.entity import Entity
from frontend.negotiation import MEDIA_TYPES
from publisher import jsonld
from publisher.quads import quads


def document(connection: sa.Connection, found: Entity, suffix: str) -> str:
    """The entity as `jsonld`, `ttl`, `nt` or `nq` (graph = the page or register that says it)."""
    if suffix == "nq":
        return "".join(f"{row}\n" for row in quads(connection, found.iri))
    return of_lines(found, suffix)


def of_lines(found: Entity, suffix: str) -> str:
    """The entity as `jsonld`, `ttl` or `nt`: its lines are all that this takes."""
    if suffix == "jsonld":
        return jsonld.document(found.iri, found.lines)
    if suffix == "ttl":
        return rdf.turtle(rdf.parse_lines(found.lines))
    return found.lines + "\n"


def content_type(suffix: str) -> str:
    """The media type of a data format; Turtle is the one whose readers may need to be told the encoding."""
    return f"{MEDIA_TYPES[suffix]}; charset=utf-8" if suffix == "ttl" else MEDIA_TYPES[suffix]
