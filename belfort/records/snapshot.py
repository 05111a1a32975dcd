"""Snapshot: what a server sent, when and from where (or a file that someone handed in). Append-only.

`digest` is the sha256 over the canonical JSON of request, response head and the sha256 of the body, so it names
one exchange; `body` names the blob in the private folder. Headers keep names, order and repetition as received.
"""

import hashlib
import json
from dataclasses import dataclass

import sqlalchemy as sa

from belfort import rijksregister
from belfort.records import ledger
from belfort.records.database import append_only, metadata, now
from belfort.records.prepared import Prepared

snapshot = sa.Table(
    "snapshot",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("request_headers", sa.Text, nullable=False),
    sa.Column("response_headers", sa.Text, nullable=False),
    sa.Column("peer", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("bytes", sa.Integer, nullable=False),
    sa.Index(None, "url"),
)
append_only(snapshot)

_ADD = Prepared(snapshot.insert())
_NEWEST_BODY = Prepared(
    sa.select(snapshot.c.body).where(snapshot.c.url == sa.bindparam("of")).order_by(snapshot.c.at.desc()).limit(1)
)


@dataclass(frozen=True)
class Snapshot:
    """One row of the table; `status` is 0 and the headers are empty for a file that was handed in."""

    digest: str
    url: str
    at: str
    status: int
    request_headers: tuple[tuple[str, str], ...]
    response_headers: tuple[tuple[str, str], ...]
    peer: str
    body: str
    bytes: int


Headers = tuple[tuple[str, str], ...]


def add(
    connection: sa.Connection, *, url: str, status: int, body: str, size: int, peer: str = "",
    request_headers: Headers = (), response_headers: Headers = (),
) -> Snapshot:  # fmt: skip
    """Keep one exchange, with its ledger entry; the body is in the blob store already."""
    at = now()
    response_headers = tuple((name, rijksregister.mask(text)) for name, text in response_headers)
    canonical = json.dumps(
        [url, at, status, request_headers, response_headers, peer, body],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    name = hashlib.sha256(canonical.encode()).hexdigest()
    _ADD.run(
        connection, digest=name, url=url, at=at, status=status, request_headers=json.dumps(request_headers),
        response_headers=json.dumps(response_headers), peer=peer, body=body, bytes=size,
    )  # fmt: skip
    ledger.append(connection, "snapshot", url, name, {"body": body})
    return Snapshot(name, url, at, status, request_headers, response_headers, peer, body, size)


def get(connection: sa.Connection, digest: str) -> Snapshot | None:
    """The snapshot of that digest."""
    row = connection.execute(sa.select(snapshot).where(snapshot.c.digest == digest)).one_or_none()
    if row is None:
        return None
    request, response = (
        tuple((str(name), str(text)) for name, text in json.loads(heads))
        for heads in (row.request_headers, row.response_headers)
    )
    return Snapshot(row.digest, row.url, row.at, row.status, request, response, row.peer, row.body, row.bytes)


def newest_body(connection: sa.Connection, url: str) -> str:
    """The body of the newest snapshot of an address, "" when there is none."""
    return _NEWEST_BODY.run(connection, of=url).scalar_one_or_none() or ""
