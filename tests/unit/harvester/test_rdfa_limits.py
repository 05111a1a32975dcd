"""Pages that are made to be expensive end in a result or in a clear error."""

import pytest

from harvester.rdfa import parse
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
