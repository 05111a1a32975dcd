"""A saved search has one canonical form, whatever way it was asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belfort.errors import UsageError
from search.alerts import saved
from search.query import MAX_TEXT
from search.reading import read


def test_order_spaces_and_pages_make_no_difference() -> None:
    """Two addresses of the same search are the same alert; the period stays in it."""
    one = saved.canonical({"q": ["  fietspad   Gent "], "type": ["zittingen", "besluiten"], "van": ["2026-01-01"]})
    other = saved.canonical(
        {"van": ["2026-01-01"], "pagina": ["3"], "type": ["besluiten", "zittingen"], "q": ["fietspad Gent"],
         "sort": ["datum"], "per_pagina": ["50"], "tot": [""]}
    )  # fmt: skip
    assert one == other == "q=fietspad+Gent&type=besluiten&type=zittingen&van=2026-01-01"


@given(st.text(max_size=200))
def test_what_was_saved_asks_the_same(text: str) -> None:
    """Reading a canonical string gives a query with the same canonical string and the same words."""
    said = saved.canonical({"q": [text]})
    query = saved.parse(said)
    assert saved.canonical({"q": [query.text]}) == said
    assert read(query.text) == read(" ".join(text.split()))


@pytest.mark.parametrize("given_", [{}, {"q": ["🚲"]}, {"q": ["-fietspad"]}, {"pagina": ["2"]}, {"onzin": ["x"]}])
def test_only_what_can_be_found_is_followed(given_: dict[str, list[str]]) -> None:
    """Nothing in particular, no word, only words to leave out, only a page, an unknown parameter."""
    with pytest.raises(UsageError):
        saved.followable(given_)


def test_a_filter_alone_can_be_followed() -> None:
    """Everything of a bestuur, or all of it without some word."""
    assert saved.followable({"bestuur": ["https://x.example/b"]}) == "bestuur=https%3A%2F%2Fx.example%2Fb"
    assert saved.followable({"bestuur": ["https://x.example/b"], "q": ["-parking"]})


def test_words_left_out_are_never_wanted() -> None:
    """Whatever the words of the search end in: an operator, a lone quote, the limit of words."""
    for text in ("fietspad", "fietspad OF", "fietspad NIET", 'fietspad "', "", "a " * 70):
        query = saved.parse(saved.canonical({"q": [text], "type": ["besluiten"]}))
        reading = saved.reading_of(query, ("parking", "sint-niklaas"))
        plain = read(query.text)
        assert (reading.wanted, reading.words) == (plain.wanted, plain.words)
        assert len(reading.unwanted) == len(plain.unwanted) + 2
        assert reading.browse == (plain.browse or not query.text)


def test_excluded_words_are_words() -> None:
    """What was typed is cut into words, each once, in order, not too many."""
    assert saved.words(["Slagboom, slagboom -brug\0", '"Sint-Niklaas"']) == ("slagboom", "brug", "sint", "niklaas")
    assert len(saved.words([f"woord{n}" for n in range(99)])) == saved.MAX_EXCLUDED
    assert saved.unpack(saved.pack(("één", "twee"))) == ("één", "twee")
    assert MAX_TEXT
