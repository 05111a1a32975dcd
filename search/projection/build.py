"""The search document of an entity, made from it and the entities around it. Pure.

Enters: an IRI and a `Graph` that knows the entities around it (`surroundings` reads one from the records). Leaves: a
`Document`, or None when the entity is not something that people search for. `Document.embeds` names every entity
whose change may change the document, known or not: the projector makes it again when one of them is touched.
`besluiten.py` and `besturen.py` have a maker for each class.
"""

from collections.abc import Callable

from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, FOAF, LEIDINGGEVENDEN, MANDAAT, PERSON, PLURALS
from search.document import Document, keywords
from search.projection import besluiten, besturen, kinds
from search.projection.graph import Graph, View
from search.projection.made import Made
from search.projection.place import own_day
from search.projection.texts import joined

MAKERS: dict[str, Callable[[Entity, View], Made | None]] = {
    BESLUIT.Besluit: besluiten.besluit,
    BESLUIT.Agendapunt: besluiten.agendapunt,
    BESLUIT.Zitting: besluiten.zitting,
    BESLUIT.Bestuurseenheid: besturen.bestuur,
    BESLUIT.Bestuursorgaan: besturen.orgaan,
    PERSON.Person: besturen.persoon,
    MANDAAT.Mandataris: besturen.person_in_role,
    LEIDINGGEVENDEN.Functionaris: besturen.person_in_role,
    FOAF.Document: besluiten.document,
}
CLASSES = tuple(MAKERS)
TYPES = {
    "besluiten": "Besluiten", "agendapunten": "Agendapunten", "zittingen": "Zittingen", "besturen": "Besturen",
    "organen": "Bestuursorganen", "personen": "Personen", "mandatarissen": "Mandatarissen",
    "functionarissen": "Leidinggevenden", "documenten": "Documenten",
}  # fmt: skip
"""The values of the filter `type` and their labels."""


def build(iri: str, graph: Graph) -> Document | None:
    """The document of that entity, or None when it is not public or not something to search for."""
    view = View(graph)
    entity = view.get(iri)
    make = MAKERS.get(entity.class_iri) if entity else None
    made = make(entity, view) if entity and make else None
    if entity is None or made is None:
        return None
    place = made.place
    plural = PLURALS[entity.class_iri]
    types = [plural, *(["agendapunten"] if made.joined else [])]
    return Document(
        iri=iri,
        uuid=entity.uuid,
        plural=plural,
        type=kinds.type_of(entity),
        title=made.title,
        text=joined(made.texts, made.title),
        date=place.date or own_day(entity),
        besturen=tuple(dict.fromkeys(place.besturen)),
        orgaan=place.orgaan,
        orgaan_label=place.orgaan_label,
        keywords=(
            *keywords("type", ((value, TYPES[value]) for value in types)),
            *place.keywords(),
            *made.keywords,
            *keywords("bron", graph.sources.get(iri, ())),
        ),
        begins=made.begins,
        ends=made.ends,
        joined=made.joined,
        embeds=frozenset(view.asked),
    )
