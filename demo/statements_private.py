"""Private statements: what producers must not say about persons, and sometimes do. Planted on purpose.

Every value here is a canary (see `canaries`): tests look for it in everything that Belfort lets out.
"""

from belfort.rdf import TYPE, Triple, iri, literal
from belfort.vocab import ADMS, PERSOON, PERSOON_HTTPS, SKOS, XSD, Namespace
from demo import statements
from demo.canaries import COUNTRY, HUMAN_SEX, draft, number_forms, secret
from demo.deltas import Change
from demo.dice import uuid_id
from demo.model import Persoon, World

_IDENTIFIER = "http://data.lblod.info/id/identificatoren/"
_BIRTH = "http://data.lblod.info/id/geboortes/"


def mandatarissen(world: World) -> list[Change]:
    """Of two persons everything private, in both spellings; a number in a note; a concept."""
    raad = [m for m in world.besturen[0].mandatarissen if m.mandaat.rol == "11"]
    first, second = raad[7].persoon, raad[8].persoon
    note = number_forms(secret(world.seed, "mandataris-nota").number)[0]
    text = literal(f"Eed afgelegd; rijksregisternummer {note} doorgegeven per mail.")
    return [
        Change(inserts=_private(world.seed, "mandataris-1", first, PERSOON)),
        Change(inserts=_private(world.seed, "mandataris-2", second, PERSOON_HTTPS)),
        Change(inserts=((iri(raad[9].iri), iri(SKOS.changeNote), text),)),
        Change(inserts=tuple(statements.mandataris(draft(world), closed=True))),
    ]


def leidinggevenden(world: World) -> list[Change]:
    """Of one person number and birth date; a number without points in a note."""
    someone = world.besturen[0].functionarissen[0]
    other = world.besturen[3].functionarissen[0]
    note = number_forms(secret(world.seed, "functionaris-nota").number)[2]
    text = literal(f"Dossier personeelsdienst {note}, nog te verwijderen.")
    return [
        Change(inserts=_private(world.seed, "functionaris-1", someone.persoon, PERSOON)),
        Change(inserts=((iri(other.iri), iri(SKOS.changeNote), text),)),
    ]


def _private(seed: int, place: str, person: Persoon, persoon: Namespace) -> tuple[Triple, ...]:
    """Number, birth and, where the place has them, sex and nationality; some nodes never get a type."""
    known = secret(seed, place)
    identifier, birth = _IDENTIFIER + uuid_id(seed, place), _BIRTH + uuid_id(seed, place)
    # The places 0, 5, 10 of an operation are written as typed-literal with xsd:string.
    found: list[Triple] = [
        (iri(identifier), iri(SKOS.notation), literal(known.number)),
        (iri(person.iri), iri(ADMS.identifier), iri(identifier)),
        (iri(person.iri), iri(persoon.heeftGeboorte), iri(birth)),
        (iri(birth), iri(persoon.datum), literal(known.born.isoformat(), XSD.date)),
    ]
    if place != "mandataris-1":
        found.append((iri(birth), TYPE, iri(persoon.Geboorte)))
        found.append((iri(identifier), TYPE, iri(ADMS.Identifier)))
    if known.country:
        found.append((iri(person.iri), iri(persoon.geslacht), iri(HUMAN_SEX + known.sex)))
        found.append((iri(person.iri), iri(persoon.heeftNationaliteit), iri(COUNTRY + known.country)))
    return tuple(found)
