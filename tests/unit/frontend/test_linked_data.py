"""Linked data over HTTP: every form of a thing, what is negotiated, what clients may keep, lists, the catalogue."""

import csv
import io
import json
from importlib.resources import files
from typing import Any

import pyshacl
import pytest
import rdflib
from flask.testing import FlaskClient
from pyld import jsonld as pyld

from belfort import rdf
from belfort.settings import Settings
from belfort.vocab import DATA, DCAT, PLURALS, VOID, mu_uuid
from frontend.app import create_app
from frontend.data import openapi
from frontend.data.openapi import endpoints
from frontend.negotiation import FORMATS, MEDIA_TYPES
from harvester.extract import extract
from publisher import tables
from tests.support import site_data
from tests.support.site_data import BESLUIT_IRI, GEMEENTE, OCMW, ZITTING

HERE = f"/besluiten/{mu_uuid(BESLUIT_IRI)}"
GRAPHS = {"ttl": "turtle", "nt": "nt", "rdf": "xml"}
HTML = {"Accept": "text/html"}


def _members(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    answer = client.get(query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = json.loads(answer.text)["hydra:member"]
    return found


def _graph(client: FlaskClient, path: str, form: str = "turtle") -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get(path).data, format=form)


@pytest.mark.parametrize("iri", [BESLUIT_IRI, ZITTING, site_data.EVIL, GEMEENTE, DATA["personen/noor"]])
def test_every_form_says_the_same(client: FlaskClient, iri: str) -> None:
    """Turtle, N-Triples, RDF/XML, JSON-LD, N-Quads and CSV of a thing hold the same triples."""
    here = client.get("/resource", query_string={"iri": iri}).headers["Location"]
    expected = set(_graph(client, f"{here}.nt", "nt"))
    for suffix, form in GRAPHS.items():
        assert set(_graph(client, f"{here}.{suffix}", form)) == expected, suffix
    quads = client.get(f"{here}.nq").text.strip().split("\n")
    stripped = "\n".join(f"{quad.rpartition(' <')[0]} ." for quad in quads)
    document = json.loads(client.get(f"{here}.jsonld").text)
    read = pyld.to_rdf(document, {"format": "application/n-quads", "documentLoader": _no_network})
    rows = list(csv.reader(io.StringIO(client.get(f"{here}.csv").text, newline="")))

    assert set(rdflib.Graph().parse(data=read, format="nt")) == expected
    assert set(rdflib.Graph().parse(data=stripped, format="nt")) == expected
    assert len(rows) == 1 + len(expected)
    terms = [line.split(" ", 2)[2][:-2] for line in client.get(f"{here}.nt").text.strip().split("\n")]
    assert [row[2] for row in rows[1:]] == [rdf.value(term) for term in terms]


def _no_network(url: str, _options: Any) -> Any:
    raise AssertionError(url)


@pytest.mark.parametrize("iri", [BESLUIT_IRI, ZITTING, site_data.EVIL, GEMEENTE, DATA["personen/noor"]])
def test_a_page_read_back_says_what_the_entity_says(client: FlaskClient, iri: str) -> None:
    """Belfort's own extraction of the page gives exactly the public lines of what the page is about."""
    here = client.get("/resource", query_string={"iri": iri}).headers["Location"]
    page = client.get(here, headers=HTML)
    assert page.status_code == 200
    read = extract(page.data, f"http://localhost:8080{here}")

    mine = [line for line in read.lines if line.startswith(f"<{iri}> ")]
    assert mine == client.get(f"{here}.nt").text.strip().split("\n")


@pytest.mark.parametrize("suffix", FORMATS[1:])
def test_suffix_and_accept_give_the_same_and_the_suffix_wins(client: FlaskClient, suffix: str) -> None:
    """By suffix or by `Accept`, the bytes are the same; a suffix is stronger than what is accepted."""
    by_suffix = client.get(f"{HERE}.{suffix}", headers={"Accept": "text/html"})
    by_accept = client.get(HERE, headers={"Accept": MEDIA_TYPES[suffix]})

    assert by_suffix.data == by_accept.data
    assert by_suffix.mimetype == by_accept.mimetype == MEDIA_TYPES[suffix]
    assert by_accept.headers["Vary"] == "Accept"
    assert by_suffix.headers["ETag"] == by_accept.headers["ETag"]


def test_not_acceptable_lists_what_exists(client: FlaskClient) -> None:
    """406 names every form with its address, and each address works."""
    answer = client.get(HERE, headers={"Accept": "image/png"})

    assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
    assert {one["type"] for one in answer.json["available"]} == {MEDIA_TYPES[name] for name in FORMATS}
    assert [client.get(one["path"]).status_code for one in answer.json["available"]] == [200] * len(FORMATS)


def test_links_lead_to_the_other_forms(client: FlaskClient) -> None:
    """The Link header has the canonical address, every alternate with its type, the licence and the catalogue."""
    links = client.get(f"{HERE}.jsonld").headers["Link"]

    assert f'<http://localhost:8080{HERE}>; rel="canonical"' in links
    for name in FORMATS[1:]:
        assert f'<http://localhost:8080{HERE}.{name}>; rel="alternate"; type="{MEDIA_TYPES[name]}"' in links
    assert 'rel="license"' in links
    assert "/catalogus>" in links


@pytest.mark.parametrize("suffix", FORMATS[1:])
def test_both_validators_give_304(client: FlaskClient, suffix: str) -> None:
    """The ETag and the date that were given are answered by 304 without a body, an older date by the whole."""
    first = client.get(f"{HERE}.{suffix}")
    by_tag = client.get(f"{HERE}.{suffix}", headers={"If-None-Match": first.headers["ETag"]})
    by_date = client.get(f"{HERE}.{suffix}", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    older = client.get(f"{HERE}.{suffix}", headers={"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"})

    assert not first.headers["ETag"].startswith("W/")
    assert [(one.status_code, one.data) for one in (by_tag, by_date)] == [(304, b"")] * 2
    assert older.status_code == 200
    assert by_tag.headers["ETag"] == first.headers["ETag"]
    assert "stale-while-revalidate" in first.headers["Cache-Control"]


def test_a_gone_thing_is_410_in_every_form(client: FlaskClient) -> None:
    """What was withdrawn answers 410 whatever is asked, with the moment and nothing of what it said."""
    for suffix in ("", *(f".{name}" for name in FORMATS)):
        answer = client.get(f"/besluiten/ingetrokken{suffix}")
        assert answer.status_code == 410, suffix
        assert "Ingetrokken" not in answer.text
    assert client.get("/besluiten/ingetrokken.csv", headers=HTML).json["invalidated_at"]


def test_collections_page_to_the_end(client: FlaskClient) -> None:
    """Following `next` gives every thing once, in order; Link and document say the same address."""
    found, path = [], "/api/mandatarissen?limiet=2"
    while path:
        answer = client.get(path)
        document = json.loads(answer.text)
        found += [one["@id"] for one in document["hydra:member"]]
        following = document["hydra:view"].get("hydra:next", {}).get("@id", "")
        assert (f'<{following}>; rel="next"' in answer.headers.getlist("Link")) == bool(following)
        path = following.removeprefix("http://localhost:8080")

    assert found == sorted(DATA[f"mandatarissen/{name}"] for name in ("noor", "jef", "noor-oud", "jef-schepen"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("functie=burgemeester", {"noor"}),
        ("functie=Schepen&peildatum=2026-01-01", {"jef-schepen"}),
        ("bestuur=waterdorp", {"noor", "jef", "noor-oud", "jef-schepen"}),
        ("bestuur=ocmw-waterdorp", set()),
        ("type=gemeente", {"noor", "jef", "noor-oud", "jef-schepen"}),
        ("type=ocmw", set()),
        ("status=effectief", {"noor", "jef", "noor-oud", "jef-schepen"}),
        ("status=waarnemend", set()),
        ("fractie=Waterpartij", {"noor"}),
        ("periode=2025&functie=gemeenteraadslid", {"jef", "noor-oud"}),
        ("periode=2019", set()),
        ("peildatum=2025-01-31", {"noor", "jef", "noor-oud", "jef-schepen"}),
        ("peildatum=2025-02-01", {"noor", "jef", "jef-schepen"}),
        ("peildatum=2024-12-04", set()),
    ],
)
def test_filters_of_mandatarissen(client: FlaskClient, query: str, expected: set[str]) -> None:
    """Each filter, alone and with others, gives exactly who meets it; the last day in office counts."""
    members = _members(client, f"/api/mandatarissen?{query}")
    assert {one["@id"] for one in members} == {DATA[f"mandatarissen/{name}"] for name in expected}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("besturen?type=OCMW", [OCMW]),
        ("functionarissen?functie=algemeen directeur", [DATA["functionarissen/an"]]),
        ("personen?functie=burgemeester", [DATA["personen/noor"]]),
        ("personen?fractie=waterpartij", [DATA["personen/noor"]]),
        ("zittingen?bestuur=waterdorp", [ZITTING]),
        ("besluiten?bestuur=waterdorp", sorted([BESLUIT_IRI, site_data.EVIL])),
        ("besluiten?bestuur=ocmw-waterdorp", []),
        ("organen?periode=2019", sorted(DATA[f"bestuursorganen/{n}-2019"]
                                        for n in ("ad-gemeente", "fd-gemeente", "ad-ocmw", "fd-ocmw"))),
    ],
)  # fmt: skip
def test_filters_of_other_collections(client: FlaskClient, query: str, expected: list[str]) -> None:
    """Other collections follow the model to the bestuur too."""
    assert [one["@id"] for one in _members(client, f"/api/{query}")] == expected


