"""Drawings of the site as numbers: what the templates write as SVG. Pure. A table beside each says the same.

Coordinates are in units of the viewBox, rounded so that the bytes are the same everywhere.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shapes.rules.days import holds

WIDTH = 640.0
LANE = 26.0
COLOURS = 8


@dataclass(frozen=True)
class Lane:
    """A bar on a line of time: from `x`, so wide, at height `y`; `now` says that today lies in it."""

    label: str
    x: float
    y: float
    width: float
    now: bool


@dataclass(frozen=True)
class Dot:
    """A seat: its centre, and the number of the fractie it belongs to."""

    x: float
    y: float
    colour: int


@dataclass(frozen=True)
class Step:
    """From a day on, so many; where the step is drawn."""

    day: date
    count: int
    x: float
    y: float


def lanes(
    rows: Iterable[tuple[str, date | None, date | None]], today: date
) -> tuple[list[Lane], list[tuple[int, float]], float]:
    """Bars for (label, first, last), one below the other, the x of the years and of today.

    What goes on without an end is drawn as far as today.
    """
    found = list(rows)
    starts = [first for _, first, _ in found if first]
    if not starts:
        return [], [], 0.0
    begin = date(min(starts).year, 1, 1)
    end = max([today, *starts, *(last for _, _, last in found if last and last.year < today.year + 6)])
    end = date(min(end.year, date.max.year - 1) + 1, 1, 1)
    scale = WIDTH / (end - begin).days
    made = []
    for place, (label, first, last) in enumerate(found):
        left = ((first or begin) - begin).days * scale
        right = (min(last, end) - begin).days * scale if last else max(left, (today - begin).days * scale)
        made.append(Lane(label, _round(left), place * LANE, _round(max(right - left, 3.0)), holds(first, last, today)))
    span = end.year - begin.year
    every = max(1, -(-span // 8))
    years = [(year, _round((date(year, 1, 1) - begin).days * scale)) for year in range(begin.year, end.year, every)]
    return made, years, _round((today - begin).days * scale)


def hemicycle(seats: Sequence[int]) -> list[Dot]:
    """Seats in half circles, fractie after fractie from left to right, in a box of 200 by 104."""
    total = sum(seats)
    if not total:
        return []
    rows = max(1, min(8, round(math.sqrt(total / 3))))
    radii = [94.0 - row * (60.0 / max(rows, 1)) for row in range(rows)]
    share = _shares(total, radii)
    places = []
    for radius, count in zip(radii, share, strict=True):
        for place in range(count):
            angle = math.pi * (1 - (place + 0.5) / count) if count > 1 else math.pi / 2
            places.append((angle, radius))
    places.sort(key=lambda at: (-at[0], at[1]))
    colours = [number for number, count in enumerate(seats) for _ in range(count)]
    return [
        Dot(_round(100 + radius * math.cos(angle)), _round(98 - radius * math.sin(angle)), colour % COLOURS)
        for (angle, radius), colour in zip(places, colours, strict=True)
    ]


def _shares(total: int, radii: Sequence[float]) -> list[int]:
    """So many seats for each half circle, by its length; together exactly all."""
    length = sum(radii)
    exact = [total * radius / length for radius in radii]
    share = [int(part) for part in exact]
    rest = sorted(range(len(radii)), key=lambda row: exact[row] - share[row], reverse=True)
    for row in rest[: total - sum(share)]:
        share[row] += 1
    return share


def steps(periods: Iterable[tuple[str, date | None, date | None]], today: date, height: float = 120.0) -> list[Step]:
    """How many distinct holders there were, from each day on which that changed: (holder, first, last) → steps."""
    found = [(holder, first or date.min, last) for holder, first, last in periods]
    days = {first for _, first, _ in found if first > date.min}
    days |= {date.fromordinal(last.toordinal() + 1) for _, _, last in found if last and last < today}
    counted: list[tuple[date, int]] = []
    for day in sorted(day for day in days if day <= today):
        count = len({who for who, first, last in found if first <= day and (last is None or day <= last)})
        if not counted or counted[-1][1] != count:
            counted.append((day, count))
    if not counted:
        return []
    begin, most = counted[0][0], max(count for _, count in counted) or 1
    span = max((today - begin).days, 1)
    return [
        Step(day, count, _round((day - begin).days / span * WIDTH), _round(height - count / most * height))
        for day, count in counted
    ]


def _round(value: float) -> float:
    return round(value, 2)
