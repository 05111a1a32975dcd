"""Every real page against every set of shapes: our engine finds what pyshacl finds, row for row."""

from pathlib import Path

import pytest

from belfort.rdf import Triple, parse_lines
from harvester.extract import extract
from shapes.shacl import read_shapes
from shapes.validation import SETS, shape_set
from tests.support.shacl import both

PROFILES = ("application-profile", "19-shacl-submission", "19b-shacl-publication-stream")


@pytest.fixture(scope="module")
def pages(shared: Path) -> dict[str, list[Triple]]:
    """File name → the triples of that page."""
    return {
        path.name: list(parse_lines("\n".join(extract(path.read_bytes(), f"https://g.example/{path.name}").lines)))
        for path in sorted((shared / "data/pages").glob("*.html"))
    }


@pytest.mark.parametrize("name", [*SETS.values(), *PROFILES])
def test_real_pages(shared: Path, pages: dict[str, list[Triple]], name: str) -> None:
    """Focus, path, component, value, severity and shape of each violation are the same."""
    shapes = shape_set(name).shapes if name in SETS.values() else read_shapes(shared / f"data/shapes/{name}.ttl")
    total = 0
    for page, triples in pages.items():
        ours, theirs = both(triples, shapes)
        assert ours == theirs, page
        total += ours.total()
    assert total > 10 or name in PROFILES[1:]
