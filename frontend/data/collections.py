"""Collections of things: `/api/{meervoud}` with filters, by page, as JSON-LD, CSV, Turtle or N-Triples."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, request
from werkzeug.wrappers import Response as BaseResponse

from belfort import rdf
from belfort.errors import NotFound, UsageError
from belfort.records import change
from belfort.records import entity as entities
from belfort.records.database import read
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, MANDAAT, PLURALS, PREFIXES
from frontend.data import parameters
from frontend.data.graphs import asked
from frontend.desks import desks
from frontend.headers import link
from frontend.negotiation import MEDIA_TYPES, set_validators
from publisher import collections, jsonld, tables
from publisher.collections import Query
from publisher.framing import Framer

FORMATS = ("jsonld", "csv", "ttl", "nt")
FRAMES = {
    "besturen": "bestuur", "mandatarissen": "mandataris", "functionarissen": "functionaris", "zittingen": "zitting",
    "besluiten": "besluit",
}  # fmt: skip
TABLES = {
    "besturen": "besturen", "mandatarissen": "mandatarissen", "functionarissen": "leidinggevenden",
    "besluiten": "besluiten",
}  # fmt: skip
HYDRA = "http://www.w3.org/ns/hydra/core#"
CODES = {
    "type": ("BestuurseenheidClassificatieCode",),
    "functie": ("BestuursfunctieCode",),
    "status": ("MandatarisStatusCode", "FunctionarisStatusCode"),
}


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    names = ",".join(PLURALS.values())
    blueprint.add_url_rule("/api", "collections", overview)
    blueprint.add_url_rule(f"/api/<any({names}):name>", "collection", collection)
    for suffix in FORMATS:
        blueprint.add_url_rule(
            f"/api/<any({names}):name>.{suffix}", f"collection_{suffix}", collection, defaults={"suffix": suffix}
        )


def overview() -> Response:
    """Which collections there are, and which filters each knows."""
    parameters.read()
    base = current_app.config["SETTINGS"].base_url
    rows = [
        {"collectie": name, "adres": f"{base}/api/{name}", "filters": list(parameters.filters(name)),
         "vormen": [MEDIA_TYPES[one] for one in _formats(name)]}
        for name in PLURALS.values()
    ]  # fmt: skip
    response = Response(json.dumps({"collecties": rows}, ensure_ascii=False, indent=1), mimetype="application/json")
    response.headers["Link"] = link(f"{base}/openapi.json", "service-desc", "application/openapi+json")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _formats(name: str) -> tuple[str, ...]:
    return tuple(one for one in FORMATS if one != "csv" or name in TABLES)


def collection(name: str, suffix: str = "") -> BaseResponse:
    """One page of a collection."""
    given = parameters.read(*parameters.filters(name), *parameters.PAGING)
    if suffix and suffix not in _formats(name):
        raise NotFound("Deze collectie bestaat niet in die vorm.", available=list(_formats(name)))
    chosen = asked(suffix, f"/api/{name}", _formats(name))
    fields = _fields(given.get("velden", ""), name, chosen)
    with read(desks().engine) as connection:
        seq = change.last_seq(connection)
        at = change.moment(connection, seq)
        found = collections.page(connection, _query(connection, name, given))
        response = _answer(connection, name, chosen, found, fields)
    base = current_app.config["SETTINGS"].base_url
    response.headers["Vary"] = "Accept"
    response.headers.add("Link", link(current_app.config["SETTINGS"].licence, "license"))
    response.headers.add("Link", link(f"{base}/openapi.json", "service-desc", "application/openapi+json"))
    if found.next_after:
        response.headers.add("Link", link(_address(name, suffix, given, found.next_after), "next"))
    question = hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:16]
    return set_validators(response, f"{seq}-{name}-{question}-{chosen}", at or "")


def _query(connection: sa.Connection, name: str, given: Mapping[str, str]) -> Query:
    """What is asked, with words made IRIs.

    Raises:
        UsageError: a word means nothing here; the hint says what would.
    """
    wanted: dict[str, tuple[str, ...]] = {}
    for key in CODES.keys() & given.keys():
        wanted[key] = collections.coded(given[key], CODES[key])
    if "provincie" in given:
        wanted["provincie"] = collections.areas_within(connection, given["provincie"])
    if "bestuur" in given:
        wanted["bestuur"] = collections.iris_of(connection, given["bestuur"], BESLUIT.Bestuurseenheid)
    if "fractie" in given:
        wanted["fractie"] = collections.iris_of(connection, given["fractie"], MANDAAT.Fractie)
        wanted["fractie"] = wanted["fractie"] or collections.fracties_named(connection, given["fractie"])
    for key, iris in wanted.items():
        if not iris:
            raise UsageError(
                f"De waarde van {key} is hier niet gekend.", hint=parameters.PARAMETERS[key].description, parameter=key
            )
    return Query(
        name,
        **wanted,
        periode=given.get("periode", ""),
        peildatum=given.get("peildatum", ""),
        after=_decoded(given.get("cursor", "")),
        limit=int(given.get("limiet", parameters.DEFAULT_LIMIT)),
    )


def _decoded(cursor: str) -> str:
    if not cursor:
        return ""
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        text = ""
    if not text or "\0" in text:
        raise UsageError("De cursor is niet van hier.", hint="Begin zonder cursor.", parameter="cursor")
    return text


def _encoded(iri: str) -> str:
    return base64.urlsafe_b64encode(iri.encode()).decode().rstrip("=")


def _address(name: str, suffix: str, given: Mapping[str, str], after: str) -> str:
    asked_for = {key: text for key, text in given.items() if key != "cursor"}
    if after:
        asked_for["cursor"] = _encoded(after)
    here = f"{current_app.config['SETTINGS'].base_url}/api/{name}" + (f".{suffix}" if suffix else "")
    return here + (f"?{urlencode(asked_for)}" if asked_for else "")


def _fields(text: str, name: str, chosen: str) -> tuple[str, ...]:
    """The fields to give; none means all.

    Raises:
        UsageError: a field does not exist in that form; the facts list those of a table.
    """
    fields = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not fields:
        return ()
    if chosen == "csv":
        known = tables.TABLES[TABLES[name]].names
        if any(one not in known for one in fields):
            raise UsageError("Een van de velden is geen kolom.", known_fields=list(known), parameter="velden")
    elif chosen != "jsonld":
        raise UsageError("velden kan alleen bij JSON-LD en CSV.", parameter="velden")
    elif any(one.partition(":")[0] not in PREFIXES for one in fields):
        raise UsageError(
            "Een veld is een naam uit de context, als mandaat:start.", hint="Zie /contexts/belfort.jsonld.",
            parameter="velden",
        )  # fmt: skip
    return fields


def _answer(
    connection: sa.Connection, name: str, chosen: str, found: collections.Page, fields: tuple[str, ...]
) -> Response:
    if chosen == "csv":
        table = tables.TABLES[TABLES[name]]
        columns = fields or table.names
        rows = tables.rows(connection, table, found.items)
        text = tables.csv_line(columns) + "".join(tables.csv_line([row[c] for c in columns]) for row in rows)
        response = Response(text, content_type="text/csv; charset=utf-8; header=present")
        response.headers["Content-Disposition"] = f'inline; filename="{name}.csv"'
        return response
    if chosen == "nt":
        return Response("".join(f"{one.lines}\n" for one in found.items), mimetype=MEDIA_TYPES["nt"])
    if chosen == "ttl":
        triples = [triple for one in found.items for triple in rdf.parse_lines(one.lines)]
        return Response(rdf.turtle(triples), content_type="text/turtle; charset=utf-8")
    return Response(_json_ld(connection, name, found, fields), mimetype=MEDIA_TYPES["jsonld"])


def _json_ld(connection: sa.Connection, name: str, found: collections.Page, fields: tuple[str, ...]) -> str:
    """A page as a hydra:Collection of framed documents, with its context inside."""
    nodes = _nodes(connection, name, found.items)
    if fields:
        nodes = [json.dumps(_only(json.loads(node), fields), ensure_ascii=False) for node in nodes]
    given = request.args.to_dict()
    view: dict[str, Any] = {"@id": _address(name, "", given, ""), "@type": "hydra:PartialCollectionView"}
    if "cursor" in given:
        view["@id"] = _address(name, "", given, _decoded(given["cursor"]))
        view["hydra:first"] = {"@id": _address(name, "", given, "")}
    if found.next_after:
        view["hydra:next"] = {"@id": _address(name, "", given, found.next_after)}
    base = current_app.config["SETTINGS"].base_url
    head = f'"@id":{json.dumps(f"{base}/api/{name}")},"@type":"hydra:Collection","hydra:view":{json.dumps(view)}'
    return (
        f'{{"@context":[{jsonld.context_text()},{{"hydra":"{HYDRA}"}}],{head},"hydra:member":[\n'
        + ",\n".join(nodes)
        + "\n]}\n"
    )


def _nodes(connection: sa.Connection, name: str, items: list[Entity]) -> list[str]:
    rows = [(one.iri, one.lines) for one in items]
    if name not in FRAMES:
        return [jsonld.node(*row) for row in rows]
    return Framer(FRAMES[name], lambda iris: entities.get_many(connection, iris)).nodes(rows)


def _only(node: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key.startswith("@") or key in fields}
