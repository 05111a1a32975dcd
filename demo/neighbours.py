"""Neighbours: besturen in the registers only, without web sites, so that lists across Flanders say something.

A second provincie with two gemeenten and a district, and two more gemeenten in the first provincie. Between them they
show what registers show: a burgemeester who is absent and someone acting, a vacancy, a function that was never
reported, a gemeente of which nothing is known.
"""

from dataclasses import replace
from datetime import date

from demo import codes, names
from demo.besturen import AD, FD, PERIODS, People, fill, holder, make_bestuur, places
from demo.dice import Dice
from demo.members import DISTRICT, Group, acting_head, small_council
from demo.model import Bestuur, Functionaris

_NOBODY = Group((), ())
# Since then the burgemeester of the first neighbour is a minister.
MINISTER_SINCE = date(2025, 10, 1)


def names_around(seed: int) -> tuple[list[str], str]:
    """The names of five places and a provincie that no other bestuur of this world has."""
    dice = Dice(seed, "buren")
    *taken, province = places(seed)
    heads = [head for head in names.PLACE_HEADS if not any(name.startswith(head) for name in taken)]
    found = [head + dice.pick(names.PLACE_TAILS) for head in dice.sample(heads, 5)]
    first = province.partition("-")[0]
    other = dice.pick([head for head in names.PROVINCE_HEADS if head != first])
    return found, f"{other}-{dice.pick(names.PROVINCE_TAILS)}"


def make(seed: int, with_sites: tuple[Bestuur, ...], people: People) -> tuple[Bestuur, ...]:
    """The neighbours of the besturen that have sites."""
    (first, second, third, fourth, quarter), province = names_around(seed)
    near = with_sites[3].werkingsgebied.iri
    provincie = make_bestuur(seed, codes.PROVINCIE, f"Provincie {province}", province)
    far = provincie.werkingsgebied.iri
    one, two, three, four = (
        make_bestuur(seed, codes.GEMEENTE, f"Gemeente {place}", place, around)
        for place, around in ((first, near), (second, near), (third, far), (fourth, far))
    )
    district = make_bestuur(seed, codes.DISTRICT, f"District {quarter}", quarter, three.werkingsgebied.iri)
    absent = acting_head(seed, small_council(seed, one, people.new), MINISTER_SINCE)
    return (
        fill(provincie, _NOBODY, ()),
        fill(one, absent, (_led(seed, one, AD, people), _led(seed, one, FD, people))),
        # The algemeen directeur left and nobody followed; a financieel directeur was never reported.
        fill(two, small_council(seed, two, people.new), (_led(seed, two, AD, people, date(2025, 5, 31)),)),
        fill(three, small_council(seed, three, people.new), _succession(seed, three, people)),
        fill(four, _NOBODY, ()),
        fill(district, small_council(seed, district, people.new, DISTRICT), ()),
    )


def _led(seed: int, bestuur: Bestuur, code: str, people: People, end: date | None = None) -> Functionaris:
    start = date(2019, 1 + Dice(seed, "sinds", bestuur.naam, code).below(12), 1)
    return holder(seed, bestuur, code, people, start, end)


def _succession(seed: int, bestuur: Bestuur, people: People) -> tuple[Functionaris, ...]:
    """A waarnemend algemeen directeur between two that were appointed; the financieel directeur stays."""
    begin, changed = PERIODS[0][0], date(2024, 3, 1)
    old = holder(seed, bestuur, AD, people, begin, date(2024, 2, 29))
    acting = holder(seed, bestuur, AD, people, changed, date(2024, 8, 31))
    new = holder(seed, bestuur, AD, people, date(2024, 9, 1))
    return old, replace(acting, status=codes.WAARNEMEND_FUNCTIONARIS), new, _led(seed, bestuur, FD, people)
