"""Pages: the demo world as plain files that a person can open and edit."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from belfort.errors import UsageError
from demo import lblodweb, raadpleeg, register
from demo.layout import STYLE, Page, home
from demo.model import Document, Site, World, Zitting

_MARK = "demo.json"
ROBOTS = "User-agent: *\nDisallow: /zoeken\n"


@dataclass(frozen=True)
class DemoSource:
    """A source to harvest: `path` is its address on the demo server; `bestuur` is empty for a register."""

    slug: str
    label: str
    kind: Literal["site", "register"]
    path: str
    bestuur: str


def sources(world: World) -> list[DemoSource]:
    """The sources of this world: the registers first, then the sites."""
    feeds = [DemoSource(feed.slug, feed.label, "register", feed.path, "") for feed in register.FEEDS]
    sites = [DemoSource(site.slug, site.label, "site", site.seed_path, site.bestuur) for site in world.sites]
    return [*feeds, *sites]


def all_pages(world: World) -> Iterator[Page]:
    """Every page of every site, one at a time."""
    for site in world.sites:
        yield from (lblodweb if site.platform == "lblodweb" else raadpleeg).pages(world, site)


def document_path(site: Site, zitting: Zitting, document: Document) -> str:
    """The address of a document on the demo server; `file_of` gives its file."""
    if site.platform == "lblodweb":
        return lblodweb.document_path(site, zitting, document)
    return raadpleeg.document_path(site, zitting, document)


def file_of(path: str) -> str:
    """The file that holds the page at that address: a query is the name of a file in the folder of the path."""
    name, _, query = unquote(path).strip("/").partition("?")
    if not query:
        return f"{name}/index.html"
    return f"{name.rstrip('/')}/{query}" + ("" if query.endswith(".html") else ".html")


def write_site(world: World, folder: Path, *, fresh: bool = False) -> list[DemoSource]:
    """Write the pages and the delta files, and say which sources they are.

    A folder that already holds this world is left as it is, so that edits of its pages stay; `fresh` writes it anew.

    Raises:
        UsageError: the folder holds something that is no demo.
    """
    mark = json.dumps({"seed": world.seed, "size": world.size, "form": 2})
    if fresh or not _holds(folder, mark):
        _clear(folder)
        for page in all_pages(world):
            _write(folder / file_of(page.path), page.html)
        register.write_feeds(world, folder)
        _write(folder / "index.html", home(world.sites))
        _write(folder / "stijl.css", STYLE)
        _write(folder / "robots.txt", ROBOTS)
        _write(folder / _MARK, mark)
    return sources(world)


def _holds(folder: Path, mark: str) -> bool:
    path = folder / _MARK
    return path.is_file() and path.read_text("utf-8") == mark


def _clear(folder: Path) -> None:
    """Take away an earlier demo, and only that; until all is written the mark says that this one is not complete."""
    folder.mkdir(parents=True, exist_ok=True)
    found = list(folder.iterdir())
    if found and not (folder / _MARK).is_file():
        raise UsageError(f"{folder} holds something that is no demo.", hint="Name a new or empty folder.")
    _write(folder / _MARK, "{}")
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != _MARK:
            path.unlink()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
