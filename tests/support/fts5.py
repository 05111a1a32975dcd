"""SQLite FTS5 over the same search documents, as the competitor of a benchmark: same terms, same page.

The full-text table is contentless and holds the tokens of our analyzer; a narrow table holds what is counted and
sorted by. A page is ten hits by bm25, their documents, the total, and four facets in one statement over one list of
matches, which is the fastest of the ways tried.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from search.document import Document
from search.row import dump, load, row

FACETS = ("type", "bestuur", "provincie", "orgaantype")
_FIELDS = ("title_x", "title_s", "text_x", "text_s", "extra", "about")
_WEIGHTS = "8.0, 5.0, 2.0, 1.2, 0.6, 1.0"


@dataclass
class Page:
    """What a page of hits shows."""

    total: int
    hits: list[Document]
    facets: dict[str, dict[str, int]]


class Fts5:
    """One database."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript(f"""
            PRAGMA journal_mode = off;
            PRAGMA synchronous = off;
            PRAGMA cache_size = -400000;
            PRAGMA mmap_size = 4000000000;
            CREATE VIRTUAL TABLE words
                USING fts5({", ".join(_FIELDS)}, content='', tokenize="unicode61 remove_diacritics 0");
            CREATE TABLE narrow (id INTEGER PRIMARY KEY, {", ".join(FACETS)}, day);
            CREATE TABLE shown (id INTEGER PRIMARY KEY, document BLOB);
        """)

    def add(self, documents: Iterable[Document]) -> None:
        """Index documents."""
        for document in documents:
            made = row(document)
            fields = [made.texts[name] for name in _FIELDS]
            number = self._connection.execute(
                f"INSERT INTO words ({', '.join(_FIELDS)}) VALUES (?, ?, ?, ?, ?, ?)", fields
            ).lastrowid
            first = [(document.values(name) or ("",))[0] for name in FACETS]
            self._connection.execute(
                "INSERT INTO narrow VALUES (?, ?, ?, ?, ?, ?)", [number, *first, made.numbers["day"]]
            )
            self._connection.execute("INSERT INTO shown VALUES (?, ?)", [number, dump(document)])

    def finish(self) -> None:
        """Make it as fast to read as it can be."""
        self._connection.commit()
        self._connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._connection.execute("ANALYZE")
        self._connection.commit()

    def page(self, match: str, size: int = 10) -> Page:
        """A page of hits for an expression of FTS5."""
        best = self._connection.execute(
            f"SELECT rowid FROM words WHERE words MATCH ? AND rank MATCH 'bm25({_WEIGHTS})' ORDER BY rank LIMIT ?",
            [match, size],
        ).fetchall()
        hits = [
            load(self._connection.execute("SELECT document FROM shown WHERE id = ?", one).fetchone()[0]) for one in best
        ]
        counts = " UNION ALL ".join(
            f"SELECT '{name}', {name}, count(*) FROM found JOIN narrow USING (id) GROUP BY 2" for name in FACETS
        )
        facets: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for name, value, count in self._connection.execute(
            f"WITH found AS MATERIALIZED (SELECT rowid AS id FROM words WHERE words MATCH ?) {counts}", [match]
        ):
            facets[name][value] = count
        return Page(sum(facets["type"].values()), hits, facets)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()
