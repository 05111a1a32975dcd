"""Q10: what a text with a datatype can mean, and that every literal ends up valid."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belfort import rdf
from belfort.vocab import XSD
from harvester.repairs import datatypes, moments
from harvester.repairs.page import Page

PAGE = Page()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-3-5", "2024-03-05"),
        ("5/3/2024", "2024-03-05"),
        ("05-03-2024", "2024-03-05"),
        ("5.3.2024", "2024-03-05"),
        ("5 maart 2024", "2024-03-05"),
        ("dinsdag 5 maart 2024", "2024-03-05"),
        ("di. 5 mrt. 2024", "2024-03-05"),
        (" 5\n  Maart  2024 ", "2024-03-05"),
        ("2024-03-05T20:00:00", "2024-03-05"),
        ("2024-03-05T23:30:00Z", "2024-03-06"),
        ("29 februari 2024", "2024-02-29"),
        ("29 februari 2023", None),
        ("31-02-2024", None),
        ("12/03/24", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("0000-00-00", None),
        ("13/13/2024", None),
        ("maart 2024", None),
        ("morgen", None),
        ("", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    """A date is understood when it can mean one day only."""
    assert datatypes.lexical(text, XSD.date) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05T20:00:00Z", "2024-03-05T20:00:00Z"),
        ("2024-03-05T20:00:00.0000000", "2024-03-05T20:00:00.0000000"),
        ("2024-03-05 20:00", "2024-03-05T20:00:00+01:00"),
        ("2024-07-05 20:00:30", "2024-07-05T20:00:30+02:00"),
        ("2024-03-05T20:00Z", "2024-03-05T20:00:00Z"),
        ("2024-03-05T20:00:00+0100", "2024-03-05T20:00:00+01:00"),
        ("5 maart 2024 om 20.00 uur", "2024-03-05T20:00:00+01:00"),
        ("5 maart 2024, 20u30", "2024-03-05T20:30:00+01:00"),
        ("05/03/2024 - 20 uur", "2024-03-05T20:00:00+01:00"),
        ("dinsdag 5 juli 2022 20:15", "2022-07-05T20:15:00+02:00"),
        ("2024-03-05T24:00:00", "2024-03-05T24:00:00"),
        ("2024-03-05T25:00:00", None),
        ("2024-03-05 in de namiddag", None),
        ("0001-01-01T00:00:00", None),
    ],
)
def test_moments(text: str, expected: str | None) -> None:
    """A moment is understood with its zone, else in Brussels; a valid one is left as it is."""
    assert datatypes.lexical(text, XSD.dateTime) == expected


@pytest.mark.parametrize(
    ("datatype", "text", "expected"),
    [
        ("boolean", "True", "true"), ("boolean", " ja ", "true"), ("boolean", "NEE", "false"), ("boolean", "1", "1"),
        ("boolean", "misschien", None), ("integer", " 12 ", "12"), ("integer", "12.0", "12"), ("integer", "12,5", None),
        ("integer", "1.234", None), ("integer", "twaalf", None), ("nonNegativeInteger", "-1", None),
        ("positiveInteger", "3", "3"), ("decimal", "12,50", "12.50"), ("decimal", "1.234,50", "1234.50"),
        ("decimal", "1,2,3", None), ("double", "1e3", "1e3"), ("gYear", " 2024 ", "2024"), ("gYear", "'24", None),
        ("time", "19.30", "19:30:00"), ("time", "19u30", "19:30:00"), ("time", "25:00", None),
        ("time", "19:30:00", "19:30:00"), ("string", " x ", " x "), ("anyURI", " https://x.be ", "https://x.be"),
        ("anyURI", "een tekst", None), ("duration", "PT1H", "PT1H"), ("onzin", "x", None),
    ],
)  # fmt: skip
def test_other_datatypes(datatype: str, text: str, expected: str | None) -> None:
    """A value gets the one form it can mean, or none."""
    assert datatypes.lexical(text, XSD[datatype]) == expected


@pytest.mark.parametrize(
    ("day", "clock", "offset"),
    [
        (date(2024, 1, 1), "12:00:00", "+01:00"),
        (date(2024, 7, 1), "12:00:00", "+02:00"),
        (date(2024, 10, 27), "02:30:00", "+02:00"),
        (date(2024, 10, 27), "03:30:00", "+01:00"),
    ],
)
def test_the_zone_of_brussels(day: date, clock: str, offset: str) -> None:
    """Winter and summer time; of an hour that comes twice the first."""
    assert moments.offset(day, clock) == offset


MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - a local time
    max_value=datetime(2199, 12, 31),  # noqa: DTZ001
)


@given(MOMENTS)
def test_a_local_time_keeps_its_clock(moment: datetime) -> None:
    """The zone is added behind what was written; nothing else changes."""
    text = moment.isoformat(timespec="seconds")
    better = moments.with_zone(text)
    assert better
    assert better.startswith(text)
    assert datetime.fromisoformat(better).utcoffset() in {
        timedelta(hours=h, minutes=m) for h in (0, 1, 2) for m in (0, 17, 18)
    }
    assert moments.with_zone(better) is None


DATATYPES = st.sampled_from([XSD[name] for name in datatypes._NAMES] + [XSD["dateTijd"], XSD["INT"]])
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["2024-03-05", "5/3/2024 20:00", "True", "12,5", "31 februari 2024", "", " 7 ", "PT1H", "-1"]),
    MOMENTS.map(lambda moment: moment.strftime("%d/%m/%Y om %H.%M uur")),
)


@given(VALUES, DATATYPES)
def test_every_literal_ends_up_valid(value: str, datatype: str) -> None:
    """Whatever a page says, after the rules a typed literal is valid, a plain one as written; again changes nothing."""
    triple = ("<a:s>", "<a:p>", rdf.literal(value, datatype))
    result = _repaired(triple)
    literal = rdf.split_literal(result[2])
    assert datatypes.lexical(literal.value, literal.datatype) == literal.value
    assert literal.datatype != XSD.string or literal.value == value
    assert _repaired(result) == result


def _repaired(triple: rdf.Triple) -> rdf.Triple:
    for rule in (datatypes.named, datatypes.missing, datatypes.valued, datatypes.zoned, datatypes.hopeless):
        better = rule(triple, PAGE)
        triple = better[0] if better else triple
    return triple
