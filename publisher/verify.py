"""Checks that what is stored is what was said, and that what is public follows from it. Changes nothing.

Yields one line per fault, with its place. The two properties of design §3 are among them:
`entities == merge(gate(newest submissions))` and `entities == replay(change log)`.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa

from belfort.errors import BelfortError
from belfort.jobs import Context
from belfort.records import feed_file, ledger, origin, snapshot, submission
from belfort.records.assertion import assertion
from belfort.records.database import chunks, read
from belfort.records.entity import entity
from publisher import dumps
from publisher.erasure import blocklist
from publisher.fingerprint import fingerprint, replay
from publisher.merge import resolve_subjects
from publisher.rebuild import current_origins, stated_subjects
from publisher.said import assertions


def verify(context: Context) -> Iterator[str]:
    """Every fault found, in the order of the flow; nothing when all is well."""
    with read(context.engine) as connection:
        yield from ledger.broken_links(connection)
        yield from _blobs(context, connection)
        yield from _current(connection)
        yield from _assertions(context, connection)
        yield from _entities(context, connection)
    yield from _dumps(context)


def _blobs(context: Context, connection: sa.Connection) -> Iterator[str]:
    """Every submission, feed file and snapshot still has the bytes that it names, unless those were destroyed."""
    gone = blocklist.destroyed(connection)
    sub, snap = submission.submission, snapshot.snapshot
    for row in connection.execute(
        sa.select(sub.c.id, sub.c.quads, origin.origin.c.iri).join(origin.origin, origin.origin.c.id == sub.c.origin)
    ):
        if row.quads not in gone:
            yield from _blob(context, row.quads, f"submission {row.id} of {row.iri}")
    files = feed_file.feed_file
    for row in connection.execute(sa.select(files)):
        yield from _blob(context, row.digest, f"feed file {row.id} of {row.source}")
    for row in connection.execute(sa.select(snap.c.digest, snap.c.url, snap.c.body)):
        if row.body not in gone:
            yield from _blob(context, row.body, f"snapshot {row.digest[:12]} of {row.url}")


def _blob(context: Context, name: str, place: str) -> Iterator[str]:
    try:
        for _ in context.blobs.parts(name):
            pass
    except BelfortError as error:
        yield f"{place}: {error.detail}"


def _current(connection: sa.Connection) -> Iterator[str]:
    """What counts for an origin is what the ledger accepted last."""
    last: dict[str, int | None] = {}
    digests: dict[int, str] = {}
    kinds = ("submission", "withdrawn")
    rows = connection.execute(
        sa.select(ledger.ledger).where(ledger.ledger.c.kind.in_(kinds)).order_by(ledger.ledger.c.seq)
    )
    for row in rows:
        number = json.loads(row.detail)["submission"]
        last[row.subject] = number if row.kind == "submission" else None
        if row.kind == "submission":
            digests[number] = row.digest
    for row in connection.execute(sa.select(origin.origin)):
        if last.get(row.iri) != row.current:
            yield f"origin {row.iri}: submission {row.current} counts, the ledger says {last.get(row.iri)}"
    for row in connection.execute(sa.select(submission.submission.c.id, submission.submission.c.quads)):
        if digests.get(row.id) != row.quads:
            yield f"submission {row.id}: its digest is not the one in the ledger"


def _assertions(context: Context, connection: sa.Connection) -> Iterator[str]:
    """Every assertion is what the gate makes of its origin's current submission."""
    speakers = current_origins(connection)
    for speaker in speakers:
        expected = 0
        try:
            for texts in assertions(context, connection, speaker):
                expected += len(texts)
                yield from _compare(connection, speaker, texts)
        except BelfortError as error:
            yield f"origin {speaker.iri}: {error.detail}"
            continue
        yield from _unexpected(context, connection, speaker, expected)
    known = [speaker.id for speaker in speakers]
    strays = connection.execute(sa.select(assertion.c.origin).distinct()).scalars()
    for number in sorted(set(strays) - set(known)):
        yield f"origin {number}: has assertions although it says nothing"


def _compare(connection: sa.Connection, speaker: origin.Origin, texts: dict[str, str]) -> Iterator[str]:
    stored: dict[str, str] = {}
    for chunk in chunks(sorted(texts)):
        rows = connection.execute(
            sa.select(assertion.c.subject, assertion.c.lines).where(
                assertion.c.origin == speaker.id, assertion.c.subject.in_(chunk)
            )
        )
        stored |= {row.subject: row.lines for row in rows}
    for subject, text in sorted(texts.items()):
        if stored.get(subject) != text:
            yield f"assertion of {speaker.iri} about {subject}: not what the submission says"


def _unexpected(context: Context, connection: sa.Connection, speaker: origin.Origin, expected: int) -> Iterator[str]:
    """The assertions about subjects of which the submission says nothing; looked for only when there are too many."""
    mine = assertion.c.origin == speaker.id
    if connection.execute(sa.select(sa.func.count()).where(mine)).scalar_one() <= expected:
        return
    left = set(connection.execute(sa.select(assertion.c.subject).where(mine)).scalars())
    for texts in assertions(context, connection, speaker):
        left -= texts.keys()
    for subject in sorted(left):
        yield f"assertion of {speaker.iri} about {subject}: not what the submission says"


def _entities(context: Context, connection: sa.Connection) -> Iterator[str]:
    """Every entity is the union of its assertions, and what the change log gives when replayed."""
    logged = replay(connection).prints
    for batch in stated_subjects(connection):
        merged = resolve_subjects(connection, context, batch, Counter())
        rows = connection.execute(sa.select(entity.c.iri, entity.c.lines).where(entity.c.iri.in_(batch)))
        stored = {row.iri: row.lines for row in rows}
        for iri, lines in merged.items():
            if lines and iri not in stored:
                yield f"entity {iri}: is missing"
            elif "\n".join(lines) != stored.get(iri, ""):
                yield f"entity {iri}: not the union of its assertions"
    unstated = sa.select(entity.c.iri).where(~sa.exists().where(assertion.c.subject == entity.c.iri))
    for iri in connection.execute(unstated).scalars():
        yield f"entity {iri}: nobody states it"
    rows = connection.execute(sa.select(entity.c.iri, entity.c.lines).execution_options(yield_per=1000))
    for row in rows:
        if logged.pop(row.iri, 0) != fingerprint(row.lines.split("\n")):
            yield f"entity {row.iri}: not what the change log says"
    for iri in sorted(iri for iri, left in logged.items() if left):
        yield f"entity {iri}: is in the change log but not public"


def _dumps(context: Context) -> Iterator[str]:
    """Every published file still has the sha256 of the manifest."""
    known = dumps.manifest(context.settings.dumps)
    for file in known["files"] if known else ():
        path = dumps.latest(context.settings.dumps) / file["name"]
        if not path.exists():
            yield f"dump {path}: is missing"
            continue
        with path.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != file["sha256"]:
                yield f"dump {path}: its sha256 is not the one in the manifest"
