"""The detector finds a rijksregisternummer however it is written, and leaves look-alikes alone.

Numbers here are made by formula; their birth dates lie in the future or their serial is of nobody in particular.
"""

import json
import random
import unicodedata
import uuid
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from belfort import rijksregister
from belfort.rijksregister import MASK, contains, is_number, mask


def make(born: str, serial: str, *, from_2000: bool = False) -> str:
    """Eleven digits with the check that the law prescribes."""
    body = int(("2" if from_2000 else "") + born + serial)
    return f"{born}{serial}{97 - body % 97:02d}"


NUMBER = make("870730", "033")
Y, M, D, S, C = NUMBER[:2], NUMBER[2:4], NUMBER[4:6], NUMBER[6:9], NUMBER[9:]

FORMS = {
    "official": f"{Y}.{M}.{D}-{S}.{C}",
    "compact": NUMBER,
    "dashes": f"{Y}{M}{D}-{S}-{C}",
    "spaces": f"{Y} {M} {D} {S} {C}",
    "two groups": f"{Y}{M}{D} {S}{C}",
    "slashes": f"{Y}/{M}/{D} {S}/{C}",
    "all dashes": f"{Y}-{M}-{D}-{S}-{C}",
    "all dots": f"{Y}.{M}.{D}.{S}.{C}",
    "underscores": f"{Y}_{M}_{D}_{S}_{C}",
    "en dash": f"{Y}.{M}.{D}–{S}.{C}",
    "minus sign": f"{Y}.{M}.{D}−{S}.{C}",
    "no-break hyphen": f"{Y}.{M}.{D}\u2011{S}.{C}",
    "no-break space": f"{Y}\u00a0{M}\u00a0{D}\u00a0{S}\u202f{C}",
    "dash between spaces": f"{Y}.{M}.{D} - {S}.{C}",
    "broken over lines": f"{Y}.{M}.{D}-\n{S}.{C}",
    "middle dots": f"{Y}·{M}·{D}·{S}·{C}",
    "zero-width spaces": "\u200b".join(NUMBER),
    "soft hyphens": "\u00ad".join(NUMBER),
    "in a file name": f"attest_{NUMBER}_v2.pdf",
    "after letters": f"RRN{NUMBER}",
    "before letters": f"{NUMBER}rrn",
    "every digit apart": " ".join(NUMBER),
    "every digit apart, with dots": ".".join(NUMBER),
    "every digit apart, no-break": "\u202f".join(NUMBER),
    "in pairs": f"{Y} {M} {D} {S[:2]} {S[2]}{C[0]} {C[1]}",
    "in threes": f"{NUMBER[:3]} {NUMBER[3:6]} {NUMBER[6:9]} {C}",
    "far apart": f"{Y}.{M}.{D} -          {S}.{C}",
    "figure dash": f"{Y}.{M}.{D}\u2012{S}.{C}",
    "in a path": f"https://x.example/{Y}/{M}/{D}/{S}/{C}/",
    "after a word in hexadecimal letters": f"de{NUMBER}",
    "dotted after a letter": f"e{Y}.{M}.{D}-{S}.{C}",
    "in an IRI": f"https://x.example/id/persoon_{NUMBER}#this",
}
HIDDEN = {
    "percent-encoded": quote(f"{Y} {M} {D}/{S}").replace("/", "%2F") + f"%2D{C}",
    "numeric entities": "".join(f"&#{ord(digit)};" for digit in NUMBER),
    "hexadecimal entities": "".join(f"&#x{ord(digit):x};" for digit in NUMBER),
    "JSON escapes": "".join(f"\\u{ord(digit):04x}" for digit in NUMBER),
    "markup between": f"<b>{Y}.{M}.{D}</b><span class='x'>-{S}</span>.{C}",
    "double percent codes": "".join(f"%25{ord(digit):02X}" for digit in NUMBER),
    "nested entities": "".join(f"&amp;amp;#{ord(digit)};" for digit in NUMBER),
    "entities in percent codes": quote("".join(f"&#{ord(digit)};" for digit in NUMBER)),
    "percent codes in an IRI in brackets": "<https://x.example/" + "".join(f"%{ord(d):02X}" for d in NUMBER) + ">",
    "escaped markup between": f"&lt;b&gt;{Y}.{M}.{D}&lt;/b&gt;-{S}&lt;i&gt;.{C}",
    "comments between": f"{Y}.{M}.<!-- dag -->{D}-{S}.{C}",
    "cells of a table": f"<tr>\n    <td>{Y}</td>\n    <td>{M}</td>\n    <td>{D}</td><td>{S}</td>\n<td>{C}</td></tr>",
    "escaped lines": f"{Y}.{M}.{D}\\n      {S}.{C}",
    "byte escapes": "".join(f"\\x{ord(digit):02x}" for digit in NUMBER),
    "long escapes": "".join(f"\\U{ord(digit):08x}" for digit in NUMBER),
    "script escapes": "".join(f"\\u{{{ord(digit):x}}}" for digit in NUMBER),
    "escaped mathematical digits": json.dumps("".join(chr(0x1D7CE + int(digit)) for digit in NUMBER)),
    "Arabic-Indic digits": "".join(chr(0x660 + int(digit)) for digit in NUMBER),
    "Extended Arabic-Indic digits": f"{Y}.{M}.{D}-{S}.{C}".translate({48 + n: 0x6F0 + n for n in range(10)}),
    "Devanagari digits": "".join(chr(0x966 + int(digit)) for digit in NUMBER),
    "Osmanya digits": "".join(chr(0x104A0 + int(digit)) for digit in NUMBER),
    "superscript digits": NUMBER.translate({48 + n: ord("⁰¹²³⁴⁵⁶⁷⁸⁹"[n]) for n in range(10)}),
    "keycaps": "".join(f"{digit}\ufe0f\u20e3" for digit in NUMBER),
    "base64": b64encode(NUMBER.encode()).decode(),
    "base64 of more": b64encode(f"nr {Y}.{M}.{D}-{S}.{C} van Jan".encode()).decode(),
    "base64 for addresses": urlsafe_b64encode(f"?? {NUMBER}??".encode()).decode(),
    "hexadecimal": NUMBER.encode().hex(),
    "full-width digits": "".join(chr(0xFF10 + int(digit)) for digit in NUMBER),
    "mathematical digits": "".join(chr(0x1D7CE + int(digit)) for digit in NUMBER),
}


