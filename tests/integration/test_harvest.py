"""Harvesting a small site on loopback, with the real crawler process, records, blobs and jobs."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from belfort import jobs
from belfort.errors import BelfortError, Busy, FetchError
from belfort.records import ledger
from belfort.records.attempt import attempt
from belfort.records.change import change
from belfort.records.database import write
from belfort.records.issue import issue
from belfort.records.snapshot import snapshot
from belfort.records.source import Source, put
from belfort.records.url import url
from belfort.settings import Settings
from harvester.harvest import Harvested, _lock, harvest
from tests.support.site import Site, besluit, page

Harvest = Callable[..., Harvested]


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of three meetings with four documents each: 16 pages."""
    with Site() as running:
        yield running


@pytest.fixture
def context(settings: Settings) -> jobs.Context:
    """Records of this test alone, for a crawl without delay."""
    return jobs.open_context(settings.model_copy(update={"crawl_delay": 0.0, "http_timeout": 10.0}))


@pytest.fixture
def run(context: jobs.Context, site: Site) -> Harvest:
    """A function that harvests the site, with settings as given."""
    source = Source("dorp", "Dorp", "site", site.url(), "", site.place)
    with write(context.engine) as connection:
        put(connection, source)

    def harvest_site(*, release: bool = False, **overrides: object) -> Harvested:
        site.forget()
        changed = replace(context, settings=context.settings.model_copy(update=overrides))
        return harvest(changed, source, lambda _kind, _what: None, release=release)

    return harvest_site


def count(context: jobs.Context, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    """Rows of a table."""
    with context.engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one())


def states(context: jobs.Context) -> dict[str, tuple[str, str]]:
    """Path → (state, reason) of the whole frontier."""
    with context.engine.connect() as connection:
        rows = connection.execute(sa.select(url.c.url, url.c.state, url.c.reason)).all()
    return {"/" + row.url.split("/", 3)[3]: (row.state, row.reason) for row in rows}


def test_a_site_becomes_snapshots_submissions_and_changes(run: Harvest, site: Site, context: jobs.Context) -> None:
    """Every page is fetched once, kept with its exchange and a ledger entry, and what it says is published."""
    done = run()
    assert (done.fetched, done.submissions, done.outcome, done.held) == (16, 12, "complete", "")
    assert done.changes == count(context, change) == 12
    assert sorted(site.asked()) == sorted(site.pages)
    assert count(context, snapshot) == 16
    with context.engine.connect() as connection:
        assert list(ledger.broken_links(connection)) == []
        row = connection.execute(sa.select(snapshot).where(snapshot.c.url == site.url("/"))).one()
    assert context.blobs.get(row.body) == site.pages["/"]
    assert '["ETag", ' in row.response_headers
    assert '["User-Agent", "Belfort/' in row.request_headers
    assert row.peer == "127.0.0.1"


def test_an_unchanged_site_costs_no_body_and_changes_nothing(run: Harvest, site: Site, context: jobs.Context) -> None:
    """The second run asks conditionally: every answer is 304, no snapshot, job or change is added."""
    run()
    again = run()
    assert (again.fetched, again.unchanged, again.submissions, again.changes) == (0, 16, 0, 0)
    assert site.bodies() == 0
    assert count(context, snapshot) == 16


def test_a_server_without_validators_gives_no_new_snapshots(run: Harvest, site: Site, context: jobs.Context) -> None:
    """The same bytes again are unchanged, whatever the server says about them."""
    site.etags = False
    run()
    assert (run().unchanged, count(context, snapshot)) == (16, 16)


def test_an_edited_page_changes_that_page_only(run: Harvest, site: Site, context: jobs.Context) -> None:
    """After one edit the next run captures one page and logs one change."""
    run()
    site.pages["/zitting/1/document/2"] = page(body=besluit(2, "Herziene titel"))
    again = run()
    assert (again.fetched, again.unchanged, again.submissions, again.changes) == (1, 15, 1, 1)


def test_a_calendar_without_end_ends(run: Harvest, site: Site) -> None:
    """Depth stops the trap after few requests, and every real page of the site is captured."""
    site.pages["/"] = page("/kalender?maand=0", "/zitting/0", "/zitting/1", "/zitting/2")
    done = run()
    trapped = [path for path in site.asked() if path.startswith("/kalender")]
    assert len(trapped) <= 40
    assert set(site.pages) <= set(site.asked())
    assert done.submissions == 12


