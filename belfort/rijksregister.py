"""Finds rijksregisternummers (and BIS numbers) in any text, and masks them.

A number is YYMMDD SSS CC, with CC = 97 - (the first nine digits mod 97); for people born from 2000 on a `2` is
put before the nine digits. BIS numbers add 20 or 40 to the month. Source: KB 3 april 1984, art. 1; the usual
spellings are `85.07.30-033.28`, `850730-033-28`, `85073003328` and the same with spaces.

What counts as written: those groups with up to three separators between them, every digit apart, groups of two or of
three; digits of any script; behind percent codes, entities and escapes (also nested), invisible characters, markup,
base64 and the hexadecimal of its bytes. What does not, since too much else looks like it: digits grouped at will (a
date and a house number), backwards, with a letter for a digit, or inside a longer number.
"""

import binascii
import html
import re
import sys
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote

MASK = "[rijksregisternummer verwijderd]"

# One optional run of separators between the groups, as people and templates write them.
_ANY = r"[\s.\-‐‑‒–—―−_/·․‧∙•⁃\u00ad\u200b]"
_SEP, _APART = rf"{_ANY}{{0,3}}\s{{0,60}}", f"{_ANY}{{1,3}}"
_DAY = rf"\d{{2}}{_SEP}[0-5]\d{_SEP}[0-3]\d"
_NUMBER = "|".join(
    (
        rf"{_DAY}{_SEP}\d{{3}}{_SEP}\d{{2}}",
        rf"\d(?:{_APART}\d){{10}}",
        rf"\d{{2}}(?:{_APART}\d{{2}}){{4}}{_APART}\d",
        rf"\d{{3}}(?:{_APART}\d{{3}}){{2}}{_APART}\d{{2}}",
    )
)
# `+324…` is a mobile telephone. In a look-ahead, so that what merely looks like a number hides none that begins in it.
_SHAPE = re.compile(rf"(?<!\d)(?!(?<=\+)324)(?=({_NUMBER})(?!\d))".replace(r"\d", "[0-9]"))
_RUN = re.compile(f"[0-9](?:{_ANY}{{0,63}}[0-9]){{10,}}")
_NO_DIGIT = re.compile(r"[^0-9]+")
# Every byte but digits and what may stand between them becomes `a`, those in between vanish: eleven digits in a row
# are then a plain search, some fifty times as fast as the expression above.
_WINDOW, _LONGEST = 1024, 320
_BETWEEN = b" \t\n\r\x0b\x0c.-_/" + bytes(range(0x80, 0x100))
_DIGITS_AS_0 = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x61 for byte in range(256))
_ELEVEN, _TWENTY_TWO = b"0" * 11, b"0" * 22


def is_number(digits: str) -> bool:
    """Whether eleven digits form a valid rijksregisternummer or BIS number."""
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return False
    month, day, serial = int(digits[2:4]), int(digits[4:6]), int(digits[6:9])
    if month % 20 > 12 or month >= 60 or day > 31 or not 1 <= serial <= 998:
        return False
    body, check = int(digits[:9]), int(digits[9:])
    return check in {97 - body % 97, 97 - (2_000_000_000 + body) % 97}


def is_bare_number(text: str) -> bool:
    """Whether a value is a number as a whole, however a spreadsheet or a datatype spells it.

    As a number it may have lost its leading zeros (`5073003384`, of somebody born from 2000 on; who was born from 1900
    to 1909 is left out, since every KBO number would be such a one), or be written `8.5073003328E10`.
    """
    text = text.strip()
    if not 8 <= len(text) <= 24 or not text[0].isdigit():
        return False
    if not text.isdigit():
        if not _DECIMAL.fullmatch(text):
            return False
        try:
            whole = Decimal(text)
        except InvalidOperation:
            return False
        if whole.adjusted() > 10 or whole != whole.to_integral_value():
            return False
        text = str(int(whole))
    if len(text) == 11:
        return is_number(text)
    if not text.isascii() or not 8 <= len(text) <= 10:
        return False
    digits = text.zfill(11)
    return is_number(digits) and int(digits[9:]) == 97 - (2_000_000_000 + int(digits[:9])) % 97


def contains(text: str) -> bool:
    """Whether the text holds a number in any usual spelling, also behind entities, percent codes or markup."""
    decoded = _unfold(text)
    views = [text] if decoded is text else [text, decoded]
    if "<" in decoded:
        views.append(_TAG.sub("", decoded))
    squeezed = b""
    for view in views:
        squeezed = view.encode("utf-8", "surrogatepass").translate(_DIGITS_AS_0, _BETWEEN)
        if _ELEVEN in squeezed and next(_hits(view), None):
            return True
    return _is_encoded(decoded, _TWENTY_TWO in squeezed)


def mask(text: str) -> str:
    """The text with every number replaced by a fixed phrase.

    A number that only shows after unfolding (percent codes, entities, markup between its digits) masks the whole
    text: there is no place in the original to cut.
    """
    if not contains(text):
        return text
    cut, end = [], 0
    for start, stop in _hits(text):
        if start >= end:
            cut += [text[end:start], MASK]
        end = max(end, stop)
    shown = "".join([*cut, text[end:]])
    return MASK if shown == text or contains(shown) else shown


