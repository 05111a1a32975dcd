"""The catalogue by DCAT-AP-VL 2: datasets, a distribution for each file and slice, and the services. Pure.

Source: https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL/; vocabularies of the Publications Office.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from belfort import rdf
from belfort.rdf import Triple, iri, literal
from belfort.vocab import ADMS, DCAT, DCATAP, DCT, FOAF, RDFS, SKOS, SPDX, VCARD, XSD
from publisher.catalogue.facts import Facts

AUTHORITY = "http://publications.europa.eu/resource/authority"
PUBLIC = f"{AUTHORITY}/access-right/PUBLIC"
DUTCH = f"{AUTHORITY}/language/NLD"
FLANDERS = f"{AUTHORITY}/atu/BEL_VLG"
GOVERNMENT = f"{AUTHORITY}/data-theme/GOVE"
DAILY = f"{AUTHORITY}/frequency/UPDATE_CONT"
STABLE = f"{AUTHORITY}/distribution-status/COMPLETED"
MEDIA = "https://www.iana.org/assignments/media-types/"
FORMATS: dict[str, tuple[str, str]] = {
    # suffix → type of file of the Publications Office, media type
    "jsonld": ("JSON_LD", "application/ld+json"),
    "jsonl": ("JSON_LD", "application/x-ndjson"),
    "nt": ("RDF_N_TRIPLES", "application/n-triples"),
    "nq": ("RDF_N_QUADS", "application/n-quads"),
    "ttl": ("RDF_TURTLE", "text/turtle"),
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/csvm+json"),
}
COMPRESSED = {"gz": "application/gzip", "zst": "application/zstd"}
WORDS = {
    "jsonld": "JSON-LD", "jsonl": "JSON-LD, één ding per regel", "nt": "N-Triples", "nq": "N-Quads (wie zegt wat)",
    "ttl": "Turtle", "csv": "CSV", "json": "beschrijving van de kolommen",
}  # fmt: skip


@dataclass(frozen=True)
class Dataset:
    """A dataset: its name in IRIs, its words, which files are its distributions, its feed and its keywords."""

    name: str
    title: str
    description: str
    stems: tuple[str, ...]
    feed: str
    keywords: tuple[str, ...]

    def has(self, file: str) -> bool:
        """Whether that file of the release is one of its distributions."""
        return any(file.startswith(stem) for stem in self.stems)


DATASETS = (
    Dataset(
        "alles", "Besluiten, besturen, leidinggevenden en mandatarissen",
        "Alles wat deze site publiceert over lokale besturen in Vlaanderen: besturen en hun organen, wie ze leidt en "
        "wie er zetelt, hun zittingen en hun besluiten. Met geschiedenis, en als stand van nu (actueel); per "
        "bestuur in het manifest van de bestanden.",
        ("belfort.", "actueel."), "belfort", ("lokale besturen", "linked data"),
    ),
    Dataset(
        "mandatarissen", "Mandatarissen van lokale besturen",
        "Verkozen en aangestelde mandatarissen met hun mandaat, orgaan, fractie en bevoegdheden, nu en vroeger. "
        "Zonder geboortedatum, geslacht of rijksregisternummer.",
        ("tabellen/mandatarissen", "sync/mandatarissen"), "mandatarissen", ("mandatarissen", "fracties"),
    ),
    Dataset(
        "leidinggevenden", "Leidinggevenden van lokale besturen",
        "Algemeen en financieel directeurs, griffiers en leidend ambtenaren met hun functie en hoe die te bereiken is.",
        ("tabellen/leidinggevenden", "sync/leidinggevenden"), "leidinggevenden", ("leidinggevenden", "directeurs"),
    ),
    Dataset(
        "besturen", "Lokale besturen", "Besturen met hun type, werkingsgebied, KBO-nummer en OVO-nummer.",
        ("tabellen/besturen",), "", ("gemeenten", "OCMW", "provincies", "districten"),
    ),
    Dataset(
        "besluiten", "Besluiten van lokale besturen",
        "Zittingen, agendapunten, stemmingen en besluiten zoals besturen ze op hun site publiceren, per jaar.",
        ("tabellen/besluiten", "besluiten/"), "", ("besluiten", "zittingen", "reglementen"),
    ),
)  # fmt: skip


def catalogue(facts: Facts) -> list[Triple]:
    """The whole catalogue."""
    return list(dict.fromkeys(_catalogue(facts)))


def _catalogue(facts: Facts) -> Iterator[Triple]:
    here = f"{facts.base}/catalogus"
    yield from _typed(here, DCAT.Catalog)
    yield from _words(here, f"Catalogus van {facts.name}", "De datasets en diensten van deze site, met hun bestanden.")
    yield from _common(here, facts)
    yield from _links(
        here,
        {
            FOAF.homepage: [f"{facts.base}/"], DCT.license: [facts.licence], DCT.language: [DUTCH],
            DCT.spatial: [FLANDERS], DCAT.themeTaxonomy: [f"{AUTHORITY}/data-theme"],
            DCAT.dataset: [f"{here}#{one.name}" for one in DATASETS],
            DCAT.service: [f"{here}#dienst-{name}" for name, *_ in SERVICES],
        },
    )  # fmt: skip
    yield from _agent(facts)
    yield from _vocabulary()
    for one in DATASETS:
        yield from _dataset(here, one, facts)
    for service in SERVICES:
        yield from _service(here, service, facts)


def _common(subject: str, facts: Facts) -> Iterator[Triple]:
    """Publisher and dates, as catalogue, datasets and services have them."""
    yield iri(subject), iri(DCT.publisher), iri(facts.publisher)
    if facts.issued:
        yield iri(subject), iri(DCT.issued), literal(facts.issued, XSD.dateTime)
    if facts.modified:
        yield iri(subject), iri(DCT.modified), literal(facts.modified, XSD.dateTime)


def _agent(facts: Facts) -> Iterator[Triple]:
    yield from _typed(facts.publisher, FOAF.Agent, FOAF.Organization)
    yield iri(facts.publisher), iri(FOAF.name), literal(facts.publisher_name, language="nl")
    contact = f"{facts.base}/catalogus#contact"
    yield from _typed(contact, VCARD.Organization, VCARD.Kind)
    yield iri(contact), iri(VCARD.fn), literal(facts.publisher_name)
    how = VCARD.hasEmail if facts.contact.startswith("mailto:") else VCARD.hasURL
    yield iri(contact), iri(how), iri(facts.contact)
    yield from _typed(facts.licence, DCT.LicenseDocument)


def _vocabulary() -> Iterator[Triple]:
    """What the codes are, so that the catalogue can be read and checked on its own."""
    for code, kind, label in (
        (PUBLIC, DCT.RightsStatement, "publiek"),
        (DUTCH, DCT.LinguisticSystem, "Nederlands"),
        (FLANDERS, DCT.Location, "Vlaams Gewest"),
        (DAILY, DCT.Frequency, "doorlopend"),
        (GOVERNMENT, SKOS.Concept, "Overheid en publieke sector"),
        (STABLE, SKOS.Concept, "voltooid"),
    ):
        yield from _typed(code, kind)
        name = SKOS.prefLabel if kind == SKOS.Concept else RDFS.label
        yield iri(code), iri(name), literal(label, language="nl")
    yield iri(GOVERNMENT), iri(SKOS.inScheme), iri(f"{AUTHORITY}/data-theme")
    yield from _typed(f"{AUTHORITY}/data-theme", SKOS.ConceptScheme)
    yield iri(f"{AUTHORITY}/data-theme"), iri(DCT.title), literal("Thema's van data", language="nl")


def _dataset(here: str, one: Dataset, facts: Facts) -> Iterator[Triple]:
    subject = f"{here}#{one.name}"
    yield from _typed(subject, DCAT.Dataset)
    yield from _words(subject, one.title, one.description)
    yield from _common(subject, facts)
    yield iri(subject), iri(DCT.identifier), literal(subject, XSD.anyURI)
    files = [file for file in facts.files if one.has(file["name"])]
    for word in one.keywords:
        yield iri(subject), iri(DCAT.keyword), literal(word, language="nl")
    yield from _links(
        subject,
        {
            DCAT.contactPoint: [f"{here}#contact"], DCT.accessRights: [PUBLIC], DCAT.theme: [GOVERNMENT],
            DCT.license: [facts.licence], DCT.language: [DUTCH], DCT.spatial: [FLANDERS],
            DCT.accrualPeriodicity: [DAILY], DCAT.landingPage: [f"{facts.base}/datasets"],
            DCAT.distribution: [_distribution_iri(here, file) for file in files],
        },
    )  # fmt: skip
    if one.feed:
        yield iri(subject), iri(RDFS.seeAlso), iri(f"{facts.base}/ldes/{one.feed}")
    for file in files:
        yield from _distribution(here, one, file, facts)


def _distribution_iri(here: str, file: Mapping[str, Any]) -> str:
    return f"{here}#bestand-{str(file['name']).replace('/', '-')}"


def _distribution(here: str, one: Dataset, file: Mapping[str, Any], facts: Facts) -> Iterator[Triple]:
    subject, name = _distribution_iri(here, file), str(file["name"])
    stem, end = name.rsplit(".", 1) if name.rpartition(".")[2] in COMPRESSED else (name, "")
    suffix = stem.rpartition(".")[2]
    kind, media = FORMATS[suffix]
    address = f"{facts.base}/dumps/{name}"
    yield from _typed(subject, DCAT.Distribution)
    title = f"{one.title}: {stem} als {WORDS[suffix]}" + (f", gecomprimeerd ({end})" if end else "")
    yield iri(subject), iri(DCT.title), literal(title, language="nl")
    yield from _links(
        subject,
        {
            DCAT.accessURL: [address], DCAT.downloadURL: [address], DCT.license: [facts.licence],
            DCT["format"]: [f"{AUTHORITY}/file-type/{kind}"], DCAT.mediaType: [MEDIA + media],
            DCAT.compressFormat: [MEDIA + COMPRESSED[end]] if end else [],
            ADMS.status: [STABLE], DCATAP.availability: [f"{AUTHORITY}/planned-availability/STABLE"],
            SPDX.checksum: [f"{subject}-sha256"],
        },
    )  # fmt: skip
    yield from _typed(f"{AUTHORITY}/file-type/{kind}", DCT.MediaTypeOrExtent)
    yield from _typed(MEDIA + media, DCT.MediaType)
    if end:
        yield from _typed(MEDIA + COMPRESSED[end], DCT.MediaType)
    yield iri(subject), iri(DCAT.byteSize), literal(str(file["bytes"]), XSD.nonNegativeInteger)
    if facts.modified:
        yield iri(subject), iri(DCT.modified), literal(facts.modified, XSD.dateTime)
    yield from _typed(f"{subject}-sha256", SPDX.Checksum)
    yield iri(f"{subject}-sha256"), iri(SPDX.algorithm), iri(SPDX.checksumAlgorithm_sha256)
    yield iri(f"{subject}-sha256"), iri(SPDX.checksumValue), literal(str(file["sha256"]), XSD.hexBinary)


# Name, title, description, path of the endpoint, path of its description, datasets that it serves.
SERVICES: tuple[tuple[str, str, str, str, str, tuple[str, ...]], ...] = (
    ("sparql", "SPARQL", "Stel een eigen vraag over alle publieke data (SPARQL 1.1, alleen lezen).", "/sparql",
     "/sparql", ("alles",)),
    ("api", "Collecties als JSON-LD en CSV", "Lijsten met filters, per bladzijde, beschreven met OpenAPI.", "/api",
     "/openapi.json", ("mandatarissen", "leidinggevenden", "besturen", "besluiten")),
    ("ldes", "Versies (LDES)", "Elke wijziging als versie, om te volgen.", "/ldes/belfort", "/ldes/belfort",
     ("alles",)),
    ("ldes-mandatarissen", "Versies van mandatarissen (LDES)", "Elke wijziging als versie, om te volgen.",
     "/ldes/mandatarissen", "/ldes/mandatarissen", ("mandatarissen",)),
    ("ldes-leidinggevenden", "Versies van leidinggevenden (LDES)", "Elke wijziging als versie, om te volgen.",
     "/ldes/leidinggevenden", "/ldes/leidinggevenden", ("leidinggevenden",)),
    ("delta", "Deltabestanden", "Elke wijziging als bestand met toegevoegde en verwijderde uitspraken.",
     "/sync/belfort/files", "/openapi.json", ("alles", "mandatarissen", "leidinggevenden")),
)  # fmt: skip


def _service(here: str, service: tuple[str, str, str, str, str, tuple[str, ...]], facts: Facts) -> Iterator[Triple]:
    name, title, description, path, described, serves = service
    subject = f"{here}#dienst-{name}"
    yield from _typed(subject, DCAT.DataService)
    yield from _words(subject, title, description)
    yield from _common(subject, facts)
    yield iri(subject), iri(DCT.identifier), literal(subject, XSD.anyURI)
    yield from _links(
        subject,
        {
            DCAT.endpointURL: [facts.base + path], DCAT.endpointDescription: [facts.base + described],
            DCAT.contactPoint: [f"{here}#contact"], DCT.accessRights: [PUBLIC], DCT.license: [facts.licence],
            DCAT.landingPage: [f"{facts.base}/datasets"], DCAT.servesDataset: [f"{here}#{one}" for one in serves],
        },
    )  # fmt: skip


def _typed(subject: str, *classes: str) -> Iterator[Triple]:
    return ((iri(subject), rdf.TYPE, iri(one)) for one in classes)


def _words(subject: str, title: str, description: str) -> Iterator[Triple]:
    yield iri(subject), iri(DCT.title), literal(title, language="nl")
    yield iri(subject), iri(DCT.description), literal(description, language="nl")


def _links(subject: str, targets: Mapping[str, Iterable[str]]) -> Iterator[Triple]:
    return ((iri(subject), iri(predicate), iri(one)) for predicate, many in targets.items() for one in many)
