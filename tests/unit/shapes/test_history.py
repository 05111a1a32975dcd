"""Days, history and who must appear: pure functions on versions."""

from datetime import date

import pytest

from shapes import codes
from shapes.rules import expected
from shapes.rules.days import as_day, holds, next_day, overlap
from shapes.rules.history import Change, Version, at, changes, spells

AANGESTELD = codes.code("FunctionarisStatusCode", "45b4b155-d22a-4eaf-be3a-97022c6b7fcd")


def version(iri: str, first: str, last: str = "", holder: str = "an", post: str = "schepen", **facts: str) -> Version:
    """A version from one ISO day through another."""
    return Version(iri, holder, post, as_day(first), as_day(last), facts)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-12-04T23:00:00Z", date(2024, 12, 5)),  # local midnight in winter
        ("2020-06-30T22:00:00Z", date(2020, 7, 1)),  # local midnight in summer
        ("2030-12-31T22:59:59Z", date(2030, 12, 31)),
        ("2025-01-01T00:00:00", date(2025, 1, 1)),  # without a zone it is local
        ("2019-01-01", date(2019, 1, 1)),
        ("2025-03-30T23:30:00+00:00", date(2025, 3, 31)),  # the night in which summer time began
        ("2024-05-05T10:00:00.123456789Z", date(2024, 5, 5)),
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01", None),
        ("geen", None),
        ("", None),
        ("2024-13-45", None),
    ],
)
def test_a_day_is_a_day_in_brussels(text: str, day: date | None) -> None:
    """Every spelling of the registers becomes the day that was meant; the sentinel is no day."""
    assert as_day(text) == day


def test_both_ends_of_a_period_count() -> None:
    """Someone is in office on the first and on the last day, not before and not after; an open end stays open."""
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    assert [holds(first, last, day) for day in (date(2023, 12, 31), first, last, date(2025, 1, 1))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert holds(None, None, first)
    assert holds(first, None, date(2100, 1, 1))


def test_periods_overlap_when_they_share_a_day() -> None:
    """A last day that is another's first day is an overlap; the day after is not."""
    one = (date(2024, 1, 1), date(2024, 6, 30))
    assert overlap(one, (date(2024, 6, 30), None))
    assert not overlap(one, (date(2024, 7, 1), None))
    assert overlap((None, None), one)
    assert next_day(date.max) == date.max


def test_versions_that_follow_each_other_are_one_spell() -> None:
    """A change of status opens a new version the next day; a gap of a day or more begins a new spell."""
    found = spells([
        version("c", "2026-01-01"), version("a", "2019-01-01", "2020-05-31"), version("b", "2020-06-01", "2024-12-31"),
    ])  # fmt: skip
    assert [[one.iri for one in spell.versions] for spell in found] == [["a", "b"], ["c"]]
    assert (found[0].first, found[0].last) == (date(2019, 1, 1), date(2024, 12, 31))
    assert found[1].last is None


def test_a_long_version_covers_the_short_ones_inside_it() -> None:
    """Overlapping records make one spell; what ends inside another does not end it, nor does it leave a gap."""
    found = spells([
        version("a", "2019-01-01", "2024-12-31"), version("b", "2020-01-01", "2020-02-01"), version("c", "2023-01-01"),
    ])  # fmt: skip
    assert len(found) == 1
    assert found[0].last is None


def test_holders_and_posts_are_kept_apart() -> None:
    """Another person or another post is another spell."""
    found = spells([version("a", "2019-01-01"), version("b", "2019-01-01", holder="bo"),
                    version("c", "2019-01-01", post="burgemeester")])  # fmt: skip
    assert len(found) == 3


def test_who_counts_on_a_day() -> None:
    """Of two versions only the one of that day counts."""
    both = [version("a", "2019-01-01", "2020-05-31"), version("b", "2020-06-01")]
    assert [one.iri for one in at(both, date(2020, 5, 31))] == ["a"]
    assert [one.iri for one in at(both, date(2020, 6, 1))] == ["b"]


def test_what_changed_between_two_days() -> None:
    """Who came, who went and what is different, newest first; who stayed from one period to the next is no news."""
    found = spells([
        version("stays-1", "2019-01-01", "2024-12-31", status="Effectief"),
        version("stays-2", "2025-01-01", "2025-05-31", status="Effectief"),
        version("stays-3", "2025-06-01", status="Verhinderd"),
        version("left", "2019-01-01", "2024-12-31", holder="bo"),
        version("new", "2025-01-01", holder="cas"),
        version("later", "2027-01-01", holder="dre"),
    ])  # fmt: skip

    told = changes(found, date(2024, 1, 1), date(2026, 1, 1))

    assert [(one.kind, one.version.iri) for one in told] == [
        ("wijziging", "stays-3"), ("begin", "new"), ("einde", "left"),
    ]  # fmt: skip
    assert told[0].what == (("status", "Effectief", "Verhinderd"),)
    assert changes(found, date(2026, 1, 1), date(2026, 6, 1)) == []


def test_someone_who_came_on_the_very_day_is_no_change() -> None:
    """The state on the first day is what is compared with: who began that day was there; who left after it, left."""
    found = spells([version("a", "2024-01-01", "2024-01-01")])
    assert changes(found, date(2024, 1, 1), date(2024, 2, 1)) == [
        Change("einde", date(2024, 1, 1), found[0].versions[0])
    ]


def test_how_a_function_stands() -> None:
    """Filled, stood in for, vacant, or never reported."""
    on = date(2026, 1, 1)
    filled = version("a", "2020-01-01", status=AANGESTELD)
    acting = version("b", "2025-01-01", status=expected.WAARNEMEND)
    gone = version("c", "2019-01-01", "2025-12-31", status=AANGESTELD)
    coming = version("d", "2026-06-01", status=AANGESTELD)
    assert expected.state([filled, acting], on) == "vervuld"
    assert expected.state([acting, gone], on) == "waarnemend"
    assert expected.state([gone], on) == "vacant"
    assert expected.vacant_since([gone], on) == date(2025, 12, 31)
    assert expected.state([], on) == expected.state([coming], on) == "niet gemeld"


def test_who_must_appear() -> None:
    """Each type of bestuur has its functions; an OCMW shares those of its gemeente; an unknown type owes nothing."""
    words = {
        codes.every()[kind].label: [codes.every()[role].label for role in roles]
        for kind, roles in expected.REQUIRED.items()
    }
    assert words["Gemeente"] == ["Algemeen directeur", "Financieel directeur"]
    assert words["Provincie"] == ["Griffier", "Financieel beheerder"]
    assert words["OCMW"] == words["District"] == []
    assert words["Autonoom gemeentebedrijf"] == words["Projectvereniging"] == ["Leidend ambtenaar"]
    assert len(words) == 13
    unknown = codes.code("BestuurseenheidClassificatieCode", "4b8450cf-a326-4c66-9e63-b4ec10acc7f6")
    assert expected.required(unknown) == ()
    assert expected.allowed(unknown) is None
    assert expected.must_appear(expected.BURGEMEESTER) == (expected.GEMEENTE,)


def test_starts_before_the_databank_are_clipped() -> None:
    """Nobody led before 1 January 2019 as far as the databank says."""
    assert expected.clip(date(1998, 5, 1)) == date(2019, 1, 1)
    assert expected.clip(date(2020, 5, 1)) == date(2020, 5, 1)
    assert expected.clip(None) is None
