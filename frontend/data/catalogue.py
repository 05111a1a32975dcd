"""What there is, for machines: the DCAT catalogue, VoID, the shapes, and the addresses under `/.well-known/`."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, redirect
from werkzeug.wrappers import Response as BaseResponse

from belfort.errors import NotFound
from belfort.rdf import Triple
from belfort.records import change
from belfort.records.database import read
from belfort.records.entity import entity
from belfort.vocab import PREFIXES
from frontend.data import graphs
from frontend.data.dumps import manifest
from frontend.desks import desks
from frontend.headers import link
from frontend.negotiation import set_validators
from frontend.problems import known_parameters
from publisher.catalogue import dcat, void
from publisher.catalogue.facts import Facts

SHAPES = {
    "dcat-ap-vl": ("shapes.catalogue", "dcat_ap_vl.ttl"),
    "ldes": ("shapes.catalogue", "ldes.ttl"),
    "ldes-lid": ("shapes.catalogue", "member.ttl"),
    **{name: ("shapes.publication", f"{name}.ttl") for name in ("agenda", "besluitenlijst", "notulen", "uittreksel")},
}


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    for name, view in (("catalogus", catalogue), ("void", describe)):
        blueprint.add_url_rule(f"/{name}", name, view)
        for suffix in graphs.FORMATS:
            blueprint.add_url_rule(f"/{name}.{suffix}", f"{name}_{suffix}", view, defaults={"suffix": suffix})
    blueprint.add_url_rule("/shapes/<name>.ttl", "shape", shape)
    blueprint.add_url_rule("/prefixes", "prefixes", prefixes)
    blueprint.add_url_rule("/.well-known/void", "well_known_void", lambda: _see_other("/void"))
    blueprint.add_url_rule("/.well-known/dcat", "well_known_dcat", lambda: _see_other("/catalogus"))
    blueprint.add_url_rule("/.well-known/api-catalog", "api_catalog", api_catalog)
    blueprint.add_url_rule("/.well-known/security.txt", "security", security)


def facts() -> tuple[Facts, int]:
    """What the catalogue says, and the number of the newest change."""
    with read(desks().engine) as connection:
        rows = connection.execute(
            sa.select(entity.c.class_iri, sa.func.count())
            .where(entity.c.class_iri != "")
            .group_by(entity.c.class_iri)
            .order_by(entity.c.class_iri)
        )
        classes = tuple((str(row[0]), int(row[1])) for row in rows)
        issued = connection.execute(sa.select(sa.func.min(change.change.c.at))).scalar_one_or_none() or ""
        seq = change.last_seq(connection)
    return Facts.of(current_app.config["SETTINGS"], manifest(), issued=issued, classes=classes), seq


def catalogue(suffix: str = "") -> BaseResponse:
    """The DCAT-AP-VL catalogue."""
    known, _ = facts()
    return _graph(dcat.catalogue(known), suffix, "/catalogus", str(manifest().get("revision", 0)))


def describe(suffix: str = "") -> BaseResponse:
    """The VoID description."""
    known, seq = facts()
    return _graph(void.describe(known), suffix, "/void", f"{manifest().get('revision', 0)}-{seq}")


def _graph(triples: list[Triple], suffix: str, path: str, version: str) -> BaseResponse:
    known_parameters()
    chosen = graphs.asked(suffix, path)
    response = graphs.response(triples, chosen)
    base = current_app.config["SETTINGS"].base_url
    response.headers["Vary"] = "Accept"
    response.headers.add("Link", link(f"{base}{path}", "canonical"))
    response.headers.add("Link", link(f"{base}/datasets", "alternate", "text/html"))
    return set_validators(response, f"{version}-{chosen}", str(manifest().get("modified", "")))


def shape(name: str) -> Response:
    """The SHACL that data of this site meets, or that pages are checked with."""
    known_parameters()
    if name not in SHAPES:
        raise NotFound("Die shapes bestaan niet.", available=sorted(SHAPES))
    response = Response(_shape(name), content_type="text/turtle; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.add_etag()
    return response


@cache
def _shape(name: str) -> str:
    package, file = SHAPES[name]
    return files(package).joinpath(file).read_text("utf-8")


def prefixes() -> Response:
    """The prefixes of every text that this site writes, as SPARQL and Turtle take them."""
    known_parameters()
    text = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))
    return Response(text, mimetype="text/plain", headers={"Cache-Control": "public, max-age=86400"})


def _see_other(path: str) -> BaseResponse:
    known_parameters()
    return redirect(path, 303)


def api_catalog() -> Response:
    """The services with their descriptions (RFC 9727, a linkset of RFC 9264)."""
    known_parameters()
    base = current_app.config["SETTINGS"].base_url
    linkset = [
        {
            "anchor": f"{base}/api",
            "service-desc": [{"href": f"{base}/openapi.json", "type": "application/openapi+json"}],
            "service-doc": [{"href": f"{base}/datasets", "type": "text/html"}],
            "status": [{"href": f"{base}/status", "type": "application/json"}],
        },
        {
            "anchor": f"{base}/sparql",
            "service-desc": [{"href": f"{base}/sparql", "type": "text/turtle"}],
            "service-doc": [{"href": f"{base}/sparql", "type": "text/html"}],
        },
        {
            "anchor": f"{base}/ldes/belfort",
            "service-desc": [{"href": f"{base}/ldes/belfort", "type": "text/turtle"}],
        },
        {
            "anchor": f"{base}/.well-known/api-catalog",
            "item": [{"href": f"{base}{path}"} for path in ("/api", "/sparql", "/ldes/belfort", "/sync/belfort/files")],
            "describedby": [{"href": f"{base}/catalogus", "type": "text/turtle"}],
        },
    ]
    text = json.dumps({"linkset": linkset}, indent=1)
    response = Response(
        text, content_type='application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    response.headers["Link"] = link(f"{base}/.well-known/api-catalog", "api-catalog")
    return response


def security() -> Response:
    """Whom to tell of a weakness (RFC 9116); it runs out on the first day of a year, half a year ahead at least."""
    known_parameters()
    settings = current_app.config["SETTINGS"]
    year = (datetime.now(UTC) + timedelta(days=184)).year + 1
    lines = [
        f"Contact: {settings.contact}",
        f"Expires: {year}-01-01T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
