"""The projection `sparql`: after anything that can happen, the published store says what the entities say."""

import json
import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from belfort.errors import Busy
from belfort.folders import lock
from belfort.jobs import Context
from belfort.records.issue import issue
from belfort.workers import Worker, WorkerCrashed
from publisher.sparql import snapshots, store
from tests.support.sparql import INTEGER, expected, lines, put, stored, subject


def _state(context: Context) -> snapshots.State:
    folder = snapshots.current(context.settings.sparql)
    assert folder is not None
    state = snapshots.read_state(folder)
    assert state is not None
    return state


def test_the_store_follows_the_entities(any_context: Context) -> None:
    """After each of a series of random changes the published store equals the entities."""
    chance = random.Random(7)
    titles = ['"a"', '"a"@nl', f'"1"{INTEGER}', f'"01"{INTEGER}', '"é\\n\\"q\\""', "<http://data.example/x y>"]
    seen = 0
    for _ in range(6):
        changes = chance.randint(1, 3)
        for _ in range(changes):
            put(any_context, {n: lines(n, *chance.sample(titles, chance.randint(0, 4))) for n in range(8)})
        assert store.project(any_context, False) == changes
        seen += changes
        assert stored(any_context) == expected(any_context)
        assert _state(any_context).seq == seen
        assert _state(any_context).triples == len(expected(any_context))
    assert store.project(any_context, False) == 0


def test_a_value_stays_while_one_of_its_spellings_stays(context: Context) -> None:
    """Two spellings are one triple in the store; taking one away keeps it, and the collapse shows in the state."""
    put(context, {1: lines(1, f'"1"{INTEGER}', f'"01"{INTEGER}')})
    store.project(context, False)
    assert (_state(context).lines, _state(context).triples) == (2, 1)

    put(context, {1: lines(1, f'"01"{INTEGER}')})
    store.project(context, False)

    assert (_state(context).lines, _state(context).triples) == (1, 1)
    assert len(stored(context)) == 1


def test_an_empty_database_gives_an_empty_store(context: Context) -> None:
    """Before anything was published there is a store that answers queries, with nothing in it."""
    assert store.project(context, False) == 0
    assert stored(context) == set()


@pytest.mark.parametrize("delay", [0.0, 0.002, 0.01, 0.03])
def test_a_writer_that_is_killed_loses_nothing(context: Context, monkeypatch: pytest.MonkeyPatch, delay: float) -> None:
    """Killed at any moment of a batch, the next projection ends with what the entities say and the right count."""
    monkeypatch.setattr(store, "SUBJECTS", 20)
    put(context, {n: lines(n, '"oud"', extra=20) for n in range(100)})
    store.project(context, False)
    put(context, {n: lines(n, '"nieuw"', extra=n % 40) for n in range(20, 120)})
    real = Worker.call
    calls = 0

    def call(self: Worker, header: dict[str, Any], body: bytes = b"", *, seconds: float) -> Any:
        nonlocal calls
        calls += header["op"] == "replace"
        if header["op"] == "replace" and calls == 3:
            threading.Timer(delay, self.interrupt).start()
        return real(self, header, body, seconds=seconds)

    with monkeypatch.context() as patch:
        patch.setattr(Worker, "call", call)
        try:
            store.project(context, False)
        except WorkerCrashed:
            # A later kill may come when the batch is done and its mark gone, while the snapshot is made.
            assert delay > 0 or (context.settings.sparql / "store" / "dirty").exists()
        else:
            assert delay > 0, "the writer was killed before the batch, so the batch cannot have succeeded"

    store.project(context, False)

    assert stored(context) == expected(context)
    assert _state(context).triples == len(expected(context)) == _state(context).lines


def _remove_store(context: Context) -> None:
    (context.settings.sparql / "store").rename(context.settings.sparql / "elsewhere")


def _break_store(context: Context) -> None:
    for path in (context.settings.sparql / "store" / "db").glob("MANIFEST-*"):
        path.write_bytes(b"not a manifest")


