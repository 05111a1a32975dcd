"""Search documents made from entities in memory."""

import random

import pytest

from belfort.records.entity import Entity
from publisher.describe import describe
from search.document import Document
from search.projection.build import build
from search.projection.graph import BACKWARD, Graph
from shapes import codes
from tests.support.municipality import BESTUUR, PAGE, REGISTER, decision, register, sitting
from tests.support.records import Fact, lines


def graph(facts: list[Fact]) -> Graph:
    """The graph of these facts."""
    texts: dict[str, list[str]] = {}
    for line in lines(facts):
        texts.setdefault(line.split(" ", 1)[0][1:-1], []).append(line)
    made = Graph()
    for iri, rows in texts.items():
        text = "\n".join(rows)
        made.entities[iri] = entity = Entity(iri, *describe(iri, text)[0], 1, "", text)
        for predicate in BACKWARD:
            for target in entity.values(predicate):
                made.pointing.setdefault((target, predicate), []).append(iri)
    made.pointing = {link: sorted(those) for link, those in made.pointing.items()}
    return made


def document(iri: str, facts: list[Fact]) -> Document:
    """The document of that entity."""
    made = build(iri, graph(facts))
    assert made
    return made


FACTS = [
    *register(),
    *sitting("april", "2024-04-18"),
    *decision("1", "Aanleg fietspad", sitting="april", text="<p>De raad</p>", article="<p>Kosten</p>"),
]


def test_a_besluit_has_the_text_of_its_articles_and_the_place_of_its_zitting() -> None:
    """Bestuur, orgaan and day come from the zitting on which its agendapunt was treated."""
    made = document(f"{PAGE}besluit/1", FACTS)
    assert (made.title, made.text, made.date) == ("Aanleg fietspad", "De raad\n\nKosten", "2024-04-18")
    assert made.besturen == ((BESTUUR, "Gemeente Aalter"),)
    assert (made.orgaan, made.orgaan_label) == (f"{REGISTER}o", "Gemeenteraad")


def test_a_besluit_of_an_unknown_organ_is_found_without_place() -> None:
    """What is not known stays empty, and what was asked is remembered so that it can still come."""
    made = document(f"{PAGE}besluit/1", FACTS[len(register()) :])
    assert made.besturen == ()
    assert made.orgaan_label == ""
    assert f"{REGISTER}ot" in made.embeds


def test_a_mandataris_is_found_by_the_name_of_the_person() -> None:
    """Title is name and role; bestuur that of the organ; without a name there is no document."""
    made = document(f"{REGISTER}md", FACTS)
    assert (made.title, made.besturen) == ("Benoît D'Haene, Schepen", ((BESTUUR, "Gemeente Aalter"),))
    nameless = [fact for fact in FACTS if fact[0] != f"{REGISTER}p"]
    assert build(f"{REGISTER}md", graph(nameless)) is None


def test_a_person_is_found_only_in_a_public_role() -> None:
    """Someone whom no mandataris or functionaris points at is nobody to search for."""
    assert document(f"{REGISTER}p", FACTS).text == "Schepen Gemeenteraad"
    assert build(f"{REGISTER}p", graph([fact for fact in FACTS if fact[0] != f"{REGISTER}md"])) is None


def test_the_period_of_an_organ_is_not_found_beside_the_organ() -> None:
    """Only when the organ itself is not public does its period stand for it."""
    assert build(f"{REGISTER}ot", graph(FACTS)) is None
    assert document(f"{REGISTER}o", FACTS).title == "Gemeenteraad"
    assert document(f"{REGISTER}ot", [fact for fact in FACTS if fact[0] != f"{REGISTER}o"]).plural == "organen"


def test_organs_that_specialise_each_other_do_not_loop() -> None:
    """A circle of specialisations ends."""
    circle: list[Fact] = [
        ("http://x.example/a", "a", "besluit:Bestuursorgaan"),
        ("http://x.example/a", "mandaat:isTijdspecialisatieVan", "<http://x.example/b>"),
        ("http://x.example/b", "a", "besluit:Bestuursorgaan"),
        ("http://x.example/b", "mandaat:isTijdspecialisatieVan", "<http://x.example/a>"),
    ]
    made = document(f"{PAGE}zitting/x", [*sitting("x", "2024-01-01", organ="http://x.example/a"), *circle])
    assert made.orgaan


