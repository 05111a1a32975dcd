"""RDF/XML that stands in an SVG image (`<metadata><rdf:RDF>`): its triples belong to the graph (suite test 0304)."""

from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

from belfort import rdf
from belfort.rdf import Triple
from belfort.vocab import RDF
from harvester.rdfa.xml_tree import XmlElement

if TYPE_CHECKING:
    from harvester.rdfa.document import Document
    from harvester.rdfa.element import Element


def triples(root: "Element", document: "Document") -> list[Triple]:
    """The triples of every `rdf:RDF` in the page; what is no RDF/XML is a fault."""
    import pyoxigraph

    assert isinstance(root, XmlElement)
    found: list[Triple] = []
    for element in root.css("RDF"):
        if element.node.tag != f"{{{RDF}}}RDF":
            continue
        written = etree.tostring(element.node, encoding="utf-8", with_tail=False)
        labels: dict[str, str] = {}
        try:
            read = list(
                pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.RDF_XML, base_iri=_base(element, document))
            )
        except (SyntaxError, ValueError) as error:
            document.faults["embedded-rdf", str(error)] += 1
            continue
        for quad in read:
            s, p, o = (_term(one, labels, document) for one in quad.triple)
            found += [(s, p, o)]
    return found


def _base(element: XmlElement, document: "Document") -> str:
    """The base where the element stands; its own `@xml:base` is in the text that is parsed."""
    for one in reversed(list(element.line())[1:-1]):
        if "xml:base" in one.attributes:
            document = document.rebased(one.attributes["xml:base"] or "")
    return document.base


def _term(term: object, labels: dict[str, str], document: "Document") -> str:
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return document.checked(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        if term.value not in labels:
            labels[term.value] = document.blank()
        return labels[term.value]
    assert isinstance(term, pyoxigraph.Literal)
    datatype = "" if term.language else term.datatype.value
    return rdf.literal(term.value, datatype, term.language or "")
