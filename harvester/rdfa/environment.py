"""Prefixes and vocabulary in scope, and what every attribute value means under them (cached by whole value).

An `Environment` is made only where `@prefix`, `@vocab`, `xmlns:` or `xml:base` changes the scope. Terms are N-Triples
strings; `None` means that a value says nothing.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from belfort.vocab import RDFA, RDFA_CONTEXT, XHV
from harvester.rdfa import iri
from harvester.rdfa.document import PREFIX_NAME, SPACE, Document, is_clean
from harvester.rdfa.parsed import UNDEFINED, Marked
from harvester.rdfa.schemes import SCHEMES

COPY = f"<{RDFA.copy}>"


class Repairs(Protocol):
    """What the processor asks of repairs; each answer names the rule. None means: leave it as it is."""

    @property
    def watched(self) -> Mapping[str, Callable[[str], object]]:
        """Attribute → whether `element` may have something to say about an element that has it with this value.

        That is looked at for the shapes that go the short way (`kinds`), so that they need not go the long one.
        """

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
        """The IRIs that an attribute with predicates names, in order; tokens that say nothing are counted."""
        found = self.predicate_lists.get(value)
        if found is None:
            found, whole = self.named(value), self._count_dropped(value)
            if COPY in found:
                self.document.copies = True
            if whole:  # else not kept, so that dropped tokens are counted each time they occur
                self.predicate_lists[value] = found
        return found

    def named(self, value: str) -> tuple[str, ...]:
        """The IRIs that an attribute with terms, CURIEs or IRIs names, for who only looks: nothing is counted."""
        return tuple(term for term in map(self.token, value.split()) if term is not None and not term.startswith("_:"))

    def relations(self, value: str) -> tuple[str, ...]:
        """The IRIs that `@rel` or `@rev` names; HTML's own link types say nothing here and are no fault."""
        found = self._relations.get(value)
        if found is None:
            found = self._relations[value] = self.named(value)
            if COPY in found:
                self.document.copies = True
        return found

    def types(self, value: str) -> tuple[str, ...]:
        """The IRIs and blank nodes that `@typeof` names, in order; tokens that say nothing are counted."""
        found = self.type_lists.get(value)
        if found is None:
            found = tuple(term for term in map(self.token, value.split()) if term is not None)
            if self._count_dropped(value):
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
            term = self.resources[value] = self._repaired(value, self._resource)
            return term

    def _count_dropped(self, value: str) -> bool:
        """Count the tokens that say nothing; true when there are none."""
        dropped = [token for token in value.split() if self.token(token) is None]
        for token in dropped:
            self.document.faults["dropped-token", token] += 1
        return not dropped

    def _repaired(self, text: str, meaning: "Meaning") -> str | None:
        better = self.document.repairs.token(text.strip(SPACE)) if self.document.repairs else None
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
        vocabulary = self.vocabulary
        if vocabulary:
            term = self.document.checked(vocabulary + token)
            if type(vocabulary) is Marked:
                term = self.document.mark(term, vocabulary.rule, f"<{vocabulary.before}{token}>")
            return term
        terms = self.document.host.terms
        known = terms.get(token) or terms.get(token.lower())
        return f"<{known}>" if known else None

    def _resource(self, value: str) -> str | None:
        if is_clean(value):
            return f"<{value}>"  # what follows would say the same
        text = value.strip(SPACE)
        if text.startswith("[") and text.endswith("]"):
            term = self._curie(text[1:-1].strip(SPACE))
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
        if not colon or local.startswith("//") or name.lower() in SCHEMES or not PREFIX_NAME.match(name):
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