def test_a_text_that_repeats_the_title_is_left_out() -> None:
    """A vendor who writes the title as description adds no text."""
    facts: list[Fact] = [("http://x.example/b", "a", "besluit:Besluit")]
    facts += [("http://x.example/b", p, "Aanleg  fietspad") for p in ("eli:title", "eli:description", "prov:value")]
    assert document("http://x.example/b", facts).text == ""


def test_a_besluit_whose_title_says_nothing_takes_that_of_its_agendapunt() -> None:
    """Vendors title each besluit `Besluit`; its agendapunt says what it is about."""
    facts = decision("1", "Aanleg fietspad", sitting="april")
    mute = [(s, p, "Besluit" if p == "eli:title" else o) for s, p, o in facts]
    assert document(f"{PAGE}besluit/1", mute).title == "Aanleg fietspad"


def values(made: Document, name: str) -> list[tuple[str, str]]:
    """The (value, label) of one filter."""
    return [(one.value, one.label) for one in made.keywords if one.filter == name]


def about(iri: str, *facts: tuple[str, str]) -> list[Fact]:
    """Facts about one subject."""
    return [(iri, predicate, target) for predicate, target in facts]


BESLUIT = f"{PAGE}besluit/1"
PUNT = f"{PAGE}agendapunt/1"
BEHANDELING = f"{PAGE}behandeling/1"
DOC_TYPE = "https://data.vlaanderen.be/id/concept/BesluitDocumentType/"
TYPE = "https://data.vlaanderen.be/id/concept/BesluitType/"


def test_a_besluit_stands_for_its_agendapunt() -> None:
    """One hit for both: the agendapunt has no document, the besluit names it and is of both types."""
    made = document(BESLUIT, FACTS)
    assert [(one.iri, one.title) for one in made.joined] == [(PUNT, "Aanleg fietspad")]
    assert values(made, "type") == [("besluiten", "Besluiten"), ("agendapunten", "Agendapunten")]
    assert build(PUNT, graph(FACTS)) is None
    assert PUNT in made.embeds


@pytest.mark.parametrize("lacks", [BESLUIT, BEHANDELING])
def test_an_agendapunt_without_public_besluit_has_its_own_document(lacks: str) -> None:
    """When the besluit is not public, or nothing links them, it is found by itself, and embeds what may come."""
    made = document(PUNT, [fact for fact in FACTS if fact[0] != lacks])
    assert (made.plural, made.date, made.begins) == ("agendapunten", "2024-04-18", "2024-04-18")
    assert values(made, "type") == [("agendapunten", "Agendapunten")]
    assert lacks == BEHANDELING or {BESLUIT, BEHANDELING} <= made.embeds


def test_the_besluit_may_name_the_behandeling_itself() -> None:
    """`prov:wasGeneratedBy` joins as `prov:generated` does."""
    facts = [fact for fact in FACTS if fact[1] != "prov:generated"]
    facts += about(BESLUIT, ("prov:wasGeneratedBy", f"<{BEHANDELING}>"))
    assert build(PUNT, graph(facts)) is None
    assert document(BESLUIT, facts).date == "2024-04-18"


def test_an_agendapunt_with_several_besluiten_is_joined_to_each() -> None:
    """Both besluiten name it."""
    facts = [*FACTS, *about(f"{PAGE}besluit/2", ("a", "besluit:Besluit"), ("eli:title", "Tweede besluit"))]
    facts += about(BEHANDELING, ("prov:generated", f"<{PAGE}besluit/2>"))
    for name in ("1", "2"):
        assert [one.iri for one in document(f"{PAGE}besluit/{name}", facts).joined] == [PUNT]


