"""The places of a document where words can stand, by the names that people use: title, text, each article, names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.analyzer import Token, analyze
from search.document import Document

MOST_TEXT = 200_000
"""Characters of a text that are looked at."""
_ARTICLE = re.compile(r"((?:Artikel \d{1,4}(?: ?(?:bis|ter|quater))?)|Enig artikel)\. ")


@dataclass(frozen=True)
class Place:
    """A part of a document: its `kind` (titel, tekst, artikel, bestuur, orgaan), its name, its text and tokens."""

    kind: str
    name: str
    text: str
    tokens: tuple[Token, ...]


def places(document: Document) -> tuple[Place, ...]:
    """The places of a document, as people read them."""
    return tuple(Place(kind, name, text, tuple(analyze(text))) for kind, name, text in _parts(document) if text)


def _parts(document: Document) -> Iterator[tuple[str, str, str]]:
    yield "titel", "titel", document.title
    kind, name, held = "tekst", "tekst", list[str]()
    for paragraph in document.text[:MOST_TEXT].split("\n\n"):
        article = _ARTICLE.match(paragraph)
        if article:
            yield kind, name, "\n\n".join(held)
            kind, name, held = "artikel", article[1][0].lower() + article[1][1:], []
        held.append(paragraph)
    yield kind, name, "\n\n".join(held)
    yield "orgaan", "orgaan", document.orgaan_label
    for _, label in document.besturen:
        yield "bestuur", "bestuur", label
