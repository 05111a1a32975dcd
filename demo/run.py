"""The demo, end to end: fictional authorities on a site of their own, harvested, published, indexed and served.

Enters: settings. Leaves: a running site, until it is stopped. Everything is embedded, whatever the environment says:
SQLite, tantivy, pyoxigraph, a folder.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from belfort import jobs
from belfort.errors import BelfortError, UsageError
from belfort.records import source
from belfort.records.database import write
from belfort.records.source import Source
from belfort.settings import Settings
from demo.generate import generate
from demo.pages import DemoSource, write_site
from demo.server import Server as SiteServer
from demo.server import serve_site
from frontend.server import Server as WebServer
from frontend.server import listen
from harvester.harvest import Harvested, harvest

Say = Callable[[str], None]

# What the demo puts in the data folder; nothing else is ever removed.
_OWN = ("records.sqlite", "records.sqlite-wal", "records.sqlite-shm", "private", "index", "sparql", "dumps", "demo")


@dataclass(frozen=True)
class Demo:
    """What runs: the site of the authorities, and the site of Belfort."""

    authorities: SiteServer
    web: WebServer
    seconds: float


@contextmanager
def run(settings: Settings, say: Say) -> Iterator[Demo]:
    """Bring up the demo; both sites end with the context.

    Raises:
        Busy: a port is in use.
        UsageError: the data folder holds records that are no demo.
        FetchError: a source of the demo could not be harvested.
    """
    started = time.monotonic()
    settings = settings.model_copy(update={"database": ""})
    listen(settings.host, settings.port).close()  # better to know now than after the harvest
    found = prepare(settings)
    with serve_site(settings.data / "demo", settings.demo_port) as authorities:
        say(f"Demo authorities on {authorities.url}, as files in {settings.data / 'demo'}")
        take_in(settings, found, authorities.url, say)
        with WebServer(settings) as web:
            yield Demo(authorities, web, time.monotonic() - started)


def prepare(settings: Settings) -> list[DemoSource]:
    """Write the sites of the authorities; a demo of another seed or size in the folder makes way."""
    folder = settings.data / "demo"
    mark = folder / "demo.json"
    world = generate(settings.demo_seed, settings.demo_size)
    if not mark.is_file() and (settings.data / "records.sqlite").exists():
        raise UsageError(
            f"{settings.data.resolve()} holds records that are no demo.",
            hint="Set BELFORT_DATA to another folder for the demo.",
        )
    before = mark.read_text("utf-8") if mark.is_file() else ""
    found = write_site(world, folder)
    if before and before != mark.read_text("utf-8"):
        _clear(settings.data, keep=folder)
    return found


def _clear(data: Path, *, keep: Path) -> None:
    for path in (data / name for name in _OWN):
        if path == keep:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def take_in(settings: Settings, found: list[DemoSource], base: str, say: Say) -> list[Harvested]:
    """Register the sources, harvest them all, and bring the projections up to date."""
    context = jobs.open_context(settings)
    try:
        chosen = _register(context, found, base)
        done = [_harvest(context, one, say) for one in chosen]
        say("Making search index, SPARQL store and dumps …")
        jobs.project(context)
    finally:
        context.engine.dispose()
    return done


def _register(context: jobs.Context, found: list[DemoSource], base: str) -> list[Source]:
    allow = base.removeprefix("http://")
    new = [Source(one.slug, one.label, one.kind, base + one.path, one.bestuur, allow) for one in found]
    with write(context.engine) as connection:
        for one in new:
            source.put(connection, one)
    return new


def _harvest(context: jobs.Context, one: Source, say: Say) -> Harvested:
    try:
        done = harvest(context, one, lambda _kind, _what: None)
    except BelfortError as error:
        error.hint = error.hint or "Run `make demo` again; it goes on where it stopped."
        raise
    pages = f"{done.fetched} pages, " if one.kind == "site" else ""
    say(f"{one.label}: {pages}{done.submissions} submissions, {done.changes} changes")
    return done
