"""Repairs of IRIs as they stand in triples: Q4, Q8, Q9, Q13, Q18."""

import base64
import hashlib
import re

from belfort.vocab import BESLUIT, BESLUIT_TYPE, DCT, DOCUMENT_TYPE, ELI, FOAF, MANDAAT, PROV, SKOS
from harvester.repairs.page import Page
from harvester.sessions import without_session

_DOC = re.compile(r"(https?://data\.vlaanderen\.be/)doc/(?=concept(?:scheme)?/)")
_NAMESPACES = [str(one) for one in (BESLUIT, MANDAAT, ELI, DOCUMENT_TYPE, BESLUIT_TYPE)]
# Namespace as it is → the same with the other scheme, which is nobody's.
_OTHER_SCHEME = {
    (f"https{name[4:]}" if name.startswith("http:") else f"http{name[5:]}"): name
    for name in (*_NAMESPACES, str(PROV), str(DCT), str(FOAF), str(SKOS))
}
_STEMS = [(name[:-1], name) for name in _NAMESPACES]
_SUSPECT = (*_OTHER_SCHEME, *(stem for stem, _ in _STEMS))
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
    """A vocabulary of the standard with the other scheme, or without the `#` or `/` that ends its namespace."""
    if not iri.startswith(_SUSPECT):
        return None
    for wrong, right in _OTHER_SCHEME.items():
        if iri.startswith(wrong):
            return right + iri[len(wrong) :]
    for stem, whole in _STEMS:
        if iri.startswith(stem) and iri[len(stem) : len(stem) + 1].isalnum():
            return whole + iri[len(stem) :]
    return None


def without_data(text: str, _page: Page) -> str | None:
    """The text with each base64 `data:` URI as its RFC 6920 name `ni:///sha-256;…`: the bytes are in the snapshot."""
    if ";base64," not in text:
        return None
    better = _DATA.sub(_named, text)
    return better if better != text else None


def _named(found: re.Match[str]) -> str:
    digest = hashlib.sha256(found[1].encode()).digest()
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
