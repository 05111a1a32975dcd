"""Search on the site: the same answer in every form, links that go where they say, and questions that cannot be."""

import csv
import io
import json
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
import rdflib
from flask.testing import FlaskClient
from pyld import jsonld

from belfort.vocab import mu_uuid
from tests.support.site_data import BESLUIT_IRI, TITLE

HTML = {"Accept": "text/html"}
FORMS = {
    "json": "application/json", "jsonld": "application/ld+json", "csv": "text/csv", "ttl": "text/turtle",
    "atom": "application/atom+xml",
}  # fmt: skip
HYDRA = "http://www.w3.org/ns/hydra/core#"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("form", FORMS)
def test_suffix_and_accept_give_the_same_form(client: FlaskClient, form: str) -> None:
    """The suffix wins; by `Accept` the same bytes come, with `Vary` and links to the other forms."""
    by_suffix = client.get(f"/zoeken.{form}?q=fietsstraat", headers=HTML)
    by_accept = client.get("/zoeken?q=fietsstraat", headers={"Accept": FORMS[form]})

    assert (by_suffix.status_code, by_suffix.data) == (200, by_accept.data)
    assert by_suffix.content_type.startswith(FORMS[form])
    assert by_suffix.headers["Vary"] == "Accept"
    links = ", ".join(by_suffix.headers.getlist("Link"))
    assert all(f'type="{kind}"' in links for name, kind in FORMS.items() if name != form)


