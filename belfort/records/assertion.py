"""Assertion: what one origin may say publicly about one subject, after the gate, as sorted N-Triples lines.

Identity: (subject, origin). Recomputed from the origin's current submission; replaced as a whole by a new one.
"""

import sqlalchemy as sa

from belfort.records.database import Sequence64, metadata

assertion = sa.Table(
    "assertion",
    metadata,
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("origin", Sequence64, primary_key=True, autoincrement=False),
    sa.Column("lines", sa.Text, nullable=False),
    sa.Index(None, "origin"),
)
