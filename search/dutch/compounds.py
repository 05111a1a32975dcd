"""The parts of Dutch compounds: a fietspadenplan is found by fiets, pad, fietspad and plan.

Enters: a normalised word. Leaves: stems of its parts and of parts that stand together, without the stem of the word
itself. A word is cut into known parts only, as few as can be; when only its end or its beginning is known, long
enough and not a mere ending, it gives that.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.dutch.lexicon import Lexicon, lexicon
from search.dutch.stemming import PREFIXES, REMEMBERED, may_be_cut, stem

_SHORTEST = 6
_LONGEST = 60
_SHORTEST_PART = 3
_KNOWN_END = 6
_KNOWN_BEGIN = 5
_LINKS = ("", "s", "en", "e", "er", "n")
_LINKED_BY_S = ("teits", "heids", "ings", "schaps", "doms", "ions", "aats", "els", "ers")
# What follows a word without being one: these do not make compounds.
_SUFFIXES = (
    "lijk", "loos", "loze", "heid", "heden", "schap", "baar", "bare", "achtig", "erij", "ing", "isch", "iteit", "aal",
    "eel", "ist", "atie", "isme", "eren", "eerd", "aris", "aire", "end", "ster", "elijk", "tisch", "orium", "zaam",
    "zame", "dom", "uur", "elaar", "enaar", "aars", "wijze", "ieel", "ionaris",
)  # fmt: skip


class _Piece(NamedTuple):
    """A part of a word: the part itself, and as it is written with the sound that links it to the next."""

    bare: str
    written: str


class _Cut(NamedTuple):
    """A way to read the first letters of a word: its cost (fewer parts, then fewer links), and the parts."""

    cost: tuple[int, int, int]
    pieces: tuple[_Piece, ...]


@lru_cache(maxsize=REMEMBERED)
def compound_parts(exact: str) -> tuple[str, ...]:
    """The stems of the words that a compound is made of, in order, as few as can be; empty for other words."""
    own = stem(exact)
    return tuple(part for part in dict.fromkeys(stem(piece.bare) for piece in _pieces(exact, own)) if part != own)


@lru_cache(maxsize=REMEMBERED)
def compound_terms(exact: str) -> tuple[str, ...]:
    """The stems by which a compound is found: its parts, the parts of those, and neighbours among them as one word."""
    own = stem(exact)
    pieces = _pieces(exact, own)
    if not pieces:
        return ()
    atoms = [atom for piece in pieces for atom in _atoms(piece)]
    terms = [piece.bare for piece in (*pieces, *atoms)]
    for size in range(2, len(atoms)):
        for start in range(len(atoms) - size + 1):
            *before, last = atoms[start : start + size]
            terms.append("".join(piece.written for piece in before) + last.bare)
    return tuple(term for term in dict.fromkeys(map(stem, terms)) if term != own)


def last_part(exact: str) -> str:
    """The last part of a compound as it stands (paden of voetpaden), empty for other words."""
    own = stem(exact)
    pieces = _pieces(exact, own)
    return pieces[-1].bare if pieces else ""


def _pieces(exact: str, own: str) -> tuple[_Piece, ...]:
    """The parts of a word; `own` is its stem."""
    if not _SHORTEST <= len(exact) <= _LONGEST or not exact.isalpha():
        return ()
    known = lexicon()
    if own in known.whole or exact in known.whole:
        return ()
    if own in known.parts:
        return tuple(_Piece(part, part) for part in known.parts[own])
    if exact in known.keys:
        return _cut(own, known)
    return _cut(exact, known) or _half(exact, known)


def _atoms(piece: _Piece) -> tuple[_Piece, ...]:
    """The parts of a part, the last with the link of the whole; the part itself when it has none."""
    *first, last = _pieces(piece.bare, stem(piece.bare)) or (piece,)
    if first:
        last = _Piece(last.bare, last.bare + piece.written.removeprefix(piece.bare))
    return (*first, last)


def _cut(word: str, known: Lexicon) -> tuple[_Piece, ...]:
    """The fewest known parts that make up the whole word; nothing when there are none."""
    best: list[_Cut | None] = [_Cut((0, 0, 0), ())] + [None] * len(word)
    for end in range(_SHORTEST_PART, len(word) + 1):
        for start in range(end - _SHORTEST_PART + 1):
            before = best[start]
            if before is None or end - start == len(word):
                continue
            piece = _part(word[start:end], known, last=end == len(word))
            if piece is None:
                continue
            # Of two readings with as many parts the one with the longer last part is right more often.
            links = before.cost[1] + (piece.bare != piece.written)
            cut = _Cut((before.cost[0] + 1, links, start - end), (*before.pieces, piece))
            if best[end] is None or cut.cost < best[end].cost:  # type: ignore[union-attr]
                best[end] = cut
    whole = best[len(word)]
    return whole.pieces if whole and len(whole.pieces) > 1 else ()


def _part(written: str, known: Lexicon, *, last: bool) -> _Piece | None:
    """A known part, without the sound that links it to the next."""
    if last:
        return _Piece(written, written) if written in known.heads or written in known.infinitives else None
    for link in _LINKS:
        bare = written.removesuffix(link) if link else written
        if len(bare) >= _SHORTEST_PART and written.endswith(link) and bare in known.firsts:
            return _Piece(bare, written)
    return None


def _half(word: str, known: Lexicon) -> tuple[_Piece, ...]:
    """The known end of a word and what stands before it, or its known beginning and what follows."""
    for place in range(_SHORTEST_PART, len(word) - _KNOWN_END + 1):
        before, end = word[:place], word[place:]
        if end in known.heads and len(known.keys[end]) >= _KNOWN_END and _may_end(before, end, known):
            bare = before.removesuffix("s") if before.endswith(_LINKED_BY_S) else before
            return (_Piece(bare, before), _Piece(end, end)) if len(before) > 4 else (_Piece(end, end),)
    return next(_begins(word, known), ())


def _may_end(before: str, end: str, known: Lexicon) -> bool:
    """Whether what comes before an end can be a word, and the end is no form of a verb."""
    return may_be_cut(before, end) and before not in PREFIXES and (end not in known.actions or "ing" in end)


def _begins(word: str, known: Lexicon) -> Iterator[tuple[_Piece, ...]]:
    for place in range(len(word) - _KNOWN_END, _KNOWN_BEGIN - 1, -1):
        begin, rest = word[:place], word[place:]
        found = _part(begin, known, last=False)
        if (
            found
            and len(found.bare) >= _KNOWN_BEGIN
            and not rest.startswith(_SUFFIXES)
            and not rest.endswith(_SUFFIXES)
        ):
            yield found, _Piece(rest, rest)
