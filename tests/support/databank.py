"""A gemeente and its OCMW that keep every rule of the databanks, as triples to break one at a time."""

from collections.abc import Iterable

from belfort.rdf import TYPE, Triple, iri, literal
from belfort.vocab import (
    ADMS,
    BESLUIT,
    DATA,
    FOAF,
    GENERIEK,
    LEIDINGGEVENDEN,
    LMB,
    MANDAAT,
    ORG,
    PERSON,
    PERSOON,
    SCHEMA,
    SKOS,
    XSD,
)
from shapes import codes

G = "https://g.example/"
START, END = "2024-12-31T23:00:00Z", "2030-12-31T22:59:59Z"
EFFECTIEF = codes.code("MandatarisStatusCode", "21063a5b-912c-4241-841c-cc7fb3c73e75")
VERHINDERD = codes.code("MandatarisStatusCode", "c301248f-0199-45ca-b3e5-4c596731d5fe")
WAARNEMEND = codes.code("MandatarisStatusCode", "e1ca6edd-55e1-4288-92a5-53f4cf71946a")
BEKRACHTIGD = codes.code("MandatarisPublicationStatusCode", "9d8fd14d-95d0-4f5e-b3a5-a56a126227b6")
AANGESTELD = codes.code("FunctionarisStatusCode", "45b4b155-d22a-4eaf-be3a-97022c6b7fcd")
AD_ORGAN, FD_ORGAN = "39854196-f214-4688-87a1-d6ad12baa2fa", "62644b9c-4514-41dd-a660-4c35257f2b35"
AD_ROLE, FD_ROLE = "39e08271-68db-4282-897f-5cba88c71862", "6d4cf4dd-2080-4752-8733-d02a036b2df0"
BURGEMEESTER = "4955bd72cd0e4eb895fdbfab08da0284"
# Organ → its code and its mandates (name, code, number of holders).
ORGANS = {
    "gemeente": {"gr": ("05", (("raadslid", "11", 2), ("voorzitter-gr", "12", 1))),
                 "cbs": ("06", (("burgemeester", "13", 1), ("schepen", "14", 1))),
                 "bm": (BURGEMEESTER, (("burgemeester", "13", 1),))},
    "ocmw": {"rmw": ("07", (("rmw-lid", "15", 2), ("voorzitter-rmw", "16", 1))),
             "vb": ("08", (("vb-lid", "17", 1), ("voorzitter-vb", "18", 1))),
             "bcsd": ("09", (("bcsd-lid", "19", 1), ("voorzitter-bcsd", "1a", 1)))},
}  # fmt: skip
# Who holds what: the first of the two is burgemeester and presides, the second is schepen.
PEOPLE = {
    "een": ("raadslid", "burgemeester", "rmw-lid", "voorzitter-vb", "voorzitter-gr", "voorzitter-rmw"),
    "twee": ("raadslid", "schepen", "rmw-lid", "vb-lid", "bcsd-lid", "voorzitter-bcsd"),
}


def say(subject: str, *pairs: tuple[str, str]) -> list[Triple]:
    """Triples about `G + subject`: values that look like IRIs are IRIs, moments are typed."""
    return [(iri(G + subject), TYPE if p == "a" else iri(p), term(o)) for p, o in pairs]


def term(value: str) -> str:
    """A value as a term."""
    if value.startswith(("http://", "https://")):
        return iri(value)
    if len(value) > 18 and value[4] == value[7] == "-" and value[10] == "T":
        return literal(value, XSD.dateTime)
    return literal(value, XSD.integer) if value.isdecimal() and len(value) < 4 else literal(value)


