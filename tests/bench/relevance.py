"""Compares what known-item questions find: here, in SQLite FTS5, and in an emulation of lokaalbeslist.

Usage: python tests/bench/relevance.py FOLDER. FOLDER has the saved HTML pages that `tests/support/known_items.py`
speaks of. All search the same documents. FTS5 is as it comes (unicode61, bm25 over title and text), with any or with
all of the words. The emulation does what lokaalbeslist.vlaanderen.be is known to do: title and description (here the
first paragraph) of agendapunten and besluiten, the Porter stemmer, any of the words or one like it (Elasticsearch's
fuzziness AUTO), newest first. Prints nDCG@10, MRR, success@3, questions without any hit, and junk questions that find
something.
"""

import math
import re
import sqlite3
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import snowballstemmer

sys.path.insert(0, str(Path(__file__).parents[2]))

from belfort.jobs import open_context
from belfort.settings import Settings
from search.document import Document
from search.engines import open_engine
from search.plan import plan
from search.projection.projector import project
from search.query import Query
from search.reading import read
from search.searcher import Searcher
from tests.support.known_items import JUNK, Item, items, mrr, submit_pages

DEPTH = 50
Ask = Callable[[str], list[str]]


def documents(settings: Settings) -> list[Document]:
    """All documents of the index."""
    index = open_engine(settings).current()
    assert index
    return list(index.view().walk(plan(Query(), read(""), datetime.now(UTC).date()), "newest"))


def ours(settings: Settings) -> Ask:
    """The searcher of this project."""
    searcher = Searcher(settings)
    return lambda text: [hit.iri for hit in searcher.search(Query(text, per_pagina=DEPTH)).hits]


def fts5(found: Sequence[Document], join: str) -> Ask:
    """SQLite FTS5 as it comes, the words joined by AND or OR."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table d using fts5(iri unindexed, title, text, tokenize = 'unicode61')")
    database.executemany("insert into d values (?, ?, ?)", [(one.iri, one.title, one.text) for one in found])

    def ask(text: str) -> list[str]:
        asked = f" {join} ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        rows = database.execute("select iri from d where d match ? order by bm25(d), iri limit ?", (asked, DEPTH))
        return [row[0] for row in rows]

    return ask


def lokaalbeslist(found: Sequence[Document]) -> Ask:
    """The emulation: title and description, Porter, any word or one like it, newest first."""
    porter = snowballstemmer.stemmer("dutch_porter").stemWord
    words = {
        one.iri: set(map(porter, _words(f"{one.title} {one.text.partition(chr(10) * 2)[0]}")))
        for one in found
        if one.plural in ("agendapunten", "besluiten")
    }
    newest = sorted(found, key=lambda one: one.iri)
    newest.sort(key=lambda one: one.date, reverse=True)
    known = set().union(*words.values())

    def ask(text: str) -> list[str]:
        asked = set(map(porter, _words(text)))
        near = {term for word in asked for term in known if _within(word, term, _edits(word))}
        return [one.iri for one in newest if not near.isdisjoint(words.get(one.iri, ()))][:DEPTH]

    return ask


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFD", text.casefold())
    return re.findall(r"\w+", "".join(c for c in folded if not unicodedata.combining(c)))


def _edits(word: str) -> int:
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


def _within(one: str, other: str, most: int) -> bool:
    """Whether so many changes of a letter, or of two neighbours, make one word of the other."""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1] <= most


def ndcg(item: Item, found: Sequence[str], there: int) -> float:
    """Gain of the first ten hits against the best that can be; `there` documents are right answers."""
    gain = sum(1 / math.log2(place + 1) for place, iri in enumerate(found[:10], 1) if iri in item.iris)
    return gain / sum(1 / math.log2(place + 1) for place in range(1, min(there, 10) + 1))


def report(name: str, ask: Ask, known: set[str]) -> None:
    """Print the row of one system."""
    asked = [item for item in items() if item.kind != JUNK]
    found = {item: ask(item.text) for item in asked}
    ranks = [item.rank(found[item]) for item in asked]
    gains = [ndcg(item, found[item], len(item.iris & known)) for item in asked if item.iris & known]
    first = sum(1 <= rank <= 3 for rank in ranks)
    empty = sum(not hits for hits in found.values())
    junk = sum(bool(ask(item.text)) for item in items() if item.kind == JUNK)
    print(f"{name:<28} {sum(gains) / len(gains):>7.3f} {mrr(ranks):>6.3f} {first:>5}/{len(asked)} {empty:>6} {junk:>5}")


def main() -> None:
    """Make the index, ask, print."""
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data=Path(name), log_level="error")
        context = open_context(settings)
        submit_pages(context, Path(sys.argv[1]))
        project(context, True)
        context.engine.dispose()
        found = documents(settings)
        known = {one.iri for one in found}
        print(f"{len(found)} documents\n{'':<28} nDCG@10    MRR   succ@3  empty  junk")
        report("Belfort", ours(settings), known)
        report("SQLite FTS5, all words", fts5(found, "AND"), known)
        report("SQLite FTS5, any word", fts5(found, "OR"), known)
        report("lokaalbeslist, emulated", lokaalbeslist(found), known)


if __name__ == "__main__":
    main()
