"""Migrations: a new database gets the schema that the records declare, a newer one is refused; on both databases."""

import importlib
import pkgutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from belfort import records
from belfort.errors import SettingsError
from belfort.jobs import Context
from belfort.records import database, ledger, migrations
from belfort.records.database import create_engine, metadata, open_database, read, write
from belfort.settings import Settings

for module in pkgutil.iter_modules(records.__path__):  # importing a record registers its table
    importlib.import_module(f"belfort.records.{module.name}")


def test_the_schema_is_what_the_records_declare(any_context: Context) -> None:
    """Alembic finds no difference between the migrated database and the tables of the code."""
    with read(any_context.engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        names = set(sa.inspect(connection).get_table_names())
    assert names == {*metadata.tables, "alembic_version"}


def test_a_table_that_says_so_is_append_only(any_context: Context) -> None:
    """The migration made the triggers of every table whose record forbids changes, and of no other."""
    said = {name for name, table in metadata.tables.items() if table.info.get("append_only")}
    query = (
        "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if any_context.engine.dialect.name == "sqlite"
        else "SELECT DISTINCT event_object_table FROM information_schema.triggers"
    )
    with read(any_context.engine) as connection:
        assert set(connection.execute(sa.text(query)).scalars()) == said
    assert "ledger" in said


def test_going_back_leaves_nothing(any_context: Context) -> None:
    """The first migration can be undone and done again."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["engine"] = any_context.engine
    command.downgrade(config, "base")
    with read(any_context.engine) as connection:
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version"}
    migrations.upgrade(any_context.engine)


def test_head_is_the_newest_migration() -> None:
    """The constant that saves the look at the scripts names the last of them."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [migrations.HEAD]


def test_opening_again_changes_nothing(any_context: Context) -> None:
    """A database that is up to date is left alone, with what is in it."""
    with write(any_context.engine) as connection:
        ledger.append(connection, "snapshot", "x", "")
    again = open_database(any_context.settings)
    with read(again) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(ledger.ledger)) == 1
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == migrations.HEAD
    again.dispose()


@pytest.mark.parametrize("read_only", [False, True], ids=["writer", "reader"])
def test_a_newer_database_is_refused(any_context: Context, read_only: bool) -> None:
    """The message names the schema that was found and says to use a newer version; nothing is changed."""
    with write(any_context.engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SettingsError, match="schema 9999") as caught:
        open_database(any_context.settings, read_only=read_only)
    assert "version" in caught.value.hint
    with read(any_context.engine) as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_reader_does_not_migrate(settings: Settings) -> None:
    """A read-only process refuses an empty database and leaves it empty."""
    settings.data.mkdir()
    create_engine(settings.database_url).connect().close()
    with pytest.raises(SettingsError, match="schema none"):
        open_database(settings, read_only=True)
    engine = create_engine(settings.database_url)
    with read(engine) as connection:
        assert sa.inspect(connection).get_table_names() == []
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """When making the schema breaks off, the database is as empty as before, and the next start succeeds."""

    def breaks(_name: str, _dialect: str) -> list[str]:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(database, "append_only_statements", breaks)
        with pytest.raises(ZeroDivisionError):
            open_database(settings)
    engine = create_engine(settings.database_url)
    with read(engine) as connection:
        assert sa.inspect(connection).get_table_names() == []
    engine.dispose()
    open_database(settings).dispose()
