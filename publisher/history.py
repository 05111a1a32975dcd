"""Since when an origin has spoken of a subject: read from the ledger and the submissions, only when it matters.

Who published an IRI first decides who keeps it (design §3). No table remembers that: it follows from the truth, so
that a rebuild finds the same answer.
"""

import json

import sqlalchemy as sa

from belfort.blobs import Blobs
from belfort.records import submission
from belfort.records.ledger import ledger
from belfort.records.origin import Origin
from publisher.resolve import Since


def since(connection: sa.Connection, blobs: Blobs) -> Since:
    """A function (origin, subject) → the ledger number from which the origin has stated it without a break."""
    subjects: dict[str, frozenset[str]] = {}

    def stated(quads: str) -> frozenset[str]:
        if quads not in subjects:
            rows = blobs.get(quads).decode().split("\n")
            subjects[quads] = frozenset(row.split(" ", 1)[0] for row in rows)
        return subjects[quads]

    def find(speaker: Origin, subject: str) -> int:
        first = 0
        rows = connection.execute(
            sa.select(ledger.c.seq, ledger.c.kind, ledger.c.detail)
            .where(ledger.c.subject == speaker.iri, ledger.c.kind.in_(("submission", "withdrawn")))
            .order_by(ledger.c.seq.desc())
        ).all()
        for row in rows:
            if row.kind == "withdrawn":
                break
            said = submission.get(connection, json.loads(row.detail)["submission"])
            if f"<{subject}>" not in stated(said.quads):
                break
            first = row.seq
        return first

    return find
