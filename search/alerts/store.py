"""The database of the alerts: addresses and what was sent, apart from the records (docs/decisions/0016).

SQLite in `alerts/` of the data folder (WAL, synchronous=FULL, secure_delete) or any database by
`BELFORT_ALERTS_DATABASE`. Errors of this database never show a parameter, since a parameter may be an address.

| table | a row is | identity |
|---|---|---|
| alert | a saved search of one address | id; found by the digest of its token |
| delivery | a document, as it was, that one alert must tell or has told | (alert, iri, revision) |
| mail | a letter that waits or is being sent; gone once the server took it | id, never used again |
| seen | what a document said when the projection last saw it | number of its IRI |
| asked | that somebody asked for an alert, to count by; a day old at most | id |
| stopped | that an alert was stopped; a digest and a moment | token digest |
| state | schema version and the cursor in the change log | name |
"""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from belfort.errors import Busy, SettingsError
from belfort.records import database
from belfort.records.database import Sequence64
from belfort.settings import Settings

VERSION = "1"
metadata = sa.MetaData(naming_convention=database.metadata.naming_convention)

alert = sa.Table(
    "alert",
    metadata,
    sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
    sa.Column("nonce", sa.Text, nullable=False),
    sa.Column("token_digest", sa.Text, nullable=False, unique=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("excluded", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("frequency", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("confirmed", sa.Text, nullable=False),
    sa.Column("since", Sequence64, nullable=False),
    sa.Column("refusals", sa.Integer, nullable=False),
    sa.Column("changed", sa.Text, nullable=False),
    sa.Index(None, "person"),
    sa.Index(None, "state", "created"),
    sqlite_autoincrement=True,
)

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("alert", Sequence64, sa.ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("iri", sa.Text, primary_key=True),
    sa.Column("revision", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("found", sa.Text, nullable=False),
    sa.Column("mail", Sequence64, nullable=False, server_default="0"),
    sa.Index(None, "state", "alert"),
    sa.Index(None, "mail"),
)

mail = sa.Table(
    "mail",
    metadata,
    sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
    sa.Column("alert", Sequence64, sa.ForeignKey("alert.id", ondelete="CASCADE"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("due", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Index(None, "due"),
    sa.Index(None, "alert"),
    sqlite_autoincrement=True,
)

seen = sa.Table(
    "seen",
    metadata,
    sa.Column("document", Sequence64, primary_key=True, autoincrement=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
)

asked = sa.Table(
    "asked",
    metadata,
    sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Index(None, "who", "at"),
)

stopped = sa.Table(
    "stopped",
    metadata,
    sa.Column("token_digest", sa.Text, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
)

state = sa.Table(
    "state",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


def open_store(settings: Settings) -> sa.Engine:
    """Open the database of the alerts, made when there is none yet.

    Raises:
        SettingsError: it cannot be used, or it was made by a newer version.
    """
    if not settings.alerts_database:
        try:
            settings.alerts.mkdir(parents=True, exist_ok=True, mode=0o700)
            settings.alerts.chmod(0o700)
        except OSError as error:
            raise SettingsError(f"BELFORT_DATA={settings.data}: {error.strerror}.") from None
    try:
        engine = database.create_engine(settings.alerts_url, private=True)
    except SettingsError as error:
        raise SettingsError("BELFORT_ALERTS_DATABASE is not the URL of a database.", hint=error.hint) from None
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _forget)
    try:
        with writing(engine) as connection:
            _create(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _forget(connection: Any, _record: Any) -> None:
    """What is deleted is overwritten: an address must not stay in a free page."""
    connection.execute("PRAGMA secure_delete = ON")


def _create(connection: sa.Connection) -> None:
    metadata.create_all(connection)
    found = value(connection, "version", "")
    if not found:
        set_value(connection, "version", VERSION)
    elif found != VERSION:
        raise SettingsError(
            f"The database of the alerts has version {found}, this Belfort knows {VERSION}.",
            hint="Install the newer version.",
        )


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One durable transaction; what goes wrong in the database says nothing of what was in it.

    Raises:
        Busy: the database cannot be used now.
    """
    with _quiet(), database.write(engine) as connection:
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One consistent view to read from.

    Raises:
        Busy: the database cannot be used now.
    """
    with _quiet(), database.read(engine) as connection:
        yield connection


@contextmanager
def _quiet() -> Iterator[None]:
    try:
        yield
    except sa.exc.SQLAlchemyError as error:
        kind = type(error).__name__
        raise Busy(
            f"De databank van de meldingen is nu niet te gebruiken ({kind}).", hint="Probeer het straks opnieuw."
        ) from None


def compact(engine: sa.Engine) -> None:
    """Let go of old pages in the log of SQLite, so that a deleted address is nowhere; best effort."""
    if engine.dialect.name != "sqlite":
        return
    with contextlib.suppress(sa.exc.SQLAlchemyError), engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver
        driver.execute("PRAGMA busy_timeout = 500")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        driver.execute("PRAGMA busy_timeout = 30000")


def value(connection: sa.Connection, name: str, otherwise: str) -> str:
    """A value of the table `state`."""
    found = connection.execute(sa.select(state.c.value).where(state.c.name == name)).scalar_one_or_none()
    return otherwise if found is None else str(found)


def set_value(connection: sa.Connection, name: str, to: str) -> None:
    """Set a value of the table `state`."""
    database.upsert(connection, state, [{"name": name, "value": to}], ["name"])
