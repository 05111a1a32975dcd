"""Erasure: a person or a page goes out of everything public, and does not come back.

Enters: an IRI and a reason. Leaves, in one transaction: an entry in the ledger (from then on the gate refuses it),
assertions and entities without it, tombstones without content, and a change log in which it no longer stands. What is
made from those (dumps, feeds, index, SPARQL store, the database file) is the work of `copies`, which may be
repeated until it is done; the bytes that were received stay sealed, unless somebody asks to destroy those of a page.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from belfort import rdf, rijksregister
from belfort.errors import NotFound, UsageError
from belfort.jobs import Context
from belfort.records import change, issue, ledger, origin, snapshot, submission
from belfort.records.assertion import assertion
from belfort.records.database import chunks, upsert, write
from belfort.records.entity import entity, entity_link, get_many, tombstone
from belfort.records.origin import Origin
from belfort.vocab import LOCN, MANDAAT, ORG, SCHEMA, mu_uuid
from publisher import rebuild
from publisher.erasure import blocklist, log
from publisher.erasure.blocklist import Erasure
from publisher.merge import resolve_subjects, write_entities
from publisher.said import assertions

# What these point at belongs to the one that points, and goes with the last one that does.
_OWNS = (SCHEMA.contactPoint, LOCN.address, ORG.hasMembership)


@dataclass(frozen=True)
class Erased:
    """What an erasure did in the records: what it erased, and how many lines it took out of entities and the log."""

    erasure: Erasure
    news: bool
    entities: int = 0
    lines: int = 0
    redacted: int = 0
    gone: tuple[str, ...] = ()


def erase(context: Context, iri: str, reason: str, *, evidence: bool = False) -> Erased:
    """Erase the IRI (of an entity, of a page, or both) from the records; again does nothing new.

    With `evidence` the sealed bytes of a page are to be destroyed as well: `copies.finish` does so.

    Raises:
        NotFound: nothing public or published has that IRI.
        UsageError: the reason is empty or holds a rijksregisternummer.
    """
    if not reason.strip() or rijksregister.contains(reason):
        raise UsageError("An erasure needs a reason, without personal data.", hint="Use --reason 'decision 2026/12'.")
    with write(context.engine) as connection:
        known = blocklist.erasures(connection).get(iri)
        page = origin.find(connection, iri)
        done = Erased(known, news=False) if known else _erase(context, connection, iri, reason, page)
        if evidence:
            if page is None or page.kind != "page":
                raise UsageError(
                    f"{iri} is no page; only the evidence of a page can be destroyed.", hint="Leave --evidence away."
                )
            blocklist.destroy(connection, _evidence_of(connection, page), iri)
    return done


def _erase(context: Context, connection: sa.Connection, iri: str, reason: str, page: Origin | None) -> Erased:
    iris = _with_its_own(connection, iri)
    if not page and not _is_known(connection, iri):
        raise NotFound(
            f"Nothing public is called {iri}.", hint="Give the IRI of the entity or the address of the page."
        )
    rows = _said(connection, iris, page)
    speakers = {number: origin.get(connection, number) for number in {row.origin for row in rows}}
    if page:
        speakers[page.id] = page
    new = Erasure(
        0, "", iri, tuple(sorted(iris)), reason, tuple(sorted(speakers)),
        tuple(sorted(one.current for one in speakers.values() if one.current is not None)),
    )  # fmt: skip
    blocklist.add(connection, new)
    touched = sorted({row.subject for row in rows} | iris)
    before = _lines(connection, touched)
    _strike(context, connection, rows, iris, speakers)
    after = {s: set(lines) for s, lines in resolve_subjects(connection, context, touched, Counter()).items()}
    if page and page.current is not None:
        ledger.append(connection, "withdrawn", page.iri, "", {"reason": "erased", "submission": page.current})
        origin.set_current(connection, page.id, None)
    redacted = _rewrite(connection, page, iris, before, after)
    _bury(connection, iris)
    _forget_issues(connection, iris, page)
    gone = [s for s in before if before[s] and not after[s]]
    return Erased(new, True, len(gone), sum(len(before[s] - after[s]) for s in before), redacted, tuple(gone))


def _lines(connection: sa.Connection, subjects: Sequence[str]) -> dict[str, set[str]]:
    known = get_many(connection, subjects)
    return {one: set(known[one].lines.split("\n")) if one in known else set() for one in subjects}


def _with_its_own(connection: sa.Connection, iri: str) -> set[str]:
    """The IRI with the roles of that person, and what only those own: contact point, address, membership."""
    link = entity_link.c
    found = {iri} | set(
        connection.execute(
            sa.select(link.subject).where(link.object == iri, link.predicate == MANDAAT.isBestuurlijkeAliasVan)
        ).scalars()
    )
    ask = set(found)
    while ask:
        own: set[str] = set()
        for chunk in chunks(sorted(ask)):
            own |= set(
                connection.execute(
                    sa.select(link.object).where(link.subject.in_(chunk), link.predicate.in_(_OWNS))
                ).scalars()
            )
        ask = {one for one in own - found if not _pointing(connection, one) - found}
        found |= ask
    return found


def _pointing(connection: sa.Connection, iri: str) -> set[str]:
    return set(connection.execute(sa.select(entity_link.c.subject).where(entity_link.c.object == iri)).scalars())


def _is_known(connection: sa.Connection, iri: str) -> bool:
    return any(
        connection.execute(sa.select(column).where(column == iri).limit(1)).first()
        for column in (assertion.c.subject, entity.c.iri, tombstone.c.iri)
    )


def _said(connection: sa.Connection, iris: set[str], page: Origin | None) -> Sequence[sa.Row[tuple[Any, ...]]]:
    """The assertions about these IRIs, those that point at them, and all of the page."""
    wanted: list[sa.ColumnElement[bool]] = [assertion.c.subject.in_(sorted(iris))]
    wanted += [assertion.c.lines.contains(f"<{iri}>", autoescape=True) for iri in sorted(iris)]
    if page:
        wanted.append(assertion.c.origin == page.id)
    return connection.execute(sa.select(assertion).where(sa.or_(*wanted))).all()


def _strike(
    context: Context, connection: sa.Connection, rows: Sequence[sa.Row[tuple[Any, ...]]], iris: set[str],
    speakers: dict[int, Origin],
) -> None:  # fmt: skip
    """Take it out of the assertions: a page is gated again, of a register only these lines go (it may be large)."""
    told: dict[int, dict[str, str]] = {}
    for row in rows:
        speaker = speakers[row.origin]
        if speaker.kind == "page" and row.origin not in told:
            told[row.origin] = {}
            for texts in assertions(context, connection, speaker):
                told[row.origin] |= texts
        text = told[row.origin].get(row.subject, "") if row.origin in told else _without(row, iris)
        here = (assertion.c.subject == row.subject, assertion.c.origin == row.origin)
        if text:
            connection.execute(assertion.update().where(*here).values(lines=text))
        else:
            connection.execute(assertion.delete().where(*here))


def _without(row: sa.Row[tuple[Any, ...]], iris: Collection[str]) -> str:
    """What is left of a register's assertion without what is about an erased IRI or points at one."""
    if row.subject in iris:
        return ""
    return "\n".join(line for line in row.lines.split("\n") if _object(line) not in iris)