def _hits(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers of a text are, in order."""
    for start in range(0, len(text), _WINDOW):
        part = text[start : start + _WINDOW + _LONGEST].encode("utf-8", "surrogatepass")
        if _ELEVEN not in part.translate(_DIGITS_AS_0, _BETWEEN):
            continue
        for run in _RUN.finditer(text, start, start + _WINDOW + _LONGEST):
            for found in _SHAPE.finditer(text, *run.span()):
                if found.start() >= start + _WINDOW:
                    break
                if is_number(_NO_DIGIT.sub("", found[1])) and not _is_hexadecimal(text, *found.span(1)):
                    yield found.span(1)


def _is_hexadecimal(text: str, start: int, end: int) -> bool:
    """Whether the digits are a piece of a hash or a uuid: their word has a letter, and only those of a hexadecimal."""
    if not text[start:end].replace("-", "").isdigit():
        return False  # nobody writes a hash with dots or spaces
    left, right = _HEAD.search(text, max(0, start - 64), start), _TAIL.match(text, end)
    before, after = left[0] if left else "", right[0] if right else ""
    if not before and not after:
        return False
    return bool(_HEX.fullmatch(before + after)) and not (len(before) > 1 and before.isalpha() and not after)


_HEAD, _TAIL = re.compile("[0-9A-Za-z]+$"), re.compile("[0-9A-Za-z]+")
_HEX = re.compile("[0-9A-Fa-f]+")
_DECIMAL = re.compile(r"[0-9]{1,13}(?:\.[0-9]{0,12})?(?:[eE]\+?[0-9]{1,2})?")


def _unfold(text: str) -> str:
    """What a reader sees: NFKC, entities, percent and `\\u` codes decoded, invisible characters removed.

    Codes may stand inside codes (`%2538`, `&amp;#56;`), so it goes on until nothing changes.
    """
    for _ in range(_ROUNDS):
        folded = _fold(text)
        seen = _decode(folded)
        if seen == folded:
            return text if folded == text else folded
        text = seen
    return text


def _fold(text: str) -> str:
    """Digits of any script and form as ASCII; without what shows nothing."""
    if text.isascii():
        return text
    # Only what is not ASCII can change here, and that is little: looking at it alone is ten times as fast.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    rest = rest.translate(_COMMON)
    if not unicodedata.is_normalized("NFKC", rest):
        text = unicodedata.normalize("NFKC", text)
        rest = unicodedata.normalize("NFKC", rest)
    for one in _ODD.keys() & set(rest):
        text = text.replace(one, _ODD[one])
    return text


def _decode(seen: str) -> str:
    if "%" in seen and _PERCENT.search(seen):
        seen = unquote(seen)
    if "&" in seen and _ENTITY.search(seen):
        seen = html.unescape(seen)
    if "\\" in seen and _ESCAPE.search(seen):
        seen = _ESCAPE.sub(_unescape, seen)
        if _SURROGATE.search(seen):
            seen = seen.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return seen


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3] or found[4]
    return chr(min(int(code, 16), sys.maxunicode)) if code else " "


_ASCII = bytes(range(0x80))
# Other spaces and dashes stay between digits as they are; an ellipsis is none.
_COMMON = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2011\u2026"), "")
# A code may stand inside a code so often; no reader undoes more.
_ROUNDS = 12
_PERCENT = re.compile("%[0-9A-Fa-f]{2}")
_ESCAPE = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|[nrt])"
)  # fmt: skip
_ENTITY = re.compile("&[#A-Za-z]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile("<[^<>]{0,500}>")


# The zero of every script that has digits and that NFKC leaves as it is.
_ZEROS = (
    "660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 1a80 1a90 1b50 1bb0 "
    "1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 104a0 10d30 10d40 11066 110f0 11136 111d0 112f0 11450 114d0 11650 "
    "116c0 116d0 116da 11730 118e0 11950 11bf0 11c50 11d50 11da0 11de0 11f50 16a60 16ac0 16b50 16d70 1ccf0 1e140 1e2f0 "
    "1e4f0 1e5f1 1e950"
)
# What shows nothing and can stand between digits: Unicode category Cf, variation selectors, fillers, marks on a digit.
_NOTHING = (
    "ad 300-36f 600-605 61c 6dd 70f 890-891 8e2 115f-1160 17b4-17b5 180b-180f 200b-200f 202a-202e 2060-206f 20d0-20ff "
    "3164 fe00-fe0f feff ffa0 fff9-fffb 110bd 110cd 13430-1343f 1bca0-1bca3 1d173-1d17a e0000-e01ef"
)
_ODD = {
    chr(code): ""
    for first, _, last in (part.partition("-") for part in _NOTHING.split())
    for code in range(int(first, 16), int(last or first, 16) + 1)
} | {chr(int(zero, 16) + digit): str(digit) for zero in _ZEROS.split() for digit in range(10)}


def _is_encoded(text: str, may_be_hex: bool) -> bool:
    """Whether base64 or a hexadecimal in the text holds a number."""
    if may_be_hex:
        for found in _BYTES.finditer(text):
            if next(_hits(bytes.fromhex(found[0]).decode("ascii")), None):
                return True
    for found in _BASE64.finditer(text):
        start = found.start()
        while start and text[start - 1] in _ALPHABET and found.start() - start < 80:
            start -= 1
        stop = found.end()
        while stop < len(text) and text[stop] in _ALPHABET and stop - found.end() < 80:
            stop += 1
        if any(next(_hits(_from_base64(text[offset:stop])), None) for offset in range(start, min(start + 4, stop))):
            return True
    return False


def _from_base64(text: str) -> str:
    text = text.replace("-", "+").replace("_", "/")
    whole = len(text) // 4 * 4
    try:
        return binascii.a2b_base64(text[:whole] + (text[whole:] + "==")[:4]).decode("latin-1")
    except binascii.Error:
        return binascii.a2b_base64(text[:whole]).decode("latin-1")


_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")
_BYTES = re.compile("(?:3[0-9]){11,}")
# Three groups of four letters that stand for three characters each between space and `?`: digits and separators.
_QUAD = "[I-P][CDSTijyz][AEIMQUYcgkosw048][g-z0-9+/_-]"
_BASE64 = re.compile(f"{_QUAD}(?:{_QUAD}){{2}}")
