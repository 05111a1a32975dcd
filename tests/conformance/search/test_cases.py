"""The cases of `cases/`, a table per group, on every engine."""

from importlib import import_module
from pathlib import Path

import pytest

from belfort.errors import UsageError
from search.query import Query, from_parameters
from search.results import Hit, Results
from search.searcher import SHOWN_FACETS, Searcher
from tests.conformance.search.case import Case
from tests.support import search_corpus
from tests.support.search_corpus import by_hand, made_up, name, slug

GROUPS = sorted(path.stem for path in (Path(__file__).parent / "cases").glob("*.py"))
TABLE = [
    pytest.param(case, id=f"{group}-{number:02}")
    for group in GROUPS
    for number, case in enumerate(import_module(f"tests.conformance.search.cases.{group}").CASES)
]


def query(case: Case) -> Query:
    """The question of a case, by way of the parameters of an address."""
    parameters: dict[str, list[str]] = {"q": [case.q], "per_pagina": ["200"]}
    for pair in case.ask.split():
        key, _, short = pair.partition("=")
        is_filter = key in Query.__dataclass_fields__ and isinstance(getattr(Query(), key), tuple)
        given = [search_corpus.value(key, short) if is_filter else short]
        parameters[key] = given if key == "per_pagina" else parameters.get(key, []) + given
    return from_parameters(parameters)


@pytest.mark.parametrize("case", TABLE)
def test_case(searcher: Searcher, case: Case) -> None:
    """The question gives exactly what its row of the table says."""
    if case.refused:
        with pytest.raises(UsageError, match=case.refused):
            searcher.search(query(case))
        return
    results = searcher.search(query(case), dict.fromkeys((*SHOWN_FACETS, *case.facets)))
    names = [name(hit.iri) for hit in results.hits]
    if case.finds is not None:
        assert sorted(names) == sorted(case.finds.split())
        assert results.total == len(names)
    if case.order is not None:
        assert names == case.order.split()
    if case.total is not None:
        assert results.total == case.total
    _relevance(names, case)
    _rest(results, case)


def _relevance(names: list[str], case: Case) -> None:
    for pair in case.above.split():
        first, _, second = pair.partition(">")
        assert names.index(first) < names.index(second), names


def _rest(results: Results, case: Case) -> None:
    assert results.fuzzy == case.fuzzy
    for facet, expected in case.facets.items():
        assert {slug(one.value): one.count for one in results.facets[facet]} == expected
    if case.note is not None:
        assert case.note in " ".join(results.notes)
    elif not case.fuzzy:
        assert results.notes == ()
    if case.title is not None:
        assert _only(results).title_pieces == case.title
    if case.fragments is not None:
        assert _only(results).fragmenten == case.fragments


def _only(results: Results) -> Hit:
    (hit,) = results.hits
    return hit


def test_the_suite_is_as_large_as_it_says() -> None:
    """Hundreds of documents made by hand, each name once, thousands made up, and hundreds of cases."""
    assert len({document.iri for document in by_hand()}) == len(by_hand()) >= 400
    assert len(made_up()) >= 3000
    assert len(TABLE) >= 250
    assert not {search_corpus.word(n) for n in range(50)} & {search_corpus.word(n) for n in range(100, 1200)}
