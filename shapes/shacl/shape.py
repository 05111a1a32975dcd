"""A compiled shape: what to look at, and the checks to make there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from shapes.shacl.graph import Graph
from shapes.shacl.paths import Walk
from shapes.shacl.result import Result
from shapes.shacl.vocabulary import VIOLATION, sh

Test = Callable[[Graph, str], bool]
# (graph, focus, value nodes, where results go)
Check = Callable[[Graph, str, Sequence[str], list[Result]], None]
_MIN, _MAX = sh("MinCountConstraintComponent"), sh("MaxCountConstraintComponent")
_NOTHING: dict[str, list[str]] = {}


@dataclass(slots=True)
class Shape:
    """A node shape, or with `walk` a property shape.

    `each` are tests of one value (component, test), `whole` are checks of all values together, `properties` are
    validated with each value as focus. No shape comes back to itself: the compiler refuses that.
    """

    node: str
    severity: str = VIOLATION
    message: str = ""
    deactivated: bool = False
    walk: Walk | None = None
    path: str = ""
    minimum: int = 0
    maximum: float = float("inf")
    each: list[tuple[str, Test]] = field(default_factory=list)
    whole: list[Check] = field(default_factory=list)
    properties: list["Shape"] = field(default_factory=list)
    targets: list[Callable[[Graph], list[str]]] = field(default_factory=list)
    # Properties with a plain path: (predicate, fewest, most values that need no further look, the shape).
    plain: list[tuple[str, int, float, "Shape"]] = field(default_factory=list)
    other: list["Shape"] = field(default_factory=list)

    def finish(self) -> None:
        """Sort the properties by what they need; those that cannot fail are dropped."""
        for one in self.properties:
            if one.deactivated or not one.can_fail:
                continue
            if not (one.path.startswith("<") and one.path.endswith(">")):  # `<a>*` is no plain path
                self.other.append(one)
            elif one.whole:
                self.plain.append((one.path, 1, -1, one))
            elif one.each or one.properties:
                self.plain.append((one.path, one.minimum, -1, one))
            else:
                self.plain.append((one.path, one.minimum, one.maximum, one))

    @property
    def can_fail(self) -> bool:
        """Whether it asks anything at all."""
        return bool(self.minimum or self.maximum != float("inf") or self.each or self.whole or self.properties)

    def focus_nodes(self, graph: Graph) -> list[str]:
        """The distinct nodes that its targets name."""
        if len(self.targets) == 1:
            return list(dict.fromkeys(self.targets[0](graph)))
        return list(dict.fromkeys(node for target in self.targets for node in target(graph)))

    def run(self, graph: Graph, focus: str, out: list[Result]) -> None:
        """Validate one focus node."""
        if self.deactivated:
            return
        self.check(graph, focus, self.walk(graph, focus) if self.walk else (focus,), out)

    def check(self, graph: Graph, focus: str, values: Sequence[str], out: list[Result]) -> None:
        """Validate these values of a focus node."""
        if self.walk:
            count = len(values)
            if count < self.minimum:
                out.append(self.result(focus, _MIN))
            elif count > self.maximum:
                out.append(self.result(focus, _MAX))
        for component, test in self.each:
            out.extend(self.result(focus, component, value) for value in values if not test(graph, value))
        for whole in self.whole:
            whole(graph, focus, values, out)
        if self.plain:
            for value in values:
                self._check_plain(graph, value, out)
        for one in self.other:
            for value in values:
                one.run(graph, value, out)

    def _check_plain(self, graph: Graph, focus: str, out: list[Result]) -> None:
        get = graph.about.get(focus, _NOTHING).get
        for predicate, fewest, most, shape in self.plain:
            values = get(predicate)
            if values is None:
                if fewest:
                    shape.check(graph, focus, (), out)
            elif not fewest <= len(values) <= most:
                shape.check(graph, focus, values, out)

    def conforms(self, graph: Graph, node: str) -> bool:
        """Whether the node violates nothing of it."""
        if self.deactivated:
            return True
        if not (self.walk or self.whole or self.properties):
            return all(test(graph, node) for _, test in self.each)
        out: list[Result] = []
        self.run(graph, node, out)
        return not out

    def result(self, focus: str, component: str, value: str = "", path: str = "") -> Result:
        """A violation of it."""
        return Result(focus, path or self.path, component, value, self.severity, self.node, self.message)
