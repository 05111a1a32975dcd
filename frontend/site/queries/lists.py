"""Lists: the besturen, the newest besluiten, what there is."""

from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity, entity
from belfort.vocab import BESLUIT, DCT, ELI, LEIDINGGEVENDEN, MANDAAT, PERSON, PROV
from frontend.site import labels
from frontend.site.queries.besluit import start_of
from frontend.site.queries.linking import Link, concept_labels, link, name, path_of
from frontend.site.queries.organen import CLASSIFICATION, Orgaan, organs


@dataclass(frozen=True)
class BesluitRow:
    """A besluit in a list."""

    besluit: Link
    date: str
    orgaan: Orgaan | None
    source: str


@dataclass(frozen=True)
class BestuurRow:
    """A bestuur in a list."""

    bestuur: Link
    kind: str


@dataclass(frozen=True)
class Count:
    """How many public entities of a class there are."""

    label: str
    singular: str
    count: int


def besturen(connection: sa.Connection) -> list[BestuurRow]:
    """Every bestuur, by name."""
    found = [
        Entity(*row)
        for row in connection.execute(sa.select(entity).where(entity.c.class_iri == BESLUIT.Bestuurseenheid))
    ]
    codes = {one.iri: next(iter(one.values(*CLASSIFICATION)), "") for one in found}
    words = concept_labels(connection, filter(None, codes.values()))
    rows = [BestuurRow(Link(name(one), path_of(one)), words.get(codes[one.iri], "Bestuur")) for one in found]
    return sorted(rows, key=lambda row: (row.bestuur.label.casefold(), row.kind))


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
