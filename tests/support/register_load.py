"""A register of any size, the same each time: mandatarissen with their persons, memberships, mandaten and fracties.

Written as N-Triples in the order in which a producer's store would give it (by mandataris, not by subject). Every
person has an identifier that may not be public, so the gate has work to do.
"""

import json
import uuid
from collections.abc import Iterator
from itertools import islice

from belfort.vocab import ADMS, DATA, DCT, FOAF, LMB, MANDAAT, MU, ORG, PERSON, PERSOON, RDF, REGORG, SKOS, XSD

_STATUS = "http://data.vlaanderen.be/id/concept/MandatarisStatusCode/21063a5b-912c-4241-841c-cc7fb3c73e75"
_ROLE = "http://data.vlaanderen.be/id/concept/BestuursfunctieCode/5ab0e9b8a3b2ca7c5e000011"
_RATIFIED = "http://data.lblod.info/id/concept/MandatarisPublicationStatusCode/9d8fd14d-95d0-4f5e-b3a5-a56a126227b6"
_GROUP = 40


def lines(count: int) -> Iterator[str]:
    """That many N-Triples lines."""
    return islice(_all(), count)


def _all() -> Iterator[str]:
    number = 0
    while True:
        if number % _GROUP == 0:
            yield from _group(number // _GROUP)
        yield from _member(number)
        number += 1


def iri(kind: str, number: int) -> str:
    """The IRI of the thing of that kind and number."""
    return f"{DATA[kind]}/{uuid.uuid5(uuid.NAMESPACE_OID, f'{kind}{number}')}"


def _group(number: int) -> Iterator[str]:
    mandaat, fractie = iri("mandaten", number), iri("fracties", number)
    yield _link(mandaat, RDF.type, MANDAAT.Mandaat)
    yield _link(mandaat, ORG.role, _ROLE)
    yield _text(mandaat, MANDAAT.aantalHouders, str(_GROUP), XSD.integer)
    yield _link(fractie, RDF.type, MANDAAT.Fractie)
    yield _text(fractie, REGORG.legalName, f"Lijst {number}")


def _member(number: int) -> Iterator[str]:
    mandataris, person, seat = (iri(kind, number) for kind in ("mandatarissen", "personen", "lidmaatschappen"))
    day = f"{2019 + number % 7}-0{1 + number % 9}-{10 + number % 19}T00:00:00Z"
    yield _link(mandataris, RDF.type, MANDAAT.Mandataris)
    yield _text(mandataris, MU.uuid, mandataris.rsplit("/", 1)[1])
    yield _text(mandataris, MANDAAT.start, day, XSD.dateTime)
    yield _link(mandataris, MANDAAT.status, _STATUS)
    yield _link(mandataris, LMB.hasPublicationStatus, _RATIFIED)
    yield _text(mandataris, MANDAAT.rangorde, f"{number % _GROUP + 1}e raadslid")
    yield _text(mandataris, DCT.modified, day, XSD.dateTime)
    yield _link(mandataris, MANDAAT.isBestuurlijkeAliasVan, person)
    yield _link(mandataris, ORG.holds, iri("mandaten", number // _GROUP))
    yield _link(mandataris, ORG.hasMembership, seat)
    yield _link(person, RDF.type, PERSON.Person)
    yield _text(person, MU.uuid, person.rsplit("/", 1)[1])
    yield _text(person, FOAF.familyName, f"Peeters-Ëxtra {number}")
    yield _text(person, PERSOON.gebruikteVoornaam, f"Noor {number}")
    yield _link(person, ADMS.identifier, iri("identificatoren", number))
    yield _text(iri("identificatoren", number), SKOS.notation, f"privé {number}")
    yield _link(seat, RDF.type, ORG.Membership)
    yield _text(seat, MU.uuid, seat.rsplit("/", 1)[1])
    yield _link(seat, ORG.organisation, iri("fracties", number // _GROUP))


def _link(subject: str, predicate: str, target: str) -> str:
    return f"<{subject}> <{predicate}> <{target}> ."


def _text(subject: str, predicate: str, text: str, datatype: str = "") -> str:
    return f'<{subject}> <{predicate}> "{text}"' + (f"^^<{datatype}> ." if datatype else " .")


def news(first: int, count: int) -> bytes:
    """A delta file in which that many persons get another family name, from the first on."""
    change: dict[str, list[dict[str, dict[str, str]]]] = {"deletes": [], "inserts": []}
    for number in range(first, first + count):
        for side, text in (("deletes", f"Peeters-Ëxtra {number}"), ("inserts", f"Janssens {number}")):
            change[side].append(
                {
                    "subject": {"type": "uri", "value": iri("personen", number)},
                    "predicate": {"type": "uri", "value": FOAF.familyName},
                    "object": {"type": "literal", "value": text},
                }
            )
    return json.dumps([change], ensure_ascii=False).encode()
