"""The W3C RDFa 1.1 suite for HTML and XHTML, by the verdict of each test's own ASK query (never by isomorphism)."""

import json
import os
import re
from pathlib import Path

import pyoxigraph
import pytest

from belfort import rdf
from harvester.rdfa import parse

ROOT = Path(__file__).parents[2]
SUITE = Path(os.environ.get("BELFORT_SHARED", ROOT.parent / "shared")) / "suites/rdfa/test-cases/rdfa1.1"
HOSTS = {"html5": 170, "html5-invalid": 28, "xhtml5": 177}
EXTENSIONS = {"xhtml5": "xhtml"}
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
    page = SUITE / host / f"{number}.{EXTENSIONS.get(host, 'html')}"
    base = f"http://rdfa.info/test-suite/test-cases/rdfa1.1/{host}/{page.name}"
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


# Hosts that the suite lists and of which the pages are not here: the pages of these hosts are rewritten for them.
_ELSEWHERE = {
    "html4": ("html5", "html5-invalid"),
    "xhtml1": ("xhtml5", "html5-invalid"),
    "svg": ("xhtml5", "html5-invalid"),
    "xml": ("xhtml5", "html5-invalid"),
    "xhtml5-invalid": ("html5-invalid",),
}
_NAMESPACE = ' xmlns="http://www.w3.org/1999/xhtml"'
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>", re.IGNORECASE)
_PUBLIC = {
    "xhtml1": '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML+RDFa 1.1//EN" "http://www.w3.org/MarkUp/DTD/xhtml-rdfa-2.dtd">',
    "html4": '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01+RDFa 1.1//EN" "http://www.w3.org/MarkUp/DTD/html401-rdfa11-1.dtd">',
}  # fmt: skip
_ROOT = re.compile(r"<(/?)html")
_VOID = re.compile(r"<(meta|link|img|br|hr|base|input)\b([^>]*?)\s*/?>")


def _as_xml(page: str) -> str:
    """The HTML page as XHTML."""
    page = _VOID.sub(r"<\1\2 />", page)
    return page if _NAMESPACE in page else page.replace("<html", f"<html{_NAMESPACE}", 1)


def _adapted(page: str, host: str) -> str:
    """The page as one of another host; empty when that host has no `<base>`."""
    if host == "html4":
        return _DOCTYPE.sub(_PUBLIC[host], page)
    page = _as_xml(page)
    if host.startswith("xhtml"):
        return _DOCTYPE.sub(_PUBLIC.get(host, "<!DOCTYPE html>"), page)
    if "<base" in page:
        return ""
    root, namespace = ("svg", ' xmlns="http://www.w3.org/2000/svg"') if host == "svg" else ("root", "")
    return _ROOT.sub(rf"<\1{root}", _DOCTYPE.sub("", page).replace(_NAMESPACE, namespace))


def _listed(host: str) -> list[tuple[str, str, str, bool]]:
    """The tests of a host by the list of all tests, with the host that has the page: (host, from, number, expected)."""
    listed = SUITE.parents[1] / "manifest.jsonld"
    if not listed.is_file():
        return []
    tests = json.loads(listed.read_text())["@graph"]
    numbers = {test["num"] for test in tests if "rdfa1.1" in test["versions"] and host in test["hostLanguages"]}
    found: dict[str, tuple[str, str, str, bool]] = {}
    for source in _ELSEWHERE[host]:
        for _, number, expected in _entries(source):
            if number in numbers:
                found.setdefault(number, (host, source, number, expected))
    return list(found.values())


@pytest.mark.parametrize(
    ("host", "source", "number", "expected"), [e for host in _ELSEWHERE for e in _listed(host)], ids=_ids
)
def test_same_answer_in_another_host(shared: Path, host: str, source: str, number: str, expected: bool) -> None:
    """What a host shares with one that is here gives the same answer when the page is written in that host."""
    page = SUITE / source / f"{number}.{EXTENSIONS.get(source, 'html')}"
    extension = {"html4": "html", "xhtml1": "xhtml", "xhtml5-invalid": "xhtml"}.get(host, host)
    written, query = (
        path.read_text().replace(f"/{source}/", f"/{host}/").replace(page.suffix, f".{extension}")
        for path in (page, page.with_suffix(".sparql"))
    )
    adapted = _adapted(written, host)
    if not adapted:
        return  # this test is about the element <base>
    base = f"http://rdfa.info/test-suite/test-cases/rdfa1.1/{host}/{number}.{extension}"
    store = pyoxigraph.Store()
    lines = "".join(f"{rdf.line(triple)}\n" for triple in parse(adapted.encode(), base).triples)
    store.load(lines.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert bool(store.query(query, base_iri=base)) is expected
