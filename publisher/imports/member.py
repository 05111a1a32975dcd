"""One row of a table: who holds which post of the bestuur, from when to when. It becomes statements, or faults.

IRIs that the row does not give follow from what it says (bestuur, name and key, post, first day), so that the same
file gives the same statements; never from anything private.
"""

from dataclasses import dataclass, field
from datetime import date

from belfort import rdf
from belfort.vocab import (
    CONCEPT,
    EXT,
    FOAF,
    LEIDINGGEVENDEN,
    LMB,
    LOCN,
    MANDAAT,
    ORG,
    PERSON,
    PERSOON,
    RDF,
    REGORG,
    SCHEMA,
    SKOS,
)  # fmt: skip
from publisher.imports import values
from publisher.imports.columns import Database, folded
from publisher.imports.posts import Posts, minted
from publisher.imports.report import Finding
from publisher.imports.values import Wrong
from shapes import codes
from shapes.rules.days import FIRST_DAY

INDEPENDENT = "onafhankelijk"


@dataclass
class Member:
    """What a row became: `iri` of the mandataris or functionaris, and its statements; `findings` say what is wrong."""

    row: int
    iri: str = ""
    person: str = ""
    post: str = ""
    start: date | None = None
    end: date | None = None
    triples: list[rdf.Triple] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, column: str, error: Wrong, *, serious: bool = True) -> None:
        """Note what is wrong with a cell."""
        self.findings.append(Finding(self.row, column, error.code, error.message, error.fix, serious))

    def say(self, subject: str, predicate: str, term: str) -> None:
        """State a term about a subject."""
        self.triples.append((rdf.iri(subject), rdf.iri(predicate), term))

    def link(self, subject: str, predicate: str, target: str) -> None:
        """State a link to an IRI."""
        self.say(subject, predicate, rdf.iri(target))


Cells = dict[str, str]


def read(database: Database, number: int, cells: Cells, posts: Posts) -> Member:
    """The row as statements about a mandataris or functionaris of the bestuur."""
    member = Member(number)
    _person(member, cells, posts)
    member.start = _day(member, "start", cells)
    member.end = _day(member, "einde", cells)
    if member.start and member.end and member.end < member.start:
        member.wrong("einde", Wrong("order", "ligt voor de start.", "Wissel de dagen om, of verbeter er een."))
    role = _role(member, database, cells)
    if role and member.start:
        _post(member, database, cells, posts, role)
    if member.person and member.post and member.start:
        kind = "mandatarissen" if database == "mandatarissen" else "functionarissen"
        parts = (posts.bestuur, member.person, member.post, member.start.isoformat())
        member.iri = _given(member, _own_column(database), cells) or minted(kind, *parts)
        _term(member, database, cells, posts)
    return member


def _own_column(database: Database) -> str:
    return "mandataris" if database == "mandatarissen" else "functionaris"


def _given(member: Member, column: str, cells: Cells) -> str:
    """The IRI in a cell, "" when there is none."""
    text = cells.get(column, "")
    try:
        return values.iri(text) if text else ""
    except Wrong as error:
        member.wrong(column, error)
        return ""


def _day(member: Member, column: str, cells: Cells) -> date | None:
    text = cells.get(column, "")
    try:
        return values.day(text) if text else None
    except Wrong as error:
        member.wrong(column, error)
        return None


def _person(member: Member, cells: Cells, posts: Posts) -> None:
    first, last, called = (cells.get(name, "") for name in ("voornaam", "achternaam", "roepnaam"))
    if not first or not last:
        return  # what is required and empty was noted already
    key = cells.get("sleutel", "")
    member.person = _given(member, "persoon", cells) or minted(
        "personen", posts.bestuur, folded(first), folded(last), key
    )
    member.link(member.person, RDF.type, PERSON.Person)
    member.say(member.person, PERSOON.gebruikteVoornaam, rdf.literal(first))
    member.say(member.person, FOAF.familyName, rdf.literal(last))
    if called and called != first:
        member.say(member.person, FOAF.name, rdf.literal(called))


def _role(member: Member, database: Database, cells: Cells) -> str:
    text = cells.get("functie", "")
    if not text:
        return ""
    allowed = codes.public_mandates() if database == "mandatarissen" else codes.leading_functions()
    try:
        return values.code(text, "BestuursfunctieCode", sorted(allowed))
    except Wrong as error:
        member.wrong("functie", error)
        return ""


