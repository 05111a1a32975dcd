"""In a real browser, without JavaScript: somebody searches, narrows, asks why, finds nothing and gets on.

On a wide screen and on a phone; axe-core looks at what is opened on the way.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from belfort.jobs import Context
from tests.support import axe, site_data
from tests.support.municipality import decision, publish, sitting
from tests.support.records import say
from tests.support.serving import serving
from tests.support.site_data import TITLE

REGLEMENT = " ".join(f"<p>Artikel {n} regelt onderdeel {n} van het reglement op terrassen.</p>" for n in range(30))


def fill(context: Context) -> None:
    """Two municipalities; two reglementen that are nearly the same."""
    site_data.fill(context)
    publish(context)
    say(context, "https://raad.example/10", [
        *sitting("juli", "2026-07-01"), *decision("10", "Reglement op terrassen", sitting="juli", text=REGLEMENT),
        *decision("11", "Reglement terrassen 2", sitting="juli", text=REGLEMENT.replace("onderdeel 7 ", "stuk zeven ")),
    ])  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site."""
    with serving(tmp_path_factory.mktemp("search"), fill) as address:
        yield address


@pytest.fixture(params=[(1280, 800), (360, 740)], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A tab without JavaScript that fails on anything the security policy refuses."""
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False, locale="nl-BE"
    )
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda said: complaints.append(said.text))
    yield tab
    context.close()
    assert complaints == []


def test_narrow_and_widen(page: Page, site: str) -> None:
    """Words, a facet, a pill that takes it away again: the question stays in the box and in the address."""
    page.goto(f"{site}/zoeken")
    page.get_by_role("searchbox").fill("waterdorp")
    page.get_by_role("button", name="Zoeken").click()
    before = page.get_by_role("status").inner_text()
    page.get_by_role("complementary").get_by_role("link", name="Besluiten").click()
    assert "type=besluiten" in page.url
    assert page.get_by_role("status").inner_text() != before
    assert page.get_by_role("searchbox").input_value() == "waterdorp"
    page.get_by_role("list", name="Staat aan").get_by_role("link", name="Neem weg: Soort Besluiten").click()
    assert page.get_by_role("status").inner_text() == before


def test_a_period_by_name_and_by_hand(page: Page, site: str) -> None:
    """A preset is one click; dates by hand go with the words."""
    page.goto(f"{site}/zoeken?q=fietspad")
    page.get_by_text("Periode", exact=True).click()
    page.get_by_role("link", name="Vorig jaar").click()
    assert "van=" in page.url
    page.goto(f"{site}/zoeken?q=fietspad")
    page.get_by_text("Periode", exact=True).click()
    page.get_by_label("Van", exact=True).fill("2024-01-01")
    page.get_by_label("Tot en met").fill("2024-12-31")
    page.get_by_role("button", name="Toon").click()
    assert "1 januari 2024 tot en met 31 december 2024" in page.get_by_role("list", name="Staat aan").inner_text()
    assert page.get_by_role("listitem").filter(has_text="Goedkeuring aanleg fietspad").count() == 1


def test_why_this_hit(page: Page, site: str) -> None:
    """From a hit to its explanation and back to the hits."""
    page.goto(f"{site}/zoeken?q=fietsstraten+kerkdreef")
    page.get_by_role("link", name=f"Waarom deze treffer? {TITLE}").click()
    assert page.get_by_role("heading", level=1).inner_text() == TITLE
    assert "in een andere vorm" in page.locator("main").inner_text()
    assert page.locator("mark").count() >= 2
    page.get_by_role("link", name="Zoeken: fietsstraten kerkdreef").click()
    assert page.get_by_role("searchbox").input_value() == "fietsstraten kerkdreef"


def test_nothing_found_leads_on(page: Page, site: str) -> None:
    """A typing error and a word that nothing has: the page says which, and its links find something."""
    page.goto(f"{site}/zoeken?q=fietsstraet+kerkdreef&van=1990-01-01&tot=1990-12-31")
    main = page.locator("main")
    assert "Waarom niets?" in main.inner_text()
    assert "“fietsstraet” komt nergens voor" in main.inner_text()
    page.get_by_role("paragraph").filter(has_text="Bedoelde u").get_by_role("link").first.click()
    assert page.get_by_role("link", name=TITLE, exact=True).count() == 1


def test_what_is_nearly_the_same_side_by_side(page: Page, site: str) -> None:
    """From a besluit to one that is like it, and what differs."""
    page.goto(f"{site}/zoeken?q=%22Reglement+op+terrassen%22&type=besluiten")
    page.get_by_role("link", name="Gelijkaardige besluiten bij Reglement op terrassen").click()
    assert "% gelijk" in page.locator("main").inner_text()
    page.get_by_role("link", name="Zet naast elkaar met Reglement terrassen 2").click()
    assert "stuk zeven" in [mark.inner_text() for mark in page.locator("mark").all()]


def test_take_everything_along(page: Page, site: str) -> None:
    """The CSV beside the hits has all of them."""
    page.goto(f"{site}/zoeken?q=waterdorp&per_pagina=2")
    total = int(page.get_by_role("status").inner_text().split()[0])
    address = page.get_by_role("link", name="CSV").get_attribute("href")
    rows = list(csv.DictReader(io.StringIO(page.request.get(site + str(address)).text())))
    assert len(rows) == total > 2
    assert page.get_by_role("link", name="Verwittig mij").get_attribute("href") == "/abonnementen/nieuw?q=waterdorp"


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    "path",
    [
        "/zoeken", "/zoeken?q=waterdorp&type=besluiten&type=zittingen&sort=oudste&per_pagina=2&pagina=2",
        "/zoeken?q=%22de+markt%22+-x+a+OF+b&peildatum=2026-01-01", "/zoeken?q=fietsstraet&type=zittingen",
        "/zoeken/uitleg?q=fietsstraten+zwembad+gemeenteraad&id=" + site_data.BESLUIT_IRI,
        "/gelijkaardig?iri=https://raad.example/id/besluit/10&met=https://raad.example/id/besluit/11",
        "/zoeken?q=x&p=1",
    ],
)  # fmt: skip
def test_nothing_stands_in_the_way(browser: Browser, site: str, path: str, width: int) -> None:
    """axe-core finds nothing with everything unfolded, nothing is wider than the screen, links are large enough."""
    context = browser.new_context(viewport={"width": width, "height": 740}, bypass_csp=True, locale="nl-BE")
    tab = context.new_page()
    tab.goto(site + path)
    for one in tab.locator("summary").all():
        if one.is_visible() and not one.evaluate("e => e.parentElement.open"):
            one.click()
    found = axe.violations(tab)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert found == []
    assert wide <= width


def test_the_style_sheet_stays_small() -> None:
    """One sheet of at most 15 KiB."""
    import frontend

    sheet = Path(str(frontend.__file__)).parent / "static/belfort.css"
    assert len(sheet.read_bytes()) <= 15_360
