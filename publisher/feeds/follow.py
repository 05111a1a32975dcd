"""Brings the feeds up to the newest change, keeps them within their retention, and takes out what must be forgotten."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from belfort.folders import lock
from belfort.jobs import Context
from belfort.records import change
from belfort.records.database import read
from belfort.records.entity import tombstone
from publisher.describe import describe
from publisher.feeds import deltas, store
from publisher.feeds.replay import Step, steps
from publisher.feeds.store import PAGE, Delta, Version

WAIT = 600.0


def project(context: Context, rebuild: bool) -> int:
    """Take in the changes since the last run, or all of them; how many."""
    folder = context.settings.feeds
    with (
        lock(folder, WAIT, "writing the feeds"),
        read(context.engine) as connection,
        store.writing(folder, fresh=rebuild) as feeds,
    ):
        since, until = int(store.state(feeds, "seq", "0")), change.last_seq(connection)
        if until <= since:
            return 0
        _take_in(connection, feeds, since, until)
        store.set_state(feeds, "seq", str(until))
        _retain(feeds, context.settings.feeds_days)
    return until - since


def _take_in(connection: sa.Connection, feeds: sqlite3.Connection, since: int, until: int) -> None:
    number = int(store.state(feeds, "number", "0"))
    writers = [
        deltas.Writer(name, int(store.state(feeds, f"delta {name}", "0")), store.state(feeds, f"created {name}"))
        for name in deltas.FEEDS
    ]
    members = _Members(feeds)
    pending: list[Version] = []
    graves = _Graves(connection, since, until)
    for step in steps(connection, since, until):
        for buried in graves.before(step.seq):
            number += 1
            pending.append(buried._replace(number=number))
            members.add(number, buried.class_iri)
        graves.seen.add(step.iri)
        number += 1
        pending.append(_version(number, step))
        members.add(number, *deltas.types(step.before), *deltas.types(step.after))
        for writer in writers:
            _add_deltas(feeds, writer.take(step))
        if len(pending) >= 1000:
            _add_versions(feeds, pending)
            pending = []
    for buried in graves.before(until + 1):
        number += 1
        pending.append(buried._replace(number=number))
        members.add(number, buried.class_iri)
    _add_versions(feeds, pending)
    members.save()
    for writer in writers:
        _add_deltas(feeds, writer.finish())
        store.set_state(feeds, f"delta {writer.feed}", str(writer.number))
        store.set_state(feeds, f"created {writer.feed}", writer.created)
    store.set_state(feeds, "number", str(number))


class _Members:
    """Which versions stand in the LDES of which part of the data, each numbered without gaps."""

    def __init__(self, feeds: sqlite3.Connection) -> None:
        self._feeds = feeds
        self._last = {name: int(store.state(feeds, f"member {name}", "0")) for name in deltas.FEEDS}

    def add(self, version: int, *classes: str) -> None:
        """Add a version of a subject that has, or had, these classes."""
        for name, wanted in deltas.FEEDS.items():
            if wanted is None or not wanted.isdisjoint(classes):
                self._last[name] += 1
                self._feeds.execute("INSERT INTO member VALUES (?, ?, ?)", (name, self._last[name], version))

    def save(self) -> None:
        """Remember the last number of each."""
        for name, number in self._last.items():
            store.set_state(self._feeds, f"member {name}", str(number))


class _Graves:
    """Tombstones of subjects whose end the change log does not tell any more, because what it told was erased."""

    def __init__(self, connection: sa.Connection, since: int, until: int) -> None:
        rows = connection.execute(
            sa.select(tombstone)
            .where(tombstone.c.revision > since, tombstone.c.revision <= until)
            .order_by(tombstone.c.revision, tombstone.c.iri)
        )
        self._rows = [Version(0, row.revision, row.at, row.iri, row.class_iri, row.uuid, "", "") for row in rows]
        self._seq, self.seen = 0, set[str]()

    def before(self, seq: int) -> Iterator[Version]:
        """Those of changes before `seq` whose subject no step of that change spoke of."""
        if seq == self._seq:
            return
        while self._rows and self._rows[0].seq < seq:
            row = self._rows.pop(0)
            if row.seq != self._seq or row.iri not in self.seen:
                yield row
        self._seq, self.seen = seq, set()


def _version(number: int, step: Step) -> Version:
    described, _ = describe(step.iri, step.after or step.before)
    if not step.after:
        return Version(number, step.seq, step.at, step.iri, described.class_iri, described.uuid, "", "")
    return Version(
        number, step.seq, step.at, step.iri, described.class_iri, described.uuid, described.label, step.after
    )


def _add_versions(feeds: sqlite3.Connection, rows: list[Version]) -> None:
    feeds.executemany("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _add_deltas(feeds: sqlite3.Connection, rows: list[Delta]) -> None:
    feeds.executemany("INSERT INTO delta VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _retain(feeds: sqlite3.Connection, days: int) -> None:
    """Drop old versions that are not the newest of their thing. The clock is the newest change, so that the same
    records keep the same versions."""
    newest = feeds.execute("SELECT max(at) FROM version").fetchone()[0]
    if not newest:
        return
    limit = (datetime.fromisoformat(newest) - timedelta(days=days)).isoformat(timespec="milliseconds")
    feeds.execute(
        "DELETE FROM version WHERE at < ? AND EXISTS"
        " (SELECT 1 FROM version AS newer WHERE newer.iri = version.iri AND newer.number > version.number)",
        (limit.replace("+00:00", "Z"),),
    )


def forget(context: Context, iris: Iterable[str]) -> int:
    """Take everything about these subjects out of all versions and delta files; how many rows were touched.

    For an erasure, after the records themselves were erased. Versions of the subjects themselves become a tombstone
    without content (its newest) or go (the others); lines of other versions that point at them go; delta files keep
    their name without the triples about them. Nothing stays in free pages or in the log beside the file.
    """
    wanted = frozenset(iris)
    folder = context.settings.feeds
    project(context, False)
    touched = 0
    with lock(folder, WAIT, "writing the feeds"), store.writing(folder, fresh=False) as feeds:
        for iri in sorted(wanted):
            touched += _forget_versions(feeds, iri)
        feed_rows = feeds.execute("SELECT feed, number FROM delta").fetchall()
        for feed, number in feed_rows:
            body = feeds.execute("SELECT body FROM delta WHERE feed = ? AND number = ?", (feed, number)).fetchone()[0]
            clean = deltas.without(body, wanted)
            if clean is not None:
                feeds.execute("UPDATE delta SET body = ? WHERE feed = ? AND number = ?", (clean, feed, number))
                touched += 1
    store.compact(folder)
    return touched


def _forget_versions(feeds: sqlite3.Connection, iri: str) -> int:
    newest = feeds.execute("SELECT max(number) FROM version WHERE iri = ?", (iri,)).fetchone()[0]
    touched = feeds.execute("DELETE FROM version WHERE iri = ? AND number < ?", (iri, newest or 0)).rowcount
    touched += feeds.execute("UPDATE version SET label = '', lines = '' WHERE iri = ? AND lines <> ''", (iri,)).rowcount
    mark = f" <{iri}> ."
    rows = feeds.execute("SELECT number, lines FROM version WHERE instr(lines, ?) > 0", (mark,)).fetchall()
    for number, lines in rows:
        kept = "\n".join(line for line in lines.split("\n") if not line.endswith(mark))
        feeds.execute("UPDATE version SET lines = ? WHERE number = ?", (kept, number))
    return touched + len(rows)


def pages(number: int) -> int:
    """How many pages of the LDES there are when the last member has that number; the last one may not be full."""
    return max(1, -(-number // PAGE))
