"""Whatever the bytes are: an extraction comes out, and its lines are N-Triples that a strict parser accepts."""

import os
import time
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belfort import rdf
from harvester.extract import extract
from harvester.rdfa import parse
from harvester.repairs import Repairs
from tests.support.rdfa import canonical, of_graph, oracle

URL = "https://a.example/p/q?r"

_VALUES = st.one_of(
    st.sampled_from(
        ["", "#", "#a", "/a b", "[foaf:x]", "[x]", "[]", "_:", "_:a", "foaf:name", "besluit:x", ":", "::", "a:b", "x",
         "http://a/%", "http://a/é", "http://[", "//", "?", "javascript:x", "license", "”besluit:Besluit”", "nl-BE",
         "nl_BE", "besluit: http://b/#", "a: b: c", "http://v/", "rdf:HTML", "xsd:date", "2024-01-01", "{{a}}",
         "urn:x:y z", "null/a", "eli:title", "besluit:aangebrachtNa", "besluit:Stemming", " # ",
         "http://[::1]/", "http://a:b/", "http://a@b@c/", "http://a/#a#b", "/?a[]=1", "foaf:[",
         "http://é:8/x@y", "\ue000", "http:", "http://", "urn:", "x://y",
         "\u202e", "\ud7ff", "\uffff", "foaf:a\u00a0b", "foaf:%zz", "besluit:{", "_:a b", "_:é/"]
    ),
    st.text(max_size=6),
)  # fmt: skip
_NAMES = st.sampled_from(
    ["about", "resource", "href", "src", "typeof", "property", "rel", "rev", "vocab", "prefix", "lang", "xml:lang",
     "role", "id", "content", "datatype", "datetime", "inlist", "xmlns:q"]
)  # fmt: skip
_TAGS = st.sampled_from(
    ["p", "div", "span", "a", "table", "tr", "td", "b", "time", "link", "meta", "html", "head", "body", "base",
     "template", "svg", "script"]
)  # fmt: skip


@st.composite
def _pieces(draw: st.DrawFn) -> str:
    """A start tag with attributes, an end tag or text."""
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return draw(st.text(max_size=8))
    if kind == 1:
        return f"</{draw(_TAGS)}>"
    attributes = "".join(
        f' {name}="{value.replace(chr(34), "&quot;")}"'
        for name, value in draw(st.dictionaries(_NAMES, _VALUES, max_size=5)).items()
    )
    return f"<{draw(_TAGS)}{attributes}>"


_SOUP = st.lists(_pieces(), max_size=14).map("".join)


@settings(max_examples=300)
@given(page=_SOUP, repair=st.booleans())
def test_lines_are_strict_ntriples(page: str, repair: bool) -> None:
    """No markup makes a line that a strict N-Triples parser refuses, or a blank node."""
    lines = extract(page.encode("utf-8", "surrogatepass"), URL, repair=repair).lines
    quads = list(
        pyoxigraph.parse("".join(f"{line}\n" for line in lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    )
    assert len(quads) == len(lines)
    assert not [quad for quad in quads if isinstance(quad.subject, pyoxigraph.BlankNode)]
    assert list(rdf.parse_lines("\n".join(lines)))[: len(lines)] == [tuple(_terms(line)) for line in lines]


def _terms(line: str) -> list[str]:
    subject, predicate, rest = line.split(" ", 2)
    return [subject, predicate, rest.removesuffix(" .")]


@given(content=st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """Arbitrary bytes end in an extraction."""
    assert extract(content, URL).counts


# Where the oracle follows RDFa Core: it forgets the rules for `@property` beside `@rel` (typed resource, terms that do
# not count), encodes spaces that we refuse, and loses list items of an object.
_TERMS = st.sampled_from(["foaf:name", "dc:title dc:date", "http://c/"])
_RESOURCES = st.sampled_from(["#a", "/b", "foaf:name", "[foaf:x]", "http://c/", "_:a", ""])
_ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "about": _RESOURCES, "resource": _RESOURCES, "href": st.sampled_from(["#a", "/b", "http://c/"]),
        "typeof": _TERMS, "property": _TERMS, "rel": _TERMS, "rev": _TERMS, "content": st.just("c"),
        "lang": st.sampled_from(["nl", ""]),
    },
)  # fmt: skip


@st.composite
def _tree(draw: st.DrawFn, depth: int = 0) -> str:
    """Well-formed nested elements."""
    chosen = draw(_ATTRIBUTES)
    if "property" in chosen:
        chosen = {name: value for name, value in chosen.items() if name not in ("rel", "rev")}
    attributes = "".join(f' {name}="{value}"' for name, value in chosen.items())
    inner = "".join(draw(st.lists(_tree(depth + 1), max_size=2))) if depth < 3 else "x"
    return f"<span{attributes}>{draw(st.sampled_from(['', 't']))}{inner}</span>"


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=150, deadline=None)
@given(body=_tree())
def test_same_as_pyrdfa3(body: str) -> None:
    """Random combinations of attributes mean what pyRdfa3 makes of them."""
    page = f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>".encode()
    assert canonical(parse(page, URL).triples) == canonical(of_graph(oracle(page, URL)))