@pytest.mark.parametrize("written", FORMS.values(), ids=FORMS)
def test_written_forms(written: str) -> None:
    """Each usual spelling is found, and only the number is cut from the text around it."""
    text = f"Betreft: {written}, wonende te 9300 Aalst."
    assert contains(text)
    masked = mask(text)
    assert MASK in masked
    assert masked.startswith("Betreft: ")
    assert masked.endswith(", wonende te 9300 Aalst.")
    assert not contains(masked)


@pytest.mark.parametrize("written", HIDDEN.values(), ids=HIDDEN)
def test_hidden_forms(written: str) -> None:
    """A number that only a reader sees is found; the whole text goes, since there is no place to cut."""
    assert contains(f"voor {written} na")
    assert mask(f"voor {written} na") == MASK


@pytest.mark.parametrize(
    "number",
    [
        make("050131", "002", from_2000=True),
        make("990101", "997"),
        make("000101", "001", from_2000=True),
        make("872730", "033"),  # BIS, sex unknown: month + 20
        make("874730", "033"),  # BIS, sex known: month + 40
        make("054101", "998", from_2000=True),
        make("870000", "001"),  # month and day unknown
    ],
)
def test_kinds_of_numbers(number: str) -> None:
    """People born from 2000 on, BIS numbers and unknown birthdays count as well."""
    assert is_number(number)
    assert mask(f"nr {number}.") == f"nr {MASK}."


