"""Since when an origin has spoken of a subject: read from the ledger and the submissions, only when it matters.

Who published an IRI first decides who keeps it (design §3). No table remembers that: it follows from the truth, so
that a rebuild finds the same answer.
"""

import sqlalchemy as sa

from belfort.blobs import Blobs
from belfort.records.ledger import ledger
from belfort.records.origin import Origin
from publisher.resolve import Since


def since(connection: sa.Connection, blobs: Blobs) -> Since:
    """A function (origin, subject) → the ledger number from which the origin has stated it without a break."""
    subjects: dict[str, frozenset[str]] = {}
    accepted: dict[str, list[tuple[int, str]]] = {}

    def find(speaker: Origin, subject: str) -> int:
        first = 0
        if speaker.iri not in accepted:
            accepted[speaker.iri] = _accepted(connection, speaker.iri)
        for seq, quads in accepted[speaker.iri]:
            if quads not in subjects:
                subjects[quads] = _subjects(blobs, quads)
            if f"<{subject}>" not in subjects[quads]:
                break
            first = seq
        return first

    return find


def _accepted(connection: sa.Connection, iri: str) -> list[tuple[int, str]]:
    """(ledger number, digest of the quads) of what counted for the origin, newest first, back to a withdrawal."""
    found = []
    rows = connection.execute(
        sa.select(ledger.c.seq, ledger.c.kind, ledger.c.digest)
        .where(ledger.c.subject == iri, ledger.c.kind.in_(("submission", "withdrawn")))
        .order_by(ledger.c.seq.desc())
    )
    for row in rows:
        if row.kind == "withdrawn":
            break
        found.append((row.seq, row.digest))
    return found


def _subjects(blobs: Blobs, quads: str) -> frozenset[str]:
    return frozenset(row.split(" ", 1)[0] for row in blobs.get(quads).decode().split("\n"))
