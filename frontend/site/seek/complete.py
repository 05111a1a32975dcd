"""How complete the answer is: for the besturen that it is about, what we have of them, kept for a minute."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar, cast

import sqlalchemy as sa
from flask import current_app

from belfort.records.database import read
from belfort.records.entity import Entity, entity, get_many
from belfort.vocab import BESLUIT
from frontend.desks import desks
from frontend.site.memory import Memory
from frontend.site.queries.completeness import Visits, visits
from frontend.site.queries.linking import path_of
from frontend.site.queries.tenures import bestuur_name
from frontend.site.seek.ask import answer
from search.query import Query
from search.results import Results

MOST = 5
"""Besturen that are shown."""
_SECONDS = 60
T = TypeVar("T")


@dataclass(frozen=True)
class Authority:
    """A bestuur with what we have of it; `zittingen` are those that can be found."""

    label: str
    href: str
    zittingen: int
    visits: tuple[Visits, ...]


def authorities(query: Query, results: Results) -> tuple[Authority, ...]:
    """The chosen besturen, else those with the most hits."""
    facet = results.facets.get("bestuur", ())
    labels = {one.value: one.label if one.label != one.value else "" for one in facet}
    iris = query.bestuur[:MOST] or tuple(one.value for one in facet[:MOST])
    if not iris:
        return ()
    return _kept(("completeness", iris), lambda: _authorities(iris, labels))


def bestuur_names() -> dict[str, str]:
    """IRI → name of every bestuur, an OCMW by more than the name of its gemeente."""
    return _kept(("names",), _bestuur_names)


def _bestuur_names() -> dict[str, str]:
    with read(desks().engine) as connection:
        rows = connection.execute(sa.select(entity).where(entity.c.class_iri == BESLUIT.Bestuurseenheid))
        return {one.iri: bestuur_name(one) for one in (Entity(*row) for row in rows)}


def nameless(iri: str) -> str:
    """What a bestuur is called of which no register told the name."""
    return f"Bestuur zonder naam (…{iri[-6:]})"


def _kept(key: Hashable, make: Callable[[], T]) -> T:
    """What was made for that key in this minute: sources move without a change of the records."""
    memory = cast("Memory", current_app.extensions.setdefault("belfort-completeness", Memory(4 * 2**20)))
    return memory.get(key, (int(time.time() // _SECONDS), ""), make)


def _authorities(iris: tuple[str, ...], labels: dict[str, str]) -> tuple[Authority, ...]:
    counted = answer(lambda searcher: searcher.search(Query(type=("zittingen",), per_pagina=1), ("bestuur",)))
    zittingen = {one.value: one.count for one in counted.facets.get("bestuur", ())}
    with read(desks().engine) as connection:
        known = get_many(connection, iris)
        names = bestuur_names()
        found = visits(connection, dict.fromkeys(iris, ()))
        # A bestuur that shares the site of another, or has one that nobody said is its own: where did its things come
        # from?
        unknown = {iri: _sources_of(iri) for iri in iris if not found[iri]}
        found |= visits(connection, unknown) if unknown else {}
    return tuple(
        Authority(
            names.get(iri, "") or labels.get(iri, "") or nameless(iri),
            path_of(known[iri]) if iri in known else "",
            zittingen.get(iri, 0),
            tuple(found[iri]),
        )
        for iri in iris
    )


def _sources_of(iri: str) -> tuple[str, ...]:
    """The sources of the things of a bestuur."""
    results = answer(lambda searcher: searcher.search(Query(bestuur=(iri,), per_pagina=1), ("bron",)))
    return tuple(one.value for one in results.facets.get("bron", ()))
