"""Our compiled SHACL and pyshacl say the same: every component of core provoked, on random graphs and parameters."""

from collections import Counter
from dataclasses import dataclass
from textwrap import indent

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from belfort.rdf import Triple, iri, literal, split_literal
from belfort.vocab import RDF, XSD
from shapes.shacl import Graph, Result, Shapes, reference, validate
from shapes.shacl.literals import READERS, datatype_test
from shapes.shacl.vocabulary import sh

EX = "urn:ex:"
PREFIXES = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <{EX}> . @prefix xsd: <{XSD}> .
@prefix rdf: <{RDF}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
NODES = [iri(f"{EX}{name}") for name in "abcd"]
PREDICATES = [iri(f"{EX}{name}") for name in "pqr"]
CLASSES = [iri(f"{EX}{name}") for name in ("C", "D")]
TYPE, SUBCLASS = iri(RDF.type), "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
LITERALS = [
    literal("x"), literal("xyz"), literal("de straat", language="nl"), literal("la rue", language="fr"),
    literal("het plein", language="nl-BE"), literal("1", XSD.integer), literal("3", XSD.integer),
    literal("2.5", XSD.decimal), literal("1e0", XSD.double), literal("een", XSD.integer), literal("true", XSD.boolean),
    literal("ja", XSD.boolean), literal("2024-05-01", XSD.date), literal("2024-02-30", XSD.date),
    literal("2024-05-01T10:00:00", XSD.dateTime), literal("2024-05-01T10:00:00Z", XSD.dateTime),
    literal("2024-05-01T10:00", XSD.dateTime), literal("gisteren", XSD.dateTime), literal("y", f"{EX}eigen"),
]  # fmt: skip
TERMS = [*NODES, "_:b0", "_:b1", *LITERALS]


@dataclass(frozen=True)
class Case:
    """A component: what a property shape says to have it; `{…}` is drawn from TEXTS."""

    component: str
    text: str
    node: bool = True


TEXTS: dict[str, list[str]] = {
    "number": ["0", "1", "2", "3"],
    "bound": ["1", "2.5", "3e0", '"m"', '"2024-05-01"^^xsd:date', '"2024-05-01T10:00:00Z"^^xsd:dateTime'],
    "type": ["xsd:string", "xsd:integer", "xsd:decimal", "xsd:boolean", "xsd:date", "xsd:dateTime", "rdf:langString",
             "xsd:double", "ex:eigen"],
    "kind": ["sh:IRI", "sh:BlankNode", "sh:Literal", "sh:BlankNodeOrIRI", "sh:BlankNodeOrLiteral", "sh:IRIOrLiteral"],
    "class": ["ex:C", "ex:D", "ex:C, ex:D"],
    "pattern": ['"^x"', '"E"', '"t.*t" ; sh:flags "i"', '"^$"', '"^STRAAT$" ; sh:flags "im"', '"x", "y"'],
    "languages": ['( "nl" )', '( "fr" "nl-BE" )', '( "de" )', '( "*" )', '( "NL-be" "FR" )', "()"],
    "predicate": ["ex:p", "ex:q", "ex:r"],
    "term": ["ex:a", '"x"', "1", '"de straat"@nl', "true"],
    "terms": ['( ex:a "x" 1 )', "( ex:a ex:b ex:c )", '( "2024-05-01"^^xsd:date true )'],
    "shape": ["ex:S1", "ex:S2", "ex:S3"],
    "shapes": ["( ex:S1 ex:S2 )", "( ex:S3 )", "( ex:S1 ex:S2 ex:S3 )"],
    "flag": ["true", "false"],
}  # fmt: skip
CASES = [
    Case("MinCount", "sh:minCount {number}", node=False),
    Case("MaxCount", "sh:maxCount {number}", node=False),
    Case("Class", "sh:class {class}"),
    Case("Datatype", "sh:datatype {type}"),
    Case("NodeKind", "sh:nodeKind {kind}"),
    Case("MinExclusive", "sh:minExclusive {bound}"),
    Case("MinInclusive", "sh:minInclusive {bound}"),
    Case("MaxExclusive", "sh:maxExclusive {bound}"),
    Case("MaxInclusive", "sh:maxInclusive {bound}"),
    Case("MinLength", "sh:minLength {number}"),
    Case("MaxLength", "sh:maxLength {number}"),
    Case("Pattern", "sh:pattern {pattern}"),
    Case("LanguageIn", "sh:languageIn {languages}"),
    Case("UniqueLang", "sh:uniqueLang {flag}", node=False),
    Case("Equals", "sh:equals {predicate}"),
    Case("Disjoint", "sh:disjoint {predicate}"),
    Case("LessThan", "sh:lessThan {predicate}", node=False),
    Case("LessThanOrEquals", "sh:lessThanOrEquals {predicate}", node=False),
    Case("Not", "sh:not {shape}"),
    Case("And", "sh:and {shapes}"),
    Case("Or", "sh:or {shapes}"),
    Case("Xone", "sh:xone {shapes}"),
    Case("Node", "sh:node {shape}"),
    Case("QualifiedMinCount", "sh:qualifiedValueShape {shape} ; sh:qualifiedMinCount {number}", node=False),
    Case("QualifiedMaxCount", "sh:qualifiedValueShape {shape} ; sh:qualifiedMaxCount {number}", node=False),
    Case("Closed", "sh:closed {flag} ; sh:ignoredProperties ( rdf:type {predicate} )"),
    Case("HasValue", "sh:hasValue {term}"),
    Case("In", "sh:in {terms}"),
]  # fmt: skip
PATHS = [
    "ex:p", "[ sh:inversePath ex:p ]", "( ex:p ex:q )", "[ sh:alternativePath ( ex:p ex:q ) ]",
    "[ sh:zeroOrMorePath ex:p ]", "[ sh:oneOrMorePath ex:p ]", "[ sh:zeroOrOnePath ex:p ]",
    "( [ sh:inversePath ex:q ] [ sh:zeroOrMorePath ex:p ] )",
    "[ sh:zeroOrMorePath [ sh:alternativePath ( ex:p ex:q ) ] ]",
]  # fmt: skip
TARGETS = ["sh:targetNode ex:a, ex:z", "sh:targetClass ex:C", "sh:targetSubjectsOf ex:p", "sh:targetObjectsOf ex:q"]
INNER = """
ex:S1 a sh:NodeShape ; sh:nodeKind sh:IRI .
ex:S2 a sh:NodeShape ; sh:property ex:S2p . ex:S2p sh:path ex:q ; sh:minCount 1 .
ex:S3 a sh:NodeShape ; sh:datatype xsd:string ; sh:severity sh:Warning .
"""


