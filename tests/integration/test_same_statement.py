"""A page whose bytes changed and whose statement did not: evidence is kept, nothing else happens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from belfort import acceptance, jobs
from belfort.records import change, ledger, snapshot, submission
from belfort.settings import Settings
from harvester.reading import Reader
from harvester.submit import Page, submit
from tests.support.pages import PAGE

URL = "https://raad.example.be/gr/1/notulen"


@pytest.fixture
def context(tmp_path: Path) -> jobs.Context:
    """A store of its own."""
    return jobs.open_context(Settings(data=tmp_path))


@pytest.fixture
def reader(context: jobs.Context) -> Iterator[Reader]:
    """A reading process."""
    reader = Reader(context.settings)
    yield reader
    reader.close()


def count(context: jobs.Context, table: sa.Table) -> int:
    """The rows of a table."""
    with context.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_other_bytes_same_statement(context: jobs.Context, reader: Reader) -> None:
    """An advert with a nonce leaves a snapshot, but no submission, no change and no ledger entry of a submission."""
    first = submit(context, reader, Page(URL, PAGE.encode(), "raad"))
    assert first.news
    tables = (submission.submission, change.change, ledger.ledger)
    before = [count(context, table) for table in tables]
    shots = count(context, snapshot.snapshot)
    for nonce in ("a1", "b2"):
        again = submit(context, reader, Page(URL, f"{PAGE}<script nonce={nonce}></script>".encode(), "raad"))
        assert not again.news
        assert again.change is None
        assert again.submission == first.submission
    after = [count(context, table) for table in tables]
    added = count(context, snapshot.snapshot) - shots
    assert added == 2
    assert after[:2] == before[:2]
    assert after[2] - before[2] in (0, added)  # a snapshot may be in the ledger, a submission is not


def test_an_edit_is_news(context: jobs.Context, reader: Reader) -> None:
    """Other words are another submission, and the old bytes again make the old one count again."""
    first = submit(context, reader, Page(URL, PAGE.encode(), "raad"))
    edited = submit(context, reader, Page(URL, PAGE.replace("Eén", "Twee").encode(), "raad"))
    assert edited.news
    assert edited.change is not None
    back = submit(context, reader, Page(URL, PAGE.encode(), "raad"))
    assert back.news
    assert back.submission == first.submission


def test_a_session_is_no_origin(context: jobs.Context, reader: Reader) -> None:
    """The page under two session URLs is one origin that says the same."""
    addresses = [URL.replace("/gr/", f"/(S({session}))/gr/") for session in ("abc1", "xyz2")]
    done = [submit(context, reader, Page(url, PAGE.encode(), "raad")) for url in (URL, *addresses)]
    assert [one.news for one in done] == [True, False, False]
    assert len({one.submission for one in done}) == 1


def test_a_withdrawn_page_comes_back(context: jobs.Context, reader: Reader) -> None:
    """The same statement counts again after a withdrawal."""
    submit(context, reader, Page(URL, PAGE.encode(), "raad"))
    acceptance.withdraw(context, URL, "gone")
    again = submit(context, reader, Page(URL, f"{PAGE}<p>".encode(), "raad"))
    assert again.news
    assert again.change is not None
