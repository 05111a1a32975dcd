"""The search document of an entity, made from it and the entities around it. Pure.

Enters: an IRI and a `Graph` that knows the entities around it (`surroundings` reads one from the records). Leaves: a
`Document`, or None when the entity is not something that people search for. `Document.embeds` names every entity
whose change may change the document, known or not: the projector makes it again when one of them is touched.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from belfort.records.entity import Entity
from belfort.vocab import (
    BESLUIT,
    DCT,
    DOCUMENT_TYPES,
    ELI,
    FOAF,
    GENERIEK,
    GENERIEK_HTTP,
    LEIDINGGEVENDEN,
    MANDAAT,
    ORG,
    PERSON,
    PLURALS,
    PROV,
    RDF,
    SKOS,
)  # fmt: skip
from search.plain import plain_text

PASSED_BY = (BESLUIT.isGehoudenDoor, ELI.passed_by)
SPECIALISATION = (
    MANDAAT.isTijdspecialisatieVan, GENERIEK.isTijdspecialisatieVan, GENERIEK_HTTP.isTijdspecialisatieVan,
)  # fmt: skip
DOCUMENT_OF = (
    BESLUIT.heeftAgenda, BESLUIT.heeftBesluitenlijst, BESLUIT.heeftNotulen, BESLUIT.heeftUittreksel,
)  # fmt: skip
HOLDER = (ORG.hasPost, LEIDINGGEVENDEN.heeftBestuursfunctie)

# Links that are followed from an entity, and links that are followed to it, to build documents.
FORWARD = (
    *PASSED_BY, *SPECIALISATION, BESLUIT.bestuurt, DCT.subject, ELI.has_part, MANDAAT.isBestuurlijkeAliasVan,
    ORG.holds, ORG.role,
)  # fmt: skip
BACKWARD = (PROV.generated, BESLUIT.behandelt, MANDAAT.isBestuurlijkeAliasVan, *DOCUMENT_OF, *HOLDER)

# Links by which the target decides whether the subject has a document.
DECIDING = (MANDAAT.isBestuurlijkeAliasVan, *SPECIALISATION)

TEXTS = (ELI.description, DCT.description, BESLUIT.motivering, PROV.value)
NAMES = {
    BESLUIT.Besluit: "Besluit",
    BESLUIT.Agendapunt: "Agendapunt",
    BESLUIT.Zitting: "Zitting",
    BESLUIT.Bestuurseenheid: "Bestuur",
    BESLUIT.Bestuursorgaan: "Bestuursorgaan",
    PERSON.Person: "Persoon",
    MANDAAT.Mandataris: "Mandataris",
    LEIDINGGEVENDEN.Functionaris: "Functionaris",
    FOAF.Document: "Document",
}
SAYS_NOTHING = frozenset({"", "besluit", "besluiten", "beslissing"})
"""Titles of a besluit that a vendor puts everywhere: the title of its agendapunt says more."""
MAX_TEXT = 2_000_000


@dataclass(frozen=True)
class Document:
    """What the index holds of one entity; `besturen` are (IRI, label) pairs, the first is shown."""

    iri: str
    uuid: str
    plural: str
    type: str
    title: str
    text: str
    date: str
    besturen: tuple[tuple[str, str], ...] = ()
    orgaan: str = ""
    orgaan_label: str = ""
    embeds: frozenset[str] = frozenset()


@dataclass
class Graph:
    """Entities by IRI, and who points at whom: (object, predicate) → subjects in order."""

    entities: dict[str, Entity] = field(default_factory=dict)
    pointing: dict[tuple[str, str], list[str]] = field(default_factory=dict)


@dataclass
class _View:
    """A graph that remembers what was asked of it."""

    graph: Graph
    asked: set[str] = field(default_factory=set)

    def get(self, iri: str) -> Entity | None:
        self.asked.add(iri)
        return self.graph.entities.get(iri)

    def many(self, iris: Iterable[str]) -> list[Entity]:
        return [found for iri in iris if (found := self.get(iri))]

    def to(self, entity: Entity, *predicates: str) -> list[Entity]:
        """The known entities that it points at."""
        return self.many(entity.values(*predicates))

    def pointing_at(self, iri: str, *predicates: str) -> list[Entity]:
        """The known entities that point at it."""
        return self.many(s for p in predicates for s in self.graph.pointing.get((iri, p), ()))


@dataclass
class _Place:
    """Where something was decided or done: the organ, its bestuur, the day."""

    orgaan: str = ""
    orgaan_label: str = ""
    besturen: list[tuple[str, str]] = field(default_factory=list)
    date: str = ""


def build(iri: str, graph: Graph) -> Document | None:
    """The document of that entity, or None when it is not public or not something to search for."""
    view = _View(graph)
    entity = view.get(iri)
    make = _MAKERS.get(entity.class_iri) if entity else None
    if entity is None or make is None:
        return None
    made = make(entity, view)
    if made is None:
        return None
    title, texts, place = made
    return Document(
        iri=iri,
        uuid=entity.uuid,
        plural=PLURALS[entity.class_iri],
        type=_type(entity),
        title=plain_text(title),
        text=_join(texts, title),
        date=(place.date or entity.date)[:10],
        besturen=tuple(dict.fromkeys(place.besturen)),
        orgaan=place.orgaan,
        orgaan_label=place.orgaan_label,
        embeds=frozenset(view.asked),
    )


_Made = tuple[str, list[str], _Place]


def _besluit(entity: Entity, view: _View) -> _Made:
    texts = entity.values(*TEXTS)
    for part in sorted(view.to(entity, ELI.has_part), key=lambda e: (_number(e.value(ELI.number)), e.iri)):
        texts += [*part.values(ELI.title), *part.values(*TEXTS)]
    place = _Place()
    title = entity.label
    for agendapunt in view.many(a for b in view.pointing_at(entity.iri, PROV.generated) for a in b.values(DCT.subject)):
        if title.strip(" :.").casefold() in SAYS_NOTHING:
            title = agendapunt.label or title
        if not place.orgaan:
            place = _sitting_of(agendapunt.iri, view)
    if not place.orgaan:
        _set_organ(place, entity.values(*PASSED_BY), view)
    return title, texts, place


def _agendapunt(entity: Entity, view: _View) -> _Made:
    return entity.label, entity.values(*TEXTS), _sitting_of(entity.iri, view)


def _zitting(entity: Entity, view: _View) -> _Made:
    place = _sitting(entity, view)
    fallback = " ".join(part for part in ("Zitting", place.orgaan_label, entity.date[:10]) if part)
    return entity.label or fallback, entity.values(*TEXTS), place


def _document(entity: Entity, view: _View) -> _Made:
    place = _Place()
    for zitting in view.pointing_at(entity.iri, *DOCUMENT_OF):
        place = _sitting(zitting, view)
    if not place.orgaan:
        _set_organ(place, entity.values(*PASSED_BY), view)
    fallback = " ".join(part for part in (_type(entity), place.orgaan_label, place.date[:10]) if part)
    return entity.label or fallback, entity.values(*TEXTS), place


def _bestuur(entity: Entity, _view: _View) -> _Made:
    return entity.label, entity.values(SKOS.altLabel), _Place(besturen=[(entity.iri, entity.label)])


def _orgaan(entity: Entity, view: _View) -> _Made | None:
    if view.to(entity, *SPECIALISATION):
        return None  # the organ itself is found; its periods would only repeat it
    place = _Place()
    _set_organ(place, [entity.iri], view)
    return entity.label, [], place


def _person_in_role(entity: Entity, view: _View) -> _Made | None:
    persons = view.to(entity, MANDAAT.isBestuurlijkeAliasVan)
    name = next((person.label for person in persons if person.label), entity.label)
    if not name:
        return None  # pages list the present by number only; without a name there is nothing to find
    roles, place = _roles(entity, view)
    return ", ".join([name, *roles[:1]]), roles, place


def _persoon(entity: Entity, view: _View) -> _Made | None:
    roles: list[str] = []
    whole = _Place()
    holders = view.pointing_at(entity.iri, MANDAAT.isBestuurlijkeAliasVan)
    for holder in holders:
        names, place = _roles(holder, view)
        roles += [" ".join(part for part in (name, place.orgaan_label) if part) for name in names]
        whole.besturen += place.besturen
        whole.orgaan, whole.orgaan_label = whole.orgaan or place.orgaan, whole.orgaan_label or place.orgaan_label
    if not holders or not entity.label:
        return None
    return entity.label, list(dict.fromkeys(roles)), whole


def _roles(holder: Entity, view: _View) -> tuple[list[str], _Place]:
    """The names of what a mandataris or functionaris holds, and where."""
    place = _Place(date=holder.date)
    names: list[str] = []
    for post in view.to(holder, ORG.holds):
        names += [role.label for role in view.to(post, ORG.role) if role.label] or [post.label]
        if not place.orgaan:
            _set_organ(place, [o.iri for o in view.pointing_at(post.iri, *HOLDER)], view)
    return [name for name in dict.fromkeys(names) if name], place


def _sitting_of(agendapunt: str, view: _View) -> _Place:
    """Where an agendapunt was treated: its earliest zitting that is known."""
    zittingen = sorted(view.pointing_at(agendapunt, BESLUIT.behandelt), key=lambda z: (z.date, z.iri))
    return _sitting(zittingen[0], view) if zittingen else _Place()


def _sitting(zitting: Entity, view: _View) -> _Place:
    place = _Place(date=zitting.date)
    _set_organ(place, zitting.values(*PASSED_BY), view)
    return place


def _set_organ(place: _Place, organs: list[str], view: _View) -> None:
    """Fill in the organ (not its period) and the bestuur; what is not known stays empty."""
    for iri in organs[:1]:
        chain = [iri]
        while (known := view.get(chain[-1])) and (up := known.values(*SPECIALISATION)) and up[0] not in chain:
            chain.append(up[0])
        place.orgaan = chain[-1]
        known_organs = view.many(reversed(chain))
        place.orgaan_label = next((organ.label for organ in known_organs if organ.label), "")
        besturen = next((b for organ in known_organs if (b := organ.values(BESLUIT.bestuurt))), [])
        for bestuur in besturen[:1]:
            found = view.get(bestuur)
            place.besturen = [(bestuur, found.label if found else "")]


_MAKERS: dict[str, Callable[[Entity, _View], _Made | None]] = {
    BESLUIT.Besluit: _besluit,
    BESLUIT.Agendapunt: _agendapunt,
    BESLUIT.Zitting: _zitting,
    BESLUIT.Bestuurseenheid: _bestuur,
    BESLUIT.Bestuursorgaan: _orgaan,
    PERSON.Person: _persoon,
    MANDAAT.Mandataris: _person_in_role,
    LEIDINGGEVENDEN.Functionaris: _person_in_role,
    FOAF.Document: _document,
}
CLASSES = tuple(_MAKERS)


def _type(entity: Entity) -> str:
    """What it is, for a reader: the name of its class, of a document its kind."""
    kinds = (DOCUMENT_TYPES[name] for name in entity.values(RDF.type) if name in DOCUMENT_TYPES)
    return next(kinds, NAMES[entity.class_iri])


def _number(text: str) -> int:
    digits = "".join(c for c in text if c.isascii() and c.isdigit())[:6]
    return int(digits) if digits else 0


def _join(texts: Iterable[str], title: str) -> str:
    """The distinct texts as paragraphs; one that another says in full, or that is the title, is left out."""
    kept: list[str] = []
    for text in dict.fromkeys(plain_text(source) for source in texts):
        if text and text != plain_text(title) and not any(text in other for other in kept):
            kept.append(text)
    return "\n\n".join(kept)[:MAX_TEXT]