@st.composite
def graphs(draw: st.DrawFn) -> list[Triple]:
    """A few triples over few names, so that they meet."""
    triple = st.one_of(
        st.tuples(st.sampled_from([*NODES, "_:b0", "_:b1"]), st.sampled_from(PREDICATES), st.sampled_from(TERMS)),
        st.tuples(st.sampled_from([*NODES, "_:b0"]), st.just(TYPE), st.sampled_from(CLASSES)),
        st.tuples(st.just(CLASSES[1]), st.just(SUBCLASS), st.just(CLASSES[0])),
    )
    return list(dict.fromkeys(draw(st.lists(triple, min_size=1, max_size=14))))


@st.composite
def said(draw: st.DrawFn, case: Case) -> str:
    """The text of a component with drawn parameters."""
    return case.text.format(**{name: draw(st.sampled_from(values)) for name, values in TEXTS.items()})


def _key(result: Result) -> tuple[str, ...]:
    return tuple(result[:6])


def agree(data: list[Triple], shapes: str) -> Counter[str]:
    """Both engines give the same rows; how often each component is among them."""
    triples = reference.read_turtle(PREFIXES + shapes, EX)
    compiled = Shapes.of(triples)
    assert compiled.foreign == ()
    ours = Counter(map(_key, validate(Graph(data), compiled)))
    assert ours == Counter(map(_key, reference.run(data, triples, None))), indent(shapes, "    ")
    return Counter(row[2] for row in ours.elements())


NUMBERS = ("integer>", "decimal>", "double>")
OTHERS = ("@nl", "@fr", "@nl-BE", "eigen>", "boolean>", "dateTime>", "date>")
# What pyshacl cannot but order by the name of its datatype, for each kind of bound.
STRANGERS = {'"m"': OTHERS[:4], "date": (*NUMBERS, *OTHERS[:6]), "dateTime": (*NUMBERS, *OTHERS[:5], "date>")}


