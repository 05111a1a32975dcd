"""The commands that the frontend offers to `belfort`."""

import click

from belfort.settings import Settings, load_settings


@click.command()
@click.option("--host", default=None, help="Address to listen on (default: BELFORT_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Port to listen on (default: BELFORT_PORT).")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None) -> None:
    """Serve the site until it is stopped.

    Its web processes read what `belfort process`, `belfort harvest` or `belfort demo` brought in; all that they write
    is alerts. Beside them one process keeps index, SPARQL store, dumps and feeds up to date (unless BELFORT_FOLLOW is
    false), and the mail of alerts is sent (if there is a BELFORT_SMTP).
    """
    from frontend import server
    from frontend.mailing import mailing

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    effective = load_settings(**{**settings.model_dump(), **given})
    with mailing(effective):
        server.serve(effective, lambda: click.echo(f"Belfort on {effective.base_url} (Ctrl-C stops it)", err=True))


COMMANDS = [serve]
