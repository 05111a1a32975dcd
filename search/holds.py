"""Whether a clause of a plan holds for one document: the meaning of `search.plan` in a few lines, without an index.

Slow and plain on purpose: engines are held against it, and explanations ask it clause by clause. Scores are not its
business.
"""

from functools import cache

from search.plan import (
    Anything,
    AtLeast,
    Best,
    Between,
    Clause,
    Every,
    Follows,
    Near,
    OneOf,
    Plan,
    Score,
    Starts,
    Term,
    Words,
)  # fmt: skip
from search.row import Row


class Fields:
    """The fields of one document, ready to be asked."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self._words: dict[str, frozenset[str]] = {}

    def words(self, name: str) -> frozenset[str]:
        """The distinct words of a text field."""
        if name not in self._words:
            self._words[name] = frozenset(self.row.texts.get(name, "").split(" ")) - {""}
        return self._words[name]

    def text(self, name: str) -> str:
        """A text field with a space at both ends, so that whole words can be looked for."""
        return f" {self.row.texts.get(name, '')} "


def matches(plan: Plan, fields: Fields) -> bool:
    """Whether a document is among the hits of a plan."""
    return (
        all(holds(one, fields) for one in plan.filters.values())
        and holds(plan.wanted, fields)
        and not any(holds(one, fields) for one in plan.unwanted)
    )


def holds(one: Clause, fields: Fields) -> bool:
    """Whether a clause holds for a document."""
    match one:
        case Term(field, word):
            return word in fields.words(field)
        case Words(field, words):
            return f" {' '.join(words)} " in fields.text(field)
        case Starts(field, start):
            return any(word.startswith(start) for word in fields.words(field))
        case Follows(field, before, start):
            return f" {' '.join((*before, start))}" in fields.text(field)
        case Near(field, word, edits):
            return any(alike(other, word, edits) for other in fields.words(field))
        case OneOf(field, values):
            return not set(values).isdisjoint(fields.row.terms.get(field, ()))
        case Between(field, low, high):
            number = fields.row.numbers[field]
            return (low is None or low <= number) and (high is None or number <= high)
        case Score(clause, _):
            return holds(clause, fields)
        case Best(clauses):
            return any(holds(each, fields) for each in clauses)
        case Every(clauses, _):
            return all(holds(each, fields) for each in clauses)
        case AtLeast(count, clauses):
            return sum(holds(each, fields) for each in clauses) >= count
    return isinstance(one, Anything)


@cache
def _close(one: str, other: str) -> int:
    """In how many letters two words differ; two neighbours that changed places count as one."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def alike(one: str, other: str, edits: int) -> bool:
    """Whether two words differ in at most that many letters."""
    return abs(len(one) - len(other)) <= edits and _close(one, other) <= edits
