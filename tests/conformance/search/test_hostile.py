"""Whatever somebody sends, the answer is `Results` or a `UsageError`; on every engine."""

import time
from dataclasses import replace
from urllib.parse import parse_qs

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from belfort.errors import UsageError
from search.cursors import encode
from search.query import PARAMETERS, Query, Sort, from_parameters, query_string
from search.results import Results
from search.searcher import Searcher
from tests.support.search_corpus import MADE_UP, word

SIGNS = [
    '"', "-", "OF", "EN", "NIET", "AND", "NOT", "weg*", "*", "?", "(", ")", "[", "]", "{", "}", "\0", "\ud800",
    "\udfff", "\u202e", "\u200f", "\u200b", "\ufeff", "\u0301", "e\u0301", "\U0001f469\u200d\U0001f467", "🚲", "🇧🇪",
    "ĳ", "ß", "ﬁ", "Ⅻ", "①", "½", "İ", "ı", "ǅ", "𝔊", "¶", "\n\n", "\r", "\x1b[31m", "\x7f", "\x85", "\u2028",
    "<script>", "&amp;", "%00", "%F0%9F", "'; DROP", "${x}", "a:b", "title_x:a", "^2", "~2", "\\", "/a.*b/", "a" * 300,
    "_all", "_source", "kosten/baten", "Sint-", "-Sint", "2024/", "/123", "''", "d'", "de", "het", "fietspad", "sint*",
    "Sint-Nik*", "\U0010ffff", "\ue000", "\ufffe",
]  # fmt: skip

_piece = st.one_of(st.sampled_from(SIGNS), st.text(max_size=12), st.text("ab-\"*' ", max_size=12))
_text = st.lists(_piece, max_size=25).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda glue: glue.join(parts))
)
_value = st.one_of(_text, st.sampled_from(["besluiten", "2024-01-01", "1", "9" * 12, "datum", "gepland", "leeuw"]))
_parameters = st.dictionaries(
    st.one_of(st.sampled_from(PARAMETERS), st.text(max_size=5)), st.lists(_value, max_size=3), max_size=4
)


def answer(searcher: Searcher, parameters: dict[str, list[str]]) -> Results | None:
    """The results, or None when the question is refused with something to read."""
    try:
        results = searcher.search(from_parameters(parameters))
    except UsageError as error:
        return None if error.detail else pytest.fail("refused without a word")
    assert results.total >= len(results.hits)
    return results


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=_text)
def test_any_text_is_answered(searcher: Searcher, text: str) -> None:
    """Nothing that is typed raises anything; the same text asked again finds the same."""
    first = answer(searcher, {"q": [text]})
    assert (first is None) == (len(" ".join([text.strip()])) > 1000)
    if first:
        again = answer(searcher, {"q": [text]})
        assert again
        assert (again.total, [hit.iri for hit in again.hits]) == (first.total, [hit.iri for hit in first.hits])
        assert all("".join(piece for piece, _ in hit.title_pieces).split() == hit.title.split() for hit in first.hits)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(parameters=_parameters)
def test_any_parameters_are_answered_or_refused(searcher: Searcher, parameters: dict[str, list[str]]) -> None:
    """Any names and values; what is accepted can be written as an address and read again."""
    if answer(searcher, parameters) is None:
        return
    query = from_parameters(parameters)
    assert from_parameters(parse_qs(query_string(query), keep_blank_values=True)) == query


def test_half_a_character_harms_nothing(searcher: Searcher) -> None:
    """Neither in words, nor in filters, nor in a cursor: a command line may give it."""
    results = searcher.search(Query(f"{word(100)} \ud800", sort="datum"))
    assert results.total == len(range(0, MADE_UP, 11))
    assert searcher.search(Query(f"{word(100)} \ud800", sort="datum", cursor=results.next)).hits
    assert searcher.search(Query(bestuur=("\udfff",), thema=("sport\ud800",))).total == 0


