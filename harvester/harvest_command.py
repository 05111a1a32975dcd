"""`belfort harvest` and `belfort sources`."""

import json
import re
import sys
from typing import Any

import click

from belfort import jobs
from belfort.errors import BelfortError, NotFound, UsageError
from belfort.records import source as sources_record
from belfort.records.database import write
from belfort.records.source import Source
from belfort.settings import Settings

COLUMNS = (
    "fetched", "unchanged", "moved", "gone", "failed", "refused", "withdrawn", "submissions", "changes",
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE|URL]…")
@click.option("--all", "everything", is_flag=True, help="Every source of `belfort sources list`.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a source instead of a table.")
@click.option("--release", is_flag=True, help="Withdraw what an earlier run held: you checked that it is gone.")
@click.option("--no-project", is_flag=True, help="Leave index, SPARQL store and dumps as they are.")
@click.pass_obj
def harvest(
    settings: Settings, names: tuple[str, ...], everything: bool, as_json: bool, release: bool, no_project: bool
) -> None:
    """Fetch what sources publish, read what is new, and publish it.

    SOURCE is a name from `belfort sources list`; a URL is harvested as a source of its own. An interrupted harvest
    goes on where it stopped; harvesting again fetches only what changed.
    """
    from harvester import sources

    if everything == bool(names):
        raise UsageError("Name the sources to harvest, or give --all.", hint="`belfort sources list` shows them.")
    context = jobs.open_context(settings)
    with write(context.engine) as connection:
        chosen = (
            sources_record.all_sources(connection)
            if everything
            else list({one.slug: one for one in (sources.find(connection, name) for name in names)}.values())
        )
    if not chosen:
        raise NotFound("There are no sources yet.", hint="Add one with `belfort sources add SLUG URL`.")
    failures = _harvest_all(context, chosen, as_json=as_json, release=release)
    if not no_project:
        jobs.project(context)
    if failures:
        raise failures[0]


def _harvest_all(context: jobs.Context, chosen: list[Source], *, as_json: bool, release: bool) -> list[BelfortError]:
    """Harvest one after another; one source that fails does not stop the others."""
    from harvester.harvest import Harvested
    from harvester.harvest import harvest as run

    width = max(len(one.slug) for one in chosen)
    failures: list[BelfortError] = []
    if not as_json:
        click.echo(f"{'source':<{width}}" + "".join(f"{name:>13}" for name in COLUMNS))
    for one in chosen:
        counter = Counter(one.slug)
        try:
            done = run(context, one, counter.tell, release=release)
        except BelfortError as error:
            failures.append(error)
            done = Harvested(one.slug, outcome="failed", error=error.one_line())
        counter.clear()
        if as_json:
            click.echo(json.dumps(done.as_dict(), ensure_ascii=False))
        elif not done.error:
            click.echo(f"{one.slug:<{width}}" + "".join(f"{done.as_dict()[name]:>13}" for name in COLUMNS))
            _remarks(done.as_dict())
        elif len(chosen) > 1:
            click.echo(f"{one.slug:<{width}}  {done.error}")
    return failures


def _remarks(done: dict[str, Any]) -> None:
    if done["held"]:
        click.echo(f"  held: {done['held']}")
    if done["waiting"]:
        click.echo(f"  {done['waiting']} addresses wait for the next run (BELFORT_CRAWL_MAX_PAGES).")
    if done["failed_jobs"]:
        click.echo(f"  {done['failed_jobs']} jobs failed and will be tried again.")


class Counter:
    """A running count on a terminal; nothing where nobody watches."""

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._counts = {"page": 0, "job": 0}
        self._shows = sys.stderr.isatty()

    def tell(self, kind: str, _what: dict[str, Any]) -> None:
        """Count one page or job."""
        self._counts[kind] += 1
        if self._shows:
            click.echo(
                f"\r{self._slug}: {self._counts['page']} addresses, {self._counts['job']} read ", nl=False, err=True
            )

    def clear(self) -> None:
        """Leave the line as it was."""
        if self._shows:
            click.echo("\r\x1b[K", nl=False, err=True)


@click.group(invoke_without_command=True)
@click.pass_context
def sources(context: click.Context) -> None:
    """Show, add and remove the sources that `belfort harvest` knows."""
    if context.invoked_subcommand is None:
        context.invoke(list_sources)


@sources.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a source.")
@click.pass_obj
def list_sources(settings: Settings, as_json: bool = False) -> None:
    """Show every source: its name, kind, first address and label."""
    context = jobs.open_context(settings)
    with context.engine.connect() as connection:
        found = sources_record.all_sources(connection)
    if not found and not as_json:
        click.echo("No sources yet; add one with `belfort sources add SLUG URL`.")
    width = max((len(one.slug) for one in found), default=0)
    for one in found:
        click.echo(
            json.dumps(one.__dict__, ensure_ascii=False)
            if as_json
            else f"{one.slug:<{width}}  {one.kind:<8}  {one.url}  {one.label}"
        )


@sources.command("add")
@click.argument("slug")
@click.argument("url")
@click.option("--label", default="", help="Name for people (default: the slug).")
@click.option("--bestuur", default="", metavar="IRI", help="The bestuurseenheid whose site it is.")
@click.option("--allow", default="", metavar="HOST:PORT", help="Trusted although its address is not public.")
@click.option("--kind", type=click.Choice(("site", "register")), default="site", help="A web site or delta files.")
@click.pass_obj
def add_source(settings: Settings, slug: str, url: str, label: str, bestuur: str, allow: str, kind: str) -> None:
    """Add a source, or change the one of that name."""
    from belfort.http.address import read_allowed
    from harvester.sources import checked_url

    if not _SLUG.fullmatch(slug):
        raise UsageError(f"{slug!r} cannot be a name.", hint="Use lower-case letters, digits, dots and hyphens.")
    read_allowed(allow)
    new = Source(slug, label or slug, kind, checked_url(url), bestuur, allow)
    with write(jobs.open_context(settings).engine) as connection:
        known = sources_record.get(connection, slug)
        sources_record.put(connection, new)
    click.echo(f"{'Changed' if known else 'Added'} {slug}. Harvest it with `belfort harvest {slug}`.")


@sources.command("remove")
@click.argument("slug")
@click.pass_obj
def remove_source(settings: Settings, slug: str) -> None:
    """Forget a source; what it published stays public."""
    from harvester.sources import find

    with write(jobs.open_context(settings).engine) as connection:
        if "://" in slug:
            raise UsageError("Remove a source by its name.", hint="`belfort sources list` shows them.")
        sources_record.remove(connection, find(connection, slug).slug)
    click.echo(f"Removed {slug}; what it published stays public.")