def databank() -> list[Triple]:
    """All of it."""
    found: list[Triple] = []
    for unit, code in (("gemeente", "01"), ("ocmw", "02")):
        kind = codes.code("BestuurseenheidClassificatieCode", code)
        found += say(unit, ("a", BESLUIT.Bestuurseenheid), (ORG.classification, kind),
                     (BESLUIT.werkingsgebied, G + "gebied"))  # fmt: skip
        for name, (organ, posts) in ORGANS[unit].items():
            found += organ_of(name, organ, unit)
            for post, role, count in posts:
                found += say(name + "-t", (ORG.hasPost, G + post))
                found += say(post, ("a", MANDAAT.Mandaat), (ORG.role, codes.code("BestuursfunctieCode", role)),
                             (MANDAAT.aantalHouders, str(count)))  # fmt: skip
    found += say("fractie", ("a", MANDAAT.Fractie))
    for person, posts in PEOPLE.items():
        found += say(person, ("a", PERSON.Person), (PERSOON.gebruikteVoornaam, "An"), (FOAF.familyName, person))
        for post in posts:
            found += mandataris(f"{person}-{post}", person, post)
        found += say("lijst", (MANDAAT.heeftKandidaat, G + person))
    found += say("lijst", (MANDAAT.behoortTot, G + "verkiezing"))
    found += say("verkiezing", *((MANDAAT.steltSamen, f"{G}{organ}-t") for organ in ("gr", "cbs", "bm")))
    for post, organ, role in (("ad", AD_ORGAN, AD_ROLE), ("fd", FD_ORGAN, FD_ROLE)):
        found += functie(post, organ, role, "gemeente")
        found += functionaris(f"{post}-nu", "een" if post == "ad" else "twee", post)
    found += say(
        "contact", ("a", SCHEMA.ContactPoint), (SCHEMA.email, "info@g.example"), (SCHEMA.telephone, "09 1234567")
    )
    found += say(
        "kbo",
        ("a", ADMS.Identifier),
        (SKOS.notation, "KBO nummer"),
        (GENERIEK.gestructureerdeIdentificator, G + "kbo-g"),
    )
    return [*found, *say("kbo-g", (GENERIEK.lokaleIdentificator, "0829241320"))]


def organ_of(
    name: str, code: str, unit: str, start: str = "2025-01-01T00:00:00", end: str = "2030-12-31T23:59:59"
) -> list[Triple]:
    """An organ that lasts, and its period `name-t`."""
    kind = codes.code("BestuursorgaanClassificatieCode", code)
    return [
        *say(name, ("a", BESLUIT.Bestuursorgaan), (BESLUIT.classificatie, kind), (BESLUIT.bestuurt, G + unit)),
        *say(name + "-t", ("a", BESLUIT.Bestuursorgaan), (MANDAAT.isTijdspecialisatieVan, G + name),
             (MANDAAT.bindingStart, start), (MANDAAT.bindingEinde, end)),
    ]  # fmt: skip


def functie(post: str, organ: str, role: str, unit: str) -> list[Triple]:
    """A bestuursfunctie in a director organ of that bestuur."""
    return [
        *organ_of(f"{post}-orgaan", organ, unit, "2019-01-01T00:00:00", "2099-12-31T00:00:00"),
        *say(f"{post}-orgaan-t", (LEIDINGGEVENDEN.heeftBestuursfunctie, G + post)),
        *say(post, ("a", LEIDINGGEVENDEN.Bestuursfunctie), (ORG.role, codes.code("BestuursfunctieCode", role))),
    ]


def mandataris(
    name: str, person: str, post: str, start: str = START, end: str = END, status: str = EFFECTIEF
) -> list[Triple]:
    """A mandataris with everything that the rules ask."""
    domain = post in ("burgemeester", "schepen")
    return [
        *say(name, ("a", MANDAAT.Mandataris), (MANDAAT.isBestuurlijkeAliasVan, G + person), (ORG.holds, G + post),
             (MANDAAT.start, start), (MANDAAT.status, status), (LMB.hasPublicationStatus, BEKRACHTIGD),
             (LMB.linkToBesluit, G + "besluit"), (ORG.hasMembership, f"{G}{name}-lid"),
             (MANDAAT.rangorde, "Eerste schepen"),
             *([(MANDAAT.einde, end)] if end else []), *([(MANDAAT.beleidsdomein, DATA["domein"])] if domain else [])),
        *say(f"{name}-lid", ("a", ORG.Membership), (ORG.organisation, G + "fractie")),
    ]  # fmt: skip


def functionaris(
    name: str, person: str, post: str, start: str = "2019-12-31T23:00:00Z", end: str = "", status: str = AANGESTELD
) -> list[Triple]:
    """A functionaris with everything that the rules ask."""
    return say(
        name, ("a", LEIDINGGEVENDEN.Functionaris), (MANDAAT.isBestuurlijkeAliasVan, G + person), (ORG.holds, G + post),
        (MANDAAT.start, start), (MANDAAT.status, status), *([(MANDAAT.einde, end)] if end else []),
    )  # fmt: skip


def without(triples: Iterable[Triple], subject: str, *predicates: str) -> list[Triple]:
    """The triples without these of a subject; without predicates, all of the subject go, and what points at it."""
    about = iri(G + subject)
    terms = {TYPE if p == "a" else iri(p) for p in predicates}
    return [
        (s, p, o)
        for s, p, o in triples
        if not (s == about and (not terms or p in terms)) and not (o == about and not terms)
    ]


def instead(triples: Iterable[Triple], subject: str, predicate: str, *values: str) -> list[Triple]:
    """The triples with other values of one property."""
    return [*without(triples, subject, predicate), *say(subject, *((predicate, value) for value in values))]
