"""The W3C SHACL suite, core and SPARQL, through the one entry: the whole report must be equal."""

import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib

from belfort.errors import InvalidInput
from belfort.rdf import TYPE
from shapes.shacl import Graph, Result, Shapes, validate
from shapes.shacl.reference import results_of, triples_of
from shapes.shacl.vocabulary import sh

ROOT = Path(__file__).parents[2]
SUITE = Path(os.environ.get("BELFORT_SHARED", ROOT.parent / "shared")) / "suites/shacl/tests"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
SIZES = {"core": 98, "sparql": 22}
# pyshacl 0.40.1 does not bind $shapesGraph (optional in SHACL-SPARQL); it says so, and so do we.
UNSUPPORTED = frozenset({"sparql/pre-binding/shapesGraph-001"})


@cache
def _graph(file: Path) -> rdflib.Graph:
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        return rdflib.Graph().parse(file, format="turtle", publicID=file.as_uri())
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _entries(manifest: Path) -> list[tuple[Path, rdflib.URIRef]]:
    if not manifest.is_file():
        return []
    graph = _graph(manifest)
    found = [
        (manifest, entry)
        for head in graph.objects(None, MF.entries)
        for entry in graph.items(head)
        if isinstance(entry, rdflib.URIRef)
    ]
    for other in sorted(graph.objects(None, MF.include)):
        found += _entries(Path(str(other).removeprefix("file://")))
    return found


def _cases() -> list[Any]:
    return [
        pytest.param(file, entry, id=str(entry).rpartition("/tests/")[2])
        for part in SIZES
        for file, entry in _entries(SUITE / part / "manifest.ttl")
    ]


def _key(result: Result) -> tuple[str, ...]:
    shape = result.source_shape if result.source_shape.startswith("<") else ""
    return (*(_known(term) for term in result[:5]), shape)


def _known(term: str) -> str:
    """Blank nodes have other names in another graph."""
    return "_:" if term.startswith("_:") else term


@pytest.mark.parametrize(("file", "entry"), _cases())
def test_w3c(shared: Path, file: Path, entry: rdflib.URIRef) -> None:
    """The results are those of the suite: focus, path, component, value, severity and shape."""
    manifest = _graph(file)
    action, expected = manifest.value(entry, MF.action), manifest.value(entry, MF.result)
    data, shapes = (
        _graph(Path(str(manifest.value(action, name)).removeprefix("file://")))
        for name in (SHT.dataGraph, SHT.shapesGraph)
    )
    data_graph = Graph(triples_of(data))
    if expected == SHT.Failure or str(entry).rpartition("/tests/")[2] in UNSUPPORTED:
        with pytest.raises(InvalidInput):
            validate(data_graph, Shapes.of(triples_of(shapes)))
        return
    report = Graph([*triples_of(manifest)])
    node = "_:" + str(expected) if isinstance(expected, rdflib.BNode) else f"<{expected}>"
    wanted = Graph([*report_of(report, node)])
    found = validate(data_graph, Shapes.of(triples_of(shapes)))
    assert Counter(map(_key, found)) == Counter(map(_key, results_of(wanted)))


def report_of(graph: Graph, node: str) -> list[tuple[str, str, str]]:
    """The manifest with only this report in it."""
    return [
        (s, p, o)
        for s, about in graph.about.items()
        for p, objects in about.items()
        for o in objects
        if not (p == TYPE and o == sh("ValidationReport") and s != node)
    ]


@pytest.mark.parametrize("part", SIZES)
def test_every_test_of_the_suite_is_run(shared: Path, part: str) -> None:
    """No test of the manifests is left out."""
    assert len(_entries(SUITE / part / "manifest.ttl")) == SIZES[part]
