"""Suggestions while somebody types, and texts that say nearly the same; on every engine."""

import pytest

from search.searcher import Searcher
from tests.support.search_corpus import iri, name

SUGGESTED = [
    # (typed, suggested in any order)
    ("zwaluwn", "su-05 su-07"),
    ("zwaluwne", "su-05 su-07"),
    ("ZWALUWNESTEN BE", "su-05"),
    ("ZWALUWNESTEN B", "su-05 su-07"),
    ("besch zwaluwn", "su-05"),
    ("premie zwaluwnest", "su-07"),
    ("premie zwaluwx", ""),
    ("zwaluwegem", "su-01 su-02 su-03"),
    ("gemeente zwaluweg", "su-01 su-03"),
    ("gemeenter zwaluweg", "su-03"),
    ("ocmw zw", "su-02"),
    ("ödön", "su-10"),
    ("odon zwa", "su-10"),
    ("sint-zwaluwi", "su-09"),
    ("kleinlandschaps", "su-11"),
    ("kleinlandschapselementen", "su-11"),
    ("kleinlandschapselementenx", ""),
    ("2012/8", "su-12"),
    # A space says that the word is whole.
    ("zwaluw ", "su-04"),
    ("zwaluwnesten ", "su-05 su-07"),
    ("zwaluwnest ", ""),
    # One letter says too little to look for; no letter is nothing.
    ("", ""),
    ("   ", ""),
    ('"(*', ""),
    ("\0", ""),
    ("🚲", ""),
    # Only titles and names are suggested, from the beginning of a word.
    ("tekst zwaluwen", ""),
    ("ierzwal", ""),
]


@pytest.mark.parametrize(("typed", "expected"), SUGGESTED, ids=[str(n) for n in range(len(SUGGESTED))])
def test_suggestions(searcher: Searcher, typed: str, expected: str) -> None:
    """Titles that have words that begin as those typed; one title once, though two documents have it."""
    found = searcher.suggest(typed, limit=20)
    titles = sorted(one.title for one in found)
    assert titles == sorted(TITLES[one] for one in expected.split())


def _titles() -> dict[str, str]:
    from tests.support.search_corpus import by_hand

    return {name(one.iri): one.title for one in by_hand()}


TITLES = _titles()


def test_names_come_before_titles(searcher: Searcher) -> None:
    """Besturen, organs and people fill the first half; the rest are titles; never more than asked."""
    found = searcher.suggest("zwaluw", limit=8)
    assert {one.type for one in found[:4]} <= {"Bestuur", "Bestuursorgaan", "Persoon"}
    assert len(found) == 8
    assert len({one.title for one in found}) == 8
    assert len(searcher.suggest("zwaluw", limit=3)) == 3
    organ = searcher.suggest("gemeenteraad zwaluw")[0]
    assert (organ.plural, organ.type) == ("organen", "Bestuursorgaan")


def test_a_suggestion_is_never_of_a_hundred_words(searcher: Searcher) -> None:
    """Whatever is typed, an answer comes."""
    for typed in ("a" * 5000, "a " * 5000, "zw*", "zw?l", "[a-z]+", "zwaluw\\", "\ud800", "́", "OF NIET"):
        assert isinstance(searcher.suggest(typed), list)


def test_texts_that_say_nearly_the_same_find_each_other(searcher: Searcher) -> None:
    """Most alike first, with how alike; other texts and short ones do not count."""
    found = [(name(document.iri), share) for document, share in searcher.similar(iri("ne-01"))]
    assert [one for one, _ in found] == ["ne-02", "ne-03"]
    assert found[0][1] == 1.0
    assert 0.35 <= found[1][1] < 1.0
    assert [name(document.iri) for document, _ in searcher.similar(iri("ne-03"))] == ["ne-01", "ne-02"]
    for other in ("ne-04", "ne-05", "ne-06", "su-14", "nowhere"):
        assert searcher.similar(iri(other)) == []
