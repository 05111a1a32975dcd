"""Fixtures that every test may use: settings on a folder of its own, open records, the shared inputs.

Fixture policy: take the smallest data that shows the case; a server is real or the test is skipped by name, and in
CI (`CI=true`) such a skip is a failure.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from belfort.jobs import Context, open_context
from belfort.settings import Settings
from tests.support.elastic import ELASTIC_8, ELASTIC_9, ELASTIC_SERVERS, SMALL, Elastic, Release, Unavailable
from tests.support.missing import missing
from tests.support.postgres import Postgres, find_postgres

ROOT = Path(__file__).parent.parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let `xdist_group` count: xdist 3.8 writes it into `_nodeid`, and pytest 9.2 reads the id from elsewhere."""
    for item in items:
        grouped = vars(item).get("_nodeid", item.nodeid)
        if grouped != item.nodeid:
            item._id = type(item.id).parse(grouped)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with inputs that nobody of this project wrote; absent for most people, so tests skip without it."""
    folder = Path(os.environ.get("BELFORT_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the shared inputs are not on this machine (set BELFORT_SHARED to their folder)")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Default settings on a data folder of this test alone."""
    return Settings(data=tmp_path / "data", log_level="error")


@pytest.fixture
def context(settings: Settings) -> Iterator[Context]:
    """Open records (SQLite) and blobs of this test alone."""
    opened = open_context(settings)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this test run alone, on a Unix socket."""
    found = find_postgres()
    if found is None:
        missing("PostgreSQL server programs (Debian package postgresql)")
    with Postgres(found) as server:
        yield server


def _started(release: Release) -> Iterator[Elastic]:
    try:
        server = Elastic(release, **SMALL)
    except Unavailable as error:
        missing(str(error))
    with server:
        yield server


@pytest.fixture(scope="session")
def elastic_8() -> Iterator[Elastic]:
    """An Elasticsearch 8 of this test run alone."""
    yield from _started(ELASTIC_8)


@pytest.fixture(scope="session")
def elastic_9() -> Iterator[Elastic]:
    """An Elasticsearch 9 of this test run alone."""
    yield from _started(ELASTIC_9)


@pytest.fixture(params=ELASTIC_SERVERS)
def elastic(request: pytest.FixtureRequest) -> Elastic:
    """Each Elasticsearch that Belfort supports; tests keep apart by the names of their indexes."""
    server: Elastic = request.getfixturevalue(request.param)
    return server


@pytest.fixture
def elastic_settings(elastic: Elastic, tmp_path: Path) -> Settings:
    """Settings on a data folder and an index of this test alone, on each Elasticsearch."""
    return elastic.settings(tmp_path / "data")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_context(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Context]:
    """Open records on each database that Belfort supports."""
    database = ""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        database = server.new_database()
    opened = open_context(Settings(data=tmp_path / "data", database=database, log_level="error"))
    yield opened
    opened.engine.dispose()


Make = Callable[..., Context]


@pytest.fixture
def make_context(tmp_path: Path) -> Iterator[Make]:
    """A function that opens records of their own each time it is called, with settings as given."""
    opened: list[Context] = []

    def make(**overrides: object) -> Context:
        folder = tmp_path / f"data-{len(opened)}"
        opened.append(open_context(Settings(**{"data": folder, "log_level": "error", **overrides})))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for one in opened:
        one.engine.dispose()
