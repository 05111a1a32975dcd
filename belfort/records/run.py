"""Run: one visit to a source, from its seed until nothing is left to ask for; the attempts name it.

`ended` is empty while it goes on or waits to be resumed; `outcome` is `complete`, `budget` (more pages than one run
may fetch) or `held` (so much was gone that nothing was withdrawn); `counts` is JSON: state → addresses.
"""

import sqlalchemy as sa

from belfort.records.database import Sequence64, metadata

run = sa.Table(
    "run",
    metadata,
    sa.Column("source", sa.ForeignKey("source.slug"), primary_key=True),
    sa.Column("number", Sequence64, primary_key=True, autoincrement=False),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("ended", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("counts", sa.Text, nullable=False),
)
