"""The first schema."""

from alembic import op

from belfort.records import (  # noqa: F401: importing registers the tables
    assertion, attempt, change, entity, issue, job, ledger, origin, snapshot, source, submission, url,
)  # fmt: skip
from belfort.records.database import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
