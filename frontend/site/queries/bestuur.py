"""The page of a bestuur: who leads it, who represents its people, when it met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity, entity, entity_link
from belfort.vocab import BESLUIT, LEIDINGGEVENDEN, MANDAAT, ORG, RDFS
from frontend.site import dates, labels
from frontend.site.queries.contact import Contact, contacts
from frontend.site.queries.linking import Link, concept_labels, link, name, path_of
from frontend.site.queries.organen import CLASSIFICATION, IN_TIME, Orgaan, organ_label
from frontend.site.queries.people import people, since_until
from frontend.site.queries.persoon import fractie_links
from frontend.site.queries.proof import Proof, proofs
from frontend.site.queries.zitting import zitting_rows


@dataclass(frozen=True)
class Leader:
    """One leading function and who holds it (`person` is None when it is vacant)."""

    functie: str
    person: Link | None
    status: str
    start: str
    end: str
    contact: Contact | None


@dataclass(frozen=True)
class Member:
    """One mandataris of an organ."""

    person: Link
    mandaat: str
    fractie: Link | None
    rangorde: str
    status: str
    start: str
    end: str


@dataclass(frozen=True)
class Organ:
    """One organ with its members on the day that was asked."""

    orgaan: Link
    period: tuple[str, str]
    members: tuple[Member, ...]


@dataclass(frozen=True)
class BestuurPage:
    """Everything on the page of a bestuur; `shared_with` is the gemeente whose leaders an OCMW shares."""

    entity: Entity
    title: str
    kind: str
    area: str
    on: date
    leaders: tuple[Leader, ...]
    shared_with: Link | None
    organs: tuple[Organ, ...]
    zittingen: tuple[tuple[Link, str, Orgaan | None], ...]
    zittingen_total: int
    contact: Contact | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class _Skeleton:
    """The organs of a bestuur: those that last, their periods, and period → organ that lasts."""

    timeless: dict[str, Entity]
    periods: dict[str, Entity]
    up: dict[str, str]

    @property
    def iris(self) -> list[str]:
        return [*self.timeless, *self.periods]


ZITTINGEN_SHOWN = 10


def bestuur_page(connection: sa.Connection, bestuur: Entity, on: date) -> BestuurPage:
    """Read the page of a bestuur as of one day; some 35 queries, whatever its size."""
    skeleton = _skeleton(connection, bestuur.iri)
    leaders = _leaders(connection, skeleton, on)
    shared = None
    if _is_ocmw(bestuur) and not any(leader.person for leader in leaders):
        gemeente = _gemeente_of(connection, bestuur)
        if gemeente:
            of_gemeente = _leaders(connection, _skeleton(connection, gemeente.iri), on)
            shared, leaders = link(gemeente), of_gemeente or leaders
    areas = entities.get_many(connection, bestuur.values(BESLUIT.werkingsgebied))
    zittingen, total = zittingen_of(connection, skeleton.iris, ZITTINGEN_SHOWN, 0)
    return BestuurPage(
        entity=bestuur,
        title=name(bestuur),
        kind=kind(connection, bestuur),
        area=next((area.value(RDFS.label) for area in areas.values()), ""),
        on=on,
        leaders=tuple(leaders),
        shared_with=shared,
        organs=tuple(_organs(connection, bestuur, skeleton, on)),
        zittingen=tuple(zitting_rows(connection, zittingen)),
        zittingen_total=total,
        contact=contacts(connection, [bestuur]).get(bestuur.iri),
        proofs=tuple(proofs(connection, [bestuur.iri])),
    )


def kind(connection: sa.Connection, bestuur: Entity) -> str:
    """What kind of bestuur it is, in a word."""
    codes = bestuur.values(*CLASSIFICATION)
    return next((concept_labels(connection, codes)[code] for code in codes), "Bestuur")


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
    return _skeleton(connection, bestuur).iris


def _is_ocmw(bestuur: Entity) -> bool:
    return labels.OCMW in bestuur.values(*CLASSIFICATION)


def _gemeente_of(connection: sa.Connection, ocmw: Entity) -> Entity | None:
    """The gemeente with the same werkingsgebied."""
    areas = ocmw.values(BESLUIT.werkingsgebied)
    subjects = [subject for subject, _, _ in entities.subjects_of(connection, areas, BESLUIT.werkingsgebied)]
    found = entities.get_many(connection, subjects)
    return next((one for one in found.values() if labels.GEMEENTE in one.values(*CLASSIFICATION)), None)


def _skeleton(connection: sa.Connection, bestuur: str) -> _Skeleton:
    governed = [subject for subject, _, _ in entities.subjects_of(connection, [bestuur], BESLUIT.bestuurt)]
    up = {subject: obj for subject, _, obj in entities.subjects_of(connection, governed, *IN_TIME)}
    found = entities.get_many(connection, [*governed, *up])
    return _Skeleton(
        {iri: found[iri] for iri in governed if iri in found and iri not in up},
        {iri: found[iri] for iri in up if iri in found},
        up,
    )


def _leaders(connection: sa.Connection, skeleton: _Skeleton, on: date) -> list[Leader]:
    """Every leading function of today's periods with who holds it on that day, or nobody."""
    posts_of = {
        iri: period.values(LEIDINGGEVENDEN.heeftBestuursfunctie)
        for iri, period in (*skeleton.periods.items(), *skeleton.timeless.items())
        if _holds(period, on)
    }
    posts = entities.get_many(connection, [iri for many in posts_of.values() for iri in many])
    holders = entities.subjects_of(connection, posts, ORG.holds)
    held = entities.get_many(connection, [subject for subject, _, _ in holders])
    names = people(connection, held)
    codes = [code for post in posts.values() for code in post.values(ORG.role)]
    words = concept_labels(connection, codes + [code for one in held.values() for code in one.values(MANDAAT.status)])
    reach = contacts(connection, posts.values())
    leaders = []
    for post in posts.values():
        functie = next((words[code] for code in post.values(ORG.role)), name(post))
        now = [
            held[subject]
            for subject, _, obj in holders
            if obj == post.iri and subject in names and dates.is_active(*since_until(held[subject]), on)
        ]
        for one in now:
            status = next((words[code] for code in one.values(MANDAAT.status)), "")
            leaders.append(Leader(functie, names[one.iri], status, *since_until(one), reach.get(post.iri)))
        if not now:
            leaders.append(Leader(functie, None, "", "", "", reach.get(post.iri)))
    return _by_place(leaders)


