"""The gate: what each kind of origin may say in public."""

from collections.abc import Iterable

import pytest

from belfort import rdf
from belfort.records.origin import Kind, Origin
from belfort.vocab import (
    ADMS,
    BESLUIT,
    DCT,
    FOAF,
    LEIDINGGEVENDEN,
    LMB,
    MANDAAT,
    MU,
    ORG,
    PERSON,
    PERSOON,
    PERSOON_HTTPS,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
)
from publisher.gate import gate, issues

NUMBER = "85073003328"
S = "https://x.example/id/"


def _origin(kind: Kind, iri: str = "https://x.example/pagina") -> Origin:
    return Origin(1, iri, kind, "x", None, "")


def _iri(name: str) -> str:
    return name if name.startswith("http") else S + name


def _triples(*rows: tuple[str, str, str]) -> list[rdf.Triple]:
    """(subject, predicate, object): an object that starts with a quote is a literal term, else an IRI."""
    return [(f"<{_iri(s)}>", f"<{p}>", o if o.startswith('"') else f"<{_iri(o)}>") for s, p, o in rows]


def _public(kind: Kind, rows: Iterable[rdf.Triple]) -> set[str]:
    return {line for lines in gate(rows, _origin(kind)).lines.values() for line in lines}


def _says(public: set[str], subject: str, predicate: str) -> list[str]:
    return [line for line in public if line.startswith(f"<{_iri(subject)}> <{predicate}> ")]


PERSON_IN_OFFICE = _triples(
    ("m1", RDF.type, MANDAAT.Mandataris),
    ("m1", MANDAAT.isBestuurlijkeAliasVan, "p1"),
    ("p1", RDF.type, PERSON.Person),
    ("p1", FOAF.familyName, '"Peeters"'),
)


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (PERSOON.heeftGeboorte, "g1"),
        (PERSOON_HTTPS.heeftGeboorte, "g1"),
        (PERSOON.geslacht, "http://publications.europa.eu/resource/authority/human-sex/MALE"),
        (PERSOON_HTTPS.heeftNationaliteit, "https://x.example/be"),
        (ADMS.identifier, "i1"),
        (SKOS.changeNote, '"vrije tekst"'),
        ("https://nergens.example/onbekend", '"iets"'),
    ],
)
@pytest.mark.parametrize("kind", ["register", "page"])
def test_of_a_person_only_the_name_comes_out(kind: Kind, predicate: str, value: str) -> None:
    """Whatever else an origin says about a person is held, in either spelling of the namespace."""
    rows = [*PERSON_IN_OFFICE, *_triples(("p1", predicate, value))]

    public = _public(kind, rows)

    assert _says(public, "p1", predicate) == []
    assert len(_says(public, "p1", FOAF.familyName)) == 1


@pytest.mark.parametrize("kind", ["register", "page"])
def test_a_person_without_a_role_stays_out(kind: Kind) -> None:
    """A name alone is no reason to publish a person."""
    rows = _triples(("p1", RDF.type, PERSON.Person), ("p1", FOAF.familyName, '"Peeters"'))

    assert _public(kind, rows) == set()


def test_a_person_that_also_claims_to_be_a_bestuur_is_judged_as_a_person() -> None:
    """A second class gives no second allow-list."""
    rows = [
        *PERSON_IN_OFFICE,
        *_triples(
            ("p1", RDF.type, BESLUIT.Bestuurseenheid),
            ("p1", ADMS.identifier, "i1"),
            ("i1", RDF.type, ADMS.Identifier),
            ("i1", SKOS.notation, f'"{NUMBER}"'),
        ),
    ]

    public = _public("register", rows)

    assert not any("/i1>" in line for line in public)


def test_a_kbo_number_of_a_bestuur_comes_out_and_the_same_class_under_a_person_does_not() -> None:
    """An identifier is judged by its owner."""
    rows = [
        *PERSON_IN_OFFICE,
        *_triples(
            ("b1", RDF.type, BESLUIT.Bestuurseenheid),
            ("b1", ADMS.identifier, "kbo"),
            ("kbo", RDF.type, ADMS.Identifier),
            ("kbo", SKOS.notation, '"KBO nummer"'),
            ("p1", ADMS.identifier, "rrn"),
            ("rrn", RDF.type, ADMS.Identifier),
            ("rrn", SKOS.notation, '"12345"'),
        ),
    ]

    public = _public("register", rows)

    assert len(_says(public, "kbo", SKOS.notation)) == 1
    assert _says(public, "rrn", SKOS.notation) == []


def test_an_untyped_subject_of_a_register_is_held() -> None:
    """Properties may arrive before the type: until then nothing comes out."""
    rows = _triples(("i1", SKOS.notation, '"85"'), ("g1", PERSOON_HTTPS.datum, '"1985-07-30"'))

    gated = gate(rows, _origin("register"))

    assert gated.lines == {}
    assert sum(gated.held.values()) == 2


