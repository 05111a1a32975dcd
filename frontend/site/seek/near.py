"""`/gelijkaardig`: besluiten whose text is nearly that of one, also of other besturen; and what differs in a pair."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from flask import Blueprint, Response, jsonify, render_template, request

from frontend.problems import known_parameters
from frontend.site.seek import negotiated
from frontend.site.seek.addresses import about, base, href
from frontend.site.seek.ask import answer, indexed
from frontend.site.seek.why import the_iri
from search.document import Document
from search.results import Fragment

HERE = "/gelijkaardig"
MOST = 10
MOST_WORDS = 1500
"""Words of a text that are compared; comparing takes their square in the worst case."""


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    negotiated.add(blueprint, HERE, "gelijkaardig", show)


def show(suffix: str = "") -> Response:
    """What is like the thing of that `iri`; with `met`, both texts beside each other.

    Raises:
        UsageError: no IRI was given.
        NotFound: nothing of that IRI can be found.
    """
    known_parameters("iri", "met")
    as_json = negotiated.wants_json(suffix, HERE)
    document = indexed(the_iri("iri"))
    other = indexed(the_iri("met")) if "met" in request.args and not as_json else None
    found = answer(lambda searcher: searcher.similar(document.iri, MOST))
    if as_json:
        return negotiated.finish(
            jsonify({**_json(document), "gelijkaardig": [{**_json(one), "gelijkenis": share} for one, share in found]})
        )
    page = render_template(
        "zoeken_gelijkaardig.html",
        document=document,
        title=document.shown_title,
        href=href(document),
        found=[
            (one, one.shown_title, href(one), round(share * 100), about(HERE, iri=document.iri, met=one.iri))
            for one, share in found
        ],
        other=other,
        sides=_sides(document, other) if other else (),
        data=about(f"{HERE}.json", iri=document.iri),
    )
    return negotiated.finish(Response(page, mimetype="text/html"))


def _json(one: Document) -> dict[str, object]:
    bestuur, label = one.bestuur
    return {
        "iri": one.iri, "url": base() + href(one), "title": one.title, "type": one.type, "datum": one.date,
        "bestuur": {"iri": bestuur, "label": label} if bestuur or label else None, "orgaan": one.orgaan_label,
    }  # fmt: skip


def _sides(one: Document, other: Document) -> tuple[tuple[Document, str, Fragment], ...]:
    """Both documents, each with its text in which the words that the other does not have there are marked."""
    left, right = one.text.split()[:MOST_WORDS], other.text.split()[:MOST_WORDS]
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return (
        (one, href(one), _marked(left, [(block.a, block.size) for block in blocks])),
        (other, href(other), _marked(right, [(block.b, block.size) for block in blocks])),
    )


def _marked(words: Sequence[str], same: Sequence[tuple[int, int]]) -> Fragment:
    pieces: list[tuple[str, bool]] = []
    place = 0
    for start, size in same:
        if start > place:
            pieces.append((" ".join(words[place:start]), True))
        if size:
            pieces.append((" ".join(words[start : start + size]), False))
        place = start + size
    return tuple(pieces)
