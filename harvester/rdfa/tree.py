"""The HTML tree: lexbor's, which follows the HTML specification also for malformed pages (25 of 25 snippets).

A `<div>` asks lexbor to search the whole stack of open elements, so deep nesting costs quadratic time: 100,000 divs
take 12 s. The depth of such elements is therefore counted before the parse. `traverse`, `text_lexbor` and
`inner_html` are iterative in lexbor; nothing here recurses either.
"""

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from harvester.rdfa import iri
from harvester.rdfa.parsed import Unreadable

if TYPE_CHECKING:
    from harvester.rdfa.element import Element

# Elements that really nest when they are not closed, and whose opening searches the stack.
_NESTING = re.compile(
    rb"<(/?)(?:address|applet|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figure|footer|header"
    rb"|hgroup|main|marquee|menu|nav|object|ol|pre|search|section|summary|table|template|ul)(?=[\s/>])",
    re.IGNORECASE,
)
MAX_NESTING = 10_000
MAX_ATTRIBUTES = 30_000
_STEPS = 100
_START_TAG = re.compile(rb"<[A-Za-z][^\s/>]*")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
# A tag that has too many attributes has a part without `>` of more than two of these.
_WINDOW = 16_384


class TooDeep(Unreadable):
    """Elements are nested deeper than the page can be read."""

    code, fix = "nesting", "Sluit elementen die je opent."


class TooManyAttributes(Unreadable):
    """An element has so many attributes that only looking for double ones takes seconds."""

    code, fix = "too-large", "Geef een element enkel attributen die iets zeggen."


def parse_tree(content: bytes) -> LexborHTMLParser:
    """The tree of a page in UTF-8.

    Raises:
        TooDeep: blocks are nested more than `MAX_NESTING` deep.
        TooManyAttributes: an element has more than `MAX_ATTRIBUTES`.
        MemoryError: the tree does not fit.
    """
    if _may_nest(content) and _depth(content) > MAX_NESTING:
        raise TooDeep(f"De pagina nest elementen meer dan {MAX_NESTING} diep.")
    if _most_attributes(content) > MAX_ATTRIBUTES:
        raise TooManyAttributes(f"Een element heeft meer dan {MAX_ATTRIBUTES} attributen.")
    try:
        return LexborHTMLParser(content)
    except SelectolaxError as error:  # lexbor takes any bytes; it only fails for want of memory
        raise MemoryError("The tree of the page does not fit in memory.") from error


def _may_nest(content: bytes) -> bool:
    """Whether there are so many start tags that it is worth counting how deep they nest."""
    tags = content.count(b"<")
    return tags > MAX_NESTING and tags - content.count(b"</") > MAX_NESTING


def _most_attributes(content: bytes) -> int:
    """How many attributes the largest start tag may have, as far as a quick look can see (0 when none is large)."""
    most = at = 0
    while at < len(content) - _WINDOW:
        if content.find(b">", at, at + _WINDOW) < 0:
            start = content.rfind(b">", 0, at) + 1
            end = content.find(b">", at)
            end = len(content) if end < 0 else end
            tag = _START_TAG.search(content, start, at + _WINDOW)
            if tag and end - tag.end() > 2 * MAX_ATTRIBUTES:
                most = max(most, len(_QUOTED.sub(b" ", content[tag.end() : end]).split()))
            at = end
        at += _WINDOW
    return most


def _depth(content: bytes) -> int:
    depth = deepest = 0
    for found in _NESTING.finditer(content):
        if found[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def base_of(tree: LexborHTMLParser, address: str) -> str:
    """The base of the page: that of its first `base[href]`, if it has a usable one, else its address."""
    element = tree.css_first("base[href]")
    return address if element is None else usable_base(element.attributes.get("href") or "", address)


def usable_base(written: str, address: str) -> str:
    """The base that a `@href` of `<base>` gives, without fragment; the address of the page when it gives none.

    Only what the web can resolve against counts, so not `about:blank`, `data:` or `javascript:` (HTML, "set the frozen
    base URL"); a later `<base>` never comes in its place.
    """
    found = iri.without_fragment(iri.resolve(iri.split(address), written.strip(" \t\n\r\f")))
    parts = iri.split(found.lower())
    on_disk = parts.scheme == "file" and address.lower().startswith("file:")
    usable = parts.authority if parts.scheme in ("http", "https") else on_disk
    return found if usable and iri.is_valid(found) else address


def css_path(element: "Element") -> str:
    """A CSS selector of the element: from the nearest id or the root, each step with its place among its siblings.

    Of a very deep element only the last steps.
    """
    steps: list[str] = []
    node: Element | None = element
    while node is not None and node.tag and not node.tag.startswith("-") and len(steps) < _STEPS:
        name = node.attributes.get("id")
        if name and re.fullmatch(r"[A-Za-z][\w\-]*", name):
            steps.append(f"{node.tag}#{name}")
            break
        steps.append(f"{node.tag}{_position(node)}")
        node = node.parent
    return " > ".join(reversed(steps))


def _position(node: "Element") -> str:
    number, before = 1, node.prev
    while before is not None:
        number += before.tag == node.tag
        before = before.prev
    return "" if node.tag in ("html", "head", "body") else f":nth-of-type({number})"
