"""Known items on real pages: what people half remember stands among the first hits, and junk finds nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from belfort.jobs import open_context
from belfort.settings import Settings
from search.projection.projector import project
from search.query import Query
from search.searcher import Searcher
from tests.support.known_items import JUNK, Item, items, mrr, submit_pages

ITEMS = [item for item in items() if item.kind != JUNK]
FIRST = 3
ENOUGH = 45
"""Of 50 questions, those that must have what they seek among the first `FIRST` hits."""
LEAST_MRR = 0.85
MOST_DIFFERENCE = 0.02

_mrr_of: dict[str, float] = {}


@pytest.fixture(scope="module")
def pages(shared: Path, new_settings: Callable[[], Settings]) -> Iterator[Searcher]:
    """A searcher over the real pages, on the engine under test."""
    settings = new_settings()
    context = open_context(settings)
    try:
        assert submit_pages(context, shared / "data/pages") >= 8
        project(context, True)
        yield Searcher(settings)
    finally:
        context.engine.dispose()


def ranks(searcher: Searcher) -> dict[Item, int]:
    """The place at which each question finds its item."""
    found = {item: searcher.search(Query(item.text, per_pagina=50)).hits for item in ITEMS}
    return {item: item.rank([hit.iri for hit in hits]) for item, hits in found.items()}


def test_what_is_half_remembered_is_found(pages: Searcher, request: pytest.FixtureRequest) -> None:
    """Of fifty questions 45 have their item among the first three; engines differ little in the mean."""
    found = ranks(pages)
    missed = {item.text: rank for item, rank in found.items() if not 1 <= rank <= FIRST}
    assert len(found) == 50
    assert len(found) - len(missed) >= ENOUGH, missed
    mean = _mrr_of[request.node.name] = mrr(list(found.values()))
    assert mean >= LEAST_MRR, missed
    assert max(_mrr_of.values()) - min(_mrr_of.values()) <= MOST_DIFFERENCE, _mrr_of


@pytest.mark.parametrize("text", [item.text for item in items() if item.kind == JUNK])
def test_junk_finds_nothing(pages: Searcher, text: str) -> None:
    """Words that stand in no page find nothing, not even something similar."""
    results = pages.search(Query(text))
    assert (results.total, results.hits) == (0, ()), [hit.title for hit in results.hits[:3]]
