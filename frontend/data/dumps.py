"""The published files, with ranges and strong validators, and the contexts that documents use."""

import json
import os
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, current_app, request, send_file, send_from_directory
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as BaseResponse

from belfort.errors import NotFound
from frontend.problems import known_parameters
from publisher.dumps import manifest as read_manifest
from shapes import contexts


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/dumps/<name>", "dump", dump)
    blueprint.add_url_rule("/contexts/belfort.jsonld", "context", context)


def manifest() -> dict[str, Any]:
    """What `publisher.dumps` published, or no files at all."""
    return read_manifest(current_app.config["SETTINGS"].dumps) or {"files": [], "entities": 0, "modified": ""}


def dump(name: str) -> BaseResponse:
    """One published file; only those of the manifest exist."""
    known_parameters()
    folder = current_app.config["SETTINGS"].dumps.resolve()
    known = {file["name"]: file for file in manifest()["files"]}
    if name == "manifest.json" and known:
        return send_from_directory(folder, name, mimetype="application/json", conditional=True, max_age=60)
    if name not in known:
        raise NotFound("Dit bestand bestaat niet.", hint="/datasets somt op wat er is.", available=sorted(known))
    try:
        content = (folder / name).open("rb")
    except FileNotFoundError:
        raise NotFound("Dit bestand is er nu niet.", hint="Probeer het over een minuut opnieuw.") from None
    state = os.fstat(content.fileno())
    response = send_file(content, mimetype=known[name]["media_type"], etag=False, conditional=False, max_age=300)
    response.content_length = state.st_size
    # The manifest is replaced last: a file that is newer than it is not the one whose digest it gives.
    is_listed = state.st_mtime_ns <= (folder / "manifest.json").stat().st_mtime_ns
    response.set_etag(known[name]["sha256"] if is_listed else f"{state.st_mtime_ns}-{state.st_size}")
    response.last_modified = datetime.fromtimestamp(state.st_mtime, UTC)
    try:
        return response.make_conditional(request, accept_ranges=True, complete_length=state.st_size)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise


def context() -> BaseResponse:
    """The JSON-LD context of Belfort's documents."""
    known_parameters()
    body = json.dumps({"@context": contexts.belfort()}, ensure_ascii=False, indent=1)
    response = Response(body, mimetype="application/ld+json")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.add_etag()
    return response.make_conditional(request)
