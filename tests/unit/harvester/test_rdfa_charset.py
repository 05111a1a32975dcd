"""Which encoding a page is read in, and what is said when that is uncertain."""

import codecs

import pytest

from harvester.rdfa import charset, parse

TEXT = "Besluit: café €5"


@pytest.mark.parametrize(
    ("content", "header", "encoding"),
    [
        (codecs.BOM_UTF8 + TEXT.encode(), "iso-8859-1", "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "", "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "", "utf-16-be"),
        (TEXT.encode("cp1252"), "ISO-8859-1", "windows-1252"),
        (b'<meta charset="windows-1252">' + TEXT.encode("cp1252"), "", "windows-1252"),
        (b'<meta http-equiv="content-type" content="text/html; charset=iso-8859-15">' + TEXT.encode("iso-8859-15"), "",
         "iso-8859-15"),
        (b'<!-- <meta charset="utf-16"> -->' + TEXT.encode(), "", "utf-8"),
        (TEXT.encode(), "", "utf-8"),
        (TEXT.encode("cp1252"), "", "windows-1252"),
        (TEXT.encode(), "rot13", "utf-8"),
    ],
)  # fmt: skip
def test_order(content: bytes, header: str, encoding: str) -> None:
    """BOM, header, meta, UTF-8, windows-1252: the first that applies, and the text is whole."""
    decoded = charset.to_utf8(content, header)
    assert decoded.encoding == encoding
    assert decoded.content.decode().endswith(TEXT)


def test_few_bad_bytes_do_not_spoil_the_page() -> None:
    """A UTF-8 page with one wrong byte stays UTF-8, and an issue counts the damage."""
    parsed = parse('<p property="dc:title">café \xff</p>'.encode("latin-1").replace(b"\xe9", b"\xc3\xa9"), "http://a/")
    assert [term for _, _, term in parsed.triples] == ['"café \ufffd"']
    assert [issue.code for issue in parsed.issues] == ["charset"]


def test_wrong_label_is_reported() -> None:
    """A page that is not UTF-8 although its header says so is read as windows-1252, with an issue."""
    parsed = parse(b'<p property="dc:title">caf\xe9 \x81</p>', "http://a/", content_type="text/html; charset=utf-8")
    assert [term for _, _, term in parsed.triples] == ['"café \x81"']
    assert [issue.code for issue in parsed.issues] == ["charset"]


@pytest.mark.parametrize(
    ("header", "name"),
    [("text/html; charset=UTF-8", "UTF-8"), ('text/html;charset="x"', "x"), ("text/html", ""), ("", "")],
)
def test_header(header: str, name: str) -> None:
    """The charset parameter of the header, quoted or not."""
    assert charset.header_charset(header) == name
