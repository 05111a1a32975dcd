"""One entity as RDF/XML. Pure. Source: https://www.w3.org/TR/rdf-syntax-grammar/.

A predicate of which no end is an XML name cannot be written in it; an entity that has one is not available in this
form.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from belfort import rdf
from belfort.rdf import Triple
from belfort.vocab import PREFIXES, RDF, XSD

# The longest end of an IRI that is an NCName, of the characters that every XML processor takes.
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CannotBeWritten(ValueError):
    """The triples hold something that RDF/XML has no way to say."""


def document(triples: Iterable[Triple]) -> str:
    """The triples as an RDF/XML document.

    Raises:
        CannotBeWritten: a predicate cannot be an element, or a text has a character that XML cannot hold.
    """
    names: dict[str, str] = {str(RDF): "rdf"}
    blocks: dict[str, list[str]] = {}
    for subject, predicate, term in triples:
        blocks.setdefault(subject, []).append(_property(predicate[1:-1], term, names))
    head = "".join(f"\n  xmlns:{prefix}={quoteattr(iri)}" for iri, prefix in sorted(names.items(), key=lambda x: x[1]))
    body = "".join(
        f"<rdf:Description rdf:about={_attribute(rdf.value(subject))}>\n{''.join(rows)}</rdf:Description>\n"
        for subject, rows in blocks.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{head}>\n{body}</rdf:RDF>\n'


def _property(predicate: str, term: str, names: dict[str, str]) -> str:
    element = _element(predicate, names)
    if not rdf.is_literal(term):
        return f"  <{element} rdf:resource={_attribute(rdf.value(term))}/>\n"
    said = rdf.split_literal(term)
    how = ""
    if said.language:
        how = f" xml:lang={_attribute(said.language)}"
    elif said.datatype != XSD.string:
        how = f" rdf:datatype={_attribute(said.datatype)}"
    # A carriage return would be read as a line end, or not at all.
    return f"  <{element}{how}>{escape(_possible(said.value), {chr(13): '&#13;'})}</{element}>\n"


def _element(predicate: str, names: dict[str, str]) -> str:
    found = _LOCAL.search(predicate)
    for start in range(len(predicate) - 1, 0, -1):
        if predicate[start - 1] in "#/":
            found = _LOCAL.match(predicate, start) or found
            break
    if not found or not found.start():
        raise CannotBeWritten("a predicate is no XML name")
    namespace = predicate[: found.start()]
    prefix = names.get(namespace) or next((name for name, iri in PREFIXES.items() if iri == namespace), "")
    if not prefix:
        prefix = f"ns{len(names)}"
    names[namespace] = prefix
    return f"{prefix}:{found[0]}"


def _possible(text: str) -> str:
    if _NOT_XML.search(text):
        raise CannotBeWritten("a text has a character that XML cannot hold")
    return text


def _attribute(text: str) -> str:
    return quoteattr(_possible(text))
