"""Our renderers against the engine's own."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from pyoxigraph import QueryResultsFormat, Store, parse_query_results

from publisher.sparql.results import RENDER, TooMuch, bounded

DATA = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> INSERT DATA {
    <http://a/&b> <http://p> "x,\\"y\\"\\n\\t<&>\\\\ é€", "nl"@nl-be, 1, 1.5, 1e3, true, "d"^^<http://dt>, "",
    "it's", "a;b", <http://o?x=1&y=2> . }"""
QUERY = "SELECT ?s ?o ?unbound (BNODE('x') AS ?b) { ?s ?p ?o } ORDER BY STR(?o)"
NAMES = {
    "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV,
}  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Store:
    """A store in memory with terms of every kind."""
    store = Store()
    store.update(DATA)
    return store


def _render(store: Store, name: str, query: str = QUERY) -> bytes:
    found: Any = store.query(query)
    return bounded(RENDER[name]([variable.value for variable in found.variables], found), 1 << 20)


def _rows(raw: bytes, name: str) -> list[list[str]]:
    found: Any = parse_query_results(raw, NAMES[name])
    return [[str(term) if not str(term).startswith("_:") else "_:" for term in row] for row in found]


@pytest.mark.parametrize("name", NAMES)
def test_every_term_comes_through(store: Store, name: str) -> None:
    """Read back by the engine, our rows hold the same terms as the engine's own rows."""
    found: Any = store.query(QUERY)
    native = found.serialize(format=NAMES[name])
    assert _rows(_render(store, name), name) == _rows(native, name)
    assert len(_rows(native, name)) == 11


def test_csv_is_the_same_to_the_byte(store: Store) -> None:
    """The CSV equals the engine's, and a CSV reader gets the fields back."""
    query = "SELECT ?s ?o ?unbound { ?s ?p ?o } ORDER BY STR(?o)"
    found: Any = store.query(query)
    raw = _render(store, "csv", query)
    assert raw == found.serialize(format=QueryResultsFormat.CSV)
    assert ["http://a/&b", 'x,"y"\n\t<&>\\ é€', ""] in list(csv.reader(io.StringIO(raw.decode(), newline="")))


def test_xml_stays_readable_whatever_is_in_a_literal() -> None:
    """A control character, which XML cannot hold, does not make the answer unreadable."""
    store = Store()
    store.update('INSERT DATA { <http://s> <http://p> "a\\u0001\\uFFFF\\r" }')
    raw = _render(store, "xml", "SELECT ?o { ?s ?p ?o }")
    literal = ElementTree.fromstring(raw).find(".//{*}literal")
    assert literal is not None
    assert literal.text == "a\ufffd\ufffd\r"


def test_quoted_triples_are_rendered(store: Store) -> None:
    """A triple term, of SPARQL 1.2, has its form in JSON and XML."""
    query = "SELECT (TRIPLE(<http://s>, <http://p>, 'o') AS ?t) {}"
    term = json.loads(_render(store, "json", query))["results"]["bindings"][0]["t"]
    assert term["type"] == "triple"
    assert term["value"]["object"] == {"type": "literal", "value": "o"}
    assert ElementTree.fromstring(_render(store, "xml", query)).find(".//{*}triple/{*}object/{*}literal") is not None


def test_more_bytes_than_allowed_is_an_error() -> None:
    """An answer is never cut: beyond its cap it raises."""
    assert bounded(["ab", "é"], 4) == "abé".encode()
    with pytest.raises(TooMuch):
        bounded(["ab", "é"], 3)
