"""The frontier: which address is next, and what became of each, in transactions that survive a kill at any moment.

Enters: a source, outcomes of exchanges. Leaves: leased rows. A run makes the seed and everything captured earlier
pending; pages add what they link to. `record` writes the row, the attempt, the snapshot, the newly found addresses
and the job that reads the page in one transaction; so a page is either not fetched yet or completely accounted for.
"""

import json
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from belfort import jobs
from belfort.records import snapshot
from belfort.records.attempt import attempt
from belfort.records.database import chunks, now, upsert, write
from belfort.records.run import run as run_table
from belfort.records.source import Source
from belfort.records.url import url as table
from belfort.settings import Settings
from harvester.canonical import LONGEST, canonical_url, looks_endless, site_of

LEASE = timedelta(minutes=10)
TRIES = 3
# A longer path, a shorter chain of links or a newer limit may lift these: they are judged again when found again.
_AT_DISCOVERY = ("too-deep", "too-long", "trap")


@dataclass(frozen=True)
class Run:
    """One visit to a source; `sites` are the host:port pairs that belong to it."""

    source: Source
    number: int
    seed: str


@dataclass(frozen=True)
class Leased:
    """An address that this process may fetch now, with what was known of it."""

    url: str
    depth: int
    tries: int
    etag: str
    last_modified: str
    body: str
    snapshot: str
    links: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of one lease. `state` is one of `belfort.records.url.STATES`, or `retry`.

    `links` are canonical addresses on the site; None keeps the earlier ones. `body` is the digest of the stored
    bytes and comes with the exchange, for `captured` only.
    """

    state: str
    started: str
    reason: str = ""
    status: int = 0
    links: tuple[str, ...] | None = None
    etag: str = ""
    last_modified: str = ""
    body: str = ""
    size: int = 0
    peer: str = ""
    request_headers: snapshot.Headers = ()
    response_headers: snapshot.Headers = ()


def this_host() -> str:
    """How the owners of leases on this machine begin."""
    return f"{socket.gethostname()}:"


def begin(connection: sa.Connection, source: Source, settings: Settings) -> Run:
    """Begin a run, or resume the one that never ended; the caller holds the source's lock.

    Leases of this machine are taken back at once (the lock says that their owners are dead); others expire.
    """
    seed = canonical_url(source.url)
    last = connection.execute(
        sa.select(run_table).where(run_table.c.source == source.slug).order_by(run_table.c.number.desc()).limit(1)
    ).one_or_none()
    mine = table.c.source == source.slug
    if last is not None and not last.ended:
        connection.execute(
            table.update()
            .where(mine, table.c.state == "leased", table.c.owner.startswith(this_host(), autoescape=True))
            .values(state="pending", owner="", lease_until="")
        )
        return Run(source, last.number, seed)
    number = (last.number if last else 0) + 1
    connection.execute(
        run_table.insert().values(
            source=source.slug, number=number, started=now(), ended="", outcome="", counts="{}"
        )
    )  # fmt: skip
    again = sa.or_(table.c.snapshot != "", table.c.state.in_(("pending", "leased")))
    connection.execute(
        table.update().where(mine, again).values(state="pending", run=number, tries=0, owner="", lease_until="")
    )
    run = Run(source, number, seed)
    _discover(connection, run, [seed], 0, settings)
    return run


def lease_next(engine: sa.Engine, run: Run) -> Leased | None:
    """Take the next address: those asked for least first, then the shallowest, then the longest unseen."""
    with write(engine) as connection:
        at = now()
        row = connection.execute(
            sa.select(table)
            .where(
                table.c.source == run.source.slug,
                sa.or_(table.c.state == "pending", sa.and_(table.c.state == "leased", table.c.lease_until < at)),
            )
            .order_by(table.c.tries, table.c.depth, table.c.checked, table.c.url)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        until = (datetime.now(UTC) + LEASE).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        connection.execute(
            table.update()
            .where(table.c.source == run.source.slug, table.c.url == row.url)
            .values(
                state="leased", lease_until=until, owner=f"{this_host()}{os.getpid()}", tries=row.tries + 1,
                run=run.number,
            )
        )  # fmt: skip
    return Leased(
        row.url, row.depth, row.tries + 1, row.etag, row.last_modified, row.body, row.snapshot,
        tuple(json.loads(row.links)),
    )  # fmt: skip


def has_pending(engine: sa.Engine, run: Run) -> bool:
    """Whether any address still waits."""
    with engine.connect() as connection:
        return connection.execute(
            sa.select(sa.exists().where(table.c.source == run.source.slug, table.c.state == "pending"))
        ).scalar_one()


def fetched(engine: sa.Engine, run: Run) -> int:
    """How many exchanges this run has had."""
    with engine.connect() as connection:
        query = sa.select(sa.func.count()).where(
            attempt.c.source == run.source.slug, attempt.c.run == run.number, attempt.c.status > 0
        )
        return int(connection.execute(query).scalar_one())


def record(context: jobs.Context, run: Run, leased: Leased, outcome: Outcome) -> str:
    """Account for one lease, all of it or nothing, and return the state of its row."""
    state = outcome.state
    if state == "retry":
        state = "pending" if leased.tries < TRIES else "failed"
    with write(context.engine) as connection:
        digest = _keep(connection, run, leased, outcome) if state == "captured" else ""
        connection.execute(
            table.update()
            .where(table.c.source == run.source.slug, table.c.url == leased.url)
            .values(**_row(leased, outcome, state, digest))
        )
        connection.execute(
            attempt.insert().values(
                source=run.source.slug, url=leased.url, run=run.number, started=outcome.started, ended=now(),
                status=outcome.status, outcome=outcome.state, reason=outcome.reason, snapshot=digest or None,
            )
        )  # fmt: skip
        if state in ("captured", "unchanged", "moved"):
            links = leased.links if outcome.links is None else outcome.links
            _discover(connection, run, links, leased.depth + 1, context.settings)
    return state


def _keep(connection: sa.Connection, run: Run, leased: Leased, outcome: Outcome) -> str:
    """The snapshot with its ledger entry, and the job that reads it."""
    kept = snapshot.add(
        connection, url=leased.url, status=outcome.status, body=outcome.body, size=outcome.size, peer=outcome.peer,
        request_headers=outcome.request_headers, response_headers=outcome.response_headers,
    )  # fmt: skip
    arguments = {"snapshot": kept.digest, "url": leased.url, "source": run.source.slug}
    jobs.enqueue(connection, "extract", leased.url, arguments)
    return kept.digest


def _row(leased: Leased, outcome: Outcome, state: str, digest: str) -> dict[str, object]:
    row: dict[str, object] = {
        "state": state, "reason": outcome.reason, "owner": "", "lease_until": "", "checked": now()
    }  # fmt: skip
    if state in ("captured", "unchanged", "moved"):
        links = leased.links if outcome.links is None else outcome.links
        row["links"] = json.dumps(links)
    if state == "captured":
        row |= {"body": outcome.body, "snapshot": digest}
    if state in ("captured", "unchanged"):
        row |= {"etag": outcome.etag, "last_modified": outcome.last_modified}
    elif state in ("gone", "moved"):
        row |= {"etag": "", "last_modified": ""}  # what comes back must come with its body
    return row


def _discover(connection: sa.Connection, run: Run, links: Sequence[str], depth: int, settings: Settings) -> None:
    """Add the addresses that the run did not know yet, each pending or refused with its reason."""
    known: dict[str, sa.Row[tuple[str, int, int, str]]] = {}
    for chunk in chunks(list(dict.fromkeys(links))):
        rows = connection.execute(
            sa.select(table.c.url, table.c.run, table.c.depth, table.c.state).where(
                table.c.source == run.source.slug, table.c.url.in_(chunk)
            )
        )
        known |= {row.url: row for row in rows}
    new = []
    for link in dict.fromkeys(links):
        row = known.get(link)
        reason = _refusal(link, depth, settings)
        state = "refused" if reason else "pending"
        if row is None:
            new.append(_new_row(run, link, depth, state, reason))
            continue
        mine = (table.c.source == run.source.slug, table.c.url == link)
        if row.run < run.number:
            values = {"state": state, "reason": reason, "depth": depth, "run": run.number, "tries": 0}
            connection.execute(table.update().where(*mine).values(**values))
        elif depth < row.depth:
            connection.execute(table.update().where(*mine).values(depth=depth))
    upsert(connection, table, new, ["source", "url"])


def _refusal(link: str, depth: int, settings: Settings) -> str:
    if depth > settings.crawl_max_depth:
        return _AT_DISCOVERY[0]
    if len(link) > LONGEST:
        return _AT_DISCOVERY[1]
    return _AT_DISCOVERY[2] if looks_endless(link) else ""


def _new_row(run: Run, link: str, depth: int, state: str, reason: str) -> dict[str, object]:
    return {
        "source": run.source.slug, "url": link, "state": state, "reason": reason, "depth": depth, "run": run.number,
        "tries": 0, "owner": "", "lease_until": "", "etag": "", "last_modified": "", "body": "", "snapshot": "",
        "links": "[]", "misses": 0, "checked": "",
    }  # fmt: skip


def sites(engine: sa.Engine, run: Run) -> set[str]:
    """The host:port pairs of the source: that of the seed, and where the seed redirects to."""
    found = {site_of(run.seed)}
    with engine.connect() as connection:
        moved = connection.execute(
            sa.select(table.c.reason).where(
                table.c.source == run.source.slug, table.c.url == run.seed, table.c.state == "moved"
            )
        ).scalar_one_or_none()
    return found | ({site_of(moved)} if moved else set())
