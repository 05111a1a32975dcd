"""The database: one writer at a time on both kinds, so that numbers follow the commits and nothing is lost."""

from collections.abc import Mapping

import pytest
import sqlalchemy as sa

from belfort.blobs import Blobs
from belfort.errors import SettingsError
from belfort.jobs import Context
from belfort.records import change, ledger
from belfort.records.database import bytewise, chunks, create_engine, now, open_database, read, upsert, write
from belfort.records.entity import tombstone
from belfort.settings import Settings
from tests.support.process import start

_WRITES = """
from belfort.records import change, ledger
from belfort.records.database import write
context = open_context(load_settings())
print("ready", flush=True)
sys.stdin.readline()
for number in range(25):
    with write(context.engine) as connection:
        ledger.append(connection, "snapshot", f"{sys.argv[1]}/{number}", "")
        change.append(connection, 1, None, [sys.argv[1]], [])
"""


def test_two_writers_at_once(any_context: Context) -> None:
    """Two processes that append at the same time lose nothing: both logs are whole and numbered without a gap."""
    writers = [start(_WRITES, any_context, name) for name in ("a", "b")]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=120)
    assert [writer.returncode for writer in writers] == [0, 0]
    with read(any_context.engine) as connection:
        assert list(ledger.broken_links(connection)) == []
        entries = connection.execute(sa.select(ledger.ledger.c.seq, ledger.ledger.c.subject)).all()
        changes = list(change.since(connection, 0))
    assert sorted(row.seq for row in entries) == list(range(1, 51))
    assert {row.subject for row in entries} == {f"{name}/{number}" for name in "ab" for number in range(25)}
    assert [one.seq for one in changes] == list(range(1, 51))
    assert sorted(one.inserts for one in changes) == ["a"] * 25 + ["b"] * 25
    # Each writer's own entries are in the order in which it wrote them.
    for name in "ab":
        own = [row.subject for row in sorted(entries, key=lambda row: row.seq) if row.subject.startswith(name)]
        assert own == [f"{name}/{number}" for number in range(25)]


_OPENS = """
from belfort.records.database import read
import sqlalchemy as sa
sys.stdin.readline()
with read(open_context(load_settings()).engine) as connection:
    print(connection.scalar(sa.text("SELECT count(*) FROM ledger")))
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_open_a_new_database_at_once(
    kind: str, settings: Settings, request: pytest.FixtureRequest
) -> None:
    """Whoever comes first makes the schema, and the other finds it."""
    database = request.getfixturevalue("postgres").new_database() if kind == "postgresql" else ""
    fresh = Settings(data=settings.data, database=database)
    engine = create_engine("sqlite://")
    openers = [start(_OPENS, Context(fresh, engine, Blobs(settings.private))) for _ in range(2)]
    outs = [opener.communicate("go\n", timeout=120)[0] for opener in openers]
    assert [opener.returncode for opener in openers] == [0, 0]
    assert outs == ["0\n", "0\n"]
    engine.dispose()


def test_a_reader_sees_one_moment(any_context: Context) -> None:
    """What is committed while someone reads is not in that reader's view, and is in the next."""
    count = sa.select(sa.func.count()).select_from(ledger.ledger)
    with read(any_context.engine) as reader:
        assert reader.scalar(count) == 0
        with write(any_context.engine) as connection:
            ledger.append(connection, "snapshot", "x", "")
        assert reader.scalar(count) == 0
    with read(any_context.engine) as reader:
        assert reader.scalar(count) == 1


def test_an_exception_rolls_back(any_context: Context) -> None:
    """Nothing of a transaction that fails is kept."""

    def fails() -> None:
        with write(any_context.engine) as connection:
            change.append(connection, 1, None, ["x"], [])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with read(any_context.engine) as connection:
        assert change.last_seq(connection) == 0


def test_changes_since(any_context: Context) -> None:
    """Changes come in order, after the number given, no more than asked."""
    with write(any_context.engine) as connection:
        for number in range(5):
            change.append(connection, number, None, [f"+{number}", "+x"], [f"-{number}"])
    with read(any_context.engine) as connection:
        assert [one.seq for one in change.since(connection, 2)] == [3, 4, 5]
        assert [one.seq for one in change.since(connection, 0, limit=2)] == [1, 2]
        first = next(iter(change.since(connection, 0)))
    assert (first.inserts, first.deletes, first.submission) == ("+0\n+x", "-0", None)


def _grave(iri: str, revision: int) -> Mapping[str, object]:
    return {"iri": iri, "uuid": "u", "class_iri": "c", "revision": revision, "at": "t"}


def test_upsert(any_context: Context) -> None:
    """A known key gets the new values, an unknown one a row; no rows is no statement."""
    with write(any_context.engine) as connection:
        upsert(connection, tombstone, [], ["iri"])
        upsert(connection, tombstone, [_grave("a", 1), _grave("b", 1)], ["iri"])
        upsert(connection, tombstone, [_grave("b", 2), _grave("c", 2)], ["iri"])
        rows = connection.execute(sa.select(tombstone.c.iri, tombstone.c.revision).order_by(tombstone.c.iri)).all()
    assert [tuple(row) for row in rows] == [("a", 1), ("b", 2), ("c", 2)]


def test_bytewise_order(any_context: Context) -> None:
    """Both databases sort text by its bytes where the order must be the same everywhere."""
    iris = ["B", "a", "Z", "é", "_", "a/", "a-", "ä", "\U00010000", "\ufffd"]
    with write(any_context.engine) as connection:
        upsert(connection, tombstone, [_grave(iri, 1) for iri in iris], ["iri"])
        column = tombstone.c.iri
        found = connection.execute(sa.select(column).order_by(bytewise(connection, column))).scalars().all()
    assert list(found) == sorted(iris, key=str.encode)


def test_a_read_only_process_makes_nothing(settings: Settings) -> None:
    """The web process refuses a folder without records, names it, and does not make it."""
    with pytest.raises(SettingsError, match="no records"):
        open_database(settings, read_only=True)
    assert not settings.data.exists()


def test_a_read_only_process_writes_nothing(context: Context) -> None:
    """On SQLite the connection itself refuses to write."""
    engine = open_database(context.settings, read_only=True)
    with pytest.raises(sa.exc.OperationalError, match="readonly"), write(engine) as connection:
        ledger.append(connection, "snapshot", "x", "")
    engine.dispose()


def test_sqlite_is_durable(context: Context) -> None:
    """A commit is on disk when it returns: write-ahead log, full synchronisation."""
    with read(context.engine) as connection:
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert values == ["wal", 2]


def test_moments_sort_as_text() -> None:
    """A moment is UTC with milliseconds and always has the same length."""
    first, second = now(), now()
    assert first <= second
    assert len(first) == len("2026-11-25T12:00:00.000Z")
    assert first.endswith("Z")


def test_chunks() -> None:
    """Pieces hold everything once, in order."""
    items = [str(number) for number in range(1001)]
    pieces = list(chunks(items))
    assert [item for piece in pieces for item in piece] == items
    assert max(map(len, pieces)) <= 400
    assert list(chunks([])) == []
