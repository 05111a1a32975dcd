"""The guard judges queries by their tokens: what hides SERVICE, what is too much, and what is fine."""

import time

import pytest

from belfort.errors import BelfortError, Refused
from publisher.sparql import guard
from publisher.sparql.guard import MalformedQuery, check

P = "PREFIX ex: <http://example.org/> "

EVASIONS = {
    "plain": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "case": "SELECT * { sErViCe <http://127.0.0.1/> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }",
    "variable": "SELECT * { BIND(<http://127.0.0.1/> AS ?v) SERVICE?v{ ?s ?p ?o } }",
    "no space": "SELECT * {SERVICE<http://127.0.0.1/>{?s ?p ?o}}",
    "comment between": "SELECT * { SERVICE#x\n<http://127.0.0.1/> { ?s ?p ?o } }",
    "comment ends at CR": "SELECT * { # x\rSERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "escaped letter": "SELECT * { S\\u0045RVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "long escape": "SELECT * { \\U00000053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
    "escaped quote": 'SELECT * { ?s ?p "a\\u0022 SERVICE <http://127.0.0.1/> { ?a ?b "c" } }',
    "after escaped quote": 'SELECT * { ?s ?p "\\"" SERVICE <http://127.0.0.1/> { ?a ?b "c" } }',
    "after long string": 'SELECT * { ?s ?p """a"b""" SERVICE <http://127.0.0.1/> { ?a ?b ?c } }',
    "hash in IRI": "SELECT * { ?s ?p <http://x/#> SERVICE <http://127.0.0.1/> { ?a ?b ?c } }",
    "hash in prefix IRI": "PREFIX x: <http://x/#>SELECT * { SERVICE x:y { ?a ?b ?c } }",
    "glued to a name": P + "SELECT * { SERVICEex:a { ?s ?p ?o } }",
    "glued, silent": P + "SELECT * { SERVICESILENTex:a { ?s ?p ?o } }",
    "glued to true": P + "SELECT * { ?s ?p trueSERVICE ex:a { ?s ?p ?o } }",
    "glued on both sides": P + "SELECT * { ?s ?p trueSERVICEex:a { ?s ?p ?o } }",
    "glued to a number": P + "SELECT * { ?s ?p 1SERVICE ex:a { ?s ?p ?o } }",
    "after a comparison": "SELECT * { FILTER(?a<?b)SERVICE<http://127.0.0.1/>{ ?s ?p ?o } }",
    "in a sub-query": "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } } } }",
    "in EXISTS": "ASK { FILTER NOT EXISTS { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } }",
}

FINE = {
    "in a comment": "SELECT * { # SERVICE <http://127.0.0.1/> {}\n ?s ?p ?o }",
    "in a string": 'SELECT * { ?s ?p "SERVICE <http://127.0.0.1/> { }" }',
    "in a long string": "SELECT * { ?s ?p '''it's # SERVICE \" { ''' }",
    "in an IRI": "SELECT * { ?s ?p <http://x/SERVICE#SERVICE> }",
    "as a variable": "SELECT ?service { ?service ?p $SERVICE }",
    "as a prefix": "PREFIX service: <http://x/> SELECT * { ?s service:service service:x . }",
    "as a local name": P + "SELECT * { ?s a ex:Service ; ex:service ?o . FILTER(?o != ex:SERVICE) }",
    "as a graph": P + "SELECT * { GRAPH ex:service { ?s ?p ?o } }",
    "as a language": 'SELECT * { ?s ?p "x"@service }',
    "two comparisons": "SELECT * { ?s ?p ?a, ?b FILTER(?a<?b && ?b>1) FILTER(?a<?b&&?b>1) }",
    "escape in a string": "SELECT * { ?s ?p 'caf\\u00E9' }",
    "values": "SELECT * { VALUES (?a ?b) { (<http://x/?a=1&b=2> <urn:x:(y)>) (UNDEF 'x'@nl-BE) } }",
    "paths": P + "SELECT * { ?s (ex:a/ex:b)|^ex:c* ?o ; ex:d+ ?x . ?x !(ex:a|^ex:b) [] }",
    "collection": P + "SELECT * { ?s ex:list (1 2.5 3e0 true ex:a [ ex:b () ]) }",
    "construct": P + "CONSTRUCT { ?s ex:a ?o } WHERE { ?s ex:b ?o . OPTIONAL { ?o ex:c ?x } }",
    "describe": "DESCRIBE <http://x/1>",
    "update words as names": P + "SELECT ?insert { ?insert ex:delete ex:DROP . ex:load ex:add 'CLEAR' }",
    "aggregates": "SELECT ?t (COUNT(DISTINCT *) AS ?n) { ?s a ?t } GROUP BY ?t HAVING (COUNT(*) > 1) ORDER BY DESC(?n)",
    "local escapes": P + "SELECT * { ?s ex:a\\,b\\(c%20d ex:e.f . }",
    "unicode": "PREFIX é: <http://x/> SELECT ?straße { ?straße é:ö '€' }",
}

TOO_MUCH = {
    "5,000 parentheses": "ASK { FILTER(" + "(" * 2500 + "1" + ")" * 2500 + ") }",
    "5,000 groups": "ASK " + "{" * 2500 + "}" * 2500,
    "51 deep": "ASK " + "{" * 51 + "}" * 51,
    "10,000 nots": "ASK { FILTER(" + "!" * 10_000 + "?a) }",
    "hidden nots": "ASK { FILTER(?a<" + "!" * 3000 + "?b&&?c>?d) }",
    "hidden brackets": "ASK { FILTER(?a<((((?b&&?c>?d))))) }",
    "hidden closing": "ASK { FILTER((((?a<?b))))&&?c>?d) }",
    "ors": "ASK { FILTER(" + "||".join(["?a"] * 1500) + ") }",
    "ands": "ASK { FILTER(" + "&&".join(["?a"] * 300) + ") }",
    "sums": "ASK { FILTER(" + "+".join(["1"] * 300) + ") }",
    "unions": "ASK { " + "UNION".join(["{}"] * 66) + " }",
    "path steps": "ASK { ?s " + "/".join(["<p:a>"] * 102) + " ?o }",
    "path choices": "ASK { ?s " + "|".join(["<p:a>"] * 102) + " ?o }",
    "patterns": "ASK { " + "?s ?p ?o . " * 101 + "}",
    "predicates": "ASK { ?s " + "?p ?o ; " * 101 + "}",
    "objects": "ASK { ?s ?p " + ", ".join(["?o"] * 102) + " }",
    "groups side by side": "ASK { " + "{?s ?p ?o}" * 101 + "}",
    "a long collection": "ASK { ?s ?p (" + "1 " * 60 + ") }",
    "optionals": "ASK { " + "OPTIONAL { ?s ?p ?o } " * 17 + "}",
    "glued optionals": "ASK { ?s ?p 1 " + "OPTIONAL{?s ?p true}" * 17 + "}",
    "binds": "ASK { " + "".join(f"BIND(1 AS ?a{n})" for n in range(129)) + "}",
    "values": "ASK { VALUES ?a { " + "1 " * 5_000 + "} }",
    "size": "ASK { ?s ?p '" + "x" * 17_000 + "' }",
    "size in bytes": "ASK { ?s ?p '" + "é" * 8_500 + "' }",
}

NOT_READING = {
    "insert": "INSERT DATA { <a:b> <a:b> <a:b> }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "with": "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "load": "LOAD <http://127.0.0.1/>",
    "drop": P + "DROP ALL",
    "clear": "# SELECT\nCLEAR DEFAULT",
    "after a query": "SELECT * { ?s ?p ?o } ; DROP ALL",
    "two queries": "SELECT * { ?s ?p ?o } SELECT * { ?s ?p ?o }",
    "two forms": "ASK { ?s ?p ?o } CONSTRUCT WHERE { ?s ?p ?o }",
    "a query in a query": "SELECT * { ASK { ?s ?p ?o } }",
}

MALFORMED: dict[str, str | bytes] = {
    "nothing": "",
    "only a comment": "# SELECT * {}",
    "prose": "Hoeveel besluiten zijn er?",
    "not UTF-8": b"SELECT * { ?s ?p '\xff' }",
    "lone surrogate": "SELECT * { ?s ?p '\ud800' }",
    "open string": "SELECT * { ?s ?p 'x }",
    "open long string": 'SELECT * { ?s ?p """x" }',
    "line break in string": "SELECT * { ?s ?p 'x\ny' }",
    "open bracket": "SELECT * { ?s ?p ?o",
    "closed twice": "SELECT * { ?s ?p ?o }}",
    "crossed": "SELECT * { FILTER( } )",
    "impossible escape": "SELECT * { ?s ?p '\\uD800' }",
    "stray sign": "SELECT * { ?s ?p ~ }",
    "NUL": "SELECT * { ?s ?p \0 }",
    "glued form": P + "DESCRIBEex:a",
}


@pytest.mark.parametrize("query", EVASIONS.values(), ids=EVASIONS)
def test_service_is_found_however_it_is_written(query: str) -> None:
    """No spelling in which the engine could run SERVICE passes."""
    with pytest.raises(BelfortError) as caught:
        check(query)
    assert caught.value.status == 400


@pytest.mark.parametrize("query", FINE.values(), ids=FINE)
def test_what_only_looks_like_trouble_passes(query: str) -> None:
    """A query is not refused for what stands in its strings, IRIs, names and comments."""
    assert check(query).text == query


@pytest.mark.parametrize("query", TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_of_anything_is_refused_at_once(query: str) -> None:
    """Depth, chains, patterns and size have a limit."""
    with pytest.raises(Refused) as caught:
        check(query)
    assert caught.value.hint


@pytest.mark.parametrize("query", NOT_READING.values(), ids=NOT_READING)
def test_only_one_reading_query_passes(query: str) -> None:
    """Updates and second queries are refused."""
    with pytest.raises(Refused):
        check(query)


@pytest.mark.parametrize("query", MALFORMED.values(), ids=MALFORMED)
def test_what_is_not_sparql_is_said_to_be_so(query: str | bytes) -> None:
    """A text that cannot be SPARQL gives a message, never a traceback."""
    with pytest.raises(MalformedQuery) as caught:
        check(query)
    assert caught.value.status == 400


@pytest.mark.parametrize(
    "query",
    [
        "a." * 8000, "a:" * 8000, '"""' + '"' * 16000, "'" * 16000, "<" * 16000, "_:a" + "." * 16000, "?a<" * 5000,
        "\\u0041" * 2700, "#" * 16000, "x" * 16000, "ex:" + "." * 16000, "ex:\\." * 3200, "." * 16000, "(<" * 8000,
    ],
)  # fmt: skip
def test_no_text_takes_long_to_judge(query: str) -> None:
    """Texts made to make a lexer go back over its steps do not hang it."""
    start = time.thread_time()
    with pytest.raises(BelfortError):
        check(query)
    assert time.thread_time() - start < 5


def test_the_form_and_the_graphs_are_told() -> None:
    """What kind of answer is due, and whether graphs are named, comes with the judgement."""
    assert check("ASK {}").kind == "ask"
    assert check("base <http://x/> prefix a: <#> construct where { ?s ?p ?o }").kind == "construct"
    assert not check("SELECT * { ?s ?p ?o }").graphs
    assert check("SELECT * FROM <http://x/> { ?s ?p ?o }").graphs
    assert check("SELECT * { GRAPH ?g { ?s ?p ?o } }").graphs


def test_the_limits_leave_room_below_what_breaks_the_engine() -> None:
    """A query just below each limit passes."""
    check("ASK " + "{" * 50 + "}" * 50)
    check("ASK { " + "?s ?p ?o . " * (guard.MAX_PATTERNS - 1) + "}")
    check("ASK { FILTER(" + "||".join(["?a"] * 257) + ") }")
    check("CONSTRUCT { " + "?s ?p ?o . " * 300 + "} WHERE { ?s ?p ?o }")
    check("ASK { VALUES (?a ?b) { " + "(1 2) " * 900 + "} }")
