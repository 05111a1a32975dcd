"""Jobs: leased rows that are done at least once, whoever dies while doing them."""

import json
import signal
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from belfort import jobs
from belfort.errors import BelfortError, FetchError, UsageError
from belfort.jobs import LEASE, MAX_ATTEMPTS, Arguments, Context, drain, enqueue, lease
from belfort.records.database import read, write
from belfort.records.job import job
from tests.support.process import start

Later = Callable[[timedelta], object]


@pytest.fixture
def later() -> Later:
    """A clock that stands still until told to move on."""
    with time_machine.travel("2026-11-25T12:00:00Z", tick=False) as traveller:
        yield traveller.shift


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[Arguments]:
    """What the handler of `extract` did; an argument `fail` makes it fail."""
    calls: list[Arguments] = []

    def extract(_context: Context, arguments: Arguments) -> str:
        calls.append(arguments)
        if arguments.get("fail"):
            raise FetchError("De server antwoordt niet.")
        return f"done {arguments['n']}"

    monkeypatch.setattr(jobs, "_handlers", lambda: {"extract": extract})
    return calls


def _ask(context: Context, key: str, priority: int = 0, **arguments: object) -> None:
    with write(context.engine) as connection:
        enqueue(connection, "extract", key, {"n": key, **arguments}, priority=priority)


def _rows(context: Context) -> list[sa.Row[tuple[object, ...]]]:
    with read(context.engine) as connection:
        return list(connection.execute(sa.select(job).order_by(job.c.id)))


def test_every_job_is_done_once(any_context: Context, done: list[Arguments]) -> None:
    """Draining does every due job, tells what its handler returned, and leaves no row."""
    for key in "abc":
        _ask(any_context, key)
    assert [(leased.key, result) for leased, result in drain(any_context)] == [
        ("a", "done a"), ("b", "done b"), ("c", "done c"),
    ]  # fmt: skip
    assert _rows(any_context) == []
    assert list(drain(any_context)) == []


def test_asking_twice_is_one_job(any_context: Context, done: list[Arguments]) -> None:
    """The same stage and key is one job, with the newest arguments; another key is another job."""
    _ask(any_context, "a", version=1)
    _ask(any_context, "b")
    _ask(any_context, "a", version=2)
    assert [row.key for row in _rows(any_context)] == ["a", "b"]
    list(drain(any_context))
    assert done == [{"n": "a", "version": 2}, {"n": "b"}]


