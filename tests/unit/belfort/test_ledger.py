"""The ledger: appended in one order, never edited, and any edit behind its back is found."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from belfort.jobs import Context
from belfort.records import change, ledger
from belfort.records.attempt import attempt
from belfort.records.database import create_engine, metadata, read, write

COUNT = 12


def _fill(context: Context) -> None:
    with write(context.engine) as connection:
        for number in range(1, COUNT + 1):
            ledger.append(connection, "snapshot", f"https://x.example/é/{number}", f"{number:064d}", {"n": number})


def test_the_chain_holds(any_context: Context) -> None:
    """Entries are numbered from 1 without a gap, each with the hash of the one before."""
    _fill(any_context)
    with read(any_context.engine) as connection:
        assert list(ledger.broken_links(connection)) == []
        rows = connection.execute(sa.select(ledger.ledger).order_by(ledger.ledger.c.seq)).all()
    assert [row.seq for row in rows] == list(range(1, COUNT + 1))
    assert [row.previous for row in rows] == [ledger.GENESIS, *(row.hash for row in rows[:-1])]
    assert json.loads(rows[4].detail) == {"n": 5}


def test_a_transaction_that_fails_leaves_no_entry(any_context: Context) -> None:
    """An entry belongs to the transaction that makes the thing it speaks of; its number is used again."""

    def fails() -> None:
        with write(any_context.engine) as connection:
            assert ledger.append(connection, "snapshot", "x", "") == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with write(any_context.engine) as connection:
        assert ledger.append(connection, "snapshot", "y", "") == 1


Tamper = Callable[[sqlite3.Connection], object]
LATE = "UPDATE ledger SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 7"
SWAP = (
    "UPDATE ledger SET seq = -1 WHERE seq = 4; UPDATE ledger SET seq = 4 WHERE seq = 5;"
    "UPDATE ledger SET seq = 5 WHERE seq = -1;"
)
EDITS: dict[str, tuple[str, str]] = {
    "moment": (LATE, "entry 7 was changed"),
    "kind": ("UPDATE ledger SET kind = 'withdrawn' WHERE seq = 7", "entry 7 was changed"),
    "subject": ("UPDATE ledger SET subject = subject || '/' WHERE seq = 1", "entry 1 was changed"),
    "digest": ("UPDATE ledger SET digest = '0' WHERE seq = 12", "entry 12 was changed"),
    "detail": ("UPDATE ledger SET detail = '{\"n\":8}' WHERE seq = 7", "entry 7 was changed"),
    "hash": ("UPDATE ledger SET hash = previous WHERE seq = 3", "entry 3 was changed"),
    "link": ("UPDATE ledger SET previous = hash WHERE seq = 3", "entry 3 does not follow"),
    "first removed": ("DELETE FROM ledger WHERE seq = 1", "entry 1 is missing"),
    "one removed": ("DELETE FROM ledger WHERE seq = 6", "entry 6 is missing"),
    "removed and closed": (
        "DELETE FROM ledger WHERE seq = 6; UPDATE ledger SET seq = seq - 1 WHERE seq > 6;",
        "entry 6 does not follow",
    ),
    "swapped": (SWAP, "entry 4 does not follow"),
    "added": (
        "INSERT INTO ledger SELECT 13, at, kind, subject, digest, detail, previous, hash FROM ledger WHERE seq = 12",
        "entry 13 does not follow",
    ),
}


@pytest.fixture
def copy(context: Context, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the records whose triggers were dropped, as someone with the file could do."""
    _fill(context)
    context.engine.dispose()
    shutil.copy(context.settings.data / "records.sqlite", tmp_path / "copy.sqlite")
    connection = sqlite3.connect(tmp_path / "copy.sqlite", isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.close()


def _faults(path: Path) -> list[str]:
    engine = create_engine(f"sqlite:///{path}")
    with read(engine) as connection:
        found = list(ledger.broken_links(connection))
    engine.dispose()
    return found


@pytest.mark.parametrize(("statement", "fault"), EDITS.values(), ids=EDITS)
def test_tampering_is_found(copy: sqlite3.Connection, tmp_path: Path, statement: str, fault: str) -> None:
    """Whatever is changed, removed, swapped or added, the first fault names the entry where it starts."""
    assert _faults(tmp_path / "copy.sqlite") == []
    copy.executescript(statement)
    assert fault in _faults(tmp_path / "copy.sqlite")[0]


def test_an_edit_with_its_hash_made_right_is_found(copy: sqlite3.Connection, tmp_path: Path) -> None:
    """Who recomputes the hash of the edited entry breaks the link of the next."""
    row = copy.execute("SELECT previous, seq, at, kind, subject, digest FROM ledger WHERE seq = 5").fetchone()
    forged = ledger.entry_hash(*row, '{"n":6}')
    copy.execute("UPDATE ledger SET detail = '{\"n\":6}', hash = ? WHERE seq = 5", [forged])
    assert _faults(tmp_path / "copy.sqlite") == ["ledger entry 6 does not follow the entry before it"]


APPEND_ONLY = ["ledger", "change", "snapshot", "submission", "attempt"]


def _one_row(context: Context, table: str) -> None:
    """One row in the table, whatever its columns."""
    columns = metadata.tables[table].c
    with write(context.engine) as connection:
        if table == "submission":
            connection.execute(
                metadata.tables["origin"].insert().values(id=1, iri="x", kind="page", authority="x", first_seen="x")
            )
        values = {column.name: 1 if "INT" in str(column.type).upper() else "x" for column in columns}
        if table == "submission":
            values["origin"] = 1
        connection.execute(metadata.tables[table].insert().values(values))


def _statements(table: str, dialect: str) -> list[str]:
    column = next(column.name for column in metadata.tables[table].c if not column.primary_key)
    found = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
    return [*found, f"TRUNCATE {table}" if dialect == "postgresql" else f"REPLACE INTO {table} SELECT * FROM {table}"]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_append_only(any_context: Context, table: str) -> None:
    """The database itself refuses to change, delete, replace or truncate what was written."""
    _one_row(any_context, table)
    for statement in _statements(table, any_context.engine.dialect.name):
        with pytest.raises(sa.exc.DBAPIError, match=f"{table} is append-only"), write(any_context.engine) as connection:
            connection.exec_driver_sql(statement)
    with read(any_context.engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(metadata.tables[table])) == 1


def test_the_records_that_say_append_only_are(any_context: Context) -> None:
    """Every record whose contract says append-only or immutable has its triggers."""
    assert {change.change.name, ledger.ledger.name, attempt.name} <= set(APPEND_ONLY)
    catalogue = "sqlite_master WHERE type = 'trigger'"
    query = f"SELECT DISTINCT tbl_name FROM {catalogue}"
    if any_context.engine.dialect.name == "postgresql":
        query = "SELECT DISTINCT event_object_table FROM information_schema.triggers"
    with read(any_context.engine) as connection:
        assert sorted(connection.exec_driver_sql(query).scalars()) == sorted(APPEND_ONLY)
