"""What the SHACL tests share: both engines on the same data and shapes."""

from collections import Counter
from collections.abc import Iterable

from belfort.rdf import Triple
from shapes.shacl import Graph, Result, Shapes, reference, validate


def key(result: Result) -> tuple[str, ...]:
    """What two engines must agree on; blank shapes have other names in a report."""
    shape = result.source_shape if result.source_shape.startswith("<") else "_:"
    return (*result[:5], shape)


def both(
    triples: Iterable[Triple], shapes: Shapes, only: list[str] | None = None
) -> tuple["Counter[tuple[str, ...]]", "Counter[tuple[str, ...]]"]:
    """The rows of our engine and of pyshacl, which evaluates every shape, those with a native rule too.

    `only` are the shapes (terms) that count; without it all do.
    """
    data = list(dict.fromkeys(triples))
    ours = Counter(key(one) for one in validate(Graph(data), shapes) if only is None or one.source_shape in only)
    return ours, Counter(map(key, reference.run(data, shapes.triples, only)))
