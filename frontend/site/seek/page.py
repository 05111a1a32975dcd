"""The page of search: hits, what narrows them, what is on, how complete they are; or why there are none."""

from dataclasses import dataclass, replace

from flask import Response, render_template

from frontend.site import dates
from frontend.site.paging import Paging
from frontend.site.seek.addresses import about, address, after, first_page, href, numbered, unfiltered, whole
from frontend.site.seek.complete import authorities
from frontend.site.seek.facets import facets, names_of, pills, presets
from frontend.site.seek.nothing import why_nothing
from search.query import DEEPEST, MAX_TEXT, Query, to_parameters
from search.reading import read
from search.results import Hit, Results

_SORTS = (("relevantie", "relevantie"), ("datum", "nieuwste eerst"), ("oudste", "oudste eerst"))
_FORMS = (("csv", "CSV (alles)"), ("json", "JSON"), ("jsonld", "JSON-LD"), ("ttl", "Turtle"), ("atom", "Atom"))
_IN_THE_FORM = ("q", "van", "tot", "peildatum", "pagina", "cursor")


@dataclass(frozen=True)
class Shown:
    """A hit with what a page says of it: what it is, its addresses."""

    hit: Hit
    kind: str
    href: str
    why: str
    near: str


def respond(query: Query, results: Results) -> Response:
    """The page."""
    names = names_of(query, results)
    on = pills(query, names)
    asks = bool(query.text or query.chosen)
    return Response(
        render_template(
            "zoeken.html",
            query=query,
            longest=MAX_TEXT,
            results=results,
            left_out=read(query.text).left_out,
            hits=[_shown(hit, query) for hit in results.hits],
            first=(query.pagina - 1) * query.per_pagina + 1 if not query.cursor else 0,
            facets=facets(query, results, names),
            pills=on,
            reset=address(unfiltered(query)) if query.chosen else "",
            presets=presets(query, dates.today()),
            sorts=_sorts(query, results),
            hidden=[(name, value) for name, value in to_parameters(query) if name not in _IN_THE_FORM],
            paging=_paging(query, results),
            nothing=why_nothing(query, names) if asks and not results.total else None,
            authorities=authorities(query, results),
            forms=[(label, address(whole(query), name)) for name, label in _FORMS],
            feed=address(whole(query), "atom"),
            follow=about("/abonnementen/nieuw", replace(whole(query), sort="relevantie")) if asks else "",
        ),
        mimetype="text/html",
    )


def _shown(hit: Hit, query: Query) -> Shown:
    asked = replace(whole(query), sort="relevantie")
    return Shown(
        hit,
        "Agendapunt en besluit" if hit.agendapunten and hit.type == "Besluit" else hit.type,
        href(hit),
        about("/zoeken/uitleg", asked, id=hit.iri) if query.text else "",
        about("/gelijkaardig", iri=hit.iri) if hit.plural == "besluiten" else "",
    )


def _sorts(query: Query, results: Results) -> list[tuple[str, str]]:
    """Label and address of each order; the one that is on has no address."""
    if results.total < 2:
        return []
    shown = [one for one in _SORTS if query.text or one[0] != "relevantie"]
    now = query.sort if query.text or query.sort != "relevantie" else "datum"
    return [
        (label, "" if name == now else address(replace(first_page(query), sort=name)))  # type: ignore[arg-type]
        for name, label in shown
    ]


def _paging(query: Query, results: Results) -> Paging:
    """By number as far as numbers go, then by cursor; after a cursor there is a way back to the first page."""
    pages = max(1, -(-results.total // query.per_pagina))
    following = address(after(query, results.next)) if results.next else ""
    if query.cursor:
        return Paging(0, pages, address(first_page(query)), following)
    paging = Paging.of(results.total, query.pagina, query.per_pagina, numbered(query))
    if (query.pagina + 1) * query.per_pagina > DEEPEST:
        return Paging(paging.page, paging.pages, paging.before, following)
    return paging
