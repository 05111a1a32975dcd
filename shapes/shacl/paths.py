"""Property paths, compiled: from a focus node to its distinct value nodes, and the path as SPARQL writes it."""

from collections.abc import Callable

from belfort.errors import InvalidInput
from shapes.shacl.graph import Graph
from shapes.shacl.vocabulary import sh

Walk = Callable[[Graph, str], list[str]]


def compile_path(shapes: Graph, node: str) -> tuple[Walk, str]:
    """The function that walks the path at `node` of the shapes, and its text.

    Raises:
        InvalidInput: it is no path, or too deep.
    """
    return _compile(shapes, node, 0)


def _compile(shapes: Graph, node: str, depth: int) -> tuple[Walk, str]:
    if node.startswith("<") and not shapes.is_list(node):
        return _predicate(node), node
    if depth > 20:
        raise InvalidInput("A path in the shapes is nested too deeply.", hint="Make it simpler.")
    if shapes.is_list(node):
        parts = [_compile(shapes, one, depth + 1) for one in shapes.items(node)]
        if len(parts) < 2:
            raise InvalidInput("A sequence path in the shapes has less than two parts.", hint="Name the property.")
        return _sequence([walk for walk, _ in parts]), "(" + "/".join(text for _, text in parts) + ")"
    for name, build, mark in _REPEATS:
        inner = shapes.object(node, name)
        if inner:
            walk, text = _compile(shapes, inner, depth + 1)
            return build(walk), f"{text}{mark}"
    inner = shapes.object(node, sh("inversePath"))
    if inner.startswith("<"):
        return _inverse(inner), f"^{inner}"
    if inner:
        return _backwards(shapes, inner, depth)
    several = shapes.object(node, sh("alternativePath"))
    parts = [_compile(shapes, one, depth + 1) for one in shapes.items(several)]
    if len(parts) < 2:
        raise InvalidInput(f"{node} is no property path.", hint="Give sh:path an IRI or a path of SHACL core.")
    return _alternative([walk for walk, _ in parts]), "(" + "|".join(text for _, text in parts) + ")"


def _backwards(shapes: Graph, node: str, depth: int) -> tuple[Walk, str]:
    """The inverse of a path that is not one predicate: each part inverted, sequences turned round."""
    text = f"^{_compile(shapes, node, depth + 1)[1]}"
    return _invert(shapes, node, depth + 1), text


def _invert(shapes: Graph, node: str, depth: int) -> Walk:
    if node.startswith("<"):
        return _inverse(node)
    if depth > 20:
        raise InvalidInput("A path in the shapes is nested too deeply.", hint="Make it simpler.")
    if shapes.is_list(node):
        return _sequence([_invert(shapes, one, depth + 1) for one in reversed(shapes.items(node))])
    for name, build, _ in _REPEATS:
        inner = shapes.object(node, name)
        if inner:
            return build(_invert(shapes, inner, depth + 1))
    inner = shapes.object(node, sh("inversePath"))
    if inner:
        return _compile(shapes, inner, depth + 1)[0]
    several = shapes.object(node, sh("alternativePath"))
    return _alternative([_invert(shapes, one, depth + 1) for one in shapes.items(several)])


def _predicate(name: str) -> Walk:
    return lambda graph, focus: graph.objects(focus, name)


def _inverse(name: str) -> Walk:
    return lambda graph, focus: graph.subjects(name, focus)


def _sequence(steps: list[Walk]) -> Walk:
    def walk(graph: Graph, focus: str) -> list[str]:
        nodes = [focus]
        for step in steps:
            nodes = list(dict.fromkeys(value for node in nodes for value in step(graph, node)))
        return nodes

    return walk


def _alternative(steps: list[Walk]) -> Walk:
    return lambda graph, focus: list(dict.fromkeys(value for step in steps for value in step(graph, focus)))


def _reach(step: Walk, graph: Graph, start: list[str]) -> list[str]:
    seen = dict.fromkeys(start)
    pending = list(seen)
    while pending:
        for value in step(graph, pending.pop()):
            if value not in seen:
                seen[value] = None
                pending.append(value)
    return list(seen)


def _zero_or_more(step: Walk) -> Walk:
    return lambda graph, focus: _reach(step, graph, [focus])


def _one_or_more(step: Walk) -> Walk:
    return lambda graph, focus: _reach(step, graph, step(graph, focus))


def _zero_or_one(step: Walk) -> Walk:
    return lambda graph, focus: list(dict.fromkeys([focus, *step(graph, focus)]))


_REPEATS: tuple[tuple[str, Callable[[Walk], Walk], str], ...] = (
    (sh("zeroOrMorePath"), _zero_or_more, "*"),
    (sh("oneOrMorePath"), _one_or_more, "+"),
    (sh("zeroOrOnePath"), _zero_or_one, "?"),
)
