"""The tree of an XML page: libxml2's, wrapped so that the walker sees the same few members as of a lexbor node.

Nothing is loaded and no entity is expanded: a document that declares one is refused. The names that HTML has for
characters (`&nbsp;`) are replaced before the parse, because XHTML pages use them and their DTD is never read. Depth is
limited by libxml2 (2,048); what goes beyond is refused, never cut.
"""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from harvester.rdfa import charset, iri
from harvester.rdfa.host import XHTML_NS, Host, of_root
from harvester.rdfa.parsed import Unreadable
from harvester.rdfa.tree import TooDeep, usable_base
from harvester.rdfa.xml_literal import inner_xml

_XML = "{http://www.w3.org/XML/1998/namespace}"
_TEXT = etree.XPath("string()", smart_strings=False)
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:\-]{1,40})")
_DECLARATION = re.compile(rb"\s*<\?xml\s.*?\?>", re.DOTALL)
_ENTITY = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|&([A-Za-z][A-Za-z0-9]{0,40});", re.DOTALL
)
_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_SUBSET = re.compile(rb"<!DOCTYPE\s[^\[>]*\[")
_DEEP = "Excessive depth"


class NotWellFormed(Unreadable):
    """The page is no XML."""

    code, fix = "not-well-formed", "Maak de XML welgevormd, of stuur de pagina als text/html."

    def __init__(self, reason: str) -> None:
        super().__init__(f"De pagina is geen welgevormde XML: {reason}.")
        self.reason = reason


class DeclaresEntities(Unreadable):
    """The document type declares entities, which can make any text of a few bytes."""

    code, fix = "entities", "Laat de entiteiten uit de DOCTYPE weg en schrijf de tekens zelf."


class XmlElement:
    """An element of an XML page; the members that it shares with a lexbor node are those of `element.Element`."""

    __slots__ = ("attributes", "children", "index", "node", "parent")

    def __init__(self, node: Any, declared: list[tuple[str, str]], parent: "XmlElement | None", host: Host) -> None:
        self.node = node
        self.parent = parent
        self.children: list[XmlElement] = []
        self.index = 0
        if parent is not None:
            self.index = len(parent.children)
            parent.children.append(self)
        self.attributes: dict[str, str | None] = {
            f"xmlns:{prefix}" if prefix else "xmlns": namespace for prefix, namespace in declared
        }
        for name, value in node.attrib.items():
            written = f"xml:{name[len(_XML) :]}" if name.startswith(_XML) else name
            if written not in host.ignored:
                self.attributes[written] = value

    @property
    def tag(self) -> str:
        """The name without prefix."""
        return str(self.node.tag).rpartition("}")[2]

    @property
    def mem_id(self) -> int:
        """What tells elements apart."""
        return id(self)

    @property
    def first_child(self) -> object | None:
        """Something when there are children or text."""
        return self.children[0] if self.children else self.node.text or None

    @property
    def prev(self) -> "XmlElement | None":
        """The element before it under the same parent."""
        return self.parent.children[self.index - 1] if self.parent is not None and self.index else None

    @property
    def inner_html(self) -> str:
        """What stands in the element, as an XMLLiteral."""
        return inner_xml(self)

    def iter(self) -> Iterator["XmlElement"]:
        """The child elements."""
        return iter(self.children)

    def text_lexbor(self) -> str:
        """The text of the element and everything in it, without comments."""
        return str(_TEXT(self.node))

    def css(self, query: str) -> list["XmlElement"]:
        """The element and those below it with that name (`*`: all), in document order."""
        found: list[XmlElement] = []
        stack = [self]
        while stack:
            element = stack.pop()
            if query in ("*", element.tag):
                found.append(element)
            stack.extend(reversed(element.children))
        return found

    def line(self) -> Iterator["XmlElement"]:
        """The element and its ancestors, innermost first."""
        element: XmlElement | None = self
        while element is not None:
            yield element
            element = element.parent

    def namespaces(self) -> dict[str, str]:
        """Prefix → namespace of what the element itself declares; "" is the default namespace."""
        return {name[6:]: value or "" for name, value in self.attributes.items() if name.startswith("xmlns")}


def to_utf8(content: bytes, header: str) -> charset.Decoded:
    """The XML page in UTF-8 without its declaration; the server's charset comes before that of the declaration."""
    declared = _DECLARED.match(content)
    label = header or (declared[1].decode("ascii") if declared else "utf-8")
    decoded = charset.to_utf8(content, label)
    return decoded._replace(content=_DECLARATION.sub(b"", decoded.content, count=1))


def parse_xml(content: bytes) -> tuple[XmlElement, Host]:
    """The root element and the host language of an XML page in UTF-8.

    Raises:
        NotWellFormed: it is no well-formed XML.
        DeclaresEntities: its document type declares entities.
        TooDeep: it is nested deeper than libxml2 reads.
    """
    if _SUBSET.search(content) and b"<!ENTITY" in content:
        raise DeclaresEntities("Het documenttype (DOCTYPE) declareert entiteiten; zo'n pagina wordt niet gelezen.")
    parser = etree.XMLPullParser(
        events=("start-ns", "start", "end"), encoding="utf-8", resolve_entities=False, load_dtd=False,
        no_network=True, huge_tree=True, attribute_defaults=False, remove_pis=False,
    )  # fmt: skip
    try:
        parser.feed(_ENTITY.sub(_character, content))
        node = parser.close()
    except etree.XMLSyntaxError as error:
        message = str(error.msg)
        if _DEEP in message:
            raise TooDeep("De pagina nest elementen meer dan 2048 diep.") from None
        raise NotWellFormed(message[:200]) from None
    version = node.get("version") or ""
    host = of_root(str(node.tag), version, node.getroottree().docinfo.public_id or "")
    return _wrapped(parser, host), host


def _wrapped(parser: Any, host: Host) -> XmlElement:
    declared: list[tuple[str, str]] = []
    open_elements: list[XmlElement] = []
    root: XmlElement | None = None
    for event, what in parser.read_events():
        if event == "start-ns":
            declared.append(what)
        elif event == "start":
            element = XmlElement(what, declared, open_elements[-1] if open_elements else None, host)
            root = root or element
            open_elements.append(element)
            declared = []
        else:
            open_elements.pop()
    assert root is not None
    return root


def _character(found: re.Match[bytes]) -> bytes:
    """The characters of an HTML entity as references; everything else as it stands."""
    name = found[1]
    if name is None or name in _OWN:
        return found[0]
    text = html5.get(f"{name.decode('ascii')};")
    if text is None:
        raise NotWellFormed(f"de entiteit &{name.decode('ascii')}; is niet gedeclareerd")
    return "".join(f"&#{ord(character)};" for character in text).encode("ascii")


def base_of_xml(root: XmlElement, host: Host, address: str) -> str:
    """The base of the page: `@xml:base` of the root or the first `base[href]` of XHTML, as the language has it."""
    if host.base_attribute:
        written = root.attributes.get("xml:base")
        if written is None:
            return address
        found = iri.without_fragment(iri.resolve(iri.split(address), written.strip()))
        return found if iri.is_valid(found) else address
    bases = (one for one in root.css("base") if str(one.node.tag) == f"{{{XHTML_NS}}}base")
    href = next((href for one in bases if (href := one.attributes.get("href")) is not None), None)
    return address if href is None else usable_base(href, address)
