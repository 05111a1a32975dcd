"""Content negotiation: suffix, Accept, qualities, and what happens when nothing fits."""

import pytest
from flask.testing import FlaskClient

from belfort.vocab import mu_uuid
from frontend.negotiation import choose, split_suffix
from tests.support.site_data import BESLUIT_IRI

HERE = f"/besluiten/{mu_uuid(BESLUIT_IRI)}"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("application/ld+json", "jsonld"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("application/json, text/plain, */*", "jsonld"),
        ("text/turtle", "ttl"),
        ("text/turtle;q=0.5, application/n-triples", "nt"),
        ("application/rdf+xml, text/turtle;q=0.9, */*;q=0.1", "rdf"),
        ("application/trig, text/turtle;q=0.9, */*;q=0.1", "ttl"),
        ("application/n-quads", "nq"),
        ("text/*", "html"),
        ("text/html;q=0, */*", "jsonld"),
        ("text/turtle, */*", "ttl"),
        ("TEXT/TURTLE", "ttl"),
        ("image/png", ""),
        ("text/html;q=0", ""),
        ("text/html;q=onzin, text/turtle;q=0.1", "ttl"),
        ("nonsense", "html"),
    ],
)
def test_accept_chooses_the_format(accept: str, expected: str) -> None:
    """The best fit of the Accept header is chosen; a client that leaves the choice gets HTML."""
    assert expected == choose(accept)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("abc.jsonld", ("abc", "jsonld")),
        ("abc", ("abc", "")),
        ("abc.pdf", ("abc.pdf", "")),
        (".ttl", (".ttl", "")),
        ("a.b.nq", ("a.b", "nq")),
    ],
)
def test_only_known_suffixes_are_taken_off(name: str, expected: tuple[str, str]) -> None:
    """A dot in an identifier is no suffix."""
    assert expected == split_suffix(name)


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".jsonld", "application/ld+json"),
        (".ttl", "text/turtle; charset=utf-8"),
        (".nt", "application/n-triples"),
        (".nq", "application/n-quads"),
        (".html", "text/html; charset=utf-8"),
    ],
)
def test_suffix_wins_over_accept(client: FlaskClient, suffix: str, kind: str) -> None:
    """A suffix decides, whatever the client accepts."""
    answer = client.get(HERE + suffix, headers={"Accept": "image/png"})

    assert (200, kind) == (answer.status_code, answer.headers["Content-Type"])
    assert answer.headers["Vary"] == "Accept"


def test_same_address_in_every_format_says_the_same(client: FlaskClient) -> None:
    """The N-Triples and the N-Quads of an entity have the same statements; the graph is the page."""
    triples = client.get(HERE + ".nt").text.splitlines()
    quads = client.get(HERE, headers={"Accept": "application/n-quads"}).text.splitlines()

    assert len(triples) == len(quads) > 5
    assert all(" <https://besluiten.waterdorp.example/zittingen/" in quad.rpartition(" <")[0] + quad for quad in quads)
    assert {line[:-2] for line in triples} == {quad.rpartition(" <")[0] for quad in quads}


def test_nothing_fits_is_406_with_what_exists(client: FlaskClient) -> None:
    """A format that does not exist is refused with a list of those that do."""
    answer = client.get(HERE, headers={"Accept": "image/png"})

    assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
    paths = [one["path"] for one in answer.json["available"]]
    assert paths == [f"{HERE}.{name}" for name in ("html", "jsonld", "ttl", "nt", "nq", "rdf", "csv")]


def test_links_name_the_twins_licence_and_dataset(client: FlaskClient) -> None:
    """The Link header has canonical, alternates with their type, licence and collection; HTML has the same links."""
    page = client.get(HERE, headers={"Accept": "text/html"})
    for relation in ('rel="canonical"', 'type="application/ld+json"', 'rel="license"', 'rel="collection describedby"'):
        assert relation in page.headers["Link"]
    assert f'<link rel="alternate" type="text/turtle" href="{HERE}.ttl"' in page.text
    assert '<link rel="canonical"' in page.text


@pytest.mark.parametrize("suffix", [".jsonld", ".ttl", ".nt", ".nq", ".html"])
def test_strong_etag_and_304(client: FlaskClient, suffix: str) -> None:
    """Every form has its own strong ETag, and a client that has it gets 304 without a body."""
    first = client.get(HERE + suffix)
    again = client.get(HERE + suffix, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(HERE + suffix, headers={"If-None-Match": '"something-else"'})

    assert not first.headers["ETag"].startswith("W/")
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.status_code == 200
    tags = {client.get(HERE + name).headers["ETag"] for name in (".jsonld", ".ttl", ".nt", ".nq", ".html")}
    assert len(tags) == 5


def test_304_on_last_modified(client: FlaskClient) -> None:
    """A client that saw it after its last change gets 304."""
    first = client.get(HERE + ".ttl")
    again = client.get(HERE + ".ttl", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    old = client.get(HERE + ".ttl", headers={"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"})

    assert (again.status_code, old.status_code) == (304, 200)


@pytest.mark.parametrize("suffix", [".jsonld", ".ttl", ".nt"])
def test_shortcut_answers_as_flask_does(client: FlaskClient, suffix: str) -> None:
    """The shortcut in front of Flask gives the same status, headers and body as Flask itself."""
    short = client.get(HERE + suffix)
    # A condition that does not hold sends the request around the shortcut.
    full = client.get(HERE + suffix, headers={"If-None-Match": '"other"'})

    assert short.status_code == full.status_code == 200
    assert short.data == full.data
    # Date is the server's to add where it is missing.
    assert sorted(short.headers) == sorted(pair for pair in full.headers if pair[0] != "Date")
