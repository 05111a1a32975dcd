"""What a shapes graph must be to mean anything: the syntax rules of SHACL core, each broken one a clear error.

A processor may do anything with ill-formed shapes; judging a page by half a shape would be the worst, so we refuse.
Source: https://www.w3.org/TR/shacl/#syntax-rules (recursion: #shapes-recursion).
"""

from collections.abc import Callable, Iterable, Mapping

from belfort.errors import InvalidInput
from belfort.rdf import split_literal, value
from belfort.vocab import RDF, XSD
from shapes.shacl.graph import Graph
from shapes.shacl.vocabulary import SHAPE_LISTS, SHAPE_VALUED, sh

_FIRST, _REST, _NIL = f"<{RDF.first}>", f"<{RDF.rest}>", f"<{RDF.nil}>"
_BOOLEANS = frozenset(f'"{text}"^^<{XSD.boolean}>' for text in ("true", "false", "1", "0"))
_ONCE = tuple(
    map(
        sh,
        (
            "path", "datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength", "flags", "languageIn",
            "uniqueLang", "closed", "ignoredProperties", "in", "qualifiedMinCount", "qualifiedMaxCount", "deactivated",
            "severity", "qualifiedValueShapesDisjoint", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive",
        ),
    )
)  # fmt: skip
_IRIS = tuple(
    map(
        sh,
        (
            "class", "datatype", "nodeKind", "equals", "disjoint", "lessThan", "lessThanOrEquals", "severity",
            "targetClass", "targetSubjectsOf", "targetObjectsOf",
        ),
    )
)  # fmt: skip
_LITERALS = tuple(map(sh, ("pattern", "flags", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive")))
_TRUTHS = tuple(map(sh, ("closed", "deactivated", "uniqueLang", "qualifiedValueShapesDisjoint")))
_LISTS = (*SHAPE_LISTS, *map(sh, ("in", "languageIn", "ignoredProperties")))
_FLAGS = frozenset("smix")
_OF_PROPERTIES = tuple(map(sh, ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals")))
_KINDS: tuple[tuple[Iterable[str], Callable[[str], bool], str], ...] = (
    (_IRIS, lambda term: term.startswith("<"), "It must be an IRI."),
    (_LITERALS, lambda term: term.startswith('"'), "It must be a literal."),
    (_TRUTHS, _BOOLEANS.__contains__, "It must be true or false."),
    (SHAPE_VALUED, lambda term: not term.startswith('"'), "It must be a shape."),
    ((sh("flags"),), lambda term: _FLAGS.issuperset(value(term)), "Known are i, m, s and x."),
)
_QUALIFIED = tuple(map(sh, ("qualifiedMinCount", "qualifiedMaxCount")))
About = Mapping[str, list[str]]


def check(graph: Graph, node: str) -> None:
    """Refuse a shape that is not well-formed.

    Raises:
        InvalidInput: which rule the shape breaks, and with what.
    """
    about: About = graph.about.get(node, {})
    for name in _ONCE:
        if len(about.get(name, ())) > 1:
            raise _wrong(node, f"has more than one {_said(name)}", "Keep one.")
    _check_terms(node, about)
    if sh("path") not in about:
        for name in _OF_PROPERTIES:
            if name in about:
                raise _wrong(node, f"has {_said(name)} but no sh:path", "Only a property shape can have it.")
    elif sh("qualifiedValueShape") in about and not any(name in about for name in _QUALIFIED):
        raise _wrong(node, "has sh:qualifiedValueShape without a count", "Give a sh:qualifiedMinCount or MaxCount.")
    for name in _LISTS:
        for head in about.get(name, ()):
            _check_list(graph, node, name, head)


def _check_terms(node: str, about: About) -> None:
    for names, fits, hint in _KINDS:
        for name in names:
            for term in about.get(name, ()):
                if not fits(term):
                    raise _wrong(node, f"has {_said(name)} {term}", hint)


def _check_list(graph: Graph, node: str, name: str, head: str) -> None:
    seen: set[str] = set()
    while head != _NIL:
        first, rest = graph.objects(head, _FIRST), graph.objects(head, _REST)
        if head in seen or len(first) != 1 or len(rest) != 1:
            raise _wrong(node, f"has {_said(name)} {head}, which is no list that ends", "Write it as ( … ).")
        _check_member(node, name, first[0])
        seen.add(head)
        head = rest[0]


def _check_member(node: str, name: str, term: str) -> None:
    if name == sh("languageIn"):
        fits = term.startswith('"') and split_literal(term).datatype == XSD.string
    elif name == sh("ignoredProperties"):
        fits = term.startswith("<")
    else:
        fits = name == sh("in") or not term.startswith('"')
    if not fits:
        raise _wrong(node, f"has {_said(name)} with {term} in it", "Such a member means nothing there.")


def _said(name: str) -> str:
    return f"sh:{name[1:-1].rpartition('#')[2]}"


def _wrong(node: str, what: str, hint: str) -> InvalidInput:
    return InvalidInput(f"The shape {node} {what}.", hint=hint)