def test_a_word_that_means_nothing_is_400(client: FlaskClient) -> None:
    """A filter value that is no code, no day, no cursor names the parameter and is not echoed."""
    for query in ("functie=eend", "peildatum=gisteren", "cursor=@@", "limiet=0", "limiet=1001", "periode=25",
                  "provincie=Atlantis", "velden=zomaar", "type=gemeente&type=ocmw"):  # fmt: skip
        answer = client.get(f"/api/mandatarissen?{query}")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json"), query
        assert "eend" not in answer.text
    unknown = client.get("/api/besturen?functie=x")
    assert "functie" not in unknown.json["known_parameters"]
    assert {"type", "provincie", "cursor", "limiet", "velden"} == set(unknown.json["known_parameters"])


def test_fields_are_chosen(client: FlaskClient) -> None:
    """`velden` leaves only what was named, in JSON-LD and as columns of the CSV in that order."""
    (member,) = _members(client, "/api/mandatarissen?functie=burgemeester&velden=mandaat:start")
    rows = client.get("/api/mandatarissen.csv?functie=burgemeester&velden=achternaam,start").text

    assert set(member) == {"@id", "@type", "mandaat:start"}
    assert rows == "achternaam,start\r\nVandenbroeck,2024-12-05\r\n"
    answer = client.get("/api/mandatarissen.csv?velden=rijksregisternummer")
    assert answer.json["known_fields"] == list(tables.TABLES["mandatarissen"].names)