@pytest.mark.parametrize("form", ["", *(f".{name}" for name in FORMS)])
def test_what_did_not_change_is_304(client: FlaskClient, form: str) -> None:
    """The tag of an answer is good for that question and form alone."""
    first = client.get(f"/zoeken{form}?q=fietsstraat", headers=HTML)
    tag = {**HTML, "If-None-Match": first.headers["ETag"]}

    again = client.get(f"/zoeken{form}?q=fietsstraat", headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(f"/zoeken{form}?q=kerkdreef", headers=tag).status_code == 200


def test_every_form_has_the_same_hits(client: FlaskClient) -> None:
    """JSON, JSON-LD, CSV, Turtle and Atom name the same things."""
    asked = "q=waterdorp&sort=datum&per_pagina=200"
    found = client.get(f"/zoeken.json?{asked}").json
    iris = [hit["iri"] for hit in found["hits"]]
    members = json.loads(client.get(f"/zoeken.jsonld?{asked}").text)["hydra:member"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/zoeken.csv?{asked}").text)))
    entries = ElementTree.fromstring(client.get(f"/zoeken.atom?{asked}").text).findall(f"{ATOM}entry")
    graph = rdflib.Graph().parse(data=client.get(f"/zoeken.ttl?{asked}").text, format="turtle")

    assert found["total"] == len(iris) > 5
    assert [one["@id"] for one in members] == iris
    assert [row["iri"] for row in rows] == iris
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == iris
    assert {str(one) for one in graph.subjects()} == set(iris)


def test_json_ld_is_a_hydra_collection(client: FlaskClient) -> None:
    """It expands without the network to a collection with its total, its view, its template and its members."""
    document = json.loads(client.get("/zoeken.jsonld?q=waterdorp&per_pagina=2").text)
    (collection,) = jsonld.expand(document, {"documentLoader": _no_network})
    view = collection[f"{HYDRA}view"][0]

    assert collection["@type"] == [f"{HYDRA}Collection"]
    assert collection[f"{HYDRA}totalItems"][0]["@value"] > 2
    assert view["@type"] == [f"{HYDRA}PartialCollectionView"]
    assert len(collection[f"{HYDRA}member"]) == 2
    template = collection[f"{HYDRA}search"][0]
    assert template["@type"] == [f"{HYDRA}IriTemplate"]
    assert "{?q,type*,bestuur*" in template[f"{HYDRA}template"][0]["@value"]
    second = client.get(_local(view[f"{HYDRA}next"][0]["@id"]))
    first_again = client.get(_local(view[f"{HYDRA}first"][0]["@id"]))
    assert {one["@id"] for one in json.loads(second.text)["hydra:member"]}.isdisjoint(
        one["@id"] for one in document["hydra:member"]
    )
    assert json.loads(first_again.text)["hydra:member"] == document["hydra:member"]


def _no_network(url: str, _options: object) -> dict[str, object]:
    raise AssertionError(url)


def _local(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_pages_follow_each_other_to_the_end(client: FlaskClient) -> None:
    """`next` of the JSON goes on until each hit was given once; the Link header says the same."""
    asked, seen = "/zoeken.json?q=waterdorp&per_pagina=3&sort=oudste", list[str]()
    for _ in range(50):
        answer = client.get(asked)
        seen += [hit["iri"] for hit in answer.json["hits"]]
        if not answer.json["next"]:
            break
        asked = _local(answer.json["next"])
        assert f'<{answer.json["next"]}>; rel="next"' in answer.headers.getlist("Link")
    whole = client.get("/zoeken.json?q=waterdorp&per_pagina=200&sort=oudste").json
    assert seen == [hit["iri"] for hit in whole["hits"]]
    assert len(seen) == whole["total"]


def test_a_hit_says_what_it_stands_for(client: FlaskClient) -> None:
    """An agendapunt and its besluit are one hit, on the page and in JSON."""
    hit = client.get("/zoeken.json?q=fietsstraat+kerkdreef").json["hits"][0]
    text = client.get("/zoeken?q=fietsstraat+kerkdreef", headers=HTML).text

    assert (hit["iri"], hit["title"], len(hit["agendapunten"])) == (BESLUIT_IRI, TITLE, 1)
    assert hit["url"].endswith(f"/besluiten/{mu_uuid(BESLUIT_IRI)}")
    assert {"type", "bestuur", "datum", "score", "fragmenten", "orgaan"} <= set(hit)
    assert "Agendapunt en besluit" in text
    assert "<mark>Fietsstraat</mark>" in text or "<mark>fietsstraat</mark>" in text


def test_csv_can_be_opened_in_a_spreadsheet(client: FlaskClient) -> None:
    """RFC 4180 with its header, no formulas, described by a CSVW file that names the same columns."""
    answer = client.get("/zoeken.csv?q=waterdorp")
    description = client.get("/zoeken.csv-metadata.json?q=waterdorp")
    rows = list(csv.reader(io.StringIO(answer.text, newline="")))

    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    assert answer.text.endswith("\r\n")
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell.startswith(("=", "@", "\t", "\r")) for row in rows for cell in row)
    assert '/zoeken.csv-metadata.json?q=waterdorp>; rel="describedby"' in ", ".join(answer.headers.getlist("Link"))
    assert description.mimetype == "application/csvm+json"
    table = json.loads(description.text)
    assert [column["name"] for column in table["tableSchema"]["columns"]] == rows[0]
    assert table["url"].endswith("/zoeken.csv?q=waterdorp")


def test_head_of_an_export_is_no_export(client: FlaskClient) -> None:
    """Asking for the headers many times takes no place of those who export."""
    for _ in range(20):
        assert client.head("/zoeken.csv?q=waterdorp").status_code == 200
    assert client.get("/zoeken.csv?q=waterdorp").status_code == 200


def test_atom_has_what_readers_need(client: FlaskClient) -> None:
    """Ids that stay, moments, links to itself and to the page; Last-Modified is the newest entry."""
    answer = client.get("/zoeken.atom?q=waterdorp&per_pagina=2")
    feed = ElementTree.fromstring(answer.text)
    links = {one.get("rel"): one.get("href", "") for one in feed.findall(f"{ATOM}link")}

    assert {"self", "alternate", "next", "first", "license"} <= set(links)
    assert urlsplit(links["alternate"]).path == "/zoeken"
    assert "Last-Modified" in answer.headers
    for entry in feed.findall(f"{ATOM}entry"):
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "summary"))
        assert entry.find(f"{ATOM}link") is not None
    since = {"If-Modified-Since": answer.headers["Last-Modified"]}
    assert client.get("/zoeken.atom?q=waterdorp&per_pagina=2", headers=since).status_code == 304


