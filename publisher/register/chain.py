"""The chain: the submissions of a feed, each a patch on the one before it. This is the truth; `State` follows it.

A patch is a private blob of text: a line of JSON with the floor (see `row`), then the entries that differ, each
`<stamp>\\t<statement>`. The submission's report names the one before it (`base`), and its input digest is the sha256
over that one's digest and the blob's, so that no patch can be changed, dropped or moved.
"""

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

import sqlalchemy as sa

from belfort.blobs import Blobs, digest
from belfort.errors import Damaged
from belfort.folders import lock
from belfort.jobs import Context
from belfort.records import origin, submission
from belfort.records.submission import Submission
from publisher.register import row
from publisher.register.row import Row
from publisher.register.state import State

PIPELINE = "register-2"
# Submissions of this pipeline hold everything that the feed said; a chain may begin with one.
WHOLE = "register-1"
LOCK_SECONDS = 60.0
_BATCH = 2_000


def patch(floor: str, before: Mapping[str, Row], after: Mapping[str, Row]) -> bytes:
    """The blob that makes these subjects what they become."""
    entries = [e for iri in sorted(after) for e in row.difference(before.get(iri, {}), after[iri])]
    head = json.dumps({"floor": floor}, separators=(",", ":"))
    return "".join([f"{head}\n", *(f"{stamp}\t{line}\n" for stamp, line in entries)]).encode()


def input_digest(base: Submission | None, quads: str) -> str:
    """What a submission of a feed was made from: everything before it, and its patch."""
    return digest(f"{base.input_digest if base else ''}\n{quads}".encode())


def walk(connection: sa.Connection, last: int | None, until: int = 0) -> list[Submission]:
    """The submissions after `until` that lead to `last`, oldest first; all of them when `until` is not among them."""
    found: list[Submission] = []
    while last is not None and last != until:
        one = submission.get(connection, last)
        found.append(one)
        last = one.report.get("base") if one.pipeline == PIPELINE else None
    return found[::-1]


@contextlib.contextmanager
def opened(context: Context, iri: str) -> Iterator[State]:
    """The state of the feed as its current submission has it; one process at a time.

    Raises:
        Damaged: a patch is not what it was.
    """
    folder = context.settings.private / "registers" / hashlib.sha256(iri.encode()).hexdigest()[:32]
    with lock(folder, LOCK_SECONDS, f"taking in {iri}"):
        state = _open(folder / "state.sqlite")
        try:
            with context.engine.connect() as connection:
                bring_up(context.blobs, connection, iri, state)
            state.commit()
            yield state
        finally:
            state.close()


@contextlib.contextmanager
def replayed(context: Context, connection: sa.Connection, last: int) -> Iterator[State]:
    """The state at a submission, made from the chain alone, in a file that is gone afterwards."""
    context.settings.private.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=context.settings.private) as folder:
        state = State(Path(folder) / "state.sqlite")
        try:
            _follow_all(context.blobs, walk(connection, last), state)
            yield state
        finally:
            state.close()


def _open(path: Path) -> State:
    """The state in the file; a file that is none is made again."""
    import sqlite3

    try:
        return State(path)
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        return State(path)


def bring_up(blobs: Blobs, connection: sa.Connection, iri: str, state: State) -> None:
    """Let the state follow the chain to the submission that counts now."""
    speaker = origin.find(connection, iri)
    current = speaker.current if speaker else None
    ahead = walk(connection, current, state.position)
    joins = ahead and (ahead[0].report.get("base") == state.position if ahead[0].pipeline == PIPELINE else False)
    if (current or 0) != state.position and not joins:
        state.clear()
        ahead = walk(connection, current)
    _follow_all(blobs, ahead, state)


def _follow_all(blobs: Blobs, ahead: Iterable[Submission], state: State) -> None:
    for one in ahead:
        _follow(blobs, one, state)


def _follow(blobs: Blobs, one: Submission, state: State) -> None:
    rows = blobs.lines(one.quads)
    if one.pipeline == PIPELINE:
        state.note("floor", json.loads(next(rows))["floor"])
        entries = (_entry(text, one) for text in rows)
    else:
        state.note("floor", str(one.report.get("floor", "")))
        entries = (("", text) for text in rows if text)
    for batch in _batches(entries):
        known = state.rows(batch)
        for iri, group in batch.items():
            row.follow(known.setdefault(iri, {}), group)
        state.put({iri: known[iri] for iri in batch})
    state.note("position", str(one.id))
    set_held(state, one.report.get("held", []))


def set_held(state: State, held: Iterable[Iterable[object]]) -> None:
    """Let the totals of what the gate holds back be these (code, what, how often)."""
    wanted = {("held", json.dumps([code, what])): int(str(n)) for code, what, n in held}
    now = {("held", name): amount for name, amount in state.totals("held").items()}
    state.add_totals({name: wanted.get(name, 0) - now.get(name, 0) for name in wanted.keys() | now.keys()})


def _entry(text: str, one: Submission) -> row.Entry:
    stamp, tab, line = text.partition("\t")
    if not tab:
        raise Damaged(f"Submission {one.id}: haar bewerking is onleesbaar.", hint="Zet een back-up terug.")
    return stamp, line


def _batches(entries: Iterable[row.Entry]) -> Iterator[dict[str, list[row.Entry]]]:
    """The entries by subject, some subjects at a time; those of one subject may come in several batches."""
    batch: dict[str, list[row.Entry]] = {}
    for iri, group in groupby(entries, key=lambda entry: entry[1].split(" ", 1)[0][1:-1]):
        if len(batch) >= _BATCH:
            yield batch
            batch = {}
        batch.setdefault(iri, []).extend(group)
    if batch:
        yield batch