def _comparable(data: list[Triple], text: str) -> bool:
    """Where SHACL and pyshacl agree on what can be compared at all: see test_pairs_that_cannot_be_compared."""
    objects = {o for _, p, o in data if p in PREDICATES}
    if "clusive" in text:
        bound = text.partition(" ")[2]
        kind = bound if bound == '"m"' else bound.rpartition(":")[2] if "xsd:" in bound else ""
        return not any(o.endswith(STRANGERS.get(kind, OTHERS[3:])) for o in objects)
    if "sh:lessThan" not in text:
        return True
    return literal("een", XSD.integer) not in objects and all(
        o.startswith('"') and not o.endswith(OTHERS) for o in objects
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.component)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(source=st.data())
def test_every_component_as_the_reference(case: Case, source: st.DataObject) -> None:
    """A property shape (any path, any target), and a node shape where the component may stand there."""
    data, text = source.draw(graphs()), source.draw(said(case))
    assume(_comparable(data, text))
    paths = ["ex:p", "[ sh:alternativePath ( ex:p ex:q ) ]"] if "sh:lessThan" in text else PATHS
    target, path = source.draw(st.sampled_from(TARGETS)), source.draw(st.sampled_from(paths))
    shape = f"ex:P a sh:PropertyShape ; {target} ; sh:path {path} ; {text} ."
    agree(data, shape + INNER)
    if case.node:
        agree(data, f"ex:N a sh:NodeShape ; {target} ; {text} ." + INNER)
        agree(data, f"ex:N a sh:NodeShape ; {target} ; sh:property ex:P . ex:P sh:path ex:p ; {text} ." + INNER)


PROVOKED = {
    "MinCount": "sh:minCount 9", "MaxCount": "sh:maxCount 0", "Class": "sh:class ex:D",
    "Datatype": "sh:datatype xsd:date",
    "NodeKind": "sh:nodeKind sh:BlankNode", "MinExclusive": "sh:minExclusive 3", "MinInclusive": "sh:minInclusive 4",
    "MaxExclusive": "sh:maxExclusive 3", "MaxInclusive": "sh:maxInclusive 2", "MinLength": "sh:minLength 99",
    "MaxLength": "sh:maxLength 0", "Pattern": 'sh:pattern "^nee$"', "LanguageIn": 'sh:languageIn ( "de" )',
    "UniqueLang": "sh:uniqueLang true", "Equals": "sh:equals ex:q", "Disjoint": "sh:disjoint ex:r",
    "LessThan": "sh:lessThan ex:q", "LessThanOrEquals": "sh:lessThanOrEquals ex:q", "Not": "sh:not ex:S1",
    "And": "sh:and ( ex:S1 ex:S3 )", "Or": "sh:or ( ex:S2 ex:S3 )", "Xone": "sh:xone ( ex:S1 ex:S1 )",
    "Node": "sh:node ex:S2", "HasValue": 'sh:hasValue "niets"', "In": "sh:in ( ex:z )",
    "QualifiedMinCount": "sh:qualifiedValueShape ex:S1 ; sh:qualifiedMinCount 9",
    "QualifiedMaxCount": "sh:qualifiedValueShape ex:S1 ; sh:qualifiedMaxCount 0",
    "Closed": "sh:closed true",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.component)
def test_every_component_is_provoked(case: Case) -> None:
    """Each component finds something, and the same as the reference: no comparison is of two empty lists."""
    numbers = case.component.startswith("LessThan")
    values = (
        [literal("3", XSD.integer)] if numbers else [NODES[1], literal("x", language="nl"), literal("y", language="nl")]
    )
    a, p, q, r = NODES[0], *PREDICATES
    data = [(a, TYPE, CLASSES[0]), *((a, p, value) for value in values), (a, q, literal("1", XSD.integer))]
    data += [(a, r, values[0]), (NODES[1], r, a)]
    where = "sh:property ex:P . ex:P sh:path ex:p ;" if case.component != "Closed" else ""
    found = agree(data, f"ex:N a sh:NodeShape ; sh:targetNode ex:a ; {where} {PROVOKED[case.component]} ." + INNER)
    assert found[sh(f"{case.component}ConstraintComponent")] > 0


