"""The command `belfort`: its verbs are the stages; each package brings its own by the group `belfort.commands`.

Exit codes (docs/reference/commands.md): 0 done, 1 something unforeseen, 2 wrong use or setting, 3 invalid input,
4 not found, 5 could not fetch, 6 refused, 7 damaged data, 8 busy, 9 too slow or crashed, 130 interrupted.
"""

import os
import re
import sys
from importlib.metadata import entry_points

import click

from belfort import __version__, log
from belfort.errors import BelfortError
from belfort.settings import Settings, load_settings

_PASSWORD = re.compile(r"(://[^/@:\s]*:)\S*@")  # up to the last @: a password may have signs that an address may not
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="belfort")
@click.pass_context
def belfort(context: click.Context) -> None:
    """Harvest, keep proof of, publish and search the decisions of Flemish local government.

    Start with `belfort demo`, or look at one page with `belfort try FILE|URL`. All settings are environment
    variables; `belfort settings` shows them.
    """
    context.obj = load_settings()
    log.configure(context.obj)


@belfort.command()
@click.pass_obj
def settings(current: Settings) -> None:
    """Show every setting, its value now (without passwords) and what it is for."""
    for name, field in sorted(Settings.model_fields.items()):
        value = getattr(current, name)
        shown = ",".join(value) if isinstance(value, tuple) else _PASSWORD.sub(r"\1***@", str(value))
        click.echo(f"BELFORT_{name.upper()}={shown}\n    {field.description}")


def _commands() -> None:
    for point in sorted(entry_points(group="belfort.commands"), key=lambda p: p.name):
        for command in point.load():
            belfort.add_command(command)


def main() -> None:
    """Run the command line; every expected failure is one line and an exit code, never a traceback."""
    try:
        _commands()
        belfort.main(prog_name="belfort", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; what was acknowledged is kept.", err=True)
        sys.exit(130)
    except BelfortError as error:
        click.echo(f"belfort: {error.one_line()}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
