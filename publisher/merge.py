"""The merge: one origin's new statement becomes assertions, entities and one change, in the open transaction.

Enters: the lines of a submission (or none, when the origin was withdrawn). Leaves: the change, or nothing when the
public data is as it was. Only touched subjects are read and written.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from belfort import rdf
from belfort.jobs import Arguments, Context
from belfort.records import change, issue
from belfort.records.assertion import assertion
from belfort.records.database import upsert
from belfort.records.entity import entity, entity_link, tombstone
from belfort.records.origin import Origin, origin
from belfort.records.prepared import Prepared, among, listed
from publisher import gate, history
from publisher.describe import describe
from publisher.erasure import blocklist
from publisher.resolve import resolve

_OF = assertion.c.origin == sa.bindparam("of")
_ASSERTED = Prepared(sa.select(assertion.c.subject, assertion.c.lines).where(_OF))
_ASSERTED_ABOUT = Prepared(sa.select(assertion.c.subject, assertion.c.lines).where(_OF, among(assertion.c.subject)))
_UNSAY = Prepared(assertion.delete().where(_OF, among(assertion.c.subject)))
_SAID_BY_OTHERS = Prepared(
    sa.select(assertion.c.subject, assertion.c.lines, *origin.c)
    .join(origin, origin.c.id == assertion.c.origin)
    .where(among(assertion.c.subject), assertion.c.origin != sa.bindparam("but"))
)
_PUBLIC = Prepared(sa.select(entity.c.iri, entity.c.lines).where(among(entity.c.iri)))
_GOING = Prepared(sa.select(entity.c.iri, entity.c.uuid, entity.c.class_iri).where(among(entity.c.iri)))
_REMOVE = Prepared(entity.delete().where(among(entity.c.iri)))
_UNLINK = Prepared(entity_link.delete().where(among(entity_link.c.subject)))
_LINK = Prepared(entity_link.insert(), ["subject", "predicate", "object"])
_EXHUME = Prepared(tombstone.delete().where(among(tombstone.c.iri)))


def merge(context: Context, connection: sa.Connection, arguments: Arguments) -> change.Change | None:
    """The inline stage `merge`: arguments are `origin` (the record), `submission` (id or None) and `lines`."""
    speaker: Origin = arguments["origin"]
    triples = rdf.parse_lines("\n".join(arguments["lines"]))
    gated = gate.gate(triples, speaker, erased=blocklist.erased(connection))
    own = {subject: "\n".join(lines) for subject, lines in gated.lines.items()}
    touched = replace_assertions(connection, speaker, own)
    new = resolve_subjects(connection, context, touched, gated.held, (speaker, own))
    issue.replace(connection, speaker.iri, "merge", gate.issues(gated.held))
    return write_change(connection, speaker, arguments["submission"], new)


def replace_assertions(
    connection: sa.Connection, speaker: Origin, new: dict[str, str], about: Iterable[str] | None = None
) -> list[str]:
    """Put the origin's new assertions (subject → lines) in place of its old ones; the subjects that differ, sorted.

    With `about` only what it said about those subjects is replaced.
    """
    if about is None:
        rows = _ASSERTED.run(connection, of=speaker.id)
    else:
        rows = _ASSERTED_ABOUT.run(connection, of=speaker.id, values=listed(about))
    old = {row.subject: row.lines for row in rows}
    written = [subject for subject, text in new.items() if old.get(subject) != text]
    gone = [subject for subject in old if subject not in new]
    if gone:
        _UNSAY.run(connection, of=speaker.id, values=listed(gone))
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
    speaker, texts = own or (None, {})
    if speaker:
        for subject in subjects:
            if subject in texts:
                found[subject].append((speaker, texts[subject]))
    for row in _SAID_BY_OTHERS.run(connection, but=speaker.id if speaker else 0, values=listed(subjects)):
        found[row.subject].append((origins.setdefault(row.id, Origin(*row[2:])), row.lines))
    since = history.since(connection, context.blobs)
    public = {}
    for subject, assertions in found.items():
        resolved = resolve(subject, assertions, since) if assertions else None
        public[subject] = resolved.lines if resolved else []
        if resolved and resolved.conflicts:
            held["conflict", subject] += 1
    return public


def write_change(
    connection: sa.Connection, speaker: Origin, submission: int | None, new: dict[str, list[str]]
) -> change.Change | None:
    """Write the change, and the entities it touches."""
    rows = _PUBLIC.run(connection, values=listed(new))
    old = {row.iri: row.lines for row in rows}
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
    if known:
        _UNLINK.run(connection, values=listed(known & texts.keys()))
    if not known.issuperset(present):
        _EXHUME.run(connection, values=listed(iri for iri in present if iri not in known))
    add_entities(connection, ((iri, texts[iri], made.seq, made.at) for iri in present))


def add_entities(connection: sa.Connection, stated: Iterable[tuple[str, str, int, str]]) -> None:
    """Write the rows of `entity` and `entity_link` for (IRI, joined lines, revision, moment); no old links are left."""
    rows: list[dict[str, object]] = []
    links: list[dict[str, str]] = []
    for iri, text, revision, at in stated:
        columns, links_of = describe(iri, text)
        rows.append({"iri": iri, **columns._asdict(), "revision": revision, "modified": at, "lines": text})
        links += [{"subject": iri, "predicate": name, "object": to} for name, to in links_of]
    upsert(connection, entity, rows, ["iri"])
    _LINK.many(connection, links)


def _bury(connection: sa.Connection, iris: list[str], made: change.Change) -> None:
    """Remove entities and leave a tombstone: the address and its class, nothing that was said."""
    if not iris:
        return
    values = listed(iris)
    rows = [
        {"iri": row.iri, "uuid": row.uuid, "class_iri": row.class_iri, "revision": made.seq, "at": made.at}
        for row in _GOING.run(connection, values=values)
    ]
    upsert(connection, tombstone, rows, ["iri"])
    _REMOVE.run(connection, values=values)
