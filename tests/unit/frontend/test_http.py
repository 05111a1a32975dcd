"""What holds for every route: headers, methods, parameters, errors."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from belfort.errors import SettingsError
from belfort.settings import Settings
from belfort.vocab import mu_uuid
from frontend.app import create_app
from tests.support.site_data import BESLUIT_IRI

HERE = f"/besluiten/{mu_uuid(BESLUIT_IRI)}"
PATHS = (
    "/", "/besturen", "/besturen/waterdorp", "/besturen/waterdorp/zittingen", "/personen/noor", HERE, HERE + ".jsonld",
    HERE + ".nq", "/zoeken?q=fietsstraat", "/zoeken.json?q=fietsstraat", "/datasets", "/dumps/belfort.nt",
    "/dumps/manifest.json", "/contexts/belfort.jsonld", "/sparql", "/over", "/privacy", "/toegankelijkheid",
    "/validate", "/robots.txt", "/sitemap.xml", "/sitemaps/paginas.xml", "/sitemaps/besluiten-0.xml", "/healthz",
    "/readyz", "/version", "/api", "/api/mandatarissen", "/api/besturen.csv", "/catalogus", "/void", "/ldes/belfort",
    "/ldes/mandatarissen/1", "/sync/belfort/files", "/feeds/besluiten.atom", "/openapi.json", "/status", "/prefixes",
    "/.well-known/api-catalog", "/.well-known/security.txt", "/shapes/ldes.ttl", "/dumps/belfort.ttl.zst",
    HERE + ".rdf", HERE + ".csv", "/fouten/gone", "/static/belfort.css", "/favicon.ico",
    "/zoeken.csv?q=fietsstraat", "/zoeken.atom?q=fietsstraat", "/zoeken.jsonld?q=fietsstraat", "/opensearch.xml",
    "/zoeken.ttl?q=fietsstraat", "/zoeken.csv-metadata.json", "/suggesties?q=fiets", "/suggesties/opensearch?q=fiets",
    f"/zoeken/uitleg?q=fietsstraat&id={BESLUIT_IRI}", f"/gelijkaardig?iri={BESLUIT_IRI}",
    "/zoeken?q=qqq&type=besluiten",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_get_head_and_options_work(client: FlaskClient, path: str) -> None:
    """HEAD gives the headers of GET without its body; OPTIONS names the methods."""
    got, head, options = client.get(path), client.head(path), client.options(path)

    assert (got.status_code, head.status_code, head.data) == (200, 200, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert options.status_code == 200
    assert "GET" in options.headers["Allow"]
    assert options.headers["Access-Control-Allow-Methods"] == options.headers["Allow"]


@pytest.mark.parametrize("path", [*PATHS, "/nergens", HERE + "?x=1", "/besluiten/ingetrokken"])
def test_security_and_cors_headers(client: FlaskClient, path: str) -> None:
    """Every answer forbids scripts and inline styles, sets no cookie, and may be read from any site."""
    for headers in ({}, {"Accept": "text/html"}):
        answer = client.get(path, headers=headers)

        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert {"Link", "ETag"} <= set(answer.headers["Access-Control-Expose-Headers"].replace(" ", "").split(","))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in answer.headers
        assert len(answer.headers.getlist("Content-Security-Policy")) == 1


@pytest.mark.parametrize("path", PATHS)
def test_pages_have_nothing_inline_or_from_elsewhere(client: FlaskClient, path: str) -> None:
    """No page has a script, a style attribute or element, an event handler, or a resource of another host."""
    answer = client.get(path, headers={"Accept": "text/html"})
    if answer.mimetype != "text/html":
        return
    text = answer.text.lower()
    for forbidden in ("<script", " style=", "<style", "onclick=", "onload=", "javascript:", 'src="http', "@import"):
        assert forbidden not in text, forbidden
    assert '<html lang="nl">' in text
    assert text.count("<h1") == 1
    assert '<a class="skip" href="#inhoud">' in text


@pytest.mark.parametrize(
    "path",
    [
        "/besturen?zoek=x", "/zoeken?query=x", "/zoeken.json?limit=3", HERE + ".jsonld?x=1", "/datasets?x=1",
        "/dumps/belfort.nt?x=1", "/resource?uri=x", "/sitemap.xml?x=1", "/sparql?vraag=x",
        "/besturen/waterdorp/zittingen?p=2",
    ],
)  # fmt: skip
def test_unknown_parameter_is_400_naming_the_known(client: FlaskClient, path: str) -> None:
    """An unknown parameter is refused with the list of known ones, and is not echoed."""
    answer = client.get(path)

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert isinstance(answer.json["known_parameters"], list)
    assert set(answer.json) >= {"type", "title", "status", "detail"}


def test_trackers_of_shared_links_are_ignored(client: FlaskClient) -> None:
    """A link that a social site decorated still works."""
    assert client.get("/besturen?utm_source=x&fbclid=y").status_code == 200


def test_errors_are_pages_for_people_and_problems_for_machines(client: FlaskClient) -> None:
    """The same status; neither echoes what was asked."""
    path = "/besturen?%3Cscript%3Ealert(1)%3C/script%3E=1"
    person, machine = client.get(path, headers={"Accept": "text/html"}), client.get(path)

    assert (person.status_code, machine.status_code) == (400, 400)
    assert "text/html" in person.content_type
    assert "alert" not in person.text + machine.text


def test_method_not_allowed_is_a_problem(client: FlaskClient) -> None:
    """A page cannot be posted to; the answer names what can be done."""
    answer = client.post("/besturen", data={"a": "b"})

    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_large_body_is_413(client: FlaskClient) -> None:
    """A body beyond the limit is refused before it is read."""
    answer = client.post("/sparql", data=b"x" * 300_000, content_type="application/sparql-query")

    assert answer.status_code == 413


def test_unforeseen_error_shows_nothing_of_itself(site_settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault of ours is a 500 without a trace in the answer; the log has it."""
    app = create_app(site_settings)

    @app.route("/stuk")
    def _broken() -> str:
        raise RuntimeError("geheim")

    for headers in ({}, {"Accept": "text/html"}):
        answer = app.test_client().get("/stuk", headers=headers)

        assert answer.status_code == 500
        assert "geheim" not in answer.text
        assert "Traceback" not in answer.text
    assert "geheim" in "".join(capsys.readouterr())
    app.extensions["belfort"].close()


