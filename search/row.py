"""The fields of an index, and the row that a document becomes: the same for every engine.

Text fields hold tokens of our analyzer parted by spaces; an engine splits them at spaces and does nothing else, so
the same documents match everywhere. `title_x`, `text_x` hold words as they stand, `title_s`, `text_s` stems, `extra`
joined forms and compound parts of both, `about` the names of bestuur and orgaan as they stand, `about_s` the
stems, joined forms and parts of those, `title_p` the beginnings of the words of the title.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache

from belfort.errors import Damaged
from search.analyzer import Columns, analyze, columns
from search.document import Document, Joined, Keyword
from search.likeness import likeness
from search.query import FILTERS

SCHEMA_VERSION = "3"
"""Names the fields below and what the projection puts in them; another version makes every index again."""

POSITIONS = ("title_x", "title_s", "text_x", "text_s", "about")
"""Text fields in which the order of words counts."""
FREQUENCIES = ("extra", "about_s", "title_p")
"""Text fields in which it does not."""
FACETS = tuple(name for name in FILTERS if name != "status")
"""Filters that are keywords; each has a column `<name>_facet` beside it with `value LABEL_SIGN label`."""
KEYS = ("kind", "iri", "embeds", "joined", "likeness")
"""Other fields that hold exact terms."""
NUMBERS = ("day", "begins", "ends", "newest", "oldest")
"""Fields with a whole number of at most 63 bits. `day`, `begins`, `ends` are ordinals of days (0: not known, `ends`:
`NEVER`). `newest` and `oldest` sort by day with a tie of their own, larger first, the undated last."""

GAP = "\u00b6"
"""Stands between paragraphs, so that phrases do not cross them; never asked for."""
LABEL_SIGN = "\n"
COMPARED = "besluiten"
"""The type of which near-duplicates are found."""
NEVER = date.max.toordinal() + 1
LONGEST_START = 12
"""Characters of the longest beginning in `title_p`."""
_LONGEST_KEY = 2000
_SHOWN = tuple(one.name for one in fields(Document) if one.name not in ("embeds", "text"))
_encode = json.JSONEncoder(ensure_ascii=False).encode
_TIE_BITS = 40


@dataclass(frozen=True)
class Row:
    """What an engine is given of one document: terms, texts and numbers by field, and what it gives back as it was."""

    id: str
    terms: dict[str, list[str]]
    texts: dict[str, str]
    numbers: dict[str, int]
    stored: bytes


def key(iri: str) -> str:
    """The IRI as a term, half characters as question marks; one too long for a term by its digest."""
    iri = iri.encode("utf-8", "replace").decode()
    return iri if len(iri) <= _LONGEST_KEY else "sha256:" + hashlib.sha256(iri.encode()).hexdigest()


def row(document: Document) -> Row:
    """The row of a document."""
    title, text = columns(document.title, GAP), columns(document.text, GAP)
    terms: dict[str, list[str]] = {
        "kind": ["document"],
        "iri": [key(document.iri)],
        "embeds": [key(iri) for iri in sorted(document.embeds)],
        "joined": [key(one.iri) for one in document.joined],
        "likeness": likeness(_stems(title, text)) if document.plural == COMPARED else [],
    }
    for one in document.keywords:
        terms.setdefault(one.filter, []).append(key(one.value))
        terms.setdefault(f"{one.filter}_facet", []).append(f"{key(one.value)}{LABEL_SIGN}{one.label[:300]}")
    texts = {
        "title_x": title.exact,
        "title_s": title.stem,
        "text_x": text.exact,
        "text_s": text.stem,
        "extra": f"{title.extra} {text.extra}".strip(),
        **_about(document.orgaan_label, *(label for _, label in document.besturen)),
        "title_p": " ".join(_starts(title.exact.split())),
    }
    return Row(key(document.iri), terms, texts, _numbers(document), dump(document))


def stems(document: Document) -> list[str]:
    """The stems of title and text, in order."""
    return _stems(columns(document.title, GAP), columns(document.text, GAP))


def _stems(title: Columns, text: Columns) -> list[str]:
    return [stem for stem in f"{title.stem} {text.stem}".split() if stem != GAP]


def facet_values(counted: Iterable[tuple[object, float]]) -> dict[str, tuple[str, int]]:
    """Value → (label, count), of what a column `<name>_facet` has; a value that has several labels counts once."""
    found: dict[str, tuple[str, int]] = {}
    for term, count in counted:
        value, _, label = str(term).partition(LABEL_SIGN)
        known = found.get(value, (label, 0))
        found[value] = (known[0] or label, known[1] + int(count))
    return found


def dump(document: Document) -> bytes:
    """What is kept of a document to show it, as bytes: a line of JSON, then the text as it is, which is most of it."""
    shown = {name: getattr(document, name) for name in _SHOWN}
    shown["joined"] = [vars(one) for one in document.joined]
    return f"{_encode(shown)}\n{document.text}".encode("utf-8", "replace")


def load(stored: bytes) -> Document:
    """The document of what `dump` made; `embeds` is not among it.

    Raises:
        Damaged: these bytes are something else.
    """
    try:
        head, _, text = stored.partition(b"\n")
        shown = json.loads(head)
        shown["besturen"] = tuple((iri, label) for iri, label in shown["besturen"])
        shown["keywords"] = tuple(map(Keyword._make, shown["keywords"]))
        shown["joined"] = tuple(Joined(**one) for one in shown["joined"])
        return Document(**{"text": text.decode(), **shown})
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(f"Een document in de zoekindex is niet leesbaar: {str(error)[:200]}.") from error


def _numbers(document: Document) -> dict[str, int]:
    day = ordinal(document.date)
    tie = int.from_bytes(hashlib.sha256(document.iri.encode("utf-8", "replace")).digest()[:8], "big") >> (
        64 - _TIE_BITS
    )
    return {
        "day": day,
        "begins": ordinal(document.begins),
        "ends": ordinal(document.ends) or NEVER,
        "newest": (day << _TIE_BITS) | tie,
        "oldest": ((NEVER - day if day else 0) << _TIE_BITS) | tie,
    }


def ordinal(day: str) -> int:
    """A day as a number that grows, 0 when it is not known."""
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return 0


@lru_cache(maxsize=10_000)
def _about(*labels: str) -> dict[str, str]:
    """The names around a document, as they stand, and by their other forms."""
    names = [analyze(label) for label in dict.fromkeys(labels)]
    other = (word for tokens in names for token in tokens for word in (token.stem, *token.extra))
    return {
        "about": f" {GAP} ".join(" ".join(token.exact for token in tokens) for tokens in names if tokens),
        "about_s": " ".join(dict.fromkeys(other)),
    }


def _starts(words: Iterable[str]) -> list[str]:
    """The beginnings of the words of a title, each once, two characters or more."""
    return list(
        dict.fromkeys(
            word[:length] for word in words if word != GAP for length in range(2, min(len(word), LONGEST_START) + 1)
        )
    )
