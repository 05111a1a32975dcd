"""Measures search on made-up decisions: indexing, pages of hits, suggestions, export, beside FTS5 and Elasticsearch.

Usage: python tests/bench/search_engines.py [COUNT] [--elasticsearch URL] [--questions N]. COUNT documents (300,000 when
it is no number) are indexed embedded, while a reader goes on asking; in SQLite FTS5 (the same terms); and in
Elasticsearch when a URL is given. Each class has N (300) distinct questions; a question counts with the best of three
answers. Times are in ms: wall p50 and p95, and CPU p95 of this process.

"port" is the engine and the marking of words: 10 hits, total, 4 facets. "Searcher" is the whole answer of the site with
all its facets. Goals for 300,000 documents: page p95 <= 15 ms embedded and <= 60 ms Elasticsearch, at least 20 times as
fast as FTS5, reindex <= 3 min while readers go on, suggestions p95 <= 5 ms, export >= 20,000 rows/s in constant memory.
"""

import argparse
import csv
import io
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from belfort.settings import Settings
from search.analyzer import analyze, columns
from search.document import Document
from search.engines import open_engine
from search.engines.port import Cursor, Engine, Slice, View
from search.highlight import fragments, marks
from search.plan import plan
from search.query import Query
from search.reading import read
from search.row import GAP, row
from search.rows import rows
from search.searcher import Searcher, find, hit, today
from tests.support import fts5
from tests.support.fts5 import Fts5
from tests.support.many_decisions import Archive

BATCH = 1000
SAMPLE = 3000
ROUNDS = 3
DEEP = 10_000
_ALPHABET = "bcdfghklmnprst"


@dataclass
class Questions:
    """The questions of a run, some of each class."""

    archive: Archive
    count: int

    def classes(self) -> dict[str, list[Query]]:
        """Query by class."""
        dice = random.Random("questions")
        words = self.archive.vocabulary
        mid, frequent = words[1000:7000], words[80:400]
        ask: dict[str, Callable[[], Query]] = {
            "1 word of a great many": lambda: Query(dice.choice(words[:30])),
            "1 mid word": lambda: Query(dice.choice(mid)),
            "1 frequent word": lambda: Query(dice.choice(frequent)),
            "2 words": lambda: Query(f"{dice.choice(mid)} {dice.choice(frequent)}"),
            "3 words": lambda: Query(f"{dice.choice(frequent)} {dice.choice(mid)} {dice.choice(frequent)}"),
            "phrase": lambda: Query(f'"{self.archive.phrase(dice, dice.randint(2, 3))}"'),
            "prefix": lambda: Query(f"{dice.choice(mid)[: dice.randint(3, 5)]}*"),
            "filter, by date": lambda: self._filtered(dice, dice.choice(frequent)),
            "misspelled": lambda: Query(_misspelled(dice, dice.choice(mid))),
        }
        return {name: [replace(make(), per_pagina=10) for _ in range(self.count)] for name, make in ask.items()}

    def _filtered(self, dice: random.Random, word: str) -> Query:
        place = dice.choice(self.archive.places)[0].value
        year = dice.randint(2015, 2023)
        return Query(word, bestuur=(place,), van=date(year, 1, 1), tot=date(year + 3, 1, 1), sort="datum")


def _misspelled(dice: random.Random, word: str) -> str:
    """A word with another letter in it."""
    place = dice.randrange(1, max(2, len(word)))
    return f"{word[:place]}{dice.choice(_ALPHABET)}{word[place + 1 :]}"


Times = list[tuple[float, float]]


