"""The demo world as files: complete, linked, and kept as a person edited them."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from belfort.errors import UsageError
from demo import raadpleeg
from demo.generate import documents, generate, zittingen
from demo.model import World
from demo.pages import all_pages, document_path, file_of, write_site


@pytest.fixture(scope="module")
def world() -> World:
    return generate(3, 5)


class _Links(HTMLParser):
    """The addresses in `a`, and whether every element that needs an end has one."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        if tag not in ("meta", "link", "br", "hr"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        assert tag in ("meta", "link", "br", "hr")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _read(html: str) -> _Links:
    found = _Links()
    found.feed(html)
    assert found.open == []
    return found


def test_pages_are_well_formed_and_link_to_pages(world: World) -> None:
    """Elements are closed where they should be, and every link on a page leads to a page."""
    pages = {page.path: _read(page.html).links for page in all_pages(world)}
    for path, links in pages.items():
        assert links
        assert set(links) <= set(pages), path


def test_every_document_is_reached_from_the_seed(world: World) -> None:
    """Following links from the seed of each site reaches all its pages, in few steps."""
    pages = {page.path: _read(page.html).links for page in all_pages(world)}
    reached: set[str] = set()
    for site in world.sites:
        front = {site.seed_path}
        for _ in range(8):
            reached |= front
            front = {link for path in front for link in pages[path]} - reached
        assert not front
    assert reached == set(pages)


def test_a_long_history_is_not_deep() -> None:
    """With years of months, each month is within sixteen links of the seed."""
    world = generate(1, 100)
    site = world.sites[1]
    months = {p.path: _read(p.html).links for p in raadpleeg.pages(world, site) if p.path.startswith(site.seed_path)}
    assert len(months) > 80
    reached, front = set(), {site.seed_path}
    for _ in range(16):
        reached |= front
        front = {link for path in front for link in months[path] if link in months} - reached
    assert reached == set(months)


def test_write(world: World, tmp_path: Path) -> None:
    """Every page is a file where `file_of` says, and the sources name them."""
    sources = write_site(world, tmp_path / "demo")
    for page in all_pages(world):
        assert (tmp_path / "demo" / file_of(page.path)).read_text("utf-8") == page.html
    assert [s.kind for s in sources] == ["register"] * 3 + ["site"] * 4
    assert len({s.slug for s in sources}) == 7
    for source in sources[3:]:
        assert (tmp_path / "demo" / file_of(source.path)).is_file()
        assert source.bestuur in {b.iri for b in world.besturen}
    for site in world.sites:
        for one in zittingen(world, site):
            for document in documents(world, one.orgaan, one.nummer):
                assert (tmp_path / "demo" / file_of(document_path(site, one, document))).is_file()


def test_edits_stay(tmp_path: Path) -> None:
    """Writing the same world again keeps an edited page; `fresh` and another world do not."""
    world, folder = generate(3, 1), tmp_path / "demo"
    write_site(world, folder)
    page = folder / file_of(world.sites[0].seed_path)
    before = page.read_text("utf-8")
    page.write_text("bewerkt")
    write_site(world, folder)
    assert page.read_text() == "bewerkt"
    write_site(world, folder, fresh=True)
    assert page.read_text("utf-8") == before
    write_site(generate(4, 1), folder)
    assert not page.exists()


def test_half_written_demo_is_written_again(tmp_path: Path) -> None:
    """A demo whose writing was cut off is written anew."""
    world, folder = generate(3, 1), tmp_path / "demo"
    write_site(world, folder)
    (folder / "demo.json").write_text("{}")
    page = folder / file_of(world.sites[0].seed_path)
    page.unlink()
    write_site(world, folder)
    assert page.is_file()


def test_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds something else is never cleared."""
    (tmp_path / "brief.txt").write_text("bewaren")
    with pytest.raises(UsageError, match="no demo"):
        write_site(generate(3, 1), tmp_path, fresh=True)
    assert (tmp_path / "brief.txt").read_text() == "bewaren"


def test_no_address_of_this_machine(world: World) -> None:
    """Pages name no host that exists, nor the server: IRIs stay the same on another port."""
    for page in all_pages(world):
        assert "127.0.0.1" not in page.html
        assert "localhost" not in page.html
        assert not urlsplit(page.path).netloc
