"""The detector finds a rijksregisternummer however it is written, and leaves look-alikes alone.

Numbers here are made by formula; their birth dates lie in the future or their serial is of nobody in particular.
"""

import uuid
from collections.abc import Callable
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
    "in a file name": f"attest_{NUMBER}_v2.pdf",
    "after letters": f"RRN{NUMBER}",
    "before letters": f"{NUMBER}rrn",
    "in an IRI": f"https://x.example/id/persoon_{NUMBER}#this",
}
HIDDEN = {
    "percent-encoded": quote(f"{Y} {M} {D}/{S}").replace("/", "%2F") + f"%2D{C}",
    "numeric entities": "".join(f"&#{ord(digit)};" for digit in NUMBER),
    "hexadecimal entities": "".join(f"&#x{ord(digit):x};" for digit in NUMBER),
    "JSON escapes": "".join(f"\\u{ord(digit):04x}" for digit in NUMBER),
    "markup between": f"<b>{Y}.{M}.{D}</b><span class='x'>-{S}</span>.{C}",
    "zero-width spaces": "\u200b".join(NUMBER),
    "soft hyphens": "\u00ad".join(NUMBER),
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


def test_two_numbers_in_one_text() -> None:
    """Every number is cut, and what stands between them is kept."""
    other = make("050131", "002", from_2000=True)
    assert mask(f"{NUMBER} en {FORMS['official']} en {other}") == f"{MASK} en {MASK} en {MASK}"


def test_large_texts_are_scanned_in_linear_time() -> None:
    """A megabyte of digits and separators, the worst case for the expression, takes no more than seconds."""
    assert not rijksregister.contains("12 " * 300_000)
    assert rijksregister.contains("12 " * 300_000 + f": {NUMBER}")
