"""The command line: every failure is one line that says what to do, and an exit code of the documented table."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest

from belfort import cli, errors
from belfort.errors import BelfortError
from tests.support.command import belfort

ROOT = Path(__file__).parents[3]
OFFERED = [command for point in entry_points(group="belfort.commands") for command in point.load()]
COMMANDS = {command.name: command for command in [*cli.belfort.commands.values(), *OFFERED]}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    """A command has a text whose first line is a sentence, its help can be shown, and every option has a help text."""
    command = COMMANDS[name]
    assert command.help
    first = command.help.strip().split("\n\n")[0].strip()
    assert first[0].isupper()
    assert first.endswith((".", ")."))
    assert first.split(".")[0] in " ".join(command.get_help(click.Context(command)).split()) or len(first) > 60
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]}"


def test_no_command_hides_another() -> None:
    """Two packages do not offer the same name."""
    names = [command.name for command in [cli.settings, *OFFERED]]
    assert len(set(names)) == len(names)


_EVERY = """
import contextlib, io, json, sys
from belfort import cli
def run(*arguments):
    sys.argv = ["belfort", *arguments]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code
    return [code, out.getvalue(), err.getvalue()]
"""


def _python(code: str, *arguments: str, **settings: str) -> dict[str, list[object]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BELFORT_")}
    environment |= {"PYTHONPATH": str(ROOT), **settings}
    done = subprocess.run(
        [sys.executable, "-c", _EVERY + code, *arguments], capture_output=True, text=True, env=environment, check=True
    )
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def test_help_of_every_command(tmp_path: Path) -> None:
    """`belfort COMMAND --help` and `-h` succeed and make no data folder."""
    code = "names = sys.argv[1:]\nprint(json.dumps({n: run(n, f) for n in names for f in ('-h', '--help')}))"
    found = _python(code, *sorted(COMMANDS), BELFORT_DATA=str(tmp_path / "data"))
    assert sorted(found) == sorted(COMMANDS)
    for name, (exit_code, out, err) in found.items():
        assert (exit_code, err) == (0, ""), name
        assert str(out).startswith(f"Usage: belfort {name}"), name
    assert not (tmp_path / "data").exists()


def test_help_is_quick_to_load() -> None:
    """`belfort --help` imports none of the heavy libraries."""
    code = "run('--help')\nheavy = {'scrapy', 'tantivy', 'pyoxigraph', 'flask', 'alembic'} & set(sys.modules)\n"
    assert _python(code + "print(json.dumps({'heavy': sorted(heavy)}))") == {"heavy": []}


def test_every_error_has_its_exit_code() -> None:
    """Whatever error a command raises, the code is that of the tree and the message one line without a traceback."""
    code = """
import click
from belfort import errors, workers
kinds = [k for k in errors.BelfortError.__subclasses__()]
@cli.belfort.command()
@click.argument("name")
def fail(name):
    if name == "KeyboardInterrupt":
        raise KeyboardInterrupt
    raise next(k for k in kinds if k.__name__ == name)("Het\\nloopt mis.", hint="Doe iets.")
