"""The page of a bestuur: who leads it, who represents its people, what changed, when it met."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity, entity, entity_link
from belfort.vocab import BESLUIT, GEO, LEIDINGGEVENDEN, ORG, RDFS
from frontend.site import dates, labels
from frontend.site.queries.contact import Contact, contacts
from frontend.site.queries.leaders import Leader, leaders, past_leaders
from frontend.site.queries.linking import Link, concept_labels, path_of
from frontend.site.queries.lists import provincie
from frontend.site.queries.members import Organ, organs_at
from frontend.site.queries.organen import CLASSIFICATION, IN_TIME, Orgaan
from frontend.site.queries.proof import Proof, proofs
from frontend.site.queries.tenures import Tenure, bestuur_name, holders, place, tenures
from frontend.site.queries.zitting import zitting_rows
from shapes import codes
from shapes.rules.days import overlap
from shapes.rules.history import Change, changes, spells

ZITTINGEN_SHOWN = 10
YEAR = timedelta(days=365)
HEADS = ("Gouverneur", "Burgemeester", "Aangewezen burgemeester", "Districtsburgemeester", "Algemeen directeur",
         "Griffier", "Leidend ambtenaar")  # fmt: skip


@dataclass(frozen=True)
class ChangeRow:
    """One change for people: what happened, whose tenure it was."""

    change: Change
    tenure: Tenure


@dataclass(frozen=True)
class Skeleton:
    """The organs of a bestuur: those that last, their periods, and period → organ that lasts."""

    lasting: dict[str, Entity]
    periods: dict[str, Entity]
    up: dict[str, str]

    @property
    def iris(self) -> list[str]:
        """Every organ, lasting or in time."""
        return [*self.lasting, *self.periods]

    def posts(self, *predicates: str, since: date | None = None, until: date | None = None) -> list[str]:
        """The posts of the periods that have a day in common with that time."""
        found = (*self.periods.values(), *self.lasting.values())
        bounds = {iri: place(one, {}, {}) for iri, one in self.periods.items()} if since or until else {}
        return [
            iri
            for one in found
            if one.iri not in bounds or overlap((bounds[one.iri].first, bounds[one.iri].last), (since, until))
            for iri in one.values(*predicates)
        ]


@dataclass(frozen=True)
class BestuurPage:
    """Everything on the page of a bestuur.

    `shared_with` is the gemeente whose leaders an OCMW shares; `ended` the day from which a merged gemeente no longer
    exists, `replaced_by` what it became; `empty` says that nobody is known, on any day that was read.
    """

    entity: Entity
    title: str
    kind: str
    area: str
    provincie: str
    on: date
    today: date
    since: date
    ended: date | None
    replaced_by: Link | None
    leaders: tuple[Leader, ...]
    past_leaders: tuple[Tenure, ...]
    shared_with: Link | None
    organs: tuple[Organ, ...]
    changes: tuple[ChangeRow, ...]
    related: tuple[Link, ...]
    zittingen: tuple[tuple[Link, str, Orgaan | None], ...]
    zittingen_total: int
    contact: Contact | None
    empty: bool
    proofs: tuple[Proof, ...]

    @property
    def heads(self) -> list[tuple[str, Tenure]]:
        """Who is asked for most: the head of those who govern and the head of those who work there."""
        found = {one.functie: one for organ in self.organs for one in organ.members if one.functie in HEADS}
        found |= {one.functie: one.tenure for one in self.leaders if one.functie in HEADS and one.tenure}
        return sorted(found.items(), key=lambda pair: HEADS.index(pair[0]))


def bestuur_page(connection: sa.Connection, bestuur: Entity, on: date) -> BestuurPage:
    """Read the page of a bestuur as of one day; some 25 queries, whatever its size."""
    today = dates.today()
    since = min(on, today - YEAR) if on >= today else on
    skeleton = read_skeleton(connection, bestuur.iri)
    near = _neighbours(connection, bestuur)
    gemeente = _gemeente_of(bestuur, near)
    leading = skeleton.posts(LEIDINGGEVENDEN.heeftBestuursfunctie)
    if gemeente:
        leading += read_skeleton(connection, gemeente.iri).posts(LEIDINGGEVENDEN.heeftBestuursfunctie)
    seats = skeleton.posts(ORG.hasPost, since=min(since, on), until=max(today, on))
    known = tenures(connection, holders(connection, [*leading, *seats]))
    led, sitting = [one for one in known if one.leading], [one for one in known if not one.leading]
    posts = entities.get_many(connection, [*leading, *seats])
    reach = contacts(connection, [bestuur, *(posts[iri] for iri in leading if iri in posts)])
    zittingen, total = zittingen_of(connection, skeleton.iris, ZITTINGEN_SHOWN, 0)
    area = next(iter(bestuur.values(BESLUIT.werkingsgebied)), "")
    ended, replaced_by = _ended(connection, bestuur, area)
    of_type = gemeente or bestuur
    shown = tuple(leaders([posts[iri] for iri in leading if iri in posts], led, type_of(of_type), on, reach))
    return BestuurPage(
        entity=bestuur,
        title=bestuur_name(bestuur),
        kind=kind(connection, bestuur),
        area=_area(connection, area),
        provincie=provincie_of(connection, bestuur),
        on=on,
        today=today,
        since=since,
        ended=ended,
        replaced_by=replaced_by,
        leaders=shown,
        past_leaders=tuple(past_leaders(led, on)),
        shared_with=Link(bestuur_name(gemeente), path_of(gemeente)) if gemeente else None,
        organs=tuple(organs_at(connection, skeleton.periods, sitting, posts, on)),
        changes=tuple(change_rows(known, since, today)),
        related=_related(bestuur, near),
        zittingen=tuple(zitting_rows(connection, zittingen)),
        zittingen_total=total,
        contact=reach.get(bestuur.iri),
        empty=not known,
        proofs=tuple(proofs(connection, [bestuur.iri])),
    )


def change_rows(known: Iterable[Tenure], since: date, until: date) -> list[ChangeRow]:
    """What changed between two days, newest first; a change that two organs share counts once."""
    by_iri = {one.iri: one for one in known}
    found = changes(spells(one.version for one in by_iri.values()), since, until)
    return [ChangeRow(one, by_iri[one.version.iri]) for one in found]


def kind(connection: sa.Connection, bestuur: Entity) -> str:
    """What kind of bestuur it is, in a word."""
    found = bestuur.values(*CLASSIFICATION)
    return next((concept_labels(connection, found)[code] for code in found), "Bestuur")


def type_of(bestuur: Entity) -> str:
    """The code of its type that counts."""
    return next((codes.current(code) for code in bestuur.values(*CLASSIFICATION)), "")


def provincie_of(connection: sa.Connection, bestuur: Entity) -> str:
    """The provincie in which it lies, as its area says, or the list of areas; empty when neither does."""
    area = bestuur.value(BESLUIT.werkingsgebied)
    known = entities.get_many(connection, [area])
    upper = entities.get_many(connection, [iri for one in known.values() for iri in one.values(GEO.sfWithin)])
    return provincie(area, known, upper)


def zittingen_of(
    connection: sa.Connection, organs: Iterable[str], limit: int, offset: int
) -> tuple[list[Entity], int]:  # fmt: skip
    """The zittingen that these organs held, newest first, and how many there are."""
    held = entity_link.c.object.in_(list(organs)) & (entity_link.c.predicate == BESLUIT.isGehoudenDoor)
    subjects = sa.select(entity_link.c.subject).where(held)
    mine = entity.c.iri.in_(subjects) & (entity.c.class_iri == BESLUIT.Zitting)
    total = connection.execute(sa.select(sa.func.count()).select_from(entity).where(mine)).scalar_one()
    rows = connection.execute(
        sa.select(entity).where(mine).order_by(entity.c.date.desc(), entity.c.iri).limit(limit).offset(offset)
    )
    return [Entity(*row) for row in rows], int(total)


def organs_of(connection: sa.Connection, bestuur: str) -> list[str]:
    """The organs of a bestuur, with their periods."""
    return read_skeleton(connection, bestuur).iris


def read_skeleton(connection: sa.Connection, bestuur: str) -> Skeleton:
    """The organs of a bestuur; three queries."""
    governed = [subject for subject, _, _ in entities.subjects_of(connection, [bestuur], BESLUIT.bestuurt)]
    up = {subject: obj for subject, _, obj in entities.subjects_of(connection, governed, *IN_TIME)}
    found = entities.get_many(connection, [*governed, *up])
    return Skeleton(
        {iri: found[iri] for iri in governed if iri in found and iri not in up},
        {iri: found[iri] for iri in up if iri in found},
        up,
    )


def _neighbours(connection: sa.Connection, bestuur: Entity) -> list[Entity]:
    """The besturen with the same werkingsgebied."""
    areas = bestuur.values(BESLUIT.werkingsgebied)
    subjects = [subject for subject, _, _ in entities.subjects_of(connection, areas, BESLUIT.werkingsgebied)]
    found = entities.get_many(connection, set(subjects) - {bestuur.iri})
    return [one for one in found.values() if one.class_iri == BESLUIT.Bestuurseenheid]


def _gemeente_of(bestuur: Entity, near: Iterable[Entity]) -> Entity | None:
    """The gemeente whose leaders an OCMW shares (DLB art. 162; publisher.md §2.2)."""
    if labels.OCMW not in bestuur.values(*CLASSIFICATION):
        return None
    return next((one for one in near if labels.GEMEENTE in one.values(*CLASSIFICATION)), None)


def _related(bestuur: Entity, near: Iterable[Entity]) -> tuple[Link, ...]:
    found = (Link(bestuur_name(one), path_of(one)) for one in near if one.iri != bestuur.iri)
    return tuple(sorted(found, key=lambda one: one.label.casefold()))


def _area(connection: sa.Connection, area: str) -> str:
    found = entities.get(connection, area) if area else None
    return found.value(RDFS.label) if found else ""


def _ended(connection: sa.Connection, bestuur: Entity, area: str) -> tuple[date | None, Link | None]:
    """Since when a merged bestuur no longer exists, and the bestuur of the same type that it became."""
    known = codes.areas().get(area)
    if known is None or not known.ended:
        return None, None
    subjects = [s for s, _, _ in entities.subjects_of(connection, [known.replaced_by], BESLUIT.werkingsgebied)]
    same = [one for one in entities.get_many(connection, subjects).values() if type_of(one) == type_of(bestuur)]
    follows = next((Link(bestuur_name(one), path_of(one)) for one in same), None)
    return date.fromisoformat(known.ended), follows
