"""Commands of the publisher that look after what is derived: `project`, `rebuild`, `verify`."""

import click

from belfort import jobs
from belfort.errors import Damaged
from belfort.settings import Settings


@click.command()
@click.option("--only", default="", metavar="NAME", help="Only this projection: index, sparql, dumps or feeds.")
@click.pass_obj
def project(settings: Settings, only: str) -> None:
    """Bring index, SPARQL store and dumps up to the newest change."""
    for name, count in jobs.project(jobs.open_context(settings), only=only).items():
        click.echo(f"{name}: {count} changes taken in")


@click.command()
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """Make entities, index, SPARQL store and dumps again from what origins said.

    Safe at any time: the same submissions give the same bytes.
    """
    from publisher.rebuild import rebuild as run

    for name, count in run(jobs.open_context(settings)).items():
        click.echo(f"{name}: {count}")


@click.command()
@click.pass_obj
def verify(settings: Settings) -> None:
    """Check that nothing stored was altered and that all public data follows from it.

    Each fault is one line with its place; exit code 7 when there is any.
    """
    from publisher.verify import verify as run

    faults = 0
    for fault in run(jobs.open_context(settings)):
        click.echo(fault)
        faults += 1
    if faults:
        raise Damaged(
            f"{faults} faults found.", hint="Restore the damaged files from a backup, then run `belfort rebuild`."
        )
    click.echo("All is well: ledger, submissions, entities, change log and dumps agree.")
