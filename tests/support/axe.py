"""axe-core in a page: the violations it finds, as lines to read in a failing test."""

from importlib.resources import files
from importlib.util import find_spec

from playwright.sync_api import Page

from tests.support.missing import missing

_RUN = """() => axe.run(document, {runOnly: {type: 'tag', values: [
    'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}})"""


def source() -> str:
    """The text of axe-core."""
    if find_spec("axe_playwright_python") is None:
        missing("axe-core (Python package axe-playwright-python)")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong on the page; it is put in past the security policy, which forbids scripts."""
    page.evaluate(source())
    found = page.evaluate(_RUN)
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{one['id']}: {one['help']} — {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]
    ]
