"""`belfort intake`: a register feed, or delta files from disk, from file to public page."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from belfort import jobs
from belfort.errors import NotFound, Refused
from belfort.records import source
from belfort.records.database import read
from belfort.settings import Settings


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="SOURCE | FILE…")
@click.option("--source", "slug", default="import", metavar="SLUG", help="Source that the files belong to.")
@click.option("--force", is_flag=True, help="Let a run pass that removes more than half of the feed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a sentence.")
@click.option("--no-project", is_flag=True, help="Leave index, SPARQL store and dumps as they are.")
@click.pass_obj
def intake(
    settings: Settings, what: tuple[str, ...], slug: str, force: bool, as_json: bool, no_project: bool
) -> None:  # fmt: skip
    """Take in the new delta files of a register SOURCE, or delta FILEs from disk, and publish what may be public.

    Files that were taken in before do nothing. A malformed file stops the run before it (exit code 3); a run that
    would remove more than half of the feed waits for --force (exit code 6).
    """
    from publisher.register.intake import import_files
    from publisher.register.intake import intake as run

    context = jobs.open_context(settings)
    feed = _feed(context, what)
    files = () if feed or what == ("import",) else _files(what)
    result = run(context, feed, force=force) if feed else import_files(context, slug, files, force=force)
    shown = {name: value for name, value in asdict(result).items() if name != "stopped"}
    click.echo(
        json.dumps(shown)
        if as_json
        else f"{result.files} files taken in: {result.inserts} triples came, {result.deletes} went, "
        f"{result.no_ops} operations had no effect"
        + (f"; submission {result.submission}" if result.submission else "")
        + (f", change {result.change}." if result.change else "; the public data is as it was.")
    )
    if result.change and not no_project:
        jobs.project(context)
    if result.stopped:
        raise result.stopped
    if result.held:
        raise Refused(
            f"{result.held} files would remove more than half of the feed; they wait and nothing changed.",
            hint="Check with the source; if it is right, repeat with --force.",
        )


def _feed(context: jobs.Context, what: tuple[str, ...]) -> source.Source | None:
    """The registered source that the one argument names, if it does."""
    with read(context.engine) as connection:
        return source.get(connection, what[0]) if len(what) == 1 else None


def _files(what: tuple[str, ...]) -> tuple[Path, ...]:
    for name in what:
        if not Path(name).is_file():
            if len(what) == 1 and "." not in name and "/" not in name:
                raise NotFound(
                    f"There is no source and no file {name!r}.", hint="Check the name, or name delta files (JSON)."
                )
            raise NotFound(f"There is no file {name!r}.", hint="Name delta files (JSON).")
    return tuple(Path(name) for name in what)
