"""The page of an organ: who sits in it on a day, its fracties, its earlier and later periods, its zittingen."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, LEIDINGGEVENDEN, ORG
from frontend.site import dates
from frontend.site.charts import Dot, hemicycle
from frontend.site.queries.bestuur import ChangeRow, change_rows, zittingen_of
from frontend.site.queries.linking import Link, path_of
from frontend.site.queries.members import Organ, organ
from frontend.site.queries.organen import IN_TIME, Orgaan, organ_label
from frontend.site.queries.proof import Proof, proofs
from frontend.site.queries.tenures import Place, Tenure, bestuur_name, holders, place, tenures
from frontend.site.queries.zitting import zitting_rows
from shapes.rules.days import holds

ZITTINGEN_SHOWN = 10
MANY = 10


@dataclass(frozen=True)
class OrgaanPage:
    """Everything on the page of an organ.

    `shown` is the organ on the day that was asked (None when no period holds it); `periods` are all its periods, the
    newest first, each with the day to ask for it; `functionarissen` are those of a director organ.
    """

    entity: Entity
    title: str
    bestuur: Link | None
    on: date
    today: date
    shown: Organ | None
    dots: tuple[Dot, ...]
    functionarissen: tuple[Tenure, ...]
    periods: tuple[tuple[Place, date], ...]
    changes: tuple[ChangeRow, ...]
    zittingen: tuple[tuple[Link, str, Orgaan | None], ...]
    zittingen_total: int
    proofs: tuple[Proof, ...]


def orgaan_page(connection: sa.Connection, found: Entity, on: date) -> OrgaanPage:
    """Read the page of an organ; asked for one of its periods, the page is that of the organ that lasts."""
    today = dates.today()
    lasting = next(iter(entities.get_many(connection, found.values(*IN_TIME)).values()), found)
    versions = [subject for subject, _, _ in entities.subjects_of(connection, [lasting.iri], *IN_TIME)]
    periods = entities.get_many(connection, [*versions, lasting.iri])
    besturen = entities.get_many(
        connection, [iri for one in (lasting, found, *periods.values()) for iri in one.values(BESLUIT.bestuurt)]
    )
    bestuur = next(iter(besturen.values()), None)
    where = {iri: place(one, {lasting.iri: lasting}, besturen) for iri, one in periods.items()}
    if found.iri != lasting.iri and on == today:
        on = _day_in(where[found.iri], today) if found.iri in where else on
    posts_of = {iri: one.values(ORG.hasPost, LEIDINGGEVENDEN.heeftBestuursfunctie) for iri, one in periods.items()}
    posts = entities.get_many(connection, [iri for many in posts_of.values() for iri in many])
    known = tenures(connection, holders(connection, posts))
    shown = _shown(where, posts_of, posts, known, on)
    zittingen, total = zittingen_of(connection, periods, ZITTINGEN_SHOWN, 0)
    since = min(on, today.replace(year=today.year - 1, day=min(today.day, 28)))
    return OrgaanPage(
        entity=found,
        title=organ_label(lasting, bestuur),
        bestuur=Link(bestuur_name(bestuur), path_of(bestuur)) if bestuur else None,
        on=on,
        today=today,
        shown=shown,
        dots=tuple(hemicycle([one.seats for one in shown.fractions])) if shown and len(shown.members) >= MANY else (),
        functionarissen=tuple(one for one in known if one.leading),
        periods=tuple(_periods(where, lasting.iri, today)),
        changes=tuple(change_rows(known, since, today)),
        zittingen=tuple(zitting_rows(connection, zittingen)),
        zittingen_total=total,
        proofs=tuple(proofs(connection, [found.iri])),
    )


def _shown(
    where: dict[str, Place],
    posts_of: dict[str, list[str]],
    posts: dict[str, Entity],
    known: list[Tenure],
    on: date,
) -> Organ | None:
    """The period of that day with whoever sat in it."""
    for iri, one in where.items():
        mine = [posts[post] for post in posts_of[iri] if post in posts]
        if mine and holds(one.first, one.last, on):
            ids = {post.iri for post in mine}
            return organ(one, mine, (tenure for tenure in known if tenure.post in ids and tenure.at(on)))
    return None


def _periods(where: dict[str, Place], lasting: str, today: date) -> list[tuple[Place, date]]:
    rows = [(one, _day_in(one, today)) for iri, one in where.items() if iri != lasting]
    return sorted(rows, key=lambda row: row[0].first or date.min, reverse=True)


def _day_in(one: Place, today: date) -> date:
    """A day that shows the period: today if it holds, else its last day, else its first."""
    if holds(one.first, one.last, today):
        return today
    return one.last if one.last and one.last < today else one.first or today
