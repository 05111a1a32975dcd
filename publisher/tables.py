"""Tables of the public data: which columns, what they mean, and the rows, one per mandataris, functionaris, bestuur
or besluit. The dumps and the collections of the site share them.

Names of columns follow the reference export (publisher.md §8); a value that occurs several times is joined by " / ", a
day is ISO in Europe/Brussels. Everything of a batch is read together, never per row.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from belfort.records import entity as entities
from belfort.records.entity import Entity
from belfort.vocab import (
    ADMS,
    BESLUIT,
    DCT,
    ELI,
    FOAF,
    GENERIEK,
    LEIDINGGEVENDEN,
    LOCN,
    MANDAAT,
    MU,
    ORG,
    PERSOON,
    PERSOON_HTTPS,
    PROV,
    RDFS,
    REGORG,
    REGORG_HTTP,
    SCHEMA,
    SKOS,
)  # fmt: skip
from publisher.closure import IN_TIME, POSTS
from publisher.days import day
from shapes import codes

JOIN = " / "
CLASSIFICATION = (BESLUIT.classificatie, ORG.classification)
Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    """A column: its name, its Dutch title, its datatype of CSVW (`anyURI`, `date`, `string`), what it means."""

    name: str
    title: str
    datatype: str = "string"
    meaning: str = ""


@dataclass
class World:
    """What rows are made of: entities and links, read when they are first asked and kept for the batch."""

    connection: sa.Connection
    known: dict[str, Entity | None] = field(default_factory=dict)
    back: dict[tuple[tuple[str, ...], str], list[str]] = field(default_factory=dict)
    places: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)

    def get(self, iris: Iterable[str]) -> list[Entity]:
        """The public entities among these IRIs, in their order."""
        wanted = list(iris)
        missing = {iri for iri in wanted if iri not in self.known}
        if missing:
            found = entities.get_many(self.connection, missing)
            self.known.update((iri, found.get(iri)) for iri in missing)
        return [one for iri in wanted if (one := self.known[iri])]

    def follow(self, batch: Iterable[Entity], *predicates: str) -> list[Entity]:
        """The entities that any of the batch points at by these predicates."""
        return self.get(dict.fromkeys(iri for one in batch for iri in one.values(*predicates)))

    def holders(self, batch: Iterable[Entity], *predicates: str) -> list[Entity]:
        """The entities that point at any of the batch by these predicates."""
        keys = [one.iri for one in batch]
        missing = [iri for iri in keys if (predicates, iri) not in self.back]
        if missing:
            self.back.update(((predicates, iri), []) for iri in missing)
            for subject, _, target in entities.subjects_of(self.connection, missing, *predicates):
                self.back[predicates, target].append(subject)
        return self.get(dict.fromkeys(s for iri in keys for s in self.back[predicates, iri]))


def label(world: World, iris: Iterable[str]) -> str:
    """The names of codes: canonical, else what the public data calls them."""
    words = []
    for iri in iris:
        code = codes.every().get(iri)
        found = world.get([iri]) if not code else []
        words.append(code.label if code else found[0].label if found else iri.rpartition("/")[2])
    return _joined(words)


def _joined(values: Iterable[str]) -> str:
    return JOIN.join(dict.fromkeys(value for value in values if value))


def _iris(found: Iterable[Entity]) -> str:
    return _joined(one.iri for one in found)


def _days(found: Iterable[Entity], predicate: str) -> str:
    return _joined(day(text) for one in found for text in one.values(predicate))


def _person(world: World, role: Entity) -> Row:
    people = world.follow([role], MANDAAT.isBestuurlijkeAliasVan)
    return {
        "persoon": _joined(role.values(MANDAAT.isBestuurlijkeAliasVan)),
        "voornaam": _joined(
            x for one in people for x in one.values(PERSOON.gebruikteVoornaam, PERSOON_HTTPS.gebruikteVoornaam)
        ),
        "achternaam": _joined(x for one in people for x in one.values(FOAF.familyName)),
        "roepnaam": _joined(x for one in people for x in one.values(FOAF.name)),
    }


def _place(world: World, posts: list[Entity]) -> Row:
    """Organs, bestuur and area of the posts of a role; many roles share their posts."""
    key = tuple(post.iri for post in posts)
    if key not in world.places:
        world.places[key] = _place_of(world, posts)
    return world.places[key]


def _place_of(world: World, posts: list[Entity]) -> Row:
    periods = world.holders(posts, *POSTS)
    lasting = world.follow(periods, *IN_TIME) or periods
    besturen = world.follow(lasting, BESLUIT.bestuurt)
    kinds = [iri for one in lasting for iri in one.values(*CLASSIFICATION)]
    return {
        "bestuursorgaan": _iris(periods),
        "bestuursorgaanLabel": _joined(one.label for one in lasting),
        "bestuursPeriodeStart": _days(periods, MANDAAT.bindingStart),
        "bestuursPeriodeEinde": _days(periods, MANDAAT.bindingEinde),
        "bestuursorgaanClassificatie": _joined(kinds),
        "bestuursorgaanClassificatieLabel": label(world, kinds),
        **_bestuur(world, besturen),
    }


def _bestuur(world: World, besturen: list[Entity]) -> Row:
    kinds = [iri for one in besturen for iri in one.values(*CLASSIFICATION)]
    areas = [iri for one in besturen for iri in one.values(BESLUIT.werkingsgebied)]
    names = [one.value(RDFS.label) for one in world.get(areas)]
    names = names or [known.label for iri in areas if (known := codes.areas().get(iri))]
    numbers = _numbers(world, besturen)
    return {
        "bestuurseenheid": _iris(besturen),
        "bestuurseenheidLabel": _joined(one.label for one in besturen),
        "bestuurseenheidClassificatie": _joined(kinds),
        "bestuurseenheidClassificatieLabel": label(world, kinds),
        "werkingsgebied": _joined(areas),
        "werkingsgebiedLabel": _joined(names),
        "kbo": numbers.get("kbo", ""),
        "ovo": numbers.get("ovo", ""),
    }


def _numbers(world: World, besturen: list[Entity]) -> Row:
    """KBO and OVO number; only those of besturen are ever public."""
    found: Row = {}
    for identifier in world.follow(besturen, ADMS.identifier):
        notation = identifier.value(SKOS.notation).casefold()
        inner = world.follow([identifier], GENERIEK.gestructureerdeIdentificator)
        number = _joined(x for one in inner for x in one.values(GENERIEK.lokaleIdentificator))
        for name in ("kbo", "ovo"):
            if notation.startswith(name) and number:
                found[name] = number
    return found


def _role(world: World, role: Entity, posts: list[Entity]) -> Row:
    functies = [iri for post in posts for iri in post.values(ORG.role)]
    return {
        "start": day(role.value(MANDAAT.start)),
        "eind": day(role.value(MANDAAT.einde)),
        "status": _joined(role.values(MANDAAT.status)),
        "statusLabel": label(world, role.values(MANDAAT.status)),
        "bestuursfunctie": _joined(functies),
        "bestuursfunctieLabel": label(world, functies),
    }


def mandataris(world: World, one: Entity) -> Row:
    """The row of a mandataris."""
    posts = world.follow([one], ORG.holds)
    fracties = world.follow(world.follow([one], ORG.hasMembership), ORG.organisation)
    domains = one.values(MANDAAT.beleidsdomein)
    return {
        "mandataris": one.iri,
        "rangorde": _joined(one.values(MANDAAT.rangorde)),
        "mandaat": _joined(one.values(ORG.holds)),
        "fractie": _iris(fracties),
        "fractieNaam": _joined(x for f in fracties for x in f.values(REGORG.legalName, REGORG_HTTP.legalName)),
        "beleidsdomein": _joined(domains),
        "beleidsdomeinLabel": label(world, domains),
        "vervangenDoor": _joined(one.values(MANDAAT.isTijdelijkVervangenDoor)),
        **_role(world, one, posts), **_person(world, one), **_place(world, posts),
    }  # fmt: skip


def functionaris(world: World, one: Entity) -> Row:
    """The row of a functionaris."""
    posts = world.follow([one], ORG.holds)
    points = world.follow(posts, SCHEMA.contactPoint)
    places = world.follow(points, LOCN.address)
    return {
        "functionaris": one.iri,
        "bestuursfunctieInBestuur": _joined(one.values(ORG.holds)),
        "contactpoint": _iris(points),
        "telefoon": _joined(x for p in points for x in p.values(SCHEMA.telephone)),
        "email": _joined(x for p in points for x in p.values(SCHEMA.email)),
        "contact_adres": _joined(one.value(LOCN.fullAddress) or one.value(LOCN.thoroughfare) for one in places),
        "contact_postcode": _joined(x for p in places for x in p.values(LOCN.postCode)),
        **_role(world, one, posts), **_person(world, one), **_place(world, posts),
    }  # fmt: skip


def bestuur(world: World, one: Entity) -> Row:
    """The row of a bestuur."""
    return {**_bestuur(world, [one]), "uuid": one.uuid}


def besluit(world: World, one: Entity) -> Row:
    """The row of a besluit; its zitting, organ and bestuur as far as they are public."""
    handled = world.holders([one], PROV.generated) or world.follow([one], PROV.wasGeneratedBy)
    punten = world.follow(handled, DCT.subject)
    zittingen = world.holders(punten, BESLUIT.behandelt)
    organs = world.follow(zittingen, BESLUIT.isGehoudenDoor) or world.follow([one], ELI.passed_by)
    lasting = world.follow(organs, *IN_TIME) or organs
    return {
        "besluit": one.iri,
        "titel": one.label,
        "datum": day(one.date) or next((d for z in zittingen if (d := day(z.date))), ""),
        "zitting": _iris(zittingen),
        "zittingDatum": _joined(day(z.date) for z in zittingen),
        "agendapunt": _iris(punten),
        "bestuursorgaan": _iris(organs),
        "bestuursorgaanLabel": _joined(o.label for o in lasting),
        "bron": _joined(one.values(PROV.wasDerivedFrom)),
        **_bestuur(world, world.follow(lasting, BESLUIT.bestuurt)),
        "uuid": one.value(MU.uuid) or one.uuid,
    }


def rows(connection: sa.Connection, table: "Table", batch: list[Entity]) -> list[Row]:
    """The rows of a batch of entities of the table's class, in their order."""
    world = World(connection, {one.iri: one for one in batch})
    _warm(world, batch)
    return [table.row(world, one) for one in batch]


