"""Words of a document by which its kind can be left out of an alert: `minder van dit`."""

from collections import Counter

import sqlalchemy as sa

from search.alerts.telling import documents_of
from search.analyzer import analyze, stop_words
from search.document import Document
from search.highlight import marks
from search.query import Query
from search.reading import read

MOST = 12
_SHORTEST = 4
_MOST_TEXT = 20_000


def suggestions(
    connection: sa.Connection, iri: str, query: Query, excluded: tuple[str, ...]
) -> tuple[Document | None, list[str]]:
    """The document, and its words to choose from: those of the title first, then the most frequent of its text.

    Words of the search itself, short words, numbers and stop words are not among them.
    """
    document = next(iter(documents_of(connection, [iri])), None) if iri else None
    if document is None:
        return None, []
    left = {token.stem for word in excluded for token in analyze(word)}
    taken = marks(read(query.text)).stems | left
    title, text = _words(document.title), _words(document.text[:_MOST_TEXT])
    found: dict[str, str] = {}
    for stem, word in [*title, *(pair for pair, _ in Counter(text).most_common(5 * MOST))]:
        if stem not in taken:
            found.setdefault(stem, word)
    return document, list(found.values())[:MOST]


def _words(text: str) -> list[tuple[str, str]]:
    """(stem, word in lower case) of the words that say something."""
    return [
        (token.stem, text[token.start : token.end].lower())
        for token in analyze(text)
        if len(token.exact) >= _SHORTEST and token.exact.isalpha() and token.exact not in stop_words()
    ]
