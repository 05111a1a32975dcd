"""What may be meant by what was typed so far: `/suggesties`, and search from the address bar of a browser (OpenSearch).

Source: OpenSearch 1.1 (https://github.com/dewitt/opensearch), its suggestions extension.
"""

import json
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response, current_app, jsonify, request

from belfort.errors import UsageError
from frontend.problems import known_parameters
from frontend.site.seek.addresses import HERE as SEARCH
from frontend.site.seek.addresses import base, href
from frontend.site.seek.ask import answer
from search.query import MAX_TEXT
from search.results import Suggestion

HERE = "/suggesties"
OPENSEARCH = "/suggesties/opensearch"
MOST = 8


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule(HERE, "suggesties", simple)
    blueprint.add_url_rule(OPENSEARCH, "suggesties_opensearch", opensearch)
    blueprint.add_url_rule("/opensearch.xml", "opensearch", description)


def simple() -> Response:
    """Titles and names that begin so: [{title, type, url, bestuur}]."""
    _, found = _asked()
    return _finish(jsonify([_one(each) for each in found]))


def opensearch() -> Response:
    """The same as browsers want it: [what was typed, titles, descriptions, addresses]."""
    typed, found = _asked()
    facts = [" · ".join(filter(None, (each.type, each.bestuur_label))) for each in found]
    body = [typed, [each.title for each in found], facts, [base() + href(each) for each in found]]
    return _finish(Response(json.dumps(body, ensure_ascii=False), mimetype="application/x-suggestions+json"))


def description() -> Response:
    """How a browser can search here."""
    known_parameters()
    settings, site = current_app.config["SETTINGS"], base()
    urls = [
        ("text/html", "results", f"{SEARCH}?q={{searchTerms}}&pagina={{startPage?}}"),
        ("application/atom+xml", "results", f"{SEARCH}.atom?q={{searchTerms}}&pagina={{startPage?}}"),
        ("application/x-suggestions+json", "suggestions", f"{OPENSEARCH}?q={{searchTerms}}"),
        ("application/opensearchdescription+xml", "self", "/opensearch.xml"),
    ]
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(settings.site_name[:16])}</ShortName>",
        "<Description>Zoek in besluiten, zittingen en besturen van lokale overheden</Description>",
        "<InputEncoding>UTF-8</InputEncoding><OutputEncoding>UTF-8</OutputEncoding><Language>nl</Language>",
        *(
            f'<Url type="{kind}" rel="{relation}" template={quoteattr(site + template)}/>'
            for kind, relation, template in urls
        ),
        f'<Image type="image/svg+xml">{escape(site)}/static/belfort.svg</Image>',
        "</OpenSearchDescription>",
        "",
    ]
    response = Response("\n".join(rows), mimetype="application/opensearchdescription+xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _asked() -> tuple[str, list[Suggestion]]:
    """What was typed, and what it may become.

    Raises:
        UsageError: it is too long, or there is another parameter.
    """
    known_parameters("q")
    typed = " ".join(request.args.getlist("q"))
    if len(typed) > MAX_TEXT:
        raise UsageError(f"q telt {len(typed)} tekens; het maximum is {MAX_TEXT}.", hint="Gebruik minder woorden.")
    return typed, answer(lambda searcher: searcher.suggest(typed, MOST)) if typed.strip() else []


def _one(each: Suggestion) -> dict[str, str]:
    return {"title": each.title, "type": each.type, "url": base() + href(each), "bestuur": each.bestuur_label}


def _finish(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
