"""The entities around a document, and which links lead to them. Pure.

`surroundings` reads a `Graph` from the records by these links; the makers of documents walk it by a `View`, which
remembers what was asked of it: those entities are what a document embeds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from belfort.records.entity import Entity
from belfort.vocab import (
    ADMS,
    BESLUIT,
    DCT,
    ELI,
    FOAF,
    GENERIEK,
    GENERIEK_HTTP,
    GEO,
    LEIDINGGEVENDEN,
    MANDAAT,
    ORG,
    PERSON,
    PROV,
    SKOS,
)  # fmt: skip

T = TypeVar("T")

PASSED_BY = (BESLUIT.isGehoudenDoor, ELI.passed_by)
SPECIALISATION = (
    MANDAAT.isTijdspecialisatieVan, GENERIEK.isTijdspecialisatieVan, GENERIEK_HTTP.isTijdspecialisatieVan,
)  # fmt: skip
DOCUMENT_OF = (
    BESLUIT.heeftAgenda, BESLUIT.heeftBesluitenlijst, BESLUIT.heeftNotulen, BESLUIT.heeftUittreksel,
)  # fmt: skip
HOLDER = (ORG.hasPost, LEIDINGGEVENDEN.heeftBestuursfunctie)
CLASSIFICATION = (BESLUIT.classificatie, ORG.classification)
LEGAL_BASIS = (ELI.cites, ELI.based_on)
STRUCTURED = (GENERIEK.gestructureerdeIdentificator, GENERIEK_HTTP.gestructureerdeIdentificator)

# Links that are followed from an entity, and links that are followed to it, to build documents; and those that are
# followed only from the entity that the document is of: nobody else's document tells its parts.
FORWARD = (
    *PASSED_BY, *SPECIALISATION, *CLASSIFICATION, *LEGAL_BASIS, *STRUCTURED, ADMS.identifier, BESLUIT.bestuurt,
    BESLUIT.werkingsgebied, DCT.subject, GEO.sfWithin, MANDAAT.isBestuurlijkeAliasVan, ORG.holds, ORG.role,
    PROV.generated, PROV.wasGeneratedBy,
)  # fmt: skip
OWN = (ELI.has_part, ELI.related_to)
BACKWARD = (
    PROV.generated, PROV.wasGeneratedBy, DCT.subject, BESLUIT.behandelt, MANDAAT.isBestuurlijkeAliasVan, *DOCUMENT_OF,
    *HOLDER,
)  # fmt: skip

# To an entity of these classes only these links lead; to one of another class, or of none, any may.
BACKWARD_OF: dict[str, tuple[str, ...]] = {
    BESLUIT.Besluit: (PROV.generated,),
    BESLUIT.BehandelingVanAgendapunt: (PROV.wasGeneratedBy,),
    BESLUIT.Agendapunt: (DCT.subject, BESLUIT.behandelt),
    PERSON.Person: (MANDAAT.isBestuurlijkeAliasVan,),
    FOAF.Document: DOCUMENT_OF,
    MANDAAT.Mandaat: HOLDER,
    LEIDINGGEVENDEN.Bestuursfunctie: HOLDER,
    BESLUIT.Artikel: (), BESLUIT.Zitting: (), BESLUIT.Bestuursorgaan: (), BESLUIT.Bestuurseenheid: (),
    MANDAAT.Mandataris: (), LEIDINGGEVENDEN.Functionaris: (), SKOS.Concept: (), PROV.Location: (),
}  # fmt: skip

# Links by which the target decides whether the subject has a document.
DECIDING = (MANDAAT.isBestuurlijkeAliasVan, *SPECIALISATION)
# Links between an agendapunt, its behandeling and the besluit that may stand for it.
JOINING = (DCT.subject, PROV.generated, PROV.wasGeneratedBy)


@dataclass
class Graph:
    """Entities by IRI, who points at whom: (object, predicate) → subjects in order, and who states an entity.

    `sources` are the (slug, name) pairs of the sources that state it, for the entities that documents are made of.
    """

    entities: dict[str, Entity] = field(default_factory=dict)
    pointing: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    sources: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    known: dict[str, tuple[Any, frozenset[str]]] = field(default_factory=dict)
    """What was found out before about an entity that many documents share, and which entities that needed."""


@dataclass
class View:
    """A graph that remembers what was asked of it."""

    graph: Graph
    asked: set[str] = field(default_factory=set)

    def get(self, iri: str) -> Entity | None:
        """The entity, if it is known."""
        self.asked.add(iri)
        return self.graph.entities.get(iri)

    def once(self, iri: str, find: "Callable[[str, View], T]") -> "T":
        """What `find` finds out about an entity, found out once for a graph: many documents share an organ."""
        if iri not in self.graph.known:
            fresh = View(self.graph)
            self.graph.known[iri] = (find(iri, fresh), frozenset(fresh.asked))
        found, asked = self.graph.known[iri]
        self.asked |= asked
        return cast("T", found)

    def many(self, iris: Iterable[str]) -> list[Entity]:
        """The known ones of these, each once."""
        return [found for iri in dict.fromkeys(iris) if (found := self.get(iri))]

    def to(self, entity: Entity, *predicates: str) -> list[Entity]:
        """The known entities that it points at."""
        return self.many(entity.values(*predicates))

    def pointing_at(self, iri: str, *predicates: str) -> list[Entity]:
        """The known entities that point at it."""
        return self.many(s for p in predicates for s in self.graph.pointing.get((iri, p), ()))
