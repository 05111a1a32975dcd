"""Attempt: one exchange with a server, or why there was none. Append-only; explains every state of a URL."""

import sqlalchemy as sa

from belfort.records.database import Sequence64, append_only, metadata

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("run", Sequence64, nullable=False),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("ended", sa.Text, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("snapshot", sa.Text, nullable=True),
    sa.Index(None, "source", "url"),
)
append_only(attempt)
