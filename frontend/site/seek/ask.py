"""Puts questions to the index, and says in Dutch that search is down when it is: everything else keeps serving."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from flask import request

from belfort.errors import Busy, NotFound
from frontend.desks import desks
from frontend.problems import known_parameters
from search.document import Document
from search.query import PARAMETERS, Query, from_parameters
from search.results import Results
from search.searcher import Searcher

RETRY_SECONDS = 30
T = TypeVar("T")


def asked(*more: str) -> Query:
    """The question of this request; `more` are parameters of this address that are not the question's.

    Raises:
        UsageError: an unknown parameter, or a value that cannot be.
    """
    known_parameters(*PARAMETERS, *more)
    return from_parameters({name: request.args.getlist(name) for name in PARAMETERS if name in request.args})


def answer(get: Callable[[Searcher], T]) -> T:
    """What the searcher says.

    Raises:
        Busy: the index does not answer, with when to ask again.
    """
    try:
        return get(desks().search)
    except Busy:
        raise down() from None


def indexed(iri: str) -> Document:
    """What the index holds of an entity.

    Raises:
        Busy: the index does not answer.
        NotFound: it holds nothing of it.
    """
    document = answer(lambda searcher: searcher.get(iri))
    if document is None:
        raise NotFound("Dit ding staat niet in de zoekindex.", hint="Zoek het op in /zoeken.")
    return document


def results(query: Query, facets: Iterable[str] = ()) -> Results:
    """A page of hits.

    Raises:
        Busy: the index does not answer, or there is none yet.
    """
    found = answer(lambda searcher: searcher.search(query, facets))
    if not found.ready:
        raise Busy(
            "De zoekindex wordt nog gemaakt.",
            hint="Probeer het over enkele minuten opnieuw; bladeren kan al via /besturen.",
            retry_after=RETRY_SECONDS,
        )
    return found


def down() -> Busy:
    """Search does not work now."""
    return Busy(
        "Zoeken kan nu even niet: de zoekindex antwoordt niet.",
        hint="Probeer het over een minuut opnieuw. Al de rest van deze site werkt wel, bladeren via /besturen ook.",
        retry_after=RETRY_SECONDS,
    )


def first(query: Query, most: int, *, sort: str = "") -> Query:
    """The question for its first few hits."""
    return replace(query, pagina=1, cursor="", per_pagina=most, sort=sort or query.sort)  # type: ignore[arg-type]
