"""The reference page of the shapes says what the shapes ask."""

from pathlib import Path

import pytest

from shapes.validation import SETS
from tests.support.shape_docs import rows

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "shapes.md"
HEAD = "| level | of a | asked |\n|---|---|---|\n"


@pytest.mark.parametrize("label", SETS)
def test_table(label: str) -> None:
    """The table of each document type has every property and rule with its level, and no other."""
    wanted = rows(label)
    assert f"## {label}\n" in PAGE.read_text()
    table = PAGE.read_text().split(f"## {label}\n")[1].split(HEAD)[1].split("\n\n")[0]
    assert table.strip().split("\n") == wanted, "\n".join(wanted)
