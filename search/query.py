"""What a visitor asks: `Query`, and the reading of its words, which never fails.

Enters: the text and filters of a URL. Leaves: a frozen `Query`, and a `Reading`: a small tree that every engine
translates. What cannot be read as an operator becomes words, and `notes` says so in Dutch.

Words: all must match. `"exacte zin"`, `a OF b` (or OR), `-woord`, `NIET woord` (or NOT), `weg*`. OF binds the two
words beside it, so `fietspad OF voetpad Aalter` wants Aalter and one of the paths.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from belfort.errors import UsageError
from belfort.vocab import PLURALS
from search.analyzer import Token, analyze, stop_words

MAX_TEXT = 1000
MAX_WORDS = 60
MAX_PAGE_SIZE = 200
_SHORTEST_PREFIX = 2

Sort = Literal["relevantie", "datum"]


@dataclass(frozen=True)
class Query:
    """One question; equal questions are equal objects.

    `bestuur` holds IRIs and `type` plurals of `vocab.PLURALS` (within a filter: any of them); `van` and `tot` are
    days, both included. `pagina` counts from 1.

    Raises:
        UsageError: too long, an unknown type or sort, dates in the wrong order, a page that cannot be.
    """

    text: str = ""
    bestuur: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    van: date | None = None
    tot: date | None = None
    sort: Sort = "relevantie"
    pagina: int = 1
    per_pagina: int = 20

    def __post_init__(self) -> None:
        if len(self.text) > MAX_TEXT:
            raise UsageError(
                f"De zoekvraag telt {len(self.text)} tekens; het maximum is {MAX_TEXT}.", hint="Gebruik minder woorden."
            )
        unknown = sorted(set(self.type) - set(PLURALS.values()))
        if unknown:
            known = ", ".join(sorted(PLURALS.values()))
            raise UsageError(f"Onbekend type: {unknown[0][:60]!r}.", hint=f"Kies uit: {known}.")
        if self.sort not in ("relevantie", "datum"):
            raise UsageError(f"Onbekende volgorde: {str(self.sort)[:60]!r}.", hint="Kies uit: relevantie, datum.")
        if self.van and self.tot and self.van > self.tot:
            raise UsageError("De begindatum ligt na de einddatum.", hint="Wissel van en tot om.")
        if self.pagina < 1 or not 1 <= self.per_pagina <= MAX_PAGE_SIZE:
            raise UsageError(
                "Die pagina bestaat niet.", hint=f"pagina begint bij 1; per_pagina gaat van 1 tot {MAX_PAGE_SIZE}."
            )


PARAMETERS = ("q", "bestuur", "type", "van", "tot", "sort", "pagina", "per_pagina")


def from_parameters(parameters: Mapping[str, Sequence[str]]) -> Query:
    """The query of a URL's parameters (name → values); empty values count as absent.

    Raises:
        UsageError: an unknown parameter, or a value that cannot be.
    """
    given = {name: [value for value in values if value.strip()] for name, values in parameters.items()}
    unknown = sorted(set(given) - set(PARAMETERS))
    if unknown:
        raise UsageError(f"Onbekende parameter: {unknown[0][:60]!r}.", hint=f"Bekend: {', '.join(PARAMETERS)}.")
    one = {name: values[-1].strip() for name, values in given.items() if values}
    return Query(
        text=" ".join(given.get("q", ())),
        bestuur=tuple(sorted(set(given.get("bestuur", ())))),
        type=tuple(sorted(set(given.get("type", ())))),
        van=_day("van", one.get("van", "")),
        tot=_day("tot", one.get("tot", "")),
        sort=one.get("sort", "relevantie"),  # type: ignore[arg-type] # checked by Query
        pagina=_number("pagina", one.get("pagina", "1")),
        per_pagina=_number("per_pagina", one.get("per_pagina", "20")),
    )


def _day(name: str, value: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{name}={value[:40]!r} is geen datum.", hint="Schrijf een datum als 2024-05-31.") from None


def _number(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise UsageError(f"{name}={value[:40]!r} is geen getal.", hint="Gebruik een geheel getal vanaf 1.")
    return int(value)


@dataclass(frozen=True)
class Word:
    """A word: found as it stands, by its stem, or by a joined form or compound part."""

    token: Token


@dataclass(frozen=True)
class Phrase:
    """Words that stand after one another, unstemmed; `joined` also finds a hyphenated name written as one word."""

    words: tuple[str, ...]
    joined: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prefix:
    """Every word that begins so; `before` are the words that must stand in front of it."""

    start: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class All:
    """Every one of them."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Any:
    """At least one of them."""

    nodes: tuple["Node", ...]


