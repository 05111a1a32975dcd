"""The page of a zitting: when, where, who, and what became of each agendapunt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, DCT, ELI, PROV
from frontend.site import dates
from frontend.site.queries.besluit import Stemming, distinct, start_of, stemming
from frontend.site.queries.linking import AGENDA_ORDER, Link, in_order, link, name
from frontend.site.queries.organen import Orgaan, organs
from frontend.site.queries.people import Attendance, people
from frontend.site.queries.proof import Proof, proofs

DOCUMENTS: dict[str, str] = {
    BESLUIT.heeftAgenda: "Agenda",
    BESLUIT.heeftBesluitenlijst: "Besluitenlijst",
    BESLUIT.heeftNotulen: "Notulen",
    BESLUIT.heeftUittreksel: "Uittreksel",
}


@dataclass(frozen=True)
class Punt:
    """One agendapunt and what became of it; `place` counts from 1."""

    place: int
    title: str
    href: str
    description: str
    public: str
    besluiten: tuple[Link, ...]
    stemmingen: tuple[Stemming, ...]


@dataclass(frozen=True)
class Document:
    """A document of the zitting: its kind, its page here, and the address it came from."""

    kind: str
    href: str
    source: str


@dataclass(frozen=True)
class ZittingPage:
    """Everything on the page of a zitting."""

    entity: Entity
    title: str
    planned: str
    started: str
    ended: str
    place: str
    orgaan: Orgaan | None
    punten: tuple[Punt, ...]
    voorzitters: Attendance
    secretarissen: Attendance
    aanwezigen: Attendance
    documents: tuple[Document, ...]
    proofs: tuple[Proof, ...]


def zitting_page(connection: sa.Connection, zitting: Entity) -> ZittingPage:
    """Read the page of a zitting in about fifteen queries."""
    known = organs(connection, zitting.values(BESLUIT.isGehoudenDoor))
    orgaan = next(iter(known.values()), None)
    present = zitting.values(BESLUIT.heeftAanwezigeBijStart, BESLUIT.heeftAanwezige)
    chair, clerk = zitting.values(BESLUIT.heeftVoorzitter), zitting.values(BESLUIT.heeftSecretaris)
    named = people(connection, [*present, *chair, *clerk])
    linked = entities.get_many(connection, zitting.values(*DOCUMENTS, PROV.atLocation))
    places = [name(linked[text]) if text in linked else text for text in zitting.values(PROV.atLocation)]
    return ZittingPage(
        entity=zitting,
        title=zitting_title(zitting, orgaan),
        planned=zitting.value(BESLUIT.geplandeStart),
        started=zitting.value(PROV.startedAtTime),
        ended=zitting.value(PROV.endedAtTime),
        place=next((text for text in places if not text.startswith("http")), ""),
        orgaan=orgaan,
        punten=tuple(_punten(connection, zitting)),
        voorzitters=Attendance.of(chair, named),
        secretarissen=Attendance.of(clerk, named),
        aanwezigen=Attendance.of(present, named),
        documents=tuple(_documents(zitting, linked)),
        proofs=tuple(proofs(connection, [zitting.iri])),
    )


def zitting_title(zitting: Entity, orgaan: Orgaan | None) -> str:
    """`Zitting gemeenteraad`, or what the page calls it."""
    given = zitting.value(DCT.title).strip()
    if given:
        return given
    return f"Zitting {orgaan.orgaan.label[0].lower()}{orgaan.orgaan.label[1:]}" if orgaan else "Zitting"


def _punten(connection: sa.Connection, zitting: Entity) -> Iterable[Punt]:
    punten = entities.get_many(connection, zitting.values(BESLUIT.behandelt))
    handles = entities.subjects_of(connection, punten, DCT.subject)
    handled = entities.get_many(connection, [subject for subject, _, _ in handles])
    taken = {iri: one.values(PROV.generated) for iri, one in handled.items()}
    for subject, _, obj in entities.subjects_of(connection, handled, PROV.wasGeneratedBy):
        if subject not in taken[obj]:
            taken[obj].append(subject)
    votes = {iri: one.values(BESLUIT.heeftStemming) for iri, one in handled.items()}
    near = entities.get_many(connection, [iri for many in (*taken.values(), *votes.values()) for iri in many])
    by_punt: dict[str, list[str]] = {}
    for subject, _, obj in handles:
        by_punt.setdefault(obj, []).append(subject)
    for place, punt in enumerate(_ordered(punten, handled, by_punt), 1):
        treatments = by_punt.get(punt.iri, [])
        yield Punt(
            place,
            name(punt),
            link(punt).href,
            punt.value(DCT.description),
            next((handled[iri].value(BESLUIT.openbaar) for iri in treatments), punt.value(BESLUIT.geplandOpenbaar)),
            tuple(link(near[iri]) for one in treatments for iri in taken[one] if iri in near),
            distinct(stemming(near[iri]) for one in treatments for iri in votes[one] if iri in near),
        )


def _ordered(
    punten: Mapping[str, Entity], handled: Mapping[str, Entity], by_punt: Mapping[str, list[str]]
) -> list[Entity]:
    """The agendapunten in the order of the agenda; without that, in the order in which they were handled."""
    if any(punt.values(BESLUIT.aangebrachtNa) for punt in punten.values()):
        return in_order(punten.values(), *AGENDA_ORDER)
    places = {one.iri: place for place, one in enumerate(in_order(handled.values(), BESLUIT.gebeurtNa))}
    return sorted(
        punten.values(),
        key=lambda punt: (min((places[iri] for iri in by_punt.get(punt.iri, [])), default=len(places)), punt.iri),
    )


def _documents(zitting: Entity, linked: Mapping[str, Entity]) -> Iterable[Document]:
    seen = set()
    for predicate, kind in DOCUMENTS.items():
        for iri in zitting.values(predicate):
            one = linked.get(iri)
            source = one.value(PROV.wasDerivedFrom) if one else iri
            if (kind, source) in seen:
                continue
            seen.add((kind, source))
            published = one.value(ELI.date_publication) if one else ""
            yield Document(
                f"{kind} van {dates.day(published)}" if published else kind, link(one).href if one else "", source
            )


def zitting_rows(connection: sa.Connection, found: list[Entity]) -> list[tuple[Link, str, Orgaan | None]]:
    """Link, start and organ of each zitting, for lists."""
    known = organs(connection, [iri for one in found for iri in one.values(BESLUIT.isGehoudenDoor)])
    rows = []
    for one in found:
        orgaan = next((known[iri] for iri in one.values(BESLUIT.isGehoudenDoor) if iri in known), None)
        rows.append((Link(zitting_title(one, orgaan), link(one).href), start_of(one), orgaan))
    return rows
