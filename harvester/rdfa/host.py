"""Which host language a page is in, and what that changes in RDFa.

The rule, first that applies:

1. The media type that the server named: `text/html` is HTML, whatever the bytes look like; `application/xhtml+xml`,
   `image/svg+xml`, `application/xml`, `text/xml` and anything `+xml` is XML.
2. Without one that says something: bytes that begin with an XML declaration, an address that ends in `.xhtml`, `.xht`,
   `.svg` or `.xml`, and a root element that is not `html` but declares a default namespace other than XHTML's, are XML.
3. Everything else is HTML.

What is XML then is told apart by its root element: `svg` in the SVG namespace is SVG; `html` in the XHTML namespace is
XHTML 1 when the public identifier or `@version` says so and XHTML5 otherwise; anything else is plain XML.
Sources: HTML+RDFa 1.1, XHTML+RDFa 1.1, RDFa Core 1.1 §4.1 (XML+RDFa), SVG Tiny 1.2 with RDFa 1.1.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from belfort.vocab import RDFA_TERMS, XHTML_TERMS

XHTML_NS = "http://www.w3.org/1999/xhtml"
SVG_NS = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Host:
    """A host language.

    `html_rules`: HTML+RDFa counts (`<time>`, `@datetime`, patterns, rdf:HTML, no terms in `@rel` beside `@property`);
    `edges`: `head` and `body` stand for their parent; `base_attribute`: `@xml:base` counts; `ignored`: attributes
    that mean nothing to RDFa in this language.
    """

    name: str
    terms: Mapping[str, str]
    html_rules: bool = False
    edges: bool = False
    base_attribute: bool = False
    ignored: frozenset[str] = frozenset()


HTML = Host("html", RDFA_TERMS, html_rules=True, edges=True)
XHTML5 = Host("xhtml5", RDFA_TERMS, html_rules=True, edges=True, ignored=frozenset({"xml:base"}))
XHTML1 = Host("xhtml1", XHTML_TERMS, edges=True, ignored=frozenset({"xml:base", "datetime"}))
SVG = Host("svg", RDFA_TERMS, base_attribute=True, ignored=frozenset({"datetime"}))
XML = Host("xml", RDFA_TERMS, base_attribute=True, ignored=frozenset({"datetime", "lang"}))

_SILENT = ("", "text/plain", "application/octet-stream", "binary/octet-stream")
_EXTENSIONS = (".xhtml", ".xht", ".svg", ".xml")
_PROLOG = re.compile(rb"(?:\s+|<!--.*?-->|<![A-Za-z][^>\[]*(?:\[.*?\]\s*)?>|<\?.*?\?>)*", re.DOTALL)
_ROOT = re.compile(rb"<([A-Za-z_][^\s/>]{0,100})([^>]*)")
_DEFAULT_NAMESPACE = re.compile(rb"\sxmlns\s*=\s*[\"']([^\"']+)")
_START = 65_536


def is_xml(content: bytes, content_type: str, address: str) -> bool:
    """Whether the page (UTF-8 without BOM) is to be read by an XML parser."""
    media = content_type.partition(";")[0].strip().lower()
    if media not in _SILENT:
        return media.endswith(("/xml", "+xml"))
    start = content[:_START].lstrip()
    if start.startswith(b"<?xml"):
        return True
    if re.split(r"[?#]", address, maxsplit=1)[0].lower().endswith(_EXTENSIONS):
        return True
    prolog = _PROLOG.match(start)
    root = _ROOT.match(start, prolog.end() if prolog else 0)
    if root is None or root[1].lower() == b"html":
        return False
    named = _DEFAULT_NAMESPACE.search(root[2])
    return named is not None and named[1] != XHTML_NS.encode()


def of_root(tag: str, version: str, public: str) -> Host:
    """The host language of an XML document: `{namespace}name` and `@version` of its root, public identifier."""
    if tag == f"{{{XHTML_NS}}}html":
        first = public.startswith("-//W3C//DTD XHTML") or version.upper().startswith("XHTML")
        return XHTML1 if first else XHTML5
    return SVG if tag == f"{{{SVG_NS}}}svg" else XML
