"""A small public data set, brought in by the real path: statements are accepted, gated and merged.

One gemeente with its OCMW, organs, directors and mandatarissen from a register; one zitting of its gemeenteraad with
besluiten from a page; a page that was withdrawn. Names are made up.
"""

from belfort import rdf
from belfort.acceptance import Accepted, Statement, accept, withdraw
from belfort.jobs import Context
from belfort.records import snapshot
from belfort.vocab import (
    ADRES,
    BESLUIT,
    BESLUIT_TYPE,
    CONCEPT,
    DATA,
    DCT,
    DOCUMENT_TYPE,
    ELI,
    FOAF,
    GENERIEK,
    LEIDINGGEVENDEN,
    LOCN,
    MANDAAT,
    MU,
    ORG,
    PERSON,
    PERSOON,
    PROV,
    RDF,
    RDFS,
    REGORG,
    SCHEMA,
    SKOS,
    XSD,
)  # fmt: skip

PAGE = "https://besluiten.waterdorp.example/zittingen/2026-10-21/besluitenlijst"
GONE_PAGE = "https://besluiten.waterdorp.example/zittingen/2020-01-01/besluitenlijst"
BASE = "https://besluiten.waterdorp.example/id"
REGISTER = "https://register.example/sync"

GEMEENTE = DATA["bestuurseenheden/waterdorp"]
OCMW = DATA["bestuurseenheden/ocmw-waterdorp"]
ZITTING = f"{BASE}/zittingen/2026-10-21"
BESLUIT_IRI = f"{BASE}/besluiten/fietsstraat"
EVIL = f"{BASE}/besluiten/vreemd"
GONE = f"{BASE}/besluiten/ingetrokken"
PERSOON_IRI = DATA["personen/noor"]
RAADSLID = DATA["personen/jef"]
TITLE = "Aanvullend reglement: fietsstraat in de Kerkdreef"
NASTY = '<script>alert("x")</script> & "aanhalingstekens"'

_CODE = "5ab0e9b8a3b2ca7c5e0000"
Terms = dict[str, str | list[str]]


