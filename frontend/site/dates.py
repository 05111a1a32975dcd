"""Dates as people here read them: in Brussels time, in Dutch. Pure; what a text says is read by `shapes.rules.days`."""

from datetime import UTC, date, datetime, time

from shapes.rules.days import BRUSSELS, as_day, holds, parse

__all__ = ["BRUSSELS", "as_day", "day", "exact", "hour", "is_active", "moment", "parse", "today", "written"]

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
# How registers write that there is no date.
_NO_DATE = ("0001-", "9999-")


def day(text: str) -> str:
    """`5 december 2024`; text that is no date stays as it is, no date gives an empty string."""
    found = as_day(text)
    if found is None:
        return "" if text.startswith(_NO_DATE) else text
    return written(found)


def written(when: date) -> str:
    """A day in words."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def moment(text: str) -> str:
    """`donderdag 5 december 2024 om 20.00 uur`; without the hour where it is midnight or not given."""
    found = parse(text)
    if found is None:
        return day(text)
    words = f"{DAYS[found.weekday()]} {written(found)}"
    if isinstance(found, datetime) and found.time().replace(second=0, microsecond=0) != time(0):
        words += f" om {found.hour}.{found.minute:02d} uur"
    return words


def exact(text: str) -> str:
    """`25 november 2026, 9.15 uur`, for moments at which Belfort did something."""
    found = parse(text)
    if not isinstance(found, datetime):
        return day(text)
    return f"{written(found)}, {found.hour}.{found.minute:02d} uur"


def hour(text: str) -> str:
    """`20.00 uur`, or an empty string."""
    found = parse(text)
    return f"{found.hour}.{found.minute:02d} uur" if isinstance(found, datetime) else ""


def today() -> date:
    """The day it is in Brussels."""
    return datetime.now(UTC).astimezone(BRUSSELS).date()


def is_active(start: str, end: str, on: date) -> bool:
    """Whether a period holds on that day; the last day counts (publisher.md §2.4)."""
    return holds(as_day(start), as_day(end), on)
