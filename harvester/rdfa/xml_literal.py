"""The content of an XML element as an XMLLiteral, as the W3C suite wants it (test 0198).

Each element at the top repeats, after its own attributes, every namespace in scope, those of `@prefix` included: the
default namespace first, then by prefix. That is not the order of Canonical XML. Comments and instructions are kept.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from harvester.rdfa.xml_tree import XmlElement

_XML_NS = "http://www.w3.org/XML/1998/namespace"
Frame = tuple[Iterator[Any], Iterator["XmlElement"], str, str]


def inner_xml(element: "XmlElement") -> str:
    """What stands in the element, text and markup."""
    top = _in_scope(element)
    out = [_text(element.node.text)]
    stack: list[Frame] = [(element.node.iterchildren(), element.iter(), "", "")]
    while stack:
        nodes, elements, _, _ = stack[-1]
        node = next(nodes, None)
        if node is None:
            _, _, name, tail = stack.pop()
            out.append(f"</{name}>{_text(tail)}" if name else "")
        elif not isinstance(node.tag, str):  # a comment or an instruction
            out.append(etree.tostring(node, encoding="unicode", with_tail=False) + _text(node.tail))
        else:
            inner = next(elements)
            name = f"{node.prefix}:{inner.tag}" if node.prefix else inner.tag
            declared = {**top, **inner.namespaces()} if len(stack) == 1 else inner.namespaces()
            out.append(f"<{name}{_attributes(inner)}{_declarations(declared)}>")
            stack.append((node.iterchildren(), inner.iter(), name, node.tail or ""))
            out.append(_text(node.text))
    return "".join(out)


def _in_scope(element: "XmlElement") -> dict[str, str]:
    """Prefix → namespace of everything declared on the element and its ancestors; "" is the default namespace."""
    found: dict[str, str] = {}
    for one in reversed(list(element.line())):
        found |= one.namespaces()
        words = (one.attributes.get("prefix") or "").split()
        for name, to in zip(words[::2], words[1::2], strict=False):
            if name.endswith(":") and name not in (":", "_:"):
                found[name[:-1]] = to
    return found


def _declarations(namespaces: dict[str, str]) -> str:
    rows = sorted((name, to) for name, to in namespaces.items() if to or not name)
    return "".join(f' xmlns{":" if name else ""}{name}="{_value(to)}"' for name, to in rows if to)


def _attributes(element: "XmlElement") -> str:
    prefixes = {_XML_NS: "xml", **{to: name for name, to in element.node.nsmap.items() if name}}
    out = []
    for name, value in element.node.attrib.items():
        namespace, brace, local = str(name).rpartition("}")
        written = f"{prefixes[namespace[1:]]}:{local}" if brace else local
        out.append(f' {written}="{_value(str(value))}"')
    return "".join(out)


def _value(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return text.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")


def _text(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")
