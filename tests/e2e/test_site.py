"""In a real browser, without JavaScript: from home to a besluit to its JSON-LD, on a wide screen and on a phone."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.support import site_data
from tests.support.serving import serving
from tests.support.site_data import BESLUIT_IRI, TITLE


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site with the small data set."""
    with serving(tmp_path_factory.mktemp("e2e"), site_data.fill) as address:
        yield address


@pytest.fixture(params=[(1280, 800), (360, 740)], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A tab without JavaScript that fails on any request to another host or refused by the security policy."""
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False, locale="nl-BE"
    )
    tab = context.new_page()
    hosts: set[str] = set()
    complaints: list[str] = []
    tab.on("request", lambda asked: hosts.add(urlsplit(asked.url).hostname or ""))
    tab.on("console", lambda said: complaints.append(said.text))
    yield tab
    context.close()
    assert hosts <= {"127.0.0.1"}
    assert complaints == []


def test_from_home_to_a_besluit_to_its_jsonld(page: Page, site: str) -> None:
    """Someone searches, reads a besluit with its proof, and takes its data."""
    page.goto(site)
    page.get_by_role("searchbox").fill("fietsstraat kerkdreef")
    page.get_by_role("button", name="Zoeken").click()
    assert page.get_by_role("status").inner_text() == "1 resultaat"  # the agendapunt is found as its besluit
    page.get_by_role("link", name=TITLE, exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text() == TITLE
    assert "sha256" in page.locator(".proof").inner_text()
    assert "De Kerkdreef wordt een fietsstraat." in page.locator("main").inner_text()
    address = page.get_by_role("link", name="JSON-LD").get_attribute("href")
    document = json.loads(page.request.get(site + str(address)).text())
    assert document["@id"] == BESLUIT_IRI


def test_from_the_list_of_besturen_to_a_person(page: Page, site: str) -> None:
    """Someone looks up who is burgemeester."""
    page.goto(site)
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Besturen").click()
    page.get_by_role("link", name="Waterdorp", exact=True).click()
    page.get_by_role("link", name="Noor Vandenbroeck").first.click()

    assert page.get_by_role("heading", level=1).inner_text() == "Noor Vandenbroeck"
    assert "Burgemeester" in page.locator("main").inner_text()


def test_keyboard_reaches_the_content_and_the_search(page: Page, site: str) -> None:
    """The first Tab is the skip link; it leads past the menu; a search needs no mouse."""
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.url.endswith("#inhoud")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("kerkdreef")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken?q=kerkdreef")


def test_nothing_is_wider_than_the_screen(browser: Browser, site: str) -> None:
    """On a phone of 360 px no page scrolls sideways."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    tab.goto(f"{site}/resource?iri={BESLUIT_IRI}")
    paths = ["/", "/besturen", "/besturen/waterdorp", "/personen/noor", "/zoeken?q=fiets*", "/datasets", "/sparql",
             "/over", "/nergens", urlsplit(tab.url).path]  # fmt: skip
    for path in paths:
        tab.goto(site + path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, path
    context.close()
