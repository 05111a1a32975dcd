"""The page of a person: public roles only, mandates and leading functions together."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import LEIDINGGEVENDEN, MANDAAT, ORG
from frontend.site import dates
from frontend.site.queries.linking import ALIAS, Link, concept_labels, link, name, path_of
from frontend.site.queries.organen import Orgaan, organs
from frontend.site.queries.people import own_name, since_until
from frontend.site.queries.proof import Proof, proofs


@dataclass(frozen=True)
class Role:
    """One mandate or function that someone holds or held."""

    functie: str
    href: str
    orgaan: Orgaan | None
    fractie: Link | None
    status: str
    rangorde: str
    start: str
    end: str
    active: bool


@dataclass(frozen=True)
class PersoonPage:
    """Everything on the page of a person."""

    entity: Entity
    title: str
    current: tuple[Role, ...]
    past: tuple[Role, ...]
    proofs: tuple[Proof, ...]


def persoon_page(connection: sa.Connection, persoon: Entity) -> PersoonPage:
    """Read the page of a person."""
    held = [subject for subject, _, _ in entities.subjects_of(connection, [persoon.iri], ALIAS)]
    roles = read_roles(connection, held)
    return PersoonPage(
        persoon,
        own_name(persoon) or name(persoon),
        tuple(role for role in roles if role.active),
        tuple(role for role in roles if not role.active),
        tuple(proofs(connection, [persoon.iri])),
    )


def read_roles(connection: sa.Connection, iris: list[str]) -> list[Role]:
    """The mandates and functions of these mandatarissen and functionarissen, newest first."""
    held = entities.get_many(connection, iris)
    posts = entities.get_many(connection, [iri for one in held.values() for iri in one.values(ORG.holds)])
    of_post: dict[str, list[str]] = {}
    links = entities.subjects_of(connection, posts, ORG.hasPost, LEIDINGGEVENDEN.heeftBestuursfunctie)
    for subject, _, obj in links:
        of_post.setdefault(obj, []).append(subject)
    known = organs(connection, [iri for many in of_post.values() for iri in many])
    codes = [iri for post in posts.values() for iri in post.values(ORG.role)]
    codes += [iri for one in held.values() for iri in one.values(MANDAAT.status)]
    words = concept_labels(connection, codes)
    fracties = fractie_links(connection, held.values())
    found = []
    for one in held.values():
        start, end = since_until(one)
        post = next((posts[iri] for iri in one.values(ORG.holds) if iri in posts), None)
        where = next((known[iri] for iri in of_post.get(post.iri, []) if iri in known), None) if post else None
        found.append(
            Role(
                next((words[iri] for iri in post.values(ORG.role)), name(post)) if post else "Functie onbekend",
                path_of(one), where, fracties.get(one.iri),
                next((words[iri] for iri in one.values(MANDAAT.status)), ""),
                one.value(MANDAAT.rangorde), start, end, dates.is_active(start, end, dates.today()),
            )
        )  # fmt: skip
    return sorted(found, key=lambda role: (role.start, role.functie), reverse=True)


def fractie_links(connection: sa.Connection, holders: Iterable[Entity]) -> dict[str, Link]:
    """IRI of a mandataris → its fractie."""
    people = list(holders)
    memberships = entities.get_many(connection, [iri for one in people for iri in one.values(ORG.hasMembership)])
    wanted = [iri for one in memberships.values() for iri in one.values(ORG.organisation)]
    fracties = entities.get_many(connection, wanted)
    found = {}
    for one in people:
        for membership in one.values(ORG.hasMembership):
            parties = memberships[membership].values(ORG.organisation) if membership in memberships else []
            party = next((fracties[iri] for iri in parties if iri in fracties), None)
            if party:
                found[one.iri] = link(party)
    return found