def test_without_records_there_is_no_application(empty_folder: object) -> None:
    """An empty folder is one clear error, and stays empty."""
    with pytest.raises(SettingsError, match="no records"):
        create_app(Settings(data=empty_folder))


def test_https_sites_send_hsts(site_settings: Settings) -> None:
    """A site that the public reaches over TLS says so."""
    app = create_app(site_settings.model_copy(update={"public_url": "https://belfort.example"}))
    for path in ("/healthz", HERE + ".jsonld"):
        assert "max-age" in app.test_client().get(path).headers["Strict-Transport-Security"]
    app.extensions["belfort"].close()


def test_style_sheet_is_small() -> None:
    """One sheet of at most 15 KiB."""
    from importlib.resources import files

    assert len(files("frontend").joinpath("static/belfort.css").read_bytes()) <= 15 * 1024


def test_dumps_have_ranges_and_validators(client: FlaskClient) -> None:
    """A part of a dump is 206, an impossible part 416, and the sha256 is the ETag."""
    whole = client.get("/dumps/belfort.nt")
    part = client.get("/dumps/belfort.nt", headers={"Range": "bytes=10-19"})
    beyond = client.get("/dumps/belfort.nt", headers={"Range": "bytes=999999999-"})
    again = client.get("/dumps/belfort.nt", headers={"If-None-Match": whole.headers["ETag"]})
    resumed = client.get("/dumps/belfort.nt", headers={"Range": "bytes=10-19", "If-Range": whole.headers["ETag"]})

    assert whole.headers["Accept-Ranges"] == "bytes"
    assert (206, whole.data[10:20]) == (part.status_code, part.data)
    assert (206, whole.data[10:20]) == (resumed.status_code, resumed.data)
    assert (beyond.status_code, again.status_code) == (416, 304)
    known = {file["name"]: file["sha256"] for file in client.get("/dumps/manifest.json").json["files"]}
    assert whole.headers["ETag"] == f'"{known["belfort.nt"]}"'


def test_probes(client: FlaskClient) -> None:
    """Health, readiness and version answer as JSON and are never cached."""
    for path in ("/healthz", "/readyz", "/version"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    checks = client.get("/readyz").json["checks"]
    assert all(check["ready"] for check in checks.values())


def test_sitemap_lists_besluiten(client: FlaskClient) -> None:
    """The sitemap index leads to the address of a besluit."""
    index = client.get("/sitemap.xml").text
    part = client.get("/sitemaps/besluiten-0.xml").text

    assert "/sitemaps/besluiten-0.xml" in index
    assert HERE in part
    assert "Sitemap: http" in client.get("/robots.txt").text


def test_app_is_made_per_settings(site_settings: Settings, app: Flask) -> None:
    """Two applications share nothing."""
    other = create_app(site_settings.model_copy(update={"site_name": "Proefsite"}))

    assert "Proefsite" in other.test_client().get("/").text
    assert "Proefsite" not in app.test_client().get("/").text
    other.extensions["belfort"].close()


def test_odd_parameters_of_a_page_do_no_harm(client: FlaskClient) -> None:
    """A page of a thing ignores parameters that it does not know, also when they could break a header."""
    for query in ("peildatum=%22%0d%0aX:1", "x=1", "fbclid=1"):
        assert client.get(f"{HERE}?{query}", headers={"Accept": "text/html"}).status_code == 200
    assert client.get(f"{HERE}?x=%00").status_code == 400
