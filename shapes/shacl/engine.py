"""The one entry: data lines and shapes in, results out, whichever engine finds them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from belfort.rdf import Triple
from shapes.shacl import reference
from shapes.shacl.compile import Compiler, Native
from shapes.shacl.graph import Graph
from shapes.shacl.result import Result
from shapes.shacl.shape import Shape
from shapes.shacl.vocabulary import sh

_ADVANCED = frozenset({sh("target"), sh("rule"), sh("expression"), sh("values")})


@dataclass(frozen=True)
class Shapes:
    """Shapes ready for use: the compiled ones, and the names of those that pyshacl must evaluate.

    `graph` is the shapes graph. `foreign` is None when pyshacl must evaluate all shapes (one that it must evaluate
    has no name, or there are constraint components of their own).
    """

    triples: tuple[Triple, ...]
    graph: Graph
    compiled: tuple[Shape, ...]
    foreign: tuple[str, ...] | None = ()

    @classmethod
    def of(cls, triples: Iterable[Triple], natives: Mapping[str, Native] | None = None) -> "Shapes":
        """Compile the shapes of a shapes graph; `natives` (shape term → rule) replaces shapes in SPARQL.

        Raises:
            InvalidInput: a shape of SHACL core is not well-formed.
        """
        kept = tuple(dict.fromkeys(triples))
        graph = Graph(kept)
        compiler = Compiler(graph, natives or {})
        roots = compiler.roots()
        foreign = tuple(one for one in roots if not compiler.is_core(one))
        if any(not one.startswith("<") for one in foreign) or (foreign and len(foreign) == len(roots)):
            return cls(kept, graph, (), None)
        core = [compiler.shape(one) for one in roots if one not in foreign]
        return cls(kept, graph, tuple(one for one in core if not one.deactivated), foreign)


def read_shapes(*files: Path, natives: Mapping[str, Native] | None = None) -> Shapes:
    """The shapes of Turtle files of our own.

    Raises:
        InvalidInput: a file is not Turtle, or holds a shape that is not well-formed.
    """
    triples = [t for file in files for t in reference.read_turtle(file.read_text("utf-8"), file.resolve().as_uri())]
    return Shapes.of(triples, natives)


def validate(data: Iterable[str] | Graph, shapes: Shapes) -> list[Result]:
    """Every violation in the data (N-Triples lines as `belfort.rdf` writes them, or a `Graph` of them).

    Raises:
        InvalidInput: pyshacl cannot work with a shape that is beyond core.
    """
    graph = data if isinstance(data, Graph) else Graph.of_lines(data)
    results: list[Result] = []
    for shape in shapes.compiled:
        for focus in shape.focus_nodes(graph):
            shape.run(graph, focus, results)
    if shapes.foreign is None or shapes.foreign:
        triples = [(s, p, o) for s, about in graph.about.items() for p, objects in about.items() for o in objects]
        advanced = any(p in _ADVANCED for _, p, _ in shapes.triples)
        roots = list(shapes.foreign) if shapes.foreign else None
        results += reference.run(triples, shapes.triples, roots, advanced=advanced)
    return results
