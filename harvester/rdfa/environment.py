"""Prefixes and vocabulary in scope, and what every attribute value means under them (cached by whole value).

A `Document` holds what is the same everywhere on a page; an `Environment` is made only where `@prefix`, `@vocab` or
`xmlns:` changes the scope. Terms are N-Triples strings; `None` means that a value says nothing.
"""

import copy
import re
from collections import Counter
from collections.abc import Mapping
from itertools import count
from typing import Protocol, Self

from belfort.vocab import RDFA, RDFA_CONTEXT, XHV
from harvester.rdfa import iri
from harvester.rdfa.host import HTML, Host
from harvester.rdfa.parsed import INVALID, UNDEFINED, Marked
from harvester.rdfa.schemes import SCHEMES


class Repairs(Protocol):
    """What the processor asks of repairs; each answer names the rule. None means: leave it as it is."""

    def token(self, token: str) -> tuple[str, str] | None:
        """(rule, better token) for one token of an attribute."""

    def prefix(self, name: str) -> tuple[str, str] | None:
        """(rule, namespace) for a prefix (lower case) that nobody declared."""

    def element(self, here: "Element") -> tuple[str, dict[str, str], str] | None:
        """(rule, better attributes, the term as plain RDFa has it) for an element with RDFa attributes."""


class Element(Protocol):
    """What a repair of a whole element looks at: its attributes, and what words mean where it stands."""

    attributes: dict[str, str]
    environment: "Environment"


# An IRI that needs no work: absolute, ASCII, an ordinary host, no dot segments (looked for apart), nothing forbidden.
# Only ASCII because a set with ranges beyond it costs ten times as much per character; the rest goes the long way.
_ASCII = r"[!$&-;=?-Z_a-z~]*"
_CLEAN = re.compile(rf"https?://[A-Za-z0-9.\-]+(?::[0-9]+)?(?:[/?]{_ASCII})?(?:#{_ASCII})?\Z")
COPY = f"<{RDFA.copy}>"
_PREFIX_NAME = re.compile(r"[A-Za-z_][\w.\-]*\Z")
_SPACE = " \t\n\r\f"
_RESOLVED_SCHEMES = ("http", "https", "file")


class Document:
    """What holds for the whole page: base, blank nodes, the IRI cache, faults that are not in a triple."""

    def __init__(self, base: str, repairs: Repairs | None, address: str = "", host: Host = HTML) -> None:
        self.address = iri.split(address or base)
        self.host = host
        self.repairs = repairs
        self.faults: Counter[tuple[str, str]] = Counter()
        self.copies = False
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
        base = iri.without_fragment(iri.resolve(self.base_parts, written.strip(_SPACE)))
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
        better = self.repairs.token(value.strip(_SPACE)) if self.repairs else None
        if better is None:
            return self.iri(value)
        return self.mark(self.iri(better[1]), better[0], self.iri(value))

    def _resolve(self, value: str) -> str:
        if "/." not in value and _CLEAN.match(value):
            return f"<{value}>"
        value = value.strip(_SPACE)
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