def _warm(world: World, batch: list[Entity]) -> None:
    """Read at once what the rows of a batch will ask one by one."""
    world.follow(batch, MANDAAT.isBestuurlijkeAliasVan)
    world.follow(world.follow(batch, ORG.hasMembership), ORG.organisation)
    posts = world.follow(batch, ORG.holds)
    world.follow(world.follow(posts, SCHEMA.contactPoint), LOCN.address)
    besluiten = [one for one in batch if one.class_iri == BESLUIT.Besluit]
    handled = world.holders(besluiten, PROV.generated) + world.follow(besluiten, PROV.wasGeneratedBy)
    zittingen = world.holders(world.follow(handled, DCT.subject), BESLUIT.behandelt)
    periods = world.holders(posts, *POSTS) + world.follow(zittingen, BESLUIT.isGehoudenDoor)
    periods += world.follow(besluiten, ELI.passed_by)
    lasting = [*periods, *world.follow(periods, *IN_TIME)]
    besturen = world.follow(lasting, BESLUIT.bestuurt)
    world.follow(world.follow([*besturen, *batch], ADMS.identifier), GENERIEK.gestructureerdeIdentificator)
    world.follow([*besturen, *batch], BESLUIT.werkingsgebied)
    world.follow(batch, MANDAAT.status, MANDAAT.beleidsdomein)
    world.follow(posts, ORG.role)


