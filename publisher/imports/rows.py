"""A table as statements: every row read, and the rows held against each other."""

from collections.abc import Iterable

import sqlalchemy as sa

from belfort import rdf, rijksregister
from belfort.errors import InvalidInput
from belfort.records import entity
from belfort.vocab import FOAF, PERSON, PERSOON
from publisher.imports import member, values
from publisher.imports.columns import COLUMNS, Database, folded, places, recognised
from publisher.imports.member import Cells, Member
from publisher.imports.posts import Posts
from publisher.imports.report import Finding
from publisher.imports.table import Row, Table
from shapes.rules import days

_NUMBER = (
    "rijksregisternummer", "er staat een rijksregisternummer in.",
    "Verwijder het uit het bestand, ook uit kolommen die niet gelezen worden.",
)  # fmt: skip


def database_of(table: Table) -> Database:
    """Of which database the table is, by its headings.

    Raises:
        InvalidInput: it is of none, or could be of both.
    """
    found = recognised(table.header)
    if found:
        return found
    asked = {name: [c.name for c in columns if c.required] for name, columns in COLUMNS.items()}
    missing = {
        name: [column for column in needed if column not in places(name, table.header)[0]]
        for name, needed in asked.items()
    }
    least = min(missing, key=lambda name: len(missing[name]))
    if missing[least]:
        raise InvalidInput(
            f"De tabel mist de kolommen {', '.join(missing[least])}.",
            hint=f"Neem de kolommen van `belfort import --template {least}`, of noem de databank met --database.",
        )
    raise InvalidInput("De tabel kan van beide databanken zijn.", hint="Noem de databank met --database.")


def required_of(database: Database) -> list[str]:
    """The columns that every row must fill in."""
    return [column.name for column in COLUMNS[database] if column.required]


def read(
    table: Table, database: Database, posts: Posts, connection: sa.Connection
) -> tuple[list[Member], list[Finding]]:  # fmt: skip
    """The rows as members, and what is to be said about the file as a whole and about its rows together."""
    where, unknown = places(database, table.header)
    findings = [
        Finding(1, heading[:60], "unknown-column", "deze kolom wordt niet gelezen.", "", serious=False)
        for heading in unknown
        if not rijksregister.contains(heading)
    ]
    missing = [name for name in required_of(database) if name not in where]
    if missing:
        raise InvalidInput(
            f"De tabel mist de kolommen {', '.join(missing)}.",
            hint=f"Neem de kolommen van `belfort import --template {database}`.",
        )
    if _holds_number(table.header):
        findings.append(Finding(1, "", *_NUMBER))
    members = [_member(row, table.header, where, database, posts) for row in table.rows]
    findings += _together(members)
    _names_of_the_register(members, connection)
    return members, findings


def _member(row: Row, header: tuple[str, ...], where: dict[str, list[int]], database: Database, posts: Posts) -> Member:
    if _holds_number(row.cells):
        column = next((h for h, cell in zip(header, row.cells, strict=False) if rijksregister.contains(cell)), "")
        return Member(row.number, findings=[Finding(row.number, column, *_NUMBER)])
    cells: Cells = {
        name: next((row.cells[n] for n in numbers if n < len(row.cells) and row.cells[n]), "")
        for name, numbers in where.items()
    }
    if not values.is_iri(cells.get("mandaat", "")):
        cells["mandaat"] = ""
    found = member.read(database, row.number, cells, posts)
    for name in required_of(database):
        if not cells[name]:
            found.findings.append(Finding(row.number, name, "missing", "is leeg.", "Vul de cel in."))
    if len(row.cells) > len(header) and any(row.cells[len(header) :]):
        found.findings.append(
            Finding(row.number, "", "too-many-cells", "de rij heeft meer cellen dan de kop.",
                    "Staat er een scheidingsteken in een cel? Zet die cel tussen aanhalingstekens.")
        )  # fmt: skip
    return found


def _holds_number(cells: Iterable[str]) -> bool:
    """Whether any cell, or cells next to each other, hold a rijksregisternummer."""
    known = list(cells)
    return any(rijksregister.contains(cell) or rijksregister.is_bare_number(cell) for cell in known)


def _together(members: list[Member]) -> Iterable[Finding]:
    """Rows that say the same twice, or that make two people one."""
    by_iri: dict[str, Member] = {}
    by_name: dict[str, list[Member]] = {}
    for one in members:
        if not one.iri:
            continue
        first = by_iri.setdefault(one.iri, one)
        if first is not one:
            yield Finding(
                one.row, "", "duplicate", f"rij {first.row} zegt hetzelfde: dezelfde persoon, functie en start.",
                "Verwijder een van beide, of onderscheid naamgenoten met de kolom sleutel.",
            )  # fmt: skip
            continue
        for other in by_name.setdefault(f"{one.person} {one.post}", []):
            if days.overlap((one.start, one.end), (other.start, other.end)):
                yield Finding(
                    one.row, "start", "overlap",
                    f"rij {other.row} geeft dezelfde persoon in dezelfde functie op dezelfde dagen.",
                    "Sluit de eerste af met een einde, of onderscheid naamgenoten met de kolom sleutel.", serious=False,
                )  # fmt: skip
        by_name[f"{one.person} {one.post}"].append(one)


def _names_of_the_register(members: list[Member], connection: sa.Connection) -> None:
    """A person whom the register knows keeps the name that it has there; another name here is reported, not added."""
    known = entity.get_many(connection, {one.person for one in members if one.person})
    names = (PERSOON.gebruikteVoornaam, FOAF.familyName)
    for one in members:
        register = known.get(one.person)
        if register is None or register.class_iri != PERSON.Person:
            continue
        for column, predicate in zip(("voornaam", "achternaam"), names, strict=True):
            said = register.values(predicate)
            mine = [rdf.value(o) for s, p, o in one.triples if s == f"<{one.person}>" and p == f"<{predicate}>"]
            if said and mine and not {folded(name) for name in said} & {folded(name) for name in mine}:
                one.findings.append(
                    Finding(one.row, column, "other-name", "het register kent deze persoon onder een andere naam.",
                            "Controleer het IRI van de persoon, of laat de naam in het register verbeteren.")
                )  # fmt: skip