def test_a_budget_is_spent_on_the_shallow_pages(run: Harvest, site: Site) -> None:
    """What one run may not fetch waits for the next, and is counted."""
    done = run(crawl_max_pages=5)
    assert (done.fetched, done.outcome) == (5, "budget")
    assert done.waiting > 0
    assert "/zitting/2" in site.asked()


def test_sessions_and_foreign_links_do_not_multiply_pages(run: Harvest, site: Site, context: jobs.Context) -> None:
    """Session ids are one page, other hosts and PDF are not followed, growing paths are refused as a trap."""
    site.pages["/"] = page(
        "/a;jsessionid=1", "/a;jsessionid=2", "/(S(x1))/a", "/(S(x2))/a", "http://elders.example/", "/doc.pdf",
        "/b/b/b/b/", "/weg", "/stuk", "/oud",
    )  # fmt: skip
    site.pages["/a"] = page(body=besluit(1, "Eén"))
    site.status |= {"/stuk": 500, "/oud": 302}
    run()
    assert sorted(site.asked()) == ["/", "/a", "/oud", "/stuk", "/stuk", "/stuk", "/weg"]
    found = states(context)
    assert found["/a"] == ("captured", "")
    assert found["/b/b/b/b/"] == ("refused", "trap")
    assert found["/weg"] == ("gone", "404")
    assert found["/stuk"] == ("failed", "http-500")
    assert found["/oud"] == ("moved", site.url("/weg"))
    assert count(context, attempt, attempt.c.url == site.url("/stuk")) == 3


def test_a_page_that_is_gone_twice_is_withdrawn(run: Harvest, site: Site, context: jobs.Context) -> None:
    """One miss changes nothing; the second withdraws exactly that page, and its return brings it back."""
    run()
    site.status["/zitting/0/document/0"] = 404
    first = run()
    assert (first.gone, first.withdrawn, first.changes) == (1, 0, 0)
    second = run()
    assert (second.withdrawn, second.changes, second.held) == (1, 1, "")
    del site.status["/zitting/0/document/0"]
    back = run()
    assert (back.fetched, back.changes) == (1, 1)
    with context.engine.connect() as connection:
        rows = connection.execute(sa.select(change.c.inserts, change.c.deletes).order_by(change.c.seq.desc())).all()
    assert rows[0].inserts == rows[1].deletes
    assert "document/0" in rows[0].inserts


def test_a_page_that_is_no_longer_listed_but_answers_stays(run: Harvest, site: Site, context: jobs.Context) -> None:
    """Sites list their latest meetings only; what still answers is still online."""
    run()
    site.pages["/zitting/2"] = page(*(f"/zitting/2/document/{d}" for d in range(3)))
    assert run(misses_before_withdrawal=1).withdrawn == 0
    assert states(context)["/zitting/2/document/3"][0] == "unchanged"


def test_a_mass_disappearance_is_held_until_released(run: Harvest, site: Site, context: jobs.Context) -> None:
    """When too much is gone nothing is withdrawn, an issue and the result say so, and an operator can release it."""
    run()
    site.status |= {path: 404 for path in site.pages if path.startswith(("/zitting/1", "/zitting/2"))}
    held = run(misses_before_withdrawal=1)
    assert (held.outcome, held.withdrawn) == ("held", 0)
    assert "10 of 16 pages" in held.held
    assert count(context, issue, issue.c.code == "mass-withdrawal") == 1
    released = run(misses_before_withdrawal=1, release=True)
    assert (released.withdrawn, released.changes, released.held) == (10, 8, "")
    assert count(context, issue, issue.c.code == "mass-withdrawal") == 0


def test_a_site_that_gives_nothing_is_held(run: Harvest, site: Site, context: jobs.Context) -> None:
    """A run that yields nothing where earlier ones did withdraws nothing, however often."""
    run()
    site.status |= dict.fromkeys(site.pages, 404)
    done = run(misses_before_withdrawal=1, release=True)
    assert (done.outcome, done.withdrawn, done.changes) == ("held", 0, 0)
    assert count(context, issue, issue.c.code == "empty-run") == 1
    site.status.clear()
    assert (run().changes, count(context, issue, issue.c.code == "empty-run")) == (0, 0)


