"""The formats of an answer, and which one suits a request: pure.

Source: https://www.w3.org/TR/sparql11-protocol/#query-success and RFC 9110 §12.5.1.
"""

import math
from dataclasses import dataclass

from belfort.errors import BelfortError
from publisher.sparql.guard import Kind


class NotAcceptable(BelfortError):
    """The answer does not exist in any format that the caller takes."""

    slug, title, status, exit_code = "not-acceptable", "Dat formaat bestaat hier niet", 406, 2


@dataclass(frozen=True)
class Format:
    """One format: its short name, its media type, and the other names under which it may be asked."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()


RESULTS = (
    Format("json", "application/sparql-results+json", ("srj", "application/json")),
    Format("xml", "application/sparql-results+xml", ("srx", "application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
GRAPHS = (
    Format("ttl", "text/turtle", ("turtle", "application/x-turtle")),
    Format("nt", "application/n-triples", ("ntriples", "text/plain")),
    Format("jsonld", "application/ld+json", ("json-ld", "application/json")),
    Format("rdf", "application/rdf+xml", ("rdfxml", "application/xml")),
)

_MOST_RANGES = 64


def choose(kind: Kind, accept: str = "", name: str = "") -> Format | None:
    """The format for an answer of that kind, or None when nothing fits (406).

    `name` is the parameter `format` (a short name or a media type) and wins over `accept`, a header; without either
    it is the first of `RESULTS` or `GRAPHS`.
    """
    offered = formats(kind)
    if name:
        wanted = name.strip().lower()
        return next((f for f in offered if wanted in (f.name, f.media_type, *f.aliases)), None)
    ranges = _ranges(accept)
    if not ranges:
        return offered[0]
    scored = [(max(_quality(media, ranges) for media in _media_types(f)), f) for f in offered]
    best = max(quality for quality, _ in scored)
    return next(f for quality, f in scored if quality == best) if best > 0 else None


def formats(kind: Kind) -> tuple[Format, ...]:
    """The formats in which an answer of that kind exists."""
    return RESULTS if kind in ("select", "ask") else GRAPHS


def _media_types(one: Format) -> list[str]:
    return [one.media_type, *(alias for alias in one.aliases if "/" in alias)]


def _ranges(accept: str) -> dict[str, float]:
    """Media range → quality; what cannot be read is left out."""
    found: dict[str, float] = {}
    for item in accept.split(",")[:_MOST_RANGES]:
        media, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = math.nan
        if media.count("/") == 1 and 0 <= quality <= 1:
            found[media] = max(quality, found.get(media, 0.0))
    return found


def _quality(media: str, ranges: dict[str, float]) -> float:
    """The quality of the most specific range that covers the media type, 0 when none does."""
    for candidate in (media, media.split("/")[0] + "/*", "*/*"):
        if candidate in ranges:
            return ranges[candidate]
    return 0.0