def test_classes_below_classes() -> None:
    """sh:class and sh:targetClass follow rdfs:subClassOf through several steps, and round in circles."""
    a, b, p = NODES[0], NODES[1], PREDICATES[0]
    c, d, e = (iri(f"{EX}{name}") for name in "CDE")
    data = [(d, SUBCLASS, e), (e, SUBCLASS, c), (c, SUBCLASS, d), (a, TYPE, d), (b, TYPE, e), (a, p, b), (a, p, a)]
    data += [(a, p, literal("x")), (NODES[2], p, a), (NODES[2], TYPE, iri(f"{EX}F"))]
    shapes = "ex:N a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . ex:P sh:path ex:p ; sh:class ex:{} ."
    assert agree(data, shapes.format("C"))[sh("ClassConstraintComponent")] == 1
    assert agree(data, shapes.format("F"))[sh("ClassConstraintComponent")] == 3
    implicit = "ex:C a sh:NodeShape, rdfs:Class ; sh:property ex:P . ex:P sh:path ex:p ; sh:maxCount 1 ."
    assert agree(data, implicit)[sh("MaxCountConstraintComponent")] == 1


NUMBERS_OF = {
    "integer": ["0", "-1", "99999999999999999999999999999999", "-99999999999999999999999999999999", "9" * 400, "x"],
    "decimal": ["0.1", "0.10000000000000000000000000001", "-0.0", "99999999999999999999999999999999.5", "x"],
    "double": ["1e400", "-1e400", "INF", "-INF", "1e-400", "0.1", "x"], "long": ["9223372036854775808", "1"],
    "byte": ["128", "127"], "nonNegativeInteger": ["-1", "0"],
}  # fmt: skip
MOMENTS_OF = {
    "date": ["2024-05-01", "2024-05-02", "2024-05-01Z", "2024-05-01+02:00", "0001-01-01", "9999-12-31", "2024-02-30"],
    "dateTime": ["2024-05-01T10:00:00", "2024-05-01T10:00:00.000001", "2024-05-01T09:59:59", "2024-05-01T23:59:59",
                 "2024-02-30T10:00:00"],
    "time": ["10:00:00", "09:00:00", "23:59:59.999999", "25:00:00"],
    "boolean": ["true", "false", "1", "0"],
}  # fmt: skip
ZONED = ["2024-05-01T10:00:00Z", "2024-05-01T12:00:00+02:00", "2024-05-01T10:00:01Z", "2024-05-01T05:00:00-05:00",
         "2024-05-01T10:00:00.5Z"]  # fmt: skip
RANGES = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
KINDS = [
    [literal(text, XSD[name]) for name, texts in NUMBERS_OF.items() for text in texts],
    *([literal(text, XSD[name]) for text in texts] for name, texts in MOMENTS_OF.items() if name != "boolean"),
    [literal(text, XSD.dateTime) for text in ZONED],
    [literal(text) for text in ("", "a", "A", "ab", "é", "z", "\U0001f600")],
]  # fmt: skip


def _reads(term: str) -> bool:
    return datatype_test(split_literal(term).datatype)(term)


@pytest.mark.parametrize("terms", KINDS, ids=lambda terms: terms[0].rpartition("#")[2].strip(">") or "string")
def test_every_pair_of_a_kind_is_ordered_as_the_reference_does(terms: list[str]) -> None:
    """Big numbers, moments with a zone, texts: as bound of a range, and each against each for sh:lessThan."""
    a, p, q = NODES[0], *PREDICATES[:2]
    for bound in filter(_reads, terms):
        text = " ".join(
            f"ex:N sh:targetNode ex:a ; sh:property ex:{name} . ex:{name} sh:path ex:p ." for name in RANGES
        )
        text += " ".join(f" ex:{name} sh:{name} {bound} ." for name in RANGES)
        agree([(a, p, one) for one in terms if _reads(one)], text)
    pairs = "ex:N sh:targetSubjectsOf ex:p ; sh:property ex:L, ex:E . ex:L sh:path ex:p ; sh:lessThan ex:q . "
    pairs += "ex:E sh:path ex:p ; sh:lessThanOrEquals ex:q ."
    good = [one for one in terms if _reads(one)]
    data = [
        row
        for n, (one, other) in enumerate((one, other) for one in good for other in good)
        for row in ((iri(f"{EX}{n}"), p, one), (iri(f"{EX}{n}"), q, other))
    ]
    assert agree(data, pairs)


