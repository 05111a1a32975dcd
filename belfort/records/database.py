"""Opens the records: SQLite (WAL, synchronous=FULL) in the data folder by default, PostgreSQL by URL.

There is one way to read (`read`) and one way to write (`write`). A write takes the one lock that gives the order
of the ledger and the change log: BEGIN IMMEDIATE on SQLite, an advisory lock on PostgreSQL.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from belfort.errors import SettingsError
from belfort.records.prepared import Prepared
from belfort.settings import Settings

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives out increasing numbers only for INTEGER PRIMARY KEY; PostgreSQL should have room for all of Flanders.
Sequence64 = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_WRITE_LOCK = 0x6265_6C66  # "belf"


def open_database(settings: Settings, *, read_only: bool = False) -> sa.Engine:
    """Open the records, creating or migrating them first; read-only processes only check.

    Raises:
        SettingsError: the database cannot be reached or is newer than this version.
    """
    from belfort.records import migrations

    if not settings.database:
        if read_only and not (settings.data / "records.sqlite").exists():
            raise SettingsError(
                f"There are no records in {settings.data.resolve()}.",
                hint="Run `belfort process`, `belfort harvest` or `belfort demo` first, or set BELFORT_DATA.",
            )
        try:
            settings.data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"BELFORT_DATA={settings.data}: {error.strerror}.") from None
    engine = create_engine(settings.database_url, read_only=read_only)
    try:
        (migrations.check if read_only else migrations.upgrade)(engine)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise SettingsError(
            f"The database cannot be opened: {error.orig}.", hint="Check BELFORT_DATABASE and BELFORT_DATA."
        ) from None
    except Exception:
        engine.dispose()
        raise
    return engine


def create_engine(url: str, *, read_only: bool = False, private: bool = False) -> sa.Engine:
    """The engine of a database URL, with the pragmas and transactions that durability needs.

    Errors of a `private` one do not show the values of a statement.
    """
    try:
        engine = sa.create_engine(url, hide_parameters=private)
    except (sa.exc.ArgumentError, ImportError) as error:
        raise SettingsError(f"BELFORT_DATABASE: {error}.", hint="For PostgreSQL install belfort[postgresql].") from None
    if engine.dialect.name != "sqlite":
        return engine

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 30000")  # first: the next one may have to wait
        cursor.execute("PRAGMA page_size = 8192")  # most rows are the lines of a subject: fewer overflow pages
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA wal_autocheckpoint = 4000")  # pages: at most some 32 MB are written twice later
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE deletes past the triggers
        cursor.execute("PRAGMA cache_size = -65536")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("belfort_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def write(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One durable transaction that nobody else's write can interleave with."""
    with engine.connect().execution_options(belfort_write=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITE_LOCK)))
        yield connection


@contextmanager
def read(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One consistent view to read from."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def upsert(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], keys: Iterable[str]) -> None:
    """Insert the rows; where the key exists, replace the other columns."""
    if rows:
        _upsert(table, connection.dialect.name, tuple(rows[0]), tuple(keys)).many(connection, rows)


@cache
def _upsert(table: sa.Table, dialect: str, names: tuple[str, ...], keys: tuple[str, ...]) -> Prepared:
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    rest = {name: insert.excluded[name] for name in names if name not in keys}
    statement = (
        insert.on_conflict_do_update(index_elements=keys, set_=rest)
        if rest
        else insert.on_conflict_do_nothing(index_elements=keys)
    )
    return Prepared(statement, names)


def chunks(items: Sequence[str], size: int = 400) -> Iterator[Sequence[str]]:
    """The items in pieces that fit in one IN list."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def bytewise(connection: sa.Connection, column: Any) -> Any:
    """The text column ordered by its bytes on both databases (PostgreSQL would use the locale)."""
    return sa.collate(column, "C") if connection.dialect.name == "postgresql" else column


def now() -> str:
    """The present moment in UTC with milliseconds, as every record stores it (sorts as text)."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def append_only(table: sa.Table) -> None:
    """Say that rows of the table are never changed or removed; its migration makes the triggers that forbid it."""
    table.info["append_only"] = True


def append_only_statements(name: str, dialect: str) -> list[str]:
    """The DDL that forbids UPDATE, DELETE and TRUNCATE on a table."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {name}_no_{verb} BEFORE {verb} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {name}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{name} is append-only'; END $$",
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}_append_only()",
        f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_append_only()",
    ]
