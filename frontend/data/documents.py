"""One entity as a document in a data format. Literals keep their lexical form in all of them."""

import sqlalchemy as sa

from belfort import rdf
from belfort.records.entity import Entity
from publisher import jsonld
from publisher.quads import quads


def document(connection: sa.Connection, found: Entity, suffix: str) -> str:
    """The entity as `jsonld`, `ttl`, `nt` or `nq` (graph = the page or register that says it)."""
    if suffix == "jsonld":
        return jsonld.document(found.iri, found.lines)
    if suffix == "ttl":
        return rdf.turtle(rdf.parse_lines(found.lines))
    if suffix == "nt":
        return found.lines + "\n"
    return "".join(f"{row}\n" for row in quads(connection, found.iri))
