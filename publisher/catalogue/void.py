"""The data by VoID: where it is, how it is described, how much there is. Pure. Source: https://www.w3.org/TR/void/."""

from collections.abc import Iterator

from belfort import rdf
from belfort.rdf import Triple, iri, literal
from belfort.vocab import DCT, FOAF, PREFIXES, VOID, XSD
from publisher.catalogue.facts import Facts

FEATURES = ("JSON-LD", "Turtle", "N-Triples", "N-Quads")


def describe(facts: Facts) -> list[Triple]:
    """The description; statistics where the manifest or the counts have them."""
    return list(dict.fromkeys(_describe(facts)))


def _describe(facts: Facts) -> Iterator[Triple]:
    document, dataset = f"{facts.base}/void", f"{facts.base}/void#data"
    yield iri(document), rdf.TYPE, iri(VOID.DatasetDescription)
    yield iri(document), iri(FOAF.primaryTopic), iri(dataset)
    yield iri(dataset), rdf.TYPE, iri(VOID.Dataset)
    yield iri(dataset), iri(DCT.title), literal(f"De publieke data van {facts.name}", language="nl")
    for predicate, target in (
        (FOAF.homepage, f"{facts.base}/"),
        (DCT.license, facts.licence),
        (DCT.publisher, facts.publisher),
        (DCT.source, f"{facts.base}/catalogus#alles"),
        (VOID.sparqlEndpoint, f"{facts.base}/sparql"),
        (VOID.uriLookupEndpoint, f"{facts.base}/resource?iri="),
    ):
        yield iri(dataset), iri(predicate), iri(target)
    for name in FEATURES:
        yield iri(dataset), iri(VOID.feature), iri(f"http://www.w3.org/ns/formats/{name}")
    for namespace in sorted(PREFIXES.values()):
        yield iri(dataset), iri(VOID.vocabulary), iri(namespace)
    if facts.modified:
        yield iri(dataset), iri(DCT.modified), literal(facts.modified, XSD.dateTime)
    for file in facts.files:
        if file["part"] == "belfort":
            yield iri(dataset), iri(VOID.dataDump), iri(f"{facts.base}/dumps/{file['name']}")
            if file["name"] == "belfort.nt":
                yield iri(dataset), iri(VOID.triples), literal(str(file["statements"]), XSD.integer)
    if "entities" in facts.manifest:
        yield iri(dataset), iri(VOID.entities), literal(str(facts.manifest["entities"]), XSD.integer)
    for number, (class_iri, count) in enumerate(facts.classes, 1):
        part = iri(f"{dataset}-klasse-{number}")
        yield iri(dataset), iri(VOID.classPartition), part
        yield part, rdf.TYPE, iri(VOID.Dataset)
        yield part, iri(VOID["class"]), iri(class_iri)
        yield part, iri(VOID.entities), literal(str(count), XSD.integer)
