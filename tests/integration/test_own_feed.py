"""A Belfort that follows a Belfort: our deltas replayed, and our dump with the deltas after it, are our entities."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from belfort.jobs import Context, project
from belfort.records.database import read
from belfort.records.entity import entity
from belfort.records.source import Source
from belfort.settings import Settings
from frontend.app import create_app
from publisher.dumps import latest
from publisher.register.intake import Given, IntakeResult, Wish, import_files, intake
from publisher.verify import verify
from tests.support import register_load
from tests.support.feed import Answer


@pytest.fixture
def ours(context: Context, tmp_path: Path) -> Context:
    """A register that came, and changed; all of it published."""
    path = tmp_path / "register.nt"
    path.write_text("".join(f"{line}\n" for line in register_load.lines(1_200)))
    import_files(context, Given("import", [path], "2026-01-01T00:00:00Z"))
    project(context)
    change(context, tmp_path, 0)
    return context


def change(context: Context, folder: Path, number: int) -> None:
    """Other names for ten persons, published."""
    path = folder / f"delta-2099-01-01T00:00:0{number}.000Z-0.json"
    path.write_bytes(register_load.news(10 * number, 10))
    assert import_files(context, Given("import", [path])).inserts == 10
    project(context)


@pytest.fixture
def client(ours: Context) -> Iterator[FlaskClient]:
    """The site on those records."""
    app = create_app(ours.settings)
    yield app.test_client()
    app.extensions["belfort"].close()


def entities(context: Context) -> dict[str, str]:
    with read(context.engine) as connection:
        return {row.iri: row.lines for row in connection.execute(sa.select(entity.c.iri, entity.c.lines))}


def follow(context: Context, client: FlaskClient, **wish: str) -> IntakeResult:
    def fetch(_settings: Settings, url: str, *, headers: tuple[tuple[str, str], ...] = (), allow: str = "") -> Answer:
        parts = urlsplit(url)
        found = client.get(f"{parts.path}?{parts.query}", headers=list(headers), buffered=True)
        return Answer(found.status_code, found.data)

    feed = Source("belfort", "Belfort", "register", "https://belfort.example/sync/belfort")
    return intake(context, feed, fetch=fetch, wish=Wish(**wish))  # type: ignore[arg-type]


@pytest.mark.parametrize("dump", ["never", "first"])
def test_who_follows_us_has_our_entities(
    ours: Context, client: FlaskClient, make_context: Callable[[], Context], tmp_path: Path, dump: str
) -> None:
    """With the deltas alone, or with the dump that the catalogue describes first; and again after a change."""
    other = make_context()
    result = follow(other, client, dump=dump)
    assert result.stopped is None
    assert result.files > 0
    assert entities(other) == entities(ours)
    change(ours, tmp_path, 1)
    assert follow(other, client).inserts == 10
    assert entities(other) == entities(ours)
    assert follow(other, client) == IntakeResult()
    assert list(verify(other)) == []


def test_our_dump_is_our_deltas(ours: Context, client: FlaskClient, make_context: Callable[[], Context]) -> None:
    """The distinct lines of the dump, taken in as a file, give what the deltas give."""
    by_delta, by_dump = make_context(), make_context()
    follow(by_delta, client, dump="never")
    path = latest(ours.settings.dumps) / "belfort.nt.gz"
    assert import_files(by_dump, Given("import", [path])).stopped is None
    assert entities(by_dump) == entities(by_delta) == entities(ours)
