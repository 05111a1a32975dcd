"""Commands of the publisher that look after what is derived: `project`, `rebuild`, `verify`."""

import click

from belfort import jobs
from belfort.errors import Damaged, UsageError
from belfort.settings import Settings


@click.command()
@click.option("--only", default="", metavar="NAME", help="Only this: index, alerts, sparql, dumps or feeds.")
@click.option("--follow", is_flag=True, help="Go on doing so with every new change, until it is stopped.")
@click.option("--wait", is_flag=True, help="With --follow: wait until another one that follows is gone.")
@click.pass_obj
def project(settings: Settings, only: str, follow: bool, wait: bool) -> None:
    """Bring index, SPARQL store and dumps up to the newest change.

    `belfort serve` follows by itself, unless BELFORT_FOLLOW is false; one process follows a data folder at a time.
    """
    if follow:
        if only:
            raise UsageError("--only and --follow do not go together.", hint="What follows brings all up to date.")
        _follow(settings, wait=wait)
        return
    for name, count in jobs.project(jobs.open_context(settings), only=only).items():
        click.echo(f"{name}: {count} changes taken in")


def _follow(settings: Settings, *, wait: bool) -> None:
    import threading

    from belfort import follower

    stop = threading.Event()
    follower.stop_on_signals(stop)
    context = jobs.open_context(settings)
    clean = follower.follow(
        context, stop, wait=wait, started=lambda: click.echo("Following the changes (Ctrl-C stops it)", err=True)
    )
    follower.end(clean)


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
