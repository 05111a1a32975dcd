"""Dates as people here read them: in Brussels time, in Dutch. Pure.

The registers store local midnight in UTC (`2024-12-04T23:00:00Z` is 5 December 2024), beside dateTimes without a zone
and plain dates; `0001-01-01` means that there is no date (publisher.md §2.3, §2.4). So: to Brussels first, then a day.
"""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_SENTINEL = 1
# How registers write that there is no date.
_NO_DATE = ("0001-", "9999-")
_DATE = re.compile(r"-?\d{4}-\d{2}-\d{2}\Z")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


def parse(text: str) -> datetime | date | None:
    """The moment in Brussels time, or the day, that an xsd:dateTime or xsd:date says; None when it says none."""
    text = text.strip()
    try:
        if _DATE.match(text):
            day = date.fromisoformat(text)
            return None if day.year == _SENTINEL else day
        if not _MOMENT.match(text):
            return None
        moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text).strip())
        if moment.year == _SENTINEL:
            return None
        return moment.astimezone(BRUSSELS) if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)
    except (ValueError, OverflowError):
        return None


def as_day(text: str) -> date | None:
    """The day in Brussels that the text says."""
    found = parse(text)
    return found.date() if isinstance(found, datetime) else found


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
    first, last = as_day(start), as_day(end)
    return (first is None or first <= on) and (last is None or on <= last)
