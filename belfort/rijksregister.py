"""Finds rijksregisternummers (and BIS numbers) in any text, and masks them.

A number is YYMMDD SSS CC, with CC = 97 - (the first nine digits mod 97); for people born from 2000 on a `2` is
put before the nine digits. BIS numbers add 20 or 40 to the month. Source: KB 3 april 1984, art. 1; the usual
spellings are `85.07.30-033.28`, `850730-033-28`, `85073003328` and the same with spaces.
"""

import html
import re
import unicodedata
from urllib.parse import unquote

MASK = "[rijksregisternummer verwijderd]"

# One optional separator run between the groups, as people and templates write them. A digit or a letter of a
# hexadecimal number on either side means the digits belong to something longer: a hash, a uuid.
_SEP = r"[\s.\-–—−_/·\u00a0\u2009\u202f\u2010\u2011\u00ad\u200b]{0,3}"
_SHAPE = re.compile(
    rf"(?<![\dA-Fa-f])(\d{{2}}){_SEP}([0-5]\d){_SEP}([0-3]\d){_SEP}(\d{{3}}){_SEP}(\d{{2}})(?![\dA-Fa-f])"
)
# Characters of Unicode category Cf: they show nothing, and can stand between digits.
_INVISIBLE = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
# Every byte but digits and what may stand between them becomes `a`, those in between vanish: eleven digits in a row
# are then a plain search, some fifty times as fast as the expression above.
_WINDOW, _LONGEST = 2048, 64
_BETWEEN = b" \t\n\r\x0b\x0c.-_/" + bytes(range(0x80, 0x100))
_DIGITS_AS_0 = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x61 for byte in range(256))


def is_number(digits: str) -> bool:
    """Whether eleven digits form a valid rijksregisternummer or BIS number."""
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return False
    month, day, serial = int(digits[2:4]), int(digits[4:6]), int(digits[6:9])
    if month % 20 > 12 or month >= 60 or day > 31 or not 1 <= serial <= 998:
        return False
    body, check = int(digits[:9]), int(digits[9:])
    return check in {97 - body % 97, 97 - (2_000_000_000 + body) % 97}


def _plain_hits(text: str) -> list[tuple[int, int]]:
    if not _has_eleven_digits(text):
        return []
    hits = []
    for start in range(0, len(text), _WINDOW):
        if _has_eleven_digits(text[start : start + _WINDOW + _LONGEST]):
            found = _SHAPE.finditer(text, start, start + _WINDOW + _LONGEST)
            hits += [m.span() for m in found if m.start() < start + _WINDOW and is_number("".join(m.groups()))]
    return hits


def _has_eleven_digits(text: str) -> bool:
    """Whether eleven digits follow each other with nothing but separators between them."""
    return b"00000000000" in text.encode("utf-8", "surrogatepass").translate(_DIGITS_AS_0, _BETWEEN)


def contains(text: str) -> bool:
    """Whether the text holds a number in any usual spelling, also behind entities, percent codes or markup."""
    if _plain_hits(text):
        return True
    unfolded = _unfold(text)
    return unfolded != text and bool(_plain_hits(unfolded))


def mask(text: str) -> str:
    """The text with every number replaced by a fixed phrase.

    A number that only shows after unfolding (percent codes, entities, markup between its digits) masks the whole
    text: there is no place in the original to cut.
    """
    hits = _plain_hits(text)
    for start, end in reversed(hits):
        text = text[:start] + MASK + text[end:]
    unfolded = _unfold(text)
    if unfolded != text and _plain_hits(unfolded):
        return MASK
    return text


def _unfold(text: str) -> str:
    """What a reader sees: NFKC, entities, percent and `\\u` codes decoded, invisible characters and tags removed."""
    seen = text
    if "%" in seen and _PERCENT.search(seen):
        seen = unquote(seen)
    if "&" in seen:
        seen = html.unescape(seen)
    if "\\" in seen:
        seen = _CODE.sub(lambda m: chr(int(m[1], 16)) if m[1] else " ", seen)
    if not seen.isascii():
        seen = _INVISIBLE.sub("", unicodedata.normalize("NFKC", seen))
    return _TAG.sub("", seen) if "<" in seen else seen


_PERCENT = re.compile("%[0-9A-Fa-f]{2}")
_CODE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
_TAG = re.compile("<[^<>]{0,500}>")
