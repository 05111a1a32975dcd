"""Content negotiation and conditional requests, once for the whole site.

A suffix in the path wins over `Accept`. Media ranges are matched without their parameters, by the most specific
range, then by quality; at equal quality a type that is named wins over a wildcard. Where a client leaves the choice
(`*/*`, no `Accept`) the order of `FORMATS` decides, so `curl` gets HTML: the address of a thing is a page; a machine
says what it wants, or adds a suffix.
Source: RFC 9110 §12.5.1 and §13.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from belfort import __version__
from belfort.rdf import MEDIA_TYPES as RDF_MEDIA_TYPES
from frontend.problems import NotAcceptable

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
FORMATS = ("html", "jsonld", "ttl", "nt", "nq", "rdf", "csv")
MEDIA_TYPES: dict[str, str] = {
    "html": "text/html",
    **RDF_MEDIA_TYPES,
    "rdf": "application/rdf+xml",
    "csv": "text/csv",
}
# Other names by which clients ask for a format.
_ALIASES: dict[str, tuple[str, ...]] = {
    "jsonld": ("application/json",),
    "ttl": ("application/x-turtle",),
    "nq": ("text/x-nquads",),
}


def split_suffix(name: str, formats: Sequence[str] = FORMATS) -> tuple[str, str]:
    """The name without its format suffix, and the format ("" when there is none)."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, suffix) if dot and stem and suffix in formats else (name, "")


@lru_cache(maxsize=4096)
def choose(accept: str, formats: tuple[str, ...] = FORMATS) -> str:
    """The format that fits an `Accept` header best; an empty string when none does."""
    ranges = _ranges(accept)
    if not ranges:
        return formats[0]
    best, best_fit = "", (0.0, 0)
    for name in formats:
        fit = max(_fit(ranges, kind) for kind in (MEDIA_TYPES.get(name, name), *_ALIASES.get(name, ())))
        if fit[0] > 0 and fit > best_fit:
            best, best_fit = name, fit
    return best


def negotiate(suffix: str, path: str) -> str:
    """The format of this request.

    Args:
        suffix: the format that the path names, or "".
        path: the path without suffix, for the list of what exists.

    Raises:
        NotAcceptable: no format fits; the facts list what exists.
    """
    chosen = suffix or choose(request.headers.get("Accept", ""))
    if not chosen:
        raise NotAcceptable(
            "Deze pagina bestaat niet in de vorm die u vraagt.",
            hint="Vraag een van de vormen in de lijst.",
            available=[{"type": MEDIA_TYPES[name], "path": f"{path}.{name}"} for name in FORMATS],
        )
    return chosen


def set_validators(response: Response, version: str, modified: str) -> BaseResponse:
    """Give the answer a strong ETag and Last-Modified, and make it a 304 where the client has it already.

    `version` says what the bytes depend on (revision and format); `modified` is a moment as records store it.
    """
    response.set_etag(etag(version))
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response.make_conditional(request)


def etag(version: str) -> str:
    """The opaque tag of a version; another release of this software may write other bytes."""
    return f"{version}-{__version__}"


@lru_cache(maxsize=4096)
def http_date(moment: str) -> str:
    """A moment as records store it, as HTTP writes it."""
    return format_datetime(datetime.fromisoformat(moment).astimezone(UTC), usegmt=True)


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Media range → quality, without other parameters."""
    found = []
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if "/" not in kind:
            continue
        quality = 1.0
        for parameter in parameters:
            name, _, text = parameter.partition("=")
            if name.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(text)))
                except ValueError:
                    quality = 0.0
        found.append((kind, quality))
    return found


def _fit(ranges: list[tuple[str, float]], kind: str) -> tuple[float, int]:
    """The quality that the most specific matching range gives to a media type, and how specific that range is."""
    group = kind.partition("/")[0] + "/*"
    for specific, wanted in ((2, kind), (1, group), (0, "*/*")):
        matching = [quality for name, quality in ranges if name == wanted]
        if matching:
            return max(matching), specific
    return 0.0, 0
