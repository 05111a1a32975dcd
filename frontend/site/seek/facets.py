"""What a question can be narrowed by: the values of each filter with their counts, periods, and what is on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from belfort.records.database import read
from belfort.records.entity import get_many
from frontend.desks import desks
from frontend.site import dates, labels
from frontend.site.seek.addresses import address, first_page, switches
from frontend.site.seek.complete import bestuur_names, nameless
from frontend.site.seek.words import units, without
from frontend.site.texts import short_url
from search.query import FILTERS, Query
from search.results import FacetValue, Results

TITLES: Mapping[str, str] = {
    "type": "Soort", "bestuur": "Bestuur", "provincie": "Provincie", "orgaantype": "Soort orgaan",
    "orgaan": "Orgaan", "thema": "Thema", "documenttype": "Soort document", "besluittype": "Soort besluit",
    "status": "Status", "rechtsgrond": "Rechtsgrond", "bron": "Bron",
}  # fmt: skip
OPEN = ("type", "bestuur")
"""Facets that are unfolded before anyone asks."""
FEW = 8
MOST = 40
"""Values of one facet on a page; words narrow further."""
MOST_BESTUREN = 1500


@dataclass(frozen=True)
class Choice:
    """One value of a filter: where a click leads, and whether it is on."""

    value: str
    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter: the values that are shown at once (chosen ones first), the others, how many more there are."""

    name: str
    title: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    more: int
    open: bool


@dataclass(frozen=True)
class Pill:
    """Something that is on, and the address without it."""

    title: str
    label: str
    href: str


@dataclass(frozen=True)
class Preset:
    """A period by name."""

    label: str
    href: str
    chosen: bool


def facets(query: Query, results: Results, names: Mapping[tuple[str, str], str]) -> list[Facet]:
    """The filters that say something: more than one value, or one that is on."""
    made = [_facet(name, query, results.facets.get(name, ()), names) for name in FILTERS]
    return [one for one in made if one.first and (len(one.first) > 1 or one.first[0].chosen)]


def _facet(name: str, query: Query, counted: Sequence[FacetValue], names: Mapping[tuple[str, str], str]) -> Facet:
    on = query.values(name)
    counts = {one.value: one.count for one in counted}
    values = [*(value for value in on), *(value for value in counts if value not in on)]
    few = max(FEW, len(on))
    most = MOST_BESTUREN if name == "bestuur" else MOST
    switch = switches(query, name)
    shown = [
        Choice(value, names[name, value], counts.get(value, 0), switch(value), value in on) for value in values[:most]
    ]
    rest = shown[few:]
    if name == "bestuur":
        rest.sort(key=lambda one: one.label.casefold())
    is_open = name in OPEN or bool(on)
    return Facet(name, TITLES[name], tuple(shown[:few]), tuple(rest), max(0, len(values) - most), is_open)


def names_of(query: Query, results: Results) -> dict[tuple[str, str], str]:
    """(filter, value) → what it is called: as the index counts it, as we call it, as the records do, or its address."""
    found: dict[tuple[str, str], str] = {}
    for name in FILTERS:
        for one in results.facets.get(name, ()):
            found[name, one.value] = one.label if one.label != one.value else ""
        for value in query.values(name):
            found.setdefault((name, value), "")
    unnamed = [value for (_, value), label in found.items() if not label and ":" in value]
    known = {}
    if unnamed:
        with read(desks().engine) as connection:
            known = {iri: one.label for iri, one in get_many(connection, unnamed).items()}
    besturen = bestuur_names()
    return {
        (name, value): (
            _own(name, value)
            or (besturen.get(value, "") if name == "bestuur" else "")
            or label
            or known.get(value, "")
            or labels.CONCEPTS.get(value, "")
            or (nameless(value) if name == "bestuur" else short_url(value))
        )
        for (name, value), label in found.items()
    }


def _own(name: str, value: str) -> str:
    if name == "type":
        return labels.PLURAL_TITLES.get(value, "")
    return value.capitalize() if name == "status" else ""


def pills(query: Query, names: Mapping[tuple[str, str], str]) -> list[Pill]:
    """Everything that is on, each with the address that drops it: operators, filters, periods."""
    parts = units(query.text)
    start = first_page(query)
    found = [
        Pill("Zoekvraag", one.label, address(replace(start, text=without(parts, place))))
        for place, one in enumerate(parts)
        if one.kind != "word"
    ]
    for name in FILTERS:
        found += [Pill(TITLES[name], names[name, value], switches(query, name)(value)) for value in query.values(name)]
    if query.van or query.tot:
        found.append(Pill("Periode", period(query), address(query.without("van", "tot"))))
    if query.peildatum:
        found.append(Pill("Peildatum", dates.written(query.peildatum), address(query.without("peildatum"))))
    return found


def period(query: Query) -> str:
    """`van 1 januari 2026 tot en met 31 december 2026`."""
    start = f"van {dates.written(query.van)}" if query.van else ""
    end = f"tot en met {dates.written(query.tot)}" if query.tot else ""
    return f"{start} {end}".strip()


def presets(query: Query, today: date) -> list[Preset]:
    """The periods that people ask for."""
    return [
        Preset(
            label,
            address(query.without("van", "tot") if on else replace(first_page(query), van=start, tot=end)),
            on,
        )
        for label, start, end in periods(today)
        for on in [(query.van, query.tot) == (start, end)]
    ]


def periods(today: date) -> Iterable[tuple[str, date, date | None]]:
    """Name, first and last day of each; the future has no last day."""
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    last_month = (first - timedelta(days=1)).replace(day=1)
    next_month = (first + timedelta(days=31)).replace(day=1)
    day = timedelta(days=1)
    yield "Toekomst", today + day, None
    yield "Deze week", monday, monday + 6 * day
    yield "Vorige week", monday - 7 * day, monday - day
    yield "Deze maand", first, next_month - day
    yield "Vorige maand", last_month, first - day
    yield "Dit jaar", date(today.year, 1, 1), date(today.year, 12, 31)
    yield "Vorig jaar", date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
