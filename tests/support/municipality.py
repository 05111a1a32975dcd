"""A small municipality for tests of search: one bestuur, its organ in its period, one mandataris, and its pages."""

from belfort.jobs import Context
from tests.support.records import Fact, say

REGISTER = "http://data.lblod.info/id/"
PAGE = "https://raad.example/id/"
BESTUUR = f"{REGISTER}bestuurseenheden/aalter"


def register(label: str = "Gemeente Aalter", first_name: str = "Benoît") -> list[Fact]:
    """What the register says."""
    r = REGISTER
    return [
        (BESTUUR, "a", "besluit:Bestuurseenheid"),
        (BESTUUR, "skos:prefLabel", label),
        (f"{r}o", "a", "besluit:Bestuursorgaan"),
        (f"{r}o", "skos:prefLabel", "Gemeenteraad"),
        (f"{r}o", "besluit:bestuurt", f"<{BESTUUR}>"),
        (f"{r}ot", "a", "besluit:Bestuursorgaan"),
        (f"{r}ot", "mandaat:isTijdspecialisatieVan", f"<{r}o>"),
        (f"{r}ot", "org:hasPost", f"<{r}m>"),
        (f"{r}m", "a", "mandaat:Mandaat"),
        (f"{r}m", "org:role", f"<{r}rol>"),
        (f"{r}rol", "a", "skos:Concept"),
        (f"{r}rol", "skos:prefLabel", "Schepen"),
        (f"{r}md", "a", "mandaat:Mandataris"),
        (f"{r}md", "org:holds", f"<{r}m>"),
        (f"{r}md", "mandaat:isBestuurlijkeAliasVan", f"<{r}p>"),
        (f"{r}p", "a", "person:Person"),
        (f"{r}p", "foaf:familyName", "D'Haene"),
        (f"{r}p", "persoon:gebruikteVoornaam", first_name),
    ]


def sitting(name: str, date: str, *, organ: str = f"{REGISTER}ot") -> list[Fact]:
    """A zitting with nothing on it yet."""
    zitting = f"{PAGE}zitting/{name}"
    return [
        (zitting, "a", "besluit:Zitting"),
        (zitting, "dct:title", f"Zitting {name}"),
        (zitting, "besluit:geplandeStart", f"{date}T20:00:00Z"),
        (zitting, "besluit:isGehoudenDoor", f"<{organ}>"),
    ]


def decision(name: str, title: str, *, sitting: str, article: str = "", text: str = "") -> list[Fact]:
    """A besluit with its agendapunt, behandeling and one article, treated on that zitting."""
    a, b, d, part = (f"{PAGE}{kind}/{name}" for kind in ("agendapunt", "behandeling", "besluit", "artikel"))
    facts = [
        (f"{PAGE}zitting/{sitting}", "besluit:behandelt", f"<{a}>"),
        (a, "a", "besluit:Agendapunt"),
        (a, "dct:title", title),
        (b, "a", "besluit:BehandelingVanAgendapunt"),
        (b, "dct:subject", f"<{a}>"),
        (b, "prov:generated", f"<{d}>"),
        (d, "a", "besluit:Besluit"),
        (d, "eli:title", title),
    ]
    if text:
        facts.append((d, "prov:value", text))
    if article:
        facts += [(d, "eli:has_part", f"<{part}>"), (part, "a", "besluit:Artikel"), (part, "prov:value", article)]
    return facts


def publish(context: Context) -> None:
    """The register and two pages with three besluiten."""
    say(context, "https://register.example/", register(), "register", "register")
    say(
        context,
        "https://raad.example/1",
        [
            *sitting("april", "2024-04-18"),
            *decision(
                "1", "Goedkeuring aanleg fietspad", sitting="april", article="<p>Kostprijs: dossier 2024/123</p>"
            ),
            *decision("2", "Belasting op leegstand", sitting="april", text="<div>Het <b>fietspad</b> blijft.</div>"),
        ],
    )
    say(
        context,
        "https://raad.example/2",
        [*sitting("mei", "2025-05-20"), *decision("3", "Verslagen van de schepenen", sitting="mei")],
    )
