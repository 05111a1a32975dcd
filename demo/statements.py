"""Statements: what the registers say about the demo world, as triples and as later changes."""

from collections.abc import Iterator
from datetime import date, timedelta

from belfort.rdf import TYPE, Triple, iri, literal
from belfort.vocab import (
    ADMS,
    ADRES,
    BESLUIT,
    CONCEPT,
    EXT,
    FOAF,
    GENERIEK,
    GEO,
    LEIDINGGEVENDEN,
    LMB,
    LOCN,
    MANDAAT,
    MU,
    ORG,
    PERSON,
    PERSOON,
    PROV,
    RDFS,
    REGORG,
    SCHEMA,
    SKOS,
    XSD,
)
from demo import codes
from demo.deltas import Change
from demo.dice import uuid_id
from demo.model import Bestuur, Contactpunt, Fractie, Functionaris, Mandataris, Orgaan, Periode, Persoon, World
from demo.moments import day_end, day_start

# The registers are given as they were on this day; what happened later comes as changes.
EARLY = date(2026, 1, 1)
_SCHEME = "http://data.vlaanderen.be/id/conceptscheme/"


def node(subject: str, kind: str, *pairs: tuple[str, str]) -> Iterator[Triple]:
    """The type, the mu:uuid and the properties of a subject; an empty object is left out."""
    yield iri(subject), TYPE, iri(kind)
    yield iri(subject), iri(MU.uuid), literal(subject.rsplit("/", 1)[1])
    for predicate, value in pairs:
        if value:
            yield iri(subject), iri(predicate), value


def moment_literal(text: str) -> str:
    """A dateTime."""
    return literal(text, XSD.dateTime)


def person(one: Persoon) -> Iterator[Triple]:
    """A person, by name only."""
    yield from node(
        one.iri, PERSON.Person,
        (PERSOON.gebruikteVoornaam, literal(one.voornaam)),
        (FOAF.familyName, literal(one.familienaam)),
        (FOAF.name, literal(one.roepnaam) if one.roepnaam else ""),
    )  # fmt: skip


def organisations(world: World) -> Iterator[Triple]:
    """Besturen, werkingsgebieden, organen, mandaten, bestuursfuncties and the code lists they use."""
    for bestuur in world.besturen:
        yield from _bestuur(world.seed, bestuur)
        for orgaan in bestuur.organen:
            yield from _orgaan(orgaan)
    yield from _concepts()


def _bestuur(seed: int, bestuur: Bestuur) -> Iterator[Triple]:
    area = bestuur.werkingsgebied
    numbers = [
        (f"http://data.lblod.info/id/identificatoren/{uuid_id(seed, name, bestuur.iri)}", name, number)
        for name, number in (("KBO nummer", bestuur.kbo), ("OVO-nummer", bestuur.ovo))
    ]
    yield from node(
        bestuur.iri, BESLUIT.Bestuurseenheid,
        (SKOS.prefLabel, literal(bestuur.naam)),
        (ORG.classification, iri(codes.unit(bestuur.code))),
        (BESLUIT.classificatie, iri(codes.unit(bestuur.code))),
        (BESLUIT.werkingsgebied, iri(area.iri)),
        (SCHEMA.contactPoint, iri(bestuur.contact.iri)),
        *((ADMS.identifier, iri(number[0])) for number in numbers),
    )  # fmt: skip
    yield from node(
        area.iri, PROV.Location, (RDFS.label, literal(area.label)), (EXT.werkingsgebiedNiveau, literal(area.niveau)),
        (GEO.sfWithin, iri(area.binnen) if area.binnen else ""),
    )  # fmt: skip
    for subject, name, number in numbers:
        structured = subject.replace("identificatoren", "gestructureerdeIdentificatoren")
        yield from node(
            subject,
            ADMS.Identifier,
            (SKOS.notation, literal(name)),
            (GENERIEK.gestructureerdeIdentificator, iri(structured)),
        )
        yield from node(
            structured, GENERIEK.GestructureerdeIdentificator, (GENERIEK.lokaleIdentificator, literal(number))
        )
    yield from contact(bestuur.contact)


def contact(one: Contactpunt) -> Iterator[Triple]:
    """A contactpunt and its address."""
    yield from node(
        one.iri, SCHEMA.ContactPoint,
        (SCHEMA.email, literal(one.email)), (SCHEMA.telephone, literal(one.telefoon)), (SCHEMA.url, literal(one.url)),
        (LOCN.address, iri(one.adres.iri)),
    )  # fmt: skip
    at = one.adres
    yield from node(
        at.iri, LOCN.Address,
        (LOCN.fullAddress, literal(f"{at.straat} {at.nummer}, {at.postcode} {at.gemeente}")),
        (LOCN.thoroughfare, literal(at.straat)),
        (ADRES["Adresvoorstelling.huisnummer"], literal(at.nummer)),
        (LOCN.postCode, literal(at.postcode)),
        (ADRES.gemeentenaam, literal(at.gemeente, language="nl")),
        (ADRES.land, literal("België", language="nl")),
    )  # fmt: skip


