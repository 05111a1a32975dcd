"""History of a post: versions become spells, and spells tell what changed between two days. Pure.

A mandataris is a version: a change of status, fractie or rangorde closes one and opens the next (publisher.md §2.3).
Who stays in the same post from one version to the next stays, also when a new bestuursperiode begins.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shapes.rules.days import holds, next_day

Kind = Literal["begin", "einde", "wijziging"]


@dataclass(frozen=True)
class Version:
    """Someone in a post for a while: `holder` and `post` say whose and which, `facts` what may differ by version."""

    iri: str
    holder: str
    post: str
    first: date | None
    last: date | None
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Spell:
    """The versions of one holder in one post without a day between them, oldest first."""

    versions: tuple[Version, ...]

    @property
    def first(self) -> date | None:
        """Since when; None when that is not known."""
        return self.versions[0].first

    @property
    def last(self) -> date | None:
        """Through which day; None while it goes on."""
        ends = [one.last for one in self.versions]
        return None if None in ends else max(end for end in ends if end)


@dataclass(frozen=True)
class Change:
    """What changed on a day: someone began, ended (`day` is the last one), or `what` differs (name → old and new)."""

    kind: Kind
    day: date
    version: Version
    what: tuple[tuple[str, str, str], ...] = ()


def spells(versions: Iterable[Version]) -> list[Spell]:
    """The spells of these versions, those that began first in front."""
    groups: dict[tuple[str, str], list[Version]] = {}
    for one in versions:
        groups.setdefault((one.holder, one.post), []).append(one)
    found = [spell for group in groups.values() for spell in _spells(group)]
    return sorted(found, key=lambda spell: (spell.first or date.min, spell.versions[0].iri))


def _spells(group: list[Version]) -> Iterable[Spell]:
    group.sort(key=lambda one: (one.first or date.min, one.last or date.max, one.iri))
    current: list[Version] = []
    until: date | None = date.min
    for one in group:
        if current and until is not None and one.first is not None and one.first > next_day(until):
            yield Spell(tuple(current))
            current, until = [], date.min
        current.append(one)
        until = None if until is None or one.last is None else max(until, one.last)
    yield Spell(tuple(current))


def at(versions: Iterable[Version], on: date) -> list[Version]:
    """The versions that count on that day."""
    return [one for one in versions if holds(one.first, one.last, on)]


def changes(found: Sequence[Spell], since: date, until: date) -> list[Change]:
    """What differs between the day `since` and the day `until`, newest first; what is to come is not told."""
    told: list[Change] = []
    for spell in found:
        if spell.first and since < spell.first <= until:
            told.append(Change("begin", spell.first, spell.versions[0]))
        if spell.last and since <= spell.last < until:
            told.append(Change("einde", spell.last, spell.versions[-1]))
        for before, after in zip(spell.versions, spell.versions[1:], strict=False):
            if after.first and since < after.first <= until:
                what = _differences(before, after)
                if what:
                    told.append(Change("wijziging", after.first, after, what))
    return sorted(told, key=lambda one: (one.day, one.version.iri, one.kind), reverse=True)


def _differences(before: Version, after: Version) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys((*before.facts, *after.facts))
    return tuple(
        (name, before.facts.get(name, ""), after.facts.get(name, ""))
        for name in names
        if before.facts.get(name, "") != after.facts.get(name, "")
    )
