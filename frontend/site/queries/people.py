"""Names of people in a role, as far as they are public."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import FOAF, PERSOON, PERSOON_HTTPS
from frontend.site.queries.linking import ALIAS, Link, link, path_of


@dataclass(frozen=True)
class Attendance:
    """The people of a list that have a public name, and how many have none."""

    named: tuple[Link, ...]
    unnamed: int

    @classmethod
    def of(cls, iris: Iterable[str], known: Mapping[str, Link]) -> "Attendance":
        """The people behind these mandatarissen or functionarissen, each once, by name."""
        distinct = set(iris)
        named = {known[iri] for iri in distinct if iri in known}
        ordered = sorted(named, key=lambda one: one.label.casefold())
        return cls(tuple(ordered), sum(iri not in known for iri in distinct))


def people(connection: sa.Connection, roles: Iterable[str]) -> dict[str, Link]:
    """IRI of a mandataris or functionaris → the person; those without a public name are left out."""
    holders = entities.get_many(connection, roles)
    persons = entities.get_many(connection, [iri for one in holders.values() for iri in one.values(ALIAS)])
    found = {}
    for iri, one in holders.items():
        person = next((persons[alias] for alias in one.values(ALIAS) if alias in persons), None)
        if person and person.label:
            found[iri] = link(person)
        elif own_name(one):
            found[iri] = Link(own_name(one), path_of(one))
    return found


def own_name(one: Entity) -> str:
    """The name that a mandataris carries itself, as some pages give it."""
    last = one.value(FOAF.familyName, FOAF.lastName)
    first = one.value(PERSOON.gebruikteVoornaam, PERSOON_HTTPS.gebruikteVoornaam, FOAF.givenName, FOAF.firstName)
    return " ".join(f"{first} {last}".split()) or one.value(FOAF.name)
