"""What the reference pages must say, read from the code; the tests compare, and print what to paste."""

import ast
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import click

from belfort import cli, errors
from belfort.errors import BelfortError
from belfort.settings import Settings
from harvester.rdfa import Unreadable, xml_tree
from harvester.repairs import CATALOGUE

ROOT = Path(__file__).parents[2]

assert xml_tree  # imported so that all kinds of Unreadable exist
# Functions that make an issue of a code they are given: the codes are at their calls, or in the table they read.
MAKERS = frozenset({"Issue", "_failed", "_issue", "issue_of"})
TABLES = frozenset({"_WORDS", "_MESSAGES"})
# Where an Issue is made of a code that is no text: looked at, their codes are found in another way.
LOOKED_AT = frozenset(
    {
        ("harvester/extract.py", "extract"),
        ("harvester/reading.py", "_failed"),
        ("harvester/reading.py", "_unpacked"),
        ("harvester/rdfa/parse.py", "_issue"),
        ("harvester/rdfa/parse.py", "_parsed"),
        ("harvester/rdfa/parse.py", "_told_apart"),
        ("harvester/repairs/doubts.py", "_issue"),
        ("harvester/repairs/doubts.py", "_issues"),
        ("publisher/gate.py", "issues"),
        ("publisher/register/run.py", "issue_of"),
    }
)
# The kinds of failure of `issue_of` that have a row of their own.
STOPS = ("malformed", "fetch-failed", "refused", "deadline")


def settings_rows() -> list[str]:
    """One table row a setting, in the order of the class."""
    return [
        f"| `BELFORT_{name.upper()}` | {_default(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]


def _default(value: object) -> str:
    text = ",".join(value) if isinstance(value, tuple) else str(value)
    return f"`{text}`" if text else "*(empty)*"


def commands() -> dict[str, click.Command]:
    """Every command by its full name, those of groups included."""
    offered = [command for point in entry_points(group="belfort.commands") for command in point.load()]
    top = {command.name or "": command for command in [cli.settings, *offered]}
    return dict(sorted(_flat(top)))


def _flat(found: dict[str, click.Command], before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in found.items():
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from _flat(command.commands, f"{before}{name} ")


def commands_rows() -> list[str]:
    """One table row a command: its name and the first paragraph of its help."""
    return [f"| `belfort {name}` | {_first(command.help or '')} |" for name, command in commands().items()]


def exit_rows() -> list[str]:
    """One table row an error of the tree: exit code, name, what it means."""
    kinds = [kind for kind in BelfortError.__subclasses__() if kind.__module__ == errors.__name__]
    return [f"| {kind.exit_code} | `{kind.__name__}` | {_first(kind.__doc__ or '')} |" for kind in kinds]


def repairs_rows() -> list[str]:
    """One table row a repair, in the order in which they are tried: name, what it gets, what it does."""
    return [
        f"| `{rule.name}` | {rule.on}{', derived' if rule.derived else ''} | {rule.says.replace('|', '')} |"
        for rule in CATALOGUE
    ]


def _first(text: str) -> str:
    return " ".join(text.strip().split("\n\n")[0].split()).replace("|", "\\|")


def issue_codes() -> tuple[set[str], set[tuple[str, str]]]:
    """Every issue code in harvester and publisher, and the (file, function) where an Issue gets one that is no text."""
    codes = {kind.code for kind in Unreadable.__subclasses__()}
    dynamic: set[tuple[str, str]] = set()
    for package in ("harvester", "publisher"):
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text())
            for scope, call in _calls(tree):
                code = _code(call)
                if code is None:
                    dynamic.add((path.relative_to(ROOT).as_posix(), scope))
                elif _name(call.func) == "issue_of":
                    codes |= {f"{code}-{kind}" for kind in STOPS}
                else:
                    codes.add(code)
            codes.update(_table_keys(tree))
    return codes, dynamic


def _calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef):
            for node in ast.walk(scope):
                if isinstance(node, ast.Call) and _name(node.func) in MAKERS:
                    yield scope.name, node


def _name(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def _code(call: ast.Call) -> str | None:
    given = call.args[0] if call.args else next((word.value for word in call.keywords if word.arg == "code"), None)
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


def _table_keys(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id in TABLES
            and isinstance(node.value, ast.Dict)
        ):
            yield from (
                key.value for key in node.value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
            )
