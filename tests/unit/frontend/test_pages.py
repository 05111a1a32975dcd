"""What the pages show, and that foreign text stays text."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from belfort.blobs import digest
from belfort.vocab import mu_uuid
from tests.support import site_data
from tests.support.site_data import BESLUIT_IRI, EVIL, PAGE, TITLE, ZITTING

HTML = {"Accept": "text/html"}


def page(client: FlaskClient, path: str) -> str:
    """The HTML at that address."""
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200
    return answer.text


def councillors(text: str) -> str:
    """The part of the page of a bestuur about its gemeenteraad."""
    return text[text.index("Gemeenteraad</a> <span") : text.index('id="zittingen"')].partition('id="veranderd"')[0]


def test_besluit_has_its_text_context_and_proof(client: FlaskClient) -> None:
    """Title, motivering, artikels in order, vote, zitting, organ, bestuur, and the digest of the source."""
    text = page(client, f"/besluiten/{mu_uuid(BESLUIT_IRI)}")

    for expected in (
        TITLE, "Overwegende dat veel kinderen", "Artikel 1", "De Kerkdreef wordt een fietsstraat.<br>",
        "Reglementen en verordeningen", "<b>17</b> voor", "<b>1</b> onthouding<", "Gemeenteraad",
        f"/zittingen/{mu_uuid(ZITTING)}", "woensdag 21 oktober 2026 om 20.05 uur", "/besturen/waterdorp",
        "28 oktober 2026", digest(b"<html>besluitenlijst</html>"), PAGE, "Gezien op",
    ):  # fmt: skip
        assert expected in text, expected
    assert text.index("Artikel 1") < text.index("Artikel 2")


def test_foreign_text_is_escaped(client: FlaskClient) -> None:
    """Markup in titles and texts is shown as text, and a script address never becomes a link."""
    places = [f"/besluiten/{mu_uuid(EVIL)}", f"/zittingen/{mu_uuid(ZITTING)}", "/", "/zoeken?q=alert",
              "/zoeken?q=%3Cscript%3Ealert(1)%3C/script%3E", "/besturen?q=%22%3E%3Cscript%3E"]  # fmt: skip
    for path in places:
        text = page(client, path)
        assert "<script" not in text.lower()
        assert "<img" not in text
        # The data in the head may say any IRI; nobody can follow a <link>.
        assert not re.search(r'<a [^>]*href="javascript', text)
    assert "Regel één<br>Regel twee" in page(client, f"/besluiten/{mu_uuid(EVIL)}")


def test_zitting_shows_its_agenda_in_order(client: FlaskClient) -> None:
    """Agendapunten follow their chain, each with its besluit and vote; people are named where that is public."""
    text = page(client, f"/zittingen/{mu_uuid(ZITTING)}")

    order = [text.index(name) for name in ("Goedkeuring van het verslag", "Fietsstraat Kerkdreef", "&lt;script")]
    assert order == sorted(order)
    for expected in ("Raadzaal, Markt 1", "20.05 uur</time> tot 22.40 uur", "Noor Vandenbroeck", "Jef Lauwers",
                     "1 persoon zonder publieke naam", "Besluitenlijst", TITLE):  # fmt: skip
        assert expected in text, expected


def test_bestuur_shows_leaders_members_and_zittingen(client: FlaskClient) -> None:
    """Functions with holder or vacancy, current members only, dates in Brussels, no repeated organ."""
    text = page(client, "/besturen/waterdorp")

    for expected in ("An D’hondt", "niet gemeld", "Aangesteld", "1 juli 2020", "secretariaat@waterdorp.example",
                     "Markt 1, 9999 Waterdorp", "5 december 2024", "Waterpartij", "Eerste schepen",
                     "Zitting gemeenteraad"):  # fmt: skip
        assert expected in text, expected
    assert "0001-" not in text[text.index("<body>") :]
    assert "Noor Vandenbroeck" not in councillors(text)  # her council seat has ended
    assert text.count('<th scope="row"><a href="/personen/noor">') == 1  # burgemeester is a post of two organs
    assert "4 december 2024" not in text


def test_reference_day_shows_who_was_in_office(client: FlaskClient) -> None:
    """On a past day the one whose mandate had not ended yet is there, on its last day too; before, nobody is."""
    during, last, before = (
        page(client, f"/besturen/waterdorp?peildatum={day}") for day in ("2025-01-15", "2025-01-31", "2018-01-01")
    )

    assert all("Noor Vandenbroeck" in councillors(text) for text in (during, last))
    assert "Noor Vandenbroeck" not in councillors(page(client, "/besturen/waterdorp?peildatum=2025-02-01"))
    assert "geen mandatarissen bekend" in before
    assert client.get("/besturen/waterdorp?peildatum=gisteren").status_code == 400


def test_ocmw_shares_the_leaders_of_its_gemeente(client: FlaskClient) -> None:
    """An OCMW without leaders of its own shows those of the gemeente with the same area."""
    text = page(client, "/besturen/ocmw-waterdorp")

    assert "Gedeeld met gemeente <a" in text
    assert "An D’hondt" in text
    assert text.count(">Algemeen directeur</a>") == 1


def test_person_shows_public_roles(client: FlaskClient) -> None:
    """Current and past roles with their period, the sentinel end date is no end."""
    noor, jef = page(client, "/personen/noor"), page(client, "/personen/jef")

    for expected in ("Burgemeester", "sinds", "5 december 2024", "Vroeger", "31 januari 2025", "Gemeenteraadslid"):
        assert expected in noor, expected
    assert "Vroeger" not in jef


def test_besturen_can_be_filtered(client: FlaskClient) -> None:
    """By words and by type; an impossible type is an error that names the possible ones."""
    assert "1 van 2" in page(client, "/besturen?type=OCMW")
    assert "2 van 2" in page(client, "/besturen?q=water")
    assert "Geen bestuur" in page(client, "/besturen?q=zzz")
    wrong = client.get("/besturen?type=Graafschap")
    assert (wrong.status_code, "Gemeente" in wrong.json["hint"]) == (400, True)


def test_search_page_and_json_agree(client: FlaskClient) -> None:
    """The same hits as HTML and as JSON, each with what a reader needs."""
    found = client.get("/zoeken.json?q=fietsstraat&type=besluiten").json
    text = page(client, "/zoeken?q=fietsstraat&type=besluiten")

    hit = found["hits"][0]
    assert (found["total"], hit["iri"], hit["title"]) == (1, BESLUIT_IRI, TITLE)
    assert {"type", "bestuur", "datum", "score", "fragmenten"} <= set(hit)
    assert hit["url"].endswith(f"/besluiten/{mu_uuid(BESLUIT_IRI)}")
    assert "1 resultaat" in text
    assert "<mark>fietsstraat</mark>" in text.lower()
    assert client.get("/zoeken?q=x", headers={"Accept": "image/png"}).status_code == 406


def test_search_pages_link_to_each_other(client: FlaskClient) -> None:
    """Paging keeps the question, in the page and in the Link header."""
    first = client.get("/zoeken?q=waterdorp&per_pagina=1", headers=HTML)

    assert 'rel="next"' in first.headers["Link"]
    assert "/zoeken?q=waterdorp&amp;per_pagina=1&amp;pagina=2" in first.text
    second = client.get("/zoeken?q=waterdorp&per_pagina=1&pagina=2", headers=HTML)
    assert "Pagina 2 van" in second.text


@pytest.mark.parametrize("path", ["/zoeken?pagina=0", "/zoeken?van=gisteren", "/zoeken?type=eenden", "/zoeken?sort=x"])
def test_impossible_search_is_400(client: FlaskClient, path: str) -> None:
    """A value that cannot be is an error with a hint, not an empty page."""
    answer = client.get(path, headers=HTML)

    assert (answer.status_code, answer.mimetype) == (400, "text/html")


def test_datasets_lists_files_with_digests(client: FlaskClient) -> None:
    """Every file that is no packed one of a single bestuur or year, with the sha256 of those that hold everything."""
    text = page(client, "/datasets")
    files = client.get("/dumps/manifest.json").json["files"]
    assert {file["name"].partition("/")[0] for file in files if "/" in file["name"]} >= {"besturen", "tabellen"}
    for file in files:
        packed, single = file["name"].endswith((".gz", ".zst")), file["name"].startswith(("besturen/", "besluiten/"))
        described = file["name"].endswith(".csv-metadata.json")
        if not (single or described or packed):
            assert file["sha256"] in text
        if not (single and (packed or described)) and not (packed and ".csv-metadata" in file["name"]):
            assert f'href="/dumps/{file["name"]}"' in text
    assert "Waterdorp" in text[text.index("Per bestuur") :]


@pytest.mark.parametrize("path", ["/", "/besturen/waterdorp", f"/zittingen/{mu_uuid(ZITTING)}", "/personen/jef"])
def test_queries_do_not_grow_with_rows(app: Flask, path: str) -> None:
    """A page asks a bounded number of queries."""
    counted: list[str] = []
    engine = app.extensions["belfort"].engine

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        counted.append(statement)

    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        page(app.test_client(), path)
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)

    assert len(counted) <= 45


def test_changed_page_changes_the_page_and_its_tag(tmp_path: object) -> None:
    """After an edited source is merged, the same address shows the new title under a new ETag."""
    from belfort.jobs import open_context
    from belfort.settings import Settings
    from frontend.app import create_app

    settings = Settings(data=tmp_path, log_level="error")
    context = open_context(settings)
    site_data.fill(context)
    app = create_app(settings)
    client, here = app.test_client(), f"/besluiten/{mu_uuid(BESLUIT_IRI)}"
    before = client.get(here + ".jsonld")
    html = client.get(here, headers=HTML)
    site_data.speak(context, PAGE, "page", site_data.page_lines(title="Nieuwe titel"), b"<html>nieuw</html>")
    after = client.get(here + ".jsonld", headers={"If-None-Match": before.headers["ETag"]})
    new_html = client.get(here, headers={**HTML, "If-None-Match": html.headers["ETag"]})

    assert after.status_code == 200
    assert "Nieuwe titel" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]
    assert "Nieuwe titel" in new_html.text
    assert digest(b"<html>nieuw</html>") in new_html.text
    app.extensions["belfort"].close()
