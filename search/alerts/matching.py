"""Runs many plans over few documents: each clause becomes the set of documents that have it, one bit a document.

Enters: the rows of a batch of documents, a `Plan`. Leaves: which of them match, by the same rules as an engine
(`search.plan`), without scores. Thousands of saved searches ask the same batch, so what a clause found is kept.
A test holds it against the embedded engine, question by question.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import accumulate
from operator import and_, or_

from search.plan import (
    Anything,
    AtLeast,
    Best,
    Between,
    Clause,
    Every,
    Follows,
    Nothing,
    OneOf,
    Plan,
    Score,
    Starts,
    Term,
    Words,
)
from search.row import Row

_Numbers = tuple[list[int], list[int]]


class Batch:
    """Some documents by their rows; bit n of a set is document n."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._all = (1 << len(rows)) - 1
        self._texts: dict[str, list[str]] = {}
        self._words: dict[str, dict[str, int]] = {}
        self._terms: dict[str, dict[str, int]] = {}
        self._numbers: dict[str, _Numbers] = {}
        self._sorted: dict[str, list[str]] = {}
        self._known: dict[Words | Starts | Follows | OneOf, int] = {}
        for place, row in enumerate(rows):
            self._add(1 << place, row)
        for name in rows[0].numbers if rows else ():
            pairs = sorted((row.numbers[name], 1 << place) for place, row in enumerate(rows))
            self._numbers[name] = ([n for n, _ in pairs], [0, *accumulate((bit for _, bit in pairs), or_)])

    def _add(self, bit: int, row: Row) -> None:
        for name, text in row.texts.items():
            self._texts.setdefault(name, []).append(f" {text} ")
            words = self._words.setdefault(name, {})
            for word in set(text.split(" ")):
                words[word] = words.get(word, 0) | bit
        for name, values in row.terms.items():
            terms = self._terms.setdefault(name, {})
            for value in values:
                terms[value] = terms.get(value, 0) | bit

    def matches(self, plan: Plan) -> list[int]:
        """The places of the documents that match, in order."""
        return places(self.within(plan.filters.values()) & self.saying(plan))

    def within(self, filters: Iterable[Clause]) -> int:
        """The set of documents that all these filters hold for."""
        return reduce(and_, map(self._set, filters), self._all)

    def saying(self, plan: Plan) -> int:
        """The set of documents that have the words of a plan, whatever its filters."""
        found = self._set(plan.wanted)
        for clause in plan.unwanted:
            found &= ~self._set(clause)
        return found

    def _set(self, clause: Clause) -> int:
        """The documents for which a clause holds."""
        if isinstance(clause, Term):
            return self._words.get(clause.field, {}).get(clause.word, 0)
        if isinstance(clause, Best):
            return reduce(or_, map(self._set, clause.clauses), 0)
        if isinstance(clause, Every):
            return reduce(and_, map(self._set, clause.clauses), self._all)
        if isinstance(clause, Score):
            return self._set(clause.clause)
        if isinstance(clause, AtLeast):
            return self._at_least(clause)
        if isinstance(clause, Between):
            return self._between(clause)
        if isinstance(clause, Words | Starts | Follows | OneOf):
            found = self._known.get(clause)
            if found is None:
                found = self._known[clause] = self._look(clause)
            return found
        if isinstance(clause, Anything):
            return self._all
        assert isinstance(clause, Nothing), "an alert never asks for similar words"
        return 0

    def _look(self, clause: Words | Starts | Follows | OneOf) -> int:
        if isinstance(clause, OneOf):
            terms = self._terms.get(clause.field, {})
            return reduce(or_, (terms.get(value, 0) for value in clause.values), 0)
        if isinstance(clause, Words):
            return self._standing(clause.field, clause.words, f" {' '.join(clause.words)} ")
        begun = self._starting(clause.field, clause.start)
        if isinstance(clause, Starts):
            return begun
        return begun & self._standing(clause.field, clause.before, f" {' '.join(clause.before)} {clause.start}")

    def _standing(self, name: str, words: Iterable[str], text: str) -> int:
        """The documents where this text stands in the field; only those that have all words are looked at."""
        known, texts = self._words.get(name, {}), self._texts.get(name, [])
        candidates = reduce(and_, (known.get(word, 0) for word in words), self._all)
        return sum(1 << place for place in places(candidates) if text in texts[place])

    def _starting(self, name: str, start: str) -> int:
        """The documents where a word of the field begins so."""
        words = self._words.get(name, {})
        ordered = self._sorted.get(name)
        if ordered is None:
            ordered = self._sorted[name] = sorted(words)
        found = 0
        for place in range(bisect_left(ordered, start), len(ordered)):
            if not ordered[place].startswith(start):
                break
            found |= words[ordered[place]]
        return found

    def _between(self, clause: Between) -> int:
        numbers, below = self._numbers.get(clause.field, ([], [0]))
        first = 0 if clause.low is None else bisect_left(numbers, clause.low)
        last = len(numbers) if clause.high is None else bisect_right(numbers, clause.high)
        return below[last] & ~below[first] if first < last else 0

    def _at_least(self, clause: AtLeast) -> int:
        having = [self._all] + [0] * clause.count  # having[n]: documents for which n of those looked at hold
        for each in clause.clauses:
            found = self._set(each)
            for count in range(clause.count, 0, -1):
                having[count] |= having[count - 1] & found
        return having[clause.count]


def places(found: int) -> list[int]:
    """The places of the documents of a set, in order."""
    there = []
    while found:
        lowest = found & -found
        there.append(lowest.bit_length() - 1)
        found ^= lowest
    return there
