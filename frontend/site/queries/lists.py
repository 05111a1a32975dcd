"""Lists: the besturen, the newest besluiten, what there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity, entity
from belfort.vocab import BESLUIT, DCT, ELI, EXT, GEO, LEIDINGGEVENDEN, MANDAAT, PERSON, PROV, RDFS
from frontend.site import labels
from frontend.site.queries.besluit import start_of
from frontend.site.queries.linking import Link, concept_labels, link, path_of
from frontend.site.queries.organen import CLASSIFICATION, Orgaan, organs
from frontend.site.queries.tenures import bestuur_name
from shapes import codes


@dataclass(frozen=True)
class BesluitRow:
    """A besluit in a list."""

    besluit: Link
    date: str
    orgaan: Orgaan | None
    source: str


@dataclass(frozen=True)
class BestuurRow:
    """A bestuur in a list: `type_iri` is the code of its type, `ended` the day from which it no longer exists."""

    iri: str
    bestuur: Link
    type_iri: str
    kind: str
    area: str
    provincie: str
    ended: date | None

    def exists(self, on: date) -> bool:
        """Whether it had not been merged yet on that day."""
        return self.ended is None or on < self.ended


@dataclass(frozen=True)
class Count:
    """How many public entities of a class there are."""

    label: str
    singular: str
    count: int


def bestuur_names(connection: sa.Connection) -> dict[str, str]:
    """uuid → name of every bestuur."""
    rows = connection.execute(
        sa.select(entity.c.uuid, entity.c.label).where(entity.c.class_iri == BESLUIT.Bestuurseenheid)
    )
    return {row.uuid: row.label or row.uuid for row in rows}


def besturen(connection: sa.Connection) -> list[BestuurRow]:
    """Every bestuur, by name; four queries."""
    found = [
        Entity(*row)
        for row in connection.execute(sa.select(entity).where(entity.c.class_iri == BESLUIT.Bestuurseenheid))
    ]
    types = {one.iri: next((codes.current(iri) for iri in one.values(*CLASSIFICATION)), "") for one in found}
    words = concept_labels(connection, filter(None, types.values()))
    areas = {one.iri: one.value(BESLUIT.werkingsgebied) for one in found}
    known = entities.get_many(connection, filter(None, areas.values()))
    upper = entities.get_many(connection, [iri for one in known.values() for iri in one.values(GEO.sfWithin)])
    provincies = {iri: provincie(iri, known, upper) for iri in set(areas.values())}
    rows = [
        BestuurRow(
            one.iri, Link(bestuur_name(one), path_of(one)), types[one.iri], words.get(types[one.iri], "Bestuur"),
            areas[one.iri], provincies[areas[one.iri]], _ended(areas[one.iri]),
        )
        for one in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.bestuur.label.casefold(), row.kind))


def provincie(area: str, known: Mapping[str, Entity], upper: Mapping[str, Entity]) -> str:
    """The name of the provincie around an area: as the area says, else as the list of areas says; or ""."""
    listed = codes.areas()
    within = known[area].values(GEO.sfWithin) if area in known else []
    niveau = known[area].value(EXT.werkingsgebiedNiveau) if area in known else ""
    if niveau == "Provincie":
        return known[area].value(RDFS.label)
    for up in within:
        if up in upper:
            return upper[up].value(RDFS.label)
    up = next(iter(within), listed[area].within if area in listed else "")
    while up in listed and listed[up].niveau != "Provincie":
        up = listed[up].within
    return listed[up].label if up in listed else ""


def _ended(area: str) -> date | None:
    listed = codes.areas().get(area)
    return date.fromisoformat(listed.ended) if listed and listed.ended else None


def newest_besluiten(connection: sa.Connection, limit: int) -> list[BesluitRow]:
    """The besluiten with the newest dates; of equal dates, those that Belfort saw last."""
    rows = connection.execute(
        sa.select(entity)
        .where(entity.c.class_iri == BESLUIT.Besluit)
        .order_by(entity.c.date.desc(), entity.c.revision.desc(), entity.c.iri)
        .limit(limit)
    )
    return besluit_rows(connection, [Entity(*row) for row in rows])


def besluit_rows(connection: sa.Connection, found: list[Entity]) -> list[BesluitRow]:
    """Title, date and organ of each besluit, in about nine queries; the zitting lends its date and organ."""
    iris = [one.iri for one in found]
    taken: dict[str, str] = {obj: subject for subject, _, obj in entities.subjects_of(connection, iris, PROV.generated)}
    taken |= {one.iri: one.value(PROV.wasGeneratedBy) for one in found if one.value(PROV.wasGeneratedBy)}
    handled = entities.get_many(connection, taken.values())
    punt_of = {iri: handled[by].value(DCT.subject) for iri, by in taken.items() if by in handled}
    on_agenda = {
        obj: subject for subject, _, obj in entities.subjects_of(connection, punt_of.values(), BESLUIT.behandelt)
    }  # fmt: skip
    zittingen = entities.get_many(connection, on_agenda.values())
    organ_of = {}
    for one in found:
        zitting = zittingen.get(on_agenda.get(punt_of.get(one.iri, ""), ""))
        organ_of[one.iri] = (zitting.value(BESLUIT.isGehoudenDoor) if zitting else "") or one.value(ELI.passed_by)
    known = organs(connection, organ_of.values())
    rows = []
    for one in found:
        zitting = zittingen.get(on_agenda.get(punt_of.get(one.iri, ""), ""))
        when = one.date or (start_of(zitting) if zitting else "")
        orgaan = known.get(organ_of[one.iri])
        # A page whose organ no register knows still tells by its address whose it is.
        source = "" if orgaan and orgaan.bestuur else one.value(PROV.wasDerivedFrom)
        rows.append(BesluitRow(link(one), when, orgaan, source))
    return rows


COUNTED: dict[str, str] = {
    BESLUIT.Besluit: "besluiten",
    BESLUIT.Zitting: "zittingen",
    BESLUIT.Agendapunt: "agendapunten",
    BESLUIT.Bestuurseenheid: "besturen",
    MANDAAT.Mandataris: "mandatarissen",
    LEIDINGGEVENDEN.Functionaris: "leidinggevenden",
    PERSON.Person: "personen",
}


def counts(connection: sa.Connection) -> list[Count]:
    """How many there are of what people look for."""
    rows = connection.execute(
        sa.select(entity.c.class_iri, sa.func.count())
        .where(entity.c.class_iri.in_(COUNTED))
        .group_by(entity.c.class_iri)
    )
    found = {row[0]: int(row[1]) for row in rows}
    return [Count(label, labels.class_label(iri).lower(), found[iri]) for iri, label in COUNTED.items() if iri in found]
