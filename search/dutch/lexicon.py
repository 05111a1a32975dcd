"""The words that the analyzer knows: every form with the key that all forms of its word share.

Leaves: a `Lexicon`, made once per process from `data/`. A key is the base form of a word; a verb and the noun whose
plural it looks like (bouw, bouwen) are one word, and so are a verb and its noun in -ing. What claims a form first has
it: `lemmas.txt`, then base forms, then forms by rule, then forms that only some words take.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from search.dutch import inflection

DATA = (
    "lemmas.txt", "nouns.txt", "verbs.txt", "adjectives.txt", "modifiers.txt", "short.txt", "whole.txt",
    "stopwords.txt",
)  # fmt: skip
"""The files that the analyzer reads, all in `data/`."""
_SHORTEST_PART = 4
_VERB_BEHIND = re.compile(
    r"(?:(aan|af|bij|door|in|mee|om|op|over|toe|uit|weg|terug|samen)(?=..)|(?=be|ver|ont|her))(.{3,})ing"
)


@dataclass(frozen=True)
class Lexicon:
    """The words of `data/`, as stems and compounds need them.

    `keys` gives the key of a form. `heads` may end a compound, `firsts` may stand before another part of it, and
    `infinitives` may end one whose other parts are known (sneeuwruimen). `actions` are forms of verbs, which take
    prefixes (heraangesteld). `parts` are the given parts of base forms, `whole` the keys of words that have no parts.
    """

    keys: Mapping[str, str]
    heads: frozenset[str]
    infinitives: frozenset[str]
    firsts: frozenset[str]
    actions: frozenset[str]
    parts: Mapping[str, tuple[str, ...]]
    whole: frozenset[str]


@dataclass
class _Draft:
    keys: dict[str, str] = field(default_factory=dict)
    later: list[tuple[str, str]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    infinitives: set[str] = field(default_factory=set)
    firsts: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def claim(self, key: str, forms: inflection.Forms) -> None:
        for form in forms.regular:
            self.keys.setdefault(form, key)
        self.later += [(form, key) for form in forms.possible]


@dataclass(frozen=True)
class _Entry:
    """One entry of a word list: `given` are the forms after its equals sign."""

    word: str
    given: tuple[str, ...]


@cache
def read_data(name: str) -> str:
    """The text of a file in `data/`."""
    return (files("search") / "data" / name).read_text(encoding="utf-8")


def _words(name: str) -> list[str]:
    rows = (row for row in read_data(name).splitlines() if not row.startswith("#"))
    return [word for row in rows for word in row.split()]


def _entries(name: str) -> list[_Entry]:
    split = (word.partition("=") for word in _words(name))
    return [_Entry(word, tuple(forms.split(",")) if forms else ()) for word, _, forms in split]


@cache
def stop_words() -> frozenset[str]:
    """Words that a query need not require when it has others."""
    return frozenset(_words("stopwords.txt"))


def is_known(word: str) -> bool:
    """Whether a word is a form of a word of `data/`."""
    return word in lexicon().keys


@cache
def lexicon() -> Lexicon:
    """The words of `data/`."""
    draft = _Draft()
    draft.keys.update(_given())
    short_heads, _, short_firsts = " ".join(_words("short.txt")).partition("--")
    nouns = [_bare(entry, draft) for entry in _entries("nouns.txt")]
    verbs = _entries("verbs.txt")
    keys = _shared_keys(nouns, verbs)
    for entry in nouns:
        draft.keys.setdefault(entry.word, keys.get(entry.word, entry.word))
    for entry in _entries("adjectives.txt"):
        draft.keys.setdefault(entry.word, entry.word)
    for entry in nouns:
        _add_noun(draft, entry, keys.get(entry.word, entry.word))
    for entry in verbs:
        _add_verb(draft, entry, keys)
    for entry in _entries("adjectives.txt"):
        draft.claim(draft.keys[entry.word], inflection.adjective(entry.word))
    for form, key in draft.later:
        draft.keys.setdefault(form, key)
    long = {word for word in draft.heads if len(draft.keys.get(word, word)) >= _SHORTEST_PART}
    short = {form for word in short_heads.split() for form in (*inflection.noun(word).regular, word)}
    for word in short_heads.split():  # some are in no list of nouns
        for form in (word, *inflection.noun(word).regular):
            draft.keys.setdefault(form, draft.keys.get(word, word))
    short |= {form for form, key in draft.keys.items() if key in short_heads.split() and form in draft.heads}
    firsts = {word for word in draft.firsts if len(word) >= _SHORTEST_PART}
    infinitives = {keys[_plain(entry)] for entry in verbs}
    return Lexicon(
        keys=draft.keys,
        heads=frozenset(long | short),
        infinitives=frozenset(draft.infinitives - long),
        actions=frozenset(draft.actions),
        parts=draft.parts,
        firsts=frozenset({*firsts, *short_firsts.split(), *_words("modifiers.txt")}),
        whole=frozenset(_words("whole.txt")) | infinitives - {one.word for one in nouns},
    )


def _given() -> Iterator[tuple[str, str]]:
    """The rows of the override table."""
    for row in read_data("lemmas.txt").splitlines():
        if row and not row.startswith("#"):
            form, key = row.split()
            yield form, key


def _bare(entry: _Entry, draft: _Draft) -> _Entry:
    """An entry without the bars between its parts, which are noted down."""
    if "|" not in entry.word:
        return entry
    word = entry.word.replace("|", "")
    draft.parts[word] = tuple(entry.word.split("|"))
    return _Entry(word, entry.given)


def _plain(entry: _Entry) -> str:
    """The infinitive of a verb without signs."""
    return entry.word.lstrip("!").replace("+", "")


def _shared_keys(nouns: list[_Entry], verbs: list[_Entry]) -> dict[str, str]:
    """Verb, noun of a verb or noun of an adjective → the key that they share."""
    plurals: dict[str, str] = {}
    for group in (0, 1):
        for one in nouns:
            for form in inflection.noun(one.word)[group]:
                plurals.setdefault(form, one.word)
    keys: dict[str, str] = {}
    for entry in verbs:
        own = entry.word.startswith("!")
        word = _plain(entry)
        keys[word] = word if own else plurals.get(word, word)
        if not own:
            for form in (*inflection.names_of_action(word), *entry.given):
                keys.setdefault(form, keys[word])
    for name in _words("adjectives.txt"):
        keys.setdefault(name + "heid", name)
    return keys


def _add_noun(draft: _Draft, entry: _Entry, key: str) -> None:
    for form in entry.given:
        draft.keys.setdefault(form, key)
    forms = inflection.noun(entry.word)
    draft.claim(key, forms)
    draft.heads.update(forms.regular + forms.possible + entry.given)
    draft.firsts.update(forms.regular + entry.given)
    behind = _VERB_BEHIND.fullmatch(entry.word)
    if behind:  # vergroening has vergroenen behind it, whether that is listed or not
        draft.later += [(form, key) for form in inflection.verb(behind[2] + "en", behind[1] or "").regular]


def _add_verb(draft: _Draft, entry: _Entry, keys: Mapping[str, str]) -> None:
    *prefixes, infinitive = entry.word.lstrip("!").split("+")
    prefix = "".join(prefixes)
    key = keys[prefix + infinitive]
    forms = inflection.verb(infinitive, prefix)
    given = tuple(form for one in entry.given for form in inflection.participle(one))
    draft.claim(key, inflection.Forms((*given, *forms.regular), forms.possible))
    names = inflection.names_of_action(infinitive, prefix)
    draft.heads.update(names + entry.given)
    draft.infinitives.add(prefix + infinitive)
    draft.firsts.update(names + entry.given)
    draft.actions.update(form for form in (*given, *forms.regular) if len(form) >= 6)
