"""The page of any entity that has no page of its own kind: everything it says, in Dutch where that is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from belfort import rdf
from belfort.records import entity as entities
from belfort.records.entity import Entity, entity, entity_link
from belfort.vocab import BESLUIT, DCT, MANDAAT, MU, ORG, RDF, XSD
from frontend.site import dates, labels
from frontend.site.queries.linking import Link, name, path_of
from frontend.site.queries.organen import IN_TIME, Orgaan, organs
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
    pointing = _incoming(connection, thing.iri)
    names = borrowed_names(connection, [thing, *known.values(), *(one for _, one in pointing)])
    properties = [
        Property(
            labels.predicate_label(predicate), predicate, tuple(_value(predicate, term, known, names) for term in terms)
        )
        for predicate, terms in thing.terms.items()
        if predicate not in _HIDDEN
    ]
    order = list(labels.PREDICATES)
    properties.sort(key=lambda one: order.index(one.iri) if one.iri in labels.PREDICATES else len(order))
    incoming = [(labels.predicate_label(predicate), Link(names[one.iri], path_of(one))) for predicate, one in pointing]
    is_organ = thing.class_iri == BESLUIT.Bestuursorgaan
    return ThingPage(
        thing,
        names[thing.iri],
        labels.class_label(thing.class_iri) if thing.class_iri else "Ding",
        tuple(properties),
        tuple(incoming[:LINKS_SHOWN]),
        len(incoming) > LINKS_SHOWN,
        organs(connection, [thing.iri]).get(thing.iri) if is_organ else None,
        tuple(proofs(connection, [thing.iri])),
    )


# What an entity without a name of its own is called after.
_LENDERS = (MANDAAT.isBestuurlijkeAliasVan, DCT.subject, ORG.role, ORG.organisation, *IN_TIME)


def borrowed_names(connection: sa.Connection, found: Iterable[Entity]) -> dict[str, str]:
    """IRI → name; who has none borrows it from the person, the agendapunt, the function or the organ behind it."""
    every = {one.iri: one for one in found}
    nameless = [one for one in every.values() if not one.label and one.iri not in labels.CONCEPTS]
    lenders = entities.get_many(connection, [iri for one in nameless for iri in one.values(*_LENDERS)])
    names = {iri: name(one) for iri, one in every.items()}
    for one in nameless:
        behind = [labels.CONCEPTS.get(iri) or (lenders[iri].label if iri in lenders else "")
                  for iri in one.values(*_LENDERS)]  # fmt: skip
        lent = next(filter(None, behind), "")
        if lent:
            names[one.iri] = f"{lent} ({name(one).lower()})"
    return names


def _value(predicate: str, term: str, known: Mapping[str, Entity], names: Mapping[str, str]) -> Value:
    if rdf.is_iri(term):
        iri = rdf.value(term)
        if predicate == RDF.type:
            return Value(labels.class_label(iri))
        if iri in known:
            return Value(names[iri], path_of(known[iri]))
        return Value(labels.CONCEPTS.get(iri, iri), external="" if iri in labels.CONCEPTS else iri)
    text, datatype, _ = rdf.split_literal(term)
    if datatype in _DATES:
        return Value(dates.moment(text) if datatype == XSD.dateTime else dates.day(text))
    if datatype == XSD.boolean:
        return Value(_BOOLEANS.get(text, text))
    return Value(text)


def _incoming(connection: sa.Connection, iri: str) -> list[tuple[str, Entity]]:
    """What points here, newest first: the predicate and the entity."""
    rows = connection.execute(
        sa.select(entity_link.c.predicate, entity)
        .join(entity, entity.c.iri == entity_link.c.subject)
        .where(entity_link.c.object == iri)
        .order_by(entity.c.date.desc(), entity.c.label, entity.c.iri)
        .limit(LINKS_SHOWN + 1)
    )
    return [(row[0], Entity(*row[1:])) for row in rows]
