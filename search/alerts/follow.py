"""The projection `alerts`: changes become deliveries, each (alert, document, revision) once.

Enters: the change log from a cursor of its own, entities, the index (to know which documents embed what changed).
Leaves: rows in `delivery`, in one transaction with the cursor and with what the documents said (`seen`); so a crash
repeats a batch and never skips or doubles one.

A revision is a digest of what people read: title, text, day and besturen. A document that was made again but says
the same is no news. An alert counts what changed after it was confirmed: batches end where an alert began.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from belfort.errors import BelfortError, Busy
from belfort.folders import lock
from belfort.jobs import Context
from belfort.log import get_logger
from belfort.records import change
from belfort.records.database import chunks, now, read, upsert
from search.alerts import saved
from search.alerts.matching import Batch, places
from search.alerts.store import alert, delivery, open_store, reading, seen, set_value, value, writing
from search.document import Document
from search.engines import open_engine
from search.engines.port import View
from search.plan import filters, plan
from search.projection.build import build
from search.projection.projector import project as bring_up
from search.projection.surroundings import affected, around, searchable
from search.row import row
from search.searcher import today

log = get_logger("alerts")

BATCH = 200
MOST_FRESH = 2000
"""Documents that are matched at a time, so that memory stays level."""
LOCK_SECONDS = 120.0
NEW, CHANGED = "nieuw", "gewijzigd"
_CURSOR, _AT = "cursor", "cursor at"


@dataclass(frozen=True)
class Watch:
    """An active alert: its canonical query string, the packed words that it leaves out, from which change on."""

    id: int
    query: str
    excluded: str
    since: int


@dataclass(frozen=True)
class Fresh:
    """A document that says something new, with the revision that it has now."""

    document: Document
    revision: str
    kind: str


@dataclass
class _News:
    """What one batch of changes brings: rows for `delivery` and `seen`, and documents that are gone."""

    deliveries: list[dict[str, object]] = field(default_factory=list)
    said: list[dict[str, int]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    fresh: list[Fresh] = field(default_factory=list)


def project(context: Context, _rebuild: bool) -> int:
    """Take in the changes since the last run; how many. Without a mail server there are no alerts to follow.

    It has nothing to make again: what was sent cannot be called back. With other records than it followed (restored
    from a backup), it begins anew at their end and tells nothing of what was there.

    Raises:
        Busy: another process was at it all the while, or the index or the database cannot be used.
    """
    if not context.settings.smtp:
        return 0
    with lock(context.settings.alerts / "matching", LOCK_SECONDS, "matching alerts"):
        store = open_store(context.settings)
        try:
            return _follow(context, store)
        finally:
            store.dispose()


def revision(document: Document) -> str:
    """A digest of what people read of a document: another one is news."""
    labels = [label for _, label in document.besturen]
    text = "\0".join([document.title, document.text, document.date, *labels])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _follow(context: Context, store: sa.Engine) -> int:
    view = _index(context)
    done = 0
    while True:
        with read(context.engine) as connection:
            cursor = _begin(connection, store, view)
            watches = _watches(store)
            limit = min([view.cursor.seq, *(one.since for one in watches if one.since > cursor)])
            changes = [one for one in change.since(connection, cursor, BATCH) if one.seq <= limit]
            if not changes:
                return done
            news, last = _News(), changes[-1]
            eligible = [one for one in watches if one.since <= cursor]
            for piece in chunks(sorted(affected(connection, view, changes))):
                _take(connection, store, piece, news)
                if len(news.fresh) >= MOST_FRESH:
                    _match(news, eligible)
            _match(news, eligible)
        if _keep(store, cursor, last, news):
            done += last.seq - cursor


def _index(context: Context) -> View:
    """The index, with every change that there is now: it says which documents embed what changed."""
    engine = open_engine(context.settings, check_seconds=0)
    view = engine.view()
    with read(context.engine) as connection:
        newest = change.last_seq(connection)
    if view is None or view.cursor.seq < newest:
        bring_up(context, rebuild=False)
        view = engine.view()
    if view is None:
        raise Busy("Er is nog geen zoekindex.", hint="`belfort project` maakt hem.")
    return view


def _take(connection: sa.Connection, store: sa.Engine, iris: Sequence[str], news: _News) -> None:
    """Add what is new among these documents."""
    graph = around(connection, iris)
    known = _known(store, iris)
    for iri in iris:
        document, number = build(iri, graph), _number(iri)
        before = known.get(number)
        if document is None:
            news.gone += [number] if before is not None else []
            continue
        says = revision(document)
        if before != _signed(says):
            news.said.append({"document": number, "revision": _signed(says)})
            news.fresh.append(Fresh(document, says, NEW if before is None else CHANGED))


def _match(news: _News, watches: Sequence[Watch]) -> None:
    """Say whom the fresh documents concern."""
    fresh, moment = news.fresh, now()
    news.deliveries += [
        {"alert": number, "iri": fresh[place].document.iri, "revision": fresh[place].revision,
         "kind": fresh[place].kind, "state": "klaar", "found": moment, "mail": 0}
        for number, place in matching([one.document for one in fresh], watches)
    ]  # fmt: skip
    news.fresh = []


def matching(documents: Sequence[Document], watches: Iterable[Watch]) -> Iterator[tuple[int, int]]:
    """Which alerts match which documents: (alert, place of the document).

    Filters first: most alerts ask for few besturen. The words of a search are planned once, however many follow it.
    """
    watches = list(watches)
    if not documents or not watches:
        return
    batch, day = Batch([row(document) for document in documents]), today()
    saying: dict[tuple[str, str], int] = {}
    for watch in watches:
        try:
            question = saved.parse(watch.query)
        except BelfortError as error:  # a value of a filter that no longer exists
            log.warning("alert cannot be read", alert=watch.id, error=error.slug)
            continue
        found = batch.within(filters(question, day).values())
        if not found:
            continue
        words = (question.text, watch.excluded)
        if words not in saying:
            reading = saved.reading_of(question, saved.unpack(watch.excluded))
            saying[words] = batch.saying(plan(question, reading, day))
        for place in places(found & saying[words]):
            yield watch.id, place


def _keep(store: sa.Engine, cursor: int, last: change.Change, news: _News) -> bool:
    """Make the outcome of a batch durable, if nobody did it first."""
    with writing(store) as connection:
        if value(connection, _CURSOR, "") != str(cursor):
            return False
        still = set(connection.execute(sa.select(alert.c.id).where(alert.c.state == "actief")).scalars())
        rows = [one for one in news.deliveries if one["alert"] in still]
        add_deliveries(connection, rows)
        upsert(connection, seen, news.said, ["document"])
        for piece in chunks(news.gone):  # type: ignore[arg-type] # numbers, cut the same way
            connection.execute(seen.delete().where(seen.c.document.in_(piece)))
        set_value(connection, _CURSOR, str(last.seq))
        set_value(connection, _AT, last.at)
        return True


def add_deliveries(connection: sa.Connection, rows: Sequence[dict[str, object]]) -> None:
    """Add rows to `delivery`; one that is there stays as it is."""
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(delivery).on_conflict_do_nothing(), rows)


def _begin(connection: sa.Connection, store: sa.Engine, view: View) -> int:
    """The cursor; at the first time, and on other records, what everything says now is noted first."""
    with reading(store) as there:
        cursor, at = int(value(there, _CURSOR, "-1")), value(there, _AT, "")
    if cursor >= 0 and at == _at(connection, cursor):
        return cursor
    if cursor >= 0:
        log.warning("alerts begin anew: these are other records than they followed", cursor=cursor)
    return _note_all(connection, store, view, first=cursor < 0)


def _note_all(connection: sa.Connection, store: sa.Engine, view: View, *, first: bool) -> int:
    """Fill `seen`. Alerts that were confirmed before this first time are told what changed since."""
    cursor = change.last_seq(connection)
    with reading(store) as there:
        began = there.execute(sa.select(sa.func.min(alert.c.since)).where(alert.c.state == "actief")).scalar_one()
    if first and began is not None:
        cursor = min(cursor, int(began))
    later: set[str] = set()
    place = cursor
    while changes := list(change.since(connection, place, BATCH)):
        later |= affected(connection, view, changes)
        place = changes[-1].seq
    with writing(store) as there:
        there.execute(seen.delete())
        if not first:
            there.execute(alert.update().values(since=0))
    last = ""
    while iris := searchable(connection, last, BATCH):
        graph = around(connection, iris)
        made = [document for iri in iris if iri not in later and (document := build(iri, graph))]
        rows = [{"document": _number(one.iri), "revision": _signed(revision(one))} for one in made]
        with writing(store) as there:
            upsert(there, seen, rows, ["document"])
        last = iris[-1]
    with writing(store) as there:
        set_value(there, _CURSOR, str(cursor))
        set_value(there, _AT, _at(connection, cursor))
    return cursor


def _at(connection: sa.Connection, seq: int) -> str:
    """The moment of a change: other records give another one."""
    return change.moment(connection, seq) or ("" if seq == 0 else "?")


def _watches(store: sa.Engine) -> list[Watch]:
    """The active alerts, in order."""
    columns = (alert.c.id, alert.c.query, alert.c.excluded, alert.c.since)
    with reading(store) as connection:
        rows = connection.execute(sa.select(*columns).where(alert.c.state == "actief").order_by(alert.c.id)).all()
    return [Watch(*one) for one in rows]


def _known(store: sa.Engine, iris: Iterable[str]) -> dict[int, int]:
    with reading(store) as connection:
        rows = connection.execute(sa.select(seen).where(seen.c.document.in_([_number(iri) for iri in iris])))
        return {one.document: one.revision for one in rows}


def _number(iri: str) -> int:
    """A document as a number of 64 bits: two of ten million share one with a chance of one in a million."""
    return _signed(hashlib.sha256(iri.encode("utf-8", "replace")).hexdigest()[:16])


def _signed(digest: str) -> int:
    return int.from_bytes(bytes.fromhex(digest), signed=True)
