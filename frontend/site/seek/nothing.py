"""Why nothing was found, and what would find something: each word and each filter is tried without the others.

Every question here is a count of the index; there are at most some twenty of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from frontend.site.seek.addresses import address, first_page, href, unfiltered
from frontend.site.seek.ask import answer, first
from frontend.site.seek.facets import TITLES, period
from frontend.site.seek.words import Unit, joined, units, without
from search.analyzer import analyze
from search.holds import alike
from search.query import FILTERS, Query
from search.results import Hit

MOST_UNITS = 8
_MOST_SUGGESTIONS = 3
_MOST_LETTERS = 2


@dataclass(frozen=True)
class Way:
    """Another question: what it is called, how many hits it has, its address."""

    label: str
    count: int
    href: str


@dataclass(frozen=True)
class Word:
    """A word of the question tried alone: how many hits it has by itself, and the question without it."""

    text: str
    alone: int
    without: Way | None


@dataclass(frozen=True)
class Nothing:
    """Why there is nothing: the words, the filters that take all away, and where to go from here."""

    words: tuple[Word, ...]
    filters: tuple[Way, ...]
    unfiltered: Way | None
    spelling: tuple[Way, ...]
    near: tuple[tuple[Hit, str], ...]
    broader: tuple[Way, ...]


def why_nothing(query: Query, names: Mapping[tuple[str, str], str]) -> Nothing:
    """Why this question finds nothing.

    Raises:
        Busy: the index does not answer.
    """
    parts = units(query.text)[:MOST_UNITS]
    words = tuple(_word(query, parts, place) for place, one in enumerate(parts) if one.kind != "without")
    dropped = tuple(one for one in _without_filters(query, names) if one.count)
    bare = unfiltered(query)
    whole = _way("zonder filters", bare) if query.chosen else None
    near = _near(query) if query.text else ()
    return Nothing(
        words=words if len(parts) > 1 or query.chosen else (),
        filters=dropped,
        unfiltered=whole if whole and whole.count and len(query.chosen) > 1 else None,
        spelling=tuple(_spelling(query, parts, words)),
        near=tuple((hit, href(hit)) for hit in near),
        broader=tuple(one for one in _broader(query, parts) if one.count),
    )


def _count(query: Query) -> int:
    return answer(lambda searcher: searcher.count(query))


def _way(label: str, query: Query) -> Way:
    query = first_page(query)
    return Way(label, _count(query), address(query))


def _word(query: Query, parts: list[Unit], place: int) -> Word:
    text = parts[place].text
    alone = _count(unfiltered(replace(query, text=text)))
    rest = _way(without(parts, place), replace(query, text=without(parts, place))) if len(parts) > 1 else None
    return Word(text, alone, rest if rest and rest.count else None)


def _without_filters(query: Query, names: Mapping[tuple[str, str], str]) -> Iterator[Way]:
    for name in FILTERS:
        if query.values(name):
            chosen = ", ".join(names.get((name, value), value) for value in query.values(name)[:3])
            yield _way(f"{TITLES[name].lower()} {chosen}", query.without(name))
    if query.van or query.tot:
        yield _way(f"de periode {period(query)}", query.without("van", "tot"))
    if query.peildatum:
        yield _way("de peildatum", query.without("peildatum"))


def _near(query: Query) -> tuple[Hit, ...]:
    """Titles that look like what was asked, whatever the filters."""
    found = answer(lambda searcher: searcher.search(first(unfiltered(query), _MOST_SUGGESTIONS), ()))
    return found.hits


def _spelling(query: Query, parts: list[Unit], words: tuple[Word, ...]) -> Iterator[Way]:
    """The question with a word that nothing has replaced by one in a title that looks like it."""
    dead = {word.text for word in words if not word.alone} if words else {one.text for one in parts}
    for place, one in enumerate(parts):
        if one.kind != "word" or one.text not in dead:
            continue
        for other in _alike(one.text):
            changed = joined([*parts[:place], Unit(other, "word"), *parts[place + 1 :]])
            asked = replace(query, text=changed)
            instead = (asked, unfiltered(asked), unfiltered(replace(query, text=other)))
            way = next((way for each in instead if (way := _way(each.text, each)).count), None)
            if way:
                yield way
                break


def _alike(word: str) -> list[str]:
    """Words of titles that are spelled nearly so, the nearest first."""
    tokens = analyze(word)
    if len(tokens) != 1:
        return []
    exact = tokens[0].exact
    found = answer(lambda searcher: searcher.search(Query(word, per_pagina=20), ()))
    near: dict[str, int] = {}
    for hit in found.hits if found.fuzzy else ():
        for token in (*analyze(hit.title), *analyze(f"{hit.bestuur_label} {hit.orgaan_label}")):
            edits = next((n for n in range(1, _MOST_LETTERS + 1) if alike(token.exact, exact, n)), 0)
            if edits:
                near.setdefault(token.exact, edits)
    return sorted(near, key=lambda one: near[one])[:_MOST_SUGGESTIONS]


def _broader(query: Query, parts: list[Unit]) -> Iterator[Way]:
    """The same with fewer demands: any of the words, phrases as loose words, words by their beginning."""
    plain = [one for one in parts if one.kind == "word"]
    if len(plain) > 1 and len(plain) == len(parts):
        text = " OF ".join(one.text for one in plain)
        yield _way(text, replace(query, text=text))
    if any(one.kind == "phrase" for one in parts):
        loose = joined([Unit(one.text.strip('"'), "word") if one.kind == "phrase" else one for one in parts])
        yield _way(loose, replace(query, text=loose))
    if len(parts) == 1 and plain and len(plain[0].text) > 5:
        start = plain[0].text[: max(4, len(plain[0].text) * 2 // 3)]
        if start.isalnum():
            yield _way(f"{start}*", replace(query, text=f"{start}*"))
