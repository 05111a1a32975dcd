"""The addresses of search as `/openapi.json` describes them: one question, every form of the answer."""

from collections.abc import Mapping
from typing import Any

from belfort.vocab import PLURALS
from frontend.data.parameters import Endpoint, Parameter
from frontend.negotiation import MEDIA_TYPES
from search.query import FILTERS, MAX_PAGE_SIZE, MAX_TEXT, MAX_VALUES, PARAMETERS, SORTS, STATUSES

_DAY = {"type": "string", "format": "date"}
_CLOSED: Mapping[str, tuple[str, ...]] = {"type": tuple(sorted(PLURALS.values())), "status": STATUSES}
_MEANS: Mapping[str, str] = {
    "q": 'Woorden; "exacte zin", a OF b, -niet, begin*.',
    "type": "Soorten dingen.",
    "bestuur": "IRI's van besturen.",
    "provincie": "IRI's van provincies.",
    "orgaantype": "IRI's van codes van organen.",
    "orgaan": "IRI's van organen.",
    "thema": "Thema's, zoals de facet ze geeft.",
    "documenttype": "IRI's van soorten documenten.",
    "besluittype": "IRI's van soorten besluiten.",
    "status": "Of de dag nog komt.",
    "rechtsgrond": "IRI's van wat een besluit aanhaalt.",
    "bron": "Bronnen, zoals de facet ze geeft.",
    "van": "Eerste dag.",
    "tot": "Laatste dag.",
    "peildatum": "Alleen wat op die dag gold.",
    "sort": "De volgorde.",
    "pagina": "Nummer van de bladzijde, tot resultaat 10.000.",
    "per_pagina": "Hoeveel resultaten op een bladzijde.",
    "cursor": "Waar de bladzijde begint: neem hem uit het vorige antwoord.",
}
_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "q": {"type": "string", "maxLength": MAX_TEXT},
    "van": _DAY,
    "tot": _DAY,
    "peildatum": _DAY,
    "sort": {"type": "string", "enum": list(SORTS), "default": SORTS[0]},
    "pagina": {"type": "integer", "minimum": 1, "default": 1},
    "per_pagina": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": 20},
    "cursor": {"type": "string"},
}


def _schema(name: str) -> Mapping[str, Any]:
    if name not in FILTERS:
        return _SCHEMAS[name]
    value = {"type": "string", **({"enum": list(_CLOSED[name])} if name in _CLOSED else {})}
    return {"type": "array", "items": value, "maxItems": MAX_VALUES}


_EXAMPLES = {"q": '"aanvullend reglement" fiets*', "type": "besluiten", "van": "2026-01-01"}
# Names mean something else in collections, so that these have keys of their own.
SEARCH_PARAMETERS: Mapping[str, Parameter] = {
    f"zoeken-{name}": Parameter(name, _MEANS[name], _schema(name), _EXAMPLES.get(name, "")) for name in PARAMETERS
} | {
    "zoeken-id": Parameter("id", "De IRI van een resultaat.", {"type": "string", "minLength": 1}),
    "zoeken-iri": Parameter("iri", "De IRI van een besluit.", {"type": "string", "minLength": 1}),
}  # fmt: skip
_QUESTION = tuple(f"zoeken-{name}" for name in PARAMETERS)
_JSON = "application/json"


def endpoints() -> tuple[Endpoint, ...]:
    """Every address of search for machines."""
    forms = (_JSON, MEDIA_TYPES["jsonld"], "text/csv", MEDIA_TYPES["ttl"], "application/atom+xml")
    suffixes = ("json", "jsonld", "csv", "ttl", "atom")
    return (
        Endpoint("/zoeken", "Zoeken: resultaten, aantallen per filter", _QUESTION, forms, "zoeken"),
        *(
            Endpoint(f"/zoeken.{suffix}", f"Zoeken, als {kind}", _QUESTION, (kind,), "zoeken")
            for suffix, kind in zip(suffixes, forms, strict=True)
        ),
        Endpoint("/zoeken.csv-metadata.json", "De kolommen van de CSV (CSVW)", _QUESTION, ("application/csvm+json",),
                 "zoeken"),
        Endpoint("/zoeken/uitleg.json", "Waarom iets een resultaat is", (*_QUESTION, "zoeken-id"), (_JSON,), "zoeken"),
        Endpoint("/gelijkaardig.json", "Besluiten met bijna dezelfde tekst", ("zoeken-iri",), (_JSON,), "zoeken"),
        Endpoint("/suggesties", "Titels en namen die zo beginnen", ("zoeken-q",), (_JSON,), "zoeken"),
        Endpoint("/suggesties/opensearch", "Hetzelfde voor de adresbalk (OpenSearch)", ("zoeken-q",),
                 ("application/x-suggestions+json",), "zoeken"),
    )  # fmt: skip
