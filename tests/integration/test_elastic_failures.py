"""A real Elasticsearch that stops, freezes, is killed, has too much to do, or takes only small requests."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from belfort.errors import Busy
from belfort.jobs import Context, open_context
from belfort.settings import Settings
from frontend.app import create_app
from search.commands import search as command
from search.document import Document
from search.engines import elastic_bulk
from search.engines.elastic_bulk import ElasticWriter
from search.engines.elastic_engine import ElasticEngine
from search.engines.elastic_server import server
from search.engines.port import Cursor
from search.plan import Plan
from search.projection.projector import project
from search.query import Query
from search.searcher import Searcher
from tests.support.elastic import Elastic
from tests.support.municipality import decision, publish
from tests.support.records import say


@pytest.fixture
def context(elastic_settings: Settings) -> Iterator[Context]:
    """Open records whose index is on each server."""
    opened = open_context(elastic_settings)
    yield opened
    opened.engine.dispose()


def document(number: int, text: str) -> Document:
    """A besluit with that text."""
    return Document(
        iri=f"https://raad.example/id/{number}", uuid=str(number), plural="besluiten", type="Besluit",
        title=f"Besluit {number}", text=text, date="2024-01-01",
    )  # fmt: skip


def indexed(engine: ElasticEngine, documents: list[Document]) -> ElasticWriter:
    """Make a generation with these documents the current one; its writer, closed."""
    index = engine.new()
    writer = index.writer()
    try:
        writer.replace((), documents)
        writer.commit(Cursor(1, "m"))
    finally:
        writer.close()
    engine.switch(index, keep=True)
    return writer


def test_large_requests_are_cut_until_the_server_takes_them(context: Context) -> None:
    """8 MiB at a time meets 413 and 429: the pieces get smaller, and every document is there whole."""
    engine = ElasticEngine(context.settings, check_seconds=0)
    writer = indexed(engine, [document(n, f"woord{n} " + "tekst over het fietspad " * 2000) for n in range(60)])
    view = engine.view()
    assert view
    assert view.count(Plan()) == 60
    assert writer.refused == 0
    found = view.get(document(59, "").iri)
    assert found
    assert len(found.text) > 47_000


def test_a_document_that_is_too_large_goes_in_with_its_beginning(context: Context) -> None:
    """One besluit is larger than any request may be: it is found by its title and the beginning of its text."""
    engine = ElasticEngine(context.settings, check_seconds=0)
    writer = indexed(
        engine, [document(1, "kort"), document(2, "beginwoord " + "lange tekst " * 100_000), document(3, "x")]
    )
    assert writer.refused == 0
    searcher = Searcher(context.settings, check_seconds=0)
    assert {hit.uuid for hit in searcher.search(Query("besluit")).hits} == {"1", "2", "3"}
    assert [hit.uuid for hit in searcher.search(Query("beginwoord")).hits] == ["2"]


def test_a_document_that_a_small_server_never_has_room_for_goes_in_with_its_beginning(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is answered 429 whenever it comes, though the request is not too large: indexing goes on without its end."""
    monkeypatch.setattr(elastic_bulk, "RETRY_SECONDS", 1.0)
    engine = ElasticEngine(context.settings, check_seconds=0)
    writer = indexed(engine, [document(1, "kort"), document(2, "beginwoord " + "lange tekst " * 30_000)])
    assert writer.refused == 0
    searcher = Searcher(context.settings, check_seconds=0)
    assert [hit.uuid for hit in searcher.search(Query("beginwoord")).hits] == ["2"]


def test_a_busy_server_is_waited_for(context: Context, elastic: Elastic) -> None:
    """Several write at once, more than the server has room for: all that was acknowledged is there."""
    from concurrent.futures import ThreadPoolExecutor

    engines = [ElasticEngine(elastic.settings(context.settings.data), check_seconds=0) for _ in range(4)]
    documents = [document(n, "tekst over het fietspad " * 1000) for n in range(40)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(lambda engine: indexed(engine, documents), engines))
    for engine in engines:
        view = engine.view()
        assert view
        assert view.count(Plan()) == 40