@pytest.mark.parametrize("terms", KINDS[:-1], ids=lambda terms: terms[0].rpartition("#")[2].strip(">"))
def test_a_value_that_is_none_of_its_datatype_is_in_no_range(terms: list[str]) -> None:
    """Each range has it among its violations: nothing can be said of how large it is."""
    for wrong in (one for one in terms if not _reads(one)):
        bound = next(filter(_reads, terms))
        for name in RANGES:
            shapes = f"ex:N sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:{name} {bound} ] ."
            compiled = Shapes.of(reference.read_turtle(PREFIXES + shapes, EX))
            assert len(validate(Graph([(NODES[0], PREDICATES[0], wrong)]), compiled)) == 1, (wrong, name)


def test_siblings_severity_and_deactivation() -> None:
    """Qualified shapes that must be disjoint, a severity of its own, a shape that is switched off."""
    a, p = NODES[0], PREDICATES[0]
    data = [(a, p, NODES[1]), (a, p, literal("x")), (NODES[1], PREDICATES[1], a)]
    shapes = """ex:N a sh:NodeShape ; sh:targetNode ex:a ; sh:severity sh:Info ; sh:closed true ;
        sh:property ex:P, ex:Q, ex:R .
    ex:P sh:path ex:p ; sh:qualifiedValueShape ex:S1 ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true .
    ex:Q sh:path ex:p ; sh:qualifiedValueShape ex:S2 ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true .
    ex:R sh:path ex:p ; sh:maxCount 0 ; sh:deactivated true .
    """
    assert agree(data, shapes + INNER)[sh("QualifiedMinCountConstraintComponent")] == 2


def test_pairs_that_cannot_be_compared() -> None:
    """sh:lessThan between kinds violates, as SPARQL's < has no answer; pyshacl orders some."""
    a, p, q = NODES[0], *PREDICATES[:2]
    pairs = [(literal("x"), literal("1", XSD.integer)), (literal("1", XSD.integer), literal("2024-05-01", XSD.date)),
             (literal("2024-05-01T10:00:00", XSD.dateTime), literal("2024-05-01T11:00:00Z", XSD.dateTime)),
             (NODES[1], NODES[2]), ("_:b0", literal("x")),
             (literal("NaN", XSD.double), literal("1", XSD.double))]  # fmt: skip
    shapes = Shapes.of(
        reference.read_turtle(
            PREFIXES + "ex:N sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .", EX
        )
    )
    for left, right in pairs:
        assert len(validate(Graph([(a, p, left), (a, q, right)]), shapes)) == 1, (left, right)
    small = "ex:N sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:maxExclusive 5 ] ."
    ranged = Shapes.of(reference.read_turtle(PREFIXES + small, EX))
    assert len(validate(Graph([(a, p, literal("true", XSD.boolean))]), ranged)) == 1


@given(name=st.sampled_from(sorted(READERS)), text=st.text("0123456789-+:.TZeEPYMDHWS trufalsinNF", max_size=22))
@settings(max_examples=300, deadline=None)
def test_forms_are_judged_as_the_reference_does(name: str, text: str) -> None:
    """A literal is well-formed for us exactly when it is for rdflib."""
    _same_judgement(name, text)


FORMS = {
    "integer": ["1", "01", "+1", " 1 ", "1.0", "", "-0", "1_0"], "boolean": ["true", "1", "TRUE", "yes", ""],
    "date": ["2024-01-01", "2024-1-1", "2024-01-01Z", "2024-02-30", "20240101", "-0044-01-01", "2024-01-01+01:00",
             "2024-01-01-05:00", "2024-01-01T10:00:00"],
    "dateTime": ["2024-01-01T10:00:00", "2024-01-01", "2024-01-01T10:00", "2024-01-01T24:00:00",
                 "2024-01-01T10:00:00.5Z"],
    "decimal": ["1", "1.", "x", ".5", "1e3"], "double": ["1e3", "INF", "x"], "time": ["10:00:00", "10:00", "x"],
    "duration": ["P1D", "PT1H", "P", "x", "P1Y2M", "-P1D", "P1W"], "byte": ["127", "128"], "unsignedInt": ["-1", "0"],
    "positiveInteger": ["0", "1"], "negativeInteger": ["0", "-1"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in FORMS.items() for text in texts])
def test_known_forms(name: str, text: str) -> None:
    """The forms that pages really have, and their neighbours."""
    _same_judgement(XSD[name], text)


def _same_judgement(name: str, text: str) -> None:
    term = literal(text, name)
    shapes = f"ex:N sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:datatype <{name}> ] ."
    found = reference.run([(NODES[0], PREDICATES[0], term)], reference.read_turtle(PREFIXES + shapes, EX), None)
    assert datatype_test(name)(term) is not bool(found), term
