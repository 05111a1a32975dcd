"""A list as CSV or JSON beside its page: the same rows, chosen by suffix or by `Accept`.

CSV is UTF-8 without BOM, with commas, ISO dates and Dutch column names; a cell that a spreadsheet would take for a
formula gets an apostrophe in front. JSON is a list of objects with the same names.
Source: https://www.w3.org/TR/tabular-data-model/ and ecosystem.md §5.2.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from flask import Response, request

from frontend import negotiation
from frontend.problems import NotAcceptable

FORMATS = {"html": "text/html", "csv": "text/csv", "json": "application/json"}
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s(])")
Row = Sequence[str]


def asked(suffix: str, path: str) -> str:
    """The form of a list that this request wants: html, csv or json.

    Raises:
        NotAcceptable: none of them fits.
    """
    if suffix:
        return suffix
    chosen = negotiation.choose(request.headers.get("Accept", ""), tuple(FORMATS.values()))
    if not chosen:
        raise NotAcceptable(
            "Deze lijst bestaat niet in de vorm die u vraagt.",
            hint="Vraag een van de vormen in de lijst.",
            available=[{"type": kind, "path": path if name == "html" else f"{path}.{name}"}
                       for name, kind in FORMATS.items()],
        )  # fmt: skip
    return next(name for name, kind in FORMATS.items() if kind == chosen)


def respond(form: str, name: str, columns: Sequence[str], rows: Iterable[Row]) -> Response:
    """The rows as CSV or JSON."""
    if form == "json":
        body = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1) + "\n"
        response = Response(body, mimetype="application/json")
    else:
        response = Response(as_csv(columns, rows), content_type="text/csv; charset=utf-8; header=present")
        response.headers["Content-Disposition"] = f'inline; filename="{name}.csv"'
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = negotiation.CACHE_CONTROL
    return response


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """The rows as CSV, with its header; lines end as RFC 4180 has them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()


def safe_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if _FORMULA.match(value) else value
