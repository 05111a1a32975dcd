"""Every address of search: of a question in a form, of the same question a little otherwise, of the page of a hit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol
from urllib.parse import urlencode

from flask import current_app

from belfort.vocab import PLURALS
from frontend.site.queries.linking import path
from search.query import FILTERS, Query, query_string, to_parameters

HERE = "/zoeken"
_CLASS_OF = {name: iri for iri, name in PLURALS.items()}


class _Found(Protocol):
    @property
    def plural(self) -> str: ...

    @property
    def uuid(self) -> str: ...


def href(hit: _Found) -> str:
    """The address of the page of a hit."""
    return path(_CLASS_OF.get(hit.plural, ""), hit.uuid)


def base() -> str:
    """How every address of this site begins."""
    return str(current_app.config["SETTINGS"].base_url)


def address(query: Query, suffix: str = "") -> str:
    """The address that asks this question in that form."""
    asked = query_string(query)
    return f"{HERE}{f'.{suffix}' if suffix else ''}{f'?{asked}' if asked else ''}"


def first_page(query: Query) -> Query:
    """The same question from its first page."""
    return replace(query, pagina=1, cursor="")


def numbered(query: Query) -> str:
    """The address of a page by number, up to where the number goes."""
    asked = query_string(first_page(query))
    return f"{HERE}?{asked}{'&' if asked else ''}pagina="


def after(query: Query, cursor: str) -> Query:
    """The question that goes on at a cursor."""
    return replace(query, pagina=1, cursor=cursor)


def whole(query: Query) -> Query:
    """The question without what belongs to one page of hits: the address of all of them."""
    return replace(first_page(query), per_pagina=Query.per_pagina)


def switches(query: Query, name: str) -> Callable[[str], str]:
    """Value of a filter → the address with that value switched on or off; made once for all values of a filter."""
    on = query.values(name)
    others = address(query.without(name))
    between = "&" if "?" in others else "?"

    def switch(value: str) -> str:
        values = [one for one in on if one != value] if value in on else [*on, value]
        return f"{others}{between}{urlencode([(name, one) for one in values])}" if values else others

    return switch


def unfiltered(query: Query) -> Query:
    """The question without any filter or period."""
    return query.without(*FILTERS, "van", "tot", "peildatum")


def about(where: str, query: Query | None = None, **more: str) -> str:
    """Another address that goes with a question, like that of its explanation."""
    pairs = [*(to_parameters(query) if query else ()), *more.items()]
    return where + (f"?{urlencode(pairs)}" if pairs else "")
