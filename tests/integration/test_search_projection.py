"""Documents of real records: who states them, and what comes and goes with a besluit."""

import pytest

from belfort import acceptance
from belfort.jobs import Context
from belfort.records import source
from belfort.records.database import read, write
from belfort.records.source import Source
from search.document import Document
from search.engines import open_engine
from search.projection.build import build
from search.projection.projector import project
from search.projection.surroundings import around
from tests.support.municipality import BESTUUR, PAGE, decision, register, sitting
from tests.support.records import Fact, say

BESLUIT, PUNT = f"{PAGE}besluit/1", f"{PAGE}agendapunt/1"
FACTS = [*sitting("april", "2024-04-18"), *decision("1", "Aanleg fietspad", sitting="april")]


def document(context: Context, iri: str) -> Document:
    """The document that the records give now."""
    with read(context.engine) as connection:
        made = build(iri, around(connection, [iri]))
    assert made
    return made


def sources(context: Context, iri: str) -> list[tuple[str, str]]:
    """The values and labels of the filter `bron`."""
    return [(one.value, one.label) for one in document(context, iri).keywords if one.filter == "bron"]


def from_page(address: str, facts: list[Fact]) -> list[Fact]:
    """The facts, each subject with the page that it derives from, as pages have it."""
    return [*facts, *((subject, "prov:wasDerivedFrom", f"<{address}>") for subject in {fact[0] for fact in facts})]


def test_every_source_that_states_a_besluit_is_one_of_its_sources(any_context: Context) -> None:
    """By name where the operator gave one; a page that no longer states it is none; a register by who said it first."""
    with write(any_context.engine) as connection:
        source.put(connection, Source("aalter", "Gemeente Aalter", "site", "https://raad.example/"))
    say(any_context, "https://raad.example/1", from_page("https://raad.example/1", FACTS), authority="aalter")
    say(any_context, "https://raad.example/2", from_page("https://raad.example/2", FACTS), authority="aalter")
    assert sources(any_context, BESLUIT) == [("aalter", "Gemeente Aalter")]
    say(any_context, "https://a.example/", register(), "register", "eerste")
    say(any_context, "https://b.example/", register(), "register", "tweede")
    assert sources(any_context, BESTUUR) == [("eerste", "eerste")]
    acceptance.withdraw(any_context, "https://a.example/", "test")
    assert sources(any_context, BESTUUR) == [("tweede", "tweede")]


def test_a_page_of_another_authority_that_lost_the_besluit_is_no_source(context: Context) -> None:
    """Two authorities claim one IRI: only the one that is published counts."""
    say(context, "https://raad.example/1", from_page("https://raad.example/1", FACTS), authority="aalter")
    say(context, "https://dief.example/1", from_page("https://dief.example/1", FACTS), authority="dief")
    assert sources(context, BESLUIT) == [("aalter", "aalter")]


@pytest.mark.parametrize("lost", ["besluit", "behandeling", "both"])
def test_the_agendapunt_is_found_again_when_its_besluit_goes(context: Context, lost: str) -> None:
    """In the index itself, and it is one hit again when the besluit is back."""
    gone = {f"{PAGE}{kind}/1" for kind in (("besluit", "behandeling") if lost == "both" else (lost,))}
    for facts, own in ((FACTS, False), ([fact for fact in FACTS if fact[0] not in gone], True), (FACTS, False)):
        say(context, "https://raad.example/1", facts)
        project(context, False)
        view = open_engine(context.settings).view()
        assert view
        found = view.get(PUNT)
        assert found
        assert found.iri == (PUNT if own else BESLUIT)
