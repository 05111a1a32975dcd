"""`/openapi.json`: the addresses for machines by OpenAPI 3.1, written from the table that the routes use.

Source: https://spec.openapis.org/oas/v3.1.1.
"""

import json
from functools import cache
from typing import Any

from flask import Blueprint, Response, current_app

from belfort import __version__
from belfort.vocab import OTHER_PLURAL, PLURALS
from frontend import problems
from frontend.data import collections, graphs, parameters, searching
from frontend.data.parameters import PAGING, Endpoint
from frontend.negotiation import FORMATS, MEDIA_TYPES
from publisher.feeds.deltas import FEEDS

PARAMETERS = {**parameters.PARAMETERS, **searching.SEARCH_PARAMETERS}
_DATA = tuple(MEDIA_TYPES[name] for name in FORMATS)
_GRAPH = tuple(MEDIA_TYPES[name] for name in graphs.FORMATS)
_JSON = ("application/json",)
_ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", *_GRAPH)


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/openapi.json", "openapi", openapi)


@cache
def endpoints() -> tuple[Endpoint, ...]:
    """Every address for machines."""
    found = [
        Endpoint(
            f"/api/{name}", f"Een bladzijde van: {name}", (*parameters.filters(name), *PAGING),
            tuple(MEDIA_TYPES[one] for one in collections.FORMATS if one != "csv" or name in collections.TABLES),
            "collecties",
        )
        for name in PLURALS.values()
    ]  # fmt: skip
    found += [
        Endpoint(f"/{name}/{{uuid}}", f"Eén ding uit {name}, als pagina of data", ("uuid",), _DATA, "dingen")
        for name in (*PLURALS.values(), OTHER_PLURAL)
    ]
    for feed in FEEDS:
        found += [
            Endpoint(f"/ldes/{feed}", "Begin van de event stream", (), _GRAPH, "volgen"),
            Endpoint(f"/ldes/{feed}/{{pagina}}", "Een bladzijde van de event stream", ("pagina",), _GRAPH, "volgen"),
            Endpoint(f"/sync/{feed}/files", "Deltabestanden", ("since",), ("application/vnd.api+json",), "volgen"),
        ]
    return (
        *found,
        Endpoint("/api", "Welke collecties er zijn", (), _JSON, "collecties"),
        Endpoint("/files/{id}/download", "Een deltabestand", ("id",), _JSON, "volgen"),
        Endpoint("/resource", "303 naar de pagina van een IRI", ("iri",), (), "dingen"),
        Endpoint("/dumps/{naam}", "Een bestand van de nieuwste uitgave", ("naam",), ("*/*",), "bestanden"),
        Endpoint("/dumps/manifest.json", "Alle bestanden met hun sha256", (), _JSON, "bestanden"),
        Endpoint("/catalogus", "De catalogus (DCAT-AP-VL)", (), _GRAPH, "catalogus"),
        Endpoint("/void", "De data beschreven met VoID", (), _GRAPH, "catalogus"),
        Endpoint("/status", "Hoe vers alles is", (), _JSON, "catalogus"),
        Endpoint(
            "/sparql", "Een SPARQL-vraag", ("query", "format", "default-graph-uri", "named-graph-uri"), _ROWS, "sparql"
        ),
        *searching.endpoints(),
    )


def openapi() -> Response:
    """The description."""
    parameters.read()
    settings = current_app.config["SETTINGS"]
    response = Response(
        json.dumps(document(settings.base_url, settings.site_name, settings.licence), ensure_ascii=False, indent=1),
        mimetype="application/openapi+json",
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.add_etag()
    return response


def document(base: str, name: str, licence: str) -> dict[str, Any]:
    """The OpenAPI document of a site."""
    paths: dict[str, Any] = {}
    for one in endpoints():
        paths.setdefault(one.path, {})[one.method] = _operation(one)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": f"{name}: open data van lokale besturen",
            "version": __version__,
            "license": {"name": "Licentie van de data", "url": licence},
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {
            "parameters": {key: _parameter(key) for key in PARAMETERS},
            "responses": {
                "Problem": {
                    "description": "Wat er mis is en wat te doen (RFC 9457)",
                    "content": {
                        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
                    },
                },
                "NotModified": {"description": "Niet gewijzigd sinds de gegeven ETag of datum"},
            },
            "schemas": {"Problem": _problem()},
        },
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "304": {"$ref": "#/components/responses/NotModified"},
        "400": {"$ref": "#/components/responses/Problem"},
        "404": {"$ref": "#/components/responses/Problem"},
        "406": {"$ref": "#/components/responses/Problem"},
        "default": {"$ref": "#/components/responses/Problem"},
    }
    if one.formats:
        answers["200"] = {"description": one.summary, "content": {kind: {} for kind in one.formats}}
    else:
        answers["303"] = {"description": one.summary}
    if "uuid" in one.parameters:
        answers["410"] = {"$ref": "#/components/responses/Problem"}
    name = "_".join(part.strip("{}").replace(".", "_") for part in one.path.split("/") if part)
    return {
        "operationId": f"{one.method}_{name}",
        "summary": one.summary,
        "tags": [one.tag],
        "parameters": [{"$ref": f"#/components/parameters/{key}"} for key in one.parameters],
        "responses": dict(sorted(answers.items())),
    }


def _parameter(key: str) -> dict[str, Any]:
    one = PARAMETERS[key]
    said: dict[str, Any] = {
        "name": one.name, "in": one.place, "description": one.description, "schema": dict(one.schema),
        "required": one.place == "path",
    }  # fmt: skip
    return {**said, "example": one.example} if one.example else said


def _problem() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri", "description": "/fouten/ en een van: "
                     + ", ".join(sorted(problems.catalogue()))},
            "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
            "hint": {"type": "string"},
            "known_parameters": {"type": "array", "items": {"type": "string"}},
        },
    }  # fmt: skip