CONTROLS = {
    "KBO number": "0207.437.468",
    "KBO number, compact": "0207437468",
    "VAT number": "BE0207437468",
    "establishment": "2.147.483.649",
    "IBAN": "BE68 5390 0754 7034",
    "IBAN, compact": "BE68539007547034",
    "mobile phone": "+32 478 12 34 56",
    "phone": "053 72 32 11",
    "phone, international": "0032 53 72 32 11",
    "uuid": "13fefad6-a9d6-4025-83b5-e4cbee3a8965",
    "uuid of digits": "12345678-1234-4234-8234-123456789012",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "hexadecimal id": "5FB2F6A0D870730033280009",
    "date and time": "2026-11-25T19:30:00.000Z",
    "date": "25/11/2026",
    "mobile phone, compact": "+32485073033",
    "amount of millions": "€ 85.073.003,28",
    "day and number": "14/02/2026 - 123",
    "base64": b64encode(b"De raad keurt het verslag goed.").decode(),
    "dossier": "2024-01234",
    "epoch": "1764097200000",
    "amount": "€ 1.234.567,89",
    "wrong check": NUMBER[:-2] + f"{(int(C) + 1) % 97:02d}",
    "serial 000": make("870730", "000"),
    "serial 999": make("870730", "999"),
    "month 13": make("871330", "033"),
    "day 32": make("870732", "033"),
    "inside a longer number": f"1{NUMBER}",
    "followed by a digit": f"{NUMBER}4",
    "inside a hexadecimal word": f"a{NUMBER}f",
}


@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
def test_controls_do_not_alarm(text: str) -> None:
    """What merely looks like a number stays as it is."""
    assert not contains(f"Zie {text} in bijlage.")
    assert mask(f"Zie {text} in bijlage.") == f"Zie {text} in bijlage."


@given(st.uuids(), st.binary(min_size=16, max_size=32))
def test_random_identifiers_do_not_alarm(identifier: uuid.UUID, content: bytes) -> None:
    """A uuid or a digest is never taken for a person."""
    hexadecimal = "a" + content.hex() + "f"
    assert not contains(f"https://x.example/id/{identifier}/{hexadecimal}") or any(
        part.isdigit() for part in str(identifier).split("-")
    )


def _naive(digits: str) -> bool:
    """The rule once more, from the text of the law: remainders by repeated subtraction, no shared expression."""
    year, month, day, serial, check = (int(digits[a:b]) for a, b in [(0, 2), (2, 4), (4, 6), (6, 9), (9, 11)])
    months = set(range(13)) | set(range(20, 33)) | set(range(40, 53))
    if month not in months or day not in range(32) or serial in (0, 999):
        return False
    for century in (0, 2):
        left = century * 10**9 + year * 10**7 + month * 10**5 + day * 10**3 + serial
        left -= 97 * (left // 97)
        if left + check == 97:
            return True
    return False


@given(
    st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 999), st.integers(0, 99), st.booleans()
)
@example(87, 0, 0, 1, 0, True)
def test_validity_agrees_with_a_naive_formula(
    year: int, month: int, day: int, serial: int, check: int, corrected: bool
) -> None:
    """For any eleven digits, two independent spellings of the rule say the same."""
    born = f"{year:02d}{month:02d}{day:02d}"
    digits = make(born, f"{serial:03d}") if corrected else f"{born}{serial:03d}{check:02d}"
    assert is_number(digits) == _naive(digits)


@pytest.mark.parametrize("digits", ["", NUMBER[:-1], NUMBER + "0", f"{Y}.{M}.{D}", "٨" * 11, " " + NUMBER[1:]])
def test_what_is_not_eleven_digits_is_no_number(digits: str) -> None:
    """Length and kind of the characters are checked before any sum."""
    assert not is_number(digits)


written = st.sampled_from(
    [
        lambda n: n,
        lambda n: f"{n[:2]}.{n[2:4]}.{n[4:6]}-{n[6:9]}.{n[9:]}",
        lambda n: f"{n[:6]}-{n[6:9]}-{n[9:]}",
        lambda n: f"{n[:6]} {n[6:9]} {n[9:]}",
        lambda n: f"{n[:2]}/{n[2:4]}/{n[4:6]} {n[6:]}",
    ]
)
valid = st.builds(
    lambda year, month, day, serial, late: make(f"{year:02d}{month:02d}{day:02d}", f"{serial:03d}", from_2000=late),
    st.integers(0, 99), st.sampled_from([*range(1, 13), *range(21, 33), *range(41, 53)]), st.integers(1, 31),
    st.integers(1, 998), st.booleans(),
)  # fmt: skip


