"""Documents of what authorities publish: besluit, agendapunt, zitting, document. Pure."""

from collections.abc import Iterable

from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, DCT, ELI, FOAF, PROV
from search.document import Joined, Keyword, keywords
from search.projection import kinds, texts
from search.projection.graph import DOCUMENT_OF, PASSED_BY, View
from search.projection.made import Made
from search.projection.place import Place, day_after, day_of, own_day, place_of, set_organ
from search.projection.plain import plain_text
from search.projection.themes import themes_of

SAYS_NOTHING = frozenset({"", "besluit", "besluiten", "beslissing"})
"""Titles of a besluit that a vendor puts everywhere: the title of its agendapunt says more."""


def besluit(entity: Entity, view: View) -> Made:
    """A besluit with its text, where it was taken, and the agendapunten that it stands for."""
    behandelingen = view.pointing_at(entity.iri, PROV.generated) + view.to(entity, PROV.wasGeneratedBy)
    behandelingen = list({one.iri: one for one in behandelingen}.values())
    treated = _treated(behandelingen, view)
    sitting = next((found for _, found in treated if found), None)
    place = place_of(sitting, view)
    if not place.orgaan:
        set_organ(place, entity.values(*PASSED_BY), view)
    title = plain_text(entity.label)
    punten = [one for one, _ in treated]
    if title.strip(" :.").casefold() in SAYS_NOTHING:
        title = next((plain_text(one.label) for one in punten if one.label), title)
    types, labels = kinds.decision_types(entity)
    said = [plain_text(one.label) for one in punten]
    day = place.date or own_day(entity)
    return Made(
        title,
        [*_words(entity, punten, behandelingen, title, view)],
        place,
        (
            *_themes(title, *said, *labels), *types, *kinds.document_kinds(of=entity, sitting=sitting),
            *kinds.legal_basis([entity, *behandelingen], view),
        ),
        day_of(*entity.values(ELI.first_date_entry_in_force)) or day,
        day_after(*entity.values(ELI.date_no_longer_in_force)),
        tuple(Joined(one.iri, one.uuid, text) for one, text in zip(punten, said, strict=True)),
    )  # fmt: skip


def _words(entity: Entity, punten: list[Entity], behandelingen: list[Entity], title: str, view: View) -> Iterable[str]:
    """The texts of a besluit: what it is about, why, its articles, its annexes."""
    yield from texts.prose(entity)
    for one in punten:
        if texts.adds_to(plain_text(one.label), title):
            yield plain_text(one.label)
        yield from texts.prose(one)
    for one in behandelingen:
        yield from texts.prose(one)
    for one in (entity, *behandelingen):
        yield from texts.body(one)
    parts = sorted(view.to(entity, ELI.has_part), key=_number_of)
    yield from map(texts.article, parts)
    for annex in view.to(entity, ELI.related_to):
        if annex.class_iri == FOAF.Document:
            yield plain_text(annex.label)


def _treated(behandelingen: list[Entity], view: View) -> list[tuple[Entity, Entity | None]]:
    """The agendapunten that were treated, each with its earliest zitting that is known; those treated first first."""
    found = {
        one.iri: (one, sitting_of(one.iri, view))
        for behandeling in behandelingen
        for one in view.to(behandeling, DCT.subject)
        if one.class_iri == BESLUIT.Agendapunt
    }
    return sorted(found.values(), key=lambda pair: (own_day(pair[1]) if pair[1] else "9", pair[0].iri))


def agendapunt(entity: Entity, view: View) -> Made | None:
    """An agendapunt of which no besluit is public: with one, the document of the besluit stands for both."""
    behandelingen = view.pointing_at(entity.iri, DCT.subject)
    for one in behandelingen:
        generated = view.to(one, PROV.generated) + view.pointing_at(one.iri, PROV.wasGeneratedBy)
        if any(made.class_iri == BESLUIT.Besluit for made in generated):
            return None
    sitting = sitting_of(entity.iri, view)
    place = place_of(sitting, view)
    title = plain_text(entity.label)
    said = [*texts.prose(entity), *texts.body(entity)]
    for one in behandelingen:
        said += [*texts.prose(one), *texts.body(one)]
    found = (
        *_themes(title),
        *kinds.document_kinds(sitting=sitting),
        *kinds.legal_basis([entity, *behandelingen], view),
    )
    return Made(title, said, place, found, place.date or own_day(entity))


def zitting(entity: Entity, view: View) -> Made:
    """A zitting, by its own title or else by organ and day."""
    place = place_of(entity, view)
    fallback = " ".join(part for part in ("Zitting", place.orgaan_label, place.date) if part)
    said = [*texts.prose(entity), *texts.body(entity)]
    return Made(
        plain_text(entity.label) or fallback, said, place, kinds.document_kinds(sitting=entity), place.date
    )  # fmt: skip


def document(entity: Entity, view: View) -> Made:
    """A published document, with the zitting whose document it is."""
    place = Place()
    zittingen = sorted(view.pointing_at(entity.iri, *DOCUMENT_OF), key=lambda one: (own_day(one), one.iri))
    if zittingen:
        place = place_of(zittingen[-1], view)
    if not place.orgaan:
        set_organ(place, entity.values(*PASSED_BY), view)
    day = place.date or own_day(entity)
    fallback = " ".join(part for part in (kinds.type_of(entity), place.orgaan_label, day) if part)
    said = [*texts.prose(entity), *texts.body(entity)]
    return Made(plain_text(entity.label) or fallback, said, place, kinds.document_kinds(of=entity), day)


def sitting_of(agendapunt: str, view: View) -> Entity | None:
    """The earliest zitting that is known to have treated an agendapunt."""
    zittingen = view.pointing_at(agendapunt, BESLUIT.behandelt)
    return min(zittingen, key=lambda one: (own_day(one), one.iri), default=None)


def _themes(*titles: str) -> tuple[Keyword, ...]:
    return keywords("thema", themes_of(tuple(dict.fromkeys(title for title in titles if title))))


def _number_of(artikel: Entity) -> tuple[int, str]:
    """Where an artikel stands: by its number, those without by their IRI."""
    return _number(artikel.value(ELI.number, *texts.TITLES)), artikel.iri


def _number(text: str) -> int:
    digits = "".join(c for c in text if c.isascii() and c.isdigit())[:6]
    return int(digits) if digits else 0
