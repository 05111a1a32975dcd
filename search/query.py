"""What a visitor asks: `Query`, made from the parameters of an address; the only input of every search.

Values within one filter mean any of them, different filters must all hold. What cannot be honoured is refused, never
ignored. `search.reading` reads the words, `search.plan` makes of both what engines answer.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from belfort.errors import UsageError
from belfort.vocab import PLURALS

MAX_TEXT = 1000
MAX_PAGE_SIZE = 200
DEEPEST = 10_000
"""Hits that can be reached by page number; a cursor goes on."""
MAX_VALUES = 300
"""Values of one filter."""

FILTERS = (
    "type", "bestuur", "provincie", "orgaantype", "orgaan", "thema", "documenttype", "besluittype", "status",
    "rechtsgrond", "bron",
)  # fmt: skip
"""Names of the filters that take several values, as in addresses."""
STATUSES = ("gepland", "behandeld")
SORTS = ("relevantie", "datum", "oudste")

Sort = Literal["relevantie", "datum", "oudste"]


@dataclass(frozen=True)
class Query:
    """One question; equal questions are equal objects.

    `type` holds plurals of `vocab.PLURALS`, `status` some of `STATUSES`, `thema` and `bron` slugs, the other filters
    IRIs. `van` and `tot` are days, both included; `peildatum` asks for what held on that day. `datum` sorts newest
    first, `oudste` oldest first. `pagina` counts from 1; `cursor` is `Results.next` of the page before and goes on
    where that ended.

    Raises:
        UsageError: too long, an unknown value where all are known, dates in the wrong order, a page that cannot be.
    """

    text: str = ""
    type: tuple[str, ...] = ()
    bestuur: tuple[str, ...] = ()
    provincie: tuple[str, ...] = ()
    orgaantype: tuple[str, ...] = ()
    orgaan: tuple[str, ...] = ()
    thema: tuple[str, ...] = ()
    documenttype: tuple[str, ...] = ()
    besluittype: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    rechtsgrond: tuple[str, ...] = ()
    bron: tuple[str, ...] = ()
    van: date | None = None
    tot: date | None = None
    peildatum: date | None = None
    sort: Sort = "relevantie"
    pagina: int = 1
    per_pagina: int = 20
    cursor: str = ""

    def __post_init__(self) -> None:
        if len(self.text) > MAX_TEXT:
            raise UsageError(
                f"De zoekvraag telt {len(self.text)} tekens; het maximum is {MAX_TEXT}.", hint="Gebruik minder woorden."
            )
        _known("type", self.type, sorted(PLURALS.values()))
        _known("status", self.status, STATUSES)
        _known("sort", (self.sort,), SORTS)
        for name in FILTERS:
            if len(self.values(name)) > MAX_VALUES:
                raise UsageError(f"{name} heeft meer dan {MAX_VALUES} waarden.", hint="Kies er minder.")
        if self.van and self.tot and self.van > self.tot:
            raise UsageError("De begindatum ligt na de einddatum.", hint="Wissel van en tot om.")
        if self.pagina < 1 or not 1 <= self.per_pagina <= MAX_PAGE_SIZE:
            raise UsageError(
                "Die pagina bestaat niet.", hint=f"pagina begint bij 1; per_pagina gaat van 1 tot {MAX_PAGE_SIZE}."
            )
        if self.pagina * self.per_pagina > DEEPEST and not self.cursor:
            raise UsageError(
                f"Bladeren per nummer gaat tot resultaat {DEEPEST}.",
                hint="Volg de link naar de volgende pagina (cursor), verfijn de vraag of download alles als CSV.",
            )

    def values(self, name: str) -> tuple[str, ...]:
        """The chosen values of a filter."""
        found: tuple[str, ...] = getattr(self, name)
        return found

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the filters that narrow this question, periods included."""
        return tuple(name for name in (*FILTERS, "van", "tot", "peildatum") if getattr(self, name))

    def without(self, *names: str) -> "Query":
        """The same question from the first page, without some filters."""
        empty = {name: () if name in FILTERS else None for name in names}
        return replace(self, pagina=1, cursor="", **empty)  # type: ignore[arg-type] # each by its own type


def _known(name: str, values: Sequence[str], known: Sequence[str]) -> None:
    unknown = [value for value in values if value not in known]
    if unknown:
        raise UsageError(f"{name}={str(unknown[0])[:60]!r} is niet bekend.", hint=f"Kies uit: {', '.join(known)}.")


PARAMETERS = (
    "q", *FILTERS, "van", "tot", "peildatum", "sort", "pagina", "per_pagina", "cursor",
)  # fmt: skip
"""Every parameter of a question in an address."""


def from_parameters(parameters: Mapping[str, Sequence[str]]) -> Query:
    """The query of a URL's parameters (name → values); empty values count as absent.

    Raises:
        UsageError: an unknown parameter, a single one given twice, or a value that cannot be.
    """
    unknown = sorted(set(parameters) - set(PARAMETERS))
    if unknown:
        raise UsageError(f"Onbekende parameter: {unknown[0][:60]!r}.", hint=f"Bekend: {', '.join(PARAMETERS)}.")
    given = {name: [text for value in values if (text := _whole(value))] for name, values in parameters.items()}
    one: dict[str, str] = {}
    for name in set(given) - {"q", *FILTERS}:
        if len(set(given[name])) > 1:
            raise UsageError(f"De parameter {name!r} staat er meer dan eens.", hint="Geef er één waarde voor.")
        one[name] = given[name][0] if given[name] else ""
    several = {name: tuple(sorted(set(given.get(name, ())))) for name in FILTERS}
    return Query(
        text=" ".join(given.get("q", ())),
        van=_day("van", one.get("van", "")),
        tot=_day("tot", one.get("tot", "")),
        peildatum=_day("peildatum", one.get("peildatum", "")),
        sort=one.get("sort") or "relevantie",  # type: ignore[arg-type] # checked by Query
        pagina=_number("pagina", one.get("pagina") or "1"),
        per_pagina=_number("per_pagina", one.get("per_pagina") or "20"),
        cursor=one.get("cursor", ""),
        **several,
    )


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DEFAULTS = {one.name: one.default for one in fields(Query)}


def to_parameters(query: Query) -> list[tuple[str, str]]:
    """The parameters that ask this query, in one order, without what says nothing."""
    pairs: list[tuple[str, str]] = []
    for name in PARAMETERS:
        value = query.text if name == "q" else getattr(query, name)
        if name in FILTERS:
            pairs += [(name, each) for each in value]
        elif value and value != _DEFAULTS.get(name):
            pairs.append((name, value.isoformat() if isinstance(value, date) else str(value)))
    return pairs


def query_string(query: Query) -> str:
    """The same as the part of an address after the question mark."""
    return urlencode(to_parameters(query), errors="replace")


def _whole(value: str) -> str:
    """The value without spaces around it, half characters (lone surrogates) as question marks."""
    return value.strip().encode("utf-8", "replace").decode()


def _day(name: str, value: str) -> date | None:
    if not value:
        return None
    with suppress(ValueError):
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    raise UsageError(f"{name}={value[:40]!r} is geen datum.", hint="Schrijf een datum als 2024-05-31.")


def _number(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise UsageError(f"{name}={value[:40]!r} is geen getal.", hint="Gebruik een geheel getal vanaf 1.")
    return int(value)
