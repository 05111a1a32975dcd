"""Translates a plan into a tantivy query, primitive by primitive. User text never reaches a parser of tantivy."""

from collections.abc import Iterable

from tantivy import FieldType, Occur, Schema
from tantivy import Query as Built

from search.plan import (
    TIE,
    Anything,
    AtLeast,
    Best,
    Between,
    Clause,
    Every,
    Follows,
    Near,
    Nothing,
    OneOf,
    Plan,
    Score,
    Starts,
    Term,
    Words,
)  # fmt: skip


class Translator:
    """Builds queries for one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def plan(self, plan: Plan, *more: Clause) -> Built:
        """What a plan matches, and these clauses that score nothing."""
        held = [*plan.filters.values(), *more]
        clauses = [(Occur.Must, Built.const_score_query(self.clause(one), 0.0)) for one in held]
        if not held or not isinstance(plan.wanted, Anything):
            clauses.insert(0, (Occur.Must, self.clause(plan.wanted)))
        clauses += [(Occur.MustNot, self.clause(one)) for one in plan.unwanted]
        return Built.boolean_query(clauses)

    def clause(self, one: Clause) -> Built:
        """What one clause matches."""
        match one:
            case Term(field, word, weight):
                return Built.boost_query(Built.term_query(self._schema, field, word, "freq"), weight)
            case Words(field, words, weight):
                return Built.boost_query(Built.phrase_query(self._schema, field, list(words)), weight)
            case Starts(field, start, weight):
                # A start has letters and digits only, so it is its own regular expression.
                return Built.boost_query(Built.regex_query(self._schema, field, f"{start}.*"), weight)
            case Follows(field, before, start, weight):
                phrase = Built.regex_phrase_query(self._schema, field, [*before, f"{start}.*"])
                return Built.const_score_query(phrase, weight)
            case Near(field, word, edits, weight):
                return Built.const_score_query(Built.fuzzy_term_query(self._schema, field, word, edits), weight)
            case Score(clause, score):
                return Built.const_score_query(self.clause(clause), score)
        return self._silent(one) if isinstance(one, OneOf | Between | Anything | Nothing) else self._group(one)

    def _silent(self, one: OneOf | Between | Anything | Nothing) -> Built:
        match one:
            case OneOf(field, values):
                found = Built.term_set_query(self._schema, field, list(values))
            case Between(field, low, high):
                found = Built.range_query(self._schema, field, FieldType.Unsigned, low, high)
            case Anything():
                found = Built.term_query(self._schema, "kind", "document", "basic")
            case Nothing():
                return Built.empty_query()
        return Built.const_score_query(found, 0.0)

    def _group(self, one: Best | Every | AtLeast) -> Built:
        match one:
            case Best(clauses):
                return Built.disjunction_max_query(self._each(clauses), TIE)
            case AtLeast(count, clauses):
                should = [(Occur.Should, built) for built in self._each(clauses)]
                return Built.boolean_query(should, minimum_number_should_match=count)
            case Every(clauses, extra):
                must = [(Occur.Must, built) for built in self._each(clauses)]
                return Built.boolean_query(must + [(Occur.Should, built) for built in self._each(extra)])

    def _each(self, clauses: Iterable[Clause]) -> list[Built]:
        return [self.clause(one) for one in clauses]
