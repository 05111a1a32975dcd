"""Submission: what one origin said at one moment, immutable.

Identity: (origin, input digest, pipeline version). `quads` names the blob with its canonical N-Triples lines
(skolemised, sorted, exact lexical forms); the private folder holds it, since a page may say what may not be public.
The newest accepted submission of an origin counts: `origin.current`, set in the transaction that appends the
ledger entry.
"""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from belfort.records.database import Sequence64, append_only, metadata, now
from belfort.records.prepared import Prepared

submission = sa.Table(
    "submission",
    metadata,
    sa.Column("id", Sequence64, primary_key=True, autoincrement=True),
    sa.Column("origin", sa.ForeignKey("origin.id"), nullable=False),
    sa.Column("input_digest", sa.Text, nullable=False),
    sa.Column("pipeline", sa.Text, nullable=False),
    sa.Column("quads", sa.Text, nullable=False),
    sa.Column("triples", sa.Integer, nullable=False),
    sa.Column("document_types", sa.Text, nullable=False),
    sa.Column("repairs", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("snapshot", sa.Text, nullable=True),
    sa.Column("created", sa.Text, nullable=False),
    sa.UniqueConstraint("origin", "input_digest", "pipeline"),
)
append_only(submission)

_ADD = Prepared(
    submission.insert().returning(submission.c.id),
    [column.name for column in submission.columns if column.name != "id"],
)
_OF_NUMBER = Prepared(sa.select(submission).where(submission.c.id == sa.bindparam("of")))
_FIND = Prepared(
    sa.select(submission).where(
        submission.c.origin == sa.bindparam("of"),
        submission.c.input_digest == sa.bindparam("digest"),
        submission.c.pipeline == sa.bindparam("version"),
    )
)


@dataclass(frozen=True)
class Submission:
    """One row of the table, with its JSON columns read."""

    id: int
    origin: int
    input_digest: str
    pipeline: str
    quads: str
    triples: int
    document_types: list[str]
    repairs: dict[str, int]
    report: dict[str, Any] = field(default_factory=dict)
    snapshot: str | None = None
    created: str = ""


def _read(row: Any) -> Submission:
    return Submission(
        row.id, row.origin, row.input_digest, row.pipeline, row.quads, row.triples,
        json.loads(row.document_types), json.loads(row.repairs), json.loads(row.report), row.snapshot, row.created,
    )  # fmt: skip


def get(connection: sa.Connection, number: int) -> Submission:
    """The submission of that id."""
    return _read(_OF_NUMBER.run(connection, of=number).one())


def find(connection: sa.Connection, origin: int, input_digest: str, pipeline: str) -> Submission | None:
    """The submission of that identity, if it exists."""
    row = _FIND.run(connection, of=origin, digest=input_digest, version=pipeline).one_or_none()
    return _read(row) if row else None


def newest(connection: sa.Connection, origin: int) -> int | None:
    """The id of the last submission of the origin, whether it counts or not."""
    number = connection.scalar(sa.select(sa.func.max(submission.c.id)).where(submission.c.origin == origin))
    return None if number is None else int(number)


def add(connection: sa.Connection, new: Submission) -> Submission:
    """Store a new submission (its `id` and `created` are given here) and return it as stored."""
    created = now()
    number = _ADD.run(
        connection, origin=new.origin, input_digest=new.input_digest, pipeline=new.pipeline, quads=new.quads,
        triples=new.triples, document_types=json.dumps(new.document_types), snapshot=new.snapshot,
        repairs=json.dumps(new.repairs, sort_keys=True), report=json.dumps(new.report, sort_keys=True),
        created=created,
    ).scalar_one()  # fmt: skip
    return replace(new, id=number, created=created)