def test_a_draft_keeps_mandataris_and_person_inside_until_a_public_mandate_exists() -> None:
    """A draft appointment gives away nobody's name."""
    draft = "http://data.lblod.info/id/concept/MandatarisPublicationStatusCode/588ce330-4abb-4448-9776-a17d9305df07"
    rows = [*PERSON_IN_OFFICE, *_triples(("m1", LMB.hasPublicationStatus, draft))]

    assert _public("register", rows) == set()

    second = _triples(("m2", RDF.type, MANDAAT.Mandataris), ("m2", MANDAAT.isBestuurlijkeAliasVan, "p1"))
    public = _public("register", [*rows, *second])
    assert len(_says(public, "p1", FOAF.familyName)) == 1
    assert not any(line.startswith(f"<{_iri('m1')}>") for line in public)


def test_a_page_publishes_its_publications_whole() -> None:
    """Statements that no application profile knows are the publisher's to make."""
    rows = _triples(("d1", RDF.type, BESLUIT.Besluit), ("d1", "https://eigen.example/veld", '"waarde"'))

    public = _public("page", rows)

    assert len(_says(public, "d1", "https://eigen.example/veld")) == 1


def test_a_page_says_where_it_was_found_and_gives_a_uuid() -> None:
    """Each subject of a page is traceable to that page and has the uuid of the mu:uuid rule."""
    public = _public("page", _triples(("d1", RDF.type, BESLUIT.Besluit)))

    assert _says(public, "d1", PROV.wasDerivedFrom) == [f"<{S}d1> <{PROV.wasDerivedFrom}> <https://x.example/pagina> ."]
    assert len(_says(public, "d1", MU.uuid)) == 1


def test_a_page_does_not_speak_for_the_register() -> None:
    """Besturen, mandaten and concepts on a page stay claims; an organ comes out with its own properties only."""
    rows = _triples(
        ("b1", RDF.type, BESLUIT.Bestuurseenheid),
        ("b1", SKOS.prefLabel, '"Gemeente X"'),
        ("c1", RDF.type, SKOS.Concept),
        ("c1", SKOS.prefLabel, '"code"'),
        ("o1", RDF.type, BESLUIT.Bestuursorgaan),
        ("o1", SKOS.prefLabel, '"Gemeenteraad"'),
        ("o1", DCT.title, '"iets anders"'),
        ("o1", ORG.classification, "c1"),
    )

    public = _public("page", rows)

    assert {line.split(" ")[0] for line in public} == {f"<{S}o1>"}
    assert _says(public, "o1", DCT.title) == []


@pytest.mark.parametrize(
    "written", [NUMBER, "85.07.30-033.28", "850730 033 28", "85&#46;07.30-033.28", "%38%35.07.30-033.28"]
)
@pytest.mark.parametrize("kind", ["register", "page"])
def test_a_rijksregisternummer_in_a_text_is_masked(kind: Kind, written: str) -> None:
    """The detector works on every literal of every origin, whatever the allow-list says."""
    rows = [
        *PERSON_IN_OFFICE,
        *_triples(("d1", RDF.type, BESLUIT.Besluit), ("d1", DCT.description, f'"Betreft {written}, wonend te X"')),
        *_triples(("p1", FOAF.familyName, f'"Janssens {written}"')),
    ]

    gated = gate(rows, _origin(kind))
    text = "\n".join(line for lines in gated.lines.values() for line in lines)

    assert written not in text
    assert "Janssens" in text or "verwijderd" in text
    assert any(issue.code == "rijksregister" for issue in issues(gated.held))
    assert all(written not in issue.message for issue in issues(gated.held))


def test_a_rijksregisternummer_that_lost_its_zero_is_masked() -> None:
    """A number typed as an integer may have ten digits."""
    rows = _triples(
        ("d1", RDF.type, BESLUIT.Besluit),
        ("d1", DCT.identifier, f'"{_with_leading_zero().lstrip("0")}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    )

    public = _public("page", rows)

    assert _says(public, "d1", DCT.identifier)[0].endswith('verwijderd]" .')


def _with_leading_zero() -> str:
    body = 2_000_000_000 + int("050730033")
    return f"050730033{97 - body % 97:02d}"


def test_a_statement_with_a_number_in_an_iri_is_dropped_and_such_an_origin_says_nothing() -> None:
    """An IRI cannot be masked and stay an IRI."""
    rows = _triples(("d1", RDF.type, BESLUIT.Besluit), ("d1", DCT.source, f"https://x.example/{NUMBER}"))

    assert not any(NUMBER in line for line in _public("page", rows))
    assert gate(rows, _origin("page", f"https://x.example/?rr={NUMBER}")).lines == {}


def test_every_held_thing_has_words() -> None:
    """Each code that the gate can raise becomes an issue with a message."""
    gated = gate(_triples(("a", RDF.type, "https://x.example/Klasse"), ("b", FOAF.name, '"x"')), _origin("page"))

    assert {issue.code for issue in issues(gated.held)} == {"unknown-class", "untyped"}
    assert all(issue.message for issue in issues(gated.held))


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("m1", MANDAAT.start, '"geboren in mei"'),
        ("m1", ORG.holds, '"Jan Janssens, Dorpsstraat 1"'),
        ("p1", MU.uuid, '"twee woorden"'),
        ("p1", FOAF.familyName, '"Peeters"^^<https://x.example/type/geboren-1950>'),
        ("p1", FOAF.familyName, "https://x.example/peeters"),
    ],
)
def test_a_value_of_another_kind_is_held(subject: str, predicate: str, value: str) -> None:
    """A predicate on the list is no hole for any text: dates are dates, references IRIs, datatypes those of XSD."""
    gated = gate([*PERSON_IN_OFFICE, *_triples((subject, predicate, value))], _origin("register"))

    said = {line for lines in gated.lines.values() for line in lines}
    assert not any(value.strip('"') in line for line in said)
    assert [code for code, _ in gated.held] == ["other-kind"]


