"""The command that the demo offers to `belfort`."""

import signal
from types import FrameType

import click

from belfort.settings import Settings


@click.command()
@click.option("--prepare-only", is_flag=True, help="Harvest and publish, then stop instead of serving.")
@click.pass_obj
def demo(settings: Settings, prepare_only: bool) -> None:
    """Harvest fictional authorities and serve the whole site.

    The authorities follow from BELFORT_DEMO_SEED and BELFORT_DEMO_SIZE. Their sites are plain files in the folder
    `demo` of the data folder: edit one, run `belfort harvest --all` in another terminal, and see what changed. Run
    again, the demo goes on with the same data; with another seed it starts anew.
    """
    from demo.run import run

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        with run(settings, lambda line: click.echo(line, err=True)) as running:
            address = f"http://localhost:{running.web.port}"
            click.echo(f"\nBelfort is ready in {running.seconds:.0f} s: open {address}   (Ctrl-C stops it)", err=True)
            if not prepare_only:
                running.web.wait()
    except KeyboardInterrupt:
        click.echo("The demo has stopped; its data stays.", err=True)


COMMANDS = [demo]
