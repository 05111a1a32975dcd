"""`/zoeken` in every form: one question, one negotiation, one set of headers."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from belfort.records.database import read
from frontend.desks import desks
from frontend.headers import link
from frontend.negotiation import MEDIA_TYPES, choose, etag, http_date
from frontend.problems import NotAcceptable
from frontend.site import dates
from frontend.site.memory import version_of
from frontend.site.seek import as_json, feed, linked, table
from frontend.site.seek.addresses import HERE, address, after, base
from frontend.site.seek.ask import answer, asked, first, results
from frontend.site.seek.page import respond as as_page
from search.analyzer import ANALYZER_VERSION
from search.query import DEEPEST, FILTERS, Query, query_string
from search.results import Results

JSON = "application/json"
_OF_A_PLACE = ("bestuur", "orgaantype", "provincie", "orgaan")
CACHE_CONTROL = "public, max-age=30"
# Servers in between take some kilobytes of headers; the answer itself names what is left out.
_LONGEST, _LONGEST_OF_MANY = 1500, 400


@dataclass(frozen=True)
class Form:
    """A form of the answer: its media type, which facets it needs, whether it reads the records too."""

    kind: str
    facets: tuple[str, ...] = ()
    reads: bool = False


FORMS: Mapping[str, Form] = {
    "html": Form("text/html", FILTERS, reads=True),
    "json": Form(JSON, FILTERS),
    "jsonld": Form(MEDIA_TYPES["jsonld"], reads=True),
    "csv": Form(table.MEDIA_TYPE),
    "ttl": Form(MEDIA_TYPES["ttl"], reads=True),
    "atom": Form(feed.MEDIA_TYPE, reads=True),
}


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule(HERE, "zoeken", seek)
    for suffix in (name for name in FORMS if name != "html"):
        blueprint.add_url_rule(f"{HERE}.{suffix}", f"zoeken_{suffix}", seek, defaults={"suffix": suffix})
    blueprint.add_url_rule(table.DESCRIPTION, "zoeken_kolommen", columns)


def seek(suffix: str = "") -> BaseResponse:
    """Search by words and filters."""
    query = asked()
    form = suffix or _chosen()
    if form == "atom":
        query = replace(query, sort="datum")
    tag = _tag(query, form)
    if form != "html" and request.if_none_match.contains_weak(tag):
        return _finish(Response(status=304), query, form, tag)
    if form == "csv":
        results(first(query, 1))  # is there an index, and does it answer?
        response = table.respond(query)
    else:
        found = results(query, _facets(query, form))
        response = _MAKE[form](query, found)
        _links(response, query, form, found)
    return _finish(response, query, form, tag)


def _facets(query: Query, form: str) -> tuple[str, ...]:
    """What is counted: on a page, organs only of a place that was chosen, since thousands say nothing there."""
    if form == "html" and not any(query.values(name) for name in _OF_A_PLACE):
        return tuple(name for name in FILTERS if name != "orgaan")
    return FORMS[form].facets


def columns() -> Response:
    """What the columns of the CSV are."""
    response = table.describe(asked())
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _chosen() -> str:
    """The form that this client wants.

    Raises:
        NotAcceptable: none of them fits; the facts list what exists.
    """
    kinds = {form.kind: name for name, form in FORMS.items()}
    kind = choose(request.headers.get("Accept", ""), tuple(kinds))
    if not kind:
        raise NotAcceptable(
            "Zoekresultaten bestaan niet in de vorm die u vraagt.",
            hint="Vraag een van de vormen in de lijst.",
            available=[
                {"type": form.kind, "path": HERE if name == "html" else f"{HERE}.{name}"}
                for name, form in FORMS.items()
            ],
        )
    return kinds[kind]


def _atom(query: Query, found: Results) -> Response:
    response, updated = feed.respond(query, found)
    response.headers["Last-Modified"] = http_date(updated)
    return response


_MAKE: Mapping[str, Callable[[Query, Results], Response]] = {
    "html": as_page,
    "json": as_json.respond,
    "jsonld": linked.as_json_ld,
    "ttl": lambda _query, found: linked.as_turtle(found),
    "atom": _atom,
}


def _tag(query: Query, form: str) -> str:
    """What the answer depends on: the index, the records, the day, the question, the form."""
    revision = answer(lambda searcher: searcher.revision())
    records = 0
    if FORMS[form].reads:
        with read(desks().engine) as connection:
            records, _ = version_of(connection)
    asks = hashlib.sha256(query_string(query).encode("utf-8", "replace")).hexdigest()[:16]
    return etag(f"{revision}-{records}-{dates.today():%Y%m%d}-{ANALYZER_VERSION}-{asks}-{form}")


def _finish(response: Response, query: Query, form: str, tag: str) -> BaseResponse:
    """The headers that every form has, and 304 where the client has it already.

    The tags are weak: scores may move a little while an index is tidied up. A page also says how far its sources
    are, so it is tagged by what it says.
    """
    if form == "html":
        tag = hashlib.sha256(response.get_data()).hexdigest()[:24]
    response.set_etag(tag, weak=True)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = CACHE_CONTROL
    for name, other in FORMS.items():
        target = base() + address(query, "" if name == "html" else name)
        if name != form and len(target) <= _LONGEST_OF_MANY:
            response.headers.add("Link", link(target, "alternate", other.kind))
    if response.status_code == 304 or form == "csv":  # to make a stream conditional is to read all of it
        return response
    return response.make_conditional(request)


def _links(response: Response, query: Query, form: str, found: Results) -> None:
    """Where the pages before and after are: a page of the site by number as far as those go."""
    suffix = "" if form == "html" else form
    if query.pagina > 1 and not query.cursor:
        before = address(replace(query, pagina=query.pagina - 1), suffix)
        _add(response, base() + before, "prev")
    if found.next:
        by_number = form == "html" and not query.cursor and (query.pagina + 1) * query.per_pagina <= DEEPEST
        following = replace(query, pagina=query.pagina + 1) if by_number else after(query, found.next)
        _add(response, base() + address(following, suffix), "next")


def _add(response: Response, target: str, relation: str) -> None:
    if len(target) <= _LONGEST:
        response.headers.add("Link", link(target, relation))
