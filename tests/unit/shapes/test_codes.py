"""The code lists: clean SKOS, read the same by rdflib, complete against the lists of the reference producers."""

from importlib.resources import files
from pathlib import Path

import pytest

from belfort import rdf
from belfort.rdf import TYPE
from belfort.vocab import OWL, SKOS, XSD
from shapes import codes
from shapes.codes import turtle
from shapes.shacl.reference import read_turtle

ALL = [*codes.LISTS.values(), "besluittypes", "werkingsgebieden"]


@pytest.mark.parametrize("name", ALL)
def test_our_reader_agrees_with_rdflib(name: str) -> None:
    """Every file is Turtle, and says to rdflib what it says to us."""
    text = files("shapes.codes").joinpath(f"{name}.ttl").read_text("utf-8")
    assert set(turtle.triples(text)) == set(read_turtle(text, "https://g.example/"))


@pytest.mark.parametrize("text", ["<a> <b> [ <c> <d> ] .", "<a> <b> 'c' .", "@base <http://g.example/> ."])
def test_our_reader_refuses_what_it_does_not_know(text: str) -> None:
    """Turtle beyond the subset is an error, never a guess."""
    with pytest.raises(ValueError, match="subset of Turtle"):
        list(turtle.triples(text))


@pytest.mark.parametrize("name", codes.LISTS)
def test_a_list_is_clean_skos(name: str) -> None:
    """One scheme; every concept has one label in Dutch, one notation, and is in the scheme as one of its tops."""
    about: dict[str, dict[str, list[str]]] = {}
    for s, p, o in codes.triples(name):
        about.setdefault(s, {}).setdefault(p, []).append(o)
    schemes = [s for s, said in about.items() if f"<{SKOS.ConceptScheme}>" in said[TYPE]]
    assert len(schemes) == 1
    for subject, said in about.items():
        if subject == schemes[0]:
            continue
        assert said[TYPE] == [f"<{SKOS.Concept}>"]
        assert said[f"<{SKOS.inScheme}>"] == said[f"<{SKOS.topConceptOf}>"] == schemes
        assert [rdf.split_literal(label).language for label in said[f"<{SKOS.prefLabel}>"]] == ["nl"]
        assert len(said[f"<{SKOS.notation}>"]) == 1
        labels = [*said[f"<{SKOS.prefLabel}>"], *said.get(f"<{SKOS.altLabel}>", [])]
        assert len(labels) == len(set(labels))
    notations = [one.notation for one in codes.concepts(name).values()]
    assert len(notations) == len(set(notations))


def test_the_lists_of_the_producers_are_all_here(shared: Path) -> None:
    """Every code and every label of theirs is known; a label of theirs is ours or stands beside it."""
    text = (shared / "data/codelists/codelijsten.ttl").read_text("utf-8")
    theirs: dict[str, set[str]] = {}
    for s, p, o in read_turtle(text, "https://g.example/"):
        if p in (f"<{SKOS.prefLabel}>", f"<{SKOS.altLabel}>"):
            theirs.setdefault(rdf.value(s), set()).add(" ".join(rdf.value(o).split()))
    known = codes.every()
    same = {iri: one for one in known.values() for iri in one.same}
    left_out = ("human-sex", "GeregistreerdeOrganisatieClassificatieCode", "conceptscheme", "concept-schemes")
    checked = 0
    for iri, labels in theirs.items():
        if any(name in iri for name in left_out):
            continue
        if iri in same:  # functionarisRol: a third spelling of a function
            assert {label.casefold() for label in labels} <= {same[iri].label.casefold(), "griffier"}
            continue
        assert labels <= {known[iri].label, *known[iri].alternatives}, iri
        checked += 1
    assert checked > 230


def test_the_types_of_besluiten_are_all_here(shared: Path) -> None:
    """Every type of the list, with its label, whether it is deprecated, and its broader type."""
    rows = (shared / "data/codelists/besluittypes.tsv").read_text("utf-8").splitlines()[1:]
    said = set(codes.triples("besluittypes"))
    assert len(rows) == len([1 for _, predicate, _ in said if predicate == f"<{SKOS.inScheme}>"])
    for iri, label, deprecated, broader in (row.split("\t") for row in rows):
        assert (f"<{iri}>", f"<{SKOS.prefLabel}>", rdf.literal(label, language="nl")) in said
        assert ((f"<{iri}>", f"<{OWL.deprecated}>", rdf.literal("true", XSD.boolean)) in said) == (deprecated == "true")
        assert {o for s, p, o in said if (s, p) == (f"<{iri}>", f"<{SKOS.broader}>")} == ({f"<{broader}>"} - {"<>"})


def test_the_public_mandates_are_the_23() -> None:
    """The functions whose holders may be public, without any leading official."""
    found = codes.public_mandates()
    assert len(found) == 23
    assert codes.code("BestuursfunctieCode", "13") in found
    assert not found & set(codes.leading_functions())


def test_sex_is_in_no_list() -> None:
    """The codes for the sex of a person are private and are not published."""
    assert not [iri for iri in codes.every() if "human-sex" in iri or "GeslachtCode" in iri]


def test_director_organs_and_functions_belong_together() -> None:
    """Seven functions, each with its organ, which has the same name and points back."""
    known = codes.every()
    assert len(codes.leading_functions()) == 7
    for iri in codes.leading_functions():
        (organ,) = known[iri].related
        assert known[organ].label == known[iri].label
        assert known[organ].related == (iri,)
        assert len(known[iri].same) == 1


def test_a_replaced_code_counts_as_the_new_one() -> None:
    """The legacy duplicate of leidend ambtenaar is leidend ambtenaar; an unknown code stays what it is."""
    legacy = codes.code("BestuursfunctieCode", "a34e11da-4e4e-43be-936e-b05ce0f992ac")
    assert codes.every()[codes.current(legacy)].label == "Leidend ambtenaar"
    assert codes.current(legacy) != legacy
    assert codes.current("https://g.example/code") == "https://g.example/code"


def test_every_area_of_the_register_is_known(shared: Path) -> None:
    """319 gemeenten of which 285 exist, 9 districten and 5 provincies, by the IRIs and names of the register."""
    text = ""
    for name in ("02-werkingsgebieden", "05c-fusiegemeenten-2025"):
        text += (shared / f"data/besturen/{name}.ttl").read_text("utf-8")
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    theirs = {rdf.value(s): rdf.value(o) for s, p, o in read_turtle(text, "https://g.example/") if p == label}
    areas = codes.areas()
    assert {iri: one.label for iri, one in areas.items()} == theirs
    gemeenten = [one for one in areas.values() if one.niveau == "Gemeente"]
    assert len(gemeenten) == 319
    assert sum(not one.ended for one in gemeenten) == 285
    assert sum(one.facilities for one in gemeenten) == 7
    for one in gemeenten:
        assert areas[one.within].niveau == "Provincie"
        assert bool(one.ended) == bool(one.replaced_by)
        assert not one.ended or not areas[one.replaced_by].ended or areas[one.replaced_by].ended > one.ended
    of = {name: sum(areas[one.within].label == name and not one.ended for one in gemeenten) for name in
          ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")}  # fmt: skip
    assert sum(of.values()) == 285
    assert of == {
        "Antwerpen": 67, "Limburg": 38, "Oost-Vlaanderen": 55, "Vlaams-Brabant": 63, "West-Vlaanderen": 62,
    }  # fmt: skip
