"""What belongs to a bestuur or a zitting: every public entity that is reached from it along the model.

One step follows the predicates of an entity (`FORWARD`) or the links that point at it (`BACKWARD`, by its class).
The steps never lead from what two besturen share (a person, an area, a code) to the other bestuur.
Source: publisher.md §2.2 and §2.3, harvester.md §3.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import (
    ADMS,
    BESLUIT,
    DCT,
    ELI,
    GENERIEK,
    GENERIEK_HTTP,
    LEIDINGGEVENDEN,
    LOCN,
    MANDAAT,
    ORG,
    PROV,
    SCHEMA,
)  # fmt: skip

IN_TIME = (MANDAAT.isTijdspecialisatieVan, GENERIEK.isTijdspecialisatieVan, GENERIEK_HTTP.isTijdspecialisatieVan)
POSTS = (ORG.hasPost, LEIDINGGEVENDEN.heeftBestuursfunctie)
FORWARD = (
    *POSTS, MANDAAT.isBestuurlijkeAliasVan, ORG.hasMembership, ORG.organisation, SCHEMA.contactPoint, LOCN.address,
    BESLUIT.werkingsgebied, BESLUIT.behandelt, BESLUIT.heeftStemming, PROV.generated, ELI.has_part, ELI.realizes,
    BESLUIT.heeftAgenda, BESLUIT.heeftBesluitenlijst, BESLUIT.heeftNotulen, BESLUIT.heeftUittreksel,
    ADMS.identifier, GENERIEK.gestructureerdeIdentificator,
)  # fmt: skip
BACKWARD: dict[str, tuple[str, ...]] = {
    BESLUIT.Bestuurseenheid: (BESLUIT.bestuurt, ORG.linkedTo),
    BESLUIT.Bestuursorgaan: (*IN_TIME, BESLUIT.isGehoudenDoor, ELI.passed_by, ORG.memberOf),
    MANDAAT.Mandaat: (ORG.holds,),
    LEIDINGGEVENDEN.Bestuursfunctie: (ORG.holds,),
    BESLUIT.Agendapunt: (DCT.subject,),
    BESLUIT.BehandelingVanAgendapunt: (PROV.wasGeneratedBy,),
    BESLUIT.Besluit: (ELI.realizes,),
}


def reach(connection: sa.Connection, start: Iterable[str], *, known: dict[str, int] | None = None) -> dict[str, int]:
    """IRI → revision of everything reached from these IRIs, those themselves included.

    What is in `known` is not followed again.
    """
    found: dict[str, int] = {}
    seen = set(known or ()) | set(start)
    frontier = list(dict.fromkeys(start))
    while frontier:
        batch, frontier = frontier[:400], frontier[400:]
        here = entities.get_many(connection, batch)
        found.update((iri, one.revision) for iri, one in here.items())
        for iri in _steps(connection, here.values()):
            if iri not in seen:
                seen.add(iri)
                frontier.append(iri)
    return found


def _steps(connection: sa.Connection, here: Iterable[Entity]) -> Iterable[str]:
    backward: dict[tuple[str, ...], list[str]] = {}
    for one in here:
        yield from (iri for iri in one.values(*FORWARD) if ":" in iri)
        if one.class_iri in BACKWARD:
            backward.setdefault(BACKWARD[one.class_iri], []).append(one.iri)
    for predicates, objects in backward.items():
        yield from (subject for subject, _, _ in entities.subjects_of(connection, objects, *predicates))