CHILD = """
import sys
from belfort.jobs import open_context
from belfort.settings import load_settings
from search.engines.elastic_bulk import ElasticWriter
from search.projection import projector

projector.BATCH = projector.PIECE = 1
real_exchange, real_commit = ElasticWriter._exchange, ElasticWriter.commit

def exchange(self, piece):
    print("sending", flush=True)
    return real_exchange(self, piece)

def commit(self, cursor):
    real_commit(self, cursor)
    print("committed", cursor.seq, flush=True)

ElasticWriter._exchange, ElasticWriter.commit = exchange, commit
projector.project(open_context(load_settings()), sys.argv[1] == "rebuild")
"""


def _killed(settings: Settings, how: str, line: str, times: int) -> int:
    """Project in a process of its own and kill -9 it when it said `line` so often; the newest change it committed."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "BELFORT_DATA": str(settings.data),
        "BELFORT_ELASTICSEARCH": settings.elasticsearch,
        "BELFORT_ELASTICSEARCH_INDEX": settings.elasticsearch_index,
    }
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, how], stdout=subprocess.PIPE, text=True, env=environment
    ) as child:
        assert child.stdout
        said: list[str] = []
        for row in child.stdout:
            said.append(row.strip())
            if sum(one.startswith(line) for one in said) == times:
                child.send_signal(signal.SIGKILL)
        child.wait(30)
    return max((int(one.split()[1]) for one in said if one.startswith("committed")), default=0)


def everything(settings: Settings) -> list[tuple[str, str]]:
    """All that the index shows, in order."""
    return [(one.iri, one.title) for one in Searcher(settings, check_seconds=0).all(Query(sort="datum"))]


def test_kill_9_while_indexing_loses_nothing(context: Context, tmp_path: Path) -> None:
    """Killed at any step of following or rebuilding: no acknowledged change is lost, none is there twice, and the
    end is what the embedded engine has of the same records."""
    publish(context)
    project(context, False)
    for number in range(10, 18):
        say(context, f"https://raad.example/{number}", decision(str(number), f"Besluit {number}", sitting="april"))
    acknowledged = 3
    for how, line, times in [
        ("follow", "sending", 1),
        ("follow", "committed", 2),
        ("rebuild", "sending", 1),
        ("follow", "sending", 3),
    ]:
        committed = _killed(context.settings, how, line, times)
        now = Searcher(context.settings, check_seconds=0).revision()
        acknowledged = max(acknowledged, committed)
        assert now >= acknowledged, f"change {acknowledged} was acknowledged, the index has {now}"
        rows = everything(context.settings)
        assert len(rows) == len({iri for iri, _ in rows})
    project(context, False)
    assert Searcher(context.settings, check_seconds=0).revision() == 11
    followed = everything(context.settings)
    embedded = context.settings.model_copy(update={"elasticsearch": ""})
    project(Context(embedded, context.engine, context.blobs), True)
    assert followed == everything(embedded)
    assert len([title for _, title in followed if title.startswith("Besluit ")]) == 8


def test_a_lost_index_is_made_again(context: Context, elastic: Elastic) -> None:
    """Somebody deletes it: search says that there is none, and the next projection makes it whole."""
    publish(context)
    project(context, False)
    before = everything(context.settings)
    for name in elastic.ask(f"/{context.settings.elasticsearch_index}-*"):
        elastic.ask(f"/{name}", "DELETE")
    assert not Searcher(context.settings, check_seconds=0).search(Query("fietspad")).ready
    project(context, False)
    assert everything(context.settings) == before


def wait(searcher: Searcher) -> None:
    """Until questions are answered again: after a failure they are refused for a moment."""
    deadline = time.monotonic() + 20
    found = 0
    while not found and time.monotonic() < deadline:
        with contextlib.suppress(Busy):
            found = searcher.search(Query("fietspad")).total
        time.sleep(0.05)
    assert found


def test_a_server_that_is_down_is_said_at_once(context: Context, elastic: Elastic) -> None:
    """Busy with its reason in milliseconds, for every question; projecting too. Killed and started again, it has all
    that was acknowledged, and the same searcher goes on."""
    publish(context)
    project(context, False)
    before = everything(context.settings)
    searcher = Searcher(context.settings, check_seconds=0)
    assert searcher.search(Query("fietspad")).total
    elastic.kill()
    try:
        begin = time.monotonic()
        for _ in range(50):
            with pytest.raises(Busy, match="De zoekserver antwoordt niet") as caught:
                searcher.search(Query("fietspad"))
        assert time.monotonic() - begin < 2
        assert (caught.value.status, "verbinding geweigerd" in caught.value.detail) == (503, True)
        with pytest.raises(Busy):
            project(context, False)
        told = CliRunner().invoke(command, ["check"], obj=context.settings)
        assert "✗" in told.output
        assert "verbinding geweigerd" in told.output
    finally:
        elastic.start()
    wait(searcher)
    assert searcher.revision() == 3
    assert everything(context.settings) == before


def test_a_frozen_server_costs_one_wait(context: Context, elastic: Elastic) -> None:
    """It takes connections and says nothing: the first question waits, the next are refused at once."""
    publish(context)
    project(context, False)
    searcher = Searcher(context.settings, check_seconds=0)
    searcher.revision()
    elastic.pause()
    try:
        begin = time.monotonic()
        with pytest.raises(Busy, match="geen antwoord op tijd"):
            searcher.search(Query("fietspad"))
        first = time.monotonic() - begin
        begin = time.monotonic()
        for _ in range(30):
            with pytest.raises(Busy):
                searcher.search(Query("fietspad"))
        rest = time.monotonic() - begin
    finally:
        elastic.resume()
    wait(searcher)
    assert first < 8
    assert rest < 2


def test_the_site_says_that_search_is_down_and_serves_the_rest(tmp_path: Path) -> None:
    """Nobody listens where the search server should be: 503 for what searches, at once, and all else as ever."""
    settings = Settings(data=tmp_path, log_level="error", elasticsearch="http://127.0.0.1:1")
    context = open_context(settings)
    publish(context)
    app = create_app(settings)
    client = app.test_client(use_cookies=False)
    begin = time.monotonic()
    for path in ("/zoeken?q=fietspad", "/zoeken.json?q=fietspad", "/suggesties?q=fi"):
        assert client.get(path).status_code == 503, path
    assert time.monotonic() - begin < 2
    for path in ("/", "/besturen", "/api/besluiten", "/healthz"):
        assert client.get(path).status_code == 200, path
    app.extensions["belfort"].close()
    context.engine.dispose()


def test_no_message_shows_the_password(tmp_path: Path) -> None:
    """Neither an error nor `belfort settings` has what is before the @ of an address."""
    settings = Settings(data=tmp_path, elasticsearch="http://user:geheim@127.0.0.1:1", elasticsearch_api_key="geheim")
    with pytest.raises(Busy) as caught:
        server(settings).ask(lambda client: client.cluster.health())
    assert "geheim" not in str(caught.value.one_line())
    assert "127.0.0.1:1" in caught.value.detail
    assert "geheim" not in repr(settings.elasticsearch_api_key)


def test_check_tells_what_the_server_can_do(context: Context, elastic: Elastic) -> None:
    """Version, index, documents, revision and lag, and each primitive tried; nothing is left behind."""
    publish(context)
    project(context, False)
    say(context, "https://raad.example/9", decision("9", "Nieuw besluit", sitting="april"))
    told = CliRunner().invoke(command, ["check"], obj=context.settings)
    assert told.exit_code == 0, told.output
    assert f"version: {elastic.release.version}" in told.output
    assert "revision: change 3 of 4, 1 behind" in told.output
    assert "✗" not in told.output
    assert "beginnings after words: works" in told.output
    assert not [name for name in elastic.ask(f"/{context.settings.elasticsearch_index}-*") if "check" in name]