def test_what_the_agendapunt_says_else_is_part_of_the_text() -> None:
    """Its title when it differs by more than a number, its description; what the besluit says too stands once."""
    facts = [fact for fact in FACTS if fact[:2] != (PUNT, "dct:title")]
    facts += about(PUNT, ("dct:title", "12. Aanleg fietspad"), ("dct:description", "Langs de vaart"))
    assert "Langs de vaart" in document(BESLUIT, facts).text
    assert "12." not in document(BESLUIT, facts).text
    renamed = [(s, p, "Veilig naar school" if o == "12. Aanleg fietspad" else o) for s, p, o in facts]
    assert "Veilig naar school" in document(BESLUIT, renamed).text


@pytest.mark.parametrize(
    ("number", "text", "block"),
    [
        ("2", "<p>De kosten</p>", "Artikel 2. De kosten"),
        ("Artikel 2", "De kosten", "Artikel 2. De kosten"),
        ("Art. 2.", "Art. 2: De kosten", "Artikel 2. De kosten"),
        ("", "Artikel 2 - De kosten", "Artikel 2. De kosten"),
        ("artikel 3bis", "De kosten", "Artikel 3bis. De kosten"),
        ("", "Enig artikel. De kosten", "Enig artikel. De kosten"),
        ("", "De kosten", "De kosten"),
        ("2", "Artikel 12 van het reglement vervalt", "Artikel 2. Artikel 12 van het reglement vervalt"),
        ("2", "", ""),
    ],
)
def test_an_article_begins_with_its_number(number: str, text: str, block: str) -> None:
    """However the page writes it, and once."""
    facts = [*FACTS, *about(f"{PAGE}artikel/1", ("eli:number", number))]
    facts = [(s, p, text if (s, p) == (f"{PAGE}artikel/1", "prov:value") else o) for s, p, o in facts]
    assert document(BESLUIT, facts).text == "\n\n".join(part for part in ("De raad", block) if part)


def test_articles_stand_in_their_order() -> None:
    """By number, not by IRI: 2 before 10."""
    facts = list(FACTS)
    for number in (10, 2):
        one = f"{PAGE}artikel/a{number}"
        facts += about(BESLUIT, ("eli:has_part", f"<{one}>"))
        facts += about(one, ("a", "besluit:Artikel"), ("eli:number", f"{number}"), ("prov:value", f"Tekst {number}"))
    assert document(BESLUIT, facts).text.endswith("Artikel 2. Tekst 2\n\nArtikel 10. Tekst 10")


def test_articles_in_one_text_are_parted_and_citations_are_not() -> None:
    """A vendor gives all articles as one literal; `Artikel 41 van het decreet` in it begins nothing."""
    text = "Gelet op Artikel 41.Artikel 1. De kosten.Artikel 2. Artikel 1 van het besluit vervalt.Artikel 3Slot"
    facts = [
        *FACTS[: len(register())],
        *sitting("april", "2024-04-18"),
        *decision("1", "X", sitting="april", text=text),
    ]
    assert document(BESLUIT, facts).text.split("\n\n") == [
        "Gelet op Artikel 41.",
        "Artikel 1. De kosten.",
        "Artikel 2. Artikel 1 van het besluit vervalt.",
        "Artikel 3. Slot",
    ]


def test_the_behandeling_tells_why_and_not_who_was_there() -> None:
    """Motivering and legal ground of the behandeling are text of the besluit; lists of the present are not."""
    facts = [
        *FACTS,
        *about(
            BEHANDELING,
            ("besluit:motivering", "ToelichtingDe weg is gevaarlijk"),
            ("eli:juridischkader", "Het wegverkeersdecreet"),
            ("ext:insertAanwezigenText", "Aanwezig: Jan Janssens"),
            ("besluit:heeftStemmer", "Piet Peeters"),
        ),
    ]
    text = document(BESLUIT, facts).text
    assert "Toelichting De weg is gevaarlijk" in text
    assert "Het wegverkeersdecreet" in text
    assert not {"Janssens", "Peeters"} & set(text.split())


def test_a_link_is_no_text() -> None:
    """Some pages say as value of a besluit where it can be read."""
    facts = [*FACTS, *about(BESLUIT, ("prov:value", "<http://x.example/pagina>"))]
    assert "x.example" not in document(BESLUIT, facts).text


