"""The shapes of each document type: what they ask, at which level, and what a page hears when it lacks that."""

import re

import pytest

from belfort.rdf import TYPE, Triple, iri, lines, literal
from belfort.vocab import BESLUIT, DCT, DOCUMENT_TYPES, ELI, FOAF, MANDAAT, ORG, PROV, SKOS, XSD
from shapes.validation import LEVELS, SETS, Report, shape_set, validate_page
from tests.support.shacl import both

BY_LABEL = {label: name for name, label in DOCUMENT_TYPES.items()}
Z, A, BEH, B, S, ORGAAN = (iri(f"https://g.example/{name}") for name in ("z", "a", "beh", "b", "s", "o"))
WHO = [iri(f"http://data.lblod.info/id/mandatarissen/{n}") for n in range(3)]
MOMENT, YES, NO = (
    literal("2026-01-26T20:00:00", XSD.dateTime),
    literal("true", XSD.boolean),
    literal("false", XSD.boolean),
)


def _facts(subject: str, class_: str, *facts: tuple[str, str]) -> list[Triple]:
    return [(subject, TYPE, iri(class_)), *((subject, iri(name), term) for name, term in facts)]


ZITTING = _facts(
    Z, BESLUIT.Zitting, (BESLUIT.behandelt, A), (BESLUIT.geplandeStart, MOMENT), (PROV.startedAtTime, MOMENT),
    (PROV.endedAtTime, MOMENT), (BESLUIT.isGehoudenDoor, ORGAAN),
)  # fmt: skip
PUNT = _facts(A, BESLUIT.Agendapunt, (DCT.title, literal("Straat")), (BESLUIT.geplandOpenbaar, YES))
BEHANDELING = _facts(
    BEH, BESLUIT.BehandelingVanAgendapunt, (DCT.subject, A), (PROV.generated, B), (BESLUIT.heeftStemming, S),
    (BESLUIT.heeftAanwezige, WHO[0]), (BESLUIT.openbaar, YES),
)  # fmt: skip
BESLUIT_ = _facts(
    B, BESLUIT.Besluit, (ELI.title, literal("Straat")), (ELI.language, iri("http://publications.europa.eu/NLD")),
    (PROV.value, literal("Artikel 1")),
)  # fmt: skip
STEMMING = _facts(
    S, BESLUIT.Stemming, (BESLUIT.aantalVoorstanders, literal("2", XSD.integer)), (BESLUIT.heeftVoorstander, WHO[0]),
    (BESLUIT.heeftVoorstander, WHO[1]), (BESLUIT.aantalTegenstanders, literal("0", XSD.integer)),
    (BESLUIT.aantalOnthouders, literal("0", XSD.integer)), (BESLUIT.geheim, NO), (BESLUIT.onderwerp, literal("Straat")),
    (BESLUIT.heeftAanwezige, WHO[0]), (BESLUIT.heeftAanwezige, WHO[1]),
)  # fmt: skip
PAGES = {
    "Agenda": [*ZITTING, *PUNT],
    "Besluitenlijst": [*ZITTING, *PUNT, *BEHANDELING, *BESLUIT_],
    "Notulen": [*ZITTING, *PUNT, *BEHANDELING, *BESLUIT_, *STEMMING],
    "Uittreksel": [*BESLUIT_, (B, iri(BESLUIT.motivering), literal("Omdat."))],
}


def judge(label: str, triples: list[Triple]) -> Report:
    """The judgement of these triples as one document type."""
    return validate_page(lines(triples), [BY_LABEL[label]])


def found(report: Report) -> dict[str, int]:
    """Shape and component → count."""
    return {f"{one.shape} {one.component}": one.count for one in report.findings}


@pytest.mark.parametrize("label", SETS)
def test_first_level_is_reached(label: str) -> None:
    """A page with what the first level asks is valid; Niveau 3 or Bonusniveau may be missing."""
    report = judge(label, PAGES[label])
    assert report.valid
    assert not [one for one in report.findings if one.level in ("Niveau 1", "Niveau 2")]
    assert report.maturity[0].levels.get("Niveau 1", True)


REQUIRED = {
    "Agenda": [(Z, BESLUIT.behandelt), (Z, BESLUIT.geplandeStart), (Z, BESLUIT.isGehoudenDoor), (A, DCT.title),
               (A, BESLUIT.geplandOpenbaar)],
    "Besluitenlijst": [(Z, PROV.startedAtTime), (Z, PROV.endedAtTime), (BEH, DCT.subject), (B, ELI.title),
                       (B, ELI.language)],
    "Notulen": [(BEH, BESLUIT.openbaar), (BEH, BESLUIT.heeftAanwezige), (B, PROV.value), (S, BESLUIT.geheim),
                (S, BESLUIT.aantalVoorstanders), (S, BESLUIT.aantalTegenstanders), (S, BESLUIT.aantalOnthouders),
                (S, BESLUIT.onderwerp)],
    "Uittreksel": [(B, ELI.title), (B, ELI.language), (B, PROV.value), (B, BESLUIT.motivering)],
}  # fmt: skip


@pytest.mark.parametrize(
    ("label", "subject", "name"), [(label, *row) for label, rows in REQUIRED.items() for row in rows]
)
def test_each_requirement_is_missed(label: str, subject: str, name: str) -> None:
    """Without one required statement the page is not valid, and the finding says which, where and how to add it."""
    report = judge(label, [row for row in PAGES[label] if row[:2] != (subject, iri(name))])
    assert not report.valid
    local = re.split(r"[#/]", name)[-1]
    missing = [one for one in report.findings if one.component == "MinCount" and local in one.path]
    missing = [one for one in missing if one.examples[0].subject == subject[1:-1]]
    assert len(missing) == 1
    assert missing[0].count == 1
    assert missing[0].path in missing[0].message
    assert missing[0].path in missing[0].fix


