"""Marks the words of a query in the stored text: pieces of text, never HTML, the same for every engine.

Enters: a text and a `Reading`. Leaves: fragments of `search.results`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from search.analyzer import RUN, Token, analyze
from search.query import All, Any, Node, Phrase, Prefix, Reading, Word
from search.results import Fragment, Piece

WIDTH = 180
"""Characters of a fragment, about."""
MOST_TEXT = 200_000
"""Characters of a text that are looked at."""
_ENOUGH = 30
_BESIDE = 200
_SPACES = re.compile(r"\s+")

Span = tuple[int, int]


@dataclass
class Marks:
    """What to mark, taken from the wanted part of a reading."""

    exact: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    seen: dict[str, bool] = field(default_factory=dict)

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
    for node in reading.wanted:
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
    done = 0
    for start, end in _candidates(text, wanted):
        if end <= done:
            continue
        first = text.rfind(" ", 0, start - _BESIDE) + 1 if start > _BESIDE else 0
        space = text.find(" ", end + _BESIDE)
        done = space if space >= 0 else len(text)
        found.update((first + s, first + e) for s, e in _exact_spans(text[first:done], wanted))
        if len(found) >= _ENOUGH:
            break
    yield from sorted(found)


def _candidates(text: str, wanted: Marks) -> Iterator[Span]:
    """Where a match may end: each distinct run of characters is looked at once, so that long texts are cheap."""
    lasts = {phrase[-1] for phrase in wanted.phrases}
    for run in RUN.finditer(text):
        known = wanted.seen.get(run[0])
        if known is None:
            known = any(_matches(token, wanted) or token.exact in lasts for token in analyze(run[0]))
            wanted.seen[run[0]] = known
        if known:
            yield run.span()


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