@pytest.mark.parametrize("long_way", ["<!--inlist-->", "<!--xmlns:-->", "<!--xmlns: inlist-->"])
@given(page=_SOUP, repair=st.booleans())
def test_the_short_way_is_the_long_way(long_way: str, page: str, repair: bool) -> None:
    """Lists send every element the long way, namespaces have every element visited; nothing else changes."""
    repairs = Repairs() if repair else None
    short = parse(f"<!doctype html><html><body>{page}".encode("utf-8", "replace"), URL, repairs=repairs)
    long = parse(f"{long_way}<!doctype html><html><body>{page}".encode("utf-8", "replace"), URL, repairs=repairs)
    if "inlist" in page or "xmlns:" in page:
        return  # then both go the same way already
    assert short.triples == long.triples
    assert short.traces == long.traces
    assert short.issues == long.issues


class _Curious(Repairs):
    """Repairs that want to see every element."""

    def __init__(self) -> None:
        super().__init__()
        self.watched = {name: lambda _: True for name in ("property", "typeof", "resource", "content", "datatype")}


@given(page=_SOUP)
def test_no_shape_escapes_the_repairs(page: str) -> None:
    """What repairs do not ask to see, they would not have changed."""
    content = f"<!doctype html><html><body>{page}".encode("utf-8", "replace")
    asked, all_seen = parse(content, URL, repairs=Repairs()), parse(content, URL, repairs=_Curious())
    assert asked.triples == all_seen.triples
    assert asked.traces == all_seen.traces


def _real_pages() -> list[bytes]:
    """Our own page and the smaller shared ones, cut so that many mutations fit in a test run."""
    root = Path(__file__).parents[2]
    shared = Path(os.environ.get("BELFORT_SHARED", root.parent / "shared")) / "data/pages"
    paths = [*(root / "tests/fixtures/pages").glob("*.html"), *shared.glob("*.html")]
    return [path.read_bytes()[:40_000] for path in sorted(paths)]


_PAGES = _real_pages()
_XML_PAGE = (
    b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:b="http://b/" prefix="c: http://c/"><body>'
    b'<p property="b:a" datatype="rdf:XMLLiteral">x<b c:d="1">y</b></p><p about="[c:x]" rel="b:q"><i typeof="c:T">'
    b'&nbsp;</i></p><p property="c:l" inlist="" content="1"/></body></html>'
)
_SCRAPS = st.sampled_from(
    [b"", b"<", b">", b"\"", b"'", b"&", b"</div>", b"<div>", b"<table>", b"<p property=", b" resource=\"\"",
     b" typeof", b"<!--", b"-->",
     b"<![CDATA[", b"]]>", b"<template>", b"<svg>", b"<select>", b"\x00", b"\xff", b"\xed\xa0\x80",
     b"&#0;", b"&#xD800;", b" prefix=\"a: \"", b" vocab=\"\"", b" about=\"_:x\"", b" inlist", b"<base href=\"//\">",
     b"{{x}}"]
)  # fmt: skip
_EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 200), st.one_of(_SCRAPS, st.binary(max_size=6))),
    min_size=1,
    max_size=12,
)


def _mutated(page: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """The page with pieces cut out and others put in their place."""
    for place, length, scrap in edits:
        at = int(place * len(page))
        page = page[:at] + scrap + page[at + length :]
    return page


def _check(page: bytes, media: str) -> None:
    start = time.process_time()
    found = extract(page, URL, content_type=media)
    assert time.process_time() - start < 5
    read = list(
        pyoxigraph.parse("".join(f"{line}\n" for line in found.lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    )
    assert len(read) == len(found.lines)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(page=st.sampled_from([*_PAGES, _XML_PAGE]), edits=_EDITS, media=st.sampled_from(["", "application/xhtml+xml"]))
def test_mutated_pages(page: bytes, edits: list[tuple[float, int, bytes]], media: str) -> None:
    """Damaged real pages end in an extraction of strict N-Triples within five seconds, as HTML and as XML."""
    _check(_mutated(page, edits), media)


@pytest.mark.deep
@settings(max_examples=3_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(page=st.sampled_from([*_PAGES, _XML_PAGE]), edits=_EDITS, media=st.sampled_from(["", "application/xhtml+xml"]))
def test_many_mutated_pages(page: bytes, edits: list[tuple[float, int, bytes]], media: str) -> None:
    """The same, with other mutations at each run."""
    _check(_mutated(page, edits), media)