@pytest.mark.parametrize("status", ["https://x.example/status", '"Draft"', "http://data.lblod.info/id/concept/x"])
def test_a_status_that_nobody_knows_is_a_draft(status: str) -> None:
    """Not only the one code of Draft: whatever is not bekrachtigd or niet bekrachtigd is not public."""
    gated = gate([*PERSON_IN_OFFICE, *_triples(("m1", LMB.hasPublicationStatus, status))], _origin("register"))

    assert gated.lines == {}
    assert ("draft", "mandaat:Mandataris") in gated.held


@pytest.mark.parametrize("owner", [PERSON.Person, MANDAAT.Mandataris, "https://x.example/Onbekend", ""])
def test_a_contact_point_that_somebody_else_has_too_is_held(owner: str) -> None:
    """Shared with a person, a role, an unknown class or something without a class yet, it is not the function's own."""
    rows = _triples(
        ("f1", RDF.type, LEIDINGGEVENDEN.Bestuursfunctie),
        ("f1", SCHEMA.contactPoint, "c1"),
        ("c1", RDF.type, SCHEMA.ContactPoint),
        ("c1", SCHEMA.email, '"info@dorp.example"'),
    )
    assert _says(_public("register", rows), "c1", SCHEMA.email) != []

    rows += _triples(("x1", SCHEMA.contactPoint, "c1"), *([("x1", RDF.type, owner)] if owner else []))

    assert _says(_public("register", rows), "c1", SCHEMA.email) == []


def test_an_identifier_of_an_unknown_kind_is_held() -> None:
    """Of a bestuur the known kinds are public, another kind is not, whatever it says."""
    rows = _triples(
        ("b1", RDF.type, BESLUIT.Bestuurseenheid),
        ("b1", ADMS.identifier, "i1"),
        ("i1", RDF.type, ADMS.Identifier),
        ("i1", SKOS.notation, '"Rijksregister"'),
    )

    gated = gate(rows, _origin("register"))

    assert S + "i1" not in gated.lines
    assert ("unknown-identifier", "adms:Identifier") in gated.held


def test_a_part_is_judged_as_in_the_whole() -> None:
    """With `only`, the other triples decide but are not said or counted."""
    rows = [*PERSON_IN_OFFICE, *_triples(("p1", SKOS.note, '"x"'), ("m1", SKOS.note, '"x"'))]
    whole, speaker = gate(rows, _origin("register")), _origin("register")

    part = gate(rows, speaker, only={f"<{S}p1>"})

    assert part.lines == {S + "p1": whole.lines[S + "p1"]}
    assert sum(part.held.values()) == 1


def test_what_was_erased_is_said_by_nobody() -> None:
    """No statement about it, about a role of it, or that points at it; the rest as it was."""
    rows = [
        *PERSON_IN_OFFICE,
        *_triples(("m2", RDF.type, MANDAAT.Mandataris), ("m2", MANDAAT.isTijdelijkVervangenDoor, "m1")),
    ]

    gated = gate(rows, _origin("register"), erased={S + "p1", S + "m1"})

    assert set(gated.lines) == {S + "m2"}
    assert not any("m1" in line or "p1" in line for line in gated.lines[S + "m2"])
    assert gated.held["erased", "onderwerp"] == 2
    assert gate(rows, _origin("page", S + "p1"), erased={S + "p1"}).lines == {}


@pytest.mark.parametrize("predicate", ["https://x.example/geboorteDatum", "https://schema.org/birthDate",
                                       "https://x.example/%72ijksregisternummer"])  # fmt: skip
def test_a_page_says_nothing_private_by_another_name(predicate: str) -> None:
    """Predicates that no rule spells out but that say what they are, also with the other scheme or in codes."""
    rows = _triples(("d1", RDF.type, BESLUIT.Besluit), ("d1", predicate, '"1950-01-01"'))

    assert _says(_public("page", rows), "d1", predicate) == []


def test_counts_name_no_word_of_the_source() -> None:
    """An unknown predicate is counted by its host; a number in a class is unreadable."""
    rows = [*PERSON_IN_OFFICE, *_triples(("p1", "https://x.example/geheim/woord", '"x"'))]
    rows += _triples(("d1", RDF.type, f"https://x.example/{NUMBER}"))

    words = repr(gate(rows, _origin("register")).held) + repr(gate(rows[-1:], _origin("page")).held)

    assert "geheim" not in words
    assert NUMBER not in words
