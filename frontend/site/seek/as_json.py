"""A page of hits as JSON: what a program needs to show them, and to ask for more."""

from typing import Any

from flask import Response, jsonify

from frontend.site.seek.addresses import address, after, base, href, whole
from search.query import Query
from search.reading import read
from search.results import Fragment, Hit, Results

MOST_VALUES = 400
"""Values of one facet, the most frequent first."""


def respond(query: Query, results: Results) -> Response:
    """The answer."""
    site = base()
    return jsonify(
        {
            "total": results.total,
            "pagina": query.pagina,
            "per_pagina": query.per_pagina,
            "url": site + address(whole(query)),
            "next": site + address(after(query, results.next), "json") if results.next else None,
            "ready": results.ready,
            "fuzzy": results.fuzzy,
            "notes": list(results.notes),
            "left_out": list(read(query.text).left_out),
            "revision": results.revision,
            "hits": [hit(one) for one in results.hits],
            "facets": {
                name: [{"value": one.value, "label": one.label, "count": one.count} for one in values[:MOST_VALUES]]
                for name, values in results.facets.items()
            },
        }
    )


def hit(one: Hit) -> dict[str, Any]:
    """A hit."""
    return {
        "iri": one.iri,
        "url": base() + href(one),
        "title": one.title,
        "type": one.type,
        "bestuur": {"iri": one.bestuur, "label": one.bestuur_label} if one.bestuur or one.bestuur_label else None,
        "orgaan": one.orgaan_label,
        "datum": one.datum,
        "score": one.score,
        "agendapunten": list(one.agendapunten),
        "fragmenten": [fragment(each) for each in one.fragmenten],
    }


def fragment(one: Fragment) -> list[dict[str, Any]]:
    """A piece of text with what matched in it."""
    return [{"text": text, "match": match} for text, match in one]
