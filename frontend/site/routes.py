"""Home, lists and texts. The pages of entities are reached through `data.dereference`, which negotiates."""

from flask import Blueprint, Response, current_app, render_template

from belfort.errors import NotFound
from belfort.rdf import MEDIA_TYPES
from belfort.records import entity as entities
from belfort.records.database import read
from belfort.vocab import BESLUIT
from frontend import problems
from frontend.data.dumps import manifest
from frontend.desks import desks
from frontend.problems import known_parameters
from frontend.site import databank, quality
from frontend.site.downloads import slices
from frontend.site.paging import Paging, page_number
from frontend.site.queries.bestuur import organs_of, zittingen_of
from frontend.site.queries.linking import link
from frontend.site.queries.lists import bestuur_names, counts, newest_besluiten
from frontend.site.queries.zitting import zitting_rows

NEWEST = 8
PER_PAGE = 30


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    databank.register(blueprint)
    quality.register(blueprint)
    blueprint.add_url_rule("/", "home", home)
    blueprint.add_url_rule("/besturen/<uuid>/zittingen", "zittingen", zittingen_list)
    blueprint.add_url_rule("/datasets", "datasets", datasets)
    for name in ("over", "privacy", "toegankelijkheid"):
        blueprint.add_url_rule(f"/{name}", name, text_page, defaults={"name": name})
    blueprint.add_url_rule("/fouten/<slug>", "problem_type", problem_type)
    blueprint.add_url_rule("/favicon.ico", "favicon", favicon)


def home() -> Response:
    """What this is, a search box, the newest besluiten."""
    with read(desks().engine) as connection:
        newest, totals = newest_besluiten(connection, NEWEST), counts(connection)
    return _page(render_template("home.html", newest=newest, totals=totals, dumps=manifest()))


def zittingen_list(uuid: str) -> Response:
    """Every zitting of one bestuur, newest first."""
    known_parameters("pagina")
    page = page_number()
    with read(desks().engine) as connection:
        found = [one for one in entities.by_uuid(connection, uuid) if one.class_iri == BESLUIT.Bestuurseenheid]
        if not found:
            raise NotFound("Dit bestuur is hier niet gekend.", hint="/besturen somt ze op.")
        organs = organs_of(connection, found[0].iri)
        zittingen, total = zittingen_of(connection, organs, PER_PAGE, (page - 1) * PER_PAGE)
        rows = zitting_rows(connection, zittingen)
    if page > 1 and not rows:
        raise NotFound("Zoveel pagina's zijn er niet.", hint="Begin bij pagina 1.")
    bestuur = link(found[0])
    paging = Paging.of(total, page, PER_PAGE, f"{bestuur.href}/zittingen?pagina=")
    return _page(render_template("zittingen.html", bestuur=bestuur, rows=rows, total=total, paging=paging))


def datasets() -> Response:
    """The files, the query service and the formats."""
    known_parameters()
    dumps = manifest()
    with read(desks().engine) as connection:
        totals, names = counts(connection), bestuur_names(connection)
    base = current_app.config["SETTINGS"].base_url
    files = slices(dumps["files"], names)
    return _page(
        render_template("datasets.html", dumps=dumps, slices=files, totals=totals, base=base, media_types=MEDIA_TYPES)
    )


def text_page(name: str) -> Response:
    """A page that is only text."""
    return _page(render_template(f"{name}.html"))


def problem_type(slug: str) -> Response:
    """What a kind of error means, at the address that `application/problem+json` names."""
    known = problems.catalogue()
    if slug not in known:
        raise NotFound("Die soort fout bestaat niet.")
    title, meaning, status = known[slug]
    return _page(render_template("problem_type.html", slug=slug, title=title, meaning=meaning, status=status))


def favicon() -> Response:
    """The icon, for browsers that ask it at the root."""
    return current_app.send_static_file("belfort.svg")


def _page(text: str) -> Response:
    response = Response(text, mimetype="text/html")
    response.headers["Cache-Control"] = "public, max-age=60, stale-while-revalidate=600"
    return response
