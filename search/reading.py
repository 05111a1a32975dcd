"""Reads the words of a question into a small tree; it never fails.

Enters: the text of a `Query`. Leaves: a `Reading`. What cannot be read as an operator becomes words, and `notes`
says so in Dutch.

Words: one or two must both match; of three or more, three quarters (rounded down). `"exacte zin"` must stand there
as it is, `a OF b` (or OR), `a EN b` (or AND: both must match), `-woord`, `NIET woord` (or NOT), `weg*`. OF binds
the two words beside it, so `fietspad OF voetpad Aalter` wants Aalter and one of the paths. Operators count only as
whole words in capitals.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from search.analyzer import Token, analyze, normalize, stem, stop_words

MAX_WORDS = 60
_SHORTEST_PREFIX = 2
_ALL_UP_TO = 2
_SHARE = 0.75


@dataclass(frozen=True)
class Word:
    """A word: found as it stands, by its stem, by a joined form or compound part.

    `glued` are the stems of the word written as one with a neighbour: `fiets pad` also finds `fietspad`.
    """

    token: Token
    glued: tuple[str, ...] = ()


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

    `wanted` all must match, of `words` at least `least`, of `unwanted` none. `browse` is true when everything may be
    found: no text was given, or only words to leave out. A text without any word in it (`🚲`, `--`) wants nothing
    and finds nothing. `left_out` are stop words that other words made needless. `whole` are all words as they were
    written, stop words too, when nothing else is wanted: it may be a title.
    """

    wanted: tuple[Node, ...] = ()
    words: tuple[Node, ...] = ()
    unwanted: tuple[Node, ...] = ()
    browse: bool = False
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()

    @property
    def least(self) -> int:
        """How many of `words` must match."""
        count = len(self.words)
        return count if count <= _ALL_UP_TO else int(count * _SHARE)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All that is looked for."""
        return (*self.wanted, *self.words)


_PIECE = re.compile(r'(?P<minus>(?<!\S)[-\u2212])?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))|(?P<lone>")')
_OR = frozenset({"OF", "OR"})
_AND = frozenset({"EN", "AND"})
_NOT = frozenset({"NIET", "NOT"})
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\0": " "})


@dataclass
class _Group:
    """Alternatives that were read; `firm` when an operator or quotes ask for it in so many words."""

    positive: bool
    nodes: list[Node]
    firm: bool


@dataclass
class _State:
    """What has been read so far."""

    groups: list[_Group] = field(default_factory=list)
    join: bool = False
    both: bool = False
    negate: bool = False

    def operator(self, word: str) -> bool:
        """Take in a word if it is an operator."""
        if word in _OR:
            self.join = bool(self.groups)
        elif word in _AND:
            self.both = bool(self.groups)
            if self.groups:
                self.groups[-1].firm = True
        elif word in _NOT:
            self.negate = True
        else:
            return False
        return True

    def add(self, node: Node, *, firm: bool) -> None:
        """Take in a node."""
        positive = not self.negate
        if self.join and self.groups[-1].positive == positive:
            self.groups[-1].nodes.append(node)
            self.groups[-1].firm = True
        else:
            self.groups.append(_Group(positive, [node], firm or self.both))
        self.join = self.both = self.negate = False


def read(text: str) -> Reading:
    """Read the words of a query; never raises, whatever the text."""
    if not text.strip():
        return Reading(browse=True)
    notes: list[str] = []
    state = _State()
    words = 0
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        word, minus = piece["word"] or "", bool(piece["minus"])
        if piece["lone"]:
            notes.append("Een aanhalingsteken zonder tegenhanger telt niet mee.")
        elif minus or not state.operator(word):
            words += 1
            if words > MAX_WORDS:
                notes.append(f"Alleen de eerste {MAX_WORDS} woorden tellen mee.")
                break
            node = _phrase(piece["phrase"]) if piece["phrase"] is not None else _word(word)
            state.negate = state.negate or minus
            if node:
                state.add(node, firm=piece["phrase"] is not None or isinstance(node, Prefix))
    return _finish(state.groups, notes)


def _finish(groups: list[_Group], notes: list[str]) -> Reading:
    unwanted = tuple(_any(group.nodes) for group in groups if not group.positive)
    wanted = [group for group in groups if group.positive]
    telling = [group for group in wanted if group.firm or not _is_stop_word(group.nodes[0])] or wanted
    if not groups:
        notes.append("Er staat geen woord in de zoekvraag.")
    return Reading(
        wanted=tuple(_any(group.nodes) for group in telling if group.firm),
        words=tuple(_glue([group.nodes[0] for group in telling if not group.firm])),
        unwanted=unwanted,
        browse=bool(unwanted) and not wanted,
        notes=tuple(dict.fromkeys(notes)),
        left_out=tuple(
            group.nodes[0].token.exact for group in wanted if group not in telling and isinstance(group.nodes[0], Word)
        ),
        whole=_whole(groups),
    )


def _whole(groups: list[_Group]) -> tuple[str, ...]:
    """All wanted words in the order in which they were written, when nothing else is wanted."""
    nodes = [None if group.firm else group.nodes[0] for group in groups if group.positive]
    words = tuple(node.token.exact for node in nodes if isinstance(node, Word))
    return words if len(words) == len(nodes) else ()


def _glue(nodes: list[Node]) -> Iterator[Node]:
    """The nodes, each word with the stems of itself written as one with a neighbour."""
    for place, node in enumerate(nodes):
        glued: list[str] = []
        for first, second in ((place - 1, place), (place, place + 1)):
            if first >= 0 and second < len(nodes):
                before, after = nodes[first], nodes[second]
                if isinstance(before, Word) and isinstance(after, Word):
                    glued += _one_word(before.token.exact, after.token.exact)
        yield Word(node.token, tuple(dict.fromkeys(glued))) if isinstance(node, Word) else node


def _one_word(before: str, after: str) -> list[str]:
    if not (before.isalpha() and after.isalpha()):
        return []
    return [stem(normalize(before + link + after)) for link in ("", "s")]


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
        joined = normalize("".join(words))
        forms = tuple(dict.fromkeys((joined, stem(joined))))
        nodes.append(Word(name[0]) if len(name) == 1 else Phrase(words, forms))
        place = end
    telling = [node for node in nodes if not _is_stop_word(node)] or nodes
    return telling[0] if len(telling) == 1 else All(tuple(telling))
