"""Measures indexing and searching on copies of real search documents.

Usage: python tests/bench/search_index.py DATA_FOLDER [COPIES]. DATA_FOLDER is a BELFORT_DATA folder in which pages
were processed. Prints documents per second of analysis alone and of indexing (and their ratio), and p50/p95 in ms of
a whole answer and of the engine alone (and their ratio: what marking the words costs).
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from belfort.settings import Settings
from search import generations
from search.analyzer import analyze
from search.document import Document
from search.engines.port import Cursor, View
from search.engines.tantivy_engine import SCHEMA_VERSION, TantivyEngine
from search.query import Query, read
from search.searcher import Searcher

QUESTIONS = [
    "goedkeuring", "jaarrekening 2023", "retributie OF belasting", '"algemene vergadering"', "kerkfabriek -advies",
    "verkeers*", "gemeenteraad goedkeuring", "subsidie jeugd",
]  # fmt: skip
ROUNDS = 20


def documents(data: Path) -> list[Document]:
    """The search documents of a data folder."""
    generation = generations.current(Settings(data=data).index)
    if generation is None:
        sys.exit(f"There is no index in {data}: run `belfort process` and `belfort project` on it first.")
    view = TantivyEngine().open(generation).view()
    found: list[Document] = []
    for page in range(1, view.count() // 200 + 2):
        query = Query(pagina=page, per_pagina=200)
        found += [document for document, _ in view.search(query, read("")).documents]
    return found


def build(folder: Path, originals: list[Document], copies: int) -> float:
    """Index the copies as the current generation; documents per second."""
    generation = generations.new(folder, generations.version(SCHEMA_VERSION))
    writer = TantivyEngine().create(generation).writer()
    begin = time.perf_counter()
    for number in range(copies):
        writer.replace((), [replace(document, iri=f"{document.iri}#{number}") for document in originals])
    writer.commit(Cursor(1, "bench"))
    speed = copies * len(originals) / (time.perf_counter() - begin)
    writer.close()
    generations.switch(folder, generation)
    return speed


def analysis(originals: list[Document]) -> float:
    """Documents per second that the analyzer reads."""
    begin = time.perf_counter()
    for document in originals:
        analyze(document.title)
        analyze(document.text)
    return len(originals) / (time.perf_counter() - begin)


def timed(ask: Callable[[Query], object]) -> tuple[float, float]:
    """p50 and p95 in ms over all questions."""
    taken = []
    for _ in range(ROUNDS):
        for text in QUESTIONS:
            begin = time.perf_counter()
            ask(Query(text))
            taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def main() -> None:
    """Measure and print."""
    originals = documents(Path(sys.argv[1]))
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data=Path(name))
        settings.index.mkdir()
        analysis(originals)  # each word is worked out once per process
        alone = analysis(originals)
        speed = build(settings.index, originals, copies)
        count = copies * len(originals)
        print(f"{count} documents: analysis {alone:.0f}/s, indexing {speed:.0f}/s, ratio {speed / alone:.2f}")
        size = sum(
            path.stat().st_size for path in settings.index.rglob("*") if path.is_file() and not path.is_symlink()
        )
        print(f"index {size / count:.0f} bytes per document")
        generation = generations.current(settings.index)
        assert generation
        view: View = TantivyEngine().open(generation).view()
        whole, engine = timed(Searcher(settings).search), timed(lambda query: view.search(query, read(query.text)))
        print(
            f"answer p50 {whole[0]:.2f} p95 {whole[1]:.2f} ms; engine p50 {engine[0]:.2f} p95 {engine[1]:.2f} ms; ",
            end="",
        )
        print(f"ratio {whole[0] / engine[0]:.2f}")


if __name__ == "__main__":
    main()
