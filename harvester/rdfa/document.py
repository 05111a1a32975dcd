"""What holds for a whole page while it is read: its base, its blank nodes, the term of every IRI, what went wrong."""

import copy
import re
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, Self

from harvester.rdfa import iri
from harvester.rdfa.host import HTML, Host
from harvester.rdfa.parsed import INVALID, Marked

if TYPE_CHECKING:
    from harvester.rdfa.environment import Repairs

# An IRI that needs no work: absolute, ASCII, an ordinary host, no dot segments (looked for apart), nothing forbidden.
# Only ASCII because a set with ranges beyond it costs ten times as much per character; the rest goes the long way.
_ASCII = r"[!$&-;=?-Z_a-z~]*"
_CLEAN = re.compile(rf"https?://[A-Za-z0-9.\-]+(?::[0-9]+)?(?:[/?]{_ASCII})?(?:#{_ASCII})?\Z")
PREFIX_NAME = re.compile(r"[A-Za-z_][\w.\-]*\Z")
SPACE = " \t\n\r\f"
_RESOLVED_SCHEMES = ("http", "https", "file")


def is_clean(value: str) -> bool:
    """Whether the value is an absolute IRI that means itself as it stands."""
    return "/." not in value and _CLEAN.match(value) is not None


class Document:
    """What holds for the whole page: base, blank nodes, the IRI cache, faults that are not in a triple."""

    def __init__(self, base: str, repairs: "Repairs | None", address: str = "", host: Host = HTML) -> None:
        self.address = iri.split(address or base)
        self.host = host
        self.repairs = repairs
        self.faults: Counter[tuple[str, str]] = Counter()
        self.copies = False
        self.languages = {"": ""}  # language → what stands behind the quotes of a text in it
        self._marks: set[str] = set()
        self._labels: dict[str, str] = {}
        self._numbers = count()
        self.start(base)

    def start(self, base: str) -> None:
        """Resolve against this base from now on."""
        self.base = base
        self.base_parts = iri.split(base)
        self._iris: dict[str, str] = {}
        self.subject = self.iri("")

    def rebased(self, written: str) -> Self:
        """The same page under another base (`@xml:base`); itself when that gives no IRI."""
        base = iri.without_fragment(iri.resolve(self.base_parts, written.strip(SPACE)))
        if not iri.is_valid(base):
            self.faults["invalid-base", written] += 1
            return self
        other = copy.copy(self)  # blank nodes, faults and marks stay shared
        other.start(base)
        return other

    @property
    def marked(self) -> bool:
        """Whether a repair or a fault concerns a term."""
        return bool(self._marks)

    def blank(self) -> str:
        """A new blank node."""
        return f"_:b{next(self._numbers)}"

    def label(self, name: str) -> str:
        """The blank node that the page calls `_:name`; `_:` alone is one node too."""
        found = self._labels.get(name)
        if found is None:
            found = self._labels[name] = self.blank()
        return found

    def mark(self, term: str, rule: str, before: str) -> Marked:
        """The term, marked with the rule that concerns it; what is invalid stays so whatever made it."""
        self._marks.add(rule)
        if isinstance(term, Marked) and term.rule == INVALID:
            return term
        return Marked(term, rule, before)

    def iri(self, value: str) -> str:
        """The term of an IRI reference, resolved against the base; an unusable one is marked invalid."""
        term = self._iris.get(value)
        if term is None:
            term = self._iris[value] = self._resolve(value)
        return term

    def reference(self, value: str) -> str:
        """The term of `@href` or `@src`: an IRI reference, never a CURIE."""
        better = self.repairs.token(value.strip(SPACE)) if self.repairs else None
        if better is None:
            return self.iri(value)
        return self.mark(self.iri(better[1]), better[0], self.iri(value))

    def _resolve(self, value: str) -> str:
        if is_clean(value):
            return f"<{value}>"
        value = value.strip(SPACE)
        scheme, colon, _ = value.partition(":")
        absolute = bool(colon) and iri.ABSOLUTE.match(value) is not None
        if not absolute or scheme.lower() in _RESOLVED_SCHEMES:
            value = iri.resolve(self.base_parts, value)
        return self.checked(value)

    def checked(self, value: str) -> str:
        """The term of an absolute IRI, marked when no IRI may look like that."""
        if _CLEAN.match(value) or iri.is_valid(value):
            return f"<{value}>"
        return self.mark(f"<{value}>", INVALID, value)
