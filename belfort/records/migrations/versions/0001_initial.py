"""The first schema."""

from alembic import op

from belfort.records import (
    assertion,
    attempt,
    change,
    entity,
    feed_file,
    issue,
    job,
    ledger,
    origin,
    run,
    snapshot,
    source,
    submission,
    url,
)  # fmt: skip
from belfort.records.database import metadata

revision = "0001"
down_revision = None

# Importing a record registers its table; naming them here keeps the imports from looking superfluous.
RECORDS = (
    assertion, attempt, change, entity, feed_file, issue, job, ledger, origin, run, snapshot, source,
    submission, url,
)  # fmt: skip


def upgrade() -> None:
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
