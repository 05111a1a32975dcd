"""URL: the frontier: every address that a source led to, each in exactly one state at any moment.

States: `pending` (to be fetched, or fetched again), `leased` (a crawler has it until `lease_until`), `captured`
(fetched, new content), `unchanged` (fetched, same content or 304), `moved` (a redirect to `reason`, which has a row
of its own), `gone` (404 or 410), `refused` (a guard, robots.txt or a limit forbids it), `failed`
(no usable answer; see `reason`). A worker never owns a row: an expired lease is pending again. The attempts say how
it came to its state.

`run` is the last run that wanted the address, `tries` how often that run asked for it. `body` and `snapshot` name
the content that counts now: both are empty when there is none (never captured, or withdrawn). `links` is a JSON list
of the addresses it leads to. `misses` counts the consecutive runs in which it was gone.
"""

import sqlalchemy as sa

from belfort.records.database import Sequence64, metadata

STATES = ("pending", "leased", "captured", "unchanged", "moved", "gone", "refused", "failed")

url = sa.Table(
    "url",
    metadata,
    sa.Column("source", sa.ForeignKey("source.slug"), primary_key=True),
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("depth", sa.Integer, nullable=False),
    sa.Column("run", Sequence64, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("lease_until", sa.Text, nullable=False),
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("last_modified", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("snapshot", sa.Text, nullable=False),
    sa.Column("links", sa.Text, nullable=False),
    sa.Column("misses", sa.Integer, nullable=False),
    sa.Column("checked", sa.Text, nullable=False),
    sa.Index(None, "source", "state"),
)