def _object(line: str) -> str:
    term = line.split(" ", 2)[2]
    return term[1:-3] if term[0] == "<" else ""


def _rewrite(
    connection: sa.Connection, page: Origin | None, iris: set[str], before: dict[str, set[str]],
    after: dict[str, set[str]],
) -> int:  # fmt: skip
    """Write the entities, take the lines out of the log, and append the change that tells of it.

    A subject that only lost a statement that pointed here gets a new revision by a line that goes and comes back.
    """
    typed = f" {rdf.TYPE} "
    lost = {line for s in before for line in before[s] - after[s]}
    if page:
        said = set(log.lines_of(connection, page.id))
        lost |= said - _public(connection, {line.split(" ", 1)[0][1:-1] for line in said}, after)
    keep = {line for line in lost if typed in line and _object(line) not in iris}

    def unwanted(line: str, _origin: int) -> bool:
        if line in lost:
            return line not in keep
        return _object(line) in iris or (line.split(" ", 1)[0][1:-1] in iris and typed not in line)

    redacted = log.redact(connection, unwanted)
    public = {line for lines in before.values() for line in lines}
    inserts, deletes = [], sorted(keep & public, key=str.encode)
    for subject in before:
        new, stayed = after[subject] - before[subject], after[subject] & before[subject]
        inserts += sorted(new, key=str.encode)
        if stayed and not new and before[subject] != after[subject]:
            inserts.append(min(stayed, key=str.encode))
            deletes.append(inserts[-1])
    made = change.append(connection, page.id if page else 0, None, inserts, deletes)
    changed = {s: "\n".join(sorted(after[s], key=str.encode)) for s in before if before[s] != after[s]}
    write_entities(connection, changed, {s for s in changed if before[s]}, made)
    return redacted


