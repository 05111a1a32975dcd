"""What a besluit is about, derived from its titles by the words of `search/data/themes.toml`. Pure.

Nobody states a theme: it is Belfort's guess, and shown as such. A word counts in any inflection, alone or as part of a
compound, by the same analyzer that answers questions.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from search.analyzer import Token, analyze, normalize

MAX_THEMES = 3


@dataclass(frozen=True)
class Theme:
    """A theme: `slug` is its value in addresses; `words` and `excluded` as written in the file."""

    slug: str
    label: str
    words: tuple[str, ...]
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Phrase:
    """Words in a row: the stems of all, but of a last one that ends in `*` how it begins."""

    slug: str
    word: str
    stems: tuple[str, ...]
    beginning: str = ""

    def at(self, place: int, tokens: Sequence[Token]) -> int:
        """How many tokens it takes from that place on, 0 when it does not stand there."""
        end = place + len(self.stems)
        if tuple(token.stem for token in tokens[place:end]) != self.stems:
            return 0
        if not self.beginning:
            return len(self.stems)
        return len(self.stems) + 1 if end < len(tokens) and tokens[end].exact.startswith(self.beginning) else 0


@dataclass
class _Vocabulary:
    """How the words of all themes are looked up: by stem, as they stand, by how they begin or end, by a first stem."""

    stems: dict[str, list[str]] = field(default_factory=dict)
    exact: dict[str, list[str]] = field(default_factory=dict)
    begins: dict[str, list[str]] = field(default_factory=dict)
    ends: dict[str, list[str]] = field(default_factory=dict)
    phrases: dict[str, list[_Phrase]] = field(default_factory=dict)
    excluded: dict[str, list[_Phrase]] = field(default_factory=dict)


_STREET = re.compile(
    r"[A-Z].*(?:straat|straten|laan|steenweg|dreef|plein|lei|singel|kaai|wegel|hof|baan|weg|pad|veld|berg)\Z"
)
SHORTEST_AFFIX = 3


@cache
def themes() -> dict[str, Theme]:
    """Slug → theme, in the order of the file."""
    read = tomllib.loads((files("search") / "data" / "themes.toml").read_text("utf-8"))
    return {
        slug: Theme(slug, about["label"], tuple(about["words"]), tuple(about.get("not", ())))
        for slug, about in read.items()
    }


@lru_cache(maxsize=50_000)
def themes_of(titles: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The (slug, label) of at most three themes of these titles, the one with most words first."""
    found: dict[str, set[str]] = {}
    for title in titles:
        for slug, word in _matches(title):
            found.setdefault(slug, set()).add(word)
    known = themes()
    order = list(known)
    counts = Counter({slug: len(words) for slug, words in found.items()})
    best = sorted(counts, key=lambda slug: (-counts[slug], order.index(slug)))[:MAX_THEMES]
    return tuple((slug, known[slug].label) for slug in best)


def _matches(title: str) -> Iterator[tuple[str, str]]:
    """(theme, the stem of a word of the title that tells it)."""
    vocabulary = _vocabulary()
    tokens = analyze(title)
    out: dict[str, set[int]] = {}
    for place, token in enumerate(tokens):
        for phrase in vocabulary.excluded.get(token.stem, ()):
            out.setdefault(phrase.slug, set()).update(range(place, place + phrase.at(place, tokens)))
    for place, token in enumerate(tokens):
        if place and _STREET.match(title[token.start : token.end]):
            continue  # the Kerkstraat is no church, and no capital stands inside a title but in a name
        found = [*vocabulary.exact.get(token.exact, ()), *_affixes(token.exact, vocabulary)]
        for term in (token.stem, *token.extra):
            found += vocabulary.stems.get(term, ())
        found += [one.slug for one in vocabulary.phrases.get(token.stem, ()) if one.at(place, tokens)]
        for slug in found:
            if place not in out.get(slug, ()):
                yield slug, token.stem


def _affixes(word: str, vocabulary: _Vocabulary) -> list[str]:
    found: list[str] = []
    for size in range(SHORTEST_AFFIX, len(word) + 1):
        found += vocabulary.begins.get(word[:size], ())
        found += vocabulary.ends.get(word[-size:], ())
    return found


@cache
def _vocabulary() -> _Vocabulary:
    made = _Vocabulary()
    for theme in themes().values():
        for word in theme.words:
            _add(made, theme.slug, word)
        for word in theme.excluded:
            phrase = _phrase(theme.slug, word)
            made.excluded.setdefault(phrase.stems[0], []).append(phrase)
    return made


def _add(made: _Vocabulary, slug: str, word: str) -> None:
    if word.startswith("="):
        made.exact.setdefault(normalize(word[1:]), []).append(slug)
    elif word.startswith("*"):
        made.ends.setdefault(normalize(word[1:]), []).append(slug)
    elif word.endswith("*") and " " not in word:
        made.begins.setdefault(normalize(word[:-1]), []).append(slug)
    elif len((phrase := _phrase(slug, word)).stems) == 1 and not phrase.beginning:
        made.stems.setdefault(phrase.stems[0], []).append(slug)
    else:
        made.phrases.setdefault(phrase.stems[0], []).append(phrase)


def _phrase(slug: str, word: str) -> _Phrase:
    whole, last = word, ""
    if word.endswith("*") and " " in word:
        whole, _, last = word[:-1].rpartition(" ")
    return _Phrase(slug, word, tuple(token.stem for token in analyze(whole)), normalize(last))
