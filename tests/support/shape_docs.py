"""The tables of docs/reference/shapes.md, made from the shapes themselves."""

from shapes.shacl import Graph
from shapes.shacl.paths import compile_path
from shapes.shacl.vocabulary import sh
from shapes.validation import LEVELS, SETS, readable, shape_set


def rows(label: str) -> list[str]:
    """One row a property shape or rule of a document type: level, thing, what is asked."""
    known = shape_set(SETS[label])
    graph = known.shapes.graph
    found = []
    for node, about in known.about.items():
        if not (graph.objects(node, sh("path")) or graph.objects(node, sh("sparql"))):
            continue
        rank = LEVELS.index(about.level) if about.level else len(LEVELS)
        found.append(
            (rank, about.local, f"| {about.level or '–'} | {about.thing} | {_asked(graph, node, about.message)} |")
        )
    return [row for _, _, row in sorted(found)]


def _asked(graph: Graph, node: str, message: str) -> str:
    if graph.objects(node, sh("sparql")):
        return f"rule: {message}"
    path = readable(compile_path(graph, graph.object(node, sh("path")))[1]).replace("|", "or")
    if not path:
        return "at least one on the page"
    fewest, most = (graph.object(node, sh(name)).split('"')[1:2] for name in ("minCount", "maxCount"))
    return f"`{path}` {''.join(fewest) or '0'}..{''.join(most) or 'n'} {shape_about(node)}".rstrip()


def shape_about(node: str) -> str:
    """The datatype, class or pattern that a property shape asks."""
    about = next(found.about[node] for found in map(shape_set, SETS.values()) if node in found.about)
    if about.message and "URI" in about.message:
        return "(an IRI of the mandatendatabank)"
    return about.datatype or about.class_