def _public(connection: sa.Connection, subjects: Iterable[str], after: dict[str, set[str]]) -> set[str]:
    """Every line that is public about these subjects once the erasure is done."""
    found = {line for lines in after.values() for line in lines}
    for one in get_many(connection, set(subjects) - after.keys()).values():
        found.update(one.lines.split("\n"))
    return found


def _bury(connection: sa.Connection, iris: Iterable[str]) -> None:
    """Every erased IRI answers 410, also one that was not public at this moment."""
    seq = change.last_seq(connection)
    at = connection.execute(sa.select(change.change.c.at).where(change.change.c.seq == seq)).scalar_one()
    for chunk in chunks(sorted(iris)):
        known = set(connection.execute(sa.select(tombstone.c.iri).where(tombstone.c.iri.in_(chunk))).scalars())
        rows = [
            {"iri": iri, "uuid": mu_uuid(iri), "class_iri": "", "revision": seq, "at": at}
            for iri in chunk
            if iri not in known
        ]
        upsert(connection, tombstone, rows, ["iri"])


def _forget_issues(connection: sa.Connection, iris: Iterable[str], page: Origin | None) -> None:
    table = issue.issue
    for chunk in chunks(sorted(iris)):
        connection.execute(table.delete().where(sa.or_(table.c.place.in_(chunk), table.c.origin.in_(chunk))))
    if page:
        connection.execute(table.delete().where(table.c.origin == page.iri))


def _evidence_of(connection: sa.Connection, page: Origin) -> list[str]:
    """The digests of the page's sealed bytes that nothing else needs and that were not destroyed before."""
    snap, sub = snapshot.snapshot, submission.submission
    own = set(connection.execute(sa.select(snap.c.body).where(snap.c.url == page.iri)).scalars())
    own |= {
        digest
        for row in connection.execute(sa.select(sub.c.quads, sub.c.input_digest).where(sub.c.origin == page.id))
        for digest in row
    }
    needed: set[str] = set()
    for chunk in chunks(sorted(own)):
        needed |= set(
            connection.execute(sa.select(snap.c.body).where(snap.c.url != page.iri, snap.c.body.in_(chunk))).scalars()
        )
        needed |= set(
            connection.execute(sa.select(sub.c.quads).where(sub.c.origin != page.id, sub.c.quads.in_(chunk))).scalars()
        )
    return sorted(own - needed - blocklist.destroyed(connection))


def lift(context: Context, iri: str, reason: str) -> Erasure:
    """Let the IRI be said again: registers that still say it are read again from what is sealed; pages when harvested.

    Raises:
        NotFound: it is not erased.
    """
    with write(context.engine) as connection:
        known = blocklist.erasures(connection).get(iri)
        if known is None:
            raise NotFound(f"{iri} is not erased.", hint="`belfort erase --list` shows what is.")
        blocklist.lift(connection, iri, reason)
        rebuild.rebuild_entities(connection, context)
    return known
