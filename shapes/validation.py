"""What a page lacks: its lines against the shapes of its document types, as a score and as advice, never as a filter.

A document type has levels of maturity (Niveau 1, 2, 3 and Bonusniveau); a level is reached when nothing of it is
violated, and it counts when the levels below it are reached too. An uittreksel has no levels: it is valid when
nothing at all is violated. Shapes without a level are advice and do not count for one.
Sources: `shapes/publication/*.ttl`; docs/reference/shapes.md explains them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from belfort.rdf import TYPE, Triple, curie, split_literal, value
from belfort.vocab import DOCUMENT_TYPES, LBLOD_BESLUIT, RDFS, SKOS
from shapes.shacl import Graph, Result, Shapes, read_shapes, validate
from shapes.shacl.vocabulary import sh
from shapes.understood import Locate, Thing, things, title
from shapes.votes import RULES

LEVELS = ("Niveau 1", "Niveau 2", "Niveau 3", "Bonusniveau")
# The label of a document type → the file with its shapes.
SETS: dict[str, str] = {
    "Agenda": "agenda",
    "Besluitenlijst": "besluitenlijst",
    "Notulen": "notulen",
    "Uittreksel": "uittreksel",
}
EXAMPLES = 5


@dataclass(frozen=True)
class Example:
    """One place of a finding: the subject, the wrong value if there is one, where it is and what stands there."""

    subject: str
    value: str = ""
    place: str = ""
    text: str = ""


@dataclass(frozen=True)
class Finding:
    """What one shape finds: so many times, with the first few; `level` is "" for advice without a level."""

    document_type: str
    shape: str
    level: str
    component: str
    path: str
    message: str
    fix: str
    count: int
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Maturity:
    """How mature the page is as one document type: each of its levels, and the highest that counts ("" for none)."""

    document_type: str
    levels: Mapping[str, bool]
    reached: str
    valid: bool


@dataclass(frozen=True)
class Report:
    """The judgement of a page: `valid` when it has a document type with shapes, and reaches the first level of each.

    `conforms` says that nothing is violated at all; `things` are what the page speaks of, when places were asked.
    """

    document_types: tuple[str, ...] = ()
    valid: bool = False
    conforms: bool = False
    maturity: tuple[Maturity, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    things: tuple[Thing, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON holds it."""
        return asdict(self)

    @classmethod
    def of_dict(cls, data: Mapping[str, Any]) -> "Report":
        """The report that `as_dict` gave, after a journey through JSON."""
        findings = tuple(
            Finding(**{**one, "examples": tuple(Example(**example) for example in one["examples"])})
            for one in data["findings"]
        )
        maturity = tuple(Maturity(**one) for one in data["maturity"])
        understood = tuple(Thing(**one) for one in data["things"])
        return cls(tuple(data["document_types"]), data["valid"], data["conforms"], maturity, findings, understood)

    def summary(self) -> dict[str, Any]:
        """What a submission keeps: levels, and how often each shape is violated."""
        return {
            "valid": self.valid,
            "maturity": {one.document_type: one.reached for one in self.maturity},
            "levels": {one.document_type: dict(one.levels) for one in self.maturity},
            "violations": {f"{one.document_type}/{one.shape}/{one.component}": one.count for one in self.findings},
        }


def validate_page(said: Iterable[str] | Graph, document_types: Sequence[str], locate: Locate | None = None) -> Report:
    """Judge a page: its canonical lines (or a graph of them), and the IRIs of its document types.

    `locate` finds places for the examples.
    """
    labels = tuple(label for name, label in DOCUMENT_TYPES.items() if name in document_types)
    judged = [label for label in labels if label in SETS]
    graph = said if isinstance(said, Graph) else Graph.of_lines(said if judged or locate else ())
    findings: list[Finding] = []
    maturity = []
    for label in judged:
        found = _findings(label, graph, locate)
        findings += found
        maturity.append(_maturity(label, found))
    return Report(
        document_types=labels,
        valid=bool(labels) and all(one.valid for one in maturity),
        conforms=bool(labels) and not findings,
        maturity=tuple(maturity),
        findings=tuple(findings),
        things=things(graph, locate) if locate else (),
    )


def _maturity(label: str, findings: list[Finding]) -> Maturity:
    failed = {one.level for one in findings}
    known = {about.level for about in _shapes_of(label).about.values()}
    levels = {level: level not in failed for level in LEVELS if level in known}
    if not levels:
        return Maturity(label, {}, "", not findings)
    reached = ""
    for level, passed in levels.items():
        if not passed:
            break
        reached = level
    return Maturity(label, levels, reached or "Niveau 0", levels[LEVELS[0]])


@dataclass(frozen=True)
class About:
    """What the shapes say about one shape, for people."""

    local: str
    level: str
    thing: str
    name: str
    message: str
    example: str
    datatype: str
    class_: str
    most: str


@dataclass(frozen=True)
class ShapeSet:
    """The shapes of one document type, and what they say for people."""

    shapes: Shapes
    about: Mapping[str, About]