def _by_place(leaders: list[Leader]) -> list[Leader]:
    """In the usual order; of a function that a newer period doubles, no vacancy beside its holder."""
    filled = {leader.functie for leader in leaders if leader.person}
    kept = [leader for leader in leaders if leader.person or leader.functie not in filled]
    distinct = dict.fromkeys(kept)
    return sorted(
        distinct,
        key=lambda one: (labels.functie_place(one.functie), one.functie, one.person.label if one.person else ""),
    )


def _organs(connection: sa.Connection, bestuur: Entity, skeleton: _Skeleton, on: date) -> list[Organ]:
    """Every organ that has mandatarissen on that day; an organ whose members all sit in a larger one is left out."""
    current = {iri: period for iri, period in skeleton.periods.items() if _holds(period, on)}
    mandaten = entities.get_many(connection, [iri for one in current.values() for iri in one.values(ORG.hasPost)])
    holders: dict[str, list[str]] = {}
    for subject, _, obj in entities.subjects_of(connection, mandaten, ORG.holds):
        holders.setdefault(obj, []).append(subject)
    held = entities.get_many(connection, [iri for many in holders.values() for iri in many])
    active = {iri: one for iri, one in held.items() if dates.is_active(*since_until(one), on)}
    members = _members(connection, active, mandaten)
    found = []
    for iri, period in current.items():
        mine = {
            holder: members[holder]
            for mandaat in period.values(ORG.hasPost)
            for holder in holders.get(mandaat, ())
            if holder in members
        }
        lasting = skeleton.timeless.get(skeleton.up[iri], period)
        label = Link(organ_label(lasting, bestuur), path_of(lasting))
        bounds = (period.value(MANDAAT.bindingStart), period.value(MANDAAT.bindingEinde))
        found.append((set(mine), Organ(label, bounds, tuple(sorted(mine.values(), key=_member_place)))))
    kept = [
        organ
        for mine, organ in found
        if mine and not any(mine < other for other, _ in found)
    ]  # fmt: skip
    return sorted(kept, key=lambda organ: (_organ_place(organ.orgaan.label), organ.orgaan.label))


def _members(
    connection: sa.Connection, active: Mapping[str, Entity], mandaten: Mapping[str, Entity]
) -> dict[str, Member]:
    names = people(connection, active)
    fracties = fractie_links(connection, active.values())
    codes = [code for one in mandaten.values() for code in one.values(ORG.role)]
    words = concept_labels(connection, codes + [code for one in active.values() for code in one.values(MANDAAT.status)])
    found = {}
    for iri, one in active.items():
        mandaat = next((mandaten[held] for held in one.values(ORG.holds) if held in mandaten), None)
        found[iri] = Member(
            names.get(iri, Link("Naam niet publiek")),
            next((words[code] for code in mandaat.values(ORG.role)), name(mandaat)) if mandaat else "",
            fracties.get(iri),
            one.value(MANDAAT.rangorde),
            next((words[code] for code in one.values(MANDAAT.status)), ""),
            *since_until(one),
        )
    return found


def _holds(period: Entity, on: date) -> bool:
    return dates.is_active(period.value(MANDAAT.bindingStart), period.value(MANDAAT.bindingEinde), on)


def _member_place(member: Member) -> tuple[int, int, str]:
    return labels.functie_place(member.mandaat), labels.rank(member.rangorde), member.person.label.casefold()


_ORGANS = ("Gemeenteraad", "Provincieraad", "Raad voor maatschappelijk welzijn", "Districtsraad",
           "College van burgemeester en schepenen", "Deputatie", "Vast bureau", "Districtscollege")  # fmt: skip


def _organ_place(label: str) -> int:
    return next((place for place, start in enumerate(_ORGANS) if label.startswith(start)), len(_ORGANS))
