"""Makes everything derived again from the truth: assertions and entities from the submissions, then the projections.

Entities get the revision and time at which the change log last touched them, so a rebuild gives the same bytes.
Where the rules have changed since (a new gate), the difference is one new change per origin, never a silent edit.
"""

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa

from belfort import jobs
from belfort.jobs import Context
from belfort.records import change, origin
from belfort.records.assertion import assertion
from belfort.records.database import bytewise, upsert, write
from belfort.records.entity import entity, entity_link
from publisher.fingerprint import fingerprint, replay
from publisher.merge import add_entities, resolve_subjects, write_entities
from publisher.said import assertions

BATCH = 400


def rebuild(context: Context) -> dict[str, int]:
    """Recreate entities, index, SPARQL store and dumps; how many entities, and changes per projection."""
    with write(context.engine) as connection:
        count = rebuild_entities(connection, context)
    return {"entities": count, **jobs.project(context, rebuild=True)}


def rebuild_entities(connection: sa.Connection, context: Context) -> int:
    """Recreate assertions and entities in the open transaction; how many entities there are."""
    connection.execute(assertion.delete())
    connection.execute(entity_link.delete())
    connection.execute(entity.delete())
    for speaker in current_origins(connection):
        for texts in assertions(context, connection, speaker):
            rows = [{"subject": subject, "origin": speaker.id, "lines": text} for subject, text in texts.items()]
            upsert(connection, assertion, rows, ["subject", "origin"])
    known = replay(connection)
    for batch in stated_subjects(connection):
        texts = {s: "\n".join(rows) for s, rows in resolve_subjects(connection, context, batch, Counter()).items()}
        add_entities(connection, ((s, text, known.revision(s), known.at(s)) for s, text in texts.items() if text))
    _log_differences(connection, known.prints)
    return int(connection.execute(sa.select(sa.func.count()).select_from(entity)).scalar_one())


def current_origins(connection: sa.Connection) -> list[origin.Origin]:
    """Every origin that says something now, in the order in which they first spoke."""
    rows = connection.execute(
        sa.select(origin.origin).where(origin.origin.c.current.is_not(None)).order_by(origin.origin.c.id)
    )
    return [origin.Origin(*row) for row in rows]


def stated_subjects(connection: sa.Connection) -> Iterator[list[str]]:
    """All subjects of assertions in batches, in order; each batch is read before the next statement runs."""
    last = ""
    while True:
        rows = connection.execute(
            sa.select(assertion.c.subject)
            .where(bytewise(connection, assertion.c.subject) > last)
            .group_by(assertion.c.subject)
            .order_by(bytewise(connection, assertion.c.subject))
            .limit(BATCH)
        )
        batch = [row.subject for row in rows]
        if not batch:
            return
        yield batch
        last = batch[-1]


def _log_differences(connection: sa.Connection, logged: dict[str, int]) -> None:
    """Append what the entities say otherwise than the change log, so that replaying it gives them again."""
    now: dict[str, int] = {}
    for row in connection.execute(sa.select(entity.c.iri, entity.c.lines)):
        now[row.iri] = fingerprint(row.lines.split("\n"))
    differ = sorted(s for s in logged.keys() | now.keys() if logged.get(s, 0) != now.get(s, 0))
    if not differ:
        return
    before = _replayed(connection, set(differ))
    inserts: list[str] = []
    deletes: list[str] = []
    texts: dict[str, str] = {}
    for subject in differ:
        stored = connection.execute(sa.select(entity.c.lines).where(entity.c.iri == subject)).scalar_one_or_none()
        lines = set(stored.split("\n")) if stored else set()
        inserts += sorted(lines - before[subject], key=str.encode)
        deletes += sorted(before[subject] - lines, key=str.encode)
        texts[subject] = stored or ""
    made = change.append(connection, 0, None, inserts, deletes)
    write_entities(connection, texts, set(differ), made)


def _replayed(connection: sa.Connection, subjects: set[str]) -> dict[str, set[str]]:
    """The lines that the change log gives for these subjects."""
    found: dict[str, set[str]] = {subject: set() for subject in subjects}
    for row in connection.execute(sa.select(change.change).order_by(change.change.c.seq)):
        for lines, add in ((row.deletes, False), (row.inserts, True)):
            for line in lines.split("\n") if lines else ():
                subject = line.split(" ", 1)[0][1:-1]
                if subject in found:
                    (found[subject].add if add else found[subject].discard)(line)
    return found
