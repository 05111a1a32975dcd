"""The end of a run: which pages are gone for good, and whether so many of them can be true.

A page is missed in a run when its address answered 404 or 410, or redirects elsewhere. One that still answers is still
online, even when no page links to it any more: many sites list their latest meetings only. Missed often enough in a
row, it is withdrawn, unless too large a share of the source would go at once or the whole run gave nothing: then
everything stays as it is and an issue asks a person.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from belfort import jobs
from belfort.records import issue
from belfort.records.database import now, write
from belfort.records.issue import Issue
from belfort.records.run import run as run_table
from belfort.records.url import url as table
from harvester.frontier import Run

STAGE = "harvest"


@dataclass(frozen=True)
class Ended:
    """How a run ended: its outcome, state → addresses, the pages withdrawn, and what is held, if anything."""

    outcome: str
    counts: dict[str, int]
    withdrawn: tuple[str, ...]
    held: Issue | None


def finish(context: jobs.Context, run: Run, *, release: bool = False) -> Ended:
    """Close the run, count misses and withdraw what is gone, in one transaction.

    With `release` an operator confirms that what was held may go.
    """
    with write(context.engine) as connection:
        rows = connection.execute(sa.select(table).where(table.c.source == run.source.slug)).all()
        this_run = [row for row in rows if row.run == run.number]
        counts: dict[str, int] = {}
        for row in this_run:
            counts[row.state] = counts.get(row.state, 0) + 1
        complete = not any(row.state in ("pending", "leased") for row in this_run)
        captured = [row for row in rows if row.snapshot]
        missing, reasons = _count_misses(connection, run, rows)
        wanted = context.settings.misses_before_withdrawal
        leaving = [url for url, misses in missing.items() if misses >= wanted]
        answered = counts.get("captured", 0) + counts.get("unchanged", 0)
        held = _held(run, answered, len(leaving), len(captured), context.settings.withdrawal_threshold)
        if held and release and answered:
            held = None
        if not held:
            _withdraw(connection, run, leaving, reasons)
        issue.replace(connection, run.seed, STAGE, [held] if held else [])
        outcome = "held" if held else "complete" if complete else "budget"
        connection.execute(
            run_table.update()
            .where(run_table.c.source == run.source.slug, run_table.c.number == run.number)
            .values(ended=now(), outcome=outcome, counts=json.dumps(counts, sort_keys=True))
        )
    return Ended(outcome, counts, () if held else tuple(leaving), held)


def _count_misses(
    connection: sa.Connection, run: Run, rows: Sequence[sa.Row[tuple[object, ...]]]
) -> tuple[dict[str, int], dict[str, str]]:
    """URL → consecutive misses now, for the captured pages missed in this run; and why."""
    missing: dict[str, int] = {}
    reasons: dict[str, str] = {}
    for row in rows:
        if not row.snapshot or row.run != run.number:
            continue
        misses = row.misses
        if row.state in ("gone", "moved"):
            reasons[row.url] = "moved" if row.state == "moved" else row.reason
            misses = missing[row.url] = row.misses + 1
        elif row.state in ("captured", "unchanged"):
            misses = 0
        if misses != row.misses:
            connection.execute(
                table.update().where(table.c.source == run.source.slug, table.c.url == row.url).values(misses=misses)
            )
    return missing, reasons


def _held(run: Run, answered: int, leaving: int, captured: int, threshold: float) -> Issue | None:
    if captured and not answered:
        return Issue(
            "empty-run",
            f"{run.source.slug}: no page answered any more, while {captured} did before; nothing is withdrawn.",
            place=run.seed,
            fix="Look at the site in a browser; correct the seed with `belfort sources add`, or harvest later.",
        )
    if leaving > max(1, threshold * captured):  # one page is never a mass, however small the site
        return Issue(
            "mass-withdrawal",
            f"{run.source.slug}: {leaving} of {captured} pages are gone, more than {threshold:.0%}; "
            "nothing is withdrawn.",
            place=run.seed,
            fix=f"If this is right, run `belfort harvest {run.source.slug} --release`.",
        )
    return None


def _withdraw(connection: sa.Connection, run: Run, leaving: Sequence[str], reasons: dict[str, str]) -> None:
    for url in leaving:
        connection.execute(
            table.update()
            .where(table.c.source == run.source.slug, table.c.url == url)
            .values(
                state="gone", reason=reasons[url], body="", snapshot="", etag="", last_modified="", links="[]",
            )
        )  # fmt: skip
        arguments = {"withdraw": True, "url": url, "source": run.source.slug, "reason": reasons[url]}
        jobs.enqueue(connection, "extract", url, arguments)
