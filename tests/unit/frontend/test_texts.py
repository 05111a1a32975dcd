"""Small texts: Dutch dates in Brussels time, links that are safe, chains in order."""

from datetime import date

import pytest

from belfort.records.entity import Entity
from belfort.vocab import BESLUIT
from frontend.site import dates, labels, texts
from frontend.site.queries.linking import in_order


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-12-04T23:00:00Z", "5 december 2024"),
        ("2030-12-31T22:59:59Z", "31 december 2030"),
        ("2024-06-30T22:00:00+00:00", "1 juli 2024"),
        ("2024-12-05T00:00:00", "5 december 2024"),
        ("2024-12-05", "5 december 2024"),
        ("2024-12-04T23:00:00.123456789Z", "5 december 2024"),
        ("0001-01-01T00:00:00Z", ""),
        ("", ""),
        ("eind mei", "eind mei"),
        ("2024-13-45", "2024-13-45"),
        ("9999-12-31T23:59:59Z", ""),
    ],
)
def test_days_are_in_brussels(text: str, expected: str) -> None:
    """Local midnight stored in UTC is the day that was meant; the sentinel is no day; other text stays."""
    assert dates.day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-21T18:05:00Z", "woensdag 21 oktober 2026 om 20.05 uur"),
        ("2026-01-21T18:05:00Z", "woensdag 21 januari 2026 om 19.05 uur"),
        ("2024-12-04T23:00:00Z", "donderdag 5 december 2024"),
        ("2024-12-05", "donderdag 5 december 2024"),
    ],
)
def test_moments_follow_summer_time(text: str, expected: str) -> None:
    """The hour is local; midnight is a day."""
    assert dates.moment(text) == expected


@pytest.mark.parametrize(
    ("on", "expected"), [("2025-01-31", True), ("2025-02-01", False), ("2024-12-05", True), ("2024-12-04", False)]
)
def test_first_and_last_day_count(on: str, expected: bool) -> None:
    """A role holds on its first and on its last day."""
    held = dates.is_active("2024-12-04T23:00:00Z", "2025-01-31T22:59:59Z", date.fromisoformat(on))

    assert held is expected


def test_sentinel_end_is_no_end() -> None:
    """The year 1 as end means that there is none."""
    assert dates.is_active("2024-12-04T23:00:00Z", "0001-01-01T00:00:00Z", date(2099, 1, 1))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "java\nscript:alert(1)", "//elders.example",
     "vbscript:x", "http://", "https://[::1", "", "mailto:", "file:///etc/passwd"],
)  # fmt: skip
def test_dangerous_addresses_are_no_links(url: str) -> None:
    """Only http, https, mailto and tel lead anywhere."""
    assert texts.safe_href(url) == ""


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1#z", "http://a.example", "mailto:a@b.example", "tel:+3291234567"]
)
def test_usual_addresses_are_links(url: str) -> None:
    """Usual links stay as they are."""
    assert texts.safe_href(url) == url


def test_paragraphs_keep_line_ends() -> None:
    """Blank lines part paragraphs, single line ends stay, runs of spaces shrink."""
    assert texts.paragraphs("een\r\n  twee   drie\n\n\n\nvier\n") == [["een", "twee drie"], ["vier"]]


def test_numbers_and_sizes_are_dutch() -> None:
    """Points between thousands, a comma before decimals."""
    assert (texts.number(1234567), texts.size(999), texts.size(1_234_567)) == ("1.234.567", "999 bytes", "1,2 MB")


def entity(name: str, *after: str) -> Entity:
    """An agendapunt that says what it comes after."""
    lines = "\n".join(f"<{name}> <{BESLUIT.aangebrachtNa}> <{one}> ." for one in after)
    return Entity(name, name, BESLUIT.Agendapunt, name, "", 1, "", lines)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([entity("c", "b"), entity("a"), entity("b", "a")], "abc"),
        ([entity("z"), entity("y", "z"), entity("x", "y"), entity("a")], "zyxa"),
        ([entity("a", "b"), entity("b", "a"), entity("c")], "cab"),
        ([entity("a", "a"), entity("b", "elders")], "ab"),
        ([entity("a"), entity("b", "a"), entity("c", "a")], "abc"),
        ([], ""),
    ],
)
def test_chain_gives_the_order_and_loses_nothing(items: list[Entity], expected: str) -> None:
    """A broken, doubled or circular chain still shows every item once."""
    assert "".join(one.iri for one in in_order(items, BESLUIT.aangebrachtNa)) == expected


@pytest.mark.parametrize(
    ("rangorde", "expected"),
    [("Eerste schepen", 1), ("Zestiende gemeenteraadslid", 16), ("Tweeëntwintigste gemeenteraadslid", 22),
     ("Eenendertigste raadslid", 31), ("Schepen", 1000), ("", 1000)],
)  # fmt: skip
def test_ordinals_order_people(rangorde: str, expected: int) -> None:
    """The rank that a register writes in words is a number."""
    assert labels.rank(rangorde) == expected
