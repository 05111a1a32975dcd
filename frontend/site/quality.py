"""The quality page of a bestuur: which rules its public data breaks, how to put it right, where to report an error."""

from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, current_app, render_template

from belfort.errors import NotFound
from belfort.records import entity as entities
from belfort.records.database import read
from belfort.vocab import BESLUIT
from frontend.desks import desks
from frontend.negotiation import set_validators
from frontend.problems import known_parameters
from frontend.site import tables
from frontend.site.memory import memory, version_of
from frontend.site.queries.quality import QualityPage, quality_page

COLUMNS = ("bestuur", "regel", "ernst", "wat", "onderwerp", "detail", "oplossing", "onderwerp_iri", "bestuur_iri")


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    rule = "/besturen/<uuid>/kwaliteit"
    blueprint.add_url_rule(rule, "kwaliteit", show, defaults={"suffix": ""})
    blueprint.add_url_rule(f"{rule}.<any(csv, json):suffix>", "kwaliteit", show)


def show(uuid: str, suffix: str) -> Response:
    """The findings of one bestuur."""
    known_parameters()
    form = tables.asked(suffix, f"/besturen/{quote(uuid)}/kwaliteit")
    with read(desks().engine) as connection:
        found = [one for one in entities.by_uuid(connection, uuid) if one.class_iri == BESLUIT.Bestuurseenheid]
        if not found:
            raise NotFound("Dit bestuur is hier niet gekend.", hint="/besturen somt ze op.")
        version = version_of(connection)
        page = memory().get(("quality", found[0].iri), version, lambda: quality_page(connection, found[0]))
    if form == "html":
        report = report_address(current_app.config["SETTINGS"].contact, page)
        response = Response(render_template("kwaliteit.html", page=page, report=report), mimetype="text/html")
        response.headers["Vary"] = "Accept"
    else:
        response = tables.respond(form, "kwaliteit", COLUMNS, _rows(page))
    checked = set_validators(response, f"{version[0]}-{form}-{version[1]}", "")
    assert isinstance(checked, Response)
    return checked


def _rows(page: QualityPage) -> list[tuple[str, ...]]:
    return [
        (
            page.title, broken.rule.name.replace("_", "."), broken.rule.severity, broken.rule.message,
            spot.subject.label, spot.detail, broken.rule.fix, spot.iri, page.iri,
        )
        for broken in page.broken
        for spot in broken.spots
    ]  # fmt: skip


def report_address(contact: str, page: QualityPage) -> str:
    """Where to report an error: the contact of the site; a letter to it has a subject and the page in it already."""
    if urlsplit(contact).scheme.lower() != "mailto":
        return contact
    subject = quote(f"Fout in de gegevens van {page.title}")
    body = quote(f"Pagina: {current_app.config['SETTINGS'].base_url}{page.href}\n\nWat klopt er niet?\n")
    return f"{contact}{'&' if '?' in contact else '?'}subject={subject}&body={body}"