print(json.dumps({n: run("fail", n) for n in [*[k.__name__ for k in kinds], "KeyboardInterrupt"]}))
"""
    found = _python(code)
    interrupted = found.pop("KeyboardInterrupt")
    assert interrupted[0] == 130
    assert found.pop("WorkerCrashed")[0] == 9
    expected = {
        kind.__name__: kind.exit_code for kind in BelfortError.__subclasses__() if kind.__module__ == errors.__name__
    }
    assert {name: row[0] for name, row in found.items()} == expected
    assert {str(row[2]) for row in found.values()} == {"belfort: Het loopt mis. Doe iets.\n"}


DOWN = "postgresql+psycopg://nobody@127.0.0.1:9/none"
# What is typed, what is set besides the data folder, the exit code, and words that the message must have.
REFUSALS: dict[str, tuple[list[str], dict[str, str], int, list[str]]] = {
    "unknown command": (["harvets"], {}, 2, ["harvets", "belfort --help"]),
    "unknown option": (["verify", "--fast"], {}, 2, ["--fast", "belfort verify --help"]),
    "bad setting": (["verify"], {"BELFORT_PORT": "tachtig"}, 2, ["BELFORT_PORT='tachtig'"]),
    "data folder is a file": (["verify"], {"BELFORT_DATA": "{folder}/file"}, 2, ["BELFORT_DATA", "{folder}/file"]),
    "records are no database": (["verify"], {"BELFORT_DATA": "{folder}/text"}, 2, ["BELFORT_DATA", "not a database"]),
    "records of a newer version": (["verify"], {"BELFORT_DATA": "{folder}/newer"}, 2, ["schema 9999", "newer"]),
    "no database address": (["verify"], {"BELFORT_DATABASE": "nonsense"}, 2, ["BELFORT_DATABASE"]),
    "unknown kind of database": (["verify"], {"BELFORT_DATABASE": "oracle://x/y"}, 2, ["BELFORT_DATABASE"]),
    "database is down": (["verify"], {"BELFORT_DATABASE": DOWN}, 2, ["BELFORT_DATABASE", "refused"]),
    "missing file": (["process", "{folder}/none", "--base-url", "https://x.example/"], {}, 4, ["{folder}/none"]),
    "unknown projection": (["project", "--only", "nonsense"], {}, 2, ["nonsense", "sparql"]),
}


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[object]]]:
    """What became of every case, all run in one process of their own."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "file").write_text("no folder")
    (folder / "text").mkdir()
    (folder / "text" / "records.sqlite").write_text("not a database, " * 200)
    (folder / "newer").mkdir()
    with sqlite3.connect(folder / "newer" / "records.sqlite") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    code = """
import os
found, data = {}, sys.argv[2]
for name, (arguments, settings, _, _) in json.loads(sys.argv[1]).items():
    for variable in [v for v in os.environ if v.startswith("BELFORT_")]:
        del os.environ[variable]
    os.environ.update({"BELFORT_DATA": data, **settings})
    found[name] = run(*arguments)
print(json.dumps(found))
"""
    cases = json.dumps(REFUSALS).replace("{folder}", str(folder))
    return folder, _python(code, cases, str(folder / "data"))


@pytest.mark.parametrize("name", REFUSALS)
def test_bad_input_is_one_line(name: str, refusals: tuple[Path, dict[str, list[object]]]) -> None:
    """What cannot be is refused with its exit code, and a line that names it and says what to do: no traceback."""
    folder, found = refusals
    _, _, code, words = REFUSALS[name]
    exit_code, out, err = found[name]
    assert (exit_code, out) == (code, ""), err
    rows = [row for row in str(err).splitlines() if row.startswith(("belfort: ", "Error: "))]
    assert len(rows) == 1
    assert rows[0] == str(err).splitlines()[-1]
    for word in words:
        assert word.format(folder=folder) in str(err)


def test_refused_records_stay_as_they_are(refusals: tuple[Path, dict[str, list[object]]]) -> None:
    """A file that is not ours is not written to."""
    folder, _ = refusals
    assert (folder / "text" / "records.sqlite").read_text() == "not a database, " * 200
    assert (folder / "file").read_text() == "no folder"


def test_settings_are_shown(tmp_path: Path) -> None:
    """`belfort settings` prints each variable with its effective value and what it is for."""
    done = belfort("settings", data=tmp_path, http_allow="a:1,b:2", port=9000)
    assert done.code == 0
    assert "BELFORT_HTTP_ALLOW=a:1,b:2\n    host:port" in done.out
    assert "BELFORT_PORT=9000\n" in done.out
    assert f"BELFORT_DATA={tmp_path}\n" in done.out


def test_a_reader_that_stops_reading(tmp_path: Path) -> None:
    """`belfort settings | head -1` ends quietly."""
    command = f"{sys.executable} -c 'from belfort.cli import main; main()' settings | head -c 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert done.stderr == ""
    assert done.returncode in (0, 1, 128 + signal.SIGPIPE)
