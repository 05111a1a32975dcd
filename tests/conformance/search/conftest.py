"""Every engine, filled once with the documents of `search_corpus`.

A test that takes `searcher` or `new_settings` runs on each engine; another engine is one more row of `ENGINES`.
"""

from collections.abc import Callable, Iterable

import pytest

from belfort.settings import Settings
from search.document import Document
from search.engines import open_engine
from search.engines.port import Cursor, Engine
from search.searcher import Searcher
from tests.support import search_corpus
from tests.support.elastic import ELASTIC_SERVERS, Elastic

SettingsOf = Callable[[], Settings]

ENGINES = ["tantivy", *ELASTIC_SERVERS]


@pytest.fixture(scope="session", params=ENGINES)
def new_settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SettingsOf:
    """A function that gives settings of an empty index of the engine under test."""
    if request.param == "tantivy":
        return lambda: Settings(data=tmp_path_factory.mktemp("data"), log_level="error")
    server: Elastic = request.getfixturevalue(request.param)
    return lambda: server.settings(tmp_path_factory.mktemp("data"))


def fill(engine: Engine, documents: Iterable[Document], seq: int = 1) -> None:
    """Make an index of these documents the current one of an engine."""
    with engine.writing():
        index = engine.new()
        writer = index.writer()
        writer.replace((), documents)
        writer.commit(Cursor(seq, "2026-11-25T12:00:00Z"))
        writer.close()
        engine.switch(index, keep=False)


@pytest.fixture(scope="session")
def corpus_settings(new_settings: SettingsOf) -> Settings:
    """Settings of an index with all documents of the corpus; nobody writes in it."""
    settings = new_settings()
    fill(open_engine(settings), search_corpus.everything())
    return settings


@pytest.fixture(scope="session")
def searcher(corpus_settings: Settings) -> Searcher:
    """A searcher over all documents of the corpus."""
    return Searcher(corpus_settings)
