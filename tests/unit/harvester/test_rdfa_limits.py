"""Pages that are made to be expensive end in a result or in a clear error."""

import time

import pytest

from harvester.rdfa import Unreadable, parse
from harvester.rdfa.tree import MAX_NESTING, TooDeep
from harvester.rdfa.values import TooMuchText

BASE = "https://www.example.org/"


def test_100_000_nested_divs_are_refused() -> None:
    """Nesting that costs quadratic time is refused before the parse."""
    with pytest.raises(TooDeep):
        parse(b"<div>" * 100_000 + b'<p property="dc:title">x</p>', BASE)
    with pytest.raises(TooDeep):
        parse(b"<div>" * 100_000 + b"x" + b"</div>" * 100_000, BASE)


@pytest.mark.parametrize("tag", [b"div", b"span", b"b"])
def test_deep_nesting_is_read_in_full(tag: bytes) -> None:
    """Nesting far beyond any recursion limit is read to its end."""
    parsed = parse(b"<%b>" % tag * 5_000 + b'<i about="#deep" property="dc:title">x</i>', BASE)
    assert parsed.triples == [(f"<{BASE}#deep>", "<http://purl.org/dc/terms/title>", '"x"')]


def test_100_000_nested_spans_are_read_in_full() -> None:
    """Inline elements may nest as deep as they like."""
    parsed = parse(b"<span>" * 100_000 + b'<i property="dc:title">x</i>', BASE)
    assert len(parsed.triples) == 1


def test_many_closed_blocks_are_not_deep() -> None:
    """Depth is what counts, not number."""
    assert len(parse(b'<div property="dc:title">x</div>' * (MAX_NESTING + 1), BASE).triples) == 1


def test_nested_properties_may_not_repeat_a_text_without_end() -> None:
    """Properties around one long text would multiply it; beyond a factor the page is refused."""
    with pytest.raises(TooMuchText):
        parse(b'<span property="dc:title">' * 5_000 + b"x" * 500_000, BASE)


def test_wide_pages() -> None:
    """Many attributes, many entities, many siblings."""
    attributes = b" ".join(b"a%d=1" % n for n in range(20_000))
    page = b'<p %b property="dc:title">%b</p>' % (attributes, b"&" * 100_000) + b"<br>" * 100_000
    (triple,) = parse(page, BASE).triples
    assert triple[2] == '"' + "&" * 100_000 + '"'


# Pages that cost far more than their size when nothing holds them back; each must end within five seconds.
_BOMBS: dict[str, tuple[bytes, str]] = {
    "attributes on one element": (b"<p %b>" % b" ".join(b"a%d=1" % n for n in range(100_000)), "too-large"),
    "ampersands": (b'<p property="dc:title">' + b"&" * 500_000, ""),
    "siblings": (b'<p property="dc:title">x</p>' + b"<br>" * 300_000, ""),
    "nested spans with a text each": (b'<span property="dc:title">' * 100_000 + b"x", "too-large"),
    "nested formatting": (b'<i property="dc:title">' * 100_000 + b"x", "too-large"),
    "nested tables": (b'<table><tr><td property="dc:title">' * 30_000, "nesting"),
    "nested objects": (b'<p property="dc:title"><object>' * 50_000, "nesting"),
    "relations that wait for everyone": (
        b'<div rel="%b">' % b" ".join(b"dc:t%d" % n for n in range(20_000)) + b'<i about="#x"></i>' * 20_000,
        "too-large",
    ),
    "patterns copied everywhere": (
        b'<div resource="#p" typeof="rdfa:Pattern">%b</div>%b'
        % (
            b"".join(b'<i property="dc:t%d">x</i>' % n for n in range(10_000)),
            b"".join(b'<i about="#%d"><link property="rdfa:copy" href="#p"></i>' % n for n in range(10_000)),
        ),
        "too-large",
    ),
    "prefixes declared again and again": (
        b'<div prefix="%b">' % b" ".join(b"p%d: http://x/%d" % (n, n) for n in range(20_000))
        + b'<i prefix="y: z" property="dc:title">x</i>' * 20_000,
        "too-large",
    ),
    "markup in markup": (b'<i property="dc:title" datatype="rdf:HTML">' * 20_000, "too-large"),
    "nested resources": (b'<i typeof="foaf:Person" property="foaf:knows">' * 50_000, ""),
    "impossible IRIs": (b"".join(b'<i about="/a b%d" property="dc:title">x</i>' % n for n in range(50_000)), ""),
    "open comments": (b"<!--" * 500_000, ""),
    "XML with open CDATA": (b'<?xml version="1.0"?><r>' + b"<![CDATA[" * 500_000, "not-well-formed"),
}


@pytest.mark.parametrize("name", _BOMBS)
def test_bombs(name: str) -> None:
    """A page that is made to be expensive is read in full or refused by name, within five seconds of work."""
    content, code = _BOMBS[name]
    start = time.process_time()
    try:
        parse(content, BASE)
        found = ""
    except Unreadable as error:
        found = error.code
    assert time.process_time() - start < 5
    assert found == code


def test_long_text_in_an_attribute_is_not_many_attributes() -> None:
    """What stands between quotes does not count, however long it is."""
    text = b"woord " * 100_000
    (triple,) = parse(b'<p property="dc:title" content="%b">' % text, BASE).triples
    assert triple[2] == '"' + text.decode() + '"'
