"""The site reads the same from every database that Belfort supports."""

import pytest

from belfort.jobs import Context
from belfort.vocab import mu_uuid
from frontend.app import create_app
from tests.support import site_data
from tests.support.site_data import BESLUIT_IRI, TITLE, ZITTING


def test_pages_and_data_answer_on_each_database(any_context: Context) -> None:
    """Lists, pages, the shortcut for data and the sitemap work; a new title is seen at once."""
    site_data.fill(any_context)
    app = create_app(any_context.settings)
    client, here = app.test_client(), f"/besluiten/{mu_uuid(BESLUIT_IRI)}"
    paths = ["/", "/besturen", "/besturen/waterdorp", "/besturen/waterdorp/zittingen", "/personen/noor", here,
             f"/zittingen/{mu_uuid(ZITTING)}", "/sitemap.xml", "/sitemaps/besluiten-0.xml", "/readyz"]  # fmt: skip
    try:
        assert [client.get(path, headers={"Accept": "text/html"}).status_code for path in paths] == [200] * len(paths)
        for suffix in ("jsonld", "ttl", "nt", "nq"):
            assert TITLE in client.get(f"{here}.{suffix}").text
        site_data.speak(any_context, site_data.PAGE, "page", site_data.page_lines(title="Nieuw"), b"nieuw")
        assert "Nieuw" in client.get(f"{here}.jsonld").text
        assert client.get("/besluiten/ingetrokken").status_code == 410
    finally:
        app.extensions["belfort"].close()


@pytest.mark.parametrize("missing", ["index", "sparql", "dumps"])
def test_site_works_while_something_derived_is_missing(context: Context, missing: str) -> None:
    """Without index, SPARQL store or dumps the pages answer, and what needs them says so."""
    site_data.fill(context)
    app = create_app(context.settings)
    client = app.test_client()
    try:
        html = {"Accept": "text/html"}
        assert client.get("/", headers=html).status_code == 200
        assert not client.get("/readyz").json["checks"][missing]["ready"]
        if missing == "index":
            assert "zoekindex wordt nog gemaakt" in client.get("/zoeken?q=x", headers=html).text
        elif missing == "sparql":
            answer = client.get("/sparql?query=ASK%20%7B%7D")
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        else:
            assert "nog geen bestanden" in client.get("/datasets", headers=html).text
            assert client.get("/dumps/belfort.nt").status_code == 404
    finally:
        app.extensions["belfort"].close()
