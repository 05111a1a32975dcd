"""Repairs of IRIs as they stand in triples: Q4, Q8, Q9, Q13, Q18."""

import base64
import hashlib
import re

from belfort.vocab import (
    BESLUIT,
    BESLUIT_TYPE,
    DCT,
    DOCUMENT_TYPE,
    ELI,
    FOAF,
    MANDAAT,
    PROV,
    SKOS,
)
from harvester.repairs import known
from harvester.repairs.page import Page
from harvester.sessions import SIGNS, without_session

_DOC = re.compile(r"(https?://data\.vlaanderen\.be/)doc/(?=concept(?:scheme)?/)")
_NAMESPACES = [str(one) for one in (BESLUIT, MANDAAT, ELI, DOCUMENT_TYPE, BESLUIT_TYPE)]
# Namespace as it is → the same with the other scheme, which is nobody's.
_OTHER_SCHEME = {
    (f"https{name[4:]}" if name.startswith("http:") else f"http{name[5:]}"): name
    for name in (*_NAMESPACES, str(PROV), str(DCT), str(FOAF), str(SKOS))
}
_STEMS = {name[:-1]: name for name in _NAMESPACES}
_STEM = "|".join(map(re.escape, _STEMS))
# The term behind a namespace without its end: the name of one, or the UUID of a concept.
_WRONG = re.compile(
    rf"({'|'.join(map(re.escape, _OTHER_SCHEME))})"
    rf"|({_STEM})[#/]?([A-Za-z][A-Za-z_.]*\Z|[0-9A-Fa-f]{{8}}-[0-9A-Fa-f\-]{{27}}\Z)"
)
_FOLLOWED = {stem: "[A-Za-z/]" if name.endswith("#") else "[0-9A-Fa-f#]" for stem, name in _STEMS.items()}
_ANY_WRONG = re.compile(
    f"<(?:{'|'.join([*map(re.escape, _OTHER_SCHEME), *(re.escape(stem) + end for stem, end in _FOLLOWED.items())])})"
)
_DATA = re.compile(r"data:(?:[\w.+\-]+/[\w.+\-]+)?(?:;[\w=.+\-]+)*;base64,([A-Za-z0-9+/=\-_%]{16,})")


def sessionless(iri: str, _page: Page) -> str | None:
    """The IRI without session id."""
    better = without_session(iri)
    return better if better != iri else None


def concept(iri: str, _page: Page) -> str | None:
    """`…/doc/concept/…` is the page about a concept; `…/id/concept/…` is the concept."""
    return _DOC.sub(r"\1id/", iri) if "/doc/concept" in iri and _DOC.match(iri) else None


def page_itself(iri: str, page: Page) -> str | None:
    """`#` alone means the page."""
    if not iri.endswith("#"):
        return None
    address = without_session(iri[:-1])
    return iri[:-1] if address == without_session(page.address) else None


def namespace(iri: str, _page: Page) -> str | None:
    """A vocabulary of the standard with the other scheme, or without the `#` or `/` that ends its namespace.

    What follows a namespace without its end must be a term of it: other vocabularies begin with the same letters.
    """
    found = _WRONG.match(iri)
    if not found:
        return None
    if found[1]:
        return _OTHER_SCHEME[found[1]] + iri[found.end() :]
    whole = _STEMS[found[2]] + found[3]
    is_term = known.has(f"<{whole}>") if whole[len(found[2])] == "#" else found[3][0] in "0123456789abcdefABCDEF"
    return whole if is_term and whole != iri else None


def without_data(text: str, _page: Page) -> str | None:
    """The text with each base64 `data:` URI as its RFC 6920 name `ni:///sha-256;…`: the bytes are in the snapshot."""
    if ";base64," not in text:
        return None
    better = _DATA.sub(_named, text)
    return better if better != text else None


def _named(found: re.Match[str]) -> str:
    digest = hashlib.sha256(found[1].encode()).digest()
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def has_session(text: str) -> bool:
    """Whether there may be a session id in the text."""
    return any(sign in text for sign in SIGNS)


def has_doc(terms: str) -> bool:
    """Whether one of the terms may be the page about a concept."""
    return "/doc/concept" in terms


def has_empty_fragment(terms: str) -> bool:
    """Whether one of the terms ends in `#`."""
    return "#>" in terms


def has_wrong_namespace(terms: str) -> bool:
    """Whether one of the terms is in a vocabulary of the standard under another name."""
    return _ANY_WRONG.search(terms) is not None


def has_data(text: str) -> bool:
    """Whether there may be a base64 `data:` URI in the text."""
    return ";base64," in text
