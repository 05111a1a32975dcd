"""A question in the units that a visitor can take away, and the periods by name."""

from datetime import date

import pytest

from frontend.site.seek.facets import periods
from frontend.site.seek.words import joined, units, without


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("fietspad aalter", ["word", "word"]),
        ('"NOTULEN" park', ["phrase", "word"]),
        ("fietspad OF voetpad Aalter", ["either", "word"]),
        ("a EN b", ["both"]),
        ("park -parking", ["word", "without"]),
        ("park NIET parking", ["word", "without"]),
        ('-"de markt"', ["without"]),
        ("weg*", ["prefix"]),
        ('kosten/baten AND ( "x', ["both", "word"]),
        ("OF", []),
        ('"', []),
        ("", []),
        ("NIET", []),
        ("a OF -b", ["word", "without"]),
    ],
)
def test_units_of_a_question(text: str, kinds: list[str]) -> None:
    """Operators bind what stands beside them; signs that mean nothing alone are left out."""
    assert [one.kind for one in units(text)] == kinds


def test_taking_a_unit_away_leaves_the_others() -> None:
    """What is left is the same question without it, in the same order."""
    parts = units('fietspad OF voetpad "grote markt" -parking')
    assert without(parts, 0) == '"grote markt" -parking'
    assert without(parts, 2) == 'fietspad OF voetpad "grote markt"'
    assert units(joined(parts)) == parts


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("-parking", "niet: parking"), ("NIET parking", "niet: parking"), ('"de markt"', "exact: de markt"),
        ("weg*", "begint met: weg"), ("weg OF straat", "weg of straat"), ("weg EN straat", "weg en straat"),
    ],
)  # fmt: skip
def test_a_unit_is_called_in_words(text: str, label: str) -> None:
    """A pill says what it does, without signs."""
    assert units(text)[0].label == label


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2024, 2, 29), date(2026, 12, 31), date(2026, 3, 30)])
def test_periods_by_name(today: date) -> None:
    """Weeks run from Monday to Sunday; months and years are whole; what is over ends before what goes on begins."""
    found = {label: (start, end) for label, start, end in periods(today)}
    for name, days in (("Deze week", 6), ("Vorige week", 6)):
        start, end = found[name]
        assert end
        assert (start.weekday(), (end - start).days) == (0, days)
    for label in ("Deze week", "Deze maand", "Dit jaar"):
        start, end = found[label]
        assert end
        assert start <= today <= end
    for last, this in (("Vorige week", "Deze week"), ("Vorige maand", "Deze maand"), ("Vorig jaar", "Dit jaar")):
        end = found[last][1]
        assert end
        assert (found[this][0] - end).days == 1
    assert found["Vorige maand"][0].day == 1
    assert found["Toekomst"][0] > today
    assert found["Toekomst"][1] is None
