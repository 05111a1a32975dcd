"""Pages: the demo world as plain files that a person can open and edit."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from demo import lblodweb, raadpleeg, register
from demo.layout import STYLE, Page, home
from demo.model import World

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


def file_of(path: str) -> str:
    """The file that holds the page at that address: a query is the name of a file in the folder of the path."""
    name, _, query = unquote(path).strip("/").partition("?")
    if not query:
        return f"{name}/index.html"
    return f"{name.rstrip('/')}/{query}" + ("" if query.endswith(".html") else ".html")


def write_site(world: World, folder: Path, *, fresh: bool = False) -> list[DemoSource]:
    """Write the pages and the delta files, and say which sources they are.

    A folder that already holds this world is left as it is, so that edits of its pages stay; `fresh` writes it anew.
    """
    mark = json.dumps({"seed": world.seed, "size": world.size, "form": 1})
    if fresh or not _holds(folder, mark):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARK).unlink(missing_ok=True)
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
    """Take away what an earlier world left: its pages and feeds, nothing else."""
    for top, _, files in os.walk(folder, topdown=False):
        for name in files:
            if name.endswith((".html", ".json")):
                (Path(top) / name).unlink()
        if Path(top) != folder and not any(Path(top).iterdir()):
            Path(top).rmdir()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
