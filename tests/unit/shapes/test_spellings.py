"""Drifting predicates: whatever spelling comes in, all come out, and only those."""

import pytest

from belfort.rdf import iri, line, literal
from belfort.vocab import BESLUIT, GENERIEK, GENERIEK_HTTP, MANDAAT, ORG, SKOS
from shapes.codes import spellings

SUBJECT, OBJECT = iri("https://g.example/s"), iri("https://g.example/o")


@pytest.mark.parametrize("said", [name for first, others in spellings.ALIASES.items() for name in (first, *others)])
def test_every_spelling_gives_all(said: str) -> None:
    """One statement in any spelling becomes the statement in each; a second time adds nothing."""
    once = spellings.every([line((SUBJECT, iri(said), OBJECT))])
    group = {spellings.canonical(said), *spellings.ALIASES[spellings.canonical(said)]}
    assert set(once) == {line((SUBJECT, iri(name), OBJECT)) for name in group}
    assert spellings.every(once) == once


def test_other_statements_stay_as_they_are() -> None:
    """Objects and literals that look like a drifting predicate are left alone; order is bytewise."""
    text = line((SUBJECT, iri(SKOS.prefLabel), literal(f"zie <{ORG.classification}> hier")))
    points = line((SUBJECT, iri(SKOS.related), iri(ORG.classification)))
    assert spellings.every([text, points]) == sorted([text, points], key=str.encode)


def test_what_readers_of_both_kinds_ask_for() -> None:
    """The names that the reference producers drifted between."""
    assert spellings.canonical(GENERIEK_HTTP.isTijdspecialisatieVan) == MANDAAT.isTijdspecialisatieVan
    assert spellings.canonical(ORG.classification) == BESLUIT.classificatie
    assert spellings.canonical(GENERIEK.lokaleIdentificator) == GENERIEK.lokaleIdentificator
    assert spellings.canonical(SKOS.prefLabel) == SKOS.prefLabel
