"""Where an entity is shown and what it is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, FOAF, MANDAAT, OTHER_PLURAL, PLURALS, SKOS
from frontend.site import dates, labels


@dataclass(frozen=True)
class Link:
    """A text and where it leads; `href` is empty when it leads nowhere."""

    label: str
    href: str = ""


def plural(class_iri: str) -> str:
    """The first part of the address of entities of that class."""
    return PLURALS.get(class_iri, OTHER_PLURAL)


def path(class_iri: str, uuid: str) -> str:
    """The address of an entity's page on this site."""
    return f"/{plural(class_iri)}/{quote(uuid, safe='')}"


def path_of(found: Entity) -> str:
    """The address of the page of that entity."""
    return path(found.class_iri, found.uuid)


def name(found: Entity) -> str:
    """What the entity is called, in words that always exist."""
    return labels.CONCEPTS.get(found.iri) or found.label or _by_class(found)


def _by_class(found: Entity) -> str:
    """`Zitting van 21 oktober 2026`, `Bestuursorgaan vanaf 1 januari 2025`."""
    kind, day = labels.class_label(found.class_iri) if found.class_iri else "Ding", dates.day(found.date)
    between = "van" if found.class_iri in _ON_A_DAY else "vanaf"
    return f"{kind} {between} {day}" if day else kind


_ON_A_DAY = frozenset({BESLUIT.Zitting, BESLUIT.Besluit, FOAF.Document})


def link(found: Entity) -> Link:
    """A link to the page of that entity."""
    return Link(name(found), path_of(found))


def concept_labels(connection: sa.Connection, iris: Iterable[str]) -> dict[str, str]:
    """IRI → label of codes: the canonical one, else what the public data calls it, else the last part of the IRI."""
    wanted = set(iris)
    found = {iri: labels.CONCEPTS[iri] for iri in wanted if iri in labels.CONCEPTS}
    public = entities.get_many(connection, wanted - found.keys())
    for iri in wanted - found.keys():
        label = public[iri].value(SKOS.prefLabel) or public[iri].label if iri in public else ""
        found[iri] = label or iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]
    return found


def in_order(items: Iterable[Entity], *previous: str) -> list[Entity]:
    """The entities in the order of a chain in which each names the one before it.

    The chain of a page may be broken, doubled or circular: what does not fit comes at the end, by IRI.
    """
    known = {one.iri: one for one in sorted(items, key=lambda one: one.iri)}
    after: dict[str, list[str]] = {}
    starts = []
    for one in known.values():
        before = next((iri for iri in one.values(*previous) if iri in known and iri != one.iri), "")
        if before:
            after.setdefault(before, []).append(one.iri)
        else:
            starts.append(one.iri)
    # A start that others follow comes before loose ends.
    starts.sort(key=lambda iri: (iri not in after, iri))
    ordered: list[Entity] = []
    stack = starts[::-1]
    while stack:
        iri = stack.pop()
        if iri in known:
            ordered.append(known.pop(iri))
            stack += after.get(iri, [])[::-1]
    return ordered + list(known.values())


AGENDA_ORDER = (BESLUIT.aangebrachtNa, BESLUIT.gebeurtNa)
ALIAS = MANDAAT.isBestuurlijkeAliasVan