def _orgaan(orgaan: Orgaan) -> Iterator[Triple]:
    yield from node(
        orgaan.iri, BESLUIT.Bestuursorgaan,
        (SKOS.prefLabel, literal(orgaan.label)),
        (ORG.classification, iri(codes.organ(orgaan.code))),
        (BESLUIT.classificatie, iri(codes.organ(orgaan.code))),
        (BESLUIT.bestuurt, iri(orgaan.bestuur)),
    )  # fmt: skip
    for period in orgaan.perioden:
        yield from _periode(orgaan, period)


def _periode(orgaan: Orgaan, period: Periode) -> Iterator[Triple]:
    # Zone-less, as the registers write the bounds of organs.
    start = f"{period.start.isoformat()}T00:00:00"
    end = f"{period.einde.isoformat()}T23:59:59" if period.einde else ""
    yield from node(
        period.iri, BESLUIT.Bestuursorgaan,
        (MANDAAT.isTijdspecialisatieVan, iri(orgaan.iri)),
        (GENERIEK.isTijdspecialisatieVan, iri(orgaan.iri)),
        (MANDAAT.bindingStart, moment_literal(start)),
        (MANDAAT.bindingEinde, moment_literal(end) if end else ""),
        *((ORG.hasPost, iri(mandaat.iri)) for mandaat in period.mandaten),
        (LEIDINGGEVENDEN.heeftBestuursfunctie, iri(period.functie.iri) if period.functie else ""),
    )  # fmt: skip
    for mandaat in period.mandaten:
        yield from node(
            mandaat.iri, MANDAAT.Mandaat,
            (ORG.role, iri(codes.role(mandaat.rol))),
            (MANDAAT.aantalHouders, literal(str(mandaat.aantal), XSD.integer)),
        )  # fmt: skip
        yield iri(mandaat.iri), TYPE, iri(ORG.Post)
    if period.functie:
        functie = period.functie
        yield from node(
            functie.iri,
            LEIDINGGEVENDEN.Bestuursfunctie,
            (SKOS.prefLabel, literal(functie.label)),
            (ORG.role, iri(codes.role(functie.rol))),
        )


def _concepts() -> Iterator[Triple]:
    lists = (
        ("BestuurseenheidClassificatieCode", {codes.unit(code): label for code, label in codes.UNITS.items()}),
        ("BestuursorgaanClassificatieCode", {codes.organ(code): label for code, label in codes.ORGANS.items()}),
        ("BestuursfunctieCode", {codes.role(code): label for code, label in codes.ROLES.items()}),
    )
    for scheme, labels in lists:
        for concept, label in labels.items():
            yield from node(
                concept, SKOS.Concept, (SKOS.prefLabel, literal(label)), (SKOS.inScheme, iri(_SCHEME + scheme))
            )
    for concept, label in codes.STATUSES.items():
        scheme = concept.removeprefix(str(CONCEPT)).partition("/")[0]
        yield from node(concept, SKOS.Concept, (SKOS.prefLabel, literal(label)), (SKOS.inScheme, iri(_SCHEME + scheme)))


def mandatarissen(world: World) -> tuple[list[Triple], list[Change]]:
    """Mandatarissen with their persons, fracties, memberships and beleidsdomeinen; and what changed in 2026."""
    found: list[Triple] = []
    changes: list[Change] = []
    for bestuur in world.besturen:
        for fractie in bestuur.fracties:
            found += _fractie(fractie, bestuur)
        later = [one for one in bestuur.mandatarissen if one.start >= EARLY]
        for one in bestuur.mandatarissen:
            if one not in later:
                found += mandataris(one, closed=one.einde is None or one.einde < EARLY or one.einde.year > EARLY.year)
        ended = [one for one in bestuur.mandatarissen if one.einde and one.einde.year == EARLY.year]
        inserts = [t for one in later for t in mandataris(one, closed=True)]
        if later:
            ends = tuple((iri(one.iri), iri(MANDAAT.einde), end_literal(one.einde)) for one in ended if one.einde)
            # What was to last until the end of the term now ended earlier.
            planned = tuple((iri(one.iri), iri(MANDAAT.einde), end_literal(date(2030, 12, 31))) for one in ended)
            changes.append(Change(deletes=planned, inserts=(*ends, *inserts)))
    for concept, label in codes.DOMAINS.items():
        found += node(concept, EXT.BeleidsdomeinCode, (SKOS.prefLabel, literal(label, language="nl")))
    return found, changes


def end_literal(day: date) -> str:
    """The last moment of a day."""
    return moment_literal(day_end(day))