def timed(asks: Sequence[Callable[[], object]]) -> Times:
    """(wall, CPU) ms of each, best of some rounds."""
    best = [(float("inf"), float("inf"))] * len(asks)
    for _ in range(ROUNDS):
        for place, ask in enumerate(asks):
            wall, cpu = time.perf_counter(), time.process_time()
            ask()
            took = ((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)
            best[place] = (min(best[place][0], took[0]), min(best[place][1], took[1]))
    return best


def show(name: str, times: Times, more: str = "") -> tuple[float, float]:
    """Print one line of the table; gives its (wall p95, CPU p95)."""
    wall, cpu = sorted(one[0] for one in times), sorted(one[1] for one in times)
    last = int(len(times) * 0.95)
    print(f"  {name:34s} {statistics.median(wall):8.2f} {wall[last]:8.2f} {cpu[last]:8.2f}  {more}", flush=True)
    return wall[last], cpu[last]


def page(view: View, query: Query, part: Slice | None = None) -> int:
    """What the engine answers to a question, words marked; the total."""
    reading = read(query.text)
    order = "score" if query.sort == "relevantie" else "newest"
    found, _, _ = find(view, query, reading, today(), part or Slice(order, size=10), fts5.FACETS)  # type: ignore[arg-type]
    wanted = marks(reading)
    for document, score in found.hits:
        hit(document, score, wanted)
    return found.total


def pages(view: View, classes: dict[str, list[Query]], goal: float) -> None:
    """A page of hits at the port, each class, and deep ones."""
    worst = 0.0
    for name, queries in classes.items():
        totals = [page(view, query) for query in queries]
        times = timed([lambda q=query: page(view, q) for query in queries])  # type: ignore[misc]
        worst = max(worst, show(f"port: {name}", times, f"median total {statistics.median(totals):.0f}")[0])
    for order in ("newest", "score"):
        deep = []
        for query in classes["1 frequent word"]:
            asked = plan(query, read(query.text), today())
            skip = min(DEEP - 1, view.count(asked) // 2)  # the very last by score are all notulen
            after = view.search(asked, Slice(order, size=1, skip=skip)).end  # type: ignore[arg-type]
            deep.append((query, Slice(order, size=10, after=after)))  # type: ignore[arg-type]
        times = timed([lambda q=query, s=part: page(view, q, s) for query, part in deep])  # type: ignore[misc]
        worst = max(worst, show(f"port: cursor at {DEEP} or half, {order}", times)[0])
    print(f"  worst p95 {worst:.1f} ms, goal {goal:.0f} ms")


class Reader(threading.Thread):
    """Asks all the while, as visitors do."""

    def __init__(self, searcher: Searcher, queries: Sequence[Query]) -> None:
        super().__init__()
        self._searcher, self._queries = searcher, queries
        self._enough = threading.Event()
        self.answers, self.errors, self.longest = 0, 0, 0.0

    def run(self) -> None:
        """Ask."""
        while not self._enough.wait(0.2):
            begin = time.perf_counter()
            try:
                found = self._searcher.search(self._queries[self.answers % len(self._queries)])
                self.errors += not found.ready
            except Exception as error:  # noqa: BLE001 - every error counts
                print(f"  reader: {error!r}")
                self.errors += 1
            self.answers += 1
            self.longest = max(self.longest, time.perf_counter() - begin)

    def stop(self) -> None:
        """Ask no more."""
        self._enough.set()
        self.join()


class Made:
    """Batches of made-up documents, and the seconds that making them took."""

    def __init__(self, archive: Archive, count: int) -> None:
        self._documents, self._left, self.seconds = archive.documents(), count, 0.0

    def __iter__(self) -> Iterator[list[Document]]:
        while self._left > 0:
            begin = time.perf_counter()
            batch = [next(self._documents) for _ in range(min(BATCH, self._left))]
            self._left -= len(batch)
            self.seconds += time.perf_counter() - begin
            yield batch


def build(engine: Engine, archive: Archive, count: int) -> tuple[float, float]:
    """A new generation that becomes current, as a rebuild makes it; its seconds, and those of making the documents.

    Making the documents stands where a rebuild reads the records: while it goes on, other processes read words.
    """
    begin = time.perf_counter()
    index, made = engine.new(), Made(archive, count)
    writer = index.writer()
    for some in rows(made):
        writer.replace((), some)
    writer.commit(Cursor(count, "bench"))
    writer.close()
    engine.switch(index, keep=True)
    return time.perf_counter() - begin, made.seconds


def reindex(engine: Engine, archive: Archive, searcher: Searcher, queries: Sequence[Query]) -> None:
    """Build while a reader asks the generation before."""
    build(engine, archive, min(2000, archive.count))
    reader = Reader(searcher, queries)
    reader.start()
    wall, making = build(engine, archive, archive.count)
    reader.stop()
    rate = archive.count / wall
    print(
        f"  reindex {wall / 60:.2f} min ({300_000 / rate / 60:.2f} min for 300,000; goal 3), {rate:.0f} documents/s, "
        f"{making / 60:.2f} min of it making the documents; a reader had {reader.answers} answers, "
        f"{reader.errors} errors, the longest {reader.longest * 1000:.0f} ms"
    )


def parts(sample: Sequence[Document]) -> None:
    """CPU a document for analysis and for the whole row (twice: the first time words are new)."""
    for when in ("new", "known"):
        begin = time.process_time()
        for document in sample:
            columns(document.title, GAP)
            columns(document.text, GAP)
        middle = time.process_time()
        for document in sample:
            row(document)
        analysis, whole = ((b - a) / len(sample) * 1e6 for a, b in ((begin, middle), (middle, time.process_time())))
        print(f"  CPU of {len(sample)} documents, words {when}: analysis {analysis:.0f} us, whole row {whole:.0f} us")


def other_answers(searcher: Searcher, classes: dict[str, list[Query]], sample: Sequence[Document]) -> None:
    """Whole answers of the site, and its other questions."""
    for name, queries in classes.items():
        show(f"Searcher: {name}", timed([lambda q=query: searcher.search(q) for query in queries]))  # type: ignore[misc]
    dice = random.Random("suggestions")
    beginnings = {" ".join(document.title.split()[1:3])[: dice.randint(2, 12)] for document in sample if document.title}
    asks = [lambda b=one: searcher.suggest(b) for one in sorted(beginnings)[: len(classes["phrase"])]]  # type: ignore[misc]
    show("Searcher: suggestions (goal 5)", timed(asks))
    alike = [one.iri for one in sample if one.plural == "besluiten"][: len(asks)]
    show("Searcher: similar", timed([lambda i=iri: searcher.similar(i) for iri in alike]))  # type: ignore[misc]
    show("Searcher: count", timed([lambda q=query: searcher.count(q) for query in classes["2 words"]]))  # type: ignore[misc]


class _Count(io.TextIOBase):
    """A file that only counts."""

    size = 0

    def write(self, text: str) -> int:
        """Count."""
        self.size += len(text)
        return len(text)


def export(searcher: Searcher) -> None:
    """Every document as CSV, and the memory that grew meanwhile after the first thousand."""
    out = _Count()
    writer = csv.writer(out)
    rows, before, most = 0, 0, 0
    begin = time.perf_counter(), time.process_time()
    for one in searcher.all(Query()):
        bestuur = one.besturen[0] if one.besturen else ("", "")
        writer.writerow([one.iri, one.type, one.title, one.date, *bestuur, one.orgaan, one.orgaan_label])
        rows += 1
        if rows % 1000 == 0:
            now = _private()
            before, most = before or now, max(most, now)
    wall, cpu = time.perf_counter() - begin[0], time.process_time() - begin[1]
    print(
        f"  export {rows} rows, {rows / wall:.0f} rows/s ({rows / cpu:.0f} a second of CPU; goal 20,000), "
        f"{out.size / 1e6:.0f} MB; memory grew {(most - before) / 1e6:.1f} MB"
    )


def _private() -> int:
    """Bytes of memory of this process without files that it maps."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0


def against_fts5(folder: Path, archive: Archive, view: View, classes: dict[str, list[Query]]) -> None:
    """The same page from FTS5: both sides in turn."""
    other = Fts5(folder / "fts5.db")
    begin = time.process_time()
    documents = archive.documents()
    for _ in range(0, archive.count, BATCH):
        other.add(one for _, one in zip(range(BATCH), documents, strict=False))
    other.finish()
    print(f"FTS5: indexed with {(time.process_time() - begin) / archive.count * 1e6:.0f} us of CPU a document")
    for name in ("1 word of a great many", "1 frequent word", "1 mid word", "2 words", "phrase"):
        queries = classes[name][: max(20, len(classes[name]) // 3)]
        ours = timed([lambda q=query: page(view, q) for query in queries])  # type: ignore[misc]
        theirs = timed([lambda q=query: fts5_page(other, q) for query in queries])  # type: ignore[misc]
        same = sum(page(view, query) == fts5_page(other, query) for query in queries)
        show(f"FTS5: {name}", theirs, f"totals equal {same} of {len(queries)}")
        ratios = [statistics.median(b[n] for b in theirs) / statistics.median(a[n] for a in ours) for n in (0, 1)]
        print(f"  ratio of medians {ratios[0]:.1f} (CPU {ratios[1]:.1f}), goal 20")
    other.close()


def fts5_page(other: Fts5, query: Query) -> int:
    """The same page from FTS5, words marked as ours are."""
    if query.text.startswith('"'):
        run = " ".join(token.exact for token in analyze(query.text))
        match = f'{{title_x text_x about}}: "{run}"'
    else:
        words = [
            f'({{title_x text_x about extra}}: "{token.exact}" OR {{title_s text_s about extra}}: "{token.stem}")'
            for token in analyze(query.text)
        ]
        match = " AND ".join(words)
    found = other.page(match)
    wanted = marks(read(query.text))
    for document in found.hits:
        fragments(document.text, wanted)
    return found.total


def embedded(archive: Archive, classes: dict[str, list[Query]]) -> None:
    """The embedded engine, and FTS5 beside it."""
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data=Path(name), elasticsearch="")
        settings.index.mkdir()
        engine, searcher = open_engine(settings, check_seconds=0), Searcher(settings, check_seconds=0.1)
        documents = archive.documents()
        sample = [next(documents) for _ in range(min(SAMPLE, archive.count))]
        print("embedded")
        parts(sample)
        reindex(engine, archive, searcher, classes["1 mid word"])
        files = [path for path in settings.index.rglob("*") if path.is_file() and not path.is_symlink()]
        kept = sum(path.stat().st_size for path in files if path.suffix == ".store")
        size = sum(path.stat().st_size for path in files)
        text = statistics.mean(len(one.text.encode()) for one in sample)
        print(
            f"  {size / archive.count:.0f} bytes a document on disk, {kept / archive.count:.0f} of them to show it; "
            f"its text is {text:.0f}"
        )
        print(f"  {'ms':34s} {'p50':>8s} {'p95':>8s} {'CPU p95':>8s}")
        view = engine.view()
        assert view
        pages(view, classes, 15)
        other_answers(searcher, classes, sample)
        export(searcher)
        against_fts5(Path(name), archive, view, classes)


def elasticsearch(url: str, archive: Archive, classes: dict[str, list[Query]]) -> None:
    """The same with Elasticsearch."""
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data=Path(name), elasticsearch=url, elasticsearch_index="belfort-bench")
        settings.index.mkdir()
        engine, searcher = open_engine(settings, check_seconds=0), Searcher(settings, check_seconds=0.1)
        print("Elasticsearch")
        reindex(engine, archive, searcher, classes["1 mid word"])
        print(f"  {'ms':34s} {'p50':>8s} {'p95':>8s} {'CPU p95':>8s}")
        view = engine.view()
        assert view
        pages(view, classes, 60)
        export(searcher)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", nargs="?", default="")
    parser.add_argument("--elasticsearch", default="", metavar="URL")
    parser.add_argument("--questions", type=int, default=300)
    chosen = parser.parse_args()
    archive = Archive(int(chosen.count) if chosen.count.isdigit() else 300_000)
    classes = Questions(archive, chosen.questions).classes()
    print(f"{archive.count} documents, {chosen.questions} questions a class, Python {sys.version.split()[0]}")
    embedded(archive, classes)
    if chosen.elasticsearch:
        elasticsearch(chosen.elasticsearch, archive, classes)


if __name__ == "__main__":
    main()
