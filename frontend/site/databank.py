"""The lists of the public databanks: besturen, functions across Flanders, and the tables of one bestuur."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Blueprint, Response, render_template, request

from belfort.errors import NotFound, UsageError
from belfort.records import entity as entities
from belfort.records.database import read
from belfort.vocab import BESLUIT
from frontend.desks import desks
from frontend.negotiation import set_validators
from frontend.problems import known_parameters
from frontend.site import dates, tables
from frontend.site.memory import memory, version_of
from frontend.site.pages import reference_day
from frontend.site.paging import Paging, page_number
from frontend.site.queries.bestuur import bestuur_page
from frontend.site.queries.functies import COLUMNS, FunctieRow, cells, functie_rows, functies, iso
from frontend.site.queries.lists import BestuurRow, besturen
from frontend.site.queries.tenures import Tenure, bestuur_name

PER_PAGE = 200
# `any` because the dot of a suffix is part of a segment.
_SUFFIX = "<any(csv, json):suffix>"
STATES = ("vervuld", "waarnemend", "vacant", "niet gemeld")


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    for rule, name, view in (
        ("/besturen", "besturen", besturen_list),
        ("/functies/<slug>", "functie", functie_list),
    ):
        blueprint.add_url_rule(rule, name, view, defaults={"suffix": ""})
        blueprint.add_url_rule(f"{rule}.{_SUFFIX}", name, view)
    blueprint.add_url_rule("/functies", "functies", functies_index)
    for table in ("leidinggevenden", "mandatarissen"):
        blueprint.add_url_rule(f"/besturen/<uuid>/{table}.{_SUFFIX}", table, bestuur_table, defaults={"table": table})


def all_besturen(connection: sa.Connection) -> list[BestuurRow]:
    """Every bestuur, kept while the records stay as they are."""
    return memory().get("besturen", version_of(connection), lambda: besturen(connection))


@dataclass(frozen=True)
class Filter:
    """What a list of besturen is narrowed to, and what it can be narrowed to."""

    text: str
    kind: str
    provincie: str
    kinds: tuple[str, ...]
    provincies: tuple[str, ...]

    @classmethod
    def of(cls, rows: Iterable[BestuurRow]) -> "Filter":
        """The filter that the request asks for.

        Raises:
            UsageError: a value is none of those that occur.
        """
        found = list(rows)
        kinds = tuple(sorted({row.kind for row in found}))
        provincies = tuple(sorted({row.provincie for row in found} - {""}))
        kind, provincie = _one_of("type", kinds), _one_of("provincie", provincies)
        return cls(request.args.get("q", "").strip(), kind, provincie, kinds, provincies)

    def fits(self, row: BestuurRow) -> bool:
        """Whether a bestuur is asked for."""
        said = f"{row.bestuur.label} {row.kind}".casefold()
        return (
            self.kind in ("", row.kind)
            and self.provincie in ("", row.provincie)
            and all(word in said for word in self.text.casefold().split())
        )


def _one_of(parameter: str, known: tuple[str, ...]) -> str:
    """The value of a parameter as the list spells it."""
    wanted = request.args.get(parameter, "").strip()
    if not wanted:
        return ""
    for one in known:
        if one.casefold() == wanted.casefold():
            return one
    raise UsageError(f"{parameter}={wanted} komt hier niet voor.", hint=f"Kies uit: {', '.join(known)}.")


def besturen_list(suffix: str) -> Response:
    """Every bestuur, filtered by name, type and provincie; those that were merged only when asked for."""
    known_parameters("q", "type", "provincie", "opgeheven")
    form = tables.asked(suffix, "/besturen")
    with read(desks().engine) as connection:
        rows, version = all_besturen(connection), version_of(connection)
    chosen, today = Filter.of(rows), dates.today()
    ended = request.args.get("opgeheven", "") == "ja"
    shown = [row for row in rows if chosen.fits(row) and (ended or row.exists(today))]
    if form != "html":
        columns = ("naam", "type", "provincie", "opgeheven_op", "bestuur_iri", "pagina")
        found = [
            (row.bestuur.label, row.kind, row.provincie, iso(row.ended), row.iri, row.bestuur.href) for row in shown
        ]
        return _validated(tables.respond(form, "besturen", columns, found), version, form)
    merged = sum(not row.exists(today) for row in rows)
    text = render_template(
        "besturen.html", rows=shown, chosen=chosen, ended=ended, merged=merged, total=len(rows), today=today
    )
    return _validated(Response(text, mimetype="text/html"), version, form)


def functies_index() -> Response:
    """The functions, each with its list."""
    known_parameters()
    found = list(functies().values())
    text = render_template(
        "functies.html",
        mandates=[one for one in found if one.public],
        leading=[one for one in found if one.leading],
    )
    return Response(text, mimetype="text/html")


def functie_list(slug: str, suffix: str) -> Response:
    """Everyone who holds one function on a day, with the besturen that miss it."""
    known_parameters("q", "type", "provincie", "peildatum", "toestand", "pagina")
    functie = functies().get(slug)
    if functie is None:
        raise NotFound("Die functie is hier niet gekend.", hint="/functies somt ze op.")
    here, on, today = f"/functies/{slug}", reference_day(), dates.today()
    form, page, state = tables.asked(suffix, here), page_number(), _one_of("toestand", STATES)
    with read(desks().engine) as connection:
        version = version_of(connection)
        known = {row.iri: row for row in all_besturen(connection)}
        rows = memory().get((slug, on), version, lambda: functie_rows(connection, functie, known, on))
    chosen = Filter.of(row.bestuur for row in rows)
    shown = [row for row in rows if chosen.fits(row.bestuur) and state in ("", row.state)]
    if form != "html":
        found = [cells(functie.label, row) for row in shown]
        return _validated(tables.respond(form, slug, COLUMNS, found), version, form)
    query = _query(peildatum=on.isoformat() if on != today else "", q=chosen.text, type=chosen.kind,
                   provincie=chosen.provincie, toestand=state)  # fmt: skip
    paging = Paging.of(len(shown), page, PER_PAGE, f"{here}?{query}{'&' if query else ''}pagina=")
    if page > paging.pages:
        raise NotFound("Zoveel pagina's zijn er niet.", hint="Begin bij pagina 1.")
    text = render_template(
        "functie.html", functie=functie, rows=shown[(page - 1) * PER_PAGE : page * PER_PAGE], chosen=chosen,
        count=_count(shown), day=on, today=today, wanted=state, states=STATES, paging=paging, here=here, query=query,
    )  # fmt: skip
    return _validated(Response(text, mimetype="text/html"), version, form)


@dataclass(frozen=True)
class Count:
    """How many of the rows have someone, and in how many besturen."""

    people: int
    besturen: int
    missing: int


def _count(rows: list[FunctieRow]) -> Count:
    filled = {row.bestuur.iri for row in rows if row.tenure}
    people = {row.tenure.person_iri or row.tenure.iri for row in rows if row.tenure}
    return Count(len(people), len(filled), sum(row.tenure is None for row in rows))


def _query(**values: str) -> str:
    return urlencode({name: value for name, value in values.items() if value})


def bestuur_table(uuid: str, table: str, suffix: str) -> Response:
    """The leidinggevenden or the mandatarissen of one bestuur on a day, as a table."""
    known_parameters("peildatum")
    on = reference_day()
    with read(desks().engine) as connection:
        found = [one for one in entities.by_uuid(connection, uuid) if one.class_iri == BESLUIT.Bestuurseenheid]
        if not found:
            raise NotFound("Dit bestuur is hier niet gekend.", hint="/besturen somt ze op.")
        version, bestuur = version_of(connection), found[0]
        page = bestuur_page(connection, bestuur, on)
    columns = ("bestuur", "orgaan", "functie", "naam", "toestand", "status", "fractie", "rangorde", "bevoegdheden",
               "start", "einde", "email", "telefoon", "persoon_iri", "iri", "bestuur_iri")  # fmt: skip
    name = bestuur_name(bestuur)
    if table == "leidinggevenden":
        rows = [
            (name, "", one.functie, *_person(one.tenure, one.state, one.since),
             one.contact.email if one.contact else "", one.contact.telephone if one.contact else "",
             *_iris(one.tenure), bestuur.iri)
            for one in page.leaders
        ]  # fmt: skip
    else:
        rows = [
            (name, organ.orgaan.label, one.functie, *_person(one, "", one.first), "", "", *_iris(one), bestuur.iri)
            for organ in page.organs
            for one in organ.members
        ]
    return _validated(tables.respond(suffix, table, columns, rows), version, f"{suffix}-{on}")


def _person(one: Tenure | None, state: str, since: date | None) -> tuple[str, ...]:
    if one is None:
        return ("", state, "", "", "", "", "", "")
    return (
        one.person.label, state, one.status, one.fractie.label if one.fractie else "", one.rangorde,
        " / ".join(one.domains), iso(since), iso(one.last),
    )  # fmt: skip


def _iris(one: Tenure | None) -> tuple[str, str]:
    return (one.person_iri, one.iri) if one else ("", "")


def _validated(response: Response, version: tuple[int, str], form: str) -> Response:
    """With an ETag of the records, the day and the form; 304 where the client has it."""
    response.headers["Vary"] = "Accept"
    checked = set_validators(response, f"{version[0]}-{form}-{version[1]}", "")
    assert isinstance(checked, Response)
    return checked
