"""The HTML tree: lexbor's, which follows the HTML specification also for malformed pages (25 of 25 snippets).

A `<div>` asks lexbor to search the whole stack of open elements, so deep nesting costs quadratic time: 100,000 divs
take 12 s. The depth of such elements is therefore counted before the parse. `traverse`, `text_lexbor` and
`inner_html` are iterative in lexbor; nothing here recurses either.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from belfort.errors import InvalidInput
from harvester.rdfa import iri

# Elements that really nest when they are not closed, and whose opening searches the stack.
_NESTING = re.compile(
    rb"<(/?)(?:div|section|article|aside|blockquote|center|details|dl|fieldset|figure|footer|header|main|nav|ol|ul)"
    rb"(?=[\s/>])",
    re.IGNORECASE,
)
MAX_NESTING = 20_000


class TooDeep(InvalidInput):
    """Elements are nested deeper than the page can be read."""


def parse_tree(content: bytes) -> LexborHTMLParser:
    """The tree of a page in UTF-8.

    Raises:
        TooDeep: blocks are nested more than `MAX_NESTING` deep.
    """
    if content.count(b"<") > MAX_NESTING and _depth(content) > MAX_NESTING:
        raise TooDeep(f"De pagina nest elementen meer dan {MAX_NESTING} diep.")
    return LexborHTMLParser(content)


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
    """The base of the page: its first `base[href]` resolved against its address, if that gives an IRI."""
    element = tree.css_first("base[href]")
    if element is None:
        return address
    written = (element.attributes.get("href") or "").strip()
    found = iri.without_fragment(iri.resolve(iri.split(address), written))
    return found if iri.is_valid(found) else address


def css_path(element: LexborNode) -> str:
    """A CSS selector of the element: from the nearest id or the root, each step with its place among its siblings."""
    steps: list[str] = []
    node: LexborNode | None = element
    while node is not None and node.tag and not node.tag.startswith("-"):
        name = node.attributes.get("id")
        if name and re.fullmatch(r"[A-Za-z][\w\-]*", name):
            steps.append(f"{node.tag}#{name}")
            break
        steps.append(f"{node.tag}{_position(node)}")
        node = node.parent
    return " > ".join(reversed(steps))


def _position(node: LexborNode) -> str:
    number, before = 1, node.prev
    while before is not None:
        number += before.tag == node.tag
        before = before.prev
    return "" if node.tag in ("html", "head", "body") else f":nth-of-type({number})"
