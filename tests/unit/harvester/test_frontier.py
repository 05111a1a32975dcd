"""The frontier on its own: leases, discovery, and one transaction a page, on both databases."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from belfort.jobs import Context
from belfort.records.attempt import attempt
from belfort.records.database import write
from belfort.records.job import job
from belfort.records.snapshot import snapshot
from belfort.records.source import Source, put
from belfort.records.url import STATES, url
from harvester import frontier
from harvester.frontier import Leased, Outcome, Run
from harvester.withdrawal import finish

SEED = "http://r.be/"
SOURCE = Source("r", "R", "site", SEED)


def begun(context: Context) -> Run:
    """A run of the source."""
    with write(context.engine) as connection:
        put(connection, SOURCE)
        return frontier.begin(connection, SOURCE, context.settings)


def captured(context: Context, text: str, *links: str) -> Outcome:
    """An outcome with a stored body."""
    body = context.blobs.put(text.encode())
    return Outcome("captured", "now", status=200, links=links, body=body, size=len(text), etag='"1"')


def leased(context: Context, run: Run) -> Leased:
    """The next address, which must be there."""
    found = frontier.lease_next(context.engine, run)
    assert found
    return found


def rows(context: Context) -> dict[str, sa.Row[tuple[object, ...]]]:
    """The whole frontier by address."""
    with context.engine.connect() as connection:
        return {row.url: row for row in connection.execute(sa.select(url))}


def counted(context: Context, table: sa.Table) -> int:
    """Rows of a table."""
    with context.engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_a_captured_page_is_row_attempt_snapshot_links_and_job_at_once(any_context: Context) -> None:
    """One call accounts for everything, on SQLite and PostgreSQL."""
    run = begun(any_context)
    page = leased(any_context, run)
    assert (page.url, page.tries, page.body) == (SEED, 1, "")
    assert frontier.lease_next(any_context.engine, run) is None
    assert frontier.record(any_context, run, page, captured(any_context, "x", f"{SEED}a", f"{SEED}b")) == "captured"
    found = rows(any_context)
    assert [(one.state, one.depth) for one in found.values()] == [("captured", 0), ("pending", 1), ("pending", 1)]
    assert [counted(any_context, table) for table in (attempt, snapshot, job)] == [1, 1, 1]


def test_a_failure_half_way_leaves_nothing(any_context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last step fails, no snapshot, attempt or job remains and the lease is as it was."""
    run = begun(any_context)
    page = leased(any_context, run)
    outcome = captured(any_context, "x", f"{SEED}a")

    def broken(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(frontier, "_discover", broken)
    with pytest.raises(RuntimeError):
        frontier.record(any_context, run, page, outcome)
    assert [counted(any_context, table) for table in (attempt, snapshot, job)] == [0, 0, 0]
    assert rows(any_context)[SEED].state == "leased"


def test_leases_of_the_dead_come_back(context: Context) -> None:
    """Resuming takes back what this machine leased; what another machine leased comes back when it expires."""
    run = begun(context)
    frontier.record(context, run, leased(context, run), captured(context, "x", f"{SEED}a", f"{SEED}b"))
    for name in ("a", "b"):
        assert leased(context, run).url == SEED + name
    with write(context.engine) as connection:
        elsewhere = url.update().where(url.c.url == f"{SEED}b").values(owner="elsewhere:1")
        connection.execute(elsewhere)
    resumed = begun(context)
    assert resumed.number == run.number
    assert leased(context, resumed).url == f"{SEED}a"
    assert frontier.lease_next(context.engine, resumed) is None
    with write(context.engine) as connection:
        connection.execute(url.update().where(url.c.url == f"{SEED}b").values(lease_until="2000-01-01T00:00:00.000Z"))
    assert leased(context, resumed).url == f"{SEED}b"


def test_what_may_go_better_is_tried_after_the_rest(context: Context) -> None:
    """A retry waits behind everything not asked for yet, and ends as failed after the last try."""
    run = begun(context)
    frontier.record(context, run, leased(context, run), captured(context, "x", f"{SEED}a", f"{SEED}b"))
    order = []
    while page := frontier.lease_next(context.engine, run):
        order.append(page.url[-1])
        frontier.record(context, run, page, Outcome("retry", "now", "timeout"))
    assert order == ["a", "b", "a", "b", "a", "b"]
    assert {one.state for one in rows(context).values()} == {"captured", "failed"}
    assert counted(context, attempt) == 7


def test_a_new_run_wants_the_seed_and_what_was_captured(context: Context) -> None:
    """Pages that gave nothing are asked for again only when something leads to them again."""
    run = begun(context)
    frontier.record(context, run, leased(context, run), captured(context, "x", f"{SEED}a", f"{SEED}b"))
    frontier.record(context, run, leased(context, run), captured(context, "y"))
    frontier.record(context, run, leased(context, run), Outcome("failed", "now", "http-403", 403))
    finish(context, run)
    second = begun(context)
    assert second.number == 2
    states = {address: row.state for address, row in rows(context).items()}
    assert states == {SEED: "pending", f"{SEED}a": "pending", f"{SEED}b": "failed"}
    frontier.record(context, second, leased(context, second), Outcome("unchanged", "now", status=304))
    assert rows(context)[f"{SEED}b"].state == "pending"


KINDS = ("captured", "unchanged", "gone", "failed", "refused", "retry")
STEPS = st.lists(st.tuples(st.sampled_from((*KINDS, "crash")), st.lists(st.integers(0, 9), max_size=4)), max_size=60)


@given(STEPS)
@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_address_is_in_one_state_and_explained(make_context, steps) -> None:  # type: ignore[no-untyped-def]
    """Whatever answers come and however often the crawler dies, nothing is lost and attempts explain every state."""
    context = make_context()
    run = begun(context)
    discovered = {SEED}
    for kind, targets in steps:
        page = frontier.lease_next(context.engine, run)
        if page is None:
            break
        if kind == "crash":
            assert begun(context).number == run.number
            continue
        links = tuple(f"{SEED}{target}" for target in targets)
        outcome = captured(context, page.url, *links) if kind == "captured" else Outcome(kind, "now", kind)
        frontier.record(context, run, page, outcome)
        discovered |= set(links) if kind == "captured" else set()
    found = rows(context)
    assert set(found) == discovered
    assert {row.state for row in found.values()} <= set(STATES)
    with context.engine.connect() as connection:
        last = {row.url: row.outcome for row in connection.execute(sa.select(attempt).order_by(attempt.c.id))}
    for address, row in found.items():
        if row.state not in ("pending", "leased"):
            assert last[address] == row.state or (last[address], row.state) == ("retry", "failed")
