"""Translates a plan into the query language of Elasticsearch, primitive by primitive. Pure.

What was learned from real servers (8.19, 9.2), each held by a test:
- A whitespace field with its own BM25 scores as the embedded engine does (k1 1.2, b 0.75, times k1 + 1).
- `match_phrase_prefix` looks at 50 words only unless told otherwise; with a high `max_expansions` it is exact, where
  `intervals` and spans fail on a beginning that more words share than clauses are allowed. It scores by BM25, so it
  is wrapped.
- `fuzzy` keeps the 50 nearest words unless its `rewrite` is `constant_score`.
- A query may nest 30 deep and have 1024 clauses or more (by heap and processors; 8192 on a small node); `terms` takes
  65,536 values; the aggregations of one request give 65,536 buckets together.
"""

from collections.abc import Iterable, Mapping
from typing import Any

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

Query = dict[str, Any]

_ALL_WORDS = 10_000_000
"""More words than a language has: `match_phrase_prefix` then looks at all that begin so."""


def whole(plan: Plan, *, without: Iterable[str] = ()) -> Query:
    """What a plan matches, without some of its filters."""
    left_out = frozenset(without)
    kept = filters(clause for name, clause in plan.filters.items() if name not in left_out)
    built: Query = {"filter": kept}
    if not kept or not isinstance(plan.wanted, Anything):
        built["must"] = [query(plan.wanted)]
    if plan.unwanted:
        built["must_not"] = filters(plan.unwanted)
    return {"bool": built}


def chosen(plan: Plan, names: Iterable[str]) -> Query:
    """The filters of these names alone."""
    return {"bool": {"filter": filters(plan.filters[name] for name in names)}}


def filters(clauses: Iterable[Clause]) -> list[Query]:
    """The clauses where nothing is scored."""
    return [_match(clause) for clause in clauses]


def query(one: Clause) -> Query:
    """What one clause matches, and how it scores."""
    match one:
        case Term(field, word, weight):
            return {"term": {field: {"value": _text(word), "boost": weight}}}
        case Words(field, words, weight):
            return {"match_phrase": {field: {"query": _text(" ".join(words)), "boost": weight}}}
        case Starts() | Follows() | Near():
            return _constant(_match(one), one.weight)
        case Score(clause, score):
            return _constant(_match(clause), score)
        case Nothing():
            return {"match_none": {}}
        case OneOf() | Between() | Anything():
            return _constant(_match(one), 0.0)
        case Best(clauses):
            return {"dis_max": {"tie_breaker": TIE, "queries": [query(each) for each in clauses]}}
        case AtLeast(count, clauses):
            return {"bool": {"should": [query(each) for each in clauses], "minimum_should_match": count}}
        case Every(clauses, extra):
            return {"bool": {"must": [query(each) for each in clauses], "should": [query(each) for each in extra]}}


def _match(one: Clause) -> Query:
    """What one clause matches, for where scores do not count or are given."""
    match one:
        case OneOf(field, values):
            return {"terms": {field: [_text(value) for value in values]}}
        case Between(field, low, high):
            return {"range": {field: {"gte": low, "lte": high}}}
        case Anything():
            return {"term": {"kind": "document"}}
        case Starts(field, start):
            return {"prefix": {field: {"value": _text(start)}}}
        case Follows(field, before, start):
            words = _text(" ".join((*before, start)))
            return {"match_phrase_prefix": {field: {"query": words, "max_expansions": _ALL_WORDS}}}
        case Near(field, word, edits):
            return {"fuzzy": {field: {"value": _text(word), "fuzziness": edits, "rewrite": "constant_score"}}}
        case Score(clause):
            return _match(clause)
    return query(one)


def _constant(matched: Query, score: float) -> Query:
    return {"constant_score": {"filter": matched, "boost": score}}


def _text(value: str) -> str:
    """The value as it is in the index: half a character (a lone surrogate) is a question mark."""
    return value.encode("utf-8", "replace").decode()


def sort(order: str) -> list[Mapping[str, str]]:
    """The order of hits; equal scores are ordered by day, so that a page can go on where one ended."""
    return [{"_score": "desc"}, {"newest": "desc"}] if order == "score" else [{order: "desc"}]
