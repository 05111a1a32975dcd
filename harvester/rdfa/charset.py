"""From bytes of unknown encoding to UTF-8, before the parse: BOM, header, meta, UTF-8, windows-1252, in that order.

Source: https://html.spec.whatwg.org/#determining-the-character-encoding and https://encoding.spec.whatwg.org/.
"""

import codecs
import re
from typing import NamedTuple

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]{1,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:\-]{1,40})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_PRESCAN = 8192
# Labels that the web takes for windows-1252, and the families that Python knows by the same name.
_LATIN = {"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "cp1252"}
_ALLOWED = re.compile(
    r"utf-?(?:8|16(?:-?[lb]e)?)|windows-125\d|iso-?8859-\d{1,2}|cp125\d|macintosh|koi8-[ru]", re.ASCII
)
# The five bytes that windows-1252 leaves open are control characters on the web.
_OPEN_BYTES = {0xDC00 + byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


class Decoded(NamedTuple):
    """The page as UTF-8, the encoding it was read in, and what was wrong ("" when nothing was)."""

    content: bytes
    encoding: str
    problem: str


def header_charset(content_type: str) -> str:
    """The charset parameter of a Content-Type header, or an empty string."""
    found = _HEADER.search(content_type)
    return found[1] if found else ""


def to_utf8(content: bytes, header: str = "") -> Decoded:
    """The same page in UTF-8; `header` is the charset that the server named."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode(content[len(bom) :], encoding)
    named = _known(header) or _from_meta(content) or "utf-8"
    return _decode(content, named)


def _from_meta(content: bytes) -> str:
    found = _META.search(_COMMENT.sub(b"", content[:_PRESCAN]))
    name = _known(found[1].decode("ascii")) if found else ""
    return "utf-8" if name.startswith("utf-16") else name  # a page whose meta can be read is not UTF-16


def _known(label: str) -> str:
    """The encoding of a label, or an empty string for one that no page should have."""
    name = label.strip().lower()
    if name in _LATIN:
        return "windows-1252"
    if name in ("utf8", "utf-8"):
        return "utf-8"
    return name if _ALLOWED.fullmatch(name) else ""


def _decode(content: bytes, encoding: str) -> Decoded:
    if encoding == "utf-8":
        return _utf8(content)
    if encoding in ("windows-1252", "cp1252"):
        return Decoded(_windows(content), "windows-1252", "")
    try:
        return Decoded(content.decode(encoding).encode(), encoding, "")
    except (UnicodeError, LookupError):
        pass
    if encoding.startswith("utf-16"):
        text = content.decode(encoding, "replace")
        return Decoded(text.encode("utf-8", "replace"), encoding, f"not everything is valid {encoding}")
    read = _utf8(content)
    return Decoded(read.content, read.encoding, f"the page says {encoding}, but is not")


def _utf8(content: bytes) -> Decoded:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        # A page that is UTF-8 but for a few bytes stays UTF-8; one without any longer sequence never was.
        if any(ord(character) > 127 and character != "\ufffd" for character in text):
            return Decoded(text.encode(), "utf-8", f"{broken} byte sequences are not UTF-8")
        return Decoded(_windows(content), "windows-1252", "the page is not UTF-8; read as windows-1252")
    del text
    return Decoded(content, "utf-8", "")


def _windows(content: bytes) -> bytes:
    return content.decode("cp1252", "surrogateescape").translate(_OPEN_BYTES).encode("utf-8", "replace")
