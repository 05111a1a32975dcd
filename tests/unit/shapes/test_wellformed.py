"""Ill-formed shapes are refused with a reason, never half evaluated; so is what would not end."""

import pytest

from belfort.errors import InvalidInput
from belfort.rdf import iri
from shapes.shacl import Graph, Shapes, reference, validate

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:ex:> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
PROPERTY = {
    'sh:minCount "x"': "no whole number", "sh:minCount 1.5": "no whole number", "sh:maxCount -1": "no whole number",
    "sh:minCount 1, 2": "more than one sh:minCount", "sh:datatype xsd:string, xsd:date": "more than one sh:datatype",
    "sh:path ex:q": "more than one sh:path", 'sh:datatype "x"': "must be an IRI", "sh:nodeKind ex:K": "no sh:nodeKind",
    'sh:class "C"': "must be an IRI", 'sh:pattern "("': "no regular expression", "sh:pattern ex:p": "must be a literal",
    'sh:pattern "x" ; sh:flags "q"': "Known are i, m, s and x", "sh:languageIn ( ex:nl )": "means nothing",
    "sh:languageIn ( 1 )": "means nothing", "sh:in ex:x": "no list that ends", 'sh:uniqueLang "ja"': "true or false",
    'sh:lessThan "q"': "must be an IRI", "sh:minInclusive ex:q": "must be a literal", 'sh:node "x"': "must be a shape",
    "sh:qualifiedValueShape ex:S": "without a count", 'sh:or ( "x" )': "means nothing",
    "sh:minLength -1": "no whole number",
}  # fmt: skip
NODE = {
    "sh:minCount 1": "Only a property shape", "sh:uniqueLang true": "Only a property shape",
    "sh:lessThan ex:q": "Only a property shape", 'sh:closed "x"': "true or false",
    "sh:closed true ; sh:ignoredProperties ex:p": "no list that ends",
    'sh:closed true ; sh:ignoredProperties ( "p" )': "means nothing", "sh:and ex:S": "no list that ends",
    'sh:not "x"': "must be a shape", 'sh:deactivated "true"': "true or false", 'sh:severity "x"': "must be an IRI",
    "sh:property [ sh:minCount 1 ]": "no property shape", "sh:not ex:N": "refers to itself",
    "sh:property [ sh:path ex:q ; sh:node ex:N ]": "refers to itself",
    "sh:or ( [ sh:and ( ex:M ) ] ) . ex:M sh:not ex:N": "refers to itself",
    'sh:in ex:l . ex:l rdf:first "x" ; rdf:rest ex:l': "no list that ends",
    'sh:in ex:l . ex:l rdf:first "x"': "no list that ends",
    'sh:in ex:l . ex:l rdf:first "x", "y" ; rdf:rest ()': "no list that ends",
    'sh:property [ sh:path "p" ]': "no property path", "sh:property [ sh:path ( ex:p ) ]": "less than two parts",
    "sh:property [ sh:path [ sh:alternativePath () ] ]": "no property path",
    "sh:property [ sh:path ex:l ] . ex:l sh:inversePath ex:l ; rdf:first ex:p ; rdf:rest ex:l": "path",
}  # fmt: skip


def shapes(text: str) -> Shapes:
    """The shapes of a Turtle text."""
    return Shapes.of(reference.read_turtle(PREFIXES + text, "urn:ex:"))


@pytest.mark.parametrize(("text", "reason"), PROPERTY.items(), ids=str)
def test_property_shapes(text: str, reason: str) -> None:
    """The error names the rule that a property shape breaks."""
    with pytest.raises(InvalidInput) as raised:
        shapes(f"ex:N sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ex:p ; {text} .")
    assert reason in raised.value.one_line()


@pytest.mark.parametrize(("text", "reason"), NODE.items(), ids=str)
def test_node_shapes(text: str, reason: str) -> None:
    """The same for a node shape."""
    with pytest.raises(InvalidInput) as raised:
        shapes(f"ex:N sh:targetNode ex:a ; {text} .")
    assert reason in raised.value.one_line()


def test_deep_shapes_and_deep_data() -> None:
    """A thousand shapes in each other are refused; a chain of ten thousand nodes is walked by a path."""
    nested = " ".join(f"ex:N{n} sh:node ex:N{n + 1} ." for n in range(1000))
    with pytest.raises(InvalidInput, match="too deeply"):
        shapes(f"ex:N0 sh:targetNode ex:a . {nested}")
    chain = [(iri(f"urn:ex:n{n}"), iri("urn:ex:q"), iri(f"urn:ex:n{n + 1}")) for n in range(10_000)]
    path = "ex:N sh:targetNode ex:n0 ; sh:property [ sh:path [ sh:oneOrMorePath ex:q ] ; sh:maxCount 9999 ] ."
    assert len(validate(Graph(chain), shapes(path))) == 1


def test_what_pyshacl_does_not_bind_is_an_error() -> None:
    """$shapesGraph in a constraint in SPARQL is refused, not quietly without answer; $currentShape works."""
    select = "ex:N sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this WHERE {{ {} $this ?p ?o }}' ] ."
    data = Graph([(iri("urn:ex:a"), iri("urn:ex:p"), iri("urn:ex:b"))])
    with pytest.raises(InvalidInput, match="shapesGraph"):
        validate(data, shapes(select.format("GRAPH $shapesGraph { ?s ?q ?r }")))
    assert len(validate(data, shapes(select.format("FILTER(isIRI($currentShape))")))) == 1
