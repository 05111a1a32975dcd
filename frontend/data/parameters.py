"""Every address for machines with its parameters and formats: the routes check requests with this table, and
`/openapi.json` is written from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import request

from belfort.errors import UsageError
from frontend.problems import known_parameters
from publisher.collections import FILTERS

MAX_LIMIT, DEFAULT_LIMIT = 1000, 100


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query string, or of a path: what it means, its JSON Schema, an example."""

    name: str
    description: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    example: str = ""
    place: str = "query"


_YEAR = {"type": "string", "pattern": r"^\d{4}$"}
_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "minLength": 1, "maxLength": 2000}
PARAMETERS: Mapping[str, Parameter] = {
    one.name: one
    for one in (
        Parameter("bestuur", "IRI of uuid van een bestuur.", _TEXT),
        Parameter("type", "Type bestuur: naam of IRI van de code.", _TEXT, "gemeente"),
        Parameter("provincie", "Naam of IRI van een provincie.", _TEXT, "Antwerpen"),
        Parameter("functie", "Functie: naam of IRI van de code.", _TEXT, "burgemeester"),
        Parameter("status", "Status: naam of IRI van de code.", _TEXT, "waarnemend"),
        Parameter("fractie", "IRI, uuid of naam van een fractie.", _TEXT),
        Parameter(
            "periode", "Jaar waarin de bestuursperiode van het orgaan begint.", _YEAR, "2025",
        ),
        Parameter("peildatum", "Alleen wie die dag in functie was; de laatste dag telt mee.", _DAY, "2025-06-01"),
        Parameter("cursor", "Waar de bladzijde begint: neem hem uit het vorige antwoord.", _TEXT),
        Parameter(
            "limiet", "Hoeveel dingen op een bladzijde.",
            {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
        ),
        Parameter(
            "velden", "Alleen deze velden, met komma's ertussen: kolommen van de CSV, of namen in de JSON-LD.",
            _TEXT, "mandaat:start,mandaat:einde",
        ),
        Parameter("iri", "De IRI van een ding.", _TEXT),
        Parameter("since", "Alleen wat nieuwer is dan dit moment.", {"type": "string", "format": "date-time"}),
        Parameter("uuid", "Kenmerk (mu:uuid).", _TEXT, place="path"),
        Parameter("id", "Kenmerk van het bestand, uit de lijst.", _TEXT, place="path"),
        Parameter("pagina", "Nummer van de bladzijde.", {"type": "integer", "minimum": 1}, "1", "path"),
        Parameter("naam", "Naam van het bestand, uit het manifest.", _TEXT, "belfort.nt.gz", "path"),
        Parameter("query", "De vraag.", _TEXT),
        Parameter("format", "Vorm van het antwoord, in de plaats van Accept.", _TEXT, "csv"),
        Parameter("default-graph-uri", "Standaardgraaf.", _TEXT),
        Parameter("named-graph-uri", "Benoemde graaf.", _TEXT),
    )
}  # fmt: skip
PAGING = ("cursor", "limiet", "velden")


@dataclass(frozen=True)
class Endpoint:
    """An address: its path as OpenAPI writes it, what it gives, its parameters by name, its media types."""

    path: str
    summary: str
    parameters: tuple[str, ...]
    formats: tuple[str, ...]
    tag: str
    method: str = "get"


def filters(collection: str) -> tuple[str, ...]:
    """The filters that a collection knows."""
    return FILTERS.get(collection, ())


def read(*names: str) -> dict[str, str]:
    """The parameters of this request by name, each checked against its schema; those not given are left out.

    Raises:
        UsageError: one is unknown (the message names the known), is given twice, or cannot be.
    """
    known_parameters(*names)
    found = {}
    for name in names:
        values = request.args.getlist(name)
        if len(values) > 1:
            raise UsageError(f"De parameter {name} staat er meer dan één keer.", hint="Geef hem één keer.")
        text = values[0].strip() if values else ""
        if values and not _fits(text, PARAMETERS[name].schema):
            raise UsageError(
                f"De parameter {name} heeft een waarde die niet kan.", hint=PARAMETERS[name].description, parameter=name
            )
        if text:
            found[name] = text
    return found


def _fits(text: str, schema: Mapping[str, Any]) -> bool:
    if schema.get("type") == "integer":
        return bool(
            text.isascii() and text.isdecimal() and len(text) < 10
            and schema.get("minimum", 0) <= int(text) <= schema.get("maximum", 10**9)
        )  # fmt: skip
    if schema.get("format") == "date":
        try:
            return date.fromisoformat(text).isoformat() == text
        except ValueError:
            return False
    if "pattern" in schema:
        return len(text) == 4 and text.isascii() and text.isdecimal()
    return bool(schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 10_000))
