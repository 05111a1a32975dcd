"""The reference pages say what the code does: a setting, command, exit code or issue code cannot change alone."""

import re
from pathlib import Path

from belfort import cli
from belfort.workers import WorkerCrashed
from harvester.repairs import CATALOGUE
from tests.support import reference_docs

DOCS = Path(__file__).parents[3] / "docs" / "reference"


def _rows(page: str, heading: str) -> list[str]:
    """The rows of the table under that head row."""
    text = (DOCS / page).read_text()
    assert heading in text, f"{page} has no table {heading!r}"
    after = text.split(heading, 1)[1].split("\n\n")[0]
    return after.strip().split("\n")[1:]


def test_settings() -> None:
    """The table has every setting with its name, default and description, and no other."""
    expected = reference_docs.settings_rows()
    assert _rows("settings.md", "| variable | default | what for |") == expected, "\n".join(expected)


def test_commands() -> None:
    """The table has every command with the first line of its help, and no other."""
    expected = reference_docs.commands_rows()
    assert _rows("commands.md", "| command | what it does |") == expected, "\n".join(expected)


def test_repairs() -> None:
    """The table has every repair in the order in which they are tried, and no other."""
    expected = reference_docs.repairs_rows()
    assert _rows("repairs.md", "| repair | on | what it does |") == expected, "\n".join(expected)


def test_every_quirk_has_its_place() -> None:
    """The page says of each quirk Q1 to Q24 which repair it has, or what is done instead."""
    rows = [row for row in (DOCS / "repairs.md").read_text().split("\n") if re.match(r"\| Q\d", row)]
    numbers = [int(number) for row in rows for number in re.findall(r"Q(\d+)", row.split("|")[1])]
    assert numbers == list(range(1, 25))
    named = {name for row in rows for name in re.findall(r"`(q\d+-[a-z\-]+)`", row)}
    assert named == {rule.name for rule in CATALOGUE if rule.name.startswith("q")}


def test_exit_codes() -> None:
    """The table has 0, 1, every error of the tree, a crashed worker and 130."""
    rows = _rows("commands.md", "| code | error | meaning |")
    assert [row for row in rows if "`" in row][:-1] == reference_docs.exit_rows()
    named = [row for row in rows if "`WorkerCrashed`" in row]
    assert len(named) == 1
    assert named[0].startswith(f"| {WorkerCrashed.exit_code} |")
    assert [int(row.split("|")[1]) for row in rows] == [0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 9, 130]


def test_exit_codes_of_the_command_line() -> None:
    """The docstring of the command line names the same codes as the table."""
    spoken = {int(code) for code in re.findall(r"\b(\d+) [a-z]", (cli.__doc__ or "").split("Exit codes")[1])}
    assert spoken == {int(row.split("|")[1]) for row in _rows("commands.md", "| code | error | meaning |")}


def test_every_issue_code_is_explained() -> None:
    """Every code that harvester or publisher can raise has a meaning and a fix, and no code is explained in vain."""
    rows = [row for row in (DOCS / "issues.md").read_text().split("\n") if row.startswith("| `")]
    explained = [code for row in rows for code in re.findall(r"`([^`]+)`", row.split("|")[1])]
    codes, _ = reference_docs.issue_codes()
    assert set(explained) == codes, f"differ: {sorted(set(explained) ^ codes)}"
    assert len(explained) == len(set(explained))
    assert all(len(cells) == 5 and cells[2].strip() and cells[3].strip() for cells in (row.split("|") for row in rows))


def test_issue_codes_can_be_found() -> None:
    """An Issue whose code is not a text in the code is known to the search, so that no code escapes it."""
    _, dynamic = reference_docs.issue_codes()
    assert dynamic == reference_docs.LOOKED_AT, "see LOOKED_AT in tests/support/reference_docs.py"
