"""The page of a fractie: who belongs to it in which organ, how many seats it had when, and its namesakes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import EXT, MANDAAT, ORG
from frontend.site import dates, labels
from frontend.site.charts import Step, steps
from frontend.site.queries.linking import Link, name, path_of
from frontend.site.queries.members import VERHINDERD, order
from frontend.site.queries.proof import Proof, proofs
from frontend.site.queries.tenures import Place, Tenure, bestuur_name, tenures


@dataclass(frozen=True)
class Seats:
    """The fractie in one organ: its members on the day that was asked, its former members, its seats over time."""

    orgaan: Place
    members: tuple[Tenure, ...]
    former: tuple[Tenure, ...]
    steps: tuple[Step, ...]
    most: int


@dataclass(frozen=True)
class FractiePage:
    """Everything on the page of a fractie; `others` are fracties of the bestuur, `namesakes` those with its name."""

    entity: Entity
    title: str
    kind: str
    bestuur: Link | None
    on: date
    today: date
    organs: tuple[Seats, ...]
    others: tuple[Link, ...]
    namesakes: tuple[Link, ...]
    proofs: tuple[Proof, ...]


def fractie_page(connection: sa.Connection, fractie: Entity, on: date) -> FractiePage:
    """Read the page of a fractie."""
    memberships = [s for s, _, _ in entities.subjects_of(connection, [fractie.iri], ORG.organisation)]
    held = [s for s, _, _ in entities.subjects_of(connection, memberships, ORG.hasMembership)]
    known = tenures(connection, entities.get_many(connection, held))
    besturen = entities.get_many(connection, fractie.values(ORG.linkedTo))
    bestuur = next(iter(besturen.values()), None)
    today = dates.today()
    others = _others(connection, fractie)
    same = [one for one in others if name(one).casefold() == name(fractie).casefold()]
    return FractiePage(
        entity=fractie,
        title=name(fractie),
        kind=labels.CONCEPTS.get(fractie.value(EXT.isFractietype), ""),
        bestuur=Link(bestuur_name(bestuur), path_of(bestuur)) if bestuur else _bestuur(known),
        on=on,
        today=today,
        organs=tuple(_organs(known, on, today)),
        others=tuple(Link(name(one), path_of(one)) for one in others if one not in same),
        namesakes=tuple(Link(name(one), path_of(one)) for one in same),
        proofs=tuple(proofs(connection, [fractie.iri])),
    )


def _bestuur(known: Iterable[Tenure]) -> Link | None:
    return next((one.place.bestuur for one in known if one.place and one.place.bestuur), None)


def _others(connection: sa.Connection, fractie: Entity) -> list[Entity]:
    """The other fracties of the bestuur."""
    subjects = [s for s, _, _ in entities.subjects_of(connection, fractie.values(ORG.linkedTo), ORG.linkedTo)]
    found = entities.get_many(connection, set(subjects) - {fractie.iri})
    return sorted(
        (one for one in found.values() if one.class_iri == MANDAAT.Fractie), key=lambda one: (name(one), one.iri)
    )


def _organs(known: Iterable[Tenure], on: date, today: date) -> list[Seats]:
    by_organ: dict[str, list[tuple[Place, Tenure]]] = {}
    for one in known:
        if one.place:
            by_organ.setdefault(one.place.organ, []).append((one.place, one))
    found = []
    for pairs in by_organ.values():
        mine = [one for _, one in pairs]
        members = sorted((one for one in mine if one.at(on)), key=order)
        here = {one.person_iri for one in members}
        former = [one for one in mine if one.last and one.last < on and one.person_iri not in here]
        drawn = steps(
            [(one.person_iri or one.iri, one.first, one.last) for one in mine if one.status_iri != VERHINDERD], today
        )
        found.append(
            Seats(
                pairs[0][0], tuple(members), tuple(sorted(former, key=lambda one: one.last or date.min, reverse=True)),
                tuple(drawn), max((step.count for step in drawn), default=0),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (labels.organ_place(one.orgaan.orgaan.label), one.orgaan.orgaan.label))