class Environment:
    """One prefix map with one vocabulary, and the meaning of every attribute value seen under them."""

    __slots__ = (
        "_relations",
        "_tokens",
        "document",
        "predicate_lists",
        "prefixes",
        "resources",
        "suffixes",
        "type_lists",
        "vocabulary",
    )

    def __init__(self, document: Document, prefixes: dict[str, str], vocabulary: str) -> None:
        self.document = document
        self.prefixes = prefixes
        self.vocabulary = vocabulary
        self._tokens: dict[str, str | None] = {}
        self.resources: dict[str, str | None] = {}
        self.predicate_lists: dict[str, tuple[str, ...]] = {}
        self.suffixes: dict[str, str] = {}  # @datatype → what stands behind the quotes of such a literal
        self.type_lists: dict[str, tuple[str, ...]] = {}
        self._relations: dict[str, tuple[str, ...]] = {}

    def extended(self, declared: dict[str, str], vocabulary: str | None) -> "Environment":
        """The environment below an element that declares prefixes or a vocabulary; itself when nothing changes."""
        chosen = self.vocabulary if vocabulary is None else vocabulary
        if chosen == self.vocabulary and all(self.prefixes.get(name) == to for name, to in declared.items()):
            return self
        return Environment(self.document, {**self.prefixes, **declared} if declared else self.prefixes, chosen)

    def rebased(self, written: str) -> "Environment":
        """The environment below an element with another base."""
        document = self.document.rebased(written)
        return self if document is self.document else Environment(document, self.prefixes, self.vocabulary)

    def predicates(self, value: str) -> tuple[str, ...]:
        """The IRIs that an attribute with predicates names, in order."""
        found = self.predicate_lists.get(value)
        if found is None:
            terms = self._all(value)
            found = tuple(term for term in terms if term is not None and not term.startswith("_:"))
            if COPY in found:
                self.document.copies = True
            if None not in terms:  # so that dropped tokens are counted each time they occur
                self.predicate_lists[value] = found
        return found

    def relations(self, value: str) -> tuple[str, ...]:
        """The IRIs that `@rel` or `@rev` names; HTML's own link types say nothing here and are no fault."""
        found = self._relations.get(value)
        if found is None:
            terms = [self.token(token) for token in value.split()]
            found = tuple(term for term in terms if term is not None and not term.startswith("_:"))
            if COPY in found:
                self.document.copies = True
            self._relations[value] = found
        return found

    def types(self, value: str) -> tuple[str, ...]:
        """The IRIs and blank nodes that `@typeof` names, in order."""
        found = self.type_lists.get(value)
        if found is None:
            terms = self._all(value)
            found = tuple(term for term in terms if term is not None)
            if len(found) == len(terms):
                self.type_lists[value] = found
        return found

    def token(self, token: str) -> str | None:
        """The meaning of one term, CURIE or absolute IRI."""
        try:
            return self._tokens[token]
        except KeyError:
            term = self._tokens[token] = self._repaired(token, self._token)
            return term

    def resource(self, value: str) -> str | None:
        """The meaning of `@about` or `@resource`: safe CURIE, CURIE or IRI reference."""
        try:
            return self.resources[value]
        except KeyError:
            if self.document.repairs is None and "/." not in value and _CLEAN.match(value):
                term: str | None = f"<{value}>"  # what follows would say the same
            else:
                term = self._repaired(value, self._resource)
            self.resources[value] = term
            return term

    def _all(self, value: str) -> list[str | None]:
        terms = [self.token(token) for token in value.split()]
        if None in terms:
            for token, term in zip(value.split(), terms, strict=True):
                if term is None:
                    self.document.faults["dropped-token", token] += 1
        return terms

    def _repaired(self, text: str, meaning: "Meaning") -> str | None:
        better = self.document.repairs.token(text.strip(_SPACE)) if self.document.repairs else None
        if better is None:
            return meaning(text)
        term = meaning(better[1])
        return term if term is None else self.document.mark(term, better[0], meaning(text) or f'"{text}"')

    def _token(self, token: str) -> str | None:
        if ":" not in token:
            return self._term(token)
        term = self._curie(token)
        if term is None and iri.ABSOLUTE.match(token):
            return self._undeclared(token, self.document.checked(token))
        return term

    def _term(self, token: str) -> str | None:
        if self.vocabulary:
            return self.document.checked(self.vocabulary + token)
        terms = self.document.host.terms
        known = terms.get(token) or terms.get(token.lower())
        return f"<{known}>" if known else None

    def _resource(self, value: str) -> str | None:
        text = value.strip(_SPACE)
        if text.startswith("[") and text.endswith("]"):
            term = self._curie(text[1:-1].strip(_SPACE))
            if term is None:
                self.document.faults["unknown-curie", text] += 1
            return term
        term = self._curie(text) if ":" in text else None
        return self._undeclared(text, self.document.iri(value)) if term is None else term

    def _curie(self, text: str) -> str | None:
        name, colon, local = text.partition(":")
        if not colon or local.startswith("//"):
            return None
        if name == "_":
            return self.document.label(local)
        namespace = self.prefixes.get(name.lower()) if name else str(XHV)
        return None if namespace is None else self.document.checked(namespace + local)

    def _undeclared(self, text: str, term: str) -> str:
        """The term of a value that plain RDFa takes for an IRI, unless its scheme looks like a forgotten prefix."""
        name, colon, local = text.partition(":")
        if not colon or local.startswith("//") or name.lower() in SCHEMES or not _PREFIX_NAME.match(name):
            return term
        known = self.document.repairs.prefix(name.lower()) if self.document.repairs else None
        if known is None:
            return term if type(term) is Marked else self.document.mark(term, UNDEFINED, name)
        return self.document.mark(self.document.checked(f"{known[1]}{local}"), known[0], term)


class Meaning(Protocol):
    """A function from an attribute value to its term."""

    def __call__(self, text: str, /) -> str | None:
        """The term, or None."""


def initial(document: Document) -> Environment:
    """The environment at the root of a page: the RDFa initial context."""
    return Environment(document, {name: str(to) for name, to in RDFA_CONTEXT.items()}, "")


def declared_prefixes(document: Document, value: str) -> dict[str, str]:
    """The prefixes that an `@prefix` declares, by lower-case name; what is no pair is a fault and is skipped."""
    found: dict[str, str] = {}
    name = ""
    for word in value.split():
        if word.endswith(":") and (not name or _PREFIX_NAME.match(word[:-1])):
            if name:
                document.faults["prefix-syntax", name] += 1
            name = word
        elif name:
            if name not in ("_:", ":"):
                found[name[:-1].lower()] = _namespace(document, word)
            name = ""
        else:
            document.faults["prefix-syntax", word] += 1
    if name:
        document.faults["prefix-syntax", name] += 1
    return found


def _namespace(document: Document, word: str) -> str:
    """A prefix IRI is resolved against the address of the page, not its base; CURIEs are checked when used."""
    return word if iri.ABSOLUTE.match(word) else iri.resolve(document.address, word)


def declared_xmlns(document: Document, attributes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that `xmlns:` attributes declare, by lower-case name."""
    found = {}
    for name, value in attributes.items():
        if name.startswith("xmlns:") and value and name != "xmlns:_":
            found[name[6:].lower()] = _namespace(document, value.strip(_SPACE))
    return found
