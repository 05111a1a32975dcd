"""Migrations of the records (Alembic), run when the records are opened by a process that may write."""

from pathlib import Path

import sqlalchemy as sa

from belfort.errors import SettingsError

HEAD = "0001"


def upgrade(engine: sa.Engine) -> None:
    """Bring the database to this version's schema; does nothing but one look when it is there already.

    Raises:
        SettingsError: the database was written by a newer Belfort.
    """
    version = _version(engine)
    if version == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SettingsError(
            f"The database has schema {version}, which this version does not know: {error}.",
            hint="Use the Belfort version that wrote it, or a newer one.",
        ) from None


def check(engine: sa.Engine) -> None:
    """See that the database has this version's schema, for a process that may not migrate it.

    Raises:
        SettingsError: it has not.
    """
    version = _version(engine)
    if version != HEAD:
        raise SettingsError(
            f"The database has schema {version or 'none'}, and this version needs {HEAD}.",
            hint="Run `belfort project` of this version once, or use the version that wrote it.",
        )


def _version(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        known = sa.inspect(connection).has_table("alembic_version")
        return connection.scalar(sa.text("SELECT version_num FROM alembic_version")) if known else None