_IRI = "anyURI"
_COLUMNS: dict[str, tuple[str, str, str]] = {
    "mandataris": ("Mandataris", _IRI, "IRI van de mandataris"),
    "functionaris": ("Functionaris", _IRI, "IRI van de leidinggevende in deze functie"),
    "besluit": ("Besluit", _IRI, "IRI van het besluit"),
    "uuid": ("Kenmerk", "string", "mu:uuid"),
    "start": ("Start", "date", "Eerste dag"),
    "eind": ("Einde", "date", "Laatste dag, die nog meetelt; leeg als er geen einde is"),
    "status": ("Status (code)", _IRI, ""),
    "statusLabel": ("Status", "string", ""),
    "rangorde": ("Rangorde", "string", ""),
    "persoon": ("Persoon", _IRI, ""),
    "voornaam": ("Voornaam", "string", "Gebruikte voornaam"),
    "achternaam": ("Achternaam", "string", ""),
    "roepnaam": ("Roepnaam", "string", ""),
    "mandaat": ("Mandaat", _IRI, ""),
    "bestuursfunctie": ("Functie (code)", _IRI, "BestuursfunctieCode"),
    "bestuursfunctieInBestuur": ("Functie in dit bestuur", _IRI, ""),
    "bestuursfunctieLabel": ("Functie", "string", ""),
    "bestuursorgaan": ("Orgaan in bestuursperiode", _IRI, ""),
    "bestuursorgaanLabel": ("Orgaan", "string", ""),
    "bestuursPeriodeStart": ("Start bestuursperiode", "string", "Dag, of dagen bij een mandaat in twee organen"),
    "bestuursPeriodeEinde": ("Einde bestuursperiode", "string", ""),
    "bestuursorgaanClassificatie": ("Soort orgaan (code)", _IRI, ""),
    "bestuursorgaanClassificatieLabel": ("Soort orgaan", "string", ""),
    "bestuurseenheid": ("Bestuur", _IRI, ""),
    "bestuurseenheidLabel": ("Naam van het bestuur", "string", ""),
    "bestuurseenheidClassificatie": ("Type bestuur (code)", _IRI, ""),
    "bestuurseenheidClassificatieLabel": ("Type bestuur", "string", ""),
    "werkingsgebied": ("Werkingsgebied", _IRI, ""),
    "werkingsgebiedLabel": ("Naam van het werkingsgebied", "string", ""),
    "kbo": ("KBO-nummer", "string", "Ondernemingsnummer van het bestuur"),
    "ovo": ("OVO-nummer", "string", ""),
    "fractie": ("Fractie", _IRI, ""),
    "fractieNaam": ("Naam van de fractie", "string", ""),
    "beleidsdomein": ("Bevoegdheden (codes)", _IRI, ""),
    "beleidsdomeinLabel": ("Bevoegdheden", "string", ""),
    "vervangenDoor": ("Tijdelijk vervangen door", _IRI, ""),
    "contactpoint": ("Contactpunt", _IRI, ""),
    "telefoon": ("Telefoon", "string", "Van de functie, niet van de persoon"),
    "email": ("E-mail", "string", "Van de functie, niet van de persoon"),
    "contact_adres": ("Adres", "string", ""),
    "contact_postcode": ("Postcode", "string", ""),
    "titel": ("Titel", "string", ""),
    "datum": ("Datum", "date", ""),
    "zitting": ("Zitting", _IRI, ""),
    "zittingDatum": ("Datum van de zitting", "string", ""),
    "agendapunt": ("Agendapunt", _IRI, ""),
    "bron": ("Bron", _IRI, "Pagina waarvan dit komt"),
}
# Columns whose IRIs may be several, joined: CSVW reads them as a list.
_LISTS = frozenset(name for name, word in _COLUMNS.items() if word[1] == _IRI) - {
    "mandataris",
    "functionaris",
    "besluit",
}

