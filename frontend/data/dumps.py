"""The published files, with ranges and strong validators, and the contexts, frames and shapes that documents use.

`/dumps/{name}` is the newest release under a name that stays; `/dumps/{release}/{name}` is one release, which never
changes; `manifest.json` of either lists its files.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, request, send_file, send_from_directory
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as BaseResponse

from belfort.errors import NotFound
from frontend.problems import Gone, known_parameters
from publisher.dumps import latest, releases
from publisher.dumps import manifest as read_manifest
from publisher.dumps.release import MANIFEST, NAME
from publisher.dumps.release import read_manifest as of_release
from shapes import contexts

FOREVER = "public, max-age=31536000, immutable"
_DATED = re.compile(rf"({NAME.pattern})/(.+)")


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/dumps/<path:name>", "dump", dump)
    blueprint.add_url_rule("/contexts/<path:name>.jsonld", "context", context)


def manifest() -> dict[str, Any]:
    """What `publisher.dumps` published, or no files at all."""
    return read_manifest(current_app.config["SETTINGS"].dumps) or {"files": [], "entities": 0, "modified": ""}


def dump(name: str) -> BaseResponse:
    """One published file; only those of a manifest exist."""
    known_parameters()
    folder: Path = current_app.config["SETTINGS"].dumps.resolve()
    release, rest = _release(folder, name)
    said = of_release(release)
    known = {file["name"]: file for file in said["files"]} if said else {}
    if rest == MANIFEST and said:
        return send_from_directory(release, rest, mimetype="application/json", conditional=True, max_age=60)
    if rest not in known:
        raise NotFound(
            "Dit bestand bestaat niet.",
            hint="/datasets en /dumps/manifest.json sommen op wat er is.",
            available=[one for one in sorted(known) if "/" not in one],
        )
    return _file(release / rest, known[rest], lasting=name != rest)


def _release(folder: Path, name: str) -> tuple[Path, str]:
    """The folder of the release that a path names, and the file in it.

    Raises:
        Gone: that release is no longer kept.
    """
    dated = _DATED.fullmatch(name)
    if not dated:
        # Resolved once: the manifest and the file are of one release, whatever is published in between.
        return latest(folder).resolve(), name
    if dated[1] not in releases(folder):
        raise Gone("Deze uitgave wordt niet meer bewaard.", hint="Neem de nieuwste: /dumps/manifest.json.")
    return folder / dated[1], dated[5]


def _file(path: Path, known: dict[str, Any], *, lasting: bool) -> BaseResponse:
    try:
        content = path.open("rb")
    except FileNotFoundError:
        raise NotFound("Dit bestand is er nu niet.", hint="Probeer het over een minuut opnieuw.") from None
    response = send_file(content, mimetype=known["media_type"], etag=False, conditional=False, max_age=300)
    response.content_length = known["bytes"]
    response.set_etag(known["sha256"])
    response.headers["Repr-Digest"] = f"sha-256=:{_base64(known['sha256'])}:"
    response.headers["Link"] = f'<{MANIFEST}>; rel="describedby", <{_licence()}>; rel="license"'
    if path.suffix == ".csv":
        response.headers.add("Link", f'<{path.name}-metadata.json>; rel="describedby"; type="application/csvm+json"')
    response.last_modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if lasting:
        response.headers["Cache-Control"] = FOREVER
    try:
        return response.make_conditional(request, accept_ranges=True, complete_length=known["bytes"])
    except RequestedRangeNotSatisfiable:
        response.close()
        raise


def _licence() -> str:
    return str(current_app.config["SETTINGS"].licence)


def _base64(hexadecimal: str) -> str:
    import base64

    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()


def context(name: str) -> BaseResponse:
    """A JSON-LD context or frame of Belfort's documents; the versioned one never changes its meaning."""
    known_parameters()
    if name in ("belfort", contexts.VERSIONED.removesuffix(".jsonld")):
        body: dict[str, Any] = {"@context": contexts.belfort()}
    elif name.removeprefix("frames/") in contexts.FRAMES and name.startswith("frames/"):
        body = contexts.frame(name.removeprefix("frames/"))
    else:
        raise NotFound(
            "Die context bestaat niet.",
            available=[
                "belfort",
                contexts.VERSIONED.removesuffix(".jsonld"),
                *(f"frames/{x}" for x in contexts.FRAMES),
            ],
        )
    response = Response(json.dumps(body, ensure_ascii=False, indent=1), mimetype="application/ld+json")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.add_etag()
    return response.make_conditional(request)
