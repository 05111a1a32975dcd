"""URL: the frontier: every address that a source led to, each in exactly one state at any moment.

States: `pending` (to be fetched, or fetched again), `leased` (a crawler has it until `lease_until`), `captured`
(fetched, new content), `unchanged` (fetched, same content or 304), `gone` (404/410, or no longer listed),
`refused` (a guard or robots.txt forbids it), `failed` (no usable answer; see `reason`). A worker never owns a row:
an expired lease is pending again. The attempts say how it came to its state.
"""

import sqlalchemy as sa

from belfort.records.database import Sequence64, metadata

STATES = ("pending", "leased", "captured", "unchanged", "gone", "refused", "failed")

url = sa.Table(
    "url",
    metadata,
    sa.Column("source", sa.ForeignKey("source.slug"), primary_key=True),
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("depth", sa.Integer, nullable=False),
    sa.Column("run", Sequence64, nullable=False),
    sa.Column("lease_until", sa.Text, nullable=False),
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("last_modified", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("links", sa.Text, nullable=False),
    sa.Column("misses", sa.Integer, nullable=False),
    sa.Column("checked", sa.Text, nullable=False),
    sa.Index(None, "source", "state"),
)
