"""Alerts in a real browser, on a phone and a screen: every page can be used and read by everybody, without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from belfort.jobs import open_context, project
from belfort.settings import Settings
from frontend.server import Server
from search.alerts.post import deliver
from tests.support.axe import violations
from tests.support.mailbox import Mailbox
from tests.support.municipality import PAGE, publish
from tests.support.running_demo import free_port


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_an_alert(browser: Browser, tmp_path: Path, width: int) -> None:
    """From the results to form, mailed page, less of this, stop: no violation, nothing beside the screen."""
    with Mailbox() as mailbox:
        settings = Settings(
            data=tmp_path / "data", port=free_port(), web_workers=1, smtp=mailbox.url, log_level="error", follow=False
        )
        context = open_context(settings)
        publish(context)
        for name in ("index", "alerts"):
            project(context, only=name)
        context.engine.dispose()
        with Server(settings):
            base = settings.base_url
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto(f"{base}/zoeken?q=fietspad&type=besluiten")
            page.get_by_role("link", name="Verwittig mij").click()
            _look(page, "Verwittig mij")
            page.get_by_label("Uw e-mailadres").fill("lezer@voorbeeld.example")
            page.get_by_label("Hoe vaak").select_option("week")
            page.get_by_role("button", name="Verwittig mij").click()
            _look(page, "Kijk in uw mailbox")
            deliver(settings)
            body = mailbox.letters[-1][1].get_body(("plain",))
            found = re.search(r"/abonnementen/[\w-]{32}", str(body.get_content()) if body else "")
            assert found
            page.goto(base + found[0])
            _look(page, "Uw melding")
            page.get_by_role("button", name="Bevestig").click()
            _look(page, "Deze melding is actief")
            page.goto(f"{base}{found[0]}/minder?iri={PAGE}besluit/1")
            _look(page, "Minder van dit")
            page.get_by_label("aanleg").check()
            page.get_by_role("button", name="Laat weg").click()
            _look(page, "aanleg")
            page.get_by_role("button", name="Stop deze melding").click()
            _look(page, "Deze melding is gestopt")
            page.close()


def _look(page: Page, text: str) -> None:
    assert text in page.locator("main").inner_text()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
