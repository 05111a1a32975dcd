"""Days as the registers mean them: in Europe/Brussels, the last day included. Pure.

The registers store local midnight in UTC (`2024-12-04T23:00:00Z` is 5 December 2024, `2030-12-31T22:59:59Z` the end of
31 December), beside dateTimes without a zone and plain dates; the year 1 means that there is no date. So: to Brussels
first, then a day. Whether `einde` is included is defined nowhere; here it is: someone is in office on the last day.
Source: publisher.md §2.3, §2.4.
"""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
# The databank of leading officials begins here; an earlier start says no more than this (publisher.md §10.1).
FIRST_DAY = date(2019, 1, 1)
_SENTINEL = 1
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


def holds(first: date | None, last: date | None, on: date) -> bool:
    """Whether a period holds on that day, both ends included; None is open."""
    return (first is None or first <= on) and (last is None or on <= last)


def overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two periods have a day in common."""
    return (one[0] is None or other[1] is None or one[0] <= other[1]) and (
        other[0] is None or one[1] is None or other[0] <= one[1]
    )


def next_day(day: date) -> date:
    """The day after; the last day that a calendar knows is its own next."""
    return day + timedelta(days=1) if day < date.max else day
