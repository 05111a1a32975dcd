"""Which texts say nearly the same: a few terms by which they find each other, and how alike two really are.

Each text gets `BANDS` terms, made by minhash with one permutation (Li, Owen and Zhang 2012) over its runs of three
stems: texts that share most runs share some terms, so near-duplicates are found with an ordinary query, in any
engine. `resemblance` then compares the runs themselves (Jaccard).
"""

from collections.abc import Sequence
from zlib import crc32

from search.analyzer import stop_words

BANDS = 16
_BINS = 2 * BANDS
_BITS = 64 - (_BINS.bit_length() - 1)
_SPREAD = 0x9E3779B97F4A7C15  # the odd number nearest 2^64 divided by the golden ratio
_MASK = (1 << 64) - 1
_FEWEST = 8
"""Texts with fewer stems say too little to be called alike."""
_MOST = 3000


def likeness(stems: Sequence[str]) -> list[str]:
    """The terms of a text, given by its stems; none when it is too short to be like another."""
    least: list[int | None] = [None] * _BINS
    for run in _runs(stems):
        number = (crc32(run.encode("utf-8", "replace")) * _SPREAD) & _MASK
        here = least[number >> _BITS]
        if here is None or number < here:
            least[number >> _BITS] = number
    known = [number for number in least if number is not None]
    if not known:
        return []
    # A bin that nothing fell in takes from the next that has something (rotation, Shrivastava and Li 2014).
    filled: list[int] = []
    following = known[0]
    for found in reversed(least):
        following = following if found is None else found
        filled.append(following)
    return [f"{band:x}-{(filled[2 * band] ^ (filled[2 * band + 1] * 31)) & 0xFFFFFFFFFF:x}" for band in range(BANDS)]


def resemblance(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two texts are, given by their stems: from 0 to 1."""
    first, second = _runs(one), _runs(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def _runs(stems: Sequence[str]) -> set[str]:
    ignored = stop_words()
    words = [word for word in stems[:_MOST] if word not in ignored]
    if len(words) < _FEWEST:
        return set()
    return {f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)}
