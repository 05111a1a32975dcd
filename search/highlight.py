"""Marks the words of a query in the stored text: pieces of text, never HTML, the same for every engine.

Enters: a text and a `Reading`. Leaves: fragments of `search.results`.

Texts can be long, so they are not analysed whole: a text is split at spaces (tokens never cross one), each distinct
chunk is looked at once for a query, and only where one of them may match is looked closer.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import merge
from operator import methodcaller

from search.analyzer import Token, analyze, columns
from search.reading import All, Any, Node, Phrase, Prefix, Reading, Word
from search.results import Fragment, Piece

WIDTH = 180
"""Characters of a fragment, about."""
MOST_TEXT = 200_000
"""Characters of a text that are looked at."""
_ENOUGH = 30
_BESIDE = 200
_BLOCK = 10_000
"""Characters that are split at a time."""
_REMEMBERED = 1 << 17
"""Words of which it is kept what they are found by: each page of hits shows a thousand."""
_LONGEST_WORD = 60
"""Characters of a word that is kept."""
_AROUND = ".,;:()\"'!?"
"""What often stands around a word and is never part of it."""
_ELLIPSES = (" en ", " of ", " en/of ")
"""What follows on a hanging hyphen: in `fiets- en voetpaden` the first word also matches `fietspad`."""
_SPACES = re.compile(r"\s+")

Span = tuple[int, int]


@dataclass
class Marks:
    """What to mark, taken from the wanted part of a reading."""

    exact: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    chunks: dict[str, tuple[Span, ...] | None] = field(default_factory=dict)
    """Chunks that match, with the places in them; None: when the right words stand before; none: or after."""
    seen: set[str] = field(default_factory=set)
    """Chunks that were looked at."""

    def add(self, node: Node) -> None:
        """Take in a node and what is under it."""
        if isinstance(node, Word):
            self.exact.add(node.token.exact)
            self.stems.add(node.token.stem)
        elif isinstance(node, Phrase):
            if len(node.words) > 1:
                self.phrases.add(node.words)
            else:
                self.exact.update(node.words)
            self.exact.update(node.joined)
        elif isinstance(node, Prefix):
            self.prefixes.add(node.start)
        elif isinstance(node, All | Any):
            for child in node.nodes:
                self.add(child)


def marks(reading: Reading) -> Marks:
    """What to mark for a reading."""
    found = Marks()
    for node in reading.nodes:
        found.add(node)
    return found


def pieces(text: str, wanted: Marks) -> Fragment:
    """The whole text in pieces, matches marked."""
    return tuple(_cut(text, 0, len(text), list(_spans(text, wanted))))


def fragments(text: str, wanted: Marks, most: int = 3) -> tuple[Fragment, ...]:
    """The parts of the text with the most different matches, in reading order; its beginning when nothing matches."""
    text = text[:MOST_TEXT]
    spans = list(_spans(text, wanted))
    if not spans:
        start, end = _window(text, 0, 0)
        return (tuple(_cut(text, start, end, [])),) if text[start:end].strip() else ()
    windows = _windows(text, spans)
    best = sorted(windows, key=lambda window: (-_weight(text, window, spans), window))[:most]
    return tuple(tuple(_cut(text, start, end, spans)) for start, end in sorted(best))


def _spans(text: str, wanted: Marks) -> Iterator[Span]:
    """The places of matches, in order: enough of them to choose from, not all of a long text."""
    found: set[Span] = set()
    done = closer = 0
    for start, chunk in _candidates(text, wanted):
        end = start + len(chunk)
        if end > done:
            if len(found) >= _ENOUGH:
                break
            space = text.find(" ", end + _BESIDE)
            done = space if space >= 0 else len(text)
        if end <= closer:
            continue
        first = text.rfind(" ", 0, start - _BESIDE) + 1 if start > _BESIDE else 0
        inside = wanted.chunks[chunk]
        if not inside and _depends(text, wanted, (first, end), chunk):
            inside, start, closer = tuple(_exact_spans(text[first:done], wanted)), first, done
        elif inside is None:
            inside = tuple(_exact_spans(chunk, wanted))
        found.update((start + s, start + e) for s, e in inside)
    yield from sorted(found)


def _depends(text: str, wanted: Marks, place: Span, chunk: str) -> bool:
    """Whether what stands around a chunk can make it match: before it the word of a phrase, or after it an ellipsis."""
    if wanted.chunks[chunk] == ():
        return text.startswith(_ELLIPSES, place[1])
    needed = {phrase[-2] for phrase in wanted.phrases}
    return any(not needed.isdisjoint(_terms(each)) for each in text[slice(*place)].split())


def _candidates(text: str, wanted: Marks) -> Iterator[tuple[int, str]]:
    """The chunks that may match, in order, with their places; the text is looked at as far as they are asked for."""
    begin = 0
    while begin < len(text):
        space = _SPACES.search(text, begin + _BLOCK)
        part = text[begin : space.start()] if space else text[begin:]
        chunks = set(part.split())
        _look_at(chunks - wanted.seen, wanted)
        for place, chunk in merge(*(_places(part, chunk) for chunk in chunks & wanted.chunks.keys())):
            yield begin + place, chunk
        begin += len(part) + 1


def _look_at(chunks: set[str], wanted: Marks) -> None:
    """Sort out new chunks."""
    lasts = {phrase[-1] for phrase in wanted.phrases}
    asked = wanted.exact | wanted.stems | lasts
    begins = methodcaller("startswith", tuple(wanted.prefixes))
    for chunk in chunks:
        terms = _terms(chunk)
        if not asked.isdisjoint(terms) or (wanted.prefixes and any(map(begins, terms))):
            if any(token.exact in lasts for token in analyze(chunk)):
                wanted.chunks[chunk] = None
            elif spans := tuple(_exact_spans(chunk, wanted)):
                wanted.chunks[chunk] = spans
        elif chunk[-1] == "-" and terms:
            wanted.chunks[chunk] = ()
    wanted.seen |= chunks


def _terms(chunk: str) -> tuple[str, ...]:
    """All that the words of a chunk are found by, on their own."""
    word = chunk.strip(_AROUND)
    return _terms_of(word) if len(word) <= _LONGEST_WORD else _terms_of.__wrapped__(word)


@lru_cache(maxsize=_REMEMBERED)
def _terms_of(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(columns(word, "")).split()))


def _places(text: str, chunk: str) -> Iterator[tuple[int, str]]:
    """Where a chunk stands between spaces."""
    place = text.find(chunk)
    while place >= 0:
        end = place + len(chunk)
        if (not place or text[place - 1].isspace()) and (end == len(text) or text[end].isspace()):
            yield place, chunk
        place = text.find(chunk, place + 1)


def _exact_spans(text: str, wanted: Marks) -> Iterator[Span]:
    """The places of matches in a short text."""
    tokens: list[Token] = []
    for token in analyze(text):
        tokens.append(token)
        if _matches(token, wanted):
            yield token.start, token.end
        for phrase in wanted.phrases:
            if token.exact == phrase[-1] and _ends(tokens, phrase):
                yield from ((t.start, t.end) for t in tokens[-len(phrase) :])


def _matches(token: Token, wanted: Marks) -> bool:
    return (
        token.exact in wanted.exact
        or token.stem in wanted.stems
        or not wanted.stems.isdisjoint(token.extra)
        or not wanted.exact.isdisjoint(token.extra)
        or any(token.exact.startswith(prefix) for prefix in wanted.prefixes)
    )


def _ends(tokens: Sequence[Token], phrase: tuple[str, ...]) -> bool:
    """Whether the tokens end with the phrase, within one paragraph."""
    there = tokens[-len(phrase) :]
    return tuple(t.exact for t in there) == phrase and not any(t.gap for t in there[1:])


def _windows(text: str, spans: Iterable[Span]) -> list[Span]:
    windows: list[Span] = []
    for start, end in spans:
        if not windows or end > windows[-1][1]:
            first = max(windows[-1][1] if windows else 0, start - WIDTH // 3)
            windows.append(_window(text, first, start))
    return windows


def _window(text: str, first: int, match: int) -> Span:
    """A window from `first` on that holds `match`, ends at a space where there is one near."""
    if first and not text[first - 1].isspace():
        space = text.find(" ", first, match)
        first = space + 1 if space >= 0 else first
    end = first + WIDTH
    if end >= len(text):
        return first, len(text)
    space = text.rfind(" ", max(match, first + WIDTH // 2), end)
    return first, space if space > match else end


def _weight(text: str, window: Span, spans: Iterable[Span]) -> int:
    inside = [text[s:e].lower() for s, e in spans if window[0] <= s < window[1]]
    return 10 * len(set(inside)) + len(inside)


def _cut(text: str, start: int, end: int, spans: Iterable[Span]) -> Iterator[Piece]:
    """The text between two places in pieces, runs of spaces as one; it says with … where it was cut."""
    place = start
    plain = "… " if start else ""
    for first, last in spans:
        if place <= first and last <= end:
            plain += text[place:first]
            if plain:
                yield _SPACES.sub(" ", plain), False
            yield text[first:last], True
            plain, place = "", last
    plain += text[place:end] + (" …" if end < len(text) else "")
    if plain:
        yield _SPACES.sub(" ", plain), False
