"""Job: work that must be done at least once: a leased row, never a message that can be lost.

`key` makes asking twice one job; handlers are idempotent. A worker leases the oldest due row, extends the lease
while it works, and deletes the row when done; a worker that dies lets its lease expire.
"""

import sqlalchemy as sa

from belfort.records.database import Sequence64, metadata

job = sa.Table(
    "job",
    metadata,
    sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("arguments", sa.Text, nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("due", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.UniqueConstraint("stage", "key"),
    sa.Index(None, "due", "priority"),
)
