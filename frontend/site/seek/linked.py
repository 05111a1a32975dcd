"""A page of hits as linked data: the things themselves, with the IRIs and statements that SPARQL gives too.

JSON-LD is a hydra:Collection with its context inside. Source: https://www.hydra-cg.com/spec/latest/core/.
"""

import json
from dataclasses import replace
from typing import Any

from flask import Response

from belfort import rdf
from belfort.records.database import read
from belfort.records.entity import Entity, get_many
from frontend.desks import desks
from frontend.negotiation import MEDIA_TYPES
from frontend.site.seek.addresses import HERE, address, after, base, first_page, whole
from publisher import jsonld
from search.query import FILTERS, PARAMETERS, Query
from search.results import Results

HYDRA = "http://www.w3.org/ns/hydra/core#"
_CONTEXT = {"hydra": HYDRA}


def entities_of(results: Results) -> list[Entity]:
    """The things of the hits, in their order; one that was withdrawn since the index saw it is left out."""
    with read(desks().engine) as connection:
        known = get_many(connection, [hit.iri for hit in results.hits])
    return [known[hit.iri] for hit in results.hits if hit.iri in known]


def as_turtle(results: Results) -> Response:
    """The things of this page in Turtle."""
    triples = [triple for one in entities_of(results) for triple in rdf.parse_lines(one.lines)]
    return Response(rdf.turtle(triples), content_type="text/turtle; charset=utf-8")


def as_json_ld(query: Query, results: Results) -> Response:
    """The page as a hydra:Collection: how many there are, the things of this page, where the others are."""
    members = ",\n".join(jsonld.node(one.iri, one.lines) for one in entities_of(results))
    head = {
        "@id": base() + address(whole(query)),
        "@type": "hydra:Collection",
        "hydra:totalItems": results.total,
        "hydra:search": _template(),
        "hydra:view": _view(query, results),
    }
    text = json.dumps(head, ensure_ascii=False)[1:-1]
    return Response(
        f'{{"@context":[{jsonld.context_text()},{json.dumps(_CONTEXT)}],{text},"hydra:member":[\n{members}\n]}}\n',
        mimetype=MEDIA_TYPES["jsonld"],
    )


def _view(query: Query, results: Results) -> dict[str, Any]:
    site = base()
    view: dict[str, Any] = {"@id": site + address(query, "jsonld"), "@type": "hydra:PartialCollectionView"}
    view["hydra:first"] = {"@id": site + address(first_page(query), "jsonld")}
    if query.pagina > 1 and not query.cursor:
        view["hydra:previous"] = {"@id": site + address(replace(query, pagina=query.pagina - 1), "jsonld")}
    if results.next:
        view["hydra:next"] = {"@id": site + address(after(query, results.next), "jsonld")}
    return view


def _template() -> dict[str, Any]:
    """How to ask another question."""
    names = ",".join(f"{name}*" if name in FILTERS else name for name in PARAMETERS)
    return {
        "@type": "hydra:IriTemplate",
        "hydra:template": f"{base()}{HERE}.jsonld{{?{names}}}",
        "hydra:variableRepresentation": {"@id": "hydra:BasicRepresentation"},
        "hydra:mapping": [
            {
                "@type": "hydra:IriTemplateMapping",
                "hydra:variable": name,
                "hydra:required": False,
                **({"hydra:property": {"@id": "hydra:freetextQuery"}} if name == "q" else {}),
            }
            for name in PARAMETERS
        ],
    }
