"""Real pages and the official examples, held against counts that were read from their markup."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from belfort import rdf
from belfort.rdf import TYPE, Triple
from belfort.vocab import (
    BESLUIT,
    DCT,
    DOCUMENT_TYPES,
    ELI,
    FOAF,
    LBLOD_BESLUIT,
    MANDAAT,
    OSLO_CONTEXT,
    PROV,
    SCHEMA,
    SKOS,
    XSD,
)
from harvester.extract import Extraction, extract
from harvester.rdfa import iri

GOLDEN: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "golden_counts.json").read_text()
)["pages"]
CLASSES = {
    "zittingen": BESLUIT.Zitting, "agendapunten": BESLUIT.Agendapunt, "stemmingen": BESLUIT.Stemming,
    "behandelingen": BESLUIT.BehandelingVanAgendapunt, "besluiten": BESLUIT.Besluit, "artikels": BESLUIT.Artikel,
    "documents": FOAF.Document,
}  # fmt: skip
LINKS = {
    "subject": DCT.subject, "generated": PROV.generated, "has_part": ELI.has_part,
    **{name: BESLUIT[name] for name in (
        "behandelt", "heeftStemming", "isGehoudenDoor", "heeftAgenda", "heeftBesluitenlijst", "heeftNotulen",
        "heeftUittreksel", "aangebrachtNa",
    )},
}  # fmt: skip
# What each class of these hangs on: the predicate, and whether the entity is its object.
HANGS_ON = {
    "agendapunten": ("behandelt", True), "behandelingen": ("subject", False), "stemmingen": ("heeftStemming", True),
    "besluiten": ("generated", True), "artikels": ("has_part", True),
}  # fmt: skip
TYPES = {
    "cevi-erpe-mere-besluitenlijst.html": ["Besluitenlijst"],
    "cevi-torhout-notulen.html": ["Notulen"],
    "cipal-anzegem-agenda.html": ["Agenda"],
    "gn-essen-besluitenlijst.html": ["Besluitenlijst"],
    "greenvalley-aalter-besluitenlijst.html": ["Besluitenlijst"],
    "lb365-destelbergen-notulen.html": ["Notulen"],
    "remmicom-boortmeerbeek-agenda.html": ["Agenda"],
}
ADDRESSES = {
    "remmicom-boortmeerbeek-agenda.html": "https://boortmeerbeek.meetingburger.net/gr/87efd49b/agenda",
    "lb365-destelbergen-notulen.html": "https://destelbergen.powerappsportals.com/zittingen/notulen",
    "cipal-anzegem-agenda.html": "https://anzegem-echo.cipalschaubroeck.be/raadpleegomgeving/zittingen/ddc7",
}
# These have nothing to hang on: the text of each says so.
LOOSE = {
    "09-doc-besluitenlijst.html": {"besluiten": 3},
    "10-doc-besluitenlijst-met-stemming.html": {"behandelingen": 3},
    "14-doc-besluit-geannoteerde-bijlage.html": {"behandelingen": 1},
}


def address(name: str) -> str:
    """The address of a page; of most it does not matter."""
    return ADDRESSES.get(name, f"https://www.example.org/pagina/{name}")


def content(shared: Path, name: str) -> bytes:
    """The bytes of a page or an example."""
    folder = "vendor-docs" if name[0].isdigit() else "pages"
    return (shared / "data" / folder / name).read_bytes()


@cache
def found(shared: Path, name: str) -> Extraction:
    """What the page says."""
    return extract(content(shared, name), address(name))


def triples(extraction: Extraction) -> list[Triple]:
    """Its triples."""
    return list(rdf.parse_lines("\n".join(extraction.lines)))


def typed(rows: list[Triple], cls: str) -> set[str]:
    """The subjects of a class."""
    return {s for s, p, o in rows if p == TYPE and o == f"<{cls}>"}


def test_no_page_is_left_out(shared: Path) -> None:
    """Every HTML file of the shared data is held against its counts; only the month overview says nothing itself."""
    names = {path.name for path in (shared / "data").rglob("*.html")}
    assert names == set(GOLDEN)
    assert [name for name in GOLDEN if not found(shared, name).says_something] == ["greenvalley-index.html"]


@pytest.mark.parametrize("name", GOLDEN)
def test_exactly_what_the_markup_has(shared: Path, name: str) -> None:
    """Every entity of the page is typed and every link is there, and no more of them."""
    rows = triples(found(shared, name))
    golden = GOLDEN[name]
    assert {key: len(typed(rows, cls)) for key, cls in CLASSES.items()} == {key: golden[key] for key in CLASSES}
    links = {key: len({o for _, p, o in rows if p == f"<{iri}>" and rdf.is_iri(o)}) for key, iri in LINKS.items()}
    assert {key: count for key, count in links.items() if count} == golden["links"]
    assert [DOCUMENT_TYPES[iri] for iri in found(shared, name).document_types] == TYPES.get(
        name, ["Besluitenlijst"] if golden["links"].get("heeftBesluitenlijst") else []
    )


@pytest.mark.parametrize("name", GOLDEN)
def test_everything_hangs_together(shared: Path, name: str) -> None:
    """Each agendapunt is of a zitting, each behandeling of an agendapunt, besluit and stemming of a behandeling."""
    rows = triples(found(shared, name))
    loose: dict[str, int] = {}
    for key, (link, is_object) in HANGS_ON.items():
        linked = {o if is_object else s for s, p, o in rows if p == f"<{LINKS[link]}>" and rdf.is_iri(o)}
        missing = typed(rows, CLASSES[key]) - linked
        if missing:
            loose[key] = len(missing)
    assert loose == LOOSE.get(name, {})
    assert sum(one.count for one in found(shared, name).issues if one.code == "unlinked") == sum(loose.values())


@pytest.mark.parametrize("name", GOLDEN)
def test_nothing_is_left_that_no_one_can_use(shared: Path, name: str) -> None:
    """No blank node, no CURIE taken for an IRI, no host in a path, no invalid literal; nothing lost to blank nodes."""
    extraction = found(shared, name)
    rows = triples(extraction)
    terms = {term for row in rows for term in row}
    assert not [term for term in terms if term.startswith("_:")]
    schemes = {term[1:].partition(":")[0].lower() for term in terms if rdf.is_iri(term)}
    assert not schemes & set(OSLO_CONTEXT)
    assert not [t for t in terms if re.match(r"<https?://[^/]+/.*[a-z]+\.[a-z]+\.(?:net|be|com)/", t) and "?" not in t]
    assert not [t for t in terms if t.startswith("<http") and iri.split(t[1:-1]).authority in t[1:-1].split("/")[3:]]
    assert not [one for one in extraction.issues if one.code in ("invalid-iri", "undefined-prefix", "no-such-value")]
    plain = extract(content(shared, name), address(name), repair=False)
    assert len(rows) + len(_folded(extraction)) >= len(plain.lines)


def _folded(extraction: Extraction) -> list[None]:
    """What repairs may have folded into equal triples: anonymous nodes that got the IRI of an entity on the page."""
    return [None] * sum(one.count for one in extraction.repairs if one.rule == "q2-iri-in-content")


def test_q3_remmicom(shared: Path) -> None:
    """No IRI has its host twice, whatever address the page was saved under."""
    name = "remmicom-boortmeerbeek-agenda.html"
    plain = extract(content(shared, name), address(name), repair=False)
    assert (
        len({line.split(" ")[0] for line in plain.lines if "net/gr/87efd49b/boortmeerbeek." in line.split(" ")[0]})
        == 57
    )
    for url in (address(name), "https://www.example.org/x/y"):
        assert "/boortmeerbeek.meetingburger.net" not in "\n".join(extract(content(shared, name), url).lines).replace(
            "//boortmeerbeek", ""
        )


def test_q4_two_sessions_of_remmicom(shared: Path) -> None:
    """The page under two session URLs, with the session in its links too, gives identical lines and hash."""
    name = "remmicom-boortmeerbeek-agenda.html"
    html = content(shared, name).decode()
    host = "https://boortmeerbeek.meetingburger.net"
    seen = []
    for session in ("(S(abc123def))", "(S(zzz999))"):
        body = html.replace(f"{host}/gr/", f"{host}/{session}/gr/").replace('href="/', f'href="/{session}/')
        assert session in body
        seen.append(extract(body.encode(), f"{host}/{session}/gr/87efd49b/agenda"))
    assert seen[0].lines == seen[1].lines == extract(html.encode(), f"{host}/gr/87efd49b/agenda").lines
    assert seen[0].semantic_hash == seen[1].semantic_hash
    assert seen[0].links == seen[1].links
    assert "(S(" not in "\n".join(seen[0].lines)


@pytest.mark.parametrize("name", [name for name in GOLDEN if not name[0].isdigit()])
def test_noise_changes_nothing(shared: Path, name: str) -> None:
    """A nonce, a timestamp and an advert are other bytes with the same semantic hash."""
    noise = b'<script nonce="8f3a">var t=1732528800;</script><div class="advert"><p>Koop nu!</p></div>'
    changed = extract(content(shared, name).replace(b"</body>", noise + b"</body>"), address(name))
    assert changed.semantic_hash == found(shared, name).semantic_hash
    assert changed.lines == found(shared, name).lines


def test_q2_cipal(shared: Path) -> None:
    """The objects of aangebrachtNa are the agendapunten before them; no anonymous agendapunt is left."""
    rows = triples(found(shared, "cipal-anzegem-agenda.html"))
    after = [(s, o) for s, p, o in rows if p == f"<{BESLUIT.aangebrachtNa}>"]
    agendapunten = typed(rows, BESLUIT.Agendapunt)
    assert len(after) == 4
    assert {term for pair in after for term in pair} <= agendapunten
    assert not [s for s, _, _ in rows if "#genid-" in s]
    assert [
        s for s in typed(rows, FOAF.Document) if s.startswith("<https://anzegem-echo.cipalschaubroeck.be/id/lblod/")
    ]


def test_q7_and_q8_lb365(shared: Path) -> None:
    """The placeholder of the document became an IRI of this page, and its type is known."""
    extraction = found(shared, "lb365-destelbergen-notulen.html")
    (document,) = typed(triples(extraction), FOAF.Document)
    assert document.startswith(f"<{address('lb365-destelbergen-notulen.html')}#document-")
    assert "/dummy" not in "\n".join(extraction.lines)
    elsewhere = extract(content(shared, "lb365-destelbergen-notulen.html"), "https://elders.example/notulen")
    assert typed(triples(elsewhere), FOAF.Document) != {document}


def test_q17_cevi(shared: Path) -> None:
    """The five links to a PDF are annexes, no texts."""
    rows = triples(found(shared, "cevi-erpe-mere-besluitenlijst.html"))
    assert len([o for _, p, o in rows if p == f"<{ELI.related_to}>" and o.endswith(".pdf>")]) == 5
    assert not [o for _, p, o in rows if p == f"<{PROV.value}>"]


def test_the_page_is_nobody(shared: Path) -> None:
    """An empty @resource of a person does not make the page a mandataris."""
    for name in ("remmicom-boortmeerbeek-agenda.html", "lb365-destelbergen-notulen.html"):
        page = f"<{address(name)}>"
        classes = {o for s, p, o in triples(found(shared, name)) if s == page and p == TYPE}
        assert not [cls for cls in classes if "Mandataris" in cls or "Person" in cls]


EXAMPLES = {
    "09": {"unlinked", "other-orgaan"},
    "10": {"unlinked", "other-orgaan", "contradiction", "unclosed"},
    "11": {"class-as-subject"},
    "12": {"class-as-subject"},
    "13": {"class-as-subject"},
    "14": {"unlinked", "unclosed"},
    "15": {"lost-scope"},
    "16": {"lost-scope"},
    "17": set[str](),
}


@pytest.mark.parametrize("number", EXAMPLES)
def test_official_examples_say_their_text_or_name_their_error(shared: Path, number: str) -> None:
    """Each example is read whole; what is wrong in it has an issue with a fix, and nothing else has."""
    (name,) = (name for name in GOLDEN if name.startswith(number))
    extraction = found(shared, name)
    assert extraction.says_something
    assert {one.code for one in extraction.issues} == EXAMPLES[number]
    assert all(one.fix for one in extraction.issues)


MECHELEN = "http://een.domein.van.mechelen.be/"
REGISTER = "http://data.lblod.info/id/"
RAAD = f"<{REGISTER}bestuursorganen/f7460afee3759df859b3e42f2b108909d2f657726f884427ee0fc915cac45388>"
NLD = "<http://publications.europa.eu/resource/authority/language/NLD>"
FINANCIAL_YEAR = "http://linkedeconomy.org/ontology#financialYear"
CODEX = "<https://codex.vlaanderen.be/doc/document/1029017>"


def moment(text: str) -> str:
    """A moment as a term."""
    return rdf.literal(text, XSD.dateTime)


def day(text: str) -> str:
    """A date as a term."""
    return rdf.literal(text, XSD.date)


# Number of the document → how many distinct triples its text has, and per property all values but those of the titles.
SAID: dict[str, tuple[int, dict[str, list[str]]]] = {
    "09": (24, {
        BESLUIT.geplandeStart: [moment("2019-04-13T12:00:00.000Z")],
        PROV.startedAtTime: [moment("2019-04-13T12:15:00.000Z")],
        ELI.date_publication: [day("2019-03-12")],
        SKOS.prefLabel: ['"Gemeenteraad Mechelen"@nl'],
        MANDAAT.isTijdspecialisatieVan: [RAAD],
    }),
    "10": (44, {
        BESLUIT.geplandeStart: [moment("2019-04-13T12:00:00.000Z")],
        PROV.startedAtTime: [moment("2019-04-13T12:15:00.000Z")],
        BESLUIT.gebeurtNa: [
            f"<{MECHELEN}id/behandeling-van-agendapunt/0a5c1f06-ffb4-430a-a6fe-3d18335e50da>",
            f"<{MECHELEN}id/behandeling-van-agendapunt/9c5f2a29-edd2-4510-99b1-e8757c9d01ff>",
        ],
        BESLUIT.heeftStemming: [
            f"<{MECHELEN}id/stemming/{name}>" for name in (
                "2a39cda7-88f6-451d-9945-018c5decd290", "2cfdd00b-ce1f-4903-aafd-80efb6dfb9fd",
                "70d3dc83-2d2a-4c9e-b980-1d9bd1d1c73b",
            )
        ],
    }),
    "11": (32, {
        PROV.startedAtTime: [moment("2020-05-26T17:30:00.000Z")],
        ELI.date_publication: [day("2020-05-26")],
        ELI.passed_by: [RAAD], BESLUIT.isGehoudenDoor: [RAAD], ELI.cites: [CODEX],
        FINANCIAL_YEAR: [rdf.literal("2020", XSD.gYear)],
        ELI.has_part: [f"<{MECHELEN}artikels/2e6e19a7-2e1e-4765-8396-a43c990d3bad>"],
        ELI.title_short: ['"Citeeropschrift van goedkeuring budget 2020 "'],
        ELI.number: ['"Artikel 1 "'],
    }),
    "12": (39, {
        PROV.startedAtTime: [moment("2020-06-27T17:30:00.000Z")],
        ELI.date_publication: [day("2020-06-27")],
        ELI.first_date_entry_in_force: [day("2020-07-31")],
        ELI.date_no_longer_in_force: [day("2020-08-30")],
        SCHEMA.price: [rdf.literal("123", XSD.float), '"456"'],
        LBLOD_BESLUIT.taxRate: [f"<{MECHELEN}belastingen/80361f78-a02a-11ea-9d7f-abbac5ef140e>"],
        LBLOD_BESLUIT.chartOfAccount: [
            "<http://lblod.data.gift/concepts/8a4eeb0b2e9adf4d7eb7428530723ad5e6ffe1abe9986d6971bd69f545070b8f>"
        ],
        ELI.cites: [CODEX],
    }),
    "13": (32, {
        PROV.startedAtTime: [moment("2023-11-02T17:30:00.000Z")],
        ELI.date_publication: [day("2023-11-02")],
        ELI.is_about: [f"<{REGISTER}besturenVanDeEredienst/05d08699d83c3b2c7fbadc597fb1f721>"],
        FINANCIAL_YEAR: [rdf.literal("2023", XSD.gYear)],
        ELI.passed_by: [RAAD], ELI.cites: [CODEX],
    }),
    "14": (27, {
        ELI.related_to: [f"<{REGISTER}besluiten/82b89f09-7398-4c12-890c-a130decac4f8>"],
        DCT.isPartOf: [f"<{REGISTER}besluiten/72b89f05-7398-4c12-890c-a130decac4f8>"],
        ELI.language: [NLD, NLD, NLD], ELI.number: ['"Artikel 1"', '"Artikel 1"'], ELI.cites: [CODEX],
    }),
    "15": (17, {
        ELI.related_to: ["<https://vlavirgem.be/bijlages/84112ac5-baed-47a7-a90c-a323d54b0e84.pdf>"],
        ELI.language: [NLD, NLD], ELI.number: ['"Artikel 1"'], ELI.cites: [CODEX],
    }),
    "16": (18, {
        ELI.related_to: ["<https://vlavirgem.be/bijlages/84112ac5-baed-47a7-a90c-a323d54b0e84.pdf>"],
        DCT.isPartOf: [f"<{REGISTER}besluiten/72b89f05-7398-4c12-890c-a130decac4f8>"], ELI.language: [NLD, NLD],
    }),
    "17": (3, {
        BESLUIT.heeftAgenda: ["<https://www.example.org/pagina/17-doc-publicatie-document-zitting-een-pagina.html>"],
    }),
}  # fmt: skip


@pytest.mark.parametrize("number", SAID)
def test_official_examples_have_the_values_of_their_text(shared: Path, number: str) -> None:
    """Dates, numbers, organen, annexes and references are those that a person reads in the example, and no others."""
    (name,) = (name for name in GOLDEN if name.startswith(number))
    rows = triples(found(shared, name))
    count, values = SAID[number]
    assert {name: sorted(o for _, p, o in rows if p == f"<{name}>") for name in values} == values
    assert len(rows) == count


def test_a_correct_example_needs_no_repair(shared: Path) -> None:
    """What is right in the examples is read as plain RDFa; the repairs are a year in spaces and `#` for the page."""
    repaired = {}
    for name in (name for name in GOLDEN if name[0].isdigit()):
        repairs = {one.rule: one.count for one in found(shared, name).repairs}
        if repairs:
            repaired[name[:2]] = repairs
        else:
            assert found(shared, name).lines == extract(content(shared, name), address(name), repair=False).lines
    assert repaired == {"11": {"q10-value": 1}, "17": {"q9-page-itself": 2}}


def test_lb365_shares_one_artikel(shared: Path) -> None:
    """The issue says which artikel, of how many besluiten, where, and what to write instead."""
    extraction = found(shared, "lb365-destelbergen-notulen.html")
    (issue,) = (one for one in extraction.issues if one.code == "shared-artikel")
    assert "https://data.destelbergen.be/id/artikels/2e6e19a7-2e1e-4765-8396-a43c990d3bad" in issue.message
    assert "15 besluiten" in issue.message
    assert issue.count == 14
    assert issue.place
    assert "IRI" in issue.fix


def test_official_example_of_an_annex(shared: Path) -> None:
    """In example 16 the PDF is related to the besluit and a part of it; in example 17 the page is the agenda."""
    rows = triples(found(shared, "16-doc-besluit-pdf-bijlage-als-onderdeel.html"))
    (besluit,) = typed(rows, BESLUIT.Besluit)
    (annex,) = typed(rows, FOAF.Document)
    assert {(besluit, f"<{ELI.related_to}>", annex), (annex, f"<{DCT.isPartOf}>", besluit)} <= set(rows)
    name = "17-doc-publicatie-document-zitting-een-pagina.html"
    rows = triples(found(shared, name))
    assert [o for _, p, o in rows if p == f"<{BESLUIT.heeftAgenda}>"] == [f"<{address(name)}>"]
