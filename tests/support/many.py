"""A large made-up register: besturen with organs, mandatarissen, persons and fracties, from a seed; lines only."""

import random
from collections.abc import Iterator

from belfort import rdf
from belfort.vocab import (
    BESLUIT,
    CONCEPT,
    DATA,
    FOAF,
    GENERIEK,
    MANDAAT,
    MU,
    ORG,
    PERSON,
    PERSOON,
    RDF,
    REGORG,
    SKOS,
    XSD,
    mu_uuid,
)  # fmt: skip

_CODE = "5ab0e9b8a3b2ca7c5e0000"
_FIRST = ("Noor", "Jef", "An", "Zoë", "Piet", "Loes", "Björn", "Fatima", "D’Artagnan", 'Jo "de" \\ Bo')
_LAST = ("Peeters", "Janssens", "Maes", "Ünal", "D'hondt", "Van den Broeck", "Claes", "李")
_STATUS = CONCEPT["MandatarisStatusCode/21063a5b-912c-4241-841c-cc7fb3c73e75"]


def entities(mandatarissen: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """(IRI, lines) of a register with that many mandatarissen, some 4.3 entities each, in no particular order."""
    dice = random.Random(seed)
    for number in range(-(-mandatarissen // 50)):
        yield from _bestuur(number)
    for number in range(mandatarissen):
        yield from _mandataris(number, dice)


def lines(mandatarissen: int, seed: int = 1) -> list[str]:
    """All lines of such a register, sorted."""
    return sorted((line for _, text in entities(mandatarissen, seed) for line in text.split("\n")), key=str.encode)


def _say(iri: str, classes: tuple[str, ...], facts: list[tuple[str, str]]) -> tuple[str, str]:
    rows = [(RDF.type, rdf.iri(one)) for one in classes] + facts
    rows.append((MU.uuid, rdf.literal(mu_uuid(iri))))
    return iri, "\n".join(rdf.lines((rdf.iri(iri), rdf.iri(p), o) for p, o in rows))


def _bestuur(number: int) -> Iterator[tuple[str, str]]:
    unit, organ, period = (
        DATA[f"bestuurseenheden/{number}"], DATA[f"bestuursorganen/{number}"], DATA[f"bestuursorganen/{number}-2025"],
    )  # fmt: skip
    yield _say(unit, (BESLUIT.Bestuurseenheid,), [
        (SKOS.prefLabel, rdf.literal(f"Gemeente {number}")),
        (ORG.classification, rdf.iri(CONCEPT[f"BestuurseenheidClassificatieCode/{_CODE}01"])),
    ])  # fmt: skip
    yield _say(organ, (BESLUIT.Bestuursorgaan,), [
        (SKOS.prefLabel, rdf.literal(f"Gemeenteraad {number}")), (BESLUIT.bestuurt, rdf.iri(unit)),
        (BESLUIT.classificatie, rdf.iri(CONCEPT[f"BestuursorgaanClassificatieCode/{_CODE}05"])),
    ])  # fmt: skip
    mandaat = DATA[f"mandaten/{number}"]
    yield _say(period, (BESLUIT.Bestuursorgaan,), [
        (GENERIEK.isTijdspecialisatieVan, rdf.iri(organ)), (ORG.hasPost, rdf.iri(mandaat)),
        (MANDAAT.bindingStart, rdf.literal("2025-01-01", XSD.date)),
    ])  # fmt: skip
    yield _say(mandaat, (MANDAAT.Mandaat, ORG.Post), [
        (ORG.role, rdf.iri(CONCEPT[f"BestuursfunctieCode/{_CODE}11"])),
        (MANDAAT.aantalHouders, rdf.literal("50", XSD.integer)),
    ])  # fmt: skip
    for place in range(4):
        yield _say(DATA[f"fracties/{number}-{place}"], (MANDAAT.Fractie,), [
            (REGORG.legalName, rdf.literal(f"Lijst {place} é")), (ORG.memberOf, rdf.iri(period)),
            (ORG.linkedTo, rdf.iri(unit)),
        ])  # fmt: skip


def _mandataris(number: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    unit = number // 50
    iri, person, member = DATA[f"mandatarissen/{number}"], DATA[f"personen/{number}"], DATA[f"lidmaatschappen/{number}"]
    facts = [
        (MANDAAT.start, rdf.literal(f"202{dice.randint(0, 4)}-12-04T23:00:00Z", XSD.dateTime)),
        (MANDAAT.status, rdf.iri(_STATUS)), (ORG.holds, rdf.iri(DATA[f"mandaten/{unit}"])),
        (MANDAAT.isBestuurlijkeAliasVan, rdf.iri(person)),
    ]  # fmt: skip
    if dice.random() < 0.9:
        facts.append((ORG.hasMembership, rdf.iri(member)))
        fractie = DATA[f"fracties/{unit}-{dice.randrange(4)}"]
        yield _say(member, (ORG.Membership,), [(ORG.organisation, rdf.iri(fractie))])
    if dice.random() < 0.3:
        facts.append((MANDAAT.einde, rdf.literal("2022-12-31T22:59:59Z", XSD.dateTime)))
    if dice.random() < 0.4:
        facts.append((MANDAAT.rangorde, rdf.literal(f"{dice.randint(1, 40)}e raadslid")))
    facts += [
        (MANDAAT.beleidsdomein, rdf.iri(CONCEPT[f"BeleidsdomeinCode/{dice.randrange(90)}"]))
        for _ in range(dice.randrange(3))
    ]
    yield _say(iri, (MANDAAT.Mandataris,), facts)
    yield _say(person, (PERSON.Person,), [
        (PERSOON.gebruikteVoornaam, rdf.literal(dice.choice(_FIRST))),
        (FOAF.familyName, rdf.literal(dice.choice(_LAST))),
    ])  # fmt: skip
