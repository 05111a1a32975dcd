"""Search: one address, as a page and as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from werkzeug.datastructures import MultiDict

from belfort.vocab import PLURALS
from frontend.desks import desks
from frontend.negotiation import choose
from frontend.problems import NotAcceptable, known_parameters
from frontend.site import labels
from frontend.site.paging import Paging
from frontend.site.queries.linking import path
from search.query import PARAMETERS, Query, from_parameters
from search.results import Hit, Results

JSON = "application/json"
_CLASS_OF = {name: iri for iri, name in PLURALS.items()}


@dataclass(frozen=True)
class Choice:
    """One value of a filter: where a click leads, and whether it is on."""

    label: str
    count: int
    href: str
    chosen: bool


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/zoeken", "zoeken", seek)
    blueprint.add_url_rule("/zoeken.json", "zoeken_json", seek, defaults={"suffix": "json"})


def seek(suffix: str = "") -> Response:
    """Search by words and filters."""
    known_parameters(*PARAMETERS)
    given = {name: request.args.getlist(name) for name in PARAMETERS if name in request.args}
    query = from_parameters(given)
    chosen = JSON if suffix else choose(request.headers.get("Accept", ""), ("html", JSON))
    if not chosen:
        raise NotAcceptable(
            "Zoekresultaten bestaan als HTML en als JSON.",
            available=[{"type": "text/html", "path": "/zoeken"}, {"type": JSON, "path": "/zoeken.json"}],
        )
    results = desks().search.search(query)
    response = _as_json(query, results) if chosen == JSON else _as_page(query, results, given)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "public, max-age=30"
    _link(response, query, results)
    return response


def _as_json(query: Query, results: Results) -> Response:
    base = current_app.config["SETTINGS"].base_url
    return jsonify(
        {
            "total": results.total,
            "pagina": query.pagina,
            "per_pagina": query.per_pagina,
            "ready": results.ready,
            "fuzzy": results.fuzzy,
            "notes": list(results.notes),
            "revision": results.revision,
            "hits": [_hit(hit, base) for hit in results.hits],
            "facets": {
                name: [{"value": one.value, "label": one.label, "count": one.count} for one in values]
                for name, values in results.facets.items()
            },
        }
    )


def _hit(hit: Hit, base: str) -> dict[str, object]:
    return {
        "iri": hit.iri,
        "url": base + href(hit),
        "title": hit.title,
        "type": hit.type,
        "bestuur": {"iri": hit.bestuur, "label": hit.bestuur_label} if hit.bestuur or hit.bestuur_label else None,
        "orgaan": hit.orgaan_label,
        "datum": hit.datum,
        "score": hit.score,
        "fragmenten": [[{"text": text, "match": match} for text, match in one] for one in hit.fragmenten],
    }


def href(hit: Hit) -> str:
    """The address of the page of a hit."""
    return path(_CLASS_OF.get(hit.plural, ""), hit.uuid)


def _as_page(query: Query, results: Results, given: Mapping[str, list[str]]) -> Response:
    paging = Paging.of(results.total, query.pagina, query.per_pagina, f"{_address(query, pagina=0)}&pagina=")
    return Response(
        render_template(
            "zoeken.html",
            query=query,
            results=results,
            hits=[(hit, href(hit)) for hit in results.hits],
            filters=_filters(query, results),
            paging=paging,
            other_sort=_address(replace(query, sort="datum" if query.sort == "relevantie" else "relevantie", pagina=1)),
            asked=any(given.values()),
            reset=f"/zoeken?{urlencode({'q': query.text})}"
            if query.bestuur or query.type or query.van or query.tot
            else "",
        ),
        mimetype="text/html",
    )


def _filters(query: Query, results: Results) -> dict[str, list[Choice]]:
    """The filters with a link that switches each value on or off."""
    found = {}
    for name, values in results.facets.items():
        on: tuple[str, ...] = getattr(query, name, ())
        choices = []
        for one in values:
            label = labels.PLURAL_TITLES.get(one.value, "") if name == "type" else one.label
            rest = tuple(value for value in on if value != one.value) if one.value in on else (*on, one.value)
            changed = replace(query, pagina=1, type=rest) if name == "type" else replace(query, pagina=1, bestuur=rest)
            choices.append(Choice(label or one.label or one.value, one.count, _address(changed), one.value in on))
        found[name] = choices
    return found


def _address(query: Query, **overrides: object) -> str:
    """The address that asks this query."""
    pairs: MultiDict[str, str] = MultiDict()
    pairs.add("q", query.text)
    for name in ("bestuur", "type"):
        for value in getattr(query, name):
            pairs.add(name, value)
    for name in ("van", "tot"):
        if getattr(query, name):
            pairs.add(name, getattr(query, name).isoformat())
    if query.sort != "relevantie":
        pairs.add("sort", query.sort)
    if query.per_pagina != Query.per_pagina:
        pairs.add("per_pagina", str(query.per_pagina))
    page = overrides.get("pagina", query.pagina)
    if page not in (0, 1):
        pairs.add("pagina", str(page))
    return "/zoeken?" + urlencode(list(pairs.items(multi=True)))


def _link(response: Response, query: Query, results: Results) -> None:
    """Say where the pages before and after are, and the JSON twin."""
    base = current_app.config["SETTINGS"].base_url
    if query.pagina > 1:
        response.headers.add("Link", f'<{base}{_address(query, pagina=query.pagina - 1)}>; rel="prev"')
    if query.pagina * query.per_pagina < results.total:
        response.headers.add("Link", f'<{base}{_address(query, pagina=query.pagina + 1)}>; rel="next"')
    twin = _address(query).replace("/zoeken?", "/zoeken.json?", 1)
    response.headers.add("Link", f'<{base}{twin}>; rel="alternate"; type="{JSON}"')
