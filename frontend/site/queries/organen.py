"""From an organ (in time or not) to the bestuur that it governs: the path that every publication page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, GENERIEK, GENERIEK_HTTP, MANDAAT, ORG, SKOS
from frontend.site import labels
from frontend.site.queries.linking import Link, link, path_of

IN_TIME = (MANDAAT.isTijdspecialisatieVan, GENERIEK.isTijdspecialisatieVan, GENERIEK_HTTP.isTijdspecialisatieVan)
CLASSIFICATION = (BESLUIT.classificatie, ORG.classification)


@dataclass(frozen=True)
class Orgaan:
    """An organ as pages name it, and the bestuur it belongs to (None when that is not known)."""

    iri: str
    orgaan: Link
    bestuur: Link | None


def organ_label(organ: Entity, bestuur: Entity | None) -> str:
    """`Gemeenteraad`: by its classification, else as it is called, without the name of its bestuur at the end."""
    by_code = next((labels.CONCEPTS[code] for code in organ.values(*CLASSIFICATION) if code in labels.CONCEPTS), "")
    label = by_code or organ.value(SKOS.prefLabel) or organ.label
    if bestuur and bestuur.label and label.endswith(" " + bestuur.label):
        label = label.removesuffix(bestuur.label).rstrip()
    return label or "Bestuursorgaan"


def organs(connection: sa.Connection, iris: Iterable[str]) -> dict[str, Orgaan]:
    """IRI → organ, for those that are public; three queries, however many there are."""
    asked = entities.get_many(connection, iris)
    timeless = entities.get_many(connection, [up for one in asked.values() for up in one.values(*IN_TIME)])
    governed = [iri for one in (*asked.values(), *timeless.values()) for iri in one.values(BESLUIT.bestuurt)]
    besturen = entities.get_many(connection, governed)
    return {iri: _orgaan(one, timeless, besturen) for iri, one in asked.items()}


def _orgaan(one: Entity, timeless: Mapping[str, Entity], besturen: Mapping[str, Entity]) -> Orgaan:
    chain = [one, *(timeless[up] for up in one.values(*IN_TIME) if up in timeless)]
    bestuur = next((besturen[b] for organ in chain for b in organ.values(BESLUIT.bestuurt) if b in besturen), None)
    # The organ that lasts is the one that people know; its period may well carry no name.
    shown = next((organ for organ in reversed(chain) if organ.label or organ.values(*CLASSIFICATION)), one)
    return Orgaan(
        one.iri,
        Link(organ_label(shown, bestuur), path_of(shown)),
        link(bestuur) if bestuur else None,
    )
