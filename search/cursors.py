"""The `cursor` of an address: where a page of hits ended, so that the next goes on there, however deep.

A cursor belongs to one question in one order: given with another, it is refused. It is not secret; what is changed in
it only moves the place.
"""

import base64
import hashlib
import json
from dataclasses import replace
from typing import Any

from belfort.errors import UsageError
from search.query import Query, query_string

_LONGEST = 300


def encode(query: Query, end: tuple[Any, ...]) -> str:
    """The cursor of a place that an engine gave; empty when there is nothing after it."""
    if not end:
        return ""
    return base64.urlsafe_b64encode(json.dumps([_of(query), *end]).encode()).decode().rstrip("=")


def decode(query: Query) -> tuple[Any, ...]:
    """The place in a query's cursor; nothing when it has none.

    Raises:
        UsageError: it is not a cursor, or of another question.
    """
    if not query.cursor:
        return ()
    try:
        text = query.cursor[:_LONGEST]
        name, *end = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        numbers = tuple(float(one) if isinstance(one, float) else int(one) for one in end)
    except (ValueError, TypeError):
        raise _refused("is geen cursor van deze site") from None
    if name != _of(query) or not 1 <= len(numbers) <= 2 or not all(0 <= one < 2**63 for one in numbers):
        raise _refused("hoort bij een andere vraag")
    return numbers


def fits(end: tuple[Any, ...], *kinds: type) -> tuple[Any, ...]:
    """The place, when it has the form of the places that an engine gives in that order.

    Raises:
        UsageError: it is of another engine or order, or was made up.
    """
    if len(end) != len(kinds) or not all(isinstance(one, kind) for one, kind in zip(end, kinds, strict=True)):
        raise _refused("hoort bij een andere vraag")
    return end


def _of(query: Query) -> str:
    """A short name of the question, whatever the page."""
    same = replace(query, pagina=1, cursor="", per_pagina=20)
    return hashlib.sha256(query_string(same).encode()).hexdigest()[:12]


def _refused(what: str) -> UsageError:
    return UsageError(f"De waarde van `cursor` {what}.", hint="Begin weer bij de eerste pagina.")
