"""Alembic's entry: one online run on the engine that `migrations.upgrade` hands over."""

from alembic import context

from belfort.records.database import metadata, write

with write(context.config.attributes["engine"]) as connection:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