@given(st.text(), valid, written, st.text())
@example("<b class='x'>", NUMBER, str, "</b>")
@example("&amp; %41 ", NUMBER, str, " <")
def test_a_number_in_any_text_is_found(before: str, number: str, write: Callable[[str], str], after: str) -> None:
    """Whatever stands around it, a number between two spaces is seen, and is not in what is shown."""
    # A digit or letter next to it, once markup is taken away, makes it part of something longer.
    text = f"{before} : {write(number)} : {after}"
    assert contains(text)
    masked = mask(text)
    assert number not in masked
    assert not contains(masked)


@given(st.text())
def test_masking_changes_nothing_else(text: str) -> None:
    """A text without a number is returned as it is."""
    assert contains(text) or mask(text) == text


LAYERS: list[Callable[[str], str]] = [
    str,
    lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    lambda text: quote(text, safe=""),
    escape,
    lambda text: "".join(f"&#{ord(one)};" for one in text),
    lambda text: "".join(f"&#x{ord(one):X}" + ";" for one in text),
    lambda text: "".join(f"\\u{ord(one):04x}" if ord(one) < 0x10000 else one for one in text),
    lambda text: text.translate({48 + n: 0xFF10 + n for n in range(10)}),
    lambda text: text.translate({48 + n: 0x660 + n for n in range(10)}),
    lambda text: "\u2060".join(text),
]


@given(valid, written, st.lists(st.sampled_from(LAYERS), max_size=4))
def test_a_number_behind_layers_of_codes_is_found(
    number: str, write: Callable[[str], str], layers: list[Callable[[str], str]]
) -> None:
    """Percent codes, entities, escapes, scripts and invisible characters, one around the other, hide nothing."""
    text = write(number)
    for layer in layers:
        text = layer(text)

    assert contains(f"nr {text} (privé)")
    shown = mask(f"nr {text} (privé)")
    assert number not in shown
    assert not contains(shown)


def test_digits_of_every_script_are_read() -> None:
    """Each decimal digit that Unicode has, in this Python, is a digit here."""
    zeros = [code for code in range(0x110000) if unicodedata.decimal(chr(code), None) == 0]
    scripts = [z for z in zeros if unicodedata.category(chr(z)) == "Nd"]
    assert len(scripts) > 60
    for zero in scripts:
        assert contains("nr " + "".join(chr(zero + int(digit)) for digit in NUMBER)), f"{zero:x}"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (NUMBER, True),
        (f" {NUMBER} ", True),
        (make("050730", "033", from_2000=True).lstrip("0"), True),
        (make("000512", "033", from_2000=True).lstrip("0"), True),
        (f"{NUMBER}.0", True),
        (f"{NUMBER[0]}.{NUMBER[1:]}E10", True),
        (f"{NUMBER[0]}.{NUMBER[1:]}e+10", True),
        ("0212170730", False),  # KBO numbers: with a zero before them they pass the check of the law
        ("212170730", False),
        ("5.0E-3", False),
        ("1.5E400", False),
        ("2026-11-25", False),
        ("12345678901234", False),
        ("", False),
    ],
)
def test_a_value_that_is_nothing_but_a_number(text: str, is_one: bool) -> None:
    """Spreadsheets drop leading zeros and write exponents; a KBO number is no person."""
    assert rijksregister.is_bare_number(text) == is_one


def test_no_kbo_number_is_taken_for_a_person() -> None:
    """A KBO number has the check of somebody born from 1900 to 1909, so nobody of those years is looked for."""
    dice = random.Random(11)
    for _ in range(5000):
        body = dice.randrange(20_000_000)
        number = f"{body:08d}{97 - body % 97:02d}"
        for form in (number, number.lstrip("0"), f"{number[:4]}.{number[4:7]}.{number[7:]}", f"BE{number}"):
            assert not contains(f"nr {form}"), form
            assert not rijksregister.is_bare_number(form), form


def test_two_numbers_in_one_text() -> None:
    """Every number is cut, and what stands between them is kept."""
    other = make("050131", "002", from_2000=True)
    assert mask(f"{NUMBER} en {FORMS['official']} en {other}") == f"{MASK} en {MASK} en {MASK}"


def test_large_texts_are_scanned_in_linear_time() -> None:
    """A megabyte of digits and separators, the worst case for the expression, takes no more than seconds."""
    assert not rijksregister.contains("12 " * 300_000)
    assert rijksregister.contains("12 " * 300_000 + f": {NUMBER}")