def _post(member: Member, database: Database, cells: Cells, posts: Posts, role: str) -> None:
    assert member.start
    column = "mandaat" if database == "mandatarissen" else "bestuursfunctie"
    given = _given(member, column, cells)
    if given:
        if given not in {post.iri for post in posts.posts} and given != posts.own_post(role):
            member.wrong(
                column, Wrong("foreign", "is geen post van dit bestuur.", "Laat de cel leeg, of neem het juiste IRI.")
            )
        member.post = given
    else:
        found = posts.find(role, cells.get("orgaan", ""), member.start)
        if len(found) > 1:
            names = ", ".join(sorted({post.label for post in found}))
            member.wrong("orgaan", Wrong("ambiguous", f"er is meer dan één post: {names}.", "Vul het orgaan in."))
            return
        if cells.get("orgaan") and not found:
            member.wrong(
                "orgaan",
                Wrong("unknown-organ", "geen orgaan met deze naam heeft die functie op die dag; er is er een gemaakt.",
                      "Controleer de naam en de start."),
                serious=False,
            )  # fmt: skip
        member.post = found[0].iri if found else posts.own_post(role)
    if member.post == posts.own_post(role):
        posts.mint(role)
    if database == "leidinggevenden" and member.start < FIRST_DAY:
        member.wrong(
            "start", Wrong("too-early", f"ligt voor {FIRST_DAY:%d/%m/%Y}, het begin van de databank.",
                           f"Schrijf {FIRST_DAY:%d/%m/%Y} of later."),
        )  # fmt: skip


def _term(member: Member, database: Database, cells: Cells, posts: Posts) -> None:
    """The holding of the post itself, with all that belongs to it."""
    assert member.start
    mandate = database == "mandatarissen"
    member.link(member.iri, RDF.type, MANDAAT.Mandataris if mandate else LEIDINGGEVENDEN.Functionaris)
    member.link(member.iri, MANDAAT.isBestuurlijkeAliasVan, member.person)
    member.link(member.iri, ORG.holds, member.post)
    member.say(member.iri, MANDAAT.start, values.moment(member.start))
    if member.end:
        member.say(member.iri, MANDAAT.einde, values.moment(member.end))
    _code(member, "status", cells, MANDAAT.status, "MandatarisStatusCode" if mandate else "FunctionarisStatusCode")
    if mandate:
        _code(member, "publicatiestatus", cells, LMB.hasPublicationStatus, "MandatarisPublicationStatusCode")
        if cells.get("rangorde"):
            member.say(member.iri, MANDAAT.rangorde, rdf.literal(cells["rangorde"]))
        _fractie(member, cells, posts)
        for label in filter(None, (part.strip() for part in cells.get("beleidsdomeinen", "").split("/"))):
            _beleidsdomein(member, label, whole=cells["beleidsdomeinen"])
    else:
        _contact(member, cells)


def _code(member: Member, column: str, cells: Cells, predicate: str, name: str) -> None:
    text = cells.get(column, "")
    try:
        if text:
            member.link(member.iri, predicate, values.code(text, name))
    except Wrong as error:
        member.wrong(column, error)


def _fractie(member: Member, cells: Cells, posts: Posts) -> None:
    text = cells.get("fractie", "")
    if not text:
        return
    fractie = text if values.is_iri(text) else minted("fracties", posts.bestuur, folded(text))
    seat = minted("lidmaatschappen", member.iri, fractie)
    member.link(member.iri, ORG.hasMembership, seat)
    member.link(seat, RDF.type, ORG.Membership)
    member.link(seat, ORG.organisation, fractie)
    if not values.is_iri(text):
        member.link(fractie, RDF.type, MANDAAT.Fractie)
        member.say(fractie, REGORG.legalName, rdf.literal(text))
        member.link(fractie, ORG.linkedTo, posts.bestuur)
        if folded(text) == INDEPENDENT:
            member.link(fractie, EXT.isFractietype, codes.code("Fractietype", "Onafhankelijk"))


def _beleidsdomein(member: Member, label: str, whole: str) -> None:
    if values.is_iri(whole):
        member.link(member.iri, MANDAAT.beleidsdomein, whole)
        return
    try:
        found = values.code(label, "BeleidsdomeinCode")
    except Wrong:  # the list is open: whoever needs another one makes it (publisher.md §3.4)
        found = minted("x", "beleidsdomein", folded(label)).rsplit("/", 1)[1]
        found = CONCEPT[f"BeleidsdomeinCode/{found}"]
        member.link(found, RDF.type, EXT.BeleidsdomeinCode)
        member.say(found, SKOS.prefLabel, rdf.literal(label))
    member.link(member.iri, MANDAAT.beleidsdomein, found)


def _contact(member: Member, cells: Cells) -> None:
    """How to reach the function: said of the post, never of the person."""
    point = minted("contact-punten", member.post)
    said: list[tuple[str, str]] = []
    for column, predicate, reader in (
        ("email", SCHEMA.email, values.email), ("telefoon", SCHEMA.telephone, values.phone),
    ):  # fmt: skip
        try:
            if cells.get(column):
                said.append((predicate, reader(cells[column])))
        except Wrong as error:
            member.wrong(column, error)
    if not said and not cells.get("adres"):
        return
    member.link(member.post, RDF.type, LEIDINGGEVENDEN.Bestuursfunctie)
    member.link(member.post, SCHEMA.contactPoint, point)
    member.link(point, RDF.type, SCHEMA.ContactPoint)
    for predicate, text in said:
        member.say(point, predicate, rdf.literal(text))
    if cells.get("adres"):
        address = minted("adressen", member.post)
        member.link(point, LOCN.address, address)
        member.link(address, RDF.type, LOCN.Address)
        member.say(address, LOCN.fullAddress, rdf.literal(cells["adres"]))
