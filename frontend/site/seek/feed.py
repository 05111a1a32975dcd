"""A question as an Atom feed: its newest hits. Source: RFC 4287, RFC 5005 §3 (paged feeds).

An entry keeps its id, the IRI of the thing, for ever; `updated` moves when the thing changes, so a reader shows a
changed besluit again. The order is by the day of the decision.
"""

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from flask import Response, current_app

from frontend.site import dates
from frontend.site.seek.addresses import address, after, base, first_page, href, whole
from frontend.site.seek.linked import entities_of
from search.query import Query
from search.results import Hit, Results

MEDIA_TYPE = "application/atom+xml"
NEVER = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Feed:
    """The XML of a feed, and the moment of its last change."""

    body: str
    updated: str


def feed(query: Query, results: Results) -> Feed:
    """The feed of a page of hits; an entry that left the records since the index saw it is left out."""
    modified = {one.iri: one.modified for one in entities_of(results)}
    hits = [hit for hit in results.hits if hit.iri in modified]
    updated = max((modified[hit.iri] for hit in hits), default=NEVER)
    rows = [*_head(query, results, updated), *(row for hit in hits for row in _entry(hit, modified[hit.iri]))]
    return Feed("\n".join([*rows, "</feed>", ""]), updated)


def respond(query: Query, results: Results) -> tuple[Response, str]:
    """The answer, and the moment of the last change."""
    made = feed(query, results)
    return Response(made.body, mimetype=MEDIA_TYPE), made.updated


def _head(query: Query, results: Results, updated: str) -> list[str]:
    settings, site = current_app.config["SETTINGS"], base()
    title = f"Zoeken: {query.text}" if query.text else "Zoeken"
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">',
        f"<id>{_text(site + address(whole(query), 'atom'))}</id>",
        f"<title>{_text(f'{title} · {settings.site_name}')}</title>",
        f"<subtitle>{results.total} resultaten, nieuwste eerst</subtitle>",
        f"<updated>{_text(updated)}</updated>",
        f"<author><name>{_text(settings.site_name)}</name></author>",
        _link("self", MEDIA_TYPE, site + address(query, "atom")),
        _link("alternate", "text/html", site + address(whole(query))),
        _link("first", MEDIA_TYPE, site + address(first_page(query), "atom")),
        f'<link rel="license" href={quoteattr(settings.licence)}/>',
    ]
    if results.next:
        rows.append(_link("next", MEDIA_TYPE, site + address(after(query, results.next), "atom")))
    return rows


def _entry(hit: Hit, modified: str) -> list[str]:
    facts = [hit.type, hit.bestuur_label, hit.orgaan_label, dates.day(hit.datum)]
    text = " ".join("".join(piece for piece, _ in fragment) for fragment in hit.fragmenten)
    summary = ". ".join(filter(None, (" · ".join(filter(None, facts)), text)))
    return [
        "<entry>",
        f"<id>{_text(hit.iri)}</id>",
        f"<title>{_text(hit.title)}</title>",
        f"<updated>{_text(modified)}</updated>",
        _link("alternate", "text/html", base() + href(hit)),
        f"<category term={quoteattr(hit.plural)} label={quoteattr(_clean(hit.type))}/>",
        f"<summary>{_text(summary)}</summary>",
        "</entry>",
    ]


def _link(relation: str, kind: str, target: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={quoteattr(_clean(target))}/>'


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        mark
        for mark in text
        if mark in "\t\n\r" or (" " <= mark <= "\ud7ff") or ("\ue000" <= mark <= "\ufffd") or mark > "\uffff"
    )


def _text(text: str) -> str:
    return escape(_clean(text))
