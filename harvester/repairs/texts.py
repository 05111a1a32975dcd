"""Repairs of literals that are no matter of datatypes: Q4, Q18, Q22."""

from belfort import rdf
from belfort.rdf import Triple
from harvester.repairs import iris
from harvester.repairs.page import Page
from harvester.sessions import without_session

_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_CRS = "<https://www.opengis.net/def/crs/"


def sessionless(triple: Triple, _page: Page) -> list[Triple] | None:
    """A text with addresses in it, without their session ids."""
    s, p, o = triple
    if o[0] != '"':
        return None
    better = without_session(o)
    return [(s, p, better)] if better != o else None


def without_data(triple: Triple, page: Page) -> list[Triple] | None:
    """A text with the hash of each base64 `data:` URI in its place."""
    s, p, o = triple
    better = iris.without_data(o, page) if o[0] == '"' else None
    return [(s, p, better)] if better else None


def reference_system(triple: Triple, _page: Page) -> list[Triple] | None:
    """A geometry whose reference system has an `https` IRI, which is not the name of that system."""
    s, p, o = triple
    if not o.startswith(f'"{_CRS}'):
        return None
    literal = rdf.split_literal(o)
    return [(s, p, rdf.literal(literal.value.replace("https:", "http:", 1), literal.datatype or _WKT))]


def has_reference_system(literals: str) -> bool:
    """Whether one of the literals may name a reference system with an `https` IRI."""
    return f'"{_CRS}' in literals
