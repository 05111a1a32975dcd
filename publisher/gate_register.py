"""The gate's rules for register origins: an allow-list of (class, predicate, kind of value), nothing else.

Besides what a subject says of itself only who points at it decides, and who points at those: so a part of an origin
is judged as in the whole when all of those are at hand (`publisher.register.count`).
"""

from collections import Counter

from belfort import rdf
from belfort.vocab import PREFIXES
from shapes import policy
from shapes.policy.kinds import Kind, fits

Statements = list[tuple[str, str]]


def named(iri: str) -> str:
    """The IRI of a class or predicate as it may stand in counts and issues: of a vocabulary that nobody knows only the
    host, since its name is the source's own word and may be anything."""
    if iri.startswith(_KNOWN):
        return iri
    scheme, slashes, rest = iri.partition("//")
    return f"{scheme}//{rest.partition('/')[0]}/…" if slashes else f"{scheme.partition(':')[0]}:…"


_KNOWN = tuple({f"{scheme}://{str(space).partition('://')[2]}" for space in PREFIXES.values()
                for scheme in ("http", "https")})  # fmt: skip


class RegisterGate:
    """Decides per subject of one register origin; knows all its subjects, since a person is public only in a role."""

    def __init__(self, subjects: dict[str, Statements], held: Counter[tuple[str, str]]) -> None:
        self._subjects = subjects
        self._held = held
        self._policy = policy.register()
        self._decided: dict[str, bool] = {}
        self._pointers: dict[str, list[tuple[str, str]]] = {}
        pointing = self._policy.owning.union(
            *(names for rule in self._policy.rules for names, _ in rule.only_with)
        )  # fmt: skip
        for subject, statements in subjects.items():
            for predicate, term in statements:
                if predicate[1:-1] in pointing:
                    self._pointers.setdefault(term, []).append((predicate[1:-1], subject))

    def keep(self, subject: str, statements: Statements) -> Statements:
        """The statements about the subject that may be public."""
        rules = self._rules_of(subject)
        if not rules:
            known = sorted(rdf.curie(named(o[1:-1])) for p, o in statements if p == rdf.TYPE)
            self._held["unknown-class" if known else "untyped", ", ".join(known) or "onderwerp"] += 1
            return []
        if not self._is_public(subject):
            code = next((code for rule in rules if (code := self._other_value(subject, rule))), "not-in-a-role")
            self._held[code, rdf.curie(min(rules[0].classes))] += 1
            return []
        allowed: dict[str, Kind] = {}
        for rule in rules:
            allowed |= rule.predicates
        kept = []
        for predicate, term in statements:
            kind = allowed.get(predicate[1:-1])
            if predicate == rdf.TYPE:
                if self._policy.by_class.get(term[1:-1]) in rules:
                    kept.append((predicate, term))
                else:
                    self._held["not-public", "rdf:type"] += 1
            elif kind is None:
                self._held["not-public", rdf.curie(named(predicate[1:-1]))] += 1
            elif fits(term, kind):
                kept.append((predicate, term))
            else:
                self._held["other-kind", rdf.curie(predicate[1:-1])] += 1
        return kept

    def _rules_of(self, subject: str) -> list[policy.Rule]:
        """The rules of its classes; a class that decides alone leaves only its own."""
        rules: list[policy.Rule] = []
        for predicate, term in self._subjects.get(subject, ()):
            if predicate == rdf.TYPE:
                rule = self._policy.by_class.get(term[1:-1])
                if rule and rule not in rules:
                    rules.append(rule)
        first = [rule for rule in self._policy.rules if rule.first and rule in rules]
        return first[:1] or rules

    def _is_public(self, subject: str) -> bool:
        """Whether the subject as a whole may be public: not a draft, and pointed at by something public if it must."""
        if subject not in self._decided:
            self._decided[subject] = False  # a circle of pointers proves nothing
            self._decided[subject] = self._decide(subject)
        return self._decided[subject]

    def _decide(self, subject: str) -> bool:
        rules = self._rules_of(subject)
        if not rules or any(self._other_value(subject, rule) for rule in rules) or self._is_of_another(subject):
            return False
        return all(not rule.only_with or self._is_pointed_at(subject, rule) for rule in rules)

    def _other_value(self, subject: str, rule: policy.Rule) -> str:
        """The code of a value that holds the subject as a whole, or nothing."""
        for names, values, code in rule.only_values:
            for predicate, term in self._subjects[subject]:
                if predicate[1:-1] in names and rdf.value(term) not in values:
                    return code
        return ""

    def _is_of_another(self, subject: str) -> bool:
        """Whether something points at the subject as its own that may not say so in public."""
        for predicate, pointer in self._pointers.get(subject, ()):
            if predicate in self._policy.owning:
                rules = self._rules_of(pointer)
                if not any(predicate in rule.predicates for rule in rules):
                    return True
        return False

    def _is_pointed_at(self, subject: str, rule: policy.Rule) -> bool:
        for predicate, pointer in self._pointers.get(subject, ()):
            for names, required in rule.only_with:
                asked = self._policy.by_class[required]
                if predicate in names and asked in self._rules_of(pointer) and self._is_public(pointer):
                    return True
        return False
