"""The only place that spells an IRI: namespaces, classes, the predicates that pages of the site follow."""

import hashlib
import uuid


class Namespace:
    """A namespace whose attributes and items are the IRIs in it: `BESLUIT.Zitting`, `BESLUIT["Agendapunt.type"]`.

    Not a `str`, whose methods would hide terms such as `ELI.title`; `str(BESLUIT)` is the namespace itself.
    """

    __slots__ = ("_iri",)

    def __init__(self, iri: str) -> None:
        self._iri = iri

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._iri + name

    def __getitem__(self, name: str) -> str:
        return self._iri + name

    def __str__(self) -> str:
        return self._iri


def _iris(table: dict[str, "str | Namespace"]) -> dict[str, str]:
    return {name: str(iri) for name, iri in table.items()}


RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
RDFA = Namespace("http://www.w3.org/ns/rdfa#")
XHV = Namespace("http://www.w3.org/1999/xhtml/vocab#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SH = Namespace("http://www.w3.org/ns/shacl#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
DCT = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
ORG = Namespace("http://www.w3.org/ns/org#")
PERSON = Namespace("http://www.w3.org/ns/person#")
REGORG = Namespace("https://www.w3.org/ns/regorg#")
REGORG_HTTP = Namespace("http://www.w3.org/ns/regorg#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
SCHEMA = Namespace("http://schema.org/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
BESLUIT = Namespace("http://data.vlaanderen.be/ns/besluit#")
MANDAAT = Namespace("http://data.vlaanderen.be/ns/mandaat#")
PERSOON = Namespace("http://data.vlaanderen.be/ns/persoon#")
PERSOON_HTTPS = Namespace("https://data.vlaanderen.be/ns/persoon#")
GENERIEK = Namespace("https://data.vlaanderen.be/ns/generiek#")
GENERIEK_HTTP = Namespace("http://data.vlaanderen.be/ns/generiek#")
ADRES = Namespace("https://data.vlaanderen.be/ns/adres#")
MOBILITEIT = Namespace("https://data.vlaanderen.be/ns/mobiliteit#")
LEIDINGGEVENDEN = Namespace("http://data.lblod.info/vocabularies/leidinggevenden/")
LBLOD_BESLUIT = Namespace("http://lblod.data.gift/vocabularies/besluit/")
TREE = Namespace("https://w3id.org/tree#")
LDES = Namespace("https://w3id.org/ldes#")
ACTIVITY = Namespace("https://www.w3.org/ns/activitystreams#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
OG = Namespace("http://ogp.me/ns#")
LBLOD = Namespace("http://data.lblod.info/vocabularies/lblod/")
LMB = Namespace("http://lblod.data.gift/vocabularies/lmb/")
EXT = Namespace("http://mu.semte.ch/vocabularies/ext/")
MU = Namespace("http://mu.semte.ch/vocabularies/core/")

DOCUMENT_TYPE = Namespace("https://data.vlaanderen.be/id/concept/BesluitDocumentType/")
BESLUIT_TYPE = Namespace("https://data.vlaanderen.be/id/concept/BesluitType/")
CONCEPT = Namespace("http://data.vlaanderen.be/id/concept/")
DATA = Namespace("http://data.lblod.info/id/")

# Prefixes for every text that Belfort writes.
PREFIXES = _iris(
    {
        "adms": ADMS, "adres": ADRES, "besluit": BESLUIT, "dcat": DCAT, "dct": DCT, "eli": ELI, "ext": EXT,
        "foaf": FOAF, "generiek": GENERIEK, "lblodBesluit": LBLOD_BESLUIT, "lblodlg": LEIDINGGEVENDEN, "lmb": LMB,
        "locn": LOCN, "mandaat": MANDAAT, "mobiliteit": MOBILITEIT, "mu": MU, "org": ORG, "owl": OWL,
        "person": PERSON, "persoon": PERSOON, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "regorg": REGORG,
        "schema": SCHEMA, "skos": SKOS, "xsd": XSD,
    }
)  # fmt: skip

# The prefixes that every RDFa page may use undeclared: https://www.w3.org/2011/rdfa-context/rdfa-1.1
RDFA_CONTEXT = _iris({
    "as": "https://www.w3.org/ns/activitystreams#", "csvw": "http://www.w3.org/ns/csvw#", "dcat": DCAT,
    "dqv": "http://www.w3.org/ns/dqv#", "duv": "https://www.w3.org/ns/duv#",
    "qb": "http://purl.org/linked-data/cube#", "org": ORG, "owl": OWL,
    "gr": "http://purl.org/goodrelations/v1#", "ctag": "http://commontag.org/ns#",
    "cc": "http://creativecommons.org/ns#", "grddl": "http://www.w3.org/2003/g/data-view#",
    "jsonld": "http://www.w3.org/ns/json-ld#", "ldp": "http://www.w3.org/ns/ldp#",
    "oa": "http://www.w3.org/ns/oa#", "rif": "http://www.w3.org/2007/rif#",
    "sioc": "http://rdfs.org/sioc/ns#", "skos": SKOS, "xml": "http://www.w3.org/XML/1998/namespace",
    "rr": "http://www.w3.org/ns/r2rml#", "rdfs": RDFS, "rev": "http://purl.org/stuff/rev#", "rdfa": RDFA,
    "dc": DCT, "dcterms": DCT, "dc11": "http://purl.org/dc/elements/1.1/", "foaf": FOAF,
    "void": "http://rdfs.org/ns/void#", "ical": "http://www.w3.org/2002/12/cal/icaltzd#",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "wdrs": "http://www.w3.org/2007/05/powder-s#",
    "og": OG, "wdr": "http://www.w3.org/2007/05/powder#", "rdf": RDF, "xhv": XHV,
    "xsd": XSD, "v": "http://rdf.data-vocabulary.org/#", "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "schema": SCHEMA, "ssn": "http://www.w3.org/ns/ssn/", "sosa": "http://www.w3.org/ns/sosa/",
    "time": "http://www.w3.org/2006/time#", "ma": "http://www.w3.org/ns/ma-ont#",
    "sd": "http://www.w3.org/ns/sparql-service-description#", "prov": PROV,
    "odrl": "http://www.w3.org/ns/odrl/2/",
})  # fmt: skip

# The terms of the same context; XHV holds the vocabulary of the empty prefix and of @role.
RDFA_TERMS: dict[str, str] = {
    "describedby": "http://www.w3.org/2007/05/powder-s#describedby",
    "license": XHV.license,
    "role": XHV.role,
}

# The terms that XHTML+RDFa 1.1 adds (https://www.w3.org/2011/rdfa-context/xhtml-rdfa-1.1).
XHTML_TERMS: dict[str, str] = {
    **RDFA_TERMS,
    **{
        name: XHV[name]
        for name in (
            "alternate", "appendix", "bookmark", "chapter", "cite", "contents", "copyright", "first", "glossary",
            "help", "icon", "index", "last", "meta", "next", "p3pv1", "prev", "previous", "section", "start",
            "stylesheet", "subsection", "top", "up",
        )
    },
}  # fmt: skip

# What a page may mean by a prefix (lower case) that it did not declare: the vocabularies of OSLO and around them.
OSLO_CONTEXT = _iris({
    **{name.lower(): namespace for name, namespace in PREFIXES.items()},
    "besluitdocumenttype": DOCUMENT_TYPE, "besluittype": BESLUIT_TYPE, "lblod": LBLOD, "mob": MOBILITEIT,
    "mobiliteit": MOBILITEIT, "mit": Namespace("https://data.vlaanderen.be/ns/mobiliteit-intelligente-toegang#"),
    "lblodbesluit": LBLOD_BESLUIT, "lblodlg": LEIDINGGEVENDEN, "ext": EXT, "mu": MU, "adres": ADRES,
    "melding": Namespace("http://lblod.data.gift/vocabularies/automatische-melding/"),
    "pav": Namespace("http://purl.org/pav/"), "elod": Namespace("http://linkedeconomy.org/ontology#"),
    "cpsv": Namespace("http://purl.org/vocab/cpsv#"), "m8g": Namespace("http://data.europa.eu/m8g/"),
    "ldes": Namespace("https://w3id.org/ldes#"), "tree": Namespace("https://w3id.org/tree#"),
    "nie": Namespace("http://www.semanticdesktop.org/ontologies/2007/01/19/nie#"),
    "nfo": Namespace("http://www.semanticdesktop.org/ontologies/2007/03/22/nfo#"),
})  # fmt: skip

DOCUMENT_TYPES: dict[str, str] = {
    DOCUMENT_TYPE["13fefad6-a9d6-4025-83b5-e4cbee3a8965"]: "Agenda",
    DOCUMENT_TYPE["3fa67785-ffdc-4b30-8880-2b99d97b4dee"]: "Besluitenlijst",
    DOCUMENT_TYPE["8e791b27-7600-4577-b24e-c7c29e0eb773"]: "Notulen",
    DOCUMENT_TYPE["9d5bfaca-bbf2-49dd-a830-769f91a6377b"]: "Uittreksel",
    DOCUMENT_TYPE["0ee460b1-5ef4-4d4a-b5e1-e2d7c1d5086e"]: "Andere documenten BBC",
    DOCUMENT_TYPE["672bf096-dccd-40af-ab60-bd7de15cc461"]: "Jaarrekeningen besturen eredienst",
    DOCUMENT_TYPE["18833df2-8c9e-4edd-87fd-b5c252337349"]: "Budgetten(wijzigingen) besturen eredienst",
    DOCUMENT_TYPE["2c9ada23-1229-4c7e-a53e-acddc9014e4e"]: "Meerjarenplannen(wijzigingen) besturen eredienst",
    DOCUMENT_TYPE["e274f1b1-7e84-457d-befe-070afec6b752"]: "Verslag lokale betrokkenheid eredienst",
    DOCUMENT_TYPE["365d561c-57c7-4523-af04-6e3c91426c56"]: "Overzicht vergoedingen en presentiegelden",
}

# Class IRI → the plural that names it in URLs. The first class of this table that an entity has is its class.
PLURALS: dict[str, str] = {
    BESLUIT.Bestuurseenheid: "besturen",
    BESLUIT.Bestuursorgaan: "organen",
    LEIDINGGEVENDEN.Functionaris: "functionarissen",
    LEIDINGGEVENDEN.Bestuursfunctie: "bestuursfuncties",
    MANDAAT.Mandataris: "mandatarissen",
    MANDAAT.Mandaat: "mandaten",
    MANDAAT.Fractie: "fracties",
    PERSON.Person: "personen",
    BESLUIT.Besluit: "besluiten",
    BESLUIT.Zitting: "zittingen",
    BESLUIT.BehandelingVanAgendapunt: "behandelingen",
    BESLUIT.Agendapunt: "agendapunten",
    BESLUIT.Stemming: "stemmingen",
    BESLUIT.Artikel: "artikels",
    FOAF.Document: "documenten",
    ORG.Membership: "lidmaatschappen",
    SCHEMA.ContactPoint: "contactpunten",
    LOCN.Address: "adressen",
    SKOS.Concept: "concepten",
}
OTHER_PLURAL = "dingen"

# Predicates whose object is followed, in either direction, by pages of the site.
NAVIGATION: frozenset[str] = frozenset(
    {
        BESLUIT.behandelt, BESLUIT.isGehoudenDoor, BESLUIT.heeftStemming, BESLUIT.bestuurt,
        BESLUIT.heeftAgenda, BESLUIT.heeftBesluitenlijst, BESLUIT.heeftNotulen, BESLUIT.heeftUittreksel,
        BESLUIT.heeftAanwezigeBijStart, BESLUIT.heeftAanwezige, BESLUIT.heeftVoorzitter, BESLUIT.heeftSecretaris,
        BESLUIT.classificatie, BESLUIT.werkingsgebied, DCT.subject, PROV.generated, PROV.wasGeneratedBy,
        PROV.wasDerivedFrom, ELI.has_part, ELI.passed_by, ELI.realizes, ORG.holds, ORG.role, ORG.hasPost,
        ORG.hasMembership, ORG.organisation, ORG.memberOf, ORG.linkedTo, ORG.classification,
        MANDAAT.isBestuurlijkeAliasVan, MANDAAT.isTijdspecialisatieVan, MANDAAT.status,
        GENERIEK.isTijdspecialisatieVan, GENERIEK_HTTP.isTijdspecialisatieVan,
        MANDAAT.isTijdelijkVervangenDoor, LEIDINGGEVENDEN.heeftBestuursfunctie, SCHEMA.contactPoint, LOCN.address,
    }
)  # fmt: skip


_URL_SPACE = uuid.NAMESPACE_URL.bytes


def mu_uuid(iri: str) -> str:
    """The mu:uuid of an IRI that was given none: uuid version 5 in the URL namespace (harvester.md §11.4)."""
    digest = bytearray(hashlib.sha1(_URL_SPACE + iri.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50  # uuid.uuid5 in a third of its time: version 5,
    digest[8] = digest[8] & 0x3F | 0x80  # of the variant of RFC 4122
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
