"""One function across all besturen on a day: who holds it where, and where nobody does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import MANDAAT, ORG
from frontend.site import dates, labels
from frontend.site.queries.contact import Contact, contacts
from frontend.site.queries.linking import Link
from frontend.site.queries.lists import BestuurRow
from frontend.site.queries.members import order
from frontend.site.queries.tenures import Place, Tenure, holders, places, tenures
from frontend.site.texts import slug
from shapes import codes
from shapes.rules import expected
from shapes.rules.history import Version

FUNCTIE = "BestuursfunctieCode"


@dataclass(frozen=True)
class Functie:
    """A function as people know it: several codes may share its label."""

    slug: str
    label: str
    roles: tuple[str, ...]
    leading: bool
    public: bool


@dataclass(frozen=True)
class FunctieRow:
    """Somebody in the function, or (`tenure` is None) a bestuur where nobody is."""

    bestuur: BestuurRow
    state: str
    tenure: Tenure | None
    since: date | None
    contact: Contact | None


def functies() -> dict[str, Functie]:
    """Slug → function, heads first; those of leading officials after the mandates."""
    grouped: dict[str, list[codes.Concept]] = {}
    for one in codes.concepts(FUNCTIE).values():
        grouped.setdefault(one.label, []).append(one)
    leading = set(codes.leading_functions())
    found = [
        Functie(
            slug(label), label, tuple(one.iri for one in same), any(one.iri in leading for one in same),
            any(one.public for one in same),
        )
        for label, same in grouped.items()
    ]  # fmt: skip
    found.sort(key=lambda one: (not one.public, not one.leading, labels.functie_place(one.label), one.label))
    return {one.slug: one for one in found}


def functie_rows(
    connection: sa.Connection, functie: Functie, besturen: Mapping[str, BestuurRow], on: date
) -> list[FunctieRow]:
    """Everyone in the function on that day, by bestuur, with the besturen that miss it; about a dozen queries."""
    posts = [subject for subject, _, _ in entities.subjects_of(connection, functie.roles, ORG.role)]
    where = places(connection, posts)
    ever = holders(connection, posts)
    active = {iri: one for iri, one in ever.items() if _active(one, on)}
    known = tenures(connection, active)
    reach = contacts(connection, entities.get_many(connection, posts).values()) if functie.leading else {}
    rows = []
    filled: set[str] = set()
    for one in sorted(known, key=order):
        bestuur = besturen.get(one.place.bestuur_iri) if one.place else None
        if bestuur:
            filled.add(bestuur.iri)
            first = expected.clip(one.first) if functie.leading else one.first
            state = "waarnemend" if one.status == "Waarnemend" else "vervuld"
            rows.append(FunctieRow(bestuur, state, one, first, reach.get(one.post)))
    rows += _missing(functie, besturen, filled, _versions(ever.values(), where), on)
    return sorted(rows, key=lambda row: (row.bestuur.bestuur.label.casefold(), row.bestuur.iri))


def _active(one: Entity, on: date) -> bool:
    return dates.is_active(one.value(MANDAAT.start), one.value(MANDAAT.einde), on)


def _versions(ever: Iterable[Entity], where: Mapping[str, tuple[Place, ...]]) -> dict[str, list[Version]]:
    """Bestuur → everyone who ever held the function there."""
    found: dict[str, list[Version]] = {}
    for one in ever:
        first, last = dates.as_day(one.value(MANDAAT.start)), dates.as_day(one.value(MANDAAT.einde))
        version = Version(one.iri, one.iri, "", first, last, {"status": one.value(MANDAAT.status)})
        for bestuur in {place.bestuur_iri for post in one.values(ORG.holds) for place in where.get(post, ())}:
            found.setdefault(bestuur, []).append(version)
    return found


def _missing(
    functie: Functie,
    besturen: Mapping[str, BestuurRow],
    filled: set[str],
    versions: Mapping[str, list[Version]],
    on: date,
) -> Iterable[FunctieRow]:
    types = {kind for role in functie.roles for kind in expected.must_appear(role)}
    for bestuur in besturen.values():
        if bestuur.type_iri in types and bestuur.iri not in filled and bestuur.exists(on):
            mine = versions.get(bestuur.iri, [])
            yield FunctieRow(bestuur, expected.state(mine, on), None, expected.vacant_since(mine, on), None)


COLUMNS = (
    "functie", "bestuur", "bestuurstype", "provincie", "toestand", "naam", "fractie", "rangorde", "bevoegdheden",
    "status", "start", "einde", "orgaan", "email", "telefoon", "persoon_iri", "mandataris_iri", "bestuur_iri",
)  # fmt: skip


def cells(label: str, row: FunctieRow) -> tuple[str, ...]:
    """A row of the list as text."""
    one, contact = row.tenure, row.contact
    orgaan: Link | None = one.place.orgaan if one and one.place else None
    return (
        label, row.bestuur.bestuur.label, row.bestuur.kind, row.bestuur.provincie, row.state,
        one.person.label if one else "", one.fractie.label if one and one.fractie else "", one.rangorde if one else "",
        " / ".join(one.domains) if one else "", one.status if one else "", iso(row.since) if one else "",
        iso(one.last) if one else "", orgaan.label if orgaan else "", contact.email if contact else "",
        contact.telephone if contact else "", one.person_iri if one else "", one.iri if one else "", row.bestuur.iri,
    )  # fmt: skip


def iso(day: date | None) -> str:
    """A day as data writes it."""
    return day.isoformat() if day else ""
