"""What the processor says about a page: triples, what went wrong, what the repairs changed, and where it stands."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Self

from belfort.errors import InvalidInput
from belfort.rdf import Triple
from belfort.records.issue import Issue

if TYPE_CHECKING:
    from harvester.rdfa.element import Element


class Unreadable(InvalidInput):
    """Nothing can be said about the page; `code` and `fix` are those of the issue that says why."""

    code: ClassVar[str]
    fix: ClassVar[str]


class Marked(str):
    """A term with a story: what it was written as, and the repair (or the fault) that makes it noteworthy.

    It is the term for every purpose; the mark is looked for once, after the walk, so the walk pays nothing for it.
    """

    __slots__ = ("before", "rule")
    rule: str
    before: str

    def __new__(cls, term: str, rule: str, before: str) -> Self:
        """A term that says which rule made it, and from what."""
        new = super().__new__(cls, term)
        new.rule = rule
        new.before = before
        return new


INVALID = "invalid-iri"
UNDEFINED = "undefined-prefix"
FAULTS = frozenset({INVALID, UNDEFINED})


def bare(term: str) -> str:
    """The IRI of a term, which keeps the story of a repair."""
    if type(term) is Marked and term.rule not in FAULTS:
        return Marked(term[1:-1], term.rule, term.before[1:-1])
    return term[1:-1]


@dataclass(frozen=True)
class Trace:
    """One triple that a repair changed: the rule, the terms as plain RDFa reads them, and the triple as it is now."""

    rule: str
    before: Triple
    after: Triple


@dataclass(frozen=True)
class Places:
    """Which element each triple came from; an element path is made only when someone asks."""

    raw: list[Triple] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    elements: list["Element"] = field(default_factory=list)
    path: Callable[["Element"], str] = field(default=lambda _: "")

    def of(self, triple: Triple) -> str:
        """The CSS path of the element that first stated the triple, or an empty string."""
        element = self.element(triple)
        return self.path(element) if element is not None else ""

    def element(self, triple: Triple) -> "Element | None":
        """The element that first stated the triple."""
        try:
            index = self.raw.index(triple)
        except ValueError:
            return None
        at = bisect_right(self.starts, index) - 1
        return self.elements[at] if at >= 0 else None


@dataclass(frozen=True)
class Parsed:
    """The result of one page.

    `triples` are distinct, in document order, blank nodes `_:b0`, `_:b1`, …; `raw` is their number before equal ones
    were taken together and unusable ones dropped.
    """

    triples: list[Triple]
    issues: list[Issue]
    traces: list[Trace]
    raw: int
    base: str
    places: Places = field(repr=False, compare=False)

    def place(self, triple: Triple) -> str:
        """The CSS path of the element that first stated the triple."""
        return self.places.of(triple)