def test_filters_are_links_and_pills(client: FlaskClient) -> None:
    """A facet value leads to the question with it, its pill to the question without it; both counts are true."""
    text = client.get("/zoeken?q=waterdorp+-zwembad&type=besluiten", headers=HTML).text

    assert 'aria-current="true"' in text
    assert "niet: zwembad" in text
    assert 'href="/zoeken?q=waterdorp&amp;type=besluiten"' in text  # without the excluded word
    facets = client.get("/zoeken.json?q=waterdorp&type=besluiten").json["facets"]["type"]
    for one in facets:
        alone = client.get(f"/zoeken.json?q=waterdorp&type={one['value']}").json["total"]
        assert alone == one["count"]


def test_presets_periods_and_peildatum_stay_in_the_form(client: FlaskClient) -> None:
    """What is on stays on when somebody types other words."""
    text = client.get("/zoeken?q=x&type=besluiten&bestuur=http://b.example/1&peildatum=2026-01-01", headers=HTML).text

    assert '<input type="hidden" name="type" value="besluiten">' in text
    assert '<input type="hidden" name="bestuur" value="http://b.example/1">' in text
    assert 'name="peildatum" type="date" value="2026-01-01"' in text
    for label in ("Toekomst", "Deze week", "Vorige week", "Deze maand", "Vorige maand", "Dit jaar", "Vorig jaar"):
        assert f">{label}</a>" in text


def test_following_a_search_keeps_the_question(client: FlaskClient) -> None:
    """The link to an alert asks the same, without page and order."""
    text = client.get("/zoeken?q=fietsstraat&type=besluiten&sort=datum&per_pagina=5", headers=HTML).text
    assert 'href="/abonnementen/nieuw?q=fietsstraat&amp;type=besluiten"' in text


def test_why_nothing_names_the_word_and_the_filter(client: FlaskClient) -> None:
    """The word that nothing has, the filter that takes all away, and links that do find something."""
    text = client.get("/zoeken?q=fietsstraat+qqqzzz&type=zittingen", headers=HTML).text

    assert "Waarom niets?" in text
    assert "“qqqzzz” komt nergens voor" in text
    filtered = client.get("/zoeken?q=fietsstraat&van=1990-01-01&tot=1990-12-31", headers=HTML).text
    assert "de periode van 1 januari 1990 tot en met 31 december 1990" in filtered
    assert 'href="/zoeken?q=fietsstraat"' in filtered


def test_why_nothing_knows_a_typing_error(client: FlaskClient) -> None:
    """A word that only looks like one in a title is offered as that word."""
    text = client.get("/zoeken?q=fietsstraet&van=1990-01-01&tot=1990-12-31", headers=HTML).text
    assert "Bedoelde u" in text
    assert "/zoeken?q=fietsstraat" in text


