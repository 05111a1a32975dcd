"""The one way a statement of an origin comes to count: submission, ledger entry and merge in one transaction.

Enters: the canonical lines of what an origin says. Leaves: an accepted submission and the change it made to the
public data, or nothing when the origin says what it said before. Both siblings use it: pages (harvester) and
register data (publisher).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from belfort import jobs
from belfort.records import ledger, origin, submission
from belfort.records.change import Change
from belfort.records.database import write
from belfort.records.origin import Kind


@dataclass(frozen=True)
class Statement:
    """What one origin says: `lines` are canonical N-Triples lines (no blank nodes, sorted, distinct)."""

    origin: str
    kind: Kind
    authority: str
    input_digest: str
    pipeline: str
    lines: list[str]
    document_types: list[str] = field(default_factory=list)
    repairs: dict[str, int] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    snapshot: str | None = None


@dataclass(frozen=True)
class Accepted:
    """The submission that counts now, whether that is news, and the change to the public data (None: no change)."""

    submission: submission.Submission
    news: bool
    change: Change | None


Within = Callable[[sa.Connection], None]


def accept(context: jobs.Context, statement: Statement, *, within: Within | None = None) -> Accepted:
    """Make the statement count for its origin; saying the same again changes nothing.

    A page says the same when its lines are the same, whatever else its bytes have; the submission that counts stays.

    `within` may write more records (a snapshot, issues) in the same transaction, before the submission.
    """
    quads = context.blobs.put("".join(f"{line}\n" for line in statement.lines).encode())
    with write(context.engine) as connection:
        if within:
            within(connection)
        speaker = origin.find_or_add(connection, statement.origin, statement.kind, statement.authority)
        current = submission.get(connection, speaker.current) if speaker.current is not None else None
        if current and statement.kind == "page" and (current.quads, current.pipeline) == (quads, statement.pipeline):
            return Accepted(current, False, None)  # other bytes (an advert, a nonce), the same statement
        known = submission.find(connection, speaker.id, statement.input_digest, statement.pipeline)
        if known and speaker.current == known.id:
            return Accepted(known, False, None)
        counts = known or submission.add(connection, _row(statement, speaker.id, quads))
        ledger.append(connection, "submission", statement.origin, counts.quads, {"submission": counts.id})
        origin.set_current(connection, speaker.id, counts.id)
        change = jobs.inline(
            context, connection, "merge", {"origin": speaker, "submission": counts.id, "lines": statement.lines}
        )
        return Accepted(counts, True, change)


def withdraw(context: jobs.Context, iri: str, reason: str) -> Change | None:
    """Let an origin say nothing any more; its triples go unless another origin says them too."""
    with write(context.engine) as connection:
        speaker = origin.find(connection, iri)
        if speaker is None or speaker.current is None:
            return None
        ledger.append(connection, "withdrawn", iri, "", {"reason": reason, "submission": speaker.current})
        origin.set_current(connection, speaker.id, None)
        change: Change | None = jobs.inline(
            context, connection, "merge", {"origin": speaker, "submission": None, "lines": []}
        )
        return change


def _row(statement: Statement, speaker: int, quads: str) -> submission.Submission:
    return submission.Submission(
        0, speaker, statement.input_digest, statement.pipeline, quads, len(statement.lines),
        statement.document_types, statement.repairs, statement.report, statement.snapshot,
    )  # fmt: skip
