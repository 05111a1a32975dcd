"""`GET /search/{type}/search` as mu-search has it, so that front ends made for that can run on Belfort.

What is asked with its parameters becomes the one question of `search.query`. Words are sought in all that is known of
a thing, so fields that are narrower than that are refused, as is every flag that would mean something else here.
Source: https://github.com/mu-semtech/mu-search (0.12), JSON:API 1.1.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from belfort.errors import NotFound, UsageError
from belfort.vocab import PLURALS
from frontend.site.seek.addresses import base, href
from frontend.site.seek.ask import results
from search.query import FILTERS, Query
from search.query import from_parameters as parse
from search.results import Fragment, Hit, Results

TYPES: Mapping[str, str] = {
    **{name: name for name in PLURALS.values()},
    "agenda-items": "agendapunten", "sessions": "zittingen", "decisions": "besluiten", "units": "besturen",
}  # fmt: skip
EVERYWHERE = frozenset({"_all", "*", "search_content"})
DAYS = frozenset({"datum", "date", "session_planned-start", "planned-start"})
SIZE = 10
_FILTER = re.compile(r"filter\[(?::([a-z_,-]+):)?([^\[\]:]+)\]")
_SORT = re.compile(r"sort(?:\[(?::[a-z]+:)?([^\[\]:]+)\])?")
_IGNORED = re.compile(r"highlight\[:fields:.*\]|count|collapse_uuids")
_WORDS = ("", "sqs", "query", "match", "common", "fuzzy")


def register(blueprint: Blueprint) -> None:
    """Add the route."""
    blueprint.add_url_rule("/search/<kind>/search", "musearch", search)


def search(kind: str) -> Response:
    """A page of things of a type.

    Raises:
        NotFound: there is no such type.
        UsageError: a parameter that cannot be honoured.
    """
    if kind not in TYPES:
        raise NotFound("Die soort dingen is hier niet gekend.", hint=f"Gekend: {', '.join(sorted(TYPES))}.")
    query, number = _query(TYPES[kind])
    found = results(query)
    body = {
        "count": found.total,
        "data": [_one(hit, kind) for hit in found.hits],
        "links": _links(found, number, query.per_pagina),
    }
    response = Response(json.dumps(body, ensure_ascii=False), mimetype="application/vnd.api+json")
    response.headers["Cache-Control"] = "public, max-age=30"
    return response


def _query(kind: str) -> tuple[Query, int]:
    """The question, and the number of the page from 0."""
    asked: dict[str, list[str]] = {"type": [kind], "per_pagina": [str(SIZE)]}
    number = 0
    for name, value in request.args.items(multi=True):
        if name == "page[number]":
            number = int(value) if re.fullmatch(r"[0-9]{1,6}", value) else -1
        elif name == "page[size]":
            asked["per_pagina"] = [value]
        elif found := _FILTER.fullmatch(name):
            for parameter, text in _filter(found[1] or "", found[2], value):
                asked.setdefault(parameter, []).append(text)
        elif found := _SORT.fullmatch(name):
            asked["sort"] = [_sort(found[1] or "", value)]
        elif not _IGNORED.fullmatch(name):
            raise _refused()
    if number < 0:
        raise UsageError("page[number] is geen getal vanaf 0.", hint="De eerste pagina is 0.")
    asked["pagina"] = [str(number + 1)]
    return parse(asked), number


def _filter(flags: str, fields: str, value: str) -> Iterator[tuple[str, str]]:
    """A filter as parameters of the question."""
    names = {name.partition("^")[0] for name in fields.split(",")}
    if names & EVERYWHERE and flags in (*_WORDS, "phrase", "prefix", "phrase_prefix"):
        plain = value.replace('"', " ")
        yield "q", {"phrase": f'"{plain}"', "prefix": f"{value.rstrip('*')}*"}.get(flags.removeprefix("phrase_"), value)
    elif flags in ("term", "terms") and fields in FILTERS:
        yield from ((fields, one) for one in (value.split(",") if flags == "terms" else [value]))
    elif flags and fields in DAYS and set(flags.split(",")) <= {"gt", "gte", "lt", "lte"}:
        yield from _days(flags.split(","), value.split(","))
    else:
        raise _refused()


def _days(flags: list[str], values: list[str]) -> Iterator[tuple[str, str]]:
    if len(flags) != len(values):
        raise UsageError("Een filter op dagen heeft een waarde per grens.", hint="Schrijf filter[:gte,lte:datum]=a,b.")
    for flag, value in zip(flags, values, strict=True):
        try:
            day = date.fromisoformat(value[:10])
            if flag in ("gt", "lt") and len(value) == 10:
                day += timedelta(days=1 if flag == "gt" else -1)
        except (ValueError, OverflowError):
            raise UsageError("Een grens is geen datum.", hint="Schrijf een datum als 2024-05-31.") from None
        yield ("van" if flag.startswith("g") else "tot"), day.isoformat()


def _sort(field: str, value: str) -> str:
    name = field or value.lstrip("+-")
    down = value.startswith("-") or value.casefold() == "desc"
    if name == "_score":
        return "relevantie"
    if name not in DAYS:
        raise _refused()
    return "datum" if down else "oudste"


def _refused() -> UsageError:
    return UsageError(
        "Een van de parameters kan hier niet.",
        hint="Gekend: filter[_all], filter[:sqs|query|phrase|prefix:_all], filter[:term|terms:…] op "
        f"{', '.join(FILTERS)}, filter[:gte,lte:datum], sort=-datum, page[number], page[size].",
    )


def _one(hit: Hit, kind: str) -> dict[str, object]:
    return {
        "type": kind,
        "id": hit.uuid,
        "attributes": {
            "uri": hit.iri,
            "uuid": hit.uuid,
            "title": hit.title,
            "datum": hit.datum,
            "bestuur": hit.bestuur,
            "bestuur-label": hit.bestuur_label,
            "orgaan-label": hit.orgaan_label,
        },
        "score": hit.score,
        "highlight": {
            "title": [_marked(hit.title_pieces)],
            "search_content": [_marked(one) for one in hit.fragmenten],
        },
        "links": {"self": base() + href(hit)},
    }


def _marked(pieces: Fragment) -> str:
    """The text with what matched as `<em>`, everything else escaped."""
    safe = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    return "".join(f"<em>{text.translate(safe)}</em>" if match else text.translate(safe) for text, match in pieces)


def _links(found: Results, number: int, size: int) -> dict[str, str]:
    last = max(0, -(-found.total // size) - 1)
    pages = {"self": number, "first": 0, "last": last}
    if number > 0:
        pages["prev"] = number - 1
    if number < last:
        pages["next"] = number + 1
    given = [(name, value) for name, value in request.args.items(multi=True) if name != "page[number]"]
    return {
        name: f"{base()}{request.path}?{urlencode([*given, ('page[number]', str(page))])}"
        for name, page in pages.items()
    }