def test_a_besluit_holds_from_the_day_it_says_or_was_taken() -> None:
    """Until and with the last day that it is in force."""
    assert (document(BESLUIT, FACTS).begins, document(BESLUIT, FACTS).ends) == ("2024-04-18", "")
    facts = [*FACTS, *about(BESLUIT, ("eli:first_date_entry_in_force", "2025-01-01"))]
    facts += about(BESLUIT, ("eli:date_no_longer_in_force", "2025-12-31"))
    assert (document(BESLUIT, facts).begins, document(BESLUIT, facts).ends) == ("2025-01-01", "2026-01-01")


def test_the_day_of_a_zitting_is_that_in_brussels() -> None:
    """22.30 UTC in summer is the next day here; midnight too."""
    made = document(
        f"{PAGE}zitting/x",
        about(f"{PAGE}zitting/x", ("a", "besluit:Zitting"), ("besluit:geplandeStart", "2024-05-26T22:30:00Z")),
    )
    assert (made.date, made.begins, made.title) == ("2024-05-27", "2024-05-27", "Zitting 2024-05-27")


def test_people_hold_a_mandaat_for_a_time() -> None:
    """The last day counts; a person is there from the first role to the last, openly as long as one has no end."""
    facts = [
        *FACTS,
        *about(f"{REGISTER}md", ("mandaat:start", "2018-12-31T23:00:00Z"), ("mandaat:einde", "2024-12-05T22:59:59Z")),
    ]
    for iri in (f"{REGISTER}md", f"{REGISTER}p"):
        assert (document(iri, facts).begins, document(iri, facts).ends) == ("2019-01-01", "2024-12-06")
    facts += about(
        f"{REGISTER}md2",
        ("a", "mandaat:Mandataris"),
        ("mandaat:isBestuurlijkeAliasVan", f"<{REGISTER}p>"),
        ("mandaat:start", "2025-01-01"),
    )
    assert (document(f"{REGISTER}p", facts).begins, document(f"{REGISTER}p", facts).ends) == ("2019-01-01", "")


def test_types_of_a_besluit_have_their_broader_ones() -> None:
    """Who filters on reglementen finds a contantbelasting; kinds of document come from the besluit and its zitting."""
    contant = f"{TYPE}4c22ef0a-f808-41dd-9c9f-2aff17fd851f"
    facts = [*FACTS, (BESLUIT, "a", f"<{contant}>"), (BESLUIT, "a", f"<{TYPE}onbekend>")]
    facts += about(
        f"{PAGE}zitting/april", ("besluit:heeftNotulen", f"<{PAGE}notulen>"), ("besluit:heeftUittreksel", f"<{PAGE}u>")
    )
    made = document(BESLUIT, facts)
    assert {label for _, label in values(made, "besluittype")} == {
        "Contantbelasting", "Belastingreglement", "Reglementen en verordeningen", "onbekend",
    }  # fmt: skip
    assert values(made, "documenttype") == [(f"{DOC_TYPE}8e791b27-7600-4577-b24e-c7c29e0eb773", "Notulen")]
    assert ("financien", "Financiën en belastingen") in values(made, "thema")


def test_the_legal_basis_has_a_name() -> None:
    """A known law by its title, another by its address or what the records call it, words as they stand."""
    decree = "https://codex.vlaanderen.be/doc/document/1029017"
    facts = [
        *FACTS,
        *about(BESLUIT, ("eli:cites", f"<{decree}>"), ("eli:based_on", "Wet van  1 mei")),
        *about(
            BEHANDELING,
            ("eli:cites", "<https://codex.vlaanderen.be/doc/artikel/7>"),
            ("eli:cites", "<http://x.example/wet>"),
        ),
        *about("http://x.example/wet", ("a", "eli:LegalExpression"), ("dct:title", "Bermbesluit")),
    ]
    assert values(document(BESLUIT, facts), "rechtsgrond") == [
        ("Wet van 1 mei", "Wet van 1 mei"),
        ("http://x.example/wet", "Bermbesluit"),
        ("https://codex.vlaanderen.be/doc/artikel/7", "Vlaamse Codex, artikel 7"),
        (decree, "Decreet over het lokaal bestuur (22 december 2017)"),
    ]


