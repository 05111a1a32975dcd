"""Drifting predicates: whatever spelling comes in, all come out, and only those."""

import pytest

from belfort.rdf import iri
from belfort.vocab import BESLUIT, GENERIEK, GENERIEK_HTTP, MANDAAT, ORG, SKOS
from shapes.codes import spellings


@pytest.mark.parametrize("said", [name for first, others in spellings.ALIASES.items() for name in (first, *others)])
def test_every_spelling_gives_all(said: str) -> None:
    """A predicate in any spelling becomes all of them, the one that counts first."""
    first = spellings.canonical(said)
    assert spellings.every(iri(said)) == (iri(first), *map(iri, spellings.ALIASES[first]))


def test_other_predicates_stay_as_they_are() -> None:
    """What did not drift is itself."""
    assert spellings.every(iri(SKOS.related)) == (iri(SKOS.related),)
    assert spellings.every(iri(f"{ORG.classification}x")) == (iri(f"{ORG.classification}x"),)


def test_what_readers_of_both_kinds_ask_for() -> None:
    """The names that the reference producers drifted between."""
    assert spellings.canonical(GENERIEK_HTTP.isTijdspecialisatieVan) == MANDAAT.isTijdspecialisatieVan
    assert spellings.canonical(ORG.classification) == BESLUIT.classificatie
    assert spellings.canonical(GENERIEK.lokaleIdentificator) == GENERIEK.lokaleIdentificator
    assert spellings.canonical(SKOS.prefLabel) == SKOS.prefLabel
