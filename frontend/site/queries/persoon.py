"""The page of a person: public roles only, those of both databanks together, as a list and along a line of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import OWL
from frontend.site import dates
from frontend.site.charts import Lane, lanes
from frontend.site.queries.linking import ALIAS, name
from frontend.site.queries.people import own_name
from frontend.site.queries.proof import Proof, proofs
from frontend.site.queries.tenures import Tenure, tenures
from shapes.rules.history import Spell, Version, spells


@dataclass(frozen=True)
class PersonSpell:
    """A time in one post without a break: the newest version speaks for it, `versions` are all, oldest first."""

    newest: Tenure
    versions: tuple[Tenure, ...]
    first: date | None
    last: date | None


@dataclass(frozen=True)
class PersoonPage:
    """Everything on the page of a person."""

    entity: Entity
    title: str
    today: date
    current: tuple[PersonSpell, ...]
    coming: tuple[PersonSpell, ...]
    past: tuple[PersonSpell, ...]
    lanes: tuple[Lane, ...]
    years: tuple[tuple[int, float], ...]
    today_x: float
    proofs: tuple[Proof, ...]


def persoon_page(connection: sa.Connection, persoon: Entity) -> PersoonPage:
    """Read the page of a person; records that owl:sameAs joins are one person, names never join anybody."""
    same = _same(connection, persoon)
    held = [subject for subject, _, _ in entities.subjects_of(connection, same, ALIAS)]
    known = tenures(connection, entities.get_many(connection, held))
    found = person_spells(known, persoon.iri)
    today = dates.today()
    current = [one for one in found if _at(one, today)]
    coming = [one for one in found if one.first and one.first > today]
    past = [one for one in found if one not in current and one not in coming]
    drawn, years, today_x = lanes([(_lane_label(one), one.first, one.last) for one in reversed(found)], today)
    return PersoonPage(
        persoon,
        own_name(persoon) or name(persoon),
        today,
        tuple(current),
        tuple(coming),
        tuple(past),
        tuple(drawn),
        tuple(years),
        today_x,
        tuple(proofs(connection, [persoon.iri])),
    )


def person_spells(known: Iterable[Tenure], person: str) -> list[PersonSpell]:
    """Times in a post, newest first; versions that two records of one person hold come together."""
    by_iri = {one.iri: one for one in known}
    versions = [one.version for one in by_iri.values()]
    joined = spells(Version(one.iri, person, one.post, one.first, one.last, one.facts) for one in versions)
    made = [_spell(spell, by_iri) for spell in joined]
    return sorted(made, key=lambda one: (one.first or date.min, one.newest.functie), reverse=True)


def _spell(spell: Spell, known: dict[str, Tenure]) -> PersonSpell:
    mine = tuple(known[one.iri] for one in spell.versions)
    return PersonSpell(mine[-1], mine, spell.first, spell.last)


def _at(one: PersonSpell, on: date) -> bool:
    return any(version.at(on) for version in one.versions)


def _lane_label(one: PersonSpell) -> str:
    place = one.newest.place
    where = place.bestuur.label if place and place.bestuur else ""
    return f"{one.newest.functie}, {where}" if where else one.newest.functie


def _same(connection: sa.Connection, persoon: Entity) -> list[str]:
    """The person and whoever the registers say is the same."""
    others = entities.get_many(connection, persoon.values(OWL.sameAs))
    return [persoon.iri, *others]
