"""Drawings as numbers, tables as text, and what is kept of pages."""

from datetime import date

import pytest

from frontend.site.charts import WIDTH, hemicycle, lanes, steps
from frontend.site.memory import Memory
from frontend.site.tables import as_csv
from frontend.site.texts import slug

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("seats", [[1], [3, 2], [8, 5, 5, 4, 1], [20, 15, 10, 6, 4], [31], [0]])
def test_a_hemicycle_has_as_many_dots_as_seats(seats: list[int]) -> None:
    """Each fractie gets its seats, from left to right, all inside the box, none on top of another."""
    dots = hemicycle(seats)
    assert len(dots) == sum(seats)
    assert [sum(dot.colour == i for dot in dots) for i in range(len(seats))] == seats
    assert len({(dot.x, dot.y) for dot in dots}) == len(dots)
    assert all(0 <= dot.x <= 200 and 0 <= dot.y <= 104 for dot in dots)


def test_lanes_lie_where_their_days_are() -> None:
    """The first begins at its day, what goes on reaches today, what is over ends before it."""
    made, years, today_x = lanes(
        [("a", date(2019, 1, 1), date(2024, 12, 31)), ("b", date(2025, 1, 1), None), ("c", None, date(2020, 1, 1))],
        TODAY,
    )
    assert made[0].x == 0
    assert not made[0].now
    assert made[1].now
    assert made[1].x + made[1].width == pytest.approx(today_x, abs=0.1)
    assert made[0].x + made[0].width < made[1].x
    assert years[0] == (2019, 0)
    assert today_x < WIDTH
    assert lanes([("geen datum", None, None)], TODAY) == ([], [], 0.0)
    assert lanes([("heel lang", date(1990, 1, 1), date.max)], TODAY)[0][0].width > 0


def test_steps_count_distinct_people() -> None:
    """Two versions of one person are one seat; who leaves goes down the day after; the future is not drawn."""
    found = steps([
        ("an", date(2019, 1, 1), date(2020, 12, 31)), ("an", date(2021, 1, 1), None),
        ("bo", date(2019, 1, 1), date(2022, 6, 30)), ("cas", date(2030, 1, 1), None),
    ], TODAY)  # fmt: skip
    assert [(one.day, one.count) for one in found] == [(date(2019, 1, 1), 2), (date(2022, 7, 1), 1)]
    assert steps([], TODAY) == []


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"), ("@som", "'@som"), ("+cmd|calc", "'+cmd|calc"), ("-2+3", "-2+3"), ("+32 9 123", "+32 9 123"),
        ("Zoë", "Zoë"), ('een "twee", drie', '"een ""twee"", drie"'), ("", ""),
    ],
)  # fmt: skip
def test_a_cell_is_never_a_formula(cell: str, written: str) -> None:
    """What a spreadsheet would run is text; telephone numbers stay as they are."""
    assert as_csv(("naam", "x"), [(cell, "1")]) == f"naam,x\r\n{written},1\r\n"


def test_memory_forgets_with_the_version_and_by_weight() -> None:
    """A result is made once a version; the oldest goes when all weighs too much; what is too heavy is not kept."""
    memory = Memory(limit=10)
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text

    def ask(key: str, version: int, text: str) -> str:
        return memory.get(key, (version, "2026-11-25"), lambda: make(text))

    assert [ask("a", 1, "aaaa"), ask("a", 1, "other")] == ["aaaa", "aaaa"]
    assert ask("a", 2, "bbbb") == "bbbb"
    ask("b", 2, "cccc")
    ask("a", 2, "again")
    ask("c", 2, "dddd")  # the least recently used, b, goes
    assert ask("a", 2, "again") == "bbbb"
    assert ask("b", 2, "eeee") == "eeee"
    assert ask("heavy", 2, "x" * 11) == ask("heavy", 2, "x" * 11)
    assert made == ["aaaa", "bbbb", "cccc", "dddd", "eeee", "x" * 11, "x" * 11]


def test_a_label_in_an_address() -> None:
    """Lower case, without accents, with dashes."""
    assert slug("Adjunct-algemeen directeur") == "adjunct-algemeen-directeur"
    assert slug("Financiën (en) ’t Groen") == "financien-en-t-groen"
