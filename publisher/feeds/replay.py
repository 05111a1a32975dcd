"""The change log as states: what each subject said before and after each change, in the order of the changes.

The state at the start of a run is what is public now, undone change by change; it is kept beside the program (a
private SQLite file that goes with the process), so memory does not grow with the number of changes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import sqlalchemy as sa

from belfort.records.change import change
from belfort.records.database import chunks
from belfort.records.entity import entity


class Step(NamedTuple):
    """What one change did to one subject: its sorted lines before and after ("" for none)."""

    seq: int
    at: str
    iri: str
    before: str
    after: str


def steps(connection: sa.Connection, since: int, until: int) -> Iterator[Step]:
    """Every step of the changes after `since` up to `until`, subjects of one change in order."""
    with closing(sqlite3.connect("", isolation_level=None)) as scratch:
        scratch.execute("CREATE TABLE said (iri TEXT PRIMARY KEY, lines TEXT NOT NULL) WITHOUT ROWID")
        scratch.execute("BEGIN")
        if since:
            _undo(connection, scratch, since, until)
        for row in _changes(connection, since, until, descending=False):
            deleted, inserted = _by_subject(row.deletes), _by_subject(row.inserts)
            for iri in sorted(deleted.keys() | inserted.keys(), key=str.encode):
                before = _said(scratch, iri)
                lines = (set(before.split("\n")) - {""} - deleted.get(iri, set())) | inserted.get(iri, set())
                after = "\n".join(sorted(lines, key=str.encode))
                scratch.execute("INSERT OR REPLACE INTO said VALUES (?, ?)", (iri, after))
                yield Step(row.seq, row.at, iri, before, after)


def _undo(connection: sa.Connection, scratch: sqlite3.Connection, since: int, until: int) -> None:
    """Put into the scratch what the subjects of those changes said before them."""
    subjects: set[str] = set()
    for row in _changes(connection, since, until, descending=False):
        subjects |= _by_subject(row.deletes).keys() | _by_subject(row.inserts).keys()
        if len(subjects) > 20_000:
            _load(connection, scratch, subjects)
            subjects = set()
    _load(connection, scratch, subjects)
    for row in _changes(connection, since, until, descending=True):
        deleted, inserted = _by_subject(row.deletes), _by_subject(row.inserts)
        for iri in deleted.keys() | inserted.keys():
            lines = (set(_said(scratch, iri).split("\n")) - {""} - inserted.get(iri, set())) | deleted.get(iri, set())
            scratch.execute(
                "INSERT OR REPLACE INTO said VALUES (?, ?)", (iri, "\n".join(sorted(lines, key=str.encode)))
            )


def _load(connection: sa.Connection, scratch: sqlite3.Connection, subjects: set[str]) -> None:
    for chunk in chunks(sorted(subjects)):
        rows = connection.execute(sa.select(entity.c.iri, entity.c.lines).where(entity.c.iri.in_(chunk)))
        scratch.executemany("INSERT OR REPLACE INTO said VALUES (?, ?)", [(row.iri, row.lines) for row in rows])


def _said(scratch: sqlite3.Connection, iri: str) -> str:
    row = scratch.execute("SELECT lines FROM said WHERE iri = ?", (iri,)).fetchone()
    return str(row[0]) if row else ""


def _changes(
    connection: sa.Connection, since: int, until: int, *, descending: bool
) -> Iterator[sa.Row[tuple[int, str, str, str]]]:
    order = change.c.seq.desc() if descending else change.c.seq
    statement = (
        sa.select(change.c.seq, change.c.at, change.c.inserts, change.c.deletes)
        .where(change.c.seq > since, change.c.seq <= until)
        .order_by(order)
    )
    return iter(connection.execute(statement.execution_options(yield_per=1)))


def _by_subject(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in text.split("\n") if text else ():
        found.setdefault(line.split(" ", 1)[0][1:-1], set()).add(line)
    return found
