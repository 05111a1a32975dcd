"""SPARQL 1.1 Protocol over the query workers: GET, form POST and direct POST; read-only.

This process never parses a query, and of answers only its own workers' JSON, to draw a table for a browser: text goes
to a disposable worker, bytes come back (design §7.1). Source: https://www.w3.org/TR/sparql11-protocol/.
"""

import json
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from belfort.errors import BelfortError, UsageError
from frontend.data.examples import EXAMPLES
from frontend.desks import desks
from frontend.problems import known_parameters, wants_page
from publisher.sparql import description, guard, snapshots
from publisher.sparql.pool import Answer, Dataset

PARAMETERS = ("query", "format", "default-graph-uri", "named-graph-uri", "update", "voorbeeld")
FORMATS = (
    ("html", "Tabel in deze pagina"), ("json", "JSON"), ("csv", "CSV"), ("xml", "XML"), ("tsv", "TSV"),
    ("ttl", "Turtle (CONSTRUCT, DESCRIBE)"), ("jsonld", "JSON-LD (CONSTRUCT, DESCRIBE)"),
)  # fmt: skip
ROWS_DRAWN = 500


class ReadOnly(BelfortError):
    """The query service only reads."""

    slug, title, status, exit_code = "read-only", "Alleen lezen", 403, 6


class UnsupportedMediaType(UsageError):
    """The body of the request has a media type that the protocol does not know."""

    slug, title, status = "unsupported-media-type", "Onbekende vorm", 415


@dataclass(frozen=True)
class Ask:
    """What a request asks: the query, the format by name, the graphs."""

    text: str | bytes
    format: str
    dataset: Dataset


@dataclass(frozen=True)
class Table:
    """An answer as a page draws it: rows of (text, kind) with kind `iri` or `literal`; or a text."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    total: int = 0
    text: str = ""
    note: str = ""
    error: BelfortError | None = field(default=None)


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/sparql", "sparql", sparql, methods=["GET", "POST"])


def sparql() -> Response:
    """Answer a query; without one, describe the service to machines and offer a form to people."""
    known_parameters(*PARAMETERS)
    ask = _ask()
    if not ask.text:
        response = _form(EXAMPLES[_example()].query) if wants_page() else _describe()
    elif wants_page() and ask.format in ("", "html"):
        response = _drawn(ask)
    else:
        response = _answered(_run(ask, request.headers.get("Accept", ""), ask.format))
    response.headers["Vary"] = "Accept"
    return response


def _ask() -> Ask:
    """Read the request by the protocol.

    Raises:
        ReadOnly: it is an update.
        UnsupportedMediaType: the body is neither a form nor a query.
    """
    kind = (request.mimetype or "").lower()
    given = request.args
    body: bytes = b""
    if request.method == "POST":
        if kind == "application/sparql-update":
            raise _read_only()
        if kind == "application/sparql-query":
            body = request.get_data(cache=False)
        elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            given = request.form
        else:
            raise UnsupportedMediaType(
                "De inhoud van de vraag heeft een onbekende vorm.",
                hint="Gebruik application/sparql-query, of een formulier met het veld query.",
            )
    if "update" in given or "update" in request.args:
        raise _read_only()
    graphs = Dataset(tuple(given.getlist("default-graph-uri")), tuple(given.getlist("named-graph-uri")))
    if len(given.getlist("query")) > 1:
        raise UsageError("Er staat meer dan één vraag in het verzoek.", hint="Stel elke vraag apart.")
    text: str | bytes = body or given.get("query", "")
    if request.method == "POST" and not text.strip():
        raise UsageError("Het verzoek bevat geen vraag.", hint="Zet ze in het veld query.")
    return Ask(text if text.strip() else "", given.get("format", "").strip(), graphs)


def _read_only() -> ReadOnly:
    return ReadOnly("Deze dienst leest alleen; een update kan hier niet.", hint="Gebruik een vraag (query).")


def _run(ask: Ask, accept: str, name: str) -> Answer:
    return desks().sparql.query(
        ask.text, accept=accept, format=name, client=request.remote_addr or "", dataset=ask.dataset
    )


def _answered(answer: Answer) -> Response:
    response = Response(answer.body, content_type=answer.media_type)
    response.headers["Cache-Control"] = "public, max-age=30"
    response.headers["Belfort-Snapshot"] = answer.snapshot
    if answer.note:
        plain = unicodedata.normalize("NFKD", answer.note).encode("ascii", "ignore").decode()
        response.headers["Belfort-Note"] = plain
    return response


def _describe() -> Response:
    settings = current_app.config["SETTINGS"]
    folder = snapshots.current(settings.sparql)
    state = snapshots.read_state(folder) if folder else None
    return Response(description.turtle(settings.base_url, settings.licence, state), content_type="text/turtle")


def _example() -> int:
    text = request.args.get("voorbeeld", "1")
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= len(EXAMPLES)):
        raise UsageError("Dat voorbeeld bestaat niet.", hint=f"Er zijn er {len(EXAMPLES)}.")
    return int(text) - 1


def _form(text: str, table: Table | None = None, status: int = 200) -> Response:
    settings = current_app.config["SETTINGS"]
    page = render_template(
        "sparql.html", text=text, table=table, answer_formats=FORMATS, examples=EXAMPLES, drawn=ROWS_DRAWN,
        seconds=f"{settings.sparql_seconds:g}", rows=settings.sparql_rows,
    )  # fmt: skip
    return Response(page, status, mimetype="text/html")


def _drawn(ask: Ask) -> Response:
    """The form again, with the answer or the error under it."""
    text = ask.text if isinstance(ask.text, str) else ask.text.decode("utf-8", "replace")
    try:
        selects = guard.check(ask.text).kind in ("select", "ask")
        answer = _run(ask, "", "json" if selects else "ttl")
    except BelfortError as error:
        response = _form(text, Table(error=error), error.status)
        if error.status in (429, 503):
            response.headers["Retry-After"] = str(error.facts.get("retry_after", 5))
        return response
    if not selects:
        return _form(text, Table(text=answer.body.decode(), note=answer.note))
    return _form(text, _table(json.loads(answer.body), answer.note))


def _table(answer: dict[str, Any], note: str) -> Table:
    if "boolean" in answer:
        return Table(text="ja" if answer["boolean"] else "nee", note=note)
    columns = tuple(answer["head"].get("vars", ()))
    bindings = answer["results"]["bindings"]
    rows = tuple(tuple(_cell(binding.get(name)) for name in columns) for binding in bindings[:ROWS_DRAWN])
    return Table(columns, rows, len(bindings), note=note)


def _cell(term: dict[str, str] | None) -> tuple[str, str]:
    if term is None:
        return "", "literal"
    return term["value"], "iri" if term["type"] == "uri" else "literal"
