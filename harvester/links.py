"""Where a page leads to: elements whose `@href` is the address of a publication, meta refresh, and feeds.

Links are found on elements, not in triples: beside `@resource` the address in `@href` is not in the triples at all.
The pair is kept: `href` is what a crawler fetches, `resource` the entity that the page behind it describes, both
repaired as the same words are in the triples.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from harvester.rdfa import Parsed, iri
from harvester.sessions import without_session

if TYPE_CHECKING:
    from harvester.rdfa.element import Element

PROPERTIES = ("linkToPublication", "heeftAgenda", "heeftBesluitenlijst", "heeftNotulen", "heeftUittreksel")
REFRESH = "refresh"
FEED = "feed"
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})
_STREAM_TYPES = frozenset({"text/turtle", "application/ld+json", "application/trig", "application/n-quads"})
_STREAM = re.compile(r"(?:^|[^a-z])ldes(?:[^a-z]|$)|EventStream$|tree[#:]view$", re.IGNORECASE)
_LOCAL_NAME = re.compile(rf"(?:^|[#/:])({'|'.join(PROPERTIES)})[”“’]*$")
_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|<%|\$\{")
_REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]?\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)


Repaired = Callable[[str], str]


@dataclass(frozen=True)
class Link:
    """One link: the address to fetch, the entity that it is about ("" when not said), and what kind of link it is."""

    href: str
    resource: str
    property: str


def find_links(parsed: Parsed, repaired: Repaired = str) -> list[Link]:
    """The links of a page, distinct, in document order: absolute http(s) addresses without fragment, no PDF.

    `repaired` gives the better spelling of an attribute's value.
    """
    if not parsed.places.elements:
        return []
    base = iri.split(parsed.base)
    root = parsed.places.elements[0]
    found = dict.fromkeys(
        link
        for attributes in _with_address(root, parsed.places.elements)
        if (link := _link(attributes, base, repaired) or _feed(attributes, base)) is not None and link.href
    )
    return list(found | dict.fromkeys(_refreshes(root, base)))


def _with_address(root: "Element", elements: list["Element"]) -> Iterator["Attributes"]:
    """The attributes of the elements that say something with an `@href`."""
    # The selectors of lexbor are faster than asking each element.
    for element in root.css("[href]:is([property], [rel], [typeof])") if isinstance(root, LexborNode) else elements:
        attributes = element.attributes
        if attributes.get("href"):
            yield attributes


Attributes = Mapping[str, str | None]


def _link(attributes: Attributes, base: iri.Parts, repaired: Repaired) -> Link | None:
    href = attributes.get("href") or ""
    for token in f"{attributes.get('property') or ''} {attributes.get('rel') or ''}".split():
        name = _LOCAL_NAME.search(token)
        if name:
            resource = repaired((attributes.get("resource") or "").strip())
            resolved = without_session(iri.resolve(base, resource)) if resource else ""
            return Link(address(repaired(href), base), resolved if iri.is_valid(resolved) else "", name[1])
    return None


def _feed(attributes: Attributes, base: iri.Parts) -> Link | None:
    """A feed of the site: RSS or Atom by its type, an event stream by its words."""
    href = attributes.get("href") or ""
    relations = (attributes.get("rel") or "").split()
    words = [*relations, *(attributes.get("property") or "").split(), *(attributes.get("typeof") or "").split()]
    kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
    alternate = "alternate" in (word.lower() for word in relations)
    told = f"{href} {attributes.get('title') or ''}"
    if (
        any(_STREAM.search(word) for word in words)
        or (alternate and kind in _FEED_TYPES)
        or (alternate and kind in _STREAM_TYPES and _STREAM.search(told))
    ):
        return Link(address(href, base), "", FEED)
    return None


def _refreshes(root: "Element", base: iri.Parts) -> Iterator[Link]:
    for element in root.css("meta"):
        if (element.attributes.get("http-equiv") or "").strip().lower() == "refresh":
            wanted = _REFRESH.match(element.attributes.get("content") or "")
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
    return "" if parts.path.lower().endswith(".pdf") else without_session(target)


def _encoded(text: str) -> str:
    return text.replace(" ", "%20").replace("[", "%5B").replace("]", "%5D")