AREA = "http://data.lblod.info/id/werkingsgebieden/x"


def test_the_provincie_is_around_the_area_of_the_bestuur() -> None:
    """As the areas say, as our list says where they do not, by NIS code where there is no area."""
    said = [
        *about(BESTUUR, ("besluit:werkingsgebied", f"<{AREA}>")),
        *about(
            AREA, ("a", "prov:Location"), ("http://www.opengis.net/ont/geosparql#sfWithin", "<http://x.example/prov>")
        ),
        *about(
            "http://x.example/prov",
            ("a", "prov:Location"),
            ("rdfs:label", "Noord"),
            ("ext:werkingsgebiedNiveau", "Provincie"),
        ),
    ]
    assert values(document(BESLUIT, [*FACTS, *said]), "provincie") == [("http://x.example/prov", "Noord")]
    listed = next(one for one in codes.areas().values() if one.niveau == "Gemeente" and one.within)
    west = codes.areas()[listed.within]
    there = about(BESTUUR, ("besluit:werkingsgebied", f"<{listed.iri}>"))
    for iri in (BESLUIT, BESTUUR, f"{REGISTER}o", f"{REGISTER}md", f"{PAGE}zitting/april"):
        assert values(document(iri, [*FACTS, *there]), "provincie") == [(west.iri, west.label)], iri
    coded = [
        *about(BESTUUR, ("adms:identifier", f"<{REGISTER}i>")),
        *about(
            f"{REGISTER}i",
            ("a", "adms:Identifier"),
            ("skos:notation", "NIS-code"),
            ("generiek:gestructureerdeIdentificator", f"<{REGISTER}s>"),
        ),
        *about(
            f"{REGISTER}s", ("a", "generiek:GestructureerdeIdentificator"), ("generiek:lokaleIdentificator", "44084")
        ),
    ]
    assert [label for _, label in values(document(BESLUIT, [*FACTS, *coded]), "provincie")] == ["Oost-Vlaanderen"]
    assert values(document(BESLUIT, FACTS), "provincie") == []


def test_a_merged_bestuur_ends() -> None:
    """The list of areas knows since when a gemeente no longer exists; its organs end with it."""
    gone = next(one for one in codes.areas().values() if one.ended)
    facts = [*FACTS, *about(BESTUUR, ("besluit:werkingsgebied", f"<{gone.iri}>"))]
    assert document(BESTUUR, facts).ends == gone.ended
    assert document(f"{REGISTER}o", facts).ends == gone.ended


def test_organ_bestuur_and_kind_of_organ_are_filters() -> None:
    """The organ itself, not its period; the kind with the label of the code list; a bestuur without name by its IRI."""
    kind = "http://data.vlaanderen.be/id/concept/BestuursorgaanClassificatieCode/5ab0e9b8a3b2ca7c5e000005"
    facts = [*FACTS, *about(f"{REGISTER}o", ("besluit:classificatie", f"<{kind}>"))]
    made = document(BESLUIT, facts)
    assert values(made, "orgaan") == [(f"{REGISTER}o", "Gemeenteraad")]
    assert values(made, "orgaantype") == [(kind, "Gemeenteraad")]
    assert values(made, "bestuur") == [(BESTUUR, "Gemeente Aalter")]
    assert values(document(BESLUIT, [fact for fact in facts if fact[0] != BESTUUR]), "bestuur") == [(BESTUUR, BESTUUR)]


def test_the_order_of_arrival_does_not_matter() -> None:
    """The same facts in another order give the same document."""
    chance = random.Random(20261125)
    facts = [*FACTS, *about(BESLUIT, ("eli:cites", "<http://x.example/2>"), ("eli:cites", "<http://x.example/1>"))]
    facts += decision("2", "Tweede", sitting="april")
    wanted = [build(iri, graph(facts)) for iri in (BESLUIT, f"{REGISTER}p", PUNT, BESTUUR)]
    for _ in range(10):
        chance.shuffle(facts)
        assert [build(iri, graph(facts)) for iri in (BESLUIT, f"{REGISTER}p", PUNT, BESTUUR)] == wanted
