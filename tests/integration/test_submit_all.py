"""Many pages at once: while one is stored the next is read, and the outcome is as if they went one by one."""

from collections.abc import Callable, Iterator
from itertools import islice

import pytest
import sqlalchemy as sa

from belfort.jobs import Context
from belfort.records.entity import entity
from harvester.reading import Reader
from harvester.submit import Page, Submitted, submit, submit_all
from tests.support.pages import PAGE

Make = Callable[..., Context]
PAGES = [
    Page(f"https://gemeente.example/{number}", PAGE.replace("</", f" {number}</", 1).encode(), "gemeente")
    for number in range(5)
]
SILENT = Page("https://gemeente.example/leeg", b"<p>niets", "gemeente")
PRIVATE = Page("https://gemeente.example/85.07.30-033.28", PAGES[0].content, "gemeente")
BOMB = Page("https://gemeente.example/bom", b"<div>" * 300_000, "gemeente")


@pytest.fixture
def reader(make_context: Make) -> Iterator[Reader]:
    made = Reader(make_context().settings)
    yield made
    made.close()


def _public(context: Context) -> list[tuple[str, str]]:
    with context.engine.connect() as connection:
        return [
            tuple(row) for row in connection.execute(sa.select(entity.c.iri, entity.c.lines).order_by(entity.c.iri))
        ]


def _codes(done: Submitted) -> set[str]:
    return {one.code for one in done.issues}


def test_as_one_by_one(make_context: Make, reader: Reader) -> None:
    """The same submissions in the same order, and the same public data, also around a page that fails."""
    pages = [PRIVATE, *PAGES[:2], SILENT, PRIVATE, BOMB, *PAGES[2:], PRIVATE]
    at_once, one_by_one = make_context(), make_context()
    done = list(submit_all(at_once, reader, pages))
    single = [submit(one_by_one, reader, page) for page in pages]
    assert [(one.url, one.submission, _codes(one)) for one in done] == [
        (one.url, one.submission, _codes(one)) for one in single
    ]
    assert [one.submission is None for one in done] == [page in (SILENT, BOMB, PRIVATE) for page in pages]
    assert _public(at_once) == _public(one_by_one) != []


def test_a_child_that_dies_costs_one_page(make_context: Make, reader: Reader) -> None:
    """When the child is killed while it reads, that page has an issue and the others their submissions."""
    done = []
    for one in submit_all(make_context(), reader, PAGES):
        done.append(one)
        if len(done) == 2:
            reader.close()  # the page after next was asked already
    assert ["crashed" in _codes(one) for one in done] == [False, False, True, False, False]
    assert [one.submission is None for one in done] == [False, False, True, False, False]


def test_stopping_early_mixes_nothing_up(make_context: Make, reader: Reader) -> None:
    """Who stops after two pages can go on with the reader: no answer is taken for that of another page."""
    context = make_context()
    first = list(islice(submit_all(context, reader, PAGES), 2))
    rest = [submit(context, reader, page) for page in PAGES[2:]]
    assert [one.url for one in [*first, *rest]] == [page.url for page in PAGES]
    together = make_context()
    list(submit_all(together, reader, PAGES))
    assert _public(context) == _public(together)


def test_no_pages(make_context: Make, reader: Reader) -> None:
    """Nothing to do is done at once."""
    assert list(submit_all(make_context(), reader, [])) == []
