"""Search documents made from entities in memory."""

from belfort.records.entity import Entity
from publisher.describe import describe
from search.document import BACKWARD, Document, Graph, build
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
