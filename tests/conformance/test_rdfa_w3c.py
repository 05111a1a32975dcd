"""The W3C RDFa 1.1 suite for HTML5, by the verdict of each test's own ASK query (never by isomorphism)."""

import os
import re
from pathlib import Path

import pyoxigraph
import pytest

from belfort import rdf
from harvester.rdfa import parse

ROOT = Path(__file__).parents[2]
SUITE = Path(os.environ.get("BELFORT_SHARED", ROOT.parent / "shared")) / "suites/rdfa/test-cases/rdfa1.1"
HOSTS = {"html5": 170, "html5-invalid": 28}
_ENTRY = re.compile(r"<#(\d+)>\s*(?:a|rdf:type)\s+\w*:?(\w+)")


def _entries(host: str) -> list[tuple[str, str, bool]]:
    manifest = SUITE / host / "manifest.ttl"
    if not manifest.is_file():
        return []
    return [(host, number, "Negative" not in kind) for number, kind in _ENTRY.findall(manifest.read_text())]


def _ids(entry: object) -> str:
    return str(entry)


@pytest.mark.parametrize(("host", "number", "expected"), [e for host in HOSTS for e in _entries(host)], ids=_ids)
def test_w3c(shared: Path, host: str, number: str, expected: bool) -> None:
    """The query of the test gives the answer that the manifest expects."""
    page = SUITE / host / f"{number}.html"
    base = f"http://rdfa.info/test-suite/test-cases/rdfa1.1/{host}/{number}.html"
    parsed = parse(page.read_bytes(), base)
    store = pyoxigraph.Store()
    store.load(
        "".join(f"{rdf.line(triple)}\n" for triple in parsed.triples).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES
    )
    answer = bool(store.query(page.with_suffix(".sparql").read_text(), base_iri=base))
    assert answer is expected


@pytest.mark.parametrize(("host", "number"), HOSTS.items())
def test_every_test_of_the_suite_is_run(shared: Path, host: str, number: int) -> None:
    """No test of the manifest is left out."""
    assert len(_entries(host)) == number