def say(subject: str, kinds: str | list[str], terms: Terms) -> list[str]:
    """The lines about one subject: values that look like IRIs are IRIs, dates are typed, the rest are strings."""
    pairs: list[tuple[str, str]] = [(RDF.type, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    pairs += [(p, o) for p, values in terms.items() for o in ([values] if isinstance(values, str) else values)]
    return [rdf.line((rdf.iri(subject), rdf.iri(p), _term(p, o))) for p, o in pairs]


_MOMENTS = {BESLUIT.geplandeStart, PROV.startedAtTime, PROV.endedAtTime, MANDAAT.start, MANDAAT.einde}
_DAYS = {ELI.date_publication, MANDAAT.bindingStart, MANDAAT.bindingEinde}
_BOOLEANS = {BESLUIT.openbaar, BESLUIT.geplandOpenbaar, BESLUIT.geheim}
_NUMBERS = {BESLUIT.aantalVoorstanders, BESLUIT.aantalTegenstanders, BESLUIT.aantalOnthouders}
_TEXTS = {SCHEMA.url, SKOS.notation}


def _term(predicate: str, value: str) -> str:
    for predicates, datatype in (
        (_MOMENTS, XSD.dateTime), (_DAYS, XSD.date), (_BOOLEANS, XSD.boolean), (_NUMBERS, XSD.integer),
    ):  # fmt: skip
        if predicate in predicates:
            return rdf.literal(value, datatype)
    if predicate not in _TEXTS and value.startswith(("http://", "https://", "javascript:")):
        return rdf.iri(value)
    return rdf.literal(value)


def register_lines() -> list[str]:
    """What the register says."""
    area = DATA["werkingsgebieden/waterdorp"]
    lines = say(area, PROV.Location, {RDFS.label: "Waterdorp"})
    kind = "BestuurseenheidClassificatieCode"
    for iri, code, label in ((GEMEENTE, "01", "Waterdorp"), (OCMW, "02", "OCMW Waterdorp")):
        lines += say(iri, BESLUIT.Bestuurseenheid, {
            SKOS.prefLabel: label, ORG.classification: CONCEPT[f"{kind}/{_CODE}{code}"], BESLUIT.werkingsgebied: area,
            MU.uuid: iri.rpartition("/")[2],
        })  # fmt: skip
    lines += _organ("raad", f"{_CODE}05", "Gemeenteraad Waterdorp", GEMEENTE, "2025-01-01", ORG.hasPost,
                    {"raadslid": f"{_CODE}11"})  # fmt: skip
    lines += _organ("college", f"{_CODE}06", "College Waterdorp", GEMEENTE, "2025-01-01", ORG.hasPost,
                    {"burgemeester": f"{_CODE}13", "schepen": f"{_CODE}14"})  # fmt: skip
    lines += _organ("burgemeester", "4955bd72cd0e4eb895fdbfab08da0284", "Burgemeester Waterdorp", GEMEENTE,
                    "2025-01-01", ORG.hasPost, {"burgemeester": f"{_CODE}13"})  # fmt: skip
    for bestuur, slug in ((GEMEENTE, "gemeente"), (OCMW, "ocmw")):
        lines += _organ(f"ad-{slug}", "39854196-f214-4688-87a1-d6ad12baa2fa", "Algemeen directeur", bestuur,
                        "2019-01-01", LEIDINGGEVENDEN.heeftBestuursfunctie,
                        {f"ad-{slug}": "39e08271-68db-4282-897f-5cba88c71862"})  # fmt: skip
        lines += _organ(f"fd-{slug}", "62644b9c-4514-41dd-a660-4c35257f2b35", "Financieel directeur", bestuur,
                        "2019-01-01", LEIDINGGEVENDEN.heeftBestuursfunctie,
                        {f"fd-{slug}": "6d4cf4dd-2080-4752-8733-d02a036b2df0"})  # fmt: skip
    lines += say(DATA["contact-punten/ad"], SCHEMA.ContactPoint, {
        SCHEMA.email: "secretariaat@waterdorp.example", SCHEMA.telephone: "09 123 45 67",
        SCHEMA.url: "javascript:alert(1)", LOCN.address: DATA["adressen/ad"],
    })  # fmt: skip
    lines += say(DATA["adressen/ad"], LOCN.Address, {
        LOCN.thoroughfare: "Markt", ADRES["Adresvoorstelling.huisnummer"]: "1", LOCN.postCode: "9999",
        ADRES.gemeentenaam: "Waterdorp",
    })  # fmt: skip
    lines += say(DATA["bestuursfuncties/ad-gemeente"], LEIDINGGEVENDEN.Bestuursfunctie,
                 {SCHEMA.contactPoint: DATA["contact-punten/ad"]})  # fmt: skip
    return lines + _people()


def _organ(
    slug: str, code: str, label: str, bestuur: str, start: str, by: str, posts: dict[str, str]
) -> list[str]:  # fmt: skip
    lasting, period = DATA[f"bestuursorganen/{slug}"], DATA[f"bestuursorganen/{slug}-{start[:4]}"]
    mandate = by == ORG.hasPost
    base, kind = ("mandaten", MANDAAT.Mandaat) if mandate else ("bestuursfuncties", LEIDINGGEVENDEN.Bestuursfunctie)
    lines = say(lasting, BESLUIT.Bestuursorgaan, {
        SKOS.prefLabel: label, BESLUIT.classificatie: CONCEPT[f"BestuursorgaanClassificatieCode/{code}"],
        BESLUIT.bestuurt: bestuur,
    })  # fmt: skip
    lines += say(period, BESLUIT.Bestuursorgaan, {
        GENERIEK.isTijdspecialisatieVan: lasting, MANDAAT.bindingStart: start,
        by: [DATA[f"{base}/{post}"] for post in posts],
    })  # fmt: skip
    for post, role in posts.items():
        lines += say(DATA[f"{base}/{post}"], kind, {ORG.role: CONCEPT[f"BestuursfunctieCode/{role}"]})
    return lines


def _people() -> list[str]:
    status = CONCEPT["MandatarisStatusCode/21063a5b-912c-4241-841c-cc7fb3c73e75"]
    lines = say(DATA["fracties/water"], MANDAAT.Fractie, {REGORG.legalName: "Waterpartij"})
    lines += say(DATA["lidmaatschappen/noor"], ORG.Membership, {ORG.organisation: DATA["fracties/water"]})
    for slug, first, last in (("noor", "Noor", "Vandenbroeck"), ("jef", "Jef", "Lauwers"), ("an", "An", "D’hondt")):
        lines += say(DATA[f"personen/{slug}"], PERSON.Person,
                     {PERSOON.gebruikteVoornaam: first, FOAF.familyName: last, MU.uuid: slug})  # fmt: skip
    for slug, post, person, extra in (
        ("noor", "burgemeester", "noor", {ORG.hasMembership: DATA["lidmaatschappen/noor"]}),
        ("jef", "raadslid", "jef", {MANDAAT.einde: "0001-01-01T00:00:00Z"}),
        ("noor-oud", "raadslid", "noor", {MANDAAT.einde: "2025-01-31T22:59:59Z"}),
        ("jef-schepen", "schepen", "jef", {MANDAAT.rangorde: "Eerste schepen"}),
    ):
        lines += say(DATA[f"mandatarissen/{slug}"], MANDAAT.Mandataris, {
            MANDAAT.isBestuurlijkeAliasVan: DATA[f"personen/{person}"], ORG.holds: DATA[f"mandaten/{post}"],
            MANDAAT.start: "2024-12-04T23:00:00Z", MANDAAT.status: status, **extra,
        })  # fmt: skip
    return lines + say(DATA["functionarissen/an"], LEIDINGGEVENDEN.Functionaris, {
        MANDAAT.isBestuurlijkeAliasVan: DATA["personen/an"], ORG.holds: DATA["bestuursfuncties/ad-gemeente"],
        MANDAAT.start: "2020-06-30T22:00:00Z",
        MANDAAT.status: CONCEPT["functionarisStatusCode/45b4b155-d22a-4eaf-be3a-97022c6b7fcd"],
    })  # fmt: skip


def page_lines(*, title: str = TITLE) -> list[str]:
    """What the page of the zitting says."""
    names = ("opening", "fietsstraat", "vreemd")
    lines = say(ZITTING, BESLUIT.Zitting, {
        BESLUIT.geplandeStart: "2026-10-21T18:00:00Z", PROV.startedAtTime: "2026-10-21T18:05:00Z",
        PROV.endedAtTime: "2026-10-21T20:40:00Z", PROV.atLocation: "Raadzaal, Markt 1",
        BESLUIT.isGehoudenDoor: DATA["bestuursorganen/raad-2025"],
        BESLUIT.behandelt: [f"{BASE}/agendapunten/{name}" for name in names],
        BESLUIT.heeftAanwezigeBijStart: [DATA["mandatarissen/noor"], DATA["mandatarissen/jef"], f"{BASE}/onbekend"],
        BESLUIT.heeftVoorzitter: DATA["mandatarissen/noor"], BESLUIT.heeftBesluitenlijst: f"{PAGE}#lijst",
    })  # fmt: skip
    lines += say(f"{PAGE}#lijst", [FOAF.Document, DOCUMENT_TYPE["3fa67785-ffdc-4b30-8880-2b99d97b4dee"]],
                 {ELI.date_publication: "2026-10-28"})  # fmt: skip
    titles = {"opening": "Goedkeuring van het verslag", "fietsstraat": "Fietsstraat Kerkdreef", "vreemd": NASTY}
    for place, name in enumerate(names):
        punt, handled = f"{BASE}/agendapunten/{name}", f"{BASE}/behandelingen/{name}"
        after: Terms = {BESLUIT.aangebrachtNa: f"{BASE}/agendapunten/{names[place - 1]}"} if place else {}
        lines += say(punt, BESLUIT.Agendapunt, {DCT.title: titles[name], BESLUIT.geplandOpenbaar: "true", **after})
        lines += say(handled, BESLUIT.BehandelingVanAgendapunt, {
            DCT.subject: punt, BESLUIT.openbaar: "true", BESLUIT.heeftStemming: f"{BASE}/stemmingen/{name}",
            **({PROV.generated: f"{BASE}/besluiten/{name}"} if name != "opening" else {}),
        })  # fmt: skip
        lines += say(f"{BASE}/stemmingen/{name}", BESLUIT.Stemming, {
            BESLUIT.onderwerp: titles[name], BESLUIT.gevolg: "Goedgekeurd", BESLUIT.geheim: "false",
            BESLUIT.aantalVoorstanders: "17", BESLUIT.aantalTegenstanders: "4", BESLUIT.aantalOnthouders: "1",
        })  # fmt: skip
    return lines + _besluiten(title)


def _besluiten(title: str) -> list[str]:
    lines = say(BESLUIT_IRI, [BESLUIT.Besluit, BESLUIT_TYPE["67378dd0-5413-474b-8996-d992ef81637a"]], {
        ELI.title: title, ELI.date_publication: "2026-10-28",
        ELI.description: "De gemeenteraad keurt de fietsstraat in de Kerkdreef goed.",
        BESLUIT.motivering: "Overwegende dat veel kinderen langs de Kerkdreef naar school fietsen;\n\n"
        "Gelet op het advies van de verkeerscommissie.",
        ELI.has_part: [f"{BASE}/artikels/2", f"{BASE}/artikels/1"],
    })  # fmt: skip
    lines += say(
        f"{BASE}/artikels/1",
        BESLUIT.Artikel,
        {ELI.number: "1", PROV.value: "De Kerkdreef wordt een fietsstraat.\nAuto’s halen fietsers niet in."},
    )
    lines += say(
        f"{BASE}/artikels/2", BESLUIT.Artikel, {ELI.number: "2", PROV.value: "Dit reglement gaat in op 1 januari 2027."}
    )
    lines += say(EVIL, BESLUIT.Besluit, {
        ELI.title: NASTY, ELI.description: "Regel één\nRegel twee\n\n<img src=x onerror=alert(1)>",
        "http://lblod.data.gift/vocabularies/besluit/linkToPublication": "javascript:alert(1)",
    })  # fmt: skip
    return lines


def speak(context: Context, origin: str, kind: str, lines: list[str], body: bytes) -> Accepted:
    """Let an origin say these lines, as the harvester and the register do."""
    digest = context.blobs.put(body)
    unique = sorted(set(lines), key=str.encode)
    authority = "waterdorp" if kind == "page" else "register"
    statement = Statement(origin, kind, authority, digest, "test-1", unique)  # type: ignore[arg-type]
    return accept(context, statement, within=lambda c: _keep(c, origin, digest, len(body)) if kind == "page" else None)


def _keep(connection: object, url: str, body: str, size: int) -> None:
    snapshot.add(connection, url=url, status=200, body=body, size=size)  # type: ignore[arg-type]


def fill(context: Context) -> None:
    """Bring everything in."""
    speak(context, REGISTER, "register", register_lines(), b"register")
    speak(context, PAGE, "page", page_lines(), b"<html>besluitenlijst</html>")
    speak(context, GONE_PAGE, "page", say(GONE, BESLUIT.Besluit, {ELI.title: "Ingetrokken", MU.uuid: "ingetrokken"}),
          b"<html>weg</html>")  # fmt: skip
    withdraw(context, GONE_PAGE, "gone")
