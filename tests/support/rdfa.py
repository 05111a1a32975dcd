"""What the RDFa tests share: triples of a snippet, and the oracle pyRdfa3 as canonical triples."""

import codecs
import io
import logging
import warnings
from typing import Any

from belfort import rdf
from belfort.rdf import Triple
from harvester.rdfa import parse
from harvester.rdfa.environment import Repairs

BASE = "https://www.example.org/pagina/1.html"


def triples(html: str, *, repairs: Repairs | None = None, base: str = BASE) -> set[Triple]:
    """The triples of a snippet."""
    return set(parse(html.encode(), base, repairs=repairs).triples)


def oracle(content: bytes, base: str) -> Any:
    """The rdflib graph that pyRdfa3 makes of the page; literals keep their lexical form, a BOM says UTF-8."""
    import rdflib
    from pyRdfa import pyRdfa
    from pyRdfa.options import Options

    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    processor = pyRdfa(options=Options(embedded_rdf=False, vocab_expansion=False), base=base, media_type="text/html")
    return processor.graph_from_source(io.BytesIO(codecs.BOM_UTF8 + content), graph=rdflib.Graph(), rdfOutput=False)


def canonical(triples_of_page: list[Triple]) -> str:
    """The triples in canonical form (RDFC-1.0), to compare with blank nodes."""
    from harvester.canonical_form import serve

    _, body = serve()({"graph": True}, "\n".join(rdf.lines(triples_of_page)).encode())  # honest graphs need no guard
    return body.decode()


def of_graph(graph: Any) -> list[Triple]:
    """The triples of an rdflib graph as N-Triples terms, with the same escapes as ours."""
    return [(_term(s), _term(p), _term(o)) for s, p, o in graph]


def _term(node: Any) -> str:
    from rdflib import BNode, URIRef

    if isinstance(node, BNode):
        return f"_:{node}"
    if isinstance(node, URIRef):
        return rdf.iri(str(node))
    return rdf.literal(str(node), str(node.datatype or ""), node.language or "")


def through_lxml(content: bytes, base: str) -> list[Triple]:
    """The triples of an HTML page by our walk over the tree that libxml2's HTML parser makes of it (UTF-8)."""
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    return _through(lxml.html.document_fromstring(content, parser=parser), content, base)


def through_html5lib(content: bytes, base: str) -> list[Triple]:
    """The triples of an HTML page by our walk over html5lib's tree (of its fork that comes with rdflib)."""
    import html5rdf

    builder = html5rdf.getTreeBuilder("lxml")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # lxml knows no names with a colon; html5lib says that it writes them otherwise
        tree = html5rdf.HTMLParser(tree=builder, namespaceHTMLElements=False).parse(content, transport_encoding="utf-8")
    return _through(tree.getroot(), content, base)


def _through(root: Any, content: bytes, base: str) -> list[Triple]:
    from harvester.rdfa.document import Document
    from harvester.rdfa.host import HTML
    from harvester.rdfa.page import Traits
    from harvester.rdfa.tree import base_of, parse_tree
    from harvester.rdfa.values import Budget
    from harvester.rdfa.walker import Walker
    from harvester.rdfa.xml_tree import XmlElement

    wrapped = {root: XmlElement(root, [], None, HTML)}
    for node in root.iterdescendants():
        if isinstance(node.tag, str):
            wrapped[node] = XmlElement(node, [], wrapped[node.getparent()], HTML)
    document = Document(base_of(parse_tree(content), base), None, base)
    walker = Walker(document, Budget(10**9, content), Traits())
    walker.walk(wrapped[root])
    return list(dict.fromkeys(walker.out))
