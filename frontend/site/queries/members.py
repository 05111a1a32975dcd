"""The organs of a bestuur with their mandatarissen on a day, in rangorde, and the seats that nobody holds."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, MANDAAT, ORG
from frontend.site import labels
from frontend.site.queries.linking import Link
from frontend.site.queries.organen import IN_TIME
from frontend.site.queries.tenures import Place, Tenure, functie_label, place
from shapes import codes
from shapes.rules.days import holds

VERHINDERD = codes.code("MandatarisStatusCode", "c301248f-0199-45ca-b3e5-4c596731d5fe")
# Presiding a council is a second mandate of someone who sits in it.
_CHAIRS = frozenset(codes.code("BestuursfunctieCode", one) for one in ("12", "16", "1c", "27"))


@dataclass(frozen=True)
class Fraction:
    """How many seats a fractie has."""

    fractie: Link
    seats: int


@dataclass(frozen=True)
class Organ:
    """One organ on one day: its members in order, the seats left open (function → how many), seats per fractie."""

    orgaan: Link
    first: date | None
    last: date | None
    members: tuple[Tenure, ...]
    open: tuple[tuple[str, int], ...]
    fractions: tuple[Fraction, ...]


def organs_at(
    connection: sa.Connection,
    periods: Mapping[str, Entity],
    known: Iterable[Tenure],
    posts: Mapping[str, Entity],
    on: date,
) -> list[Organ]:
    """Every organ that has mandatarissen on that day; one whose members all sit in another of them is left out."""
    lasting = entities.get_many(connection, [up for one in periods.values() for up in one.values(*IN_TIME)])
    besturen = entities.get_many(connection, [iri for one in lasting.values() for iri in one.values(BESLUIT.bestuurt)])
    by_post: dict[str, list[Tenure]] = {}
    for one in known:
        by_post.setdefault(one.post, []).append(one)
    found = []
    for period in periods.values():
        where = place(period, lasting, besturen)
        mine = [posts[iri] for iri in period.values(ORG.hasPost) if iri in posts]
        sitting = [one for post in mine for one in by_post.get(post.iri, ()) if one.at(on)]
        if sitting and holds(where.first, where.last, on):
            found.append(({one.iri for one in sitting}, organ(where, mine, sitting)))
    kept = [made for mine, made in found if not any(mine < other for other, _ in found)]
    return sorted(kept, key=lambda made: (labels.organ_place(made.orgaan.label), made.orgaan.label))


def organ(where: Place, posts: Iterable[Entity], sitting: Iterable[Tenure]) -> Organ:
    """One organ: its members, what is open, and its fracties."""
    members = tuple(sorted(set(sitting), key=order))
    return Organ(where.orgaan, where.first, where.last, members, open_seats(posts, members), fractions(members))


def order(one: Tenure) -> tuple[int, int, bool, str]:
    """Heads first, then by rangorde; who is absent before who stands in, then by name."""
    return (
        labels.functie_place(one.functie),
        labels.rank(one.rangorde),
        one.status_iri != VERHINDERD,
        one.person.label.casefold(),
    )


def open_seats(posts: Iterable[Entity], members: Iterable[Tenure]) -> tuple[tuple[str, int], ...]:
    """Function → seats that nobody holds; someone who is absent holds no seat, whoever stands in does."""
    sitting: dict[str, set[str]] = {}
    for one in members:
        if one.status_iri != VERHINDERD:
            sitting.setdefault(one.post, set()).add(one.person_iri or one.iri)
    found = []
    for post in posts:
        text = post.value(MANDAAT.aantalHouders)
        missing = int(text) - len(sitting.get(post.iri, ())) if text.isdecimal() else 0
        if missing > 0:
            found.append((functie_label(post, codes.current(post.value(ORG.role))), missing))
    return tuple(sorted(found, key=lambda pair: labels.functie_place(pair[0])))


def fractions(members: Iterable[Tenure]) -> tuple[Fraction, ...]:
    """Seats per fractie, the largest first; a person counts once, an absent one not at all."""
    of_person: dict[str, Link] = {}
    for one in members:
        if one.fractie and one.status_iri != VERHINDERD and one.role not in _CHAIRS:
            of_person.setdefault(one.person_iri or one.iri, one.fractie)
    counted = Counter(of_person.values())
    return tuple(
        Fraction(one, seats) for one, seats in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0].label))
    )
