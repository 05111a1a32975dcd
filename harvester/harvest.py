"""Harvesting sources: crawl (or ask the register), read what is new, publish it; and say what came of it."""

import fcntl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from belfort import jobs
from belfort.errors import BelfortError, Busy, FetchError
from belfort.records import change
from belfort.records.database import write
from belfort.records.source import Source
from belfort.records.submission import submission
from belfort.records.url import url as url_table
from harvester import frontier
from harvester.canonical import canonical_url
from harvester.crawl.process import crawl
from harvester.sources import checked_url
from harvester.withdrawal import Ended, finish

Progress = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True)
class Harvested:
    """What one harvest of one source did: addresses by state, pages withdrawn, submissions and changes added.

    `waiting` are addresses left for the next run (budget); `failed_jobs` pages that could not be read yet; `held`
    says why nothing was withdrawn, `error` why there was no harvest.
    """

    source: str
    run: int = 0
    outcome: str = ""
    fetched: int = 0
    unchanged: int = 0
    moved: int = 0
    gone: int = 0
    failed: int = 0
    refused: int = 0
    waiting: int = 0
    withdrawn: int = 0
    submissions: int = 0
    changes: int = 0
    failed_jobs: int = 0
    held: str = ""
    error: str = ""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def harvest(context: jobs.Context, source: Source, progress: Progress, *, release: bool = False) -> Harvested:
    """Harvest one source and take in what it says; projections are left to the caller.

    `progress` is told of every page and job: ("page" | "job", what happened).

    Raises:
        FetchError: its seed cannot be reached or gives nothing; what was found before stays.
        Refused: the guard forbids it.
        Busy: another process is harvesting it.
    """
    with context.engine.connect() as connection:
        before = change.last_seq(connection), _newest_submission(connection)
    if source.kind == "register":
        with write(context.engine) as connection:
            jobs.enqueue(connection, "intake", source.slug, {"source": source.slug})
        run, ended = 0, Ended("complete", {}, (), None)
    else:
        run, ended = _visit(context, source, progress, release=release)
    errors = list(_drain(context, progress))
    if source.kind == "register" and source.slug in dict(errors):
        raise dict(errors)[source.slug]
    with context.engine.connect() as connection:
        after = change.last_seq(connection), _newest_submission(connection)
    counts = Counter(ended.counts)
    return Harvested(
        source.slug, run, ended.outcome, counts["captured"], counts["unchanged"], counts["moved"], counts["gone"],
        counts["failed"], counts["refused"], counts["pending"] + counts["leased"], len(ended.withdrawn),
        after[1] - before[1], after[0] - before[0], len(errors), ended.held.message if ended.held else "",
    )  # fmt: skip


def _visit(context: jobs.Context, source: Source, progress: Progress, *, release: bool) -> tuple[int, Ended]:
    """One run of a site, from its seed to its end."""
    checked_url(source.url)
    with _lock(context, source) as lock:
        with write(context.engine) as connection:
            run = frontier.begin(connection, source, context.settings)
        for page in crawl(context.settings, run, lock):
            progress("page", page)
        ended = finish(context, run, release=release)
    _check_seed(context, source, ended)
    return run.number, ended


def _check_seed(context: jobs.Context, source: Source, ended: Ended) -> None:
    """A first run in which the seed gave no page is a mistake to tell, not a result."""
    if ended.held or ended.counts.get("captured") or ended.counts.get("unchanged"):
        return
    with context.engine.connect() as connection:
        seed = connection.execute(
            sa.select(url_table.c.state, url_table.c.reason).where(
                url_table.c.source == source.slug, url_table.c.url == canonical_url(source.url)
            )
        ).one()
    raise FetchError(
        f"{source.url} gives no page: {seed.state} ({seed.reason}).",
        hint="Open it in a browser and correct the address with `belfort sources add`.",
        reason=seed.reason,
    )


def _drain(context: jobs.Context, progress: Progress) -> Iterator[tuple[str, BelfortError]]:
    for leased, result in jobs.drain(context):
        failed = isinstance(result, BelfortError)
        progress("job", {"stage": leased.stage, "key": leased.key, "failed": failed})
        if isinstance(result, BelfortError):
            yield leased.key, result


def _newest_submission(connection: sa.Connection) -> int:
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(submission.c.id), 0))).scalar_one())


@contextmanager
def _lock(context: jobs.Context, source: Source) -> Iterator[int]:
    """Only one process of this machine harvests a source at a time; the lock ends with its processes."""
    folder = context.settings.private / "crawl"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / f"{source.slug}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"{source.slug} is being harvested already.", hint="Wait until that is done.") from None
        yield file.fileno()