def test_the_explanation_as_page_and_json(client: FlaskClient) -> None:
    """Word by word how and where, the same in both."""
    asked = f"q=fietsstraten+waterdorp&id={quote(BESLUIT_IRI, safe='')}"
    found = client.get(f"/zoeken/uitleg.json?{asked}").json
    text = client.get(f"/zoeken/uitleg?{asked}", headers=HTML).text

    assert (found["treffer"], found["iri"]) == (True, BESLUIT_IRI)
    assert {one["hoe"] for one in found["redenen"] if one["woord"]} >= {"inflection", "name"}
    assert all(one["zin"] in text for one in found["redenen"])
    assert "<mark>" in text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/zoeken/uitleg?q=x", 400), ("/zoeken/uitleg?q=x&id=http://x", 404), ("/gelijkaardig", 400),
        ("/gelijkaardig?iri=http://x", 404), ("/gelijkaardig?iri=http://x&q=1", 400), ("/zoeken/uitleg?id=a&id=b", 400),
        ("/suggesties?x=1", 400), ("/zoeken.csv?limit=3", 400), ("/zoeken.atom?cursor=x", 400),
        (f"/suggesties?q={'x' * 2000}", 400), (f"/zoeken.ttl?q={'x' * 10_000}", 400), ("/zoeken.jsonld?q=%00", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(client: FlaskClient, path: str, status: int) -> None:
    """With a problem that says what is wrong."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_suggestions_in_both_shapes(client: FlaskClient) -> None:
    """A simple list, the shape of browsers, and the description by which they find it."""
    simple = client.get("/suggesties?q=fiets").json
    typed, titles, facts, urls = json.loads(client.get("/suggesties/opensearch?q=fiets").text)
    described = client.get("/opensearch.xml")

    assert simple
    assert {"title", "type", "url", "bestuur"} == set(simple[0])
    assert (typed, titles, urls) == ("fiets", [one["title"] for one in simple], [one["url"] for one in simple])
    assert len(facts) == len(titles)
    assert client.get("/suggesties?q=").json == []
    root = ElementTree.fromstring(described.text)
    templates = {one.get("rel"): one.get("template", "") for one in root if one.tag.endswith("Url")}
    assert "{searchTerms}" in templates["suggestions"]
    assert 'href="/opensearch.xml"' in client.get("/", headers=HTML).text


HOSTILE = (
    '"NOTULEN" park', '"jaarrekening" Sint-Niklaas', "fietspad OF voetpad Sint-Pieters-Leeuw", 'kosten/baten AND ( "x',
    "x" * 10_000, "<script>alert(1)</script>", '"', "'", '""', "OF", "-", "*", "((((", "\\", "a\tb", "🚲", "a " * 400,
)  # fmt: skip


@pytest.mark.parametrize("form", ["", *(f".{name}" for name in FORMS)])
@pytest.mark.parametrize("text", [*map(quote, HOSTILE), "%ff%fe", "%", "%zz", "%00", "%C3%28"])
def test_whatever_is_asked_there_is_an_answer(client: FlaskClient, form: str, text: str) -> None:
    """A right answer or a clear 400 in every form, and nothing of it comes back as markup."""
    for more in ("", "&type=besluiten&bestuur=%22%3E%3Cscript%3E&van=2020-01-01"):
        answer = client.get(f"/zoeken{form}?q={text}{more}", headers=HTML)
        assert answer.status_code in (200, 400)
        assert "<script" not in answer.text or answer.mimetype in ("application/json", "text/csv", "text/turtle")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-29"])
@pytest.mark.parametrize("name", ["van", "tot", "peildatum"])
def test_the_first_and_the_last_day_can_be_asked(client: FlaskClient, name: str, day: str) -> None:
    """Days at the ends of the calendar are days."""
    for form in ("", ".json", ".csv", ".atom"):
        assert client.get(f"/zoeken{form}?q=waterdorp&{name}={day}", headers=HTML).status_code == 200


def test_many_parameters_are_refused_or_answered(client: FlaskClient) -> None:
    """Thousands of values, of one name or of many."""
    for query in (
        "&".join(f"bestuur=u{n}" for n in range(5000)), "&".join(f"x{n}=1" for n in range(5000)),
        "&".join(f"q=u{n}" for n in range(200)),
    ):  # fmt: skip
        assert client.get(f"/zoeken.json?{query}").status_code in (200, 400)


def test_links_in_headers_stay_short(client: FlaskClient) -> None:
    """A question of many filters is answered without headers that no proxy takes."""
    many = "&".join(f"bestuur=http%3A%2F%2Fdata.example%2F{'x' * 60}{n}" for n in range(250))
    answer = client.get(f"/zoeken?{many}", headers=HTML)
    assert answer.status_code == 200
    assert sum(len(name) + len(value) for name, value in answer.headers) < 6000
    assert len(parse_qs(many)["bestuur"]) == 250
