"""A page as people read it, with places in it marked: only words get through, never its markup.

Enters: the bytes of a page, its address, and the CSS selectors of places. Leaves: `Token`s, balanced, in document
order, that whoever shows them writes out as elements of his own. It runs where the page is read (`harvester.reading`).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from harvester.rdfa import Unreadable, iri
from harvester.rdfa.page import read

if TYPE_CHECKING:
    from harvester.rdfa.element import Element

Kind = Literal["box", "/box", "span", "/span", "bold", "/bold", "text", "code", "break", "cut"]
# Of a page with more the rest is not shown; the largest real pages have some 60,000.
MAX_TOKENS = 120_000
SHOWN = 200
_SILENT = frozenset({"head", "script", "style", "template"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th", "caption"})
_BLOCKS = (_HEADINGS - {"th"}) | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "svg", "table", "tbody", "text",
    "tfoot", "thead", "title", "tr", "ul",
}  # fmt: skip
_SAYING = ("about", "property", "rel", "rev", "typeof", "resource", "href", "src", "datatype", "content", "lang")
_ID = re.compile(r"[A-Za-z][\w\-]*")
_STEPS = 100


@dataclass(frozen=True)
class Token:
    """A piece of the view: an element that opens or closes, words, or the start tag of a place without words (code).

    `place` is the selector that was asked for, of a box or span that is such a place.
    """

    kind: Kind
    text: str = ""
    place: str = ""


@dataclass
class _Open:
    """An element whose children are being shown."""

    children: Iterator["Element | str"]
    path: str
    steps: int
    silent: bool
    closing: list[Kind]
    element: "Element"
    marked: bool = False
    spoke: bool = False
    seen: dict[str, int] = field(default_factory=dict)


def view(content: bytes, url: str, content_type: str, places: Collection[str]) -> list[Token]:
    """The page for people; a page that cannot be read is empty."""
    try:
        page = read(content, iri.without_fragment(url), content_type)
    except Unreadable:
        return []
    return _Writer(set(places)).write(page.root) if page.root is not None else []


class _Writer:
    """Walks a tree and writes tokens; its own stack, since pages nest thousands deep."""

    def __init__(self, places: set[str]) -> None:
        self._places = places
        self._out: list[Token] = []
        self._stack: list[_Open] = []
        self._fresh = True  # nothing stands on this line yet
        self._space = False

    def write(self, root: "Element") -> list[Token]:
        """The tokens of the whole page."""
        self._enter(root, "", 0, silent=False)
        while self._stack:
            top = self._stack[-1]
            child = next(top.children, None)
            if child is None:
                self._leave(self._stack.pop())
            elif isinstance(child, str):
                if not top.silent:
                    self._words(child)
            elif len(self._out) < MAX_TOKENS:
                self._enter(child, top.path, top.steps, silent=top.silent)
            else:
                self._cut()
        return self._out

    def _cut(self) -> None:
        while self._stack:
            self._leave(self._stack.pop())
        self._out.append(Token("cut"))

    def _enter(self, element: "Element", above: str, steps: int, *, silent: bool) -> None:
        tag = (element.tag or "").lower()
        path, steps = self._path(element, tag, above, steps)
        silent = silent or tag in _SILENT
        marked = path in self._places
        self._places.discard(path)  # an id that stands twice names the first
        block = tag in _BLOCKS and not silent
        if block or tag == "br":
            self._break()
        closing: list[Kind] = []
        if marked:
            self._out.append(Token("box" if block else "span", place=path))
            closing.append("/box" if block else "/span")
            self._fresh = self._fresh or block
        if tag in _HEADINGS and not silent:
            self._out.append(Token("bold"))
            closing.append("/bold")
        self._stack.append(_Open(_children(element), path, steps, silent, closing, element, marked))
        if not silent:
            self._introduce(tag, element)

    def _introduce(self, tag: str, element: "Element") -> None:
        """What stands for markup that words alone would lose."""
        if tag == "li":
            self._out.append(Token("text", "• "))
        elif tag in ("td", "th") and not self._fresh:
            self._out.append(Token("text", " · "))
            self._fresh = True
        elif tag == "img":
            self._words(f"[beeld: {element.attributes.get('alt') or 'zonder tekst'}]")

    def _leave(self, one: _Open) -> None:
        if one.marked and not one.spoke:
            self._out.append(Token("code", _start_tag(one.element)))
            self._spoken()
            self._fresh = False
        self._out.extend(Token(kind) for kind in reversed(one.closing))
        if (one.element.tag or "").lower() in _BLOCKS and not one.silent:
            self._break()

    def _words(self, text: str) -> None:
        words = " ".join(text.split())
        if not words:
            self._space = self._space or bool(text)
            return
        before = " " if not self._fresh and (self._space or text[0].isspace()) else ""
        self._out.append(Token("text", before + words))
        self._space, self._fresh = text[-1].isspace(), False
        self._spoken()

    def _spoken(self) -> None:
        for one in reversed(self._stack):
            if one.spoke:
                break
            one.spoke = True

    def _break(self) -> None:
        if not self._fresh:
            self._out.append(Token("break"))
        self._fresh, self._space = True, False

    def _path(self, element: "Element", tag: str, above: str, steps: int) -> tuple[str, int]:
        """The selector as `css_path` writes it, and its number of steps."""
        number = 1
        if self._stack:
            seen = self._stack[-1].seen
            number = seen[tag] = seen.get(tag, 0) + 1
        name = element.attributes.get("id")
        if name and _ID.fullmatch(name):
            return f"{element.tag}#{name}", 1
        step = str(element.tag) if tag in ("html", "head", "body") else f"{element.tag}:nth-of-type({number})"
        if not above:
            return step, 1
        if steps >= _STEPS:
            return f"{above.partition(' > ')[2]} > {step}", steps
        return f"{above} > {step}", steps + 1


def _children(element: "Element") -> Iterator["Element | str"]:
    """The child elements and the texts between them, of either tree."""
    node: Any = element
    if not hasattr(node, "children"):  # lexbor
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                yield child.text_content or ""
            elif not str(child.tag).startswith(("-", "!")):
                yield child
        return
    yield node.node.text or ""
    inner = iter(node.children)
    for child in node.node:
        if isinstance(child.tag, str):
            yield next(inner)
        yield child.tail or ""


def _start_tag(element: "Element") -> str:
    """What an element without words says, as it is written."""
    said = element.attributes
    parts = [f'{name}="{said[name]}"' for name in _SAYING if said.get(name)]
    text = " ".join(["<" + str(element.tag), *parts]) + ">"
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
