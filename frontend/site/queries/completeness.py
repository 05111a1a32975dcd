"""How complete and how fresh what we have of a bestuur is: pages known and read per source, visits, what is missing.

What there should be is known only where a source itself lists it: the addresses that its pages link to. Counts and
dates only; why a page could not be read is for operators.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from belfort.records.issue import issue
from belfort.records.origin import origin
from belfort.records.run import run
from belfort.records.source import source
from belfort.records.url import url

STALE = timedelta(days=30)
_NO_PAGE = ("empty", "no-rdfa", "not-html", "too-large")
_WAITING = ("pending", "leased")


@dataclass(frozen=True)
class Visits:
    """What is known of one source.

    `read` of the `known` pages were read; the rest is `waiting` (not asked for yet), `failed` (no usable answer) or
    `refused` (its robots.txt or a limit forbids it). `bare` of those read hold nothing that can be understood.
    `success` is when a visit was last complete, `last` when one last ended, `outcome` how, `busy` whether one goes on.
    """

    label: str
    known: int = 0
    read: int = 0
    waiting: int = 0
    failed: int = 0
    refused: int = 0
    bare: int = 0
    success: str = ""
    last: str = ""
    outcome: str = ""
    busy: bool = False

    @property
    def stale(self) -> bool:
        """Whether the last complete visit is long ago."""
        return bool(self.success) and datetime.fromisoformat(self.success) < datetime.now(UTC) - STALE

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words; empty when nothing is known to be."""
        said = [
            (self.waiting, "pagina nog niet opgehaald", "pagina's nog niet opgehaald"),
            (self.failed, "pagina antwoordde niet", "pagina's antwoordden niet"),
            (self.refused, "pagina mag of kan niet opgehaald worden", "pagina's mogen of kunnen niet opgehaald worden"),
            (self.bare, "pagina zonder leesbare gegevens", "pagina's zonder leesbare gegevens"),
        ]
        found = [f"{count} {one if count == 1 else many}" for count, one, many in said if count]
        if self.outcome == "held":
            found.append("het laatste bezoek wordt nagekeken: er was opvallend veel weg")
        if self.stale:
            found.append("al meer dan 30 dagen geen volledig bezoek")
        if not self.success and self.last:
            found.append("nog geen enkel volledig bezoek")
        return tuple(found)


def visits(connection: sa.Connection, wanted: Mapping[str, Iterable[str]]) -> dict[str, list[Visits]]:
    """Bestuur → its sources: those that are its own, else those named for it (`wanted`: IRI → slugs); five queries."""
    slugs = {slug for named in wanted.values() for slug in named}
    rows = connection.execute(
        sa.select(source.c.slug, source.c.label, source.c.bestuur)
        .where(source.c.kind == "site", sa.or_(source.c.bestuur.in_(wanted), source.c.slug.in_(slugs)))
        .order_by(source.c.slug)
    ).all()
    if not rows:
        return {iri: [] for iri in wanted}
    known = _of_sources(connection, {row.slug: row.label or row.slug for row in rows})
    own = {iri: [row.slug for row in rows if row.bestuur == iri] for iri in wanted}
    return {
        iri: [known[slug] for slug in (own[iri] or sorted(set(named) & known.keys()))] for iri, named in wanted.items()
    }


def _of_sources(connection: sa.Connection, labels: Mapping[str, str]) -> dict[str, Visits]:
    pages, ends = _pages(connection, labels), _last(connection, labels)
    successes, bare = _successes(connection, labels), _bare(connection, labels)
    return {
        slug: Visits(
            label, bare=bare.get(slug, 0), success=successes.get(slug, ""), **pages.get(slug, {}), **ends.get(slug, {})
        )
        for slug, label in labels.items()
    }


def _pages(connection: sa.Connection, slugs: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Source → addresses: a redirect is no page, and one that is gone is missed by nobody."""
    has = (url.c.snapshot != "").label("has")
    rows = connection.execute(
        sa.select(url.c.source, url.c.state, has, sa.func.count())
        .where(url.c.source.in_(slugs), url.c.state.not_in(("moved", "gone")))
        .group_by(url.c.source, url.c.state, has)
    )
    found: dict[str, dict[str, Any]] = {}
    for slug, state, is_read, count in rows:
        mine = found.setdefault(slug, dict.fromkeys(("known", "read", "waiting", "failed", "refused"), 0))
        mine["known"] += count
        name = "read" if is_read else "waiting" if state in _WAITING else state
        if name in mine:
            mine[name] += count
    return found


def _last(connection: sa.Connection, slugs: Iterable[str]) -> dict[str, dict[str, Any]]:
    newest = (
        sa.select(run.c.source, sa.func.max(run.c.number).label("number"))
        .where(run.c.source.in_(slugs))
        .group_by(run.c.source)
        .subquery()
    )
    rows = connection.execute(
        sa.select(run.c.source, run.c.started, run.c.ended, run.c.outcome).join(
            newest, sa.and_(run.c.source == newest.c.source, run.c.number == newest.c.number)
        )
    )
    return {
        row.source: {"last": row.ended or row.started, "outcome": row.outcome, "busy": not row.ended} for row in rows
    }


def _successes(connection: sa.Connection, slugs: Iterable[str]) -> dict[str, str]:
    rows = connection.execute(
        sa.select(run.c.source, sa.func.max(run.c.ended))
        .where(run.c.source.in_(slugs), run.c.outcome == "complete")
        .group_by(run.c.source)
    )
    return {str(slug): str(ended) for slug, ended in rows}


def _bare(connection: sa.Connection, slugs: Iterable[str]) -> dict[str, int]:
    """Source → pages that say nothing that can be understood."""
    rows = connection.execute(
        sa.select(origin.c.authority, sa.func.count(sa.distinct(issue.c.origin)))
        .join(issue, issue.c.origin == origin.c.iri)
        .where(origin.c.authority.in_(slugs), issue.c.stage == "extract", issue.c.code.in_(_NO_PAGE))
        .group_by(origin.c.authority)
    )
    return {str(slug): int(count) for slug, count in rows}
