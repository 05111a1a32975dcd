"""The SPARQL store: the distinct public triples in one default graph, following the change log. A projection.

Enters: changes (which subjects), entities (their lines now). Leaves: snapshots that the query workers read.
The store is derived and never evidence: it rewrites literals and is not durable by itself (design §7.2). Three
things make it right all the same:

- A change only says *which* subjects to look at; the writer makes each subject have exactly the lines of its entity.
  Applying the deletes and inserts themselves would lose `"1"` when `"01"` goes, since the store keeps both as one
  triple; and this way any change may be applied twice, in any state, which makes a crash harmless.
- The cursor is stored after a flush, beside the store; a store that is missing, unreadable, ahead of the log or of
  another log is made again from the entities.
- All is read in one database transaction, and published at its end: a snapshot is exactly the entities of one change.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from belfort.errors import Damaged
from belfort.folders import lock
from belfort.jobs import Context
from belfort.log import get_logger
from belfort.records import change, issue
from belfort.records.database import chunks, read, write
from belfort.records.entity import entity
from belfort.workers import Worker, WorkerCrashed
from publisher.sparql import snapshots
from publisher.sparql.snapshots import State

log = get_logger("sparql")

CHANGES = 100
SUBJECTS = 400
LOCK_SECONDS = 120.0
LOAD_BYTES = 8 * 2**20
# The writer gets only lines that Belfort made, so its limits are those of a runaway, not of an attack.
WRITER_MEMORY = 6 * 2**30
WRITER_SECONDS = 900.0
OPEN_TRIES = 20

Rejected = list[tuple[str, str]]


def project(context: Context, rebuild: bool) -> int:
    """Bring the store up to the newest change and publish a snapshot; how many changes it took in.

    Raises:
        Busy: another process has been projecting for too long.
        Damaged: the store cannot be written, even from nothing (a full disk).
        WorkerCrashed: the writer died; the next call goes on where it was.
    """
    folder = context.settings.sparql
    rejected: Rejected = []
    with lock(folder, LOCK_SECONDS, "updating the SPARQL store"):
        with read(context.engine) as connection:
            projection = _Projection(connection, folder, rejected)
            try:
                done, whole = projection.run(rebuild)
            finally:
                projection.writer.kill()
        if done or whole:
            _report(context, rejected, whole, projection.subjects)
    return done


class _Projection:
    """One run: a consistent view of the records on one side, the writer process on the other."""

    def __init__(self, connection: sa.Connection, folder: Path, rejected: Rejected) -> None:
        self.connection = connection
        self.folder = folder
        self.rejected = rejected
        self.subjects: set[str] = set()
        self.writer = Worker("publisher.sparql.writer:serve", memory=WRITER_MEMORY)

    def run(self, rebuild: bool) -> tuple[int, bool]:
        """How many changes were taken in, and whether everything was made again."""
        newest = self._newest()
        state = snapshots.read_state(self.folder / "store")
        before = state.seq if state and state.seq <= newest.seq else 0
        if not rebuild and state and self._fits(state):
            shown = snapshots.current(self.folder)
            if state.seq == newest.seq and shown and snapshots.read_state(shown) == state:
                return 0, False
            try:
                self._follow(state, newest)
            except _Unreadable as error:
                log.warning("store cannot be read, making it again", error=str(error))
            else:
                return newest.seq - before, False
        try:
            self._rebuild(newest)
        except _Unreadable as error:
            raise Damaged(
                f"The SPARQL store cannot be written: {error}.", hint="Is the disk full? Then: belfort project."
            ) from None
        return newest.seq - (before if not rebuild else 0), True

    def _newest(self) -> State:
        table = change.change
        row = self.connection.execute(sa.select(table.c.seq, table.c.at).order_by(table.c.seq.desc()).limit(1)).first()
        return State(row.seq, row.at, 0, 0) if row else State(0, "", 0, 0)

    def _fits(self, state: State) -> bool:
        """Whether the change log has the change at which the store stands."""
        if state.seq == 0:
            return state.at == ""
        at = sa.select(change.change.c.at).where(change.change.c.seq == state.seq)
        return self.connection.execute(at).scalar_one_or_none() == state.at

    def _call(self, op: str, body: bytes = b"", **header: Any) -> dict[str, Any]:
        answer, _ = self.writer.call({"op": op, **header}, body, seconds=WRITER_SECONDS)
        if "error" in answer:
            raise _Unreadable(answer["error"])
        self.rejected += [(line, reason) for line, reason in answer.get("rejected", ())]
        return answer

    def _open(self, store: Path) -> None:
        """Open the store for writing; a writer whose parent was killed may still be on its way out."""
        for attempt in range(OPEN_TRIES):
            try:
                self._call("open", folder=str(store / "db"))
            except WorkerCrashed as crash:  # a broken store may abort the engine
                raise _Unreadable(crash.detail) from None
            except _Unreadable as error:
                if "lock" not in str(error).lower() or attempt == OPEN_TRIES - 1:
                    raise
                self.writer.kill()
            else:
                return

    def _follow(self, state: State, newest: State) -> None:
        """Take in the changes after the state, a batch at a time, and publish."""
        store = self.folder / "store"
        self._open(store)
        dirty = store / "dirty"
        triples = self._call("count")["triples"] if dirty.exists() else state.triples
        dirty.touch()
        seq, lines = state.seq, state.lines
        while seq < newest.seq:
            subjects: set[str] = set()
            for one in change.since(self.connection, seq, CHANGES):
                inserts, deletes = _rows(one.inserts), _rows(one.deletes)
                subjects.update(row.split(" ", 1)[0][1:-1] for row in (*inserts, *deletes))
                lines += len(inserts) - len(deletes)
                seq, at = one.seq, one.at
            triples += self._replace(subjects)
            self._call("flush")
            state = State(seq, at, lines, triples)
            snapshots.write_state(store, state)
        dirty.unlink()
        self._publish(state)

    def _replace(self, subjects: set[str]) -> int:
        grown = 0
        self.subjects |= subjects
        for chunk in chunks(sorted(subjects), SUBJECTS):
            now = dict.fromkeys(chunk, "")
            rows = self.connection.execute(sa.select(entity.c.iri, entity.c.lines).where(entity.c.iri.in_(chunk)))
            now |= {row.iri: row.lines for row in rows}
            body = "\n".join(f"={iri}\n{lines}" for iri, lines in now.items()).encode()
            grown += self._call("replace", body)["change"]
        return grown

    def _rebuild(self, newest: State) -> None:
        """Load every entity into a new store, publish it, and put it in the place of the old one."""
        self.writer.kill()
        self.rejected.clear()
        fresh, store, old = (self.folder / name for name in ("store.new", "store", "store.old"))
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)
        fresh.mkdir(parents=True)
        self._call("open", folder=str(fresh / "db"))
        lines = 0
        for body, count in self._everything():
            self._call("load", body)
            lines += count
        self._call("flush", optimize=True)
        state = State(newest.seq, newest.at, lines, self._call("count")["triples"])
        snapshots.write_state(fresh, state)
        self._publish(state)
        self.writer.kill()
        if store.exists():
            store.rename(old)
        fresh.rename(store)
        shutil.rmtree(old, ignore_errors=True)

    def _everything(self) -> Iterator[tuple[bytes, int]]:
        """The lines of all entities in pieces, with the number of lines in each."""
        texts: list[str] = []
        size = count = 0
        statement = sa.select(entity.c.lines).execution_options(yield_per=500)
        for text in self.connection.execute(statement).scalars():
            texts.append(text)
            size += len(text)
            count += text.count("\n") + 1
            if size > LOAD_BYTES:
                yield "\n".join(texts).encode(), count
                texts, size, count = [], 0, 0
        if texts:
            yield "\n".join(texts).encode(), count

    def _publish(self, state: State) -> None:
        fresh = snapshots.new_snapshot(self.folder)
        self._call("backup", folder=str(fresh / "db"))
        snapshots.publish(self.folder, fresh, state)
        log.info("published", **vars(state), collapsed=state.lines - state.triples - len(self.rejected))


class _Unreadable(Exception):
    """The store could not be opened, read or written; it can be made again."""


def _rows(text: str) -> list[str]:
    return text.split("\n") if text else []


def _report(context: Context, rejected: Rejected, whole: bool, subjects: set[str]) -> None:
    """Keep an issue for each subject with lines that the store cannot hold, and drop the issues that are solved."""
    found: dict[str, Counter[str]] = {}
    for line, reason in rejected:
        found.setdefault(line.split(" ", 1)[0][1:-1], Counter())[reason] += 1
    with read(context.engine) as connection:
        known = set(
            connection.execute(sa.select(issue.issue.c.origin).where(issue.issue.c.stage == "sparql")).scalars()
        )
    touched = (known if whole else known & subjects) | found.keys()
    if not touched:
        return
    with write(context.engine) as connection:
        for subject in touched:
            issues = [
                issue.Issue(
                    "not-in-sparql",
                    f"The SPARQL store cannot hold this statement: {reason}",
                    place=subject,
                    fix="Correct the value at the source; until then it is in the dumps and pages only.",
                    count=count,
                )
                for reason, count in found.get(subject, Counter()).items()
            ]
            issue.replace(connection, subject, "sparql", issues)