Node = Word | Phrase | Prefix | All | Any


@dataclass(frozen=True)
class Reading:
    """The words of a query as read.

    `wanted` all must match, `unwanted` none may. `browse` is true when everything may be found: no text was given,
    or only words to leave out. A text without any word in it (`🚲`, `--`) wants nothing and finds nothing.
    """

    wanted: tuple[Node, ...] = ()
    unwanted: tuple[Node, ...] = ()
    browse: bool = False
    notes: tuple[str, ...] = ()


_PIECE = re.compile(r'(?P<minus>(?<!\S)[-\u2212])?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))|(?P<lone>")')
_OR = frozenset({"OF", "OR"})
_AND = frozenset({"EN", "AND"})
_NOT = frozenset({"NIET", "NOT"})
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\0": " "})


@dataclass
class _Groups:
    """What has been read so far: groups of alternatives, each wanted or not."""

    groups: list[tuple[bool, list[Node]]]
    join: bool = False
    negate: bool = False

    def add(self, node: Node) -> None:
        if self.join and self.groups and self.groups[-1][0] == (not self.negate):
            self.groups[-1][1].append(node)
        else:
            self.groups.append((not self.negate, [node]))
        self.join = self.negate = False


def read(text: str) -> Reading:
    """Read the words of a query; never raises, whatever the text."""
    if not text.strip():
        return Reading(browse=True)
    notes: list[str] = []
    found = _Groups([])
    words = 0
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        word = piece["word"] or ""
        if piece["lone"]:
            notes.append("Een aanhalingsteken zonder tegenhanger telt niet mee.")
        elif word in _OR and not piece["minus"]:
            found.join = bool(found.groups)
        elif word in _NOT and not piece["minus"]:
            found.negate = True
        elif word not in _AND or piece["minus"]:
            words += 1
            if words > MAX_WORDS:
                notes.append(f"Alleen de eerste {MAX_WORDS} woorden tellen mee.")
                break
            node = _phrase(piece["phrase"]) if piece["phrase"] is not None else _word(word)
            found.negate = found.negate or bool(piece["minus"])
            if node:
                found.add(node)
    return _finish(found.groups, notes)


def _finish(groups: list[tuple[bool, list[Node]]], notes: list[str]) -> Reading:
    wanted = [_any(nodes) for positive, nodes in groups if positive]
    unwanted = [_any(nodes) for positive, nodes in groups if not positive]
    telling = [node for node in wanted if not _is_stop_word(node)]
    if not groups:
        notes.append("Er staat geen woord in de zoekvraag.")
    browse = bool(unwanted) and not wanted
    return Reading(tuple(telling or wanted), tuple(unwanted), browse, tuple(dict.fromkeys(notes)))


def _any(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Any(tuple(nodes))


def _is_stop_word(node: Node) -> bool:
    return isinstance(node, Word) and node.token.exact in stop_words()


def _phrase(text: str) -> Node | None:
    """What stands between quotes: unstemmed, also when it is one word."""
    words = tuple(token.exact for token in analyze(text))
    return Phrase(words) if words else None


def _word(text: str) -> Node | None:
    """What stands between spaces: one word, a hyphenated name, or words with other signs between them."""
    tokens = analyze(text)
    if not tokens:
        return None
    if text.rstrip(")],.;:").endswith("*") and len(tokens[-1].exact) >= _SHORTEST_PREFIX:
        return Prefix(tokens[-1].exact, tuple(token.exact for token in tokens[:-1]))
    nodes: list[Node] = []
    place = 0
    while place < len(tokens):
        end = place + 1
        while end < len(tokens) and tokens[end].joint:
            end += 1
        name = tokens[place:end]
        words = tuple(token.exact for token in name)
        joined = "".join(words)
        nodes.append(Word(name[0]) if len(name) == 1 else Phrase(words, (joined,)))
        place = end
    telling = [node for node in nodes if not _is_stop_word(node)] or nodes
    return telling[0] if len(telling) == 1 else All(tuple(telling))
