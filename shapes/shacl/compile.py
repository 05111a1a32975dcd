"""Shapes of SHACL core become `Shape` objects; which shapes say more than core is found here too."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from belfort.errors import InvalidInput
from belfort.rdf import TYPE, split_literal, value
from belfort.vocab import RDFS, XSD
from shapes.shacl import components, wellformed
from shapes.shacl.components import component
from shapes.shacl.graph import Graph
from shapes.shacl.paths import compile_path
from shapes.shacl.result import Result
from shapes.shacl.shape import Check, Shape, Test
from shapes.shacl.vocabulary import (
    KNOWN,
    NAMESPACE,
    PARAMETERS,
    SHAPE_LISTS,
    SHAPE_VALUED,
    TARGETS,
    VIOLATION,
    sh,
)

# A rule of our own in place of a shape in SPARQL: the graph and the focus node in; (path, value) of each violation out.
Native = Callable[[Graph, str], Iterable[tuple[str, str]]]
_TRUE = f'"true"^^<{XSD.boolean}>'
_TRUTHS = frozenset({_TRUE, f'"1"^^<{XSD.boolean}>'})
_CLASS, _SUBCLASS = f"<{RDFS.Class}>", f"<{RDFS.subClassOf}>"
_SPARQL = sh("SPARQLConstraintComponent")
_DEEPEST = 100
_T = TypeVar("_T")


class Compiler:
    """Compiles the shapes of one shapes graph, each once."""

    def __init__(self, graph: Graph, natives: Mapping[str, Native]) -> None:
        self.graph = graph
        self._natives = natives
        self._done: dict[str, Shape] = {}
        self._open: list[str] = []
        self._custom = any(graph.backwards(sh(name)) for name in ("parameter", "entailment"))

    def roots(self) -> list[str]:
        """The shapes that have a target."""
        return [
            node
            for node, about in self.graph.about.items()
            if not TARGETS.isdisjoint(about) or sh("target") in about or self._is_class_shape(node, about)
        ]

    def _is_class_shape(self, node: str, about: Mapping[str, list[str]]) -> bool:
        types = about.get(TYPE, [])
        if not self.graph.is_instance(node, _CLASS):
            return False
        return (
            sh("NodeShape") in types
            or sh("PropertyShape") in types
            or not (PARAMETERS | SHAPE_VALUED | SHAPE_LISTS).isdisjoint(about)
        )

    def is_core(self, root: str) -> bool:
        """Whether the shape and all that it refers to are SHACL core, or have a native rule."""
        if self._custom:
            return False
        seen, pending = {root}, [root]
        while pending:
            node = pending.pop()
            if node in self._natives:
                continue
            about = self.graph.about.get(node, {})
            if any(name.startswith(NAMESPACE) and name not in KNOWN for name in about):
                return False
            for other in self._references(node):
                if other not in seen:
                    seen.add(other)
                    pending.append(other)
        return True

    def _references(self, node: str) -> list[str]:
        about = self.graph.about.get(node, {})
        found = [other for name in SHAPE_VALUED for other in about.get(name, ())]
        return found + [one for name in SHAPE_LISTS for head in about.get(name, ()) for one in self.graph.items(head)]

    def shape(self, node: str) -> Shape:
        """The compiled shape of that node.

        Raises:
            InvalidInput: it is no well-formed shape, or recursive.
        """
        known = self._done.get(node)
        if known is not None:
            return known
        if len(self._open) > _DEEPEST:
            raise InvalidInput("The shapes refer to each other too deeply.", hint="Make them simpler.")
        wellformed.check(self.graph, node)
        self._open.append(node)
        try:
            return self._compiled(node)
        finally:
            self._open.pop()

    def _compiled(self, node: str) -> Shape:
        shape = self._done[node] = Shape(
            node,
            severity=self.graph.object(node, sh("severity")) or VIOLATION,
            message=self._message(node),
            deactivated=self.graph.object(node, sh("deactivated")) in _TRUTHS,
        )
        if self.graph.objects(node, sh("path")):
            shape.walk, shape.path = compile_path(self.graph, self._single(node, "path"))
        shape.targets = self._targets(node)
        if self._is_cyclic(node):
            raise InvalidInput(f"The shape {node} refers to itself.", hint="Use a path such as sh:zeroOrMorePath.")
        if node in self._natives:
            shape.whole.append(_native(shape, self._natives[node]))
            return shape
        self._counts(shape)
        shape.each = list(self._tests(node))
        shape.whole = list(self._checks(shape))
        shape.properties = [self._property(one) for one in self.graph.objects(node, sh("property"))]
        shape.finish()
        return shape

    def _is_cyclic(self, start: str) -> bool:
        seen: set[str] = set()
        pending = self._references(start)
        while pending:
            node = pending.pop()
            if node == start:
                return True
            if node not in seen:
                seen.add(node)
                pending += self._references(node)
        return False

    def _property(self, node: str) -> Shape:
        if not self.graph.objects(node, sh("path")):
            raise InvalidInput(f"sh:property refers to {node}, which is no property shape.", hint="Give it a sh:path.")
        return self.shape(node)

    def _message(self, node: str) -> str:
        texts = [split_literal(term) for term in self.graph.objects(node, sh("message")) if term.startswith('"')]
        return min(texts, key=lambda text: text.language != "nl").value if texts else ""

    def _single(self, node: str, name: str) -> str:
        """The only value of a parameter, or ""."""
        found = self.graph.objects(node, sh(name))
        if len(found) > 1:
            raise InvalidInput(f"{node} has more than one sh:{name}.", hint="Keep one.")
        return found[0] if found else ""

    def _number(self, node: str, name: str, otherwise: _T) -> int | _T:
        term = self._single(node, name)
        if not term:
            return otherwise
        text = value(term)
        if not (text.isascii() and text.isdecimal()):
            raise InvalidInput(f"sh:{name} of {node} is {term}, no whole number.")
        return int(text)

    def _counts(self, shape: Shape) -> None:
        if shape.walk:
            shape.minimum = self._number(shape.node, "minCount", 0)
            shape.maximum = self._number(shape.node, "maxCount", float("inf"))

    def _targets(self, node: str) -> list[Callable[[Graph], list[str]]]:
        about = self.graph.about.get(node, {})
        targets: list[Callable[[Graph], list[str]]] = []
        fixed = about.get(sh("targetNode"), [])
        if fixed:
            targets.append(lambda _: fixed)
        classes = about.get(sh("targetClass"), []) + ([node] if self._is_class_shape(node, about) else [])
        targets += [lambda graph, class_=one: graph.instances(class_) for one in classes]  # type: ignore[misc]
        targets += [
            lambda graph, name=one: [s for s, about in graph.about.items() if name in about]  # type: ignore[misc]
            for one in about.get(sh("targetSubjectsOf"), [])
        ]
        targets += [
            lambda graph, name=one: list(graph.backwards(name))  # type: ignore[misc]
            for one in about.get(sh("targetObjectsOf"), [])
        ]
        return targets

    def _tests(self, node: str) -> Iterable[tuple[str, Test]]:
        """The tests of one value, each with its component."""
        about = self.graph.about.get(node, {})
        for name, make in _BY_TERM.items():
            for term in about.get(sh(name), ()):
                yield component(name), make(term)
        for name, length in (("minLength", components.at_least_long), ("maxLength", components.at_most_long)):
            number = self._number(node, name, None)
            if number is not None:
                yield component(name), length(number)
        flags = value(self._single(node, "flags") or '""')
        for term in about.get(sh("pattern"), ()):
            yield component("pattern"), components.matching(value(term), flags)
        for name, lists in (("languageIn", components.in_languages), ("in", components.among)):
            for head in about.get(sh(name), ()):
                items = self.graph.items(head)
                yield component(name), lists([value(one) for one in items] if name == "languageIn" else items)
        for name, one_shape in (("node", components.conforming), ("not", components.not_conforming)):
            for other in about.get(sh(name), ()):
                yield component(name), one_shape(self.shape(other))
        for name, several in (("and", components.to_all), ("or", components.to_some), ("xone", components.to_one)):
            for head in about.get(sh(name), ()):
                yield component(name), several([self.shape(one) for one in self.graph.items(head)])

    def _checks(self, shape: Shape) -> Iterable[Check]:
        """The checks of all values together."""
        node, about = shape.node, self.graph.about.get(shape.node, {})
        for term in about.get(sh("hasValue"), ()):
            yield components.has_value(shape, term)
        for term in about.get(sh("equals"), ()):
            yield components.equal_to(shape, term)
        for term in about.get(sh("disjoint"), ()):
            yield components.disjoint_with(shape, term)
        if self._single(node, "closed") in _TRUTHS:
            yield components.closed(shape, self._allowed(node))
        if not shape.walk:
            return
        for term in about.get(sh("lessThan"), ()):
            yield components.less_than(shape, term, -1)
        for term in about.get(sh("lessThanOrEquals"), ()):
            yield components.less_than(shape, term, -1, 0)
        if self._single(node, "uniqueLang") == _TRUE:
            yield components.unique_languages(shape)
        for other in about.get(sh("qualifiedValueShape"), ()):
            fewest = self._number(node, "qualifiedMinCount", 0)
            most = self._number(node, "qualifiedMaxCount", float("inf"))
            siblings = self._siblings(node, other)
            yield components.qualified(shape, self.shape(other), lambda found=siblings: found, fewest, most)  # type: ignore[misc]

    def _allowed(self, node: str) -> frozenset[str]:
        paths = [self.graph.object(one, sh("path")) for one in self.graph.objects(node, sh("property"))]
        ignored = [one for head in self.graph.objects(node, sh("ignoredProperties")) for one in self.graph.items(head)]
        return frozenset([*paths, *ignored])

    def _siblings(self, node: str, wanted: str) -> list[Shape]:
        """The other qualified shapes of the parents, when they must be disjoint."""
        if self.graph.object(node, sh("qualifiedValueShapesDisjoint")) not in _TRUTHS:
            return []
        names = {
            sibling: None
            for parent in self.graph.subjects(sh("property"), node)
            for one in self.graph.objects(parent, sh("property"))
            for sibling in self.graph.objects(one, sh("qualifiedValueShape"))
            if sibling != wanted
        }
        return [self.shape(one) for one in names]


_BY_TERM: dict[str, Callable[[str], Test]] = {
    "class": components.of_class,
    "datatype": components.of_datatype,
    "nodeKind": components.of_kind,
    "minExclusive": lambda bound: components.ranged(bound, 1),
    "minInclusive": lambda bound: components.ranged(bound, 0, 1),
    "maxExclusive": lambda bound: components.ranged(bound, -1),
    "maxInclusive": lambda bound: components.ranged(bound, -1, 0),
}


def _native(shape: Shape, rule: Native) -> Check:
    def check(graph: Graph, focus: str, _values: object, out: list[Result]) -> None:
        out.extend(shape.result(focus, _SPARQL, found, path) for path, found in rule(graph, focus))

    return check
