"""SPARQL over HTTP: the protocol, the description, the page for people, and what is refused."""

import pytest
from flask.testing import FlaskClient

from frontend.data.examples import EXAMPLES
from tests.support.site_data import BESLUIT_IRI, TITLE

SELECT = f"SELECT ?t WHERE {{ <{BESLUIT_IRI}> <http://data.europa.eu/eli/ontology#title> ?t }}"
HTML = {"Accept": "text/html"}


def test_get_form_and_direct_post_agree(client: FlaskClient) -> None:
    """The three ways of the protocol give the same answer."""
    got = client.get("/sparql", query_string={"query": SELECT})
    form = client.post("/sparql", data={"query": SELECT})
    direct = client.post("/sparql", data=SELECT, content_type="application/sparql-query")

    assert [one.status_code for one in (got, form, direct)] == [200] * 3
    assert got.json == form.json == direct.json
    assert got.json["results"]["bindings"][0]["t"]["value"] == TITLE


@pytest.mark.parametrize(
    ("headers", "name", "kind"),
    [
        ({}, "", "application/sparql-results+json"),
        ({"Accept": "text/csv"}, "", "text/csv"),
        ({"Accept": "application/sparql-results+xml"}, "", "application/sparql-results+xml"),
        ({"Accept": "text/csv"}, "tsv", "text/tab-separated-values"),
        (HTML, "csv", "text/csv"),
    ],
)
def test_format_by_accept_or_parameter(client: FlaskClient, headers: dict[str, str], name: str, kind: str) -> None:
    """The parameter wins over Accept."""
    asked = {"query": SELECT, **({"format": name} if name else {})}
    answer = client.get("/sparql", query_string=asked, headers=headers)

    assert (200, kind) == (answer.status_code, answer.mimetype)


def test_without_query_machines_get_a_description_and_people_a_form(client: FlaskClient) -> None:
    """The service describes itself as Turtle; a browser gets a form with an example; a slash at the end is fine."""
    import rdflib

    machine, person = client.get("/sparql", headers={"Accept": "text/turtle"}), client.get("/sparql/", headers=HTML)

    assert machine.mimetype == "text/turtle"
    assert len(rdflib.Graph().parse(data=machine.text, format="turtle")) > 5
    assert "<textarea" in person.text
    assert "PREFIX besluit:" in person.text


@pytest.mark.parametrize("number", range(1, len(EXAMPLES) + 1))
def test_every_example_answers(client: FlaskClient, number: int) -> None:
    """Each example of the page runs and finds something."""
    example = EXAMPLES[number - 1]
    assert example.query.splitlines()[0] in client.get(f"/sparql?voorbeeld={number}", headers=HTML).text.replace(
        "&lt;", "<"
    ).replace("&gt;", ">")
    answer = client.get("/sparql", query_string={"query": example.query}, headers=HTML)

    assert answer.status_code == 200
    assert ">0 rijen" not in answer.text


def test_browser_sees_rows_with_links(client: FlaskClient) -> None:
    """An answer is drawn as a table, IRIs lead to their page, literals stay text."""
    text = client.get("/sparql", query_string={"query": f"SELECT ?p ?o {{ <{BESLUIT_IRI}> ?p ?o }}"}, headers=HTML).text

    assert '<th scope="col">p</th>' in text
    assert "/resource?iri=https%3A" in text or "/resource?iri=https:" in text
    assert TITLE in text


@pytest.mark.parametrize(
    ("kwargs", "status"),
    [
        ({"data": {"update": "CLEAR ALL"}}, 403),
        ({"data": "CLEAR ALL", "content_type": "application/sparql-update"}, 403),
        ({"data": "x", "content_type": "text/plain"}, 415),
        ({"data": {}}, 415),
        ({"data": {"format": "json"}}, 400),
    ],
)
def test_updates_and_odd_bodies_are_refused(client: FlaskClient, kwargs: dict[str, object], status: int) -> None:
    """Only queries are read."""
    answer = client.post("/sparql", **kwargs)  # type: ignore[arg-type]

    assert (status, "application/problem+json") == (answer.status_code, answer.mimetype)


@pytest.mark.parametrize(
    "query",
    [
        "onzin",
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "INSERT DATA { <a:a> <b:b> <c:c> }",
        "SELECT * WHERE " + "{" * 5000 + "}" * 5000,
        "ASK { " + "?s ?p ?o OPTIONAL { " * 400 + "}" * 401,
    ],
)
def test_what_the_guard_refuses_is_400(client: FlaskClient, query: str) -> None:
    """A refused query is a problem for machines, and a message above the same text for people; nothing runs."""
    machine = client.post("/sparql", data=query, content_type="application/sparql-query")
    person = client.post("/sparql", data={"query": query}, headers=HTML)

    assert (machine.status_code, machine.mimetype) == (400, "application/problem+json")
    assert query[:40] not in machine.text
    assert (person.status_code, person.mimetype) == (400, "text/html")
    assert 'role="alert"' in person.text


def test_cartesian_product_is_504_and_the_site_goes_on(client: FlaskClient) -> None:
    """A query that never ends is stopped at its deadline; pages answer afterwards."""
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    answer = client.get("/sparql", query_string={"query": product})

    assert (answer.status_code, answer.mimetype) == (504, "application/problem+json")
    assert client.get("/").status_code == 200
    assert client.get("/sparql", query_string={"query": SELECT}).status_code == 200


def test_graphs_by_name_are_said_to_be_empty(client: FlaskClient) -> None:
    """A dataset of the protocol is honoured, and a note says that this service has one graph."""
    answer = client.get("/sparql", query_string={"query": SELECT, "default-graph-uri": "https://example.org/g"})

    assert answer.json["results"]["bindings"] == []
    assert "graaf" in answer.headers["Belfort-Note"]


def test_counts_agree_with_the_dump(client: FlaskClient) -> None:
    """The SPARQL service counts as many triples as the dump has lines."""
    query = "SELECT (COUNT(*) AS ?a) { { SELECT DISTINCT * { ?s ?p ?o } } }"
    counted = client.get("/sparql", query_string={"query": query}).json["results"]["bindings"][0]["a"]["value"]

    assert int(counted) == len(client.get("/dumps/belfort.nt").text.splitlines())
