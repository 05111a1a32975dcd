"""A saved search: the parameters of /zoeken as one canonical query string, and back.

Enters: parameters of a URL. Leaves: a string that is equal for equal searches, without what belongs to one page of
results (page, cursor, order).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qs

from belfort.errors import UsageError
from search.analyzer import analyze
from search.query import PARAMETERS, Query, from_parameters, query_string
from search.reading import Reading, read

OF_A_PAGE = ("sort", "pagina", "per_pagina", "cursor")
"""Parameters that say which part of the results to show, not what is sought."""
SAVED = tuple(name for name in PARAMETERS if name not in OF_A_PAGE)
MAX_EXCLUDED = 20


def canonical(parameters: Mapping[str, Sequence[str]]) -> str:
    """The query string of a search, the same however its parameters were ordered.

    Raises:
        UsageError: an unknown parameter, or a value that cannot be.
    """
    query = from_parameters(parameters)
    return query_string(replace(query, text=" ".join(query.text.split()), sort="relevantie", pagina=1,
                                per_pagina=Query.per_pagina, cursor=""))  # fmt: skip


def followable(parameters: Mapping[str, Sequence[str]]) -> str:
    """The canonical query string of a search that can be followed.

    Raises:
        UsageError: it asks for nothing in particular, or for something that can never be found.
    """
    said = canonical(parameters)
    query = parse(said)
    reading = read(query.text)
    if not query.chosen and not reading.nodes:
        raise UsageError("Een melding heeft een zoekwoord of een filter nodig.", hint="Vul in wat u wilt volgen.")
    if query.text and not reading.nodes and not reading.browse:
        raise UsageError("In de zoekvraag staat geen woord.", hint="Gebruik letters of cijfers.")
    return said


def parse(said: str) -> Query:
    """The query of a canonical string.

    Raises:
        UsageError: a value in it no longer exists.
    """
    return from_parameters(parse_qs(said, keep_blank_values=False))


def reading_of(query: Query, excluded: Sequence[str]) -> Reading:
    """The words of a query, and those that its owner left out later."""
    reading = read(query.text)
    if not excluded:
        return reading
    without = read(" ".join(f"-{word}" for word in excluded))
    return replace(
        reading,
        unwanted=(*reading.unwanted, *without.unwanted),
        browse=reading.browse or not query.text,
    )


def words(texts: Iterable[str]) -> tuple[str, ...]:
    """What somebody typed as words to leave out: each word once, as it stands, at most `MAX_EXCLUDED`."""
    found = (text[token.start : token.end].lower() for text in texts for token in analyze(text[:500]))
    return tuple(dict.fromkeys(word for word in found if word))[:MAX_EXCLUDED]


def pack(excluded: Sequence[str]) -> str:
    """The excluded words as they are stored."""
    return json.dumps(list(excluded), ensure_ascii=False)


def unpack(stored: str) -> tuple[str, ...]:
    """The excluded words of what is stored."""
    return tuple(json.loads(stored or "[]"))
