"""Addresses of things: where they lead, what is gone, what never was."""

import json

import pytest
from flask.testing import FlaskClient

from belfort.vocab import BESLUIT, mu_uuid
from tests.support import site_data
from tests.support.site_data import BESLUIT_IRI, GEMEENTE, GONE, TITLE, ZITTING

HTML = {"Accept": "text/html"}


def test_id_leads_to_the_page(client: FlaskClient) -> None:
    """An identifier answers 303 to the page, by class name or by plural."""
    for kind in ("besluit", "besluiten", "Besluit"):
        answer = client.get(f"/id/{kind}/{mu_uuid(BESLUIT_IRI)}")

        assert (303, f"/besluiten/{mu_uuid(BESLUIT_IRI)}") == (answer.status_code, answer.headers["Location"])


def test_resource_finds_any_iri(client: FlaskClient) -> None:
    """An IRI on the site of an authority leads to its page here."""
    answer = client.get("/resource", query_string={"iri": BESLUIT_IRI})

    assert (303, f"/besluiten/{mu_uuid(BESLUIT_IRI)}") == (answer.status_code, answer.headers["Location"])


@pytest.mark.parametrize("path", ["/resource", "/resource?iri="])
def test_resource_without_iri_is_400(client: FlaskClient, path: str) -> None:
    """The missing parameter is named."""
    answer = client.get(path)

    assert answer.status_code == 400
    assert "iri" in answer.json["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/besluiten/bestaat-niet", "/besluiten/bestaat-niet.jsonld", "/id/besluit/bestaat-niet", "/id/eend/1",
        "/resource?iri=urn:x", "/dingen/..%2f..%2fetc%2fpasswd", "/dumps/..%2frecords.sqlite", "/dumps/x",
        "/static/../app.py", "/sitemaps/besluiten-99.xml", "/sitemaps/x.xml", "/fouten/x", "/besturen/x/zittingen",
    ],
)  # fmt: skip
def test_unknown_is_404(client: FlaskClient, path: str) -> None:
    """What never was here is not found, as a problem for machines and a page for people."""
    machine, person = client.get(path), client.get(path, headers=HTML)

    assert (machine.status_code, machine.mimetype) == (404, "application/problem+json")
    assert machine.json["type"].endswith("/fouten/not-found")
    assert person.status_code == 404
    if not path.endswith(".jsonld"):
        assert '<html lang="nl">' in person.text


def test_withdrawn_is_410(client: FlaskClient) -> None:
    """What was public and is no longer answers 410 with the moment, and nothing of what it said."""
    by_page, by_iri = client.get("/besluiten/ingetrokken"), client.get("/resource", query_string={"iri": GONE})
    data, page = client.get("/besluiten/ingetrokken.ttl"), client.get("/besluiten/ingetrokken", headers=HTML)

    assert [one.status_code for one in (by_page, by_iri, data, page)] == [410] * 4
    assert by_page.json["invalidated_at"].endswith("Z")
    assert all("Ingetrokken" not in one.text for one in (by_page, by_iri, data, page))


def test_other_plural_leads_to_the_right_one(client: FlaskClient) -> None:
    """A uuid under the wrong plural answers 303 to its own address, with the suffix kept."""
    answer = client.get("/besluiten/waterdorp.ttl")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/besturen/waterdorp.ttl")


def test_jsonld_is_the_entity(client: FlaskClient) -> None:
    """The JSON-LD of a besluit has its IRI, its title and its context inside."""
    found = json.loads(client.get(f"/besluiten/{mu_uuid(BESLUIT_IRI)}.jsonld").text)

    assert found["@id"] == BESLUIT_IRI
    assert TITLE in json.dumps(found["eli:title"], ensure_ascii=False)
    assert found["@context"]["besluit"] == str(BESLUIT)


def test_turtle_reads_back_as_the_triples(client: FlaskClient) -> None:
    """An independent parser reads the Turtle as the triples that the N-Triples have."""
    import rdflib

    here = f"/zittingen/{mu_uuid(ZITTING)}"
    turtle = rdflib.Graph().parse(data=client.get(here + ".ttl").text, format="turtle")
    triples = rdflib.Graph().parse(data=client.get(here + ".nt").text, format="nt")

    assert len(triples) > 10
    assert set(turtle) == set(triples)


def test_every_public_entity_has_a_page_and_data(client: FlaskClient) -> None:
    """Each entity of the data set answers in HTML and in every data format."""
    iris = sorted({line.split(" ", 1)[0][1:-1] for line in site_data.register_lines() + site_data.page_lines()})
    for iri in iris:
        where = client.get("/resource", query_string={"iri": iri}).headers["Location"]
        assert [client.get(f"{where}.{name}").status_code for name in ("html", "jsonld", "ttl", "nt", "nq")] == [
            200
        ] * 5
    assert len(iris) > 40
    assert client.get("/resource", query_string={"iri": GEMEENTE}).headers["Location"] == "/besturen/waterdorp"
