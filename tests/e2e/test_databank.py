"""Citizens' questions in a real browser, with and without JavaScript, on a wide screen and on a phone; and axe-core."""

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from demo import codes
from demo.model import Bestuur
from tests.support import axe, demo_register, site_data
from tests.support.demo_register import world
from tests.support.serving import serving

GEMEENTE, PROVINCIE, FOUR = world().besturen[0], world().besturen[3], world().besturen[9]
TODAY = date.today()  # noqa: DTZ011 - the site asks the same clock
AD = "39e08271-68db-4282-897f-5cba88c71862"

pytestmark = pytest.mark.xdist_group("databank")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site with the registers of the demo and one zitting."""
    with serving(tmp_path_factory.mktemp("databank"), demo_register.fill, site_data.fill) as address:
        yield address


@pytest.fixture(
    params=[(width, script) for width in (1280, 360) for script in (True, False)],
    ids=lambda one: f"{one[0]}-{'script' if one[1] else 'no-script'}",
)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A tab of that width, with JavaScript or without; nothing may be refused by the security policy."""
    width, script = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 740}, java_script_enabled=script, locale="nl-BE", accept_downloads=True
    )
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda said: complaints.append(said.text))
    yield tab
    context.close()
    assert complaints == []


def path_of(bestuur: Bestuur) -> str:
    """The address of its page."""
    return f"/besturen/{bestuur.iri.rsplit('/', 1)[1]}"


def find(page: Page, site: str, bestuur: Bestuur) -> None:
    """From home to the page of a bestuur, by its name."""
    page.goto(site)
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Besturen").click()
    page.get_by_label("Naam").fill(bestuur.naam)
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name=bestuur.naam, exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == bestuur.naam


def test_who_is_algemeen_directeur(page: Page, site: str) -> None:
    """Home, besturen, the bestuur: the name is there without scrolling on a wide screen, and leads to the person."""
    find(page, site, GEMEENTE)
    name = next(f.persoon.naam for f in GEMEENTE.functionarissen if f.functie.rol == AD and f.einde is None)
    row = page.get_by_role("table").first.get_by_role("row").filter(has_text="Algemeen directeur").first
    assert name in row.inner_text()
    assert row.get_by_role("link", name="algemeen.directeur@").get_attribute("href", timeout=2000)
    row.get_by_role("link", name=name).click()
    assert page.get_by_role("heading", level=1).inner_text() == name
    assert "Algemeen directeur" in page.locator("main").inner_text()


def test_who_was_schepen_on_a_day(page: Page, site: str) -> None:
    """The same page with a date filled in: the college of that day, and what changed since."""
    find(page, site, GEMEENTE)
    page.get_by_label("Toestand op").fill("2024-01-01")
    page.get_by_role("button", name="Toon").click()
    assert "1 januari 2024" in page.get_by_role("status").inner_text()
    then = [m.persoon.naam for m in GEMEENTE.mandatarissen if m.mandaat.rol == "14" and m.at(date(2024, 1, 1))]
    college = page.locator("section[aria-labelledby=mandatarissen] table").first.inner_text()
    assert len(then) == 4
    assert all(name in college for name in then)
    assert "sinds 1 januari 2024" in page.locator("#veranderd").inner_text()
    page.get_by_role("link", name="Terug naar vandaag").click()
    assert page.get_by_label("Toestand op").input_value() == TODAY.isoformat()


def test_all_burgemeesters_of_a_provincie_as_csv(page: Page, site: str) -> None:
    """Functies, burgemeester, a provincie: the list, and the same list as a file."""
    page.goto(site)
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Functies").click()
    page.get_by_role("link", name="Burgemeester", exact=True).click()
    page.get_by_label("Provincie").select_option(PROVINCIE.plaats)
    page.get_by_role("button", name="Toon").click()
    mine = [b for b in world().besturen if b.werkingsgebied.binnen == PROVINCIE.werkingsgebied.iri]
    expected = {m.persoon.naam for b in mine for m in b.mandatarissen if m.mandaat.rol == "13" and m.at(TODAY)}
    shown = page.get_by_role("table").inner_text()
    assert all(name in shown for name in expected)
    address = page.get_by_role("link", name="CSV").get_attribute("href")
    answer = page.request.get(site + str(address))
    rows = list(csv.DictReader(io.StringIO(answer.text())))
    assert {row["naam"] for row in rows} == expected
    assert {row["provincie"] for row in rows} == {PROVINCIE.plaats}


