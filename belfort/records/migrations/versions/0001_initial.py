"""The first schema."""

import sqlalchemy as sa
from alembic import op

from belfort.records.database import append_only_statements

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("attempt", "change", "ledger", "snapshot", "submission")


def upgrade() -> None:
    op.create_table(
        "assertion",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("origin", NUMBER, autoincrement=False, nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "origin", name="pk_assertion"),
    )
    op.create_index("ix_assertion_origin", "assertion", ["origin"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("run", NUMBER, nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_source_attempt_url", "attempt", ["source", "url"], unique=False)
    op.create_table(
        "change",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("origin", NUMBER, nullable=False),
        sa.Column("submission", NUMBER, nullable=True),
        sa.Column("inserts", sa.Text(), nullable=False),
        sa.Column("deletes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_change"),
    )
    op.create_index("ix_change_origin", "change", ["origin"], unique=False)
    op.create_table(
        "entity",
        sa.Column("iri", sa.Text(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("class_iri", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("revision", NUMBER, nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("iri", name="pk_entity"),
    )
    op.create_index("ix_entity_class_iri_entity_date", "entity", ["class_iri", "date"], unique=False)
    op.create_index("ix_entity_class_iri_entity_label", "entity", ["class_iri", "label"], unique=False)
    op.create_index("ix_entity_uuid", "entity", ["uuid"], unique=False)
    op.create_table(
        "entity_link",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("predicate", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "predicate", "object", name="pk_entity_link"),
    )
    op.create_index("ix_entity_link_object_entity_link_predicate", "entity_link", ["object", "predicate"], unique=False)
    op.create_table(
        "feed_file",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("applied", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", "id", name="pk_feed_file"),
    )
    op.create_table(
        "issue",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
    )
    op.create_index("ix_issue_origin_issue_stage", "issue", ["origin", "stage"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.UniqueConstraint("stage", "key", name="uq_job_stage_key"),
    )
    op.create_index("ix_job_due_job_priority", "job", ["due", "priority"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger"),
    )
    op.create_index("ix_ledger_subject", "ledger", ["subject"], unique=False)
    op.create_table(
        "origin",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("iri", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("current", NUMBER, nullable=True),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_origin"),
        sa.UniqueConstraint("iri", name="uq_origin_iri"),
    )
    op.create_index("ix_origin_authority", "origin", ["authority"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("request_headers", sa.Text(), nullable=False),
        sa.Column("response_headers", sa.Text(), nullable=False),
        sa.Column("peer", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_snapshot"),
    )
    op.create_index("ix_snapshot_url", "snapshot", ["url"], unique=False)
    op.create_table(
        "source",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("allow", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_source"),
    )
    op.create_table(
        "tombstone",
        sa.Column("iri", sa.Text(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("class_iri", sa.Text(), nullable=False),
        sa.Column("revision", NUMBER, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("iri", name="pk_tombstone"),
    )
    op.create_index("ix_tombstone_uuid", "tombstone", ["uuid"], unique=False)
    op.create_table(
        "run",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name="fk_run_source"),
        sa.PrimaryKeyConstraint("source", "number", name="pk_run"),
    )
    op.create_table(
        "submission",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("origin", NUMBER, nullable=False),
        sa.Column("input_digest", sa.Text(), nullable=False),
        sa.Column("pipeline", sa.Text(), nullable=False),
        sa.Column("quads", sa.Text(), nullable=False),
        sa.Column("triples", sa.Integer(), nullable=False),
        sa.Column("document_types", sa.Text(), nullable=False),
        sa.Column("repairs", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["origin"], ["origin.id"], name="fk_submission_origin"),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("origin", "input_digest", "pipeline", name="uq_submission_origin_input_digest_pipeline"),
    )
    op.create_table(
        "url",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("run", NUMBER, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.slug"], name="fk_url_source"),
        sa.PrimaryKeyConstraint("source", "url", name="pk_url"),
    )
    op.create_index("ix_url_source_url_state", "url", ["source", "state"], unique=False)
    for name in APPEND_ONLY:
        for statement in append_only_statements(name, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for name in (
        "url",
        "submission",
        "run",
        "tombstone",
        "source",
        "snapshot",
        "origin",
        "ledger",
        "job",
        "issue",
        "feed_file",
        "entity_link",
        "entity",
        "change",
        "attempt",
        "assertion",
    ):
        op.drop_table(name)
    if op.get_context().dialect.name == "postgresql":
        for name in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {name}_append_only()")
