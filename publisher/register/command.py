"""`belfort intake`: a register feed, or files from disk, from file to public page."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from belfort import jobs
from belfort.errors import NotFound, Refused, UsageError
from belfort.records import source
from belfort.records.database import read
from belfort.settings import Settings


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="SOURCE | URL | FILE…")
@click.option("--source", "slug", default="import", metavar="SLUG", help="Source that the files belong to.")
@click.option("--accept", "--force", is_flag=True, help="Let a run pass that takes away more than half.")
@click.option("--reconcile", is_flag=True, help="Compare with the dump that the SOURCE describes, and repair.")
@click.option("--no-dump", is_flag=True, help="Begin a SOURCE with its delta files, not with its dump.")
@click.option("--as-of", metavar="MOMENT", default="", help="Moment of the RDF FILEs; later deltas count beside them.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a sentence.")
@click.option("--no-project", is_flag=True, help="Leave index, SPARQL store and dumps as they are.")
@click.pass_obj
def intake(settings: Settings, /, what: tuple[str, ...], slug: str, **asked: Any) -> None:
    """Take in the new files of a register SOURCE, or FILEs (or one URL), and publish what may be public.

    A FILE is a delta file (JSON), or RDF: Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML, also .gz or .zst. The
    RDF files of one command are one dump: the source says this from now on, and nothing else. A URL may also be that
    of a DCAT description; then what it offers is taken in.

    Files that were taken in before do nothing. A malformed file stops the run before it (exit code 3); a run that
    would take away more than half of a class, or of all statements, waits for --accept (exit code 6).
    """
    from publisher.register.intake import Wish
    from publisher.register.intake import intake as run

    wish = Wish(
        asked["accept"], asked["dry_run"], "always" if asked["reconcile"] else "never" if asked["no_dump"] else "first"
    )
    context = jobs.open_context(settings)
    feed = _feed(context, what)
    if asked["reconcile"] and feed is None:
        raise UsageError("--reconcile needs a SOURCE.", hint="A dump from disk: belfort intake FILE --source SLUG.")
    result = run(context, feed, wish=wish) if feed else _given(context, what, slug, asked["as_of"], wish)
    shown = {name: value for name, value in asdict(result).items() if name != "stopped"}
    click.echo(json.dumps(shown) if asked["as_json"] else _sentence(result, asked["dry_run"]))
    if result.change and not asked["no_project"]:
        jobs.project(context)
    if result.stopped:
        raise result.stopped
    if result.held:
        raise Refused(
            f"{result.held} files would take away more than half of a kind; they wait and nothing changed.",
            hint="Check with the source; if it is right, repeat with --accept.",
        )


def _sentence(result: Any, dry_run: bool) -> str:
    text = (
        f"{result.files} files {'would be' if dry_run else ''} taken in: {result.inserts} triples came, "
        f"{result.deletes} went, {result.no_ops} operations had no effect"
    ).replace("  ", " ")
    if result.extra or result.later:
        text += (
            f"; the dump and the deltas differed: {result.missing} statements were missing, {result.extra} too many, "
            f"{result.later} are newer than the dump"
        )
    text += f"; submission {result.submission}" if result.submission else ""
    return text + (f", change {result.change}." if result.change else "; the public data is as it was.")


def _given(context: jobs.Context, what: tuple[str, ...], slug: str, as_of: str, wish: Any) -> Any:
    from publisher.register.fetched import fetched
    from publisher.register.intake import Given, import_files
    from publisher.register.listing import moment

    if as_of and not moment(as_of):
        raise UsageError(f"--as-of {as_of!r} is no moment.", hint="Write it as 2026-11-25T08:00:00Z.")
    if len(what) == 1 and what[0].startswith(("http://", "https://")):
        with fetched(context, what[0]) as (paths, released):
            return import_files(context, Given(slug, paths, as_of or released), wish)
    return import_files(context, Given(slug, () if what == ("import",) else _files(what), as_of), wish)


def _feed(context: jobs.Context, what: tuple[str, ...]) -> source.Source | None:
    """The registered source that the one argument names, if it does."""
    with read(context.engine) as connection:
        return source.get(connection, what[0]) if len(what) == 1 else None


def _files(what: tuple[str, ...]) -> tuple[Path, ...]:
    for name in what:
        if not Path(name).is_file():
            if len(what) == 1 and "." not in name and "/" not in name:
                raise NotFound(
                    f"There is no source and no file {name!r}.",
                    hint="Check the name, or name delta files (JSON) or dumps (RDF).",
                )
            raise NotFound(f"There is no file {name!r}.", hint="Name delta files (JSON) or dumps (RDF).")
    return tuple(Path(name) for name in what)