def test_report_an_error(page: Page, site: str) -> None:
    """From a bestuur of which nothing is known to the address to report that."""
    find(page, site, FOUR)
    assert "Geen data." in page.locator("main").inner_text()
    page.get_by_role("link", name="Kwaliteit van de gegevens").click()
    assert "nooit gemeld" in page.locator("main").inner_text()
    report = page.get_by_role("link", name="beheerder van deze site").get_attribute("href")
    assert str(report).startswith("mailto:belfort@example.org?subject=Fout")


def _paths() -> list[str]:
    """One address for each template, and some in other states."""
    seat = next(m for m in GEMEENTE.mandatarissen if m.mandaat.rol == "14" and m.at(TODAY))
    acting = next(m for b in world().besturen for m in b.mandatarissen if m.status == codes.WAARNEMEND)
    raad = next(organ for organ in GEMEENTE.organen if organ.kind == "GR")
    assert seat.fractie
    return [
        "/", "/besturen", "/besturen?opgeheven=ja&q=x", "/functies", "/functies/burgemeester",
        "/functies/algemeen-directeur", "/functies/schepen?peildatum=2024-01-01", path_of(GEMEENTE),
        f"{path_of(GEMEENTE)}?peildatum=2024-01-01", path_of(FOUR), path_of(world().besturen[1]),
        path_of(world().besturen[7]), f"{path_of(world().besturen[7])}/kwaliteit", f"{path_of(GEMEENTE)}/kwaliteit",
        "/besturen/waterdorp/zittingen", f"/personen/{acting.persoon.iri.rsplit('/', 1)[1]}",
        f"/organen/{raad.iri.rsplit('/', 1)[1]}", f"/fracties/{seat.fractie.iri.rsplit('/', 1)[1]}",
        f"/mandatarissen/{seat.iri.rsplit('/', 1)[1]}", f"/resource?iri={site_data.ZITTING}",
        f"/resource?iri={site_data.BESLUIT_IRI}", "/zoeken?q=fiets*", "/zoeken?q=waterdorp+-x&sort=datum&per_pagina=2",
        "/zoeken?q=fietsstraet+zwembad&type=besluiten&van=2020-01-01", f"/gelijkaardig?iri={site_data.BESLUIT_IRI}",
        f"/zoeken/uitleg?q=fietsstraten+waterdorp&id={site_data.BESLUIT_IRI}", "/datasets", "/sparql", "/over",
        "/privacy", "/toegankelijkheid", "/validate", "/nergens", "/fouten/not-found",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", _paths())
def test_no_template_has_violations(browser: Browser, site: str, path: str, width: int) -> None:
    """axe-core finds nothing (WCAG 2.2 AA and best practices), and nothing is wider than the screen."""
    context = browser.new_context(viewport={"width": width, "height": 740}, bypass_csp=True, locale="nl-BE")
    tab = context.new_page()
    tab.goto(site + path)
    for one in tab.locator("summary").all():
        if one.is_visible() and not one.evaluate("e => e.parentElement.open"):
            one.click()
    found = axe.violations(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert found == []


def test_every_template_of_the_site_is_looked_at() -> None:
    """A new page must be added to the list above."""
    from pathlib import Path

    import frontend

    folder = Path(str(frontend.__file__)).parent / "templates"
    pieces = {"layout", "parts", "roles", "zoeken_stukken"}
    looked_at = {
        "home", "besturen", "functies", "functie", "bestuur", "kwaliteit", "zittingen", "persoon", "orgaan", "fractie",
        "thing", "zitting", "besluit", "zoeken", "datasets", "sparql", "over", "privacy", "toegankelijkheid",
        "validate", "problem", "problem_type", "zoeken_uitleg", "zoeken_gelijkaardig",
    }  # fmt: skip
    in_test_alerts = set(folder.glob("abonne*.html"))  # they need a mail server
    assert set(folder.glob("*.html")) - in_test_alerts <= {folder / f"{name}.html" for name in looked_at | pieces}
