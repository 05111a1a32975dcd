"""What crawlers and probes ask: robots, sitemap, health, readiness, version."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, jsonify

from belfort import __version__
from belfort.errors import NotFound
from belfort.records import change
from belfort.records.database import read
from belfort.records.entity import entity
from belfort.vocab import BESLUIT, PERSON
from frontend.data.dumps import manifest
from frontend.desks import desks
from frontend.problems import known_parameters
from frontend.site.queries.linking import path

# What people search for; a sitemap of every stemming and artikel would only hide it.
LISTED: dict[str, str] = {
    "besturen": BESLUIT.Bestuurseenheid,
    "personen": PERSON.Person,
    "zittingen": BESLUIT.Zitting,
    "besluiten": BESLUIT.Besluit,
}
URLS = 50_000
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_FIXED = ("/", "/besturen", "/datasets", "/sparql", "/validate", "/over", "/privacy", "/toegankelijkheid")


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/robots.txt", "robots", robots)
    blueprint.add_url_rule("/sitemap.xml", "sitemap", sitemap_index)
    blueprint.add_url_rule("/sitemaps/<name>.xml", "sitemap_part", sitemap_part)
    blueprint.add_url_rule("/healthz", "healthz", healthz)
    blueprint.add_url_rule("/readyz", "readyz", readyz)
    blueprint.add_url_rule("/version", "version", version)


def robots() -> Response:
    """Everything may be read; queries and downloads are not for crawlers."""
    base = current_app.config["SETTINGS"].base_url
    lines = ["User-agent: *", "Disallow: /sparql?", "Disallow: /dumps/", "Disallow: /zoeken", "Disallow: /gelijkaardig",
             "Disallow: /suggesties", "Crawl-delay: 1", "",
             f"Sitemap: {base}/sitemap.xml", ""]  # fmt: skip
    return Response("\n".join(lines), mimetype="text/plain")


def sitemap_index() -> Response:
    """The sitemaps, each with at most 50,000 addresses."""
    known_parameters()
    base = current_app.config["SETTINGS"].base_url
    with read(desks().engine) as connection:
        rows = connection.execute(
            sa.select(entity.c.class_iri, sa.func.count())
            .where(entity.c.class_iri.in_(LISTED.values()))
            .group_by(entity.c.class_iri)
        )
        counts = {str(row[0]): int(row[1]) for row in rows}
    names = ["paginas"]
    for kind, class_iri in LISTED.items():
        names += [f"{kind}-{part}" for part in range(-(-counts.get(class_iri, 0) // URLS))]
    text = "".join(f"<sitemap><loc>{escape(f'{base}/sitemaps/{name}.xml')}</loc></sitemap>\n" for name in names)
    return _xml(f"<sitemapindex {_XMLNS}>\n{text}</sitemapindex>\n")


def sitemap_part(name: str) -> Response:
    """One sitemap, in the order of the IRIs."""
    known_parameters()
    if name == "paginas":
        return _urls((path, "") for path in _FIXED)
    kind, _, part = name.rpartition("-")
    if kind not in LISTED or not part.isdecimal() or len(part) > 6:
        raise NotFound("Deze sitemap bestaat niet.", hint="/sitemap.xml somt ze op.")
    with read(desks().engine) as connection:
        rows = connection.execute(
            sa.select(entity.c.uuid, entity.c.modified)
            .where(entity.c.class_iri == LISTED[kind])
            .order_by(entity.c.iri)
            .limit(URLS)
            .offset(int(part) * URLS)
        ).all()
    if not rows:
        raise NotFound("Deze sitemap bestaat niet.", hint="/sitemap.xml somt ze op.")
    return _urls((path(LISTED[kind], row.uuid), row.modified) for row in rows)


def healthz() -> Response:
    """This process answers."""
    return _fresh(jsonify(status="ok"))


def readyz() -> Response:
    """What this process depends on: records, index, SPARQL store, dumps; 503 when the records cannot be read."""
    settings = current_app.config["SETTINGS"]
    checks: dict[str, object] = {}
    status = 200
    try:
        with read(desks().engine) as connection:
            checks["records"] = {"ready": True, "revision": change.last_seq(connection)}
    except sa.exc.SQLAlchemyError:
        checks["records"], status = {"ready": False}, 503
    checks["index"] = {"ready": settings.index.is_dir()}
    checks["sparql"] = {"ready": settings.sparql.is_dir()}
    checks["dumps"] = {"ready": bool(manifest()["files"]), "revision": manifest().get("revision", 0)}
    response = jsonify(status="ok" if status == 200 else "unavailable", checks=checks)
    response.status_code = status
    return _fresh(response)


def version() -> Response:
    """The version of this software."""
    return _fresh(jsonify(name="belfort", version=__version__))


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _urls(rows: Iterable[tuple[str, str]]) -> Response:
    base = current_app.config["SETTINGS"].base_url
    text = "".join(
        f"<url><loc>{escape(base + path)}</loc>{f'<lastmod>{modified}</lastmod>' if modified else ''}</url>\n"
        for path, modified in rows
    )
    return _xml(f"<urlset {_XMLNS}>\n{text}</urlset>\n")


def _xml(text: str) -> Response:
    response = Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', mimetype="application/xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
