"""Canaries: private values planted in the demo data, so that tests can look for them wherever data leaves.

Every rijksregisternummer is invented: a made-up birth date, serial number and the check digits that follow from them.
Birth dates lie in years that occur nowhere else in the demo.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from demo import codes
from demo.dice import Dice
from demo.model import Mandataris, Orgaan, Punt, World
from demo.moments import dutch

HUMAN_SEX = "http://publications.europa.eu/resource/authority/human-sex/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
DRAFT_NAME = "Ongepubliceerd-Concept"


@dataclass(frozen=True)
class Canary:
    """One planted private value: where it was planted, the value, and every form in which it might come out."""

    kind: Literal["rijksregisternummer", "geboortedatum", "geslacht", "nationaliteit", "concept"]
    where: str
    value: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Secret:
    """The private data of one person."""

    number: str
    born: date
    sex: str
    country: str


# Where secrets are planted: in the registers and, the last one, on a page.
PLACES = ("mandataris-1", "mandataris-2", "mandataris-nota", "functionaris-1", "functionaris-nota", "besluit")


@cache
def secret(seed: int, place: str) -> Secret:
    """The private data that are planted at that place."""
    dice = Dice(seed, "geheim", place)
    # Each place has years of its own, so that no birth date occurs twice.
    born = date(1931 + PLACES.index(place) * 6 + dice.below(6), dice.between(1, 12), dice.between(1, 28))
    body = int(f"{born:%y%m%d}{dice.between(1, 997):03d}")
    country = {"mandataris-1": "ISL", "mandataris-2": "SMR"}.get(place, "")
    return Secret(f"{body:09d}{97 - body % 97:02d}", born, dice.pick(("FEMALE", "MALE")), country)


def number_forms(number: str) -> tuple[str, ...]:
    """The usual spellings of a rijksregisternummer; the first is the official one."""
    y, m, d, serial, check = number[:2], number[2:4], number[4:6], number[6:9], number[9:]
    return (
        f"{y}.{m}.{d}-{serial}.{check}", number, f"{y}{m}{d}-{serial}-{check}", f"{y}{m}{d} {serial} {check}",
        f"{y} {m} {d} {serial} {check}", f"{y}.{m}.{d}.{serial}.{check}", f"{y}/{m}/{d}-{serial}/{check}",
        f"{y}-{m}-{d}-{serial}-{check}",
    )  # fmt: skip


def date_forms(day: date) -> tuple[str, ...]:
    """The usual spellings of a date; the first is that of XML Schema."""
    return (
        day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}", dutch(day), f"{day:%Y%m%d}",
    )  # fmt: skip


def is_leaking(world: World, orgaan: Orgaan, number: int) -> bool:
    """Whether this is the one zitting with a rijksregisternummer in the text of a besluit."""
    return number == 0 and orgaan.kind == "CBS" and orgaan.bestuur == world.besturen[0].iri


def leak(seed: int, punt: Punt) -> Punt:
    """The agendapunt with a rijksregisternummer in an article of its besluit."""
    number = number_forms(secret(seed, "besluit").number)[0]
    text = f"De begunstigde, met rijksregisternummer {number}, ontvangt een afschrift van deze beslissing."
    return replace(punt, artikels=(*punt.artikels, text))


def draft(world: World) -> Mandataris:
    """A concept: a mandataris who is not in office yet, of a person who has no other mandate. In the register only."""
    raad = world.besturen[2]
    model = next(m for m in reversed(raad.mandatarissen) if m.mandaat.rol == "11" and m.einde and m.einde.year > 2026)
    person = replace(
        model.persoon, iri=model.persoon.iri[:-4] + "c0de", voornaam="Iemand", familienaam=DRAFT_NAME, roepnaam=""
    )
    return replace(
        model, iri=model.iri[:-4] + "c0de", persoon=person, publicatie=codes.DRAFT, start=date(2026, 12, 1),
        lidmaatschap=model.lidmaatschap[:-4] + "c0de", rangorde="Tiende gemeenteraadslid",
    )  # fmt: skip


def planted(world: World) -> list[Canary]:
    """Every private value that stands somewhere in the written demo, with all its written forms."""
    found = []
    for place in PLACES:
        one = secret(world.seed, place)
        number = number_forms(one.number)
        found.append(Canary("rijksregisternummer", place, one.number, number))
        if place in _WITH_BIRTH:
            found.append(Canary("geboortedatum", place, one.born.isoformat(), date_forms(one.born)))
        if one.country:
            sex = f"{HUMAN_SEX}{one.sex}"
            found.append(Canary("geslacht", place, sex, (sex, f"human-sex/{one.sex}")))
            found.append(Canary("nationaliteit", place, COUNTRY + one.country, (f"country/{one.country}",)))
    concept = draft(world)
    found.append(Canary("concept", "mandataris", concept.iri, (concept.iri, concept.iri.rsplit("/", 1)[1])))
    found.append(Canary("concept", "persoon", concept.persoon.iri, (concept.persoon.iri, DRAFT_NAME)))
    return found


_WITH_BIRTH = ("mandataris-1", "mandataris-2", "functionaris-1")
