"""Where something was decided or done: the organ, its bestuur, the provincie around it. Pure."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from belfort.records.entity import Entity
from belfort.vocab import (
    ADMS,
    BESLUIT,
    DCT,
    ELI,
    EXT,
    GENERIEK,
    GENERIEK_HTTP,
    GEO,
    MANDAAT,
    PROV,
    RDFS,
    SKOS,
)  # fmt: skip
from search.document import Keyword, keywords
from search.projection.graph import CLASSIFICATION, PASSED_BY, SPECIALISATION, STRUCTURED, View
from search.projection.plain import plain_text
from shapes import codes
from shapes.rules.days import as_day, next_day

MAX_LEVELS = 6
"""Areas that are walked up: district, gemeente, provincie; the rest is for areas that lie in themselves."""

_NIS_NOTATIONS = frozenset({"nis-code", "nis code", "niscode"})
# The first digits of a NIS code → the name of its provincie (public knowledge: Statbel).
_PROVINCIE_OF_NIS = {
    "1": "Antwerpen", "23": "Vlaams-Brabant", "24": "Vlaams-Brabant", "3": "West-Vlaanderen", "4": "Oost-Vlaanderen",
    "7": "Limburg",
}  # fmt: skip


@dataclass
class Place:
    """The organ, its bestuur and provincie as (IRI, label) pairs, and the day; what is not known is empty.

    `kinds` are the (IRI, label) of the kind of organ. `ended` is the day from which the bestuur no longer exists.
    """

    orgaan: str = ""
    orgaan_label: str = ""
    organen: list[tuple[str, str]] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)
    besturen: list[tuple[str, str]] = field(default_factory=list)
    provincies: list[tuple[str, str]] = field(default_factory=list)
    date: str = ""
    ended: str = ""

    def keywords(self) -> tuple[Keyword, ...]:
        """Its filters."""
        return (
            *keywords("bestuur", named(self.besturen)),
            *keywords("provincie", named(self.provincies)),
            *keywords("orgaan", named(self.organen)),
            *keywords("orgaantype", self.kinds),
        )

    def add(self, other: "Place") -> None:
        """Take in another place beside this one: who has roles in two besturen is found in both."""
        self.orgaan, self.orgaan_label = self.orgaan or other.orgaan, self.orgaan_label or other.orgaan_label
        self.organen += other.organen
        self.kinds += other.kinds
        self.besturen += other.besturen
        self.provincies += other.provincies


def named(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs of which the label, where it is not known, is the value itself."""
    return [(value, label or value) for value, label in pairs]


def set_organ(place: Place, organs: list[str], view: View) -> None:
    """Fill in the organ (not its period) and the bestuur; what is not known stays empty."""
    for iri in organs[:1]:
        found = view.once(iri, _organ)
        place.orgaan, place.orgaan_label, place.ended = found.orgaan, found.orgaan_label, found.ended
        place.organen, place.kinds = [*found.organen], [*found.kinds]
        place.besturen, place.provincies = [*found.besturen], [*found.provincies]


def _organ(iri: str, view: View) -> Place:
    place = Place()
    chain = [iri]
    while (known := view.get(chain[-1])) and (up := known.values(*SPECIALISATION)) and up[0] not in chain:
        chain.append(up[0])
    place.orgaan = chain[-1]
    known_organs = view.many(reversed(chain))
    place.orgaan_label = next((plain_text(organ.label) for organ in known_organs if organ.label), "")
    place.organen = [(place.orgaan, place.orgaan_label)]
    place.kinds = next((found for organ in known_organs if (found := kinds_of(organ, view))), [])
    besturen = next((b for organ in known_organs if (b := organ.values(BESLUIT.bestuurt))), [])
    for bestuur in besturen[:1]:
        set_bestuur(place, bestuur, view)
    return place


def place_of(sitting: Entity | None, view: View) -> Place:
    """Where and when a zitting was."""
    place = Place()
    if sitting:
        place.date = own_day(sitting)
        set_organ(place, sitting.values(*PASSED_BY), view)
    return place


def set_bestuur(place: Place, iri: str, view: View) -> None:
    """Fill in the bestuur, the provincie it lies in, and the day on which it ended."""
    found = view.get(iri)
    place.besturen = [(iri, plain_text(found.label) if found else "")]
    area = found.value(BESLUIT.werkingsgebied) if found else ""
    provincie = provincie_of(area, view) or (_by_nis(found, view) if found else None)
    place.provincies = [provincie] if provincie else []
    listed = codes.areas().get(area)
    place.ended = listed.ended if listed else ""


def kinds_of(organ: Entity, view: View) -> list[tuple[str, str]]:
    """The kind of an organ, as the code that counts with its own label; of an unknown code what the records say."""
    for iri in organ.values(*CLASSIFICATION):
        current = codes.current(iri)
        listed = codes.every().get(current)
        if listed:
            return [(current, listed.label)]
        found = view.get(iri)
        return [(iri, (plain_text(found.label) if found else "") or iri)]
    return []


def provincie_of(area: str, view: View) -> tuple[str, str] | None:
    """The IRI and the name of the provincie around an area: as the areas themselves say, else as our list says."""
    listed = codes.areas()
    for _ in range(MAX_LEVELS):
        if not area:
            return None
        found, known = view.get(area), listed.get(area)
        niveau = (found.value(EXT.werkingsgebiedNiveau) if found else "") or (known.niveau if known else "")
        if niveau == "Provincie":
            label = (found.value(RDFS.label) if found else "") or (known.label if known else "")
            return area, plain_text(label) or area
        area = (found.value(GEO.sfWithin) if found else "") or (known.within if known else "")
    return None


def _by_nis(bestuur: Entity, view: View) -> tuple[str, str] | None:
    """The provincie that the NIS code of a bestuur tells."""
    for identifier in view.to(bestuur, ADMS.identifier):
        if identifier.value(SKOS.notation).strip().casefold() not in _NIS_NOTATIONS:
            continue
        for structured in view.to(identifier, *STRUCTURED):
            number = structured.value(GENERIEK.lokaleIdentificator, GENERIEK_HTTP.lokaleIdentificator).strip()
            name = _PROVINCIE_OF_NIS.get(number[:2]) or _PROVINCIE_OF_NIS.get(number[:1])
            for area in codes.areas().values():
                if number.isdigit() and area.niveau == "Provincie" and area.label == name:
                    return area.iri, area.label
    return None


DATES = (
    BESLUIT.geplandeStart, PROV.startedAtTime, ELI.date_publication, MANDAAT.start, MANDAAT.bindingStart, DCT.issued,
)  # fmt: skip


def own_day(entity: Entity) -> str:
    """The day that an entity itself gives, in Brussels."""
    return day_of(*entity.values(*DATES)) or entity.date[:10]


def day_of(*texts: str) -> str:
    """The first of these that says a day, as that day in Brussels (YYYY-MM-DD); empty when none does."""
    return next((found for text in texts if (found := _day(text))), "")


def day_after(*texts: str) -> str:
    """The day after the first of these that says a day: a last day counts, so the end comes after it."""
    found = day_of(*texts)
    return next_day(date.fromisoformat(found)).isoformat() if found else ""


@lru_cache(maxsize=100_000)
def _day(text: str) -> str:
    found = as_day(text)
    return found.isoformat() if found else ""


def period(entity: Entity) -> tuple[str, str]:
    """From and until which day (not included) an organ in time, a mandaat or an appointment held."""
    return (
        day_of(*entity.values(MANDAAT.start, MANDAAT.bindingStart)),
        day_after(*entity.values(MANDAAT.einde, MANDAAT.bindingEinde)),
    )
