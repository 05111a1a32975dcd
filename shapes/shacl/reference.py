"""The reference engine, pyshacl, behind the same face: N-Triples terms in, `Result` rows out.

It evaluates what is beyond SHACL core and is the oracle of the tests. owl:imports are never followed and nothing is
fetched. rdflib is told to leave lexical forms alone.
"""

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from belfort import rdf
from belfort.errors import InvalidInput
from belfort.rdf import TYPE, Triple
from belfort.vocab import OWL
from shapes.shacl.graph import Graph
from shapes.shacl.paths import compile_path
from shapes.shacl.result import Result
from shapes.shacl.vocabulary import sh

if TYPE_CHECKING:
    import rdflib

_IMPORTS = f"<{OWL.imports}>"


def read_turtle(text: str, base: str) -> list[Triple]:
    """The triples of a Turtle text of our own.

    Raises:
        InvalidInput: it is not Turtle.
    """
    import rdflib

    with _quiet():
        try:
            graph = rdflib.Graph().parse(data=text, format="turtle", publicID=base)
        except Exception as error:  # noqa: BLE001 - its parser raises whatever it meets
            raise InvalidInput(f"The shapes are not Turtle: {str(error).strip()[:300]}") from None
    return triples_of(graph)


def triples_of(graph: Iterable[tuple[Any, Any, Any]]) -> list[Triple]:
    """The triples of an rdflib graph; blank nodes keep their labels."""
    return [(_term(s), _term(p), _term(o)) for s, p, o in graph]


class Prepared:
    """Data and shapes as pyshacl wants them, so that a validation does not load them again."""

    def __init__(self, data: Iterable[Triple], shapes: Iterable[Triple]) -> None:
        with _quiet():
            self._data, self._shapes = _graph(data), _graph(_with_prefixes(list(shapes)))
        self._report: rdflib.Graph | None = None

    def validate(self, roots: list[str] | None = None, *, advanced: bool = False) -> None:
        """Validate; with `roots` (terms of IRIs) only those shapes.

        Raises:
            InvalidInput: pyshacl cannot work with the shapes; the message is its own.
        """
        import pyshacl

        with _quiet():
            try:
                _, report, _ = pyshacl.validate(
                    self._data,
                    shacl_graph=self._shapes,
                    advanced=advanced,
                    do_owl_imports=False,
                    meta_shacl=False,
                    inference="none",
                    use_shapes=[rdf.value(one) for one in roots] if roots else None,
                    max_validation_depth=30,
                )
            except Exception as error:  # noqa: BLE001 - pyshacl and rdflib raise whatever they meet
                raise InvalidInput(f"pyshacl cannot use the shapes: {str(error).strip()[:300]}") from None
        if isinstance(report, Exception):
            raise InvalidInput(f"pyshacl cannot use the shapes: {str(report).strip()[:300]}")
        self._report = report

    def results(self) -> list[Result]:
        """The rows of the last validation."""
        return results_of(Graph(triples_of(self._report or ())))


def run(
    data: Iterable[Triple], shapes: Iterable[Triple], roots: list[str] | None, *, advanced: bool = False
) -> list[Result]:
    """Validate with pyshacl; see `Prepared`."""
    prepared = Prepared(data, shapes)
    prepared.validate(roots, advanced=advanced)
    return prepared.results()


def results_of(report: Graph) -> list[Result]:
    """The rows of a validation report; results that are only the detail of another are left out."""
    return [
        _result(report, node)
        for one in report.subjects(TYPE, sh("ValidationReport"))
        for node in report.objects(one, sh("result"))
    ]


def _result(report: Graph, node: str) -> Result:
    def get(name: str) -> str:
        return report.object(node, sh(name))

    path = get("resultPath")
    messages = [rdf.split_literal(term).value for term in report.objects(node, sh("resultMessage")) if term[0] == '"']
    return Result(
        focus=get("focusNode"),
        path=compile_path(report, path)[1] if path else "",
        component=get("sourceConstraintComponent"),
        value=get("value"),
        severity=get("resultSeverity"),
        source_shape=get("sourceShape"),
        message=messages[0] if messages else "",
    )


@contextmanager
def _quiet() -> "Iterator[None]":
    """Lexical forms as they are; no warnings or log lines about values that are not of their datatype."""
    import rdflib

    logger, before = logging.getLogger("rdflib.term"), logging.getLogger("rdflib.term").level
    normalise = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)
        rdflib.NORMALIZE_LITERALS = normalise


def _graph(triples: Iterable[Triple]) -> "rdflib.Graph":
    import rdflib

    graph = rdflib.Graph()
    for s, p, o in triples:
        graph.add((_node(s), _node(p), _node(o)))
    return graph


def _with_prefixes(shapes: list[Triple]) -> list[Triple]:
    """The shapes, where sh:prefixes also means what the node that it names imports, which pyshacl does not follow."""
    graph = Graph(shapes)
    declared: list[Triple] = []
    for node in graph.backwards(sh("prefixes")):
        pending, seen = [node], {node}
        while pending:
            for other in graph.objects(pending.pop(), _IMPORTS):
                if other not in seen:
                    seen.add(other)
                    pending.append(other)
                    declared += [(node, sh("declare"), one) for one in graph.objects(other, sh("declare"))]
    return [*shapes, *declared]


def _node(term: str) -> Any:
    from rdflib import BNode, Literal, URIRef

    if term.startswith("<"):
        return URIRef(term[1:-1])
    if term.startswith("_:"):
        return BNode(term[2:])
    literal = rdf.split_literal(term)
    if literal.language:
        return Literal(literal.value, lang=literal.language)
    return Literal(literal.value, datatype=None if term.endswith('"') else URIRef(literal.datatype))


def _term(node: Any) -> str:
    from rdflib import BNode, URIRef

    if isinstance(node, BNode):
        return f"_:{node}"
    if isinstance(node, URIRef):
        return rdf.iri(str(node))
    return rdf.literal(str(node), str(node.datatype or ""), node.language or "")
