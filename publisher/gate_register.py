"""The gate's rules for register origins: an allow-list of (class, predicate), nothing else."""

from collections import Counter

from belfort import rdf
from shapes import policy

Statements = list[tuple[str, str]]


class RegisterGate:
    """Decides per subject of one register origin; knows all its subjects, since a person is public only in a role."""

    def __init__(self, subjects: dict[str, Statements], held: Counter[tuple[str, str]]) -> None:
        self._subjects = subjects
        self._held = held
        self._rules = {name: rule for rule in policy.register_rules() for name in rule.classes}
        self._decided: dict[str, bool] = {}
        pointing = {predicate for rule in policy.register_rules() for names, _ in rule.only_with for predicate in names}
        self._pointers: dict[str, list[tuple[str, str]]] = {}
        for subject, statements in subjects.items():
            for predicate, term in statements:
                if predicate[1:-1] in pointing:
                    self._pointers.setdefault(term, []).append((predicate[1:-1], subject))

    def keep(self, subject: str, statements: Statements) -> Statements:
        """The statements about the subject that may be public."""
        rules = self._rules_of(subject)
        if not rules:
            known = sorted(rdf.curie(o[1:-1]) for p, o in statements if p == rdf.TYPE)
            code = "unknown-class" if known else "untyped"
            self._held[code, ", ".join(known) or "onderwerp"] += 1
            return []
        if not self._is_public(subject):
            drafts = any(self._unless(subject, rule) for rule in rules)
            self._held["draft" if drafts else "not-in-a-role", rdf.curie(min(rules[0].classes))] += 1
            return []
        predicates = frozenset().union(*(rule.predicates for rule in rules))
        kept = []
        for predicate, term in statements:
            if predicate == rdf.TYPE:
                if self._rules.get(term[1:-1]) in rules:
                    kept.append((predicate, term))
            elif predicate[1:-1] in predicates:
                kept.append((predicate, term))
            else:
                self._held["not-public", rdf.curie(predicate[1:-1])] += 1
        return kept

    def _rules_of(self, subject: str) -> list[policy.Rule]:
        """The rules of its classes; a class that decides alone leaves only its own."""
        rules: list[policy.Rule] = []
        for predicate, term in self._subjects.get(subject, ()):
            if predicate == rdf.TYPE:
                rule = self._rules.get(term[1:-1])
                if rule and rule not in rules:
                    rules.append(rule)
        first = [rule for rule in policy.register_rules() if rule.first and rule in rules]
        return first[:1] or rules

    def _is_public(self, subject: str) -> bool:
        """Whether the subject as a whole may be public: not a draft, and pointed at by something public if it must."""
        if subject not in self._decided:
            self._decided[subject] = False  # a circle of pointers proves nothing
            self._decided[subject] = self._decide(subject)
        return self._decided[subject]

    def _decide(self, subject: str) -> bool:
        rules = self._rules_of(subject)
        if not rules or any(self._unless(subject, rule) for rule in rules):
            return False
        return all(not rule.only_with or self._is_pointed_at(subject, rule) for rule in rules)

    def _unless(self, subject: str, rule: policy.Rule) -> bool:
        return any(
            predicate[1:-1] in names and term == f"<{value}>"
            for names, value in rule.unless
            for predicate, term in self._subjects[subject]
        )

    def _is_pointed_at(self, subject: str, rule: policy.Rule) -> bool:
        for predicate, pointer in self._pointers.get(subject, ()):
            for names, required in rule.only_with:
                if predicate in names and self._rules[required] in self._rules_of(pointer) and self._is_public(pointer):
                    return True
        return False