WORST = {
    "quotes": '"' * 1000,
    "quoted words": '"a b" ' * 160,
    "words": " ".join(f"w{n}" for n in range(60)),
    "alternatives": " OF ".join(f"w{n}" for n in range(60)),
    "joined": " EN ".join(f"woord{n}" for n in range(60)),
    "excluded": " ".join(f"-w{n}" for n in range(60)),
    "prefixes": " ".join(f"x{chr(97 + n % 26)}*" for n in range(60)),
    "alternative prefixes": " OF ".join(f"{a}{b}*" for a in "aeiou" for b in "bcdfgnprst"),
    "one long word": "a" * 1000,
    "one long compound": ("gemeente" * 125)[:1000],
    "hyphens": "-".join("ab" for _ in range(333)),
    "slashes": "/".join("ab" for _ in range(333)),
    "dots": ".".join("a" for _ in range(500)),
    "signs between": "a,b;" * 250,
    "digits": "1" * 1000,
    "identifier": "1/2-3." * 160,
    "combining": "a" + "\u0301" * 999,
    "emoji": "👩‍👩‍👧" * 200,
    "nul": "\0" * 1000,
    "half characters": "\ud800" * 1000,
    "right to left": "\u202e" + "fietspad " * 100,
    "brackets": "(" * 500 + ")" * 500,
    "hyphenated prefix": "a-" * 400 + "b*",
    "long phrase": '"' + "de " * 330 + '"',
    "misspelled": " ".join(["kolibrjie", "zwaluwgem", "musuem"] * 20),
    "apostrophes": "d'" * 500,
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_questions_are_answered_quickly(searcher: Searcher, name: str) -> None:
    """Each is answered or refused within three seconds of work."""
    begin = time.process_time()
    answer(searcher, {"q": [WORST[name]]})
    answer(searcher, {"q": [WORST[name]], "sort": ["datum"], "thema": [f"t{n}" for n in range(300)]})
    searcher.suggest(WORST[name])
    assert time.process_time() - begin < 3


def test_every_filter_takes_three_hundred_values(searcher: Searcher) -> None:
    """All filters with as many values as are allowed, beside as many words as count; one more is refused."""
    many = tuple(f"https://v.example/{n}" for n in range(300))
    names = (
        "bestuur",
        "provincie",
        "orgaantype",
        "orgaan",
        "documenttype",
        "besluittype",
        "rechtsgrond",
        "thema",
        "bron",
    )
    query = Query(WORST["alternatives"], **dict.fromkeys(names, many))  # type: ignore[arg-type]
    assert searcher.search(query).total == 0
    with pytest.raises(UsageError):
        Query(thema=(*many, "more"))


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "WzFd", "e30", "bnVsbA", "[1,2]", "A" * 5000, "\0", "WyJhIiwgMWU5OTld", "é"]
)
def test_a_cursor_that_was_made_up_is_refused(searcher: Searcher, cursor: str) -> None:
    """Whatever stands in it."""
    with pytest.raises(UsageError):
        searcher.search(from_parameters({"q": ["fiets"], "cursor": [cursor]}))


PLACES = [
    (0,),
    (1,),
    (10**6,),
    (10**10,),
    (2**62,),
    (2**63 - 1,),
    (0, 0),
    (2**62, 2**62),
    (1.5,),
    (1.5, 3),
    (3, 1.5),
    (1e18, 1),
]


@pytest.mark.parametrize("sort", ["relevantie", "datum", "oudste"])
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_place_that_was_made_up_moves_the_place_or_is_refused(
    searcher: Searcher, sort: Sort, place: tuple[float, ...]
) -> None:
    """A cursor is not secret: whatever numbers are put in it cost no memory, end no process, read nothing else."""
    query = Query(word(17), sort=sort)
    try:
        results = searcher.search(replace(query, cursor=encode(query, place)))
    except UsageError:
        return
    assert results.total == 60
    assert len(results.hits) <= 20
