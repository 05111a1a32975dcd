"""Ledger: what was seen and accepted, in one order, each entry chained to the one before by its hash.

Append-only by trigger. An entry is appended inside the transaction that creates the thing it speaks of; the write
lock of `database.write` gives the order. `hash` is the sha256 of the previous hash and the canonical JSON of the
entry, so an edit, a removal or a swap anywhere breaks the chain from there on.

Kinds: `snapshot` (a server's answer was kept), `submission` (an origin's statement was accepted and counts from
here on), `withdrawn` (an origin says nothing any more).
"""

import hashlib
import json
from collections.abc import Iterator

import sqlalchemy as sa

from belfort.records.database import Sequence64, append_only, metadata, now
from belfort.records.prepared import Prepared

GENESIS = "0" * 64

ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("seq", Sequence64, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index(None, "subject"),
)
append_only(ledger)

_LAST = Prepared(sa.select(ledger.c.seq, ledger.c.hash).order_by(ledger.c.seq.desc()).limit(1))
_ADD = Prepared(ledger.insert())


def entry_hash(previous: str, seq: int, at: str, kind: str, subject: str, digest: str, detail: str) -> str:
    """The hash of an entry, over everything in it and the hash before it."""
    body = json.dumps([previous, seq, at, kind, subject, digest, detail], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def append(
    connection: sa.Connection, kind: str, subject: str, digest: str, detail: dict[str, object] | None = None
) -> int:
    """Append one entry and return its sequence number; call it inside `database.write` only."""
    last = _LAST.run(connection).one_or_none()
    seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
    at = now()
    text = json.dumps(detail or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    _ADD.run(
        connection, seq=seq, at=at, kind=kind, subject=subject, digest=digest, detail=text, previous=previous,
        hash=entry_hash(previous, seq, at, kind, subject, digest, text),
    )  # fmt: skip
    return int(seq)


def broken_links(connection: sa.Connection) -> Iterator[str]:
    """What is wrong with the chain, entry by entry; nothing when it holds."""
    previous, expected = GENESIS, 1
    for row in connection.execute(sa.select(ledger).order_by(ledger.c.seq)):
        if row.seq != expected:
            yield f"ledger entry {expected} is missing (found {row.seq})"
            expected = row.seq
        good = entry_hash(row.previous, row.seq, row.at, row.kind, row.subject, row.digest, row.detail)
        if row.previous != previous:
            yield f"ledger entry {row.seq} does not follow the entry before it"
        elif row.hash != good:
            yield f"ledger entry {row.seq} was changed"
        previous, expected = row.hash, expected + 1