def test_a_framed_member_expands_to_the_public_triples(client: FlaskClient) -> None:
    """A collection document is JSON-LD whose triples about a member and what it embeds are those of their pages."""
    document = json.loads(client.get("/api/mandatarissen?functie=burgemeester").text)
    read = pyld.to_rdf(document, {"format": "application/n-quads", "documentLoader": _no_network})
    graph = rdflib.Graph().parse(data=read, format="nt")
    for iri in (DATA["mandatarissen/noor"], DATA["personen/noor"], DATA["fracties/water"]):
        here = client.get("/resource", query_string={"iri": iri}).headers["Location"]
        assert set(graph.triples((rdflib.URIRef(iri), None, None))) == set(_graph(client, f"{here}.nt", "nt"))


def test_collections_are_kept_until_something_changes(client: FlaskClient) -> None:
    """The ETag depends on what was asked and on the records; other questions have other tags."""
    first = client.get("/api/mandatarissen?limiet=1")
    again = client.get("/api/mandatarissen?limiet=1", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert client.get("/api/mandatarissen?limiet=2").headers["ETag"] != first.headers["ETag"]
    assert client.get("/api/mandatarissen.csv?limiet=1").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("name", PLURALS.values())
def test_every_plural_is_a_collection(client: FlaskClient, name: str) -> None:
    """Each kind of thing can be listed in each form that the overview names."""
    overview = {row["collectie"]: row for row in client.get("/api").json["collecties"]}
    for kind in overview[name]["vormen"]:
        answer = client.get(f"/api/{name}?limiet=3", headers={"Accept": kind})
        assert (answer.status_code, answer.mimetype) == (200, kind)


def test_openapi_says_what_the_routes_do(client: FlaskClient) -> None:
    """Every described address exists; every parameter that it lists is taken, and one that it does not list is 400."""
    document = client.get("/openapi.json").json
    examples = {"uuid": "waterdorp", "pagina": "1", "naam": "belfort.nt", "id": "x"}

    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {one.path for one in endpoints()}
    for one in endpoints():
        path = one.path.format(**examples)
        refused = client.get(f"{path}?bestaat-niet=1", headers={"Accept": "application/ld+json"})
        assert refused.status_code in (400, 303, 404), path
        if refused.status_code == 400:
            described = [openapi.PARAMETERS[key] for key in one.parameters]
            named = {each.name for each in described if each.place == "query"}
            assert named <= set(refused.json["known_parameters"]), path
    ids = [found["operationId"] for path in document["paths"].values() for found in path.values()]
    assert len(ids) == len(set(ids))
    for path in document["paths"].values():
        for found in path.values():
            for parameter in found["parameters"]:
                assert parameter["$ref"].rpartition("/")[2] in document["components"]["parameters"]


def _shapes(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=files("shapes.catalogue").joinpath(name).read_text("utf-8"), format="turtle")


def test_the_catalogue_meets_dcat_ap_vl(client: FlaskClient) -> None:
    """The catalogue is valid; without a licence, a publisher or a contact it is not."""
    graph, shapes = _graph(client, "/catalogus"), _shapes("dcat_ap_vl.ttl")
    valid, _, text = pyshacl.validate(graph, shacl_graph=shapes)

    assert valid, text
    for name in ("license", "publisher", "accessRights", "title"):
        broken = rdflib.Graph() + graph
        broken.remove((None, rdflib.DCTERMS[name], None))
        assert not pyshacl.validate(broken, shacl_graph=shapes)[0], name


def test_the_catalogue_leads_to_files_that_are_there(client: FlaskClient) -> None:
    """Every download exists with the size and checksum that the catalogue gives; all forms of it say the same."""
    graph = _graph(client, "/catalogus")
    files_ = list(graph.subject_objects(rdflib.URIRef(DCAT.downloadURL)))
    manifest = {file["name"]: file for file in client.get("/dumps/manifest.json").json["files"]}

    assert len(files_) > 30
    for subject, address in files_:
        name = str(address).removeprefix("http://localhost:8080/dumps/")
        assert int(str(graph.value(subject, rdflib.URIRef(DCAT.byteSize)))) == manifest[name]["bytes"]
    document = json.loads(client.get("/catalogus.jsonld").text)
    read = pyld.to_rdf(document, {"format": "application/n-quads", "documentLoader": _no_network})
    assert set(rdflib.Graph().parse(data=read, format="nt")) == set(graph)
    assert set(_graph(client, "/catalogus.nt", "nt")) == set(graph)
    services = list(graph.objects(None, rdflib.URIRef(DCAT.endpointURL)))
    assert len(services) == 6
    for address in services:
        assert client.get(str(address).removeprefix("http://localhost:8080")).status_code == 200


def test_void_counts_what_there_is(client: FlaskClient) -> None:
    """VoID has the number of triples and of entities per class, and leads to the dumps and the query service."""
    graph = _graph(client, "/void")
    data = rdflib.URIRef("http://localhost:8080/void#data")
    triples = len(client.get("/dumps/belfort.nt").text.strip().split("\n"))

    assert int(str(graph.value(data, rdflib.URIRef(VOID.triples)))) == triples
    assert (data, rdflib.URIRef(VOID.sparqlEndpoint), rdflib.URIRef("http://localhost:8080/sparql")) in graph
    assert len(list(graph.objects(data, rdflib.URIRef(VOID.classPartition)))) > 10


def test_well_known_addresses(client: FlaskClient) -> None:
    """VoID and DCAT by 303, the API catalogue as a linkset whose targets answer, a security contact that expires."""
    assert client.get("/.well-known/void").headers["Location"] == "/void"
    assert client.get("/.well-known/dcat").headers["Location"] == "/catalogus"
    catalogue = client.get("/.well-known/api-catalog")
    assert catalogue.mimetype == "application/linkset+json"
    for anchor in json.loads(catalogue.text)["linkset"]:
        for relation, targets in anchor.items():
            for target in targets if relation != "anchor" else ():
                answer = client.get(target["href"].removeprefix("http://localhost:8080"))
                assert answer.status_code in (200, 406), target
    security = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:" in security
    assert "Expires: 20" in security


def test_status_tells_freshness_and_lag(client: FlaskClient) -> None:
    """Nothing lags after a projection; the newest change has a moment and an age."""
    said = client.get("/status").json

    assert said["newest_change"]["number"] > 0
    assert said["newest_change"]["age_seconds"] >= 0
    assert {name: one["lag_changes"] for name, one in said["projections"].items()} == {
        "dumps": 0, "feeds": 0, "sparql": 0,
    }  # fmt: skip


def test_contexts_frames_and_shapes_are_served(client: FlaskClient) -> None:
    """The versioned context is the context; frames and shapes can be read; what does not exist is 404 and lists."""
    latest, versioned = client.get("/contexts/belfort.jsonld"), client.get("/contexts/belfort-v1.jsonld")

    assert latest.json if latest.is_json else json.loads(latest.text) == json.loads(versioned.text)
    assert json.loads(client.get("/contexts/frames/mandataris.jsonld").text)["@type"] == "mandaat:Mandataris"
    assert client.get("/contexts/frames/../x.jsonld").status_code == 404
    assert len(_graph(client, "/shapes/ldes-lid.ttl")) > 5
    assert "dcat-ap-vl" in client.get("/shapes/x.ttl").json["available"]
    assert "PREFIX besluit: <" in client.get("/prefixes").text


def test_dated_releases_stay_and_old_ones_are_gone(client: FlaskClient, site_settings: Settings) -> None:
    """A file of a named release may be kept for ever; a release that is no longer there is 410, never 404."""
    release = (site_settings.dumps / "latest").resolve().name
    dated = client.get(f"/dumps/{release}/belfort.nt.zst")
    stable = client.get("/dumps/belfort.nt.zst")

    assert dated.data == stable.data
    assert dated.mimetype == "application/zstd"
    assert "immutable" in dated.headers["Cache-Control"]
    assert "immutable" not in stable.headers["Cache-Control"]
    assert client.get(f"/dumps/{release}/manifest.json").json == client.get("/dumps/manifest.json").json
    assert client.get("/dumps/2020-01-01-r1/belfort.nt").status_code == 410
    assert client.get(f"/dumps/{release}/../../records.sqlite").status_code == 404
    assert client.get("/dumps/version").status_code == 404


def test_the_site_without_feeds_says_so(site_settings: Settings, tmp_path: Any) -> None:
    """Where nothing was projected yet, feeds are 404 and the catalogue is there without files."""
    from belfort.jobs import open_context

    settings = site_settings.model_copy(update={"data": tmp_path / "empty"})
    open_context(settings).engine.dispose()
    app = create_app(settings)
    client = app.test_client()

    assert client.get("/ldes/belfort/1").status_code == 404
    assert client.get("/sync/belfort/files").status_code == 404
    assert client.get("/catalogus").status_code == 200
    assert client.get("/status").json["projections"]["feeds"]["number"] == 0
    app.extensions["belfort"].close()