_PERSON = "persoon voornaam achternaam roepnaam"
_PLACE = (
    "bestuursorgaan bestuursorgaanLabel bestuursPeriodeStart bestuursPeriodeEinde bestuursorgaanClassificatie "
    "bestuursorgaanClassificatieLabel"
)
_UNIT = (
    "bestuurseenheid bestuurseenheidLabel bestuurseenheidClassificatie bestuurseenheidClassificatieLabel "
    "werkingsgebied werkingsgebiedLabel kbo ovo"
)


@dataclass(frozen=True)
class Table:
    """A table: its class, its columns in order, its key, and what makes a row of an entity."""

    class_iri: str
    title: str
    names: tuple[str, ...]
    row: Callable[[World, Entity], Row]

    @property
    def key(self) -> str:
        """The column that identifies a row."""
        return self.names[0]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns with their titles, datatypes and meanings."""
        return tuple(Column(name, *_COLUMNS[name]) for name in self.names)

    @staticmethod
    def is_list(name: str) -> bool:
        """Whether the column may hold several values, joined by `JOIN`."""
        return name in _LISTS


TABLES: Mapping[str, Table] = {
    "mandatarissen": Table(
        MANDAAT.Mandataris,
        "Mandatarissen",
        tuple(
            f"mandataris start eind rangorde status statusLabel {_PERSON} mandaat bestuursfunctie bestuursfunctieLabel "
            f"{_PLACE} {_UNIT} fractie fractieNaam beleidsdomein beleidsdomeinLabel vervangenDoor".split()
        ),
        mandataris,
    ),
    "leidinggevenden": Table(
        LEIDINGGEVENDEN.Functionaris,
        "Leidinggevenden",
        tuple(
            f"functionaris start eind status statusLabel {_PERSON} bestuursfunctieInBestuur bestuursfunctie "
            f"bestuursfunctieLabel {_PLACE} {_UNIT} contactpoint telefoon email contact_adres contact_postcode".split()
        ),
        functionaris,
    ),
    "besturen": Table(BESLUIT.Bestuurseenheid, "Besturen", (*_UNIT.split(), "uuid"), bestuur),
    "besluiten": Table(
        BESLUIT.Besluit,
        "Besluiten",
        tuple(
            f"besluit uuid titel datum zitting zittingDatum agendapunt bestuursorgaan bestuursorgaanLabel {_UNIT} "
            "bron".split()
        ),
        besluit,
    ),
}


def csv_line(values: Iterable[str]) -> str:
    """One row of RFC 4180: quoted where needed, CRLF; no value begins a formula in a spreadsheet."""
    return ",".join(_cell(value) for value in values) + "\r\n"


def _cell(value: str) -> str:
    if value and (value[0] in "=@\t\r" or (value[0] in "+-" and not value[1:2].isdigit())):
        value = "'" + value
    if any(mark in value for mark in ',"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value
