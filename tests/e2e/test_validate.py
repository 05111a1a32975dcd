"""A vendor checks a page in a real browser, without JavaScript: upload, findings beside the page, there and back."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.support.pages import AGENDA, PREFIX
from tests.support.serving import serving

PUNTEN = "".join(
    f'<li property="besluit:behandelt" resource="#a{n}" typeof="besluit:Agendapunt">Punt {n} over de Kerkdreef</li>'
    for n in range(1, 40)
)
PAGE = f"""<!doctype html><html lang=nl><body {PREFIX}><div resource="" typeof="foaf:Document {AGENDA}">
<img src="https://elders.example/volger.png"><script>document.title = "gekaapt"</script>
<style>* {{ display: none !important }}</style>
<div resource="#z" typeof="besluit:Zitting"><h1>Gemeenteraad</h1><ul>{PUNTEN}</ul></div></div></body></html>"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site without data."""
    with serving(tmp_path_factory.mktemp("e2e")) as address:
        yield address


@pytest.fixture(params=[(1280, 800), (360, 740)], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str, tmp_path: Path) -> Iterator[Page]:
    """The judgement of that page, in a tab without JavaScript that fails on any request to another host."""
    width, height = request.param
    path = tmp_path / "agenda.html"
    path.write_text(PAGE)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=False,
        reduced_motion="reduce",
    )
    tab = context.new_page()
    hosts: set[str] = set()
    tab.on("request", lambda asked: hosts.add(urlsplit(asked.url).hostname or ""))
    tab.goto(f"{site}/validate")
    tab.get_by_label("HTML-bestand").set_input_files(path)
    tab.get_by_role("button", name="Kijk na").click()
    yield tab
    context.close()
    assert hosts <= {"127.0.0.1"}


def test_from_a_finding_to_its_place_and_back(page: Page) -> None:
    """A number leads to the marked place on the page, whose number leads back to the finding."""
    assert page.get_by_role("heading", name="Deze pagina is nog niet in orde").is_visible()
    finding = page.locator("li", has=page.get_by_role("heading", name=re.compile("titel.*ontbreekt")))
    assert "39 keer" in finding.inner_text()
    finding.locator(".pin").nth(2).click()
    place = page.locator(".place:target")
    assert "Punt 3 over de Kerkdreef" in place.inner_text()
    box = place.bounding_box()
    assert box
    assert 0 <= box["y"] < page.viewport_size["height"]  # type: ignore[index]
    place.locator(".pin").click()
    assert page.locator("li:target").get_by_role("heading").count() == 1


def test_the_page_is_words_only(page: Page) -> None:
    """Script, style and image of the page have no effect; a phone does not scroll sideways."""
    assert page.title().startswith("Pagina nakijken")
    reading = page.get_by_role("region", name="De pagina, zoals Belfort ze leest")
    assert reading.locator("img, script, style, iframe, [style], [onclick]").count() == 0
    assert "gekaapt" not in reading.inner_text()
    assert reading.get_by_text("Gemeenteraad").is_visible()
    width = page.locator("html").bounding_box()
    assert width
    assert width["width"] <= page.viewport_size["width"]  # type: ignore[index]


def test_the_keyboard_reaches_the_page(page: Page) -> None:
    """The part that scrolls can have the focus, so that arrow keys move it."""
    page.locator(".reading").focus()
    assert page.locator(".reading:focus").count() == 1
