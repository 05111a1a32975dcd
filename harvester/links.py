"""Where a page leads to: elements whose `@href` is the address of a publication, and meta refresh.

Links are found on elements, not in triples: beside `@resource` the address in `@href` is not in the triples at all.
The pair is kept: `href` is what a crawler fetches, `resource` the entity that the page behind it describes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harvester.rdfa import Parsed, iri

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

PROPERTIES = ("linkToPublication", "heeftAgenda", "heeftBesluitenlijst", "heeftNotulen", "heeftUittreksel")
REFRESH = "refresh"
_LOCAL_NAME = re.compile(rf"(?:^|[#/:])({'|'.join(PROPERTIES)})[”“’]*$")
_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|<%|\$\{")
_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """One link: the address to fetch, the entity that it is about ("" when not said), and what kind of link it is."""

    href: str
    resource: str
    property: str


def find_links(parsed: Parsed) -> list[Link]:
    """The links of a page, distinct, in document order: absolute http(s) addresses without fragment, no PDF."""
    base = iri.split(parsed.base)
    found = dict.fromkeys(
        link for element in parsed.places.elements if (link := _link(element, base)) is not None and link.href
    )
    if parsed.places.elements:
        found |= dict.fromkeys(_refreshes(parsed.places.elements[0], base))
    return list(found)


def _link(element: "LexborNode", base: iri.Parts) -> Link | None:
    attributes = element.attributes
    href = attributes.get("href")
    if not href:
        return None
    for token in f"{attributes.get('property') or ''} {attributes.get('rel') or ''}".split():
        name = _LOCAL_NAME.search(token)
        if name:
            resource = (attributes.get("resource") or "").strip()
            resolved = iri.resolve(base, resource) if resource else ""
            return Link(address(href, base), resolved if iri.is_valid(resolved) else "", name[1])
    return None


def _refreshes(root: "LexborNode", base: iri.Parts) -> Iterator[Link]:
    for element in root.css("meta[http-equiv][content]"):
        if (element.attributes["http-equiv"] or "").strip().lower() == "refresh":
            wanted = _REFRESH.match(element.attributes["content"] or "")
            target = address(wanted[1], base) if wanted else ""
            if target:
                yield Link(target, "", REFRESH)


def address(href: str, base: iri.Parts) -> str:
    """The absolute address of an href without its fragment, or "" for what is no page: PDF, template, other scheme."""
    href = href.strip()
    if _TEMPLATE.search(href):
        return ""
    parts = iri.split(iri.without_fragment(iri.resolve(base, href)))
    # What every browser sends for a space, and what servers take for a bracket.
    target = iri.join(parts._replace(path=_encoded(parts.path), query=parts.query and _encoded(parts.query)))
    if (parts.scheme or "").lower() not in ("http", "https") or not parts.authority or not iri.is_valid(target):
        return ""
    return "" if parts.path.lower().endswith(".pdf") else target


def _encoded(text: str) -> str:
    return text.replace(" ", "%20").replace("[", "%5B").replace("]", "%5D")
