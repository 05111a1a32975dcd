"""`belfort alerts`: send what waits, count, stop. No output has an address."""

import sys

import click

from belfort.errors import NotFound
from belfort.settings import Settings


@click.group()
def alerts() -> None:
    """Send, count and stop the alerts that visitors asked for."""


@alerts.command()
@click.pass_obj
def send(settings: Settings) -> None:
    """Send the mail that is due now; `belfort serve` does so by itself."""
    from search.alerts.post import deliver

    done = deliver(settings)
    click.echo(f"sent {done.sent}, later {done.later}, paused {done.paused}, nothing to tell any more {done.empty}")


@alerts.command(name="list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """Show how many alerts there are and what waits: counts only."""
    from search.alerts.counts import counts
    from search.alerts.subscribe import Alerts, expire

    opened = Alerts(settings)
    try:
        expire(opened.engine)
        for name, count in counts(opened.engine).items():
            click.echo(f"{name:<24}{count:>10}")
    finally:
        opened.close()


@alerts.command()
@click.argument("address", required=False)
@click.option("--token", help="The last part of the link in a mail.")
@click.pass_obj
def stop(settings: Settings, address: str | None, token: str | None) -> None:
    """Stop every alert of ADDRESS ("-" reads it from standard input), or the one of --token, and forget the address."""
    from search.alerts.subscribe import Alerts

    opened = Alerts(settings)
    try:
        if token:
            opened.stop(token)
            click.echo("stopped 1")
            return
        if address == "-":
            address = sys.stdin.readline().strip()
        if not address:
            raise click.UsageError("Give an address, - or --token.")
        count = opened.stop_all(address)
        if not count:
            raise NotFound("That address has no alerts.")
        click.echo(f"stopped {count}")
    finally:
        opened.close()
