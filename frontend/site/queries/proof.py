"""The proof line: which pages or registers say this, when Belfort saw them, and the digest of what it saw."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records.assertion import assertion
from belfort.records.ledger import ledger
from belfort.records.origin import origin
from belfort.records.snapshot import snapshot
from belfort.records.submission import submission
from belfort.records.url import url


@dataclass(frozen=True)
class Proof:
    """One origin of an entity.

    `source` is the address of the page (empty for a register), `authority` who is behind it, `digest` the sha256 of the
    bytes that count now, `first_seen` and `last_seen` moments as records store them, `entry` the ledger entry that made
    it count.
    """

    source: str
    authority: str
    digest: str
    first_seen: str
    last_seen: str
    entry: int


def proofs(connection: sa.Connection, iris: Iterable[str]) -> list[Proof]:
    """The origins of these entities, first seen first; at most 20."""
    rows = connection.execute(
        sa.select(origin, submission.c.input_digest, submission.c.created)
        .join(submission, submission.c.id == origin.c.current)
        .where(origin.c.id.in_(sa.select(assertion.c.origin).where(assertion.c.subject.in_(list(iris)))))
        .order_by(origin.c.first_seen, origin.c.iri)
        .limit(20)
    ).all()
    names = [row.iri for row in rows]
    seen = _moments(connection, snapshot.c.url, snapshot.c.at, names)
    checked = _moments(connection, url.c.url, url.c.checked, names)
    entries = {
        row.subject: row.seq
        for row in connection.execute(
            sa.select(ledger.c.subject, sa.func.max(ledger.c.seq).label("seq"))
            .where(ledger.c.subject.in_(names), ledger.c.kind == "submission")
            .group_by(ledger.c.subject)
        )
    }
    return [
        Proof(
            row.iri if row.kind == "page" else "",
            row.authority,
            row.input_digest,
            min(row.first_seen, seen.get(row.iri, (row.first_seen, ""))[0]),
            max(row.created, seen.get(row.iri, ("", ""))[1], checked.get(row.iri, ("", ""))[1]),
            entries.get(row.iri, 0),
        )
        for row in rows
    ]


def _moments(
    connection: sa.Connection, name: sa.Column[str], at: sa.Column[str], names: list[str]
) -> dict[str, tuple[str, str]]:
    """Name → first and last moment."""
    rows = connection.execute(
        sa.select(name, sa.func.min(at), sa.func.max(at)).where(name.in_(names), at != "").group_by(name)
    )
    return {row[0]: (row[1], row[2]) for row in rows}
