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
from tests.support.missing import missing
from tests.support.postgres import Postgres, find_postgres

ROOT = Path(__file__).parent.parent


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
