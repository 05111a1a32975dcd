"""A page that is ready to be walked: encoding, host language, tree and base, whatever its syntax."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harvester.rdfa import charset
from harvester.rdfa.host import HTML, Host, is_xml
from harvester.rdfa.tree import base_of, parse_tree

if TYPE_CHECKING:
    from harvester.rdfa.element import Element
    from harvester.rdfa.xml_tree import NotWellFormed


@dataclass(frozen=True)
class Traits:
    """What may occur in a page, by a look at its text: declared namespaces, `@inlist`."""

    namespaces: bool = True
    lists: bool = True


@dataclass(frozen=True)
class Page:
    """A parsed page.

    `problems` is what was wrong with it as (issue code, text); the root is None when there is nothing in it.
    """

    content: bytes
    root: "Element | None"
    host: Host
    base: str
    traits: Traits
    problems: list[tuple[str, str]]


def read(content: bytes, address: str, content_type: str) -> Page:
    """The page as a tree; XHTML that is not well-formed is read as HTML, and that is a problem.

    Raises:
        TooDeep: elements are nested deeper than can be read.
        NotWellFormed: other XML than XHTML is not well-formed.
        DeclaresEntities: the document type declares entities.
    """
    if not is_xml(content, content_type, address):
        return _read_html(content, address, charset.header_charset(content_type), [])
    from harvester.rdfa.xml_tree import NotWellFormed

    try:
        return _read_xml(content, address, charset.header_charset(content_type))
    except NotWellFormed as error:
        if b"<html" not in content[:_START].lower():
            raise
        return _read_html(content, address, charset.header_charset(content_type), [_as_html(error)])


_START = 65_536


def _as_html(error: "NotWellFormed") -> tuple[str, str]:
    return "not-xml", error.reason


def _read_html(content: bytes, address: str, header: str, problems: list[tuple[str, str]]) -> Page:
    decoded = charset.to_utf8(content, header)
    tree = parse_tree(decoded.content)
    lowered = decoded.content.lower()
    base = base_of(tree, address) if b"<base" in lowered else address
    if decoded.problem:
        problems = [*problems, ("charset", decoded.problem)]
    traits = Traits(namespaces=b"xmlns:" in lowered, lists=b"inlist" in lowered)
    return Page(decoded.content, tree.root, HTML, base, traits, problems)


def _read_xml(content: bytes, address: str, header: str) -> Page:
    from harvester.rdfa.xml_tree import base_of_xml, parse_xml, to_utf8

    decoded = to_utf8(content, header)
    root, host = parse_xml(decoded.content)
    base = base_of_xml(root, host, address)
    problems = [("charset", decoded.problem)] if decoded.problem else []
    traits = Traits(lists=b"inlist" in decoded.content)
    return Page(decoded.content, root, host, base, traits, problems)
