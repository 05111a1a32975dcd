"""Why a document is a hit: how and where it has each word, in sentences that people understand."""

from datetime import date

import pytest

from search.document import Document, Keyword
from search.explain import explain, reasons
from search.query import Query
from search.reasons import Reason
from search.row import row

TODAY = date(2026, 11, 25)
DOCUMENT = Document(
    iri="https://x.example/besluit/1",
    uuid="1",
    plural="besluiten",
    type="Besluit",
    title="Goedkeuring aanleg fietspad Sint-Niklaas",
    text="Kostprijs in dossier 2024/123.\n\nArtikel 1. De fietspaden worden aangelegd.\n\nArtikel 2. Subsidies volgen.",
    date="2026-11-20",
    besturen=(("http://b.example/1", "Gemeente Aalter"),),
    orgaan="http://b.example/o",
    orgaan_label="Gemeenteraad Aalter",
    keywords=(
        Keyword("type", "besluiten", "Besluiten"),
        Keyword("bestuur", "http://b.example/1", "Gemeente Aalter"),
    ),
)


def said(text: str, **more: object) -> list[Reason]:
    """The reasons of the words of a question."""
    return [one for one in reasons(DOCUMENT, Query(text, **more), TODAY) if one.word]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "how", "where", "found"),
    [
        ("fietspaden", "exact", "artikel 1", "fietspaden"),
        ("aanleg", "exact", "titel", "aanleg"),
        ("subsidie", "inflection", "artikel 2", "Subsidies"),
        ("fiets", "compound", "titel", "fietspad"),
        ("sintniklaas", "joined", "titel", "Sint-Niklaas"),
        ("Sint-Niklaas", "phrase", "titel", "Sint-Niklaas"),
        ('"aanleg fietspad"', "phrase", "titel", "aanleg fietspad"),
        ("kost*", "prefix", "tekst", "Kostprijs"),
        ("2024", "compound", "tekst", "2024/123"),
        ("2024123", "exact", "tekst", "2024/123"),
        ("gemeenteraad", "name", "orgaan", "Gemeenteraad"),
        ("aalter", "name", "bestuur", "Aalter"),
    ],
)
def test_each_way_is_told_with_its_place(text: str, how: str, where: str, found: str) -> None:
    """The way, the place and the word as it stands there; the word as it was written in the sentence."""
    found_here = [one for one in said(text) if one.how == how and where in one.where]
    assert found_here, said(text)
    assert found in found_here[0].found
    assert text.strip('"').rstrip("*") in found_here[0].sentence
    assert any(match for _, match in found_here[0].fragment)


def test_the_best_way_of_each_place_is_told_once() -> None:
    """A place that has the word as it stands is not named again for its stem."""
    places = [where for one in said("fietspaden") for where in one.where]
    assert sorted(places) == sorted(set(places))
    assert said("fietspaden")[0].how == "exact"


def test_similar_words_only_when_the_words_themselves_do_not_match() -> None:
    """A typing error is explained as such; with a word that does match there is nothing similar to tell."""
    found = explain(DOCUMENT, Query("fietspat"), TODAY)
    assert (found.matches, found.fuzzy, found.reasons[0].how) == (True, True, "similar")
    exact = explain(DOCUMENT, Query("aanleg fietspad goedkeuring zwembat"), TODAY)
    assert (exact.matches, exact.fuzzy) == (True, False)
    assert [one.how for one in exact.reasons if one.word == "zwembat"] == ["absent"]


def test_a_missing_word_says_how_many_suffice() -> None:
    """Of four words three are enough, and the missing one is named."""
    (absent,) = [one for one in said("goedkeuring aanleg fietspad zwembad") if not one.holds]
    assert absent.sentence == "“zwembad” staat er niet in; 3 van de 4 woorden volstaan."


def test_what_is_no_hit_is_said_to_be_none() -> None:
    """A word that must be there and is not, one that may not be there and is, a filter that does not fit."""
    for query in (
        Query("fietspad zwembad"),
        Query("aanleg -fietspad"),
        Query("aanleg", bestuur=("http://b.example/2",)),
    ):
        assert not explain(DOCUMENT, query, TODAY).matches


def test_filters_and_recency_are_reasons_too() -> None:
    """A question of filters alone has reasons; of a question with words the day counts a little."""
    filters = reasons(
        DOCUMENT, Query(type=("besluiten",), bestuur=("http://b.example/1",), van=date(2026, 1, 1)), TODAY
    )
    assert [one.how for one in filters] == ["filter"] * 3
    assert "Gemeente Aalter" in " ".join(one.sentence for one in filters)
    assert [one.how for one in reasons(DOCUMENT, Query("aanleg fietspad"), TODAY)][-2:] == ["order", "recent"]
    assert "recent" not in [one.how for one in reasons(DOCUMENT, Query("aanleg"), date(2036, 1, 1))]


def test_a_row_that_was_made_already_gives_the_same() -> None:
    """Alerts have the row at hand."""
    query = Query("fietspaden aalter")
    assert reasons(DOCUMENT, query, TODAY, row(DOCUMENT)) == reasons(DOCUMENT, query, TODAY)


@pytest.mark.parametrize(
    "text", ["", "🚲", '"', '""', "OF", "-", "*", "a*", "<script>", "(" * 50, "NIET -x", "\x00", "x" * 1000]
)
def test_any_text_has_an_explanation(text: str) -> None:
    """Nothing that can be asked makes it fail."""
    assert isinstance(explain(DOCUMENT, Query(text), TODAY).matches, bool)
