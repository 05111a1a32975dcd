"""How to reach a bestuur or a function, on one screen."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import ADRES, FOAF, LOCN, SCHEMA


@dataclass(frozen=True)
class Contact:
    """How to reach a function or a bestuur; empty strings where it is not given."""

    email: str
    telephone: str
    website: str
    address: str


def contacts(connection: sa.Connection, owners: Iterable[Entity]) -> dict[str, Contact]:
    """IRI of a bestuur or bestuursfunctie → how to reach it."""
    asked = list(owners)
    points = entities.get_many(connection, [iri for one in asked for iri in one.values(SCHEMA.contactPoint)])
    places = entities.get_many(connection, [iri for one in points.values() for iri in one.values(LOCN.address)])
    found: dict[str, Contact] = {}
    for one in asked:
        mine = [points[iri] for iri in one.values(SCHEMA.contactPoint) if iri in points]
        where = [places[iri] for point in mine for iri in point.values(LOCN.address) if iri in places]
        contact = Contact(
            _first(mine, SCHEMA.email), _first(mine, SCHEMA.telephone), _first(mine, SCHEMA.url, FOAF.page),
            next((address(place) for place in where), ""),
        )  # fmt: skip
        if contact != Contact("", "", "", ""):
            found[one.iri] = contact
    return found


def address(place: Entity) -> str:
    """An address on one line."""
    full = place.value(LOCN.fullAddress)
    if full:
        return full
    number = place.value(ADRES["Adresvoorstelling.huisnummer"])
    box = place.value(ADRES["Adresvoorstelling.busnummer"])
    street = " ".join(filter(None, (place.value(LOCN.thoroughfare), number, f"bus {box}" if box else "")))
    town = " ".join(filter(None, (place.value(LOCN.postCode), place.value(ADRES.gemeentenaam, LOCN.addressArea))))
    return ", ".join(filter(None, (street, town)))


def _first(points: list[Entity], *predicates: str) -> str:
    return next((text for point in points for text in point.values(*predicates) if text.strip()), "")
