"""The gate's rules for pages: publications whole, people by name in a role, the register's entities as claims."""

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import unquote

from belfort import rdf
from belfort.vocab import PREFIXES, RDFA, XHV
from shapes import policy

Statements = list[tuple[str, str]]

# What RDFa processing itself leaves behind says nothing about the subject.
_NOISE = frozenset({f"<{RDFA.usesVocabulary}>", f"<{XHV.role}>"})


class PageGate:
    """Decides per subject of one page; knows all its subjects, since a person is public only in a role."""

    def __init__(self, subjects: dict[str, Statements], held: Counter[tuple[str, str]]) -> None:
        self._rules = policy.pages()
        self._held = held
        rules = self._rules
        self._in_role: set[str] = set()
        self._claimed: set[str] = set()
        for statements in subjects.values():
            role = not rules.roles.isdisjoint(_classes(statements))
            for predicate, term in statements:
                if role and predicate[1:-1] in rules.alias:
                    self._in_role.add(term)
                elif predicate[1:-1] in rules.claim_objects:
                    self._claimed.add(term)

    def keep(self, subject: str, statements: Statements) -> Statements:
        """The statements about the subject that may be public."""
        rules, classes = self._rules, _classes(statements)
        if _is_unresolved(subject):
            return self._hold("unresolved-name", rdf.curie(subject[1:-1]))
        role = not rules.roles.isdisjoint(classes)
        if not rules.persons.isdisjoint(classes):
            if not role and subject not in self._in_role:
                return self._hold("not-in-a-role", "persoon")
            return self._only(statements, rules.names | (rules.role_predicates if role else frozenset()))
        if role:
            return self._only(statements, rules.names | rules.role_predicates)
        publication = any(self._is_publication(name) for name in classes)
        if not rules.organs.isdisjoint(classes) and not publication:
            return self._only(statements, rules.organ_predicates)
        if subject in self._claimed or (not publication and not rules.claims.isdisjoint(classes)):
            return self._hold("claim", ", ".join(sorted(rdf.curie(name) for name in classes)) or "?")
        if publication:
            return self._all_but_private(statements)
        if classes:
            return self._hold("unknown-class", ", ".join(sorted(rdf.curie(name) for name in classes)))
        return self._untyped(statements)

    def _is_publication(self, name: str) -> bool:
        rules = self._rules
        return name in rules.owned or name in rules.shared or name.startswith(rules.class_prefixes)

    def _hold(self, code: str, what: str) -> Statements:
        self._held[code, what] += 1
        return []

    def _only(self, statements: Statements, predicates: frozenset[str]) -> Statements:
        """Types and the given predicates; of a type only those that the policy knows."""
        rules = self._rules
        known = rules.persons | rules.roles | rules.organs
        kept = []
        for predicate, term in statements:
            if predicate == rdf.TYPE:
                if term[1:-1] in known:
                    kept.append((predicate, term))
            elif predicate[1:-1] in predicates:
                kept.append((predicate, term))
            else:
                self._held["not-public", rdf.curie(predicate[1:-1])] += 1
        return kept

    def _all_but_private(self, statements: Statements) -> Statements:
        kept = []
        for predicate, term in statements:
            if predicate in _NOISE:
                continue
            if predicate[1:-1] in self._rules.private or _is_private_word(predicate):
                self._held["not-public", rdf.curie(predicate[1:-1])] += 1
            elif _is_unresolved(predicate) or (term.startswith("<") and _is_unresolved(term)):
                self._held["unresolved-name", rdf.curie(predicate[1:-1])] += 1
            else:
                kept.append((predicate, term))
        return kept

    def _untyped(self, statements: Statements) -> Statements:
        """A subject without a class: only what publications say, so that no person slips out untyped."""
        namespaces = tuple(f"<{name}" for name in self._rules.untyped_namespaces)
        kept = [(p, o) for p, o in self._all_but_private(statements) if p.startswith(namespaces)]
        if not kept and any(predicate not in _NOISE for predicate, _ in statements):
            self._held["untyped", "onderwerp"] += 1
        return kept


@lru_cache(maxsize=4096)
def _is_private_word(predicate: str) -> bool:
    """Whether the last part of a predicate names something private in words that no rule spells out."""
    name = re.split("[/#:]", unquote(predicate[1:-1]).rstrip("/#"))[-1].lower()
    return any(word in name for word in policy.pages().private_words)


def _classes(statements: Statements) -> set[str]:
    return {term[1:-1] for predicate, term in statements if predicate == rdf.TYPE and term.startswith("<")}


def _is_unresolved(term: str) -> bool:
    """Whether an IRI is a prefixed name that no prefix resolved (`besluit:Besluit` as a whole IRI)."""
    scheme, colon, rest = term[1:-1].partition(":")
    return bool(colon) and scheme in PREFIXES and not rest.startswith("//")
