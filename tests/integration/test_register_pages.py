"""The real register of besturen: all of it comes in, and every gemeente that exists has a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from belfort import rdf
from belfort.jobs import open_context
from belfort.settings import Settings
from belfort.vocab import BESLUIT
from frontend.app import create_app
from shapes import codes
from shapes.shacl.reference import read_turtle
from tests.support.site_data import speak

FILES = (
    "01-bestuurseenheden-organen-gemeente-ocmw-district-provincie", "02-werkingsgebieden", "03-agb-apb", "04-igs",
    "05a-provincies-organen-mandaten-2025", "05b-districten-organen-mandaten-2025", "05c-fusiegemeenten-2025",
    "09a-agbapb-orgaan", "09b-agbapb-specialisatie", "09c-agbapb-functie",
)  # fmt: skip


@pytest.fixture(scope="module")
def register(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on the register of besturen as it is shared."""
    settings = Settings(data=tmp_path_factory.mktemp("register") / "data", log_level="error")
    context = open_context(settings)
    found: list[rdf.Triple] = []
    for name in FILES:
        path = shared / f"data/besturen/{name}.ttl"
        found += read_turtle(path.read_text("utf-8"), path.as_uri())
    speak(context, "https://register.example/besturen", "register", rdf.lines(found), b"besturen")
    context.engine.dispose()
    made = create_app(settings)
    yield made
    made.extensions["belfort"].close()


def test_every_gemeente_that_exists_has_a_page(register: Flask) -> None:
    """285 gemeenten in the list, each with a page in its provincie that says that there is no data."""
    client = register.test_client(use_cookies=False)
    with time_machine.travel("2026-11-25T12:00:00+01:00", tick=False):
        rows = client.get("/besturen.json?type=Gemeente").json
        assert rows is not None
        assert len(rows) == 285
        assert {row["provincie"] for row in rows} == {
            "Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen",
        }  # fmt: skip
        assert {"Herstappe", "Aalter", "Pajottegem"} <= {row["naam"] for row in rows}
        for row in rows:
            answer = client.get(row["pagina"], headers={"Accept": "text/html"})
            assert answer.status_code == 200, row
            assert "Geen data." in answer.text, row


def test_merged_gemeenten_say_what_they_became(register: Flask) -> None:
    """All 319 are there when asked for; one that was merged names the day and what it is part of now."""
    client = register.test_client(use_cookies=False)
    rows = client.get("/besturen.json?type=Gemeente&opgeheven=ja").json
    assert rows is not None
    assert len(rows) == 319
    gone = next(row for row in rows if row["naam"] == "Kruibeke")
    assert gone["opgeheven_op"] == "2025-01-01"
    text = client.get(gone["pagina"], headers={"Accept": "text/html"}).text
    assert "bestaat niet meer sinds" in text
    assert ">Beveren-Kruibeke-Zwijndrecht</a>" in text


def test_every_bestuur_of_every_type_is_listed(register: Flask) -> None:
    """AGB, APB, intergemeentelijke vereniging, district, provincie, and one with a code that no list has."""
    rows = register.test_client(use_cookies=False).get("/besturen.json?opgeheven=ja").json
    assert rows is not None
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row["type"]] = kinds.get(row["type"], 0) + 1
    assert kinds["Gemeente"] == 319
    assert kinds["District"] == 10  # the nine of 2022, and Borsbeek
    assert kinds["Provincie"] == 5
    assert kinds["Autonoom gemeentebedrijf"] == 205
    assert kinds["Projectvereniging"] == 87
    assert sum(kinds.values()) == 644 + 9 + 235 + 188
    assert BESLUIT.Bestuurseenheid
    assert len(codes.areas()) == 333


def test_the_five_provincies_have_quality_pages(register: Flask) -> None:
    """Their functions exist in the register and nobody holds them: never reported, not vacant."""
    client = register.test_client(use_cookies=False)
    rows = client.get("/besturen.json?type=Provincie").json
    assert rows is not None
    for row in rows:
        text = client.get(f"{row['pagina']}/kwaliteit", headers={"Accept": "text/html"}).text
        assert "griffier: niet gemeld" in text
    found = client.get("/functies/griffier.json").json
    assert [one["toestand"] for one in found or []] == ["niet gemeld"] * 5