@pytest.mark.parametrize(
    ("label", "class_"),
    [("Agenda", "Zitting"), ("Agenda", "Agendapunt"), ("Besluitenlijst", "Behandeling"), ("Notulen", "Besluit")],
)
def test_a_missing_class_is_said_once(label: str, class_: str) -> None:
    """A document without its main parts does not reach the first level."""
    report = judge(label, [(iri("https://g.example/d"), TYPE, iri(FOAF.Document))])
    assert found(report)[f"{class_}-minstens-een MinCount"] == 1
    assert report.maturity[0].reached == "Niveau 0"


def test_wrong_values() -> None:
    """A datatype that is not asked, two where one may be, a role of the wrong class."""
    wrong = [(Z, iri(BESLUIT.geplandeStart), literal("maandag")), (Z, iri(BESLUIT.heeftVoorzitter), WHO[0])]
    report = judge("Notulen", [*PAGES["Notulen"], *wrong])
    rows = found(report)
    assert rows["Zitting-geplandeStart MaxCount"] == 1
    assert rows["Zitting-geplandeStart Datatype"] == 1
    assert rows["Zitting-heeftVoorzitter Class"] == 1
    typed = judge("Notulen", [*PAGES["Notulen"], wrong[1], (WHO[0], TYPE, iri(MANDAAT.Mandataris))])
    assert "Zitting-heeftVoorzitter Class" not in found(typed)


@pytest.mark.parametrize("name", [ORG.classification, BESLUIT.classificatie])
@pytest.mark.parametrize("label", ["Agenda", "Besluitenlijst", "Notulen"])
def test_both_spellings_of_classification(label: str, name: str) -> None:
    """org:classification and besluit:classificatie are both accepted, in every document."""
    orgaan = _facts(
        ORGAAN, BESLUIT.Bestuursorgaan, (SKOS.prefLabel, literal("Raad")), (BESLUIT.bestuurt, iri("urn:ex:e"))
    )
    assert "Bestuursorgaan-classificatie MinCount" in found(judge(label, orgaan))
    assert "Bestuursorgaan-classificatie MinCount" not in found(
        judge(label, [*orgaan, (ORGAAN, iri(name), iri("urn:ex:c"))])
    )


def test_votes() -> None:
    """Counts equal the people named, who voted was present, nobody is nameless; a secret ballot names nobody."""
    page = PAGES["Notulen"]
    other = [row for row in page if row[2] != WHO[1] or row[1] != iri(BESLUIT.heeftVoorstander)]
    assert found(judge("Notulen", other))["Stemming-telling-voorstanders SPARQL"] == 1
    absent = judge("Notulen", [*page, (S, iri(BESLUIT.heeftStemmer), WHO[2])])
    assert found(absent)["Stemming-stemmer-aanwezig SPARQL"] == 1
    assert absent.findings[0].examples[0].value == WHO[2][1:-1]
    nameless = judge("Notulen", [*page, (S, iri(BESLUIT.heeftAanwezige), iri("https://g.example/p#genid-1"))])
    assert found(nameless)["Stemming-personen-met-uri SPARQL"] == 1
    assert not nameless.valid
    secret = [row for row in page if row[1] not in (iri(BESLUIT.heeftVoorstander), iri(BESLUIT.geheim))]
    assert judge("Notulen", [*secret, (S, iri(BESLUIT.geheim), YES)]).valid
    assert not judge("Notulen", [*secret, (S, iri(BESLUIT.geheim), NO)]).valid


def test_people_have_an_iri_of_the_register() -> None:
    """Niveau 2 asks IRIs of the mandatendatabank; a lower level that is missed keeps a higher one from counting."""
    report = judge("Notulen", [*PAGES["Notulen"], (BEH, iri(BESLUIT.heeftAanwezige), iri("https://g.example/jan"))])
    assert (report.maturity[0].levels["Niveau 1"], report.maturity[0].levels["Niveau 2"]) == (True, False)
    assert report.maturity[0].reached == "Niveau 1"


def test_several_types_and_none() -> None:
    """Each type with shapes is judged; a type without shapes is not held against the page; none at all is."""
    triples = PAGES["Notulen"]
    report = validate_page(lines(triples), [BY_LABEL["Notulen"], BY_LABEL["Agenda"]])
    assert [one.document_type for one in report.maturity] == ["Agenda", "Notulen"]
    assert validate_page(lines(triples), [BY_LABEL["Andere documenten BBC"]]).valid
    assert not validate_page(lines(triples), []).valid
    assert Report.of_dict(report.as_dict()) == report


@pytest.mark.parametrize("name", SETS.values())
def test_shapes_are_complete(name: str) -> None:
    """Every shape compiles, has a known level or none, and says in Dutch what it is about."""
    known = shape_set(name)
    assert known.shapes.foreign == ()
    assert {about.level for about in known.about.values()} <= {"", *LEVELS}
    for about in known.about.values():
        if about.local != "voorvoegsels":
            assert about.thing, about.local


@pytest.mark.parametrize("label", SETS)
def test_our_engine_and_pyshacl_agree(label: str) -> None:
    """On these pages and on the pages of the other types every row is the same."""
    for triples in PAGES.values():
        ours, theirs = both(triples, shape_set(SETS[label]).shapes)
        assert ours == theirs
