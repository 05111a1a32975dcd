"""`/zoeken/uitleg`: why something is a hit of a question, word by word; as a page and as JSON."""

from dataclasses import replace

from flask import Blueprint, Response, jsonify, render_template, request

from belfort.errors import UsageError
from frontend.site import dates
from frontend.site.seek import negotiated
from frontend.site.seek.addresses import about, address, base, href, whole
from frontend.site.seek.as_json import fragment
from frontend.site.seek.ask import asked, indexed
from search.explain import Explanation, explain
from search.query import Query

HERE = "/zoeken/uitleg"
LONGEST = 4000


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    negotiated.add(blueprint, HERE, "uitleg", show)


def show(suffix: str = "") -> Response:
    """Why the thing of that `id` is a hit.

    Raises:
        UsageError: no IRI was given.
        NotFound: nothing of that IRI can be found.
    """
    query = replace(whole(asked("id")), sort="relevantie")
    iri = the_iri("id")
    as_json = negotiated.wants_json(suffix, HERE)
    document = indexed(iri)
    found = explain(document, query, dates.today())
    if as_json:
        return negotiated.finish(jsonify(_json(query, document.iri, base() + href(document), found)))
    page = render_template(
        "zoeken_uitleg.html",
        query=query,
        back=address(query),
        document=document,
        title=document.shown_title,
        href=href(document),
        found=found,
        words=[one for one in found.reasons if one.word],
        others=[one for one in found.reasons if not one.word],
        data=about(f"{HERE}.json", query, id=document.iri),
    )
    return negotiated.finish(Response(page, mimetype="text/html"))


def the_iri(name: str) -> str:
    """The IRI that a parameter gives.

    Raises:
        UsageError: it gives none, or more than one.
    """
    values = {value.strip() for value in request.args.getlist(name)} - {""}
    if len(values) != 1 or len(iri := values.pop()) > LONGEST:
        raise UsageError(f"De parameter {name} is de IRI van één ding.", hint="Neem hem uit een zoekresultaat.")
    return iri


def _json(query: Query, iri: str, url: str, found: Explanation) -> dict[str, object]:
    return {
        "iri": iri,
        "url": url,
        "vraag": base() + address(query),
        "treffer": found.matches,
        "fuzzy": found.fuzzy,
        "redenen": [
            {
                "woord": one.word,
                "hoe": one.how,
                "waar": list(one.where),
                "gevonden": list(one.found),
                "zin": one.sentence,
                "fragment": fragment(one.fragment),
            }
            for one in found.reasons
        ],
    }
