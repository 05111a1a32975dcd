"""What is read from a page, and what is said of pages that cannot be read."""

import pytest

from belfort.errors import UsageError
from harvester.extract import MAX_BYTES, extract
from tests.support.pages import AGENDA, NOTULEN, PAGE, PREFIX, URL


def test_what_a_page_says() -> None:
    """Types, counts of distinct subjects, titles in document order, canonical lines without blank nodes."""
    found = extract(PAGE.encode(), URL)
    assert found.document_types == [AGENDA, NOTULEN]
    assert found.counts == {"zittingen": 1, "agendapunten": 1, "behandelingen": 0, "stemmingen": 0, "besluiten": 2}
    assert found.titles == ["Twee regels", "Eén"]
    assert found.lines == sorted(set(found.lines), key=str.encode)
    assert not [line for line in found.lines if "_:" in line]
    assert [line for line in found.lines if "<https://a.example/zitting#genid-" in line]
    assert found.says_something
    assert [(one.code, one.count) for one in found.issues] == [("unlinked", 2)]


def test_deterministic() -> None:
    """The same bytes give the same extraction."""
    assert extract(PAGE.encode(), URL) == extract(PAGE.encode(), URL)


def test_deleting_one_besluit_removes_its_lines_only() -> None:
    """An edit of one besluit leaves every other line as it was, blank nodes included."""
    whole = set(extract(PAGE.encode(), URL).lines)
    cut = PAGE.replace(PAGE[PAGE.index('<div resource="#b1"') :], "")
    rest = set(extract(cut.encode(), URL).lines)
    assert rest < whole
    assert {line.split(" ")[0] for line in whole - rest} == {"<https://a.example/zitting#b1>"}


@pytest.mark.parametrize(
    ("content", "content_type", "code"),
    [
        (b"", "", "empty"),
        (b" \n\t\0", "", "empty"),
        (b"%PDF-1.7 x", "text/html", "not-html"),
        (b"PK\x03\x04x", "", "not-html"),
        (b"\x1f\x8b\x08", "", "not-html"),
        (b"a\0b\0c", "", "not-html"),
        (b'{"a": 1}', "application/json", "not-html"),
        (b"<p>x</p>", "text/html", "no-rdfa"),
        (b"gewone tekst", "", "no-rdfa"),
        (b'<meta property="og:title" content="x"><nav role="navigation">', "", "no-rdfa"),
        (b'<a property="besluit:linkToPublication" href="/a">x</a>', "", "overview"),
        (b"<div>" * 100_000, "", "nesting"),
        (b"x" * (MAX_BYTES + 1), "", "too-large"),
        (b'<i property="dc:title">' * 5_000 + b"x" * 500_000, "", "too-large"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_pages_that_say_nothing(content: bytes, content_type: str, code: str) -> None:
    """Each is an issue that says what it is and what to do, never an exception."""
    found = extract(content, URL, content_type=content_type)
    assert found.issues[0].code == code
    assert found.issues[0].message
    assert found.issues[0].fix
    assert not found.says_something


def test_overview_says_how_many_links() -> None:
    """The issue of an overview has the number of links; they are all there."""
    html = "".join(f'<a property="lblodBesluit:linkToPublication" href="/{n}">x</a>' for n in range(7))
    found = extract(html.encode(), URL)
    assert "7" in found.issues[0].message
    assert len(found.links) == 7


def test_utf16_is_text() -> None:
    """Zero bytes are normal in UTF-16."""
    assert extract(b"\xff\xfe" + PAGE.encode("utf-16-le"), URL).counts["besluiten"] == 2


@pytest.mark.parametrize("url", ["", "zitting.html", "https://a b/", "/x"])
def test_impossible_address(url: str) -> None:
    """A page needs an absolute address."""
    assert [one.code for one in extract(PAGE.encode(), url).issues] == ["invalid-address"]


def test_repairs_are_counted_with_examples() -> None:
    """Each rule has its count and the first triples before and after it; without repairs there are none."""
    html = PAGE.replace(PREFIX, "")
    found = extract(html.encode(), URL)
    (repair,) = found.repairs
    assert (repair.rule, repair.count) == ("q6-default-prefixes", 7)
    assert len(repair.examples) == 3
    assert "<besluit:Zitting>" in repair.examples[0][0]
    assert found.counts == extract(PAGE.encode(), URL).counts
    plain = extract(html.encode(), URL, repair=False)
    assert plain.repairs == []
    assert plain.counts["besluiten"] == 0
    assert extract(html.encode(), URL, without=["q6-default-prefixes"]).lines == plain.lines


def test_unknown_repair() -> None:
    """Switching off a repair that does not exist is a usage error."""
    with pytest.raises(UsageError):
        extract(b"x", URL, without=["nope"])


def test_invalid_iris_never_come_out() -> None:
    """An IRI with a space, control or template character leaves an issue and a count, no line."""
    html = '<p about="a b" property="dc:title">x</p><p about="{{id}}" property="dc:title">y</p>' + PAGE
    found = extract(html.encode(), URL)
    assert [one.code for one in found.issues] == ["invalid-iri", "invalid-iri", "unlinked"]
    assert found.raw == len(extract(PAGE.encode(), URL).lines) + 2 + 1  # one type is said twice
