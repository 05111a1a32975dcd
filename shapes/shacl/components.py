"""The constraint components of SHACL core, each a function that makes a closure of its parameters.

A *test* looks at one value, a *check* at all values of a focus node together.
Source: https://www.w3.org/TR/shacl/#core-components.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from belfort.errors import InvalidInput
from belfort.rdf import split_literal, value
from shapes.shacl.graph import Graph
from shapes.shacl.literals import compare, datatype_test
from shapes.shacl.result import Result
from shapes.shacl.shape import Check, Shape, Test
from shapes.shacl.vocabulary import sh

_KINDS: dict[str, str] = {
    sh("IRI"): "<", sh("BlankNode"): "_", sh("Literal"): '"', sh("BlankNodeOrIRI"): "_<",
    sh("BlankNodeOrLiteral"): '_"', sh("IRIOrLiteral"): '<"',
}  # fmt: skip
_MEMO = 20_000
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


def component(name: str) -> str:
    """The term of a constraint component by the name of its parameter."""
    return sh(f"{name[0].upper()}{name[1:]}ConstraintComponent")


def of_class(class_: str) -> Test:
    """Values are instances of the class."""
    return lambda graph, term: not term.startswith('"') and graph.is_instance(term, class_)


def of_datatype(datatype: str) -> Test:
    """Values are literals of the datatype, with a form that it has."""
    test = datatype_test(value(datatype))
    return lambda _, term: test(term)


def of_kind(kind: str) -> Test:
    """Values are IRIs, blank nodes, literals, or one of two of these."""
    try:
        first = tuple(_KINDS[kind])
    except KeyError:
        raise InvalidInput(f"{kind} is no sh:nodeKind.") from None
    return lambda _, term: term.startswith(first)


def ranged(bound: str, *accepted: int) -> Test:
    """Values compare with the bound as one of `accepted` (-1, 0, 1)."""
    return lambda _, term: compare(term, bound) in accepted


def at_least_long(length: int) -> Test:
    """The text of values is that long or longer; a blank node has none."""
    return lambda _, term: length == 0 or (not term.startswith("_") and len(value(term)) >= length)


def at_most_long(length: int) -> Test:
    """The text of values is that long or shorter; a blank node has none."""
    return lambda _, term: not term.startswith("_") and len(value(term)) <= length


def matching(pattern: str, flags: str) -> Test:
    """The text of values has the pattern somewhere."""
    try:
        search = re.compile(pattern, sum(_FLAGS[one] for one in set(flags) if one in _FLAGS)).search
    except re.error as error:
        raise InvalidInput(f"sh:pattern {pattern!r} is no regular expression: {error}.") from None
    memo: dict[str, bool] = {}

    def test(_: Graph, term: str) -> bool:
        known = memo.get(term)
        if known is None:
            known = not term.startswith("_") and search(value(term)) is not None
            if len(memo) > _MEMO:
                memo.clear()
            memo[term] = known
        return known

    return test


def in_languages(ranges: Sequence[str]) -> Test:
    """Values have a language tag in one of the ranges."""
    wanted = tuple(one.lower() for one in ranges)

    def test(_: Graph, term: str) -> bool:
        if not term.startswith('"'):
            return False
        tag = split_literal(term).language.lower()
        return bool(tag) and any(one in ("*", tag) or tag.startswith(f"{one}-") for one in wanted)

    return test


def among(terms: Sequence[str]) -> Test:
    """Values are one of the terms."""
    allowed = frozenset(terms)
    return lambda _, term: term in allowed


def conforming(shape: Shape) -> Test:
    """Values conform to the shape."""
    return lambda graph, term: shape.conforms(graph, term)


def not_conforming(shape: Shape) -> Test:
    """Values do not conform to the shape."""
    return lambda graph, term: not shape.conforms(graph, term)


def to_all(shapes: Sequence[Shape]) -> Test:
    """Values conform to all of the shapes."""
    return lambda graph, term: all(shape.conforms(graph, term) for shape in shapes)


def to_some(shapes: Sequence[Shape]) -> Test:
    """Values conform to at least one of the shapes."""
    return lambda graph, term: any(shape.conforms(graph, term) for shape in shapes)


def to_one(shapes: Sequence[Shape]) -> Test:
    """Values conform to exactly one of the shapes."""
    return lambda graph, term: sum(shape.conforms(graph, term) for shape in shapes) == 1


def has_value(shape: Shape, wanted: str) -> Check:
    """The term is among the values."""
    name = component("hasValue")

    def check(_: Graph, focus: str, values: Sequence[str], out: list[Result]) -> None:
        if wanted not in values:
            out.append(shape.result(focus, name))

    return check


def unique_languages(shape: Shape) -> Check:
    """No two values have the same language tag."""
    name = component("uniqueLang")

    def check(_: Graph, focus: str, values: Sequence[str], out: list[Result]) -> None:
        tags = Counter(split_literal(term).language.lower() for term in values if term.startswith('"'))
        out.extend(shape.result(focus, name) for tag, count in tags.items() if tag and count > 1)

    return check


def equal_to(shape: Shape, predicate: str) -> Check:
    """The values are those of another predicate."""
    name = component("equals")

    def check(graph: Graph, focus: str, values: Sequence[str], out: list[Result]) -> None:
        other = graph.objects(focus, predicate)
        out.extend(shape.result(focus, name, term) for term in values if term not in other)
        out.extend(shape.result(focus, name, term) for term in other if term not in values)

    return check


def disjoint_with(shape: Shape, predicate: str) -> Check:
    """The values are none of another predicate."""
    name = component("disjoint")

    def check(graph: Graph, focus: str, values: Sequence[str], out: list[Result]) -> None:
        other = graph.objects(focus, predicate)
        out.extend(shape.result(focus, name, term) for term in values if term in other)

    return check


def less_than(shape: Shape, predicate: str, *accepted: int) -> Check:
    """Each value is smaller than (or equal to) each value of another predicate."""
    name = component("lessThanOrEquals" if 0 in accepted else "lessThan")

    def check(graph: Graph, focus: str, values: Sequence[str], out: list[Result]) -> None:
        other = graph.objects(focus, predicate)
        out.extend(
            shape.result(focus, name, term) for term in values for one in other if compare(term, one) not in accepted
        )

    return check


def qualified(shape: Shape, wanted: Shape, siblings: Callable[[], list[Shape]], fewest: int, most: float) -> Check:
    """So many values conform to the shape, and to none of its siblings."""
    low, high = component("qualifiedMinCount"), component("qualifiedMaxCount")

    def check(graph: Graph, focus: str, values: Sequence[str], out: list[Result]) -> None:
        others = siblings()
        count = sum(
            wanted.conforms(graph, term) and not any(one.conforms(graph, term) for one in others) for term in values
        )
        if count < fewest:
            out.append(shape.result(focus, low))
        if count > most:
            out.append(shape.result(focus, high))

    return check


def closed(shape: Shape, allowed: frozenset[str]) -> Check:
    """Values have no other predicates than these."""
    name = component("closed")

    def check(graph: Graph, focus: str, values: Sequence[str], out: list[Result]) -> None:
        for node in values:
            for predicate, objects in graph.about.get(node, {}).items():
                if predicate not in allowed:
                    out.extend(shape.result(focus, name, term, predicate) for term in objects)

    return check
