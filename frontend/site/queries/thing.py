"""The page of any entity that has no page of its own kind: everything it says, in Dutch where that is known."""

from dataclasses import dataclass

import sqlalchemy as sa

from belfort import rdf
from belfort.records import entity as entities
from belfort.records.entity import Entity, entity, entity_link
from belfort.vocab import BESLUIT, MU, RDF, XSD
from frontend.site import dates, labels
from frontend.site.queries.linking import Link, link, name
from frontend.site.queries.organen import Orgaan, organs
from frontend.site.queries.proof import Proof, proofs

LINKS_SHOWN = 50
_HIDDEN = frozenset({MU.uuid})
_DATES = frozenset({XSD.date, XSD.dateTime})
_BOOLEANS = {"true": "ja", "1": "ja", "false": "nee", "0": "nee"}


@dataclass(frozen=True)
class Value:
    """One value: a text, a link inside this site (`href`), or an address elsewhere (`external`)."""

    text: str
    href: str = ""
    external: str = ""


@dataclass(frozen=True)
class Property:
    """A predicate and its values."""

    label: str
    iri: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class ThingPage:
    """Everything on the page of any entity."""

    entity: Entity
    title: str
    kind: str
    properties: tuple[Property, ...]
    incoming: tuple[tuple[str, Link], ...]
    more_incoming: bool
    orgaan: Orgaan | None
    proofs: tuple[Proof, ...]


def thing_page(connection: sa.Connection, thing: Entity) -> ThingPage:
    """Read the page of any entity."""
    objects = [rdf.value(term) for terms in thing.terms.values() for term in terms if rdf.is_iri(term)]
    known = entities.get_many(connection, objects)
    properties = [
        Property(labels.predicate_label(predicate), predicate, tuple(_value(predicate, term, known) for term in terms))
        for predicate, terms in thing.terms.items()
        if predicate not in _HIDDEN
    ]
    order = list(labels.PREDICATES)
    properties.sort(key=lambda one: order.index(one.iri) if one.iri in labels.PREDICATES else len(order))
    incoming = _incoming(connection, thing.iri)
    is_organ = thing.class_iri == BESLUIT.Bestuursorgaan
    return ThingPage(
        thing,
        name(thing),
        labels.class_label(thing.class_iri) if thing.class_iri else "Ding",
        tuple(properties),
        tuple(incoming[:LINKS_SHOWN]),
        len(incoming) > LINKS_SHOWN,
        organs(connection, [thing.iri]).get(thing.iri) if is_organ else None,
        tuple(proofs(connection, [thing.iri])),
    )


def _value(predicate: str, term: str, known: dict[str, Entity]) -> Value:
    if rdf.is_iri(term):
        iri = rdf.value(term)
        if predicate == RDF.type:
            return Value(labels.class_label(iri))
        if iri in known:
            there = link(known[iri])
            return Value(there.label, there.href)
        return Value(labels.CONCEPTS.get(iri, iri), external="" if iri in labels.CONCEPTS else iri)
    text, datatype, _ = rdf.split_literal(term)
    if datatype in _DATES:
        return Value(dates.moment(text) if datatype == XSD.dateTime else dates.day(text))
    if datatype == XSD.boolean:
        return Value(_BOOLEANS.get(text, text))
    return Value(text)


def _incoming(connection: sa.Connection, iri: str) -> list[tuple[str, Link]]:
    """What points here, newest first: the label of the predicate and the entity."""
    rows = connection.execute(
        sa.select(entity_link.c.predicate, entity)
        .join(entity, entity.c.iri == entity_link.c.subject)
        .where(entity_link.c.object == iri)
        .order_by(entity.c.date.desc(), entity.c.label, entity.c.iri)
        .limit(LINKS_SHOWN + 1)
    )
    return [(labels.predicate_label(row[0]), link(Entity(*row[1:]))) for row in rows]
