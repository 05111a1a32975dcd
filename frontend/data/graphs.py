"""Triples that are not one entity (a catalogue, a page of a feed) as an answer in the format that was asked."""

from collections.abc import Iterable

from flask import Response, request

from belfort import rdf
from frontend.negotiation import MEDIA_TYPES, choose
from frontend.problems import NotAcceptable
from publisher import jsonld

FORMATS = ("ttl", "jsonld", "nt")


def asked(suffix: str, path: str, formats: tuple[str, ...] = FORMATS) -> str:
    """The format of this request: the suffix, else the best for `Accept`.

    Raises:
        NotAcceptable: no format fits; the facts list what exists.
    """
    chosen = suffix if suffix in formats else choose(request.headers.get("Accept", ""), formats)
    if not chosen:
        raise NotAcceptable(
            "Dit bestaat niet in de vorm die u vraagt.",
            hint="Vraag een van de vormen in de lijst.",
            available=[{"type": MEDIA_TYPES[name], "path": f"{path}.{name}"} for name in formats],
        )
    return chosen


def response(triples: Iterable[rdf.Triple], suffix: str) -> Response:
    """The triples in that format."""
    if suffix == "ttl":
        return Response(rdf.turtle(triples), content_type="text/turtle; charset=utf-8")
    if suffix == "nt":
        text = "".join(f"{rdf.line(triple)}\n" for triple in dict.fromkeys(triples))
        return Response(text, mimetype=MEDIA_TYPES["nt"])
    subjects: dict[str, list[str]] = {}
    for triple in dict.fromkeys(triples):
        subjects.setdefault(triple[0][1:-1], []).append(rdf.line(triple))
    nodes = ",\n".join(jsonld.node(iri, "\n".join(lines)) for iri, lines in subjects.items())
    return Response(f'{{"@context":{jsonld.context_text()},"@graph":[\n{nodes}\n]}}\n', mimetype=MEDIA_TYPES["jsonld"])
