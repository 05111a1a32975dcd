"""Renders the solutions of a SELECT row by row, so that a cap stops the query itself. Runs in the query workers only.

The engine's own serialisers run to the end before they return; these give the same output (a test compares them).
Sources: https://www.w3.org/TR/sparql11-results-json/, https://www.w3.org/TR/rdf-sparql-XMLres/ and
https://www.w3.org/TR/sparql11-results-csv-tsv/.
"""

import html
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from belfort.vocab import XSD


class TooMuch(Exception):
    """The answer grew beyond a cap; `what` is `rows` or `bytes`."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def bounded(parts: Iterable[str], most: int) -> bytes:
    """The parts joined, in UTF-8.

    Raises:
        TooMuch: they are more than `most` bytes.
    """
    kept: list[bytes] = []
    size = 0
    for part in parts:
        raw = part.encode()
        size += len(raw)
        if size > most:
            raise TooMuch("bytes")
        kept.append(raw)
    return b"".join(kept)


def _json(variables: list[str], solutions: Iterable[Any]) -> Iterator[str]:
    yield '{"head":{"vars":' + json.dumps(variables, separators=(",", ":")) + '},"results":{"bindings":['
    separator = ""
    for solution in solutions:
        row = {name: _json_term(term) for name, term in zip(variables, solution, strict=True) if term is not None}
        yield separator + json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        separator = ","
    yield "]}}"


def _json_term(term: Any) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype.value != XSD.string:
            found["datatype"] = term.datatype.value
        return found
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    parts = {name: _json_term(getattr(term, name)) for name in ("subject", "predicate", "object")}
    return {"type": "triple", "value": parts}


def _xml(variables: list[str], solutions: Iterable[Any]) -> Iterator[str]:
    yield '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    yield "".join(f"<variable name={_attribute(name)}/>" for name in variables) + "</head><results>"
    for solution in solutions:
        yield (
            "<result>"
            + "".join(
                f"<binding name={_attribute(name)}>{_xml_term(term)}</binding>"
                for name, term in zip(variables, solution, strict=True)
                if term is not None
            )
            + "</result>"
        )
    yield "</results></sparql>"


def _xml_term(term: Any) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, ox.Literal):
        kind = ""
        if term.language:
            kind = f" xml:lang={_attribute(term.language)}"
        elif term.datatype.value != XSD.string:
            kind = f" datatype={_attribute(term.datatype.value)}"
        return f"<literal{kind}>{_text(term.value)}</literal>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_text(term.value)}</bnode>"
    parts = (f"<{name}>{_xml_term(getattr(term, name))}</{name}>" for name in ("subject", "predicate", "object"))
    return f"<triple>{''.join(parts)}</triple>"


def _text(value: str) -> str:
    """Text between tags; xml.sax.saxutils would load an HTTP client with it."""
    return html.escape(value.translate(_NOT_XML), quote=False).replace("\r", "&#13;")


def _attribute(value: str) -> str:
    return f'"{html.escape(value.translate(_NOT_XML))}"'


# Characters that XML 1.0 cannot hold in any spelling; the engine would write a document that no parser takes.
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), 65533)


def _csv(variables: list[str], solutions: Iterable[Any]) -> Iterator[str]:
    yield ",".join(variables) + "\r\n"
    for solution in solutions:
        yield ",".join("" if term is None else _csv_field(term) for term in solution) + "\r\n"


def _csv_field(term: Any) -> str:
    text = str(term) if isinstance(term, (ox.BlankNode, ox.Triple)) else str(term.value)
    if any(sign in text for sign in '",\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _tsv(variables: list[str], solutions: Iterable[Any]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in variables) + "\n"
    for solution in solutions:
        yield "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in solution) + "\n"


RENDER: dict[str, Callable[[list[str], Iterable[Any]], Iterator[str]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
