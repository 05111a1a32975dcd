"""Holds public triples against the rules: lines in, findings for people out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Literal

from belfort.rdf import value
from belfort.vocab import LMB, MANDAAT, RDFS
from shapes.rules import mandates, officials
from shapes.shacl import Graph, Shapes, read_shapes, validate
from shapes.shacl.vocabulary import sh

Severity = Literal["fout", "let op", "ter info"]
_SEVERITIES: dict[str, Severity] = {sh("Violation"): "fout", sh("Warning"): "let op", sh("Info"): "ter info"}
ORDER: tuple[Severity, ...] = ("fout", "let op", "ter info")


@dataclass(frozen=True)
class Rule:
    """A rule as people read it: what it asks (`label`), what is wrong (`message`), how to put it right (`fix`)."""

    name: str
    label: str
    message: str
    fix: str
    severity: Severity


@dataclass(frozen=True)
class Finding:
    """One place where a rule is broken: the subject, the predicate, and the value or a text about it ("" for none)."""

    rule: Rule
    subject: str
    path: str
    value: str
    is_iri: bool


@cache
def shapes() -> Shapes:
    """The rules, compiled."""
    with as_file(files(__package__).joinpath("rules.ttl")) as path:
        return read_shapes(path, natives={**mandates.RULES, **officials.RULES})


@cache
def rules() -> dict[str, Rule]:
    """Term of a shape → its rule, in the order of the file; of a property shape, the rule that it is part of."""
    graph = shapes().graph
    found = {}
    for node in graph.about:
        if node.startswith("<urn:belfort:rule:"):
            severity = _SEVERITIES[graph.object(node, sh("severity"))]
            label, message, fix = (
                value(graph.object(node, name)) for name in (f"<{RDFS.label}>", sh("message"), sh("description"))
            )
            found[node] = Rule(node[1:-1].rpartition(":")[2], label, message, fix, severity)
    parts = {part: rule for node, rule in found.items() for part in graph.objects(node, sh("property"))}
    return {**dict(sorted(found.items(), key=lambda pair: _place(pair[1].name))), **parts}


def _place(name: str) -> tuple[str, int]:
    kind, _, number = name.partition("_")
    return kind, int(number.partition("_")[0])


# Rule → the predicates that it looks for; where nothing says any of them, the rule cannot be judged.
NEEDS: dict[str, tuple[str, ...]] = {
    "1_17": (MANDAAT.heeftKandidaat, LMB.heeftKandidaat),
    "1_18": (LMB.linkToBesluit, MANDAAT.bekrachtigtAanstellingVan),
}


def unknowable(graph: Graph) -> list[Rule]:
    """The rules that these data cannot break or keep, because their sources do not say what the rules look for.

    The public feeds carry no lists of candidates and no links to the besluiten that ratify (publisher.md §4.1).
    """
    said = {predicate for about in graph.about.values() for predicate in about}
    names = {name for name, needs in NEEDS.items() if said.isdisjoint(f"<{one}>" for one in needs)}
    return [rule for rule in dict.fromkeys(rules().values()) if rule.name in names]


def check(data: Iterable[str] | Graph) -> list[Finding]:
    """What the rules find in public lines: errors first, then by rule and subject. Pure but for the day it is."""
    known = rules()
    graph = data if isinstance(data, Graph) else Graph.of_lines(data)
    found = {
        Finding(
            known[one.source_shape], value(one.focus), one.path.strip("<>"), value(one.value) if one.value else "",
            one.value.startswith("<"),
        )
        for one in validate(graph, shapes())
    }  # fmt: skip
    return sorted(
        found, key=lambda one: (ORDER.index(one.rule.severity), _place(one.rule.name), one.subject, one.path, one.value)
    )