def _go_ahead(context: Context) -> None:
    path = context.settings.sparql / "store" / "state.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "seq": 999}))


def _other_log(context: Context) -> None:
    path = context.settings.sparql / "store" / "state.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "at": "1999-01-01T00:00:00.000Z"}))


def _remove_state(context: Context) -> None:
    (context.settings.sparql / "store" / "state.json").write_text("{")


@pytest.mark.parametrize("harm", [_remove_store, _break_store, _go_ahead, _other_log, _remove_state])
def test_a_store_that_cannot_be_followed_is_made_again(context: Context, harm: Callable[[Context], None]) -> None:
    """Missing, broken, ahead of the log or of another log: the next projection makes the store from the entities."""
    put(context, {n: lines(n, '"een"') for n in range(10)})
    store.project(context, False)
    harm(context)
    put(context, {3: [], 11: lines(11, '"elf"')})

    assert store.project(context, False) > 0

    assert stored(context) == expected(context)
    assert _state(context).seq == 2


def test_a_missing_snapshot_is_published_again(context: Context) -> None:
    """When only the snapshots were removed, the store is published again although no change came."""
    put(context, {1: lines(1, '"een"')})
    store.project(context, False)
    (context.settings.sparql / "current").unlink()

    store.project(context, False)

    assert stored(context) == expected(context)


def test_a_rebuild_gives_the_same_store(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebuilt in small pieces from the entities, the store equals the one that followed the changes."""
    monkeypatch.setattr(store, "LOAD_BYTES", 300)
    put(context, {n: lines(n, f'"titel {n}"', f'"0{n}"{INTEGER}') for n in range(30)})
    store.project(context, False)
    put(context, {4: [], 5: lines(5, '"vijf"')})
    store.project(context, False)
    followed, state = stored(context), _state(context)

    assert store.project(context, True) == 2

    assert stored(context) == followed
    assert _state(context) == state


def test_only_the_last_snapshots_stay(context: Context) -> None:
    """However many were published, two snapshots remain on disk and the newest is current."""
    for n in range(5):
        put(context, {n: lines(n, '"x"')})
        store.project(context, False)
    folders = sorted(path.name for path in (context.settings.sparql / "snapshots").iterdir())
    assert folders == ["4-4", "5-5"]
    assert _state(context).seq == 5


def test_two_projections_at_once_both_end_well(context: Context) -> None:
    """A second projection waits for the first and then finds nothing left to do."""
    put(context, {n: lines(n, '"x"') for n in range(50)})
    done: list[int] = []
    threads = [threading.Thread(target=lambda: done.append(store.project(context, False))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 1]
    assert stored(context) == expected(context)


def test_a_projection_gives_up_cleanly_when_another_never_ends(context: Context) -> None:
    """While the lock stays taken, projecting raises Busy and writes nothing."""
    with (
        lock(context.settings.sparql, 1, "writing"),
        pytest.raises(Busy, match="Another process is writing"),
        lock(context.settings.sparql, 0.01, "writing"),
    ):
        pytest.fail("two processes have the lock")


def test_a_line_that_the_store_cannot_hold_is_an_issue_until_it_is_gone(context: Context) -> None:
    """A language tag that the store refuses costs that line only, is reported, and the report ends with the line."""
    put(context, {1: lines(1, '"goed"', '"fout"@nl_BE'), 2: lines(2, '"ook goed"')})
    store.project(context, False)
    assert _state(context).lines - _state(context).triples == 1

    def issues() -> list[str]:
        with context.engine.connect() as connection:
            return list(connection.execute(sa.select(issue.c.origin).where(issue.c.stage == "sparql")).scalars())

    assert issues() == [subject(1)]
    put(context, {2: lines(2, '"anders"')})
    store.project(context, False)
    assert issues() == [subject(1)]
    put(context, {1: lines(1, '"goed"')})
    store.project(context, False)
    assert issues() == []
    assert stored(context) == expected(context)
