"""All hits of a question as CSV, streamed: not a page of them, whatever their number, in memory that does not grow.

The file itself has no comments; where it comes from stands in the `Link` headers and in the CSVW description they
name. Source: RFC 4180, https://www.w3.org/TR/tabular-data-model/.
"""

import csv
import io
import threading
from collections.abc import Generator
from itertools import chain
from typing import Any

from flask import Response, current_app, jsonify, request

from belfort.errors import Busy
from frontend.desks import desks
from frontend.headers import link
from frontend.site.seek.addresses import about, address, base, href, whole
from frontend.site.seek.ask import down
from frontend.site.tables import safe_cell
from search.document import Document
from search.query import Query

COLUMNS: dict[str, tuple[str, str]] = {
    "iri": ("IRI van het ding", "anyURI"), "url": ("Pagina op deze site", "anyURI"), "titel": ("Titel", "string"),
    "soort": ("Soort", "string"), "datum": ("Dag van zitting, besluit of begin", "date"),
    "bestuur": ("Naam van het bestuur", "string"), "bestuur_iri": ("IRI van het bestuur", "anyURI"),
    "orgaan": ("Naam van het orgaan", "string"), "orgaan_iri": ("IRI van het orgaan", "anyURI"),
    "provincie": ("Provincie", "string"), "thema": ("Thema's, met ; ertussen", "string"),
    "besluittype": ("Soort besluit", "string"),
    "agendapunten": ("IRI's van agendapunten waar de rij ook voor staat, met spaties ertussen", "string"),
}  # fmt: skip
_LABELLED = ("provincie", "thema", "besluittype")
_SUSPECT = frozenset("=@+-\t\r")
"""How a cell may begin that a spreadsheet takes for a formula."""
MEDIA_TYPE = "text/csv"
DESCRIPTION = "/zoeken.csv-metadata.json"
LONGEST_LINK = 1500
_ROWS = 500
"""Rows that go out together."""
_TOGETHER = threading.BoundedSemaphore(3)
"""Exports that one process makes at a time: each holds a thread for as long as its reader takes."""
_TYPE = "text/csv; charset=utf-8; header=present"


def respond(query: Query) -> Response:
    """The answer; the first rows are read before it begins, so that an error is still an error.

    Raises:
        Busy: the index does not answer, or others are exporting.
    """
    response = Response(content_type=_TYPE) if request.method == "HEAD" else _stream(query)
    response.headers["Content-Disposition"] = 'attachment; filename="zoeken.csv"'
    described = base() + about(DESCRIPTION, whole(query))
    if len(described) <= LONGEST_LINK:
        response.headers.add("Link", link(described, "describedby", "application/csvm+json"))
    response.headers.add("Link", link(current_app.config["SETTINGS"].licence, "license"))
    return response


def _stream(query: Query) -> Response:
    if not _TOGETHER.acquire(blocking=False):
        raise Busy("Er worden al downloads gemaakt.", hint="Probeer het over een minuut opnieuw.", retry_after=30)
    chunks = _chunks(query)
    try:
        first = next(chunks)
    except Busy:
        raise down() from None
    response = Response(chain((first,), chunks), content_type=_TYPE)
    response.call_on_close(chunks.close)
    return response


def _chunks(query: Query) -> Generator[bytes, None, None]:
    """The rows in pieces of bytes; whoever begins it lets go of its place by ending or closing it."""
    try:
        site = base()
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for number, document in enumerate(desks().search.all(query), 1):
            writer.writerow(_row(document, site))  # at once: to keep documents costs more than to make them
            if number % _ROWS == 0:
                yield out.getvalue().encode("utf-8", "replace")
                out.seek(0)
                out.truncate()
        yield out.getvalue().encode("utf-8", "replace")
    finally:
        _TOGETHER.release()


def _row(one: Document, site: str) -> tuple[str, ...]:
    bestuur, label = one.bestuur
    labels: dict[str, str] = {}
    for name, _, said in one.keywords:
        if name in _LABELLED:
            labels[name] = f"{labels[name]}; {said}" if name in labels else said
    return (
        one.iri, site + href(one), _text(one.title), one.type, one.date, _text(label), bestuur,
        _text(one.orgaan_label), one.orgaan, *(_text(labels.get(name, "")) for name in _LABELLED),
        " ".join([each.iri for each in one.joined]),
    )  # fmt: skip


def _text(text: str) -> str:
    return safe_cell(text) if text[:1] in _SUSPECT else text


def describe(query: Query) -> Response:
    """What the columns of that table are, where it comes from, under which licence (CSVW)."""
    settings = current_app.config["SETTINGS"]
    columns: list[dict[str, Any]] = [
        {"name": name, "titles": name, "dc:description": {"@value": said, "@language": "nl"}, "datatype": kind}
        for name, (said, kind) in COLUMNS.items()
    ]
    response = jsonify(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
            "url": base() + address(whole(query), "csv"),
            "dc:title": f"Zoekresultaten van {settings.site_name}" + (f": {query.text}" if query.text else ""),
            "dc:source": base() + address(whole(query)),
            "dc:publisher": settings.site_name,
            "dc:license": {"@id": settings.licence},
            "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
            "tableSchema": {"columns": columns, "primaryKey": "iri", "aboutUrl": "{iri}"},
        }
    )
    response.mimetype = "application/csvm+json"
    return response
