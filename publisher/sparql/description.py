"""The service description of `/sparql`: what the endpoint can do, for machines. Pure.

Source: https://www.w3.org/TR/sparql11-service-description/.
"""

from belfort import rdf
from belfort.rdf import Triple, iri, literal
from belfort.vocab import DCT, FORMATS, SD, VOID, XSD
from publisher.sparql.snapshots import State

# https://www.w3.org/ns/formats/ has no name for n-quads or for what we do not offer.
_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def describe(base_url: str, licence: str, state: State | None = None) -> list[Triple]:
    """The triples of the description; `state` (of the current snapshot) adds the number of triples.

    Every node has an IRI, so that the same service gives the same lines each time.
    """
    service, dataset, graph = (iri(f"{base_url}/sparql#{name}") for name in ("service", "dataset", "graph"))
    triples = [
        (service, rdf.TYPE, iri(SD.Service)),
        (service, iri(SD.endpoint), iri(f"{base_url}/sparql")),
        (service, iri(SD.supportedLanguage), iri(SD.SPARQL11Query)),
        (service, iri(SD.defaultDataset), dataset),
        (dataset, rdf.TYPE, iri(SD.Dataset)),
        (dataset, iri(SD.defaultGraph), graph),
        (dataset, iri(DCT.license), iri(licence)),
        (graph, rdf.TYPE, iri(SD.Graph)),
        *((service, iri(SD.resultFormat), iri(FORMATS[name])) for name in _FORMATS),
    ]
    if state is not None:
        triples.append((graph, iri(VOID.triples), literal(str(state.triples), XSD.integer)))
        if state.at:
            triples.append((dataset, iri(DCT.modified), literal(state.at, XSD.dateTime)))
    return triples


def turtle(base_url: str, licence: str, state: State | None = None) -> str:
    """The description as Turtle."""
    return rdf.turtle(describe(base_url, licence, state))