@cache
def shape_set(name: str) -> ShapeSet:
    """The shapes in `publication/<name>.ttl`."""
    with as_file(files("shapes").joinpath("publication", f"{name}.ttl")) as path:
        shapes = read_shapes(path, natives=RULES)
    nodes = [node for node in shapes.graph.about if node.startswith("<urn:belfort:shape:")]
    return ShapeSet(shapes, {node: _about(shapes.graph, node) for node in nodes})


def _shapes_of(label: str) -> ShapeSet:
    return shape_set(SETS[label])


def _about(graph: Graph, node: str) -> About:
    def text(subject: str, predicate: str) -> str:
        found = graph.object(subject, predicate)
        return split_literal(found).value if found.startswith('"') else curie(value(found)) if found else ""

    parent = next(iter(graph.subjects(sh("property"), node)), node)
    rule = graph.object(node, sh("sparql"))
    return About(
        local=node[1:-1].rpartition(":")[2],
        level=text(node, f"<{LBLOD_BESLUIT.maturiteitsniveau}>"),
        thing=text(parent, f"<{RDFS.label}>"),
        name=text(node, sh("name")),
        message=text(node, sh("message")) or text(rule, sh("message")),
        example=text(node, f"<{SKOS.example}>"),
        datatype=text(node, sh("datatype")),
        class_=text(node, sh("class")),
        most=text(node, sh("maxCount")),
    )


def _findings(label: str, graph: Graph, locate: Locate | None) -> list[Finding]:
    known = _shapes_of(label)
    grouped: dict[tuple[str, str, str], list[Result]] = {}
    for result in validate(graph, known.shapes):
        grouped.setdefault((result.source_shape, result.component, result.path), []).append(result)
    found = []
    for (shape, component, path), results in grouped.items():
        about = known.about[shape]
        kind = value(component).rpartition("#")[2].removesuffix("ConstraintComponent")
        message, fix = _words(about, kind, readable(path))
        examples = tuple(_example(graph, one, locate) for one in _first(graph, results, locate))
        found.append(
            Finding(label, about.local, about.level, kind, readable(path), message, fix, len(results), examples)
        )
    return sorted(found, key=lambda one: (_rank(one.level), one.shape, one.component))


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def readable(path: str) -> str:
    """A path as people write it: `besluit:behandelt`; of alternatives all, of the way back from a type nothing."""
    if path.startswith("^"):
        return ""
    return " | ".join(curie(part[1:-1]) for part in path.strip("()").split("|") if part)


_KINDS = {
    "xsd:date": "datum",
    "xsd:dateTime": "datum met uur",
    "xsd:boolean": "true of false",
    "xsd:integer": "geheel getal",
    "rdf:langString": "tekst met een taal",
}


def _words(about: About, kind: str, path: str) -> tuple[str, str]:
    """What is wrong and how to mend it, in Dutch."""
    what = f"Een {about.thing}: ‘{about.name}’ ({path})"
    add = f"Voeg toe: {about.example}" if about.example else ""
    if about.message:
        return about.message, add if kind == "MinCount" else f"Schrijf bijvoorbeeld: {about.example}"
    if kind == "MinCount":
        return f"{what} ontbreekt.", add
    if kind == "MaxCount":
        return f"{what} staat er meer dan {about.most} keer.", f"Behoud er {about.most}."
    if kind == "Datatype":
        wanted = _KINDS.get(about.datatype, about.datatype)
        return f"{what} is geen {wanted} ({about.datatype}).", f"Schrijf bijvoorbeeld: {about.example}"
    if kind == "Class":
        return f"{what} verwijst naar iets dat hier geen {about.class_} is.", f"Geef het die typeof: {about.example}"
    return f"{what} klopt niet ({kind}).", add


def _first(graph: Graph, results: list[Result], locate: Locate | None) -> list[Result]:
    """The first few results, in document order when places are asked."""
    if locate is None or len(results) < 2:
        return results[:EXAMPLES]
    order = locate.order
    return sorted(results, key=lambda one: min(map(order, _said(graph, one)), default=0.0))[:EXAMPLES]


def _said(graph: Graph, result: Result) -> list[Triple]:
    """What shows where a result stands: the wrong value if there is one, else what the subject is."""
    paths = result.path.strip("()").split("|") if result.value else []
    wrong = [(result.focus, path, result.value) for path in paths]
    return wrong + [(result.focus, TYPE, one) for one in graph.objects(result.focus, TYPE)]


def _example(graph: Graph, result: Result, locate: Locate | None) -> Example:
    """The subject, and where it stands: the wrong value if there is one, else what is said first about the subject."""
    if result.focus not in graph.about:
        return Example("")
    subject, wrong = value(result.focus), value(result.value) if result.value else ""
    name = title(graph, result.focus)
    if locate:
        for triple in _said(graph, result):
            place, text = locate(triple)
            if place:
                return Example(subject, wrong, place, text or name)
    return Example(subject, wrong, text=name)
