"""The merge: one origin's new statement becomes assertions, entities and one change, in the open transaction.

Enters: the lines of a submission (or none, when the origin was withdrawn). Leaves: the change, or nothing when the
public data is as it was. Only touched subjects are read and written.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from belfort import rdf
from belfort.jobs import Arguments, Context
from belfort.records import change, issue, origin
from belfort.records.assertion import assertion
from belfort.records.database import chunks, upsert
from belfort.records.entity import entity, entity_link, tombstone
from belfort.records.origin import Origin
from publisher import describe, erase_list, gate, history
from publisher.resolve import resolve


def merge(context: Context, connection: sa.Connection, arguments: Arguments) -> change.Change | None:
    """The inline stage `merge`: arguments are `origin` (id), `submission` (id or None) and `lines`."""
    speaker = origin.get(connection, arguments["origin"])
    triples = rdf.parse_lines("\n".join(arguments["lines"]))
    gated = gate.gate(triples, speaker, erased=erase_list.erased(connection))
    own = {subject: "\n".join(lines) for subject, lines in gated.lines.items()}
    touched = replace_assertions(connection, speaker, own)
    new = resolve_subjects(connection, context, touched, gated.held, (speaker, own))
    issue.replace(connection, speaker.iri, "merge", gate.issues(gated.held))
    return _write(connection, speaker, arguments["submission"], new)


def replace_assertions(connection: sa.Connection, speaker: Origin, new: dict[str, str]) -> list[str]:
    """Put the origin's new assertions (subject → lines) in place of its old ones; the subjects that differ, sorted."""
    rows = connection.execute(sa.select(assertion.c.subject, assertion.c.lines).where(assertion.c.origin == speaker.id))
    old = {row.subject: row.lines for row in rows}
    written = [subject for subject, text in new.items() if old.get(subject) != text]
    gone = [subject for subject in old if subject not in new]
    for chunk in chunks(gone):
        connection.execute(assertion.delete().where(assertion.c.origin == speaker.id, assertion.c.subject.in_(chunk)))
    added = [{"subject": s, "origin": speaker.id, "lines": new[s]} for s in written]
    upsert(connection, assertion, added, ["subject", "origin"])
    return sorted(written + gone)


def resolve_subjects(
    connection: sa.Connection,
    context: Context,
    subjects: Sequence[str],
    held: Counter[tuple[str, str]],
    own: tuple[Origin, dict[str, str]] | None = None,
) -> dict[str, list[str]]:
    """Subject → its public lines now (an empty list when nobody speaks of it any more).

    `own` are the assertions of one origin that the caller has at hand; those are not read again.
    """
    found: dict[str, list[tuple[Origin, str]]] = {subject: [] for subject in subjects}
    origins: dict[int, Origin] = {}
    statement = sa.select(assertion.c.subject, assertion.c.lines, *origin.origin.c).join(
        origin.origin, origin.origin.c.id == assertion.c.origin
    )
    if own:
        speaker, texts = own
        statement = statement.where(assertion.c.origin != speaker.id)
        for subject in subjects:
            if subject in texts:
                found[subject].append((speaker, texts[subject]))
    for chunk in chunks(subjects):
        for row in connection.execute(statement.where(assertion.c.subject.in_(chunk))):
            found[row.subject].append((origins.setdefault(row.id, Origin(*row[2:])), row.lines))
    since = history.since(connection, context.blobs)
    public = {}
    for subject, assertions in found.items():
        resolved = resolve(subject, assertions, since) if assertions else None
        public[subject] = resolved.lines if resolved else []
        if resolved and resolved.conflicts:
            held["conflict", subject] += 1
    return public


def _write(
    connection: sa.Connection, speaker: Origin, submission: int | None, new: dict[str, list[str]]
) -> change.Change | None:
    """Write the change, and the entities it touches."""
    old: dict[str, str] = {}
    for chunk in chunks(list(new)):
        rows = connection.execute(sa.select(entity.c.iri, entity.c.lines).where(entity.c.iri.in_(chunk)))
        old |= {row.iri: row.lines for row in rows}
    inserts: list[str] = []
    deletes: list[str] = []
    touched: dict[str, str] = {}
    for subject, lines in new.items():
        text = "\n".join(lines)
        before = old.get(subject, "")
        if text != before:
            was, now = set(before.split("\n")) - {""}, set(lines)
            inserts += sorted(now - was, key=str.encode)
            deletes += sorted(was - now, key=str.encode)
            touched[subject] = text
    if not touched:
        return None
    made = change.append(connection, speaker.id, submission, inserts, deletes)
    write_entities(connection, touched, set(old), made)
    return made


def write_entities(connection: sa.Connection, texts: dict[str, str], known: set[str], made: change.Change) -> None:
    """Write the entities of these subjects (IRI → joined lines, "" for gone); `known` are those there already."""
    gone = [iri for iri, text in texts.items() if not text]
    present = [iri for iri, text in texts.items() if text]
    _bury(connection, gone, made)
    for chunk in chunks([iri for iri in texts if iri in known]):
        connection.execute(entity_link.delete().where(entity_link.c.subject.in_(chunk)))
    for chunk in chunks([iri for iri in present if iri not in known]):
        connection.execute(tombstone.delete().where(tombstone.c.iri.in_(chunk)))
    rows = [entity_row(iri, texts[iri], made.seq, made.at) for iri in present]
    upsert(connection, entity, rows, ["iri"])
    linked = [row for iri in present for row in describe.links(iri, texts[iri])]
    if linked:
        connection.execute(entity_link.insert(), linked)


def entity_row(iri: str, text: str, revision: int, at: str) -> dict[str, object]:
    """The row of `entity` for these lines."""
    return {
        "iri": iri,
        **describe.columns(iri, text)._asdict(),
        "revision": revision,
        "modified": at,
        "lines": text,
    }


def _bury(connection: sa.Connection, iris: Iterable[str], made: change.Change) -> None:
    """Remove entities and leave a tombstone: the address and its class, nothing that was said."""
    for chunk in chunks(sorted(iris)):
        rows = [
            {"iri": row.iri, "uuid": row.uuid, "class_iri": row.class_iri, "revision": made.seq, "at": made.at}
            for row in connection.execute(
                sa.select(entity.c.iri, entity.c.uuid, entity.c.class_iri).where(entity.c.iri.in_(chunk))
            )
        ]
        upsert(connection, tombstone, rows, ["iri"])
        connection.execute(entity.delete().where(entity.c.iri.in_(chunk)))


# The register counts in parts: it has its own assertions at hand and needs only the entities and the change.
write_change = _write