def test_robots_are_obeyed(run: Harvest, site: Site, context: jobs.Context) -> None:
    """What robots.txt forbids is not asked for, and says so."""
    site.robots = (200, b"User-agent: *\nDisallow: /zitting/1\n")
    done = run()
    assert not [path for path in site.asked() if path.startswith("/zitting/1")]
    assert done.refused == 1
    assert states(context)["/zitting/1"] == ("refused", "robots")


def test_robots_that_cannot_be_given_mean_wait(run: Harvest, site: Site) -> None:
    """An error for robots.txt forbids everything; the run goes on when it answers again."""
    site.robots = (503, b"<html>User-agent: *\nAllow: /")
    with pytest.raises(FetchError) as caught:
        run()
    assert caught.value.facts["reason"] == "robots"
    assert site.asked() == []
    site.robots = (404, b"")
    again = run()
    assert (again.run, again.fetched) == (1, 16)


def test_an_unreachable_or_empty_seed_is_an_error(run: Harvest, site: Site, context: jobs.Context) -> None:
    """A closed port and a seed that answers 404 say what is wrong."""
    site.status["/"] = 404
    with pytest.raises(FetchError, match=r"gives no page: gone \(404\)"):
        run()
    nowhere = Source("nergens", "", "site", "http://127.0.0.1:9/", "", "127.0.0.1:9")
    with write(context.engine) as connection:
        put(connection, nowhere)
    with pytest.raises(FetchError) as caught:
        harvest(context, nowhere, lambda _kind, _what: None)
    assert caught.value.facts["reason"] == "connect"


def test_a_private_site_without_permission_is_refused(context: jobs.Context, site: Site) -> None:
    """The crawler goes through the guard too."""
    secret = Source("geheim", "", "site", site.url(), "", "")
    with write(context.engine) as connection:
        put(connection, secret)
    with pytest.raises(BelfortError) as caught:
        harvest(context, secret, lambda _kind, _what: None)
    assert caught.value.facts["reason"] == "blocked_port"
    assert site.requests == []


def test_a_source_is_harvested_once_at_a_time(run: Harvest, context: jobs.Context) -> None:
    """A second harvest of the same source is told to wait."""
    with _lock(context, Source("dorp", "", "site", "")), pytest.raises(Busy):
        run()


def test_kill_9_loses_no_page(run: Harvest, context: jobs.Context) -> None:
    """Killed at several moments and resumed, the crawl asks for every page, repeats only what was in flight."""
    with Site(meetings=6, documents=12) as site:
        kills = 0
        for moment in (3, 20, 50):
            kills += _kill_after(context, site, moment)
        source = Source("dorp", "Dorp", "site", site.url(), "", site.place)
        done = harvest(context, source, lambda _kind, _what: None)
        assert done.run == 1
        assert kills == 3
        assert set(site.asked()) == set(site.pages)
        assert len(site.asked()) - len(site.pages) <= 2 * kills
        assert {state for state, _ in states(context).values()} == {"captured"}
        assert count(context, snapshot) == len(site.pages)
        assert count(context, change) == 72


def _kill_after(context: jobs.Context, site: Site, requests: int) -> bool:
    """Harvest in another process and kill it when the site has had so many requests; whether it was still at it."""
    with write(context.engine) as connection:
        put(connection, Source("dorp", "Dorp", "site", site.url(), "", site.place))
    environment = {
        **os.environ, "BELFORT_DATA": str(context.settings.data), "BELFORT_CRAWL_DELAY": "0",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }  # fmt: skip
    code = "from belfort.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "harvest", "dorp", "--no-project"], env=environment, stdout=subprocess.DEVNULL
    )
    while len(site.asked()) < requests and process.poll() is None:
        site.on_request.wait(0.2)
        site.on_request.clear()
    alive = process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    _wait_for_lock(context)
    return alive


def _wait_for_lock(context: jobs.Context) -> None:
    """Until the killed crawler has really ended: it holds the lock as long as it lives."""
    import fcntl

    path = context.settings.private / "crawl" / "dorp.lock"
    if path.exists():
        with path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