def test_asking_is_part_of_the_transaction(any_context: Context) -> None:
    """Work that a failed transaction asked for was never asked."""

    def fails() -> None:
        with write(any_context.engine) as connection:
            enqueue(connection, "extract", "a", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert _rows(any_context) == []


def test_urgent_work_goes_first(any_context: Context, done: list[Arguments]) -> None:
    """A higher priority goes before an older job; within a priority the oldest goes first."""
    _ask(any_context, "a")
    _ask(any_context, "b")
    _ask(any_context, "urgent", priority=5)
    assert [leased.key for leased, _ in drain(any_context)] == ["urgent", "a", "b"]


def test_a_leased_job_is_nobody_elses(any_context: Context, later: Later) -> None:
    """Until its lease ends a job is not given out again, and after that it is."""
    _ask(any_context, "a")
    first = lease(any_context)
    assert first
    assert (first.key, first.attempts) == ("a", 1)
    assert lease(any_context) is None
    later(LEASE - timedelta(seconds=1))
    assert lease(any_context) is None
    later(timedelta(seconds=1))
    second = lease(any_context)
    assert second
    assert (second.id, second.attempts) == (first.id, 2)


def test_a_late_worker_does_not_finish_anothers_job(any_context: Context, later: Later) -> None:
    """A worker whose lease ended cannot remove the job from the worker that has it now."""
    _ask(any_context, "a")
    first = lease(any_context)
    later(LEASE)
    second = lease(any_context)
    assert first
    assert second
    jobs._finish(any_context, first)
    jobs._fail(any_context, first, "too late")
    assert [(row.owner, row.error) for row in _rows(any_context)] == [(second.owner, "")]
    jobs._finish(any_context, second)
    assert _rows(any_context) == []


def test_a_failed_job_is_tried_later_and_others_go_on(
    any_context: Context, done: list[Arguments], later: Later
) -> None:
    """A failure keeps its message and its turn for later, ever later; what stands behind it is done now."""
    _ask(any_context, "bad", fail=True)
    _ask(any_context, "good")
    results = {leased.key: result for leased, result in drain(any_context)}
    assert isinstance(results["bad"], BelfortError)
    assert results["good"] == "done good"
    assert [(row.key, row.error, row.attempts) for row in _rows(any_context)] == [
        ("bad", "De server antwoordt niet.", 1)
    ]
    assert list(drain(any_context)) == []
    for attempt in range(2, MAX_ATTEMPTS + 1):
        later(timedelta(minutes=2 ** (attempt - 1)))
        assert len(list(drain(any_context))) == 1
    later(timedelta(days=30))
    assert list(drain(any_context)) == []
    assert [(row.key, row.attempts) for row in _rows(any_context)] == [("bad", MAX_ATTEMPTS)], "given up, not lost"
    _ask(any_context, "bad")
    assert [result for _, result in drain(any_context)] == ["done bad"], "asking again starts from nothing"


def test_asking_again_while_it_is_done_is_not_lost(any_context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """New work for a job that someone is doing right now is done after it, with its own arguments."""
    seen: list[object] = []

    def extract(context: Context, arguments: Arguments) -> None:
        seen.append(arguments["version"])
        if arguments["version"] == 1:
            _ask(context, "a", version=2)

    monkeypatch.setattr(jobs, "_handlers", lambda: {"extract": extract})
    _ask(any_context, "a", version=1)
    assert len(list(drain(any_context))) == 2
    assert seen == [1, 2]
    assert _rows(any_context) == []


_DIES = """
from belfort import jobs
def extract(context, arguments):
    print(arguments["n"], flush=True)
    if arguments["n"] == "b":
        sys.stdin.readline()
jobs._handlers = lambda: {"extract": extract}
for _ in jobs.drain(open_context(load_settings())):
    pass
"""


def test_a_worker_killed_half_way_loses_no_job(any_context: Context, done: list[Arguments]) -> None:
    """After SIGKILL what was done stays done, what was not is done by another, and the job in hand is done again."""
    for key in "abc":
        _ask(any_context, key)
    with start(_DIES, any_context) as process:
        assert process.stdout
        assert [process.stdout.readline().strip() for _ in range(2)] == ["a", "b"]
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert [row.key for row in _rows(any_context)] == ["b", "c"]
    assert [leased.key for leased, _ in drain(any_context)] == ["c"]
    with time_machine.travel(timedelta(minutes=6)):
        assert [leased.key for leased, _ in drain(any_context)] == ["b"]
    assert _rows(any_context) == []


_DRAINS = """
import json
from belfort import jobs
jobs._handlers = lambda: {"extract": lambda context, arguments: arguments["n"]}
context = open_context(load_settings())
sys.stdin.readline()
print(json.dumps([result for _, result in jobs.drain(context)]))
"""


def test_two_workers_share_the_work(any_context: Context) -> None:
    """Two processes that drain at once do every job, and none twice."""
    with write(any_context.engine) as connection:
        for number in range(60):
            enqueue(connection, "extract", str(number), {"n": number})
    workers = [start(_DRAINS, any_context) for _ in range(2)]
    shares = [json.loads(worker.communicate("go\n", timeout=120)[0]) for worker in workers]
    assert sorted(shares[0] + shares[1]) == list(range(60))


def test_the_table_is_the_code() -> None:
    """Every stage of the table has a handler in some package, and no package offers a stage that is not in it."""
    assert sorted(jobs._handlers()) == sorted(stage.name for stage in jobs.TABLE)


def test_projections_run_in_order(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """All projections run in the order of the table, or the one that was named; an unknown name is refused."""
    ran: list[tuple[str, bool]] = []

    def handler(name: str) -> jobs.Projection:
        return lambda _context, rebuild: ran.append((name, rebuild)) or len(ran)

    monkeypatch.setattr(jobs, "_handlers", lambda: {stage.name: handler(stage.name) for stage in jobs.TABLE})
    assert jobs.project(context) == {"index": 1, "alerts": 2, "sparql": 3, "dumps": 4, "feeds": 5}
    assert jobs.project(context, rebuild=True, only="sparql") == {"sparql": 6}
    assert ran[5:] == [("sparql", True)]
    with pytest.raises(UsageError, match="nonsense") as caught:
        jobs.project(context, only="nonsense")
    assert "index, alerts, sparql, dumps, feeds" in caught.value.hint