def _fractie(fractie: Fractie, bestuur: Bestuur) -> Iterator[Triple]:
    kind = codes.ONAFHANKELIJK if fractie.onafhankelijk else codes.SAMENWERKINGSVERBAND
    yield from node(
        fractie.iri, MANDAAT.Fractie,
        (REGORG.legalName, literal(fractie.naam)),
        *((ORG.memberOf, iri(organ)) for organ in fractie.organen),
        (ORG.linkedTo, iri(bestuur.iri)),
        (EXT.isFractietype, iri(kind)),
    )  # fmt: skip


def mandataris(one: Mandataris, *, closed: bool) -> Iterator[Triple]:
    """A mandataris with person and membership; not `closed` means that its end lies at the end of the term still."""
    end = (one.einde if closed else date(2030, 12, 31)) if one.einde else None
    yield from person(one.persoon)
    yield from node(
        one.iri, MANDAAT.Mandataris,
        (MANDAAT.isBestuurlijkeAliasVan, iri(one.persoon.iri)),
        (ORG.holds, iri(one.mandaat.iri)),
        (MANDAAT.start, moment_literal(day_start(one.start))),
        (MANDAAT.einde, end_literal(end) if end else ""),
        (MANDAAT.status, iri(one.status)),
        (MANDAAT.rangorde, literal(one.rangorde) if one.rangorde else ""),
        *((MANDAAT.beleidsdomein, iri(domain)) for domain in one.beleidsdomeinen),
        (MANDAAT.isTijdelijkVervangenDoor, iri(one.vervangen_door) if one.vervangen_door else ""),
        (ORG.hasMembership, iri(one.lidmaatschap) if one.fractie else ""),
        (LMB.hasPublicationStatus, iri(one.publicatie)),
    )  # fmt: skip
    if one.fractie:
        yield from node(one.lidmaatschap, ORG.Membership, (ORG.organisation, iri(one.fractie.iri)))


def leidinggevenden(world: World) -> tuple[list[Triple], list[Change]]:
    """Functionarissen with their persons and the contactpunten of their functions; and who followed whom in 2026."""
    found: list[Triple] = []
    changes: list[Change] = []
    for bestuur in world.besturen:
        for orgaan in bestuur.organen:
            for period in orgaan.perioden:
                if period.functie and period.functie.contact:
                    point = period.functie.contact
                    found.append((iri(period.functie.iri), iri(SCHEMA.contactPoint), iri(point.iri)))
                    found.append((iri(period.functie.iri), TYPE, iri(LEIDINGGEVENDEN.Bestuursfunctie)))
                    found += contact(point)
        later = [one for one in bestuur.functionarissen if one.start >= EARLY]
        ended = [one for one in bestuur.functionarissen if one.einde and one.einde >= EARLY]
        for one in bestuur.functionarissen:
            if one not in later:
                found += functionaris(one, closed=one not in ended)
        if later or ended:
            changes += _handover(ended, later)
    return found, changes


def _handover(ended: list[Functionaris], later: list[Functionaris]) -> list[Change]:
    """Who left and who came; the end was first reported a day early, and is corrected afterwards."""

    def ends(days: int) -> tuple[Triple, ...]:
        return tuple(
            (iri(one.iri), iri(MANDAAT.einde), end_literal(one.einde - timedelta(days=days)))
            for one in ended
            if one.einde
        )

    arrivals = tuple(t for one in later for t in functionaris(one, closed=True))
    return [Change(inserts=(*ends(1), *arrivals)), Change(deletes=ends(1), inserts=ends(0))]


def functionaris(one: Functionaris, *, closed: bool) -> Iterator[Triple]:
    """A functionaris and the person; not `closed` means that there is no end yet."""
    yield from person(one.persoon)
    yield from node(
        one.iri, LEIDINGGEVENDEN.Functionaris,
        (MANDAAT.isBestuurlijkeAliasVan, iri(one.persoon.iri)),
        (ORG.holds, iri(one.functie.iri)),
        (MANDAAT.start, moment_literal(day_start(one.start))),
        (MANDAAT.einde, end_literal(one.einde) if closed and one.einde else ""),
        (MANDAAT.status, iri(one.status)),
    )  # fmt: skip


def contact_change(world: World) -> list[Change]:
    """A gemeente gets a new telephone number, and the name of its country loses its language tag."""
    point = world.besturen[2].contact
    subject, predicate = iri(point.iri), iri(SCHEMA.telephone)
    new = literal(f"{point.telefoon[:-2]}{(int(point.telefoon[-2:]) + 7) % 90 + 10}")
    land = (iri(point.adres.iri), iri(ADRES.land))
    return [
        Change(deletes=((subject, predicate, literal(point.telefoon)),), inserts=((subject, predicate, new),)),
        Change(deletes=((*land, literal("België", language="nl")),), inserts=((*land, literal("België")),)),
    ]
