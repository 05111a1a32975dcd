"""Where the feeds lie: one SQLite file, written by the projection in one transaction a run, read by the site."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

SCHEMA = 1
PAGE = 100
_TABLES = (
    "CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE version (number INTEGER PRIMARY KEY, seq INTEGER NOT NULL, at TEXT NOT NULL, iri TEXT NOT NULL,"
    " class_iri TEXT NOT NULL, uuid TEXT NOT NULL, label TEXT NOT NULL, lines TEXT NOT NULL)",
    "CREATE INDEX version_iri ON version (iri, number)",
    "CREATE INDEX version_class ON version (class_iri, number)",
    "CREATE INDEX version_seq ON version (seq)",
    "CREATE TABLE delta (feed TEXT NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    " created TEXT NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (feed, number))",
    "CREATE INDEX delta_created ON delta (feed, created, number)",
    "CREATE TABLE member (feed TEXT NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL,"
    " PRIMARY KEY (feed, number)) WITHOUT ROWID",
    "CREATE INDEX member_version ON member (version)",
)


class Version(NamedTuple):
    """One member: `lines` are the public lines after the change, "" for a tombstone."""

    number: int
    seq: int
    at: str
    iri: str
    class_iri: str
    uuid: str
    label: str
    lines: str


class Delta(NamedTuple):
    """One delta file of a feed; `created` is its own in the feed, `seq` its change, `body` gzip-compressed JSON."""

    feed: str
    number: int
    id: str
    name: str
    created: str
    seq: int
    body: bytes


def path(folder: Path) -> Path:
    """The file in the folder of the feeds."""
    return folder / "feeds.sqlite"


@contextmanager
def writing(folder: Path, *, fresh: bool) -> Iterator[sqlite3.Connection]:
    """The file for one run, made when it is not there or of another form; all that is written counts, or nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path(folder), isolation_level=None, timeout=30.0)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")  # an erased version may not stay in free pages
        connection.execute("BEGIN IMMEDIATE")
        try:
            if fresh or connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                _create(connection)
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _create(connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (name,) in rows.fetchall():
        connection.execute(f"DROP TABLE {name}")
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection | None]:
    """The file for reading, or None when there are no feeds yet."""
    if not path(folder).exists():
        yield None
        return
    uri = f"{path(folder).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30.0)) as connection:
        connection.execute("BEGIN")
        if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
            yield None
        else:
            yield connection


def state(connection: sqlite3.Connection, name: str, default: str = "") -> str:
    """A value that the projection remembers."""
    row = connection.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else default


def set_state(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Remember a value."""
    connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))


def compact(folder: Path) -> None:
    """Empty the log beside the file and give free pages back, so that nothing erased stays anywhere."""
    if path(folder).exists():
        with closing(sqlite3.connect(path(folder), isolation_level=None, timeout=30.0)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
