"""Collections: the things of a class that meet some filters, by page, in the order of their IRIs.

Filters become one statement over `entity` and `entity_link`, whatever their number; only the day is looked at per row,
since no column holds the end of a role. Enters: what was asked, as IRIs. Leaves: entities and where the next page
begins. Source of the paths: publisher.md §2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records.database import bytewise
from belfort.records.entity import Entity, entity, entity_link
from belfort.vocab import (
    BESLUIT,
    DCT,
    EXT,
    GEO,
    LEIDINGGEVENDEN,
    MANDAAT,
    ORG,
    PLURALS,
    PROV,
    RDFS,
)  # fmt: skip
from publisher.closure import IN_TIME, POSTS
from publisher.days import period_is_current, role_is_current
from shapes import codes

CLASSES: Mapping[str, str] = {name: iri for iri, name in PLURALS.items()}
PLACE = ("bestuur", "type", "provincie")
# Collection → the filters that it knows.
FILTERS: Mapping[str, tuple[str, ...]] = {
    "besturen": ("type", "provincie"),
    "organen": (*PLACE, "periode", "peildatum"),
    "mandatarissen": (*PLACE, "functie", "status", "fractie", "periode", "peildatum"),
    "functionarissen": (*PLACE, "functie", "status", "periode", "peildatum"),
    "personen": (*PLACE, "functie", "fractie", "periode"),
    "fracties": ("bestuur", "type", "provincie", "periode"),
    "zittingen": PLACE,
    "besluiten": PLACE,
}
CLASSIFICATION = (BESLUIT.classificatie, ORG.classification)
SCAN = 1000
Iris = sa.Select[tuple[str]]


@dataclass(frozen=True)
class Query:
    """What is asked: IRIs per filter (several: any of them), the years of a periode, a day; where to begin."""

    collection: str
    bestuur: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    provincie: tuple[str, ...] = ()
    functie: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    fractie: tuple[str, ...] = ()
    periode: str = ""
    peildatum: str = ""
    after: str = ""
    limit: int = 100


@dataclass(frozen=True)
class Page:
    """The entities of a page; `next_after` is the IRI after which the next page begins, "" at the end."""

    items: list[Entity]
    next_after: str


def page(connection: sa.Connection, query: Query) -> Page:
    """One page of a collection."""
    found: list[Entity] = []
    for one in _matching(connection, query):
        if len(found) == query.limit:
            return Page(found, found[-1].iri)
        found.append(one)
    return Page(found, "")


def _matching(connection: sa.Connection, query: Query) -> Iterator[Entity]:
    after, size = query.after, SCAN if query.peildatum else query.limit + 1
    statement = sa.select(entity).where(entity.c.class_iri == CLASSES[query.collection])
    chosen = _chosen(query)
    if chosen is not None:
        statement = statement.where(entity.c.iri.in_(chosen))
    order = bytewise(connection, entity.c.iri)
    while True:
        rows = connection.execute(statement.where(order > after).order_by(order).limit(size)).all()
        for row in rows:
            one = Entity(*row)
            if not query.peildatum or _holds(query, one):
                yield one
        if len(rows) < size:
            return
        after = rows[-1].iri


def _holds(query: Query, one: Entity) -> bool:
    return (period_is_current if query.collection == "organen" else role_is_current)(one, query.peildatum)


def _chosen(query: Query) -> Iris | None:
    """The IRIs that meet the filters; None when there are none."""
    besturen = _besturen(query)
    if query.collection == "besturen":
        return besturen
    periods = _periods(query, besturen)
    posts = _posts(query, periods)
    if query.collection in ("mandatarissen", "functionarissen", "personen"):
        roles = _roles(query, posts)
        return (
            _into(roles, MANDAAT.isBestuurlijkeAliasVan)
            if query.collection == "personen" and roles is not None
            else roles
        )
    if periods is None:
        return None
    if query.collection == "organen":
        return periods
    if query.collection == "fracties":
        linked = _back(besturen, ORG.linkedTo) if besturen is not None and not query.periode else None
        member = _back(periods, ORG.memberOf)
        return member if linked is None else _any(member, linked)
    zittingen = _back(periods, BESLUIT.isGehoudenDoor)
    if query.collection == "zittingen":
        return zittingen
    handled = _back(_into(zittingen, BESLUIT.behandelt), DCT.subject)
    return _any(_into(handled, PROV.generated), _back(handled, PROV.wasGeneratedBy))


def _besturen(query: Query) -> Iris | None:
    if not (query.bestuur or query.type or query.provincie):
        return None
    statement = sa.select(entity.c.iri).where(entity.c.class_iri == BESLUIT.Bestuurseenheid)
    if query.bestuur:
        statement = statement.where(entity.c.iri.in_(query.bestuur))
    if query.type:
        statement = statement.where(entity.c.iri.in_(_pointing(query.type, *CLASSIFICATION)))
    if query.provincie:
        statement = statement.where(entity.c.iri.in_(_pointing(query.provincie, BESLUIT.werkingsgebied)))
    return statement


def _periods(query: Query, besturen: Iris | None) -> Iris | None:
    """Organs and organs in time; of a bestuur that shares an organ there is nothing of the other."""
    periods: Iris | None = None
    if besturen is not None:
        lasting = _back(besturen, BESLUIT.bestuurt)
        periods = _any(lasting, _back(lasting, *IN_TIME))
    if query.periode:
        dated = sa.select(entity.c.iri).where(
            entity.c.class_iri == BESLUIT.Bestuursorgaan, entity.c.date.like(f"{query.periode}%")
        )
        periods = dated if periods is None else dated.where(entity.c.iri.in_(periods))
    return periods


def _posts(query: Query, periods: Iris | None) -> Iris | None:
    posts = None if periods is None else _into(periods, *POSTS)
    if query.functie:
        with_role = _pointing(query.functie, ORG.role)
        posts = with_role if posts is None else with_role.where(entity_link.c.subject.in_(posts))
    return posts


def _roles(query: Query, posts: Iris | None) -> Iris | None:
    conditions = []
    if posts is not None:
        conditions.append(_back(posts, ORG.holds))
    if query.status:
        conditions.append(_pointing(query.status, MANDAAT.status))
    if query.fractie:
        conditions.append(_back(_pointing(query.fractie, ORG.organisation), ORG.hasMembership))
    if not conditions:
        return None
    roles = sa.select(entity.c.iri).where(entity.c.class_iri.in_((MANDAAT.Mandataris, LEIDINGGEVENDEN.Functionaris)))
    for condition in conditions:
        roles = roles.where(entity.c.iri.in_(condition))
    return roles


def _pointing(targets: tuple[str, ...], *predicates: str) -> Iris:
    return sa.select(entity_link.c.subject).where(
        entity_link.c.object.in_(targets), entity_link.c.predicate.in_(predicates)
    )


def _back(targets: Iris, *predicates: str) -> Iris:
    link = entity_link.alias()
    return sa.select(link.c.subject).where(link.c.object.in_(targets), link.c.predicate.in_(predicates))


def _into(subjects: Iris, *predicates: str) -> Iris:
    link = entity_link.alias()
    return sa.select(link.c.object).where(link.c.subject.in_(subjects), link.c.predicate.in_(predicates))


def _any(one: Iris, other: Iris) -> Iris:
    both = sa.union(one, other).subquery()
    return sa.select(both.c[0])


def coded(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of these lists that a word, another name, a notation or an IRI means; a code that replaces another
    stands for both. An IRI that is in no list stands for itself."""
    if text.startswith(("http://", "https://", "urn:")):
        wanted = {codes.current(text), text}
    else:
        word = _plain(text)
        wanted = {
            iri
            for name in names
            for iri, one in codes.concepts(name).items()
            if word in {_plain(label) for label in (one.label, one.notation, *one.alternatives)}
        }
    older = {iri for iri, one in codes.every().items() if one.replaced_by in wanted}
    return tuple(sorted(wanted | older))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def areas_within(connection: sa.Connection, text: str) -> tuple[str, ...]:
    """The IRIs of the areas of a province, given its name or IRI, itself included; empty when there is none."""
    labels = {iri: (one.label, one.niveau, one.within) for iri, one in codes.areas().items()}
    rows = connection.execute(sa.select(entity).where(entity.c.class_iri == PROV.Location))
    for row in rows:
        one = Entity(*row)
        known = labels.get(one.iri, ("", "", ""))
        niveau = one.value(EXT.werkingsgebiedNiveau) or known[1]
        labels[one.iri] = (one.value(RDFS.label) or known[0], niveau, one.value(GEO.sfWithin) or known[2])
    word = _plain(text).removeprefix("provincie ")
    inner = {within for _, _, within in labels.values()}
    top = {
        iri
        for iri, (label, niveau, _) in labels.items()
        if (iri == text or _plain(label).removeprefix("provincie ") == word) and (niveau == "Provincie" or iri in inner)
    }
    found = set(top)
    while True:
        more = {iri for iri, (_, _, within) in labels.items() if within in found} - found
        if not more:
            return tuple(sorted(found))
        found |= more


def fracties_named(connection: sa.Connection, text: str) -> tuple[str, ...]:
    """The fracties of that name, whichever bestuur they sit in."""
    rows = connection.execute(
        sa.select(entity.c.iri).where(
            entity.c.class_iri == MANDAAT.Fractie, sa.func.lower(entity.c.label) == text.strip().lower()
        )
    ).scalars()
    return tuple(sorted(rows))


def iris_of(connection: sa.Connection, text: str, class_iri: str) -> tuple[str, ...]:
    """The IRI itself, or those of the class that carry it as uuid."""
    if ":" in text:
        return (text,)
    rows = connection.execute(
        sa.select(entity.c.iri).where(entity.c.uuid == text, entity.c.class_iri == class_iri)
    ).scalars()
    return tuple(rows)
