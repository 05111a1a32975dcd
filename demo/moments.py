"""Moments: local time in Belgium (Europe/Brussels) in the forms in which pages and registers write it.

The summer-time rule is spelled here (last Sunday of March and of October), so that the demo gives the same bytes on
machines without a time-zone database.
"""

from datetime import UTC, date, datetime, time, timedelta

from demo.names import DAYS, MONTHS


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def offset(local: datetime) -> timedelta:
    """How far local time is ahead of UTC at that local moment."""
    start = datetime.combine(_last_sunday(local.year, 3), time(3))
    end = datetime.combine(_last_sunday(local.year, 10), time(3))
    return timedelta(hours=2 if start <= local < end else 1)


def utc(local: datetime) -> datetime:
    """The moment in UTC."""
    return (local - offset(local)).replace(tzinfo=UTC)


def utc_text(local: datetime) -> str:
    """`2025-03-10T19:00:00Z`."""
    return utc(local).strftime("%Y-%m-%dT%H:%M:%SZ")


def offset_text(local: datetime) -> str:
    """`2025-03-10T20:00:00.000+01:00`."""
    return f"{local:%Y-%m-%dT%H:%M:%S}.000+0{offset(local).seconds // 3600}:00"


def ticks_text(local: datetime) -> str:
    """`2025-03-10T19:00:00.0000000Z`: seven digits, as .NET writes them."""
    return utc(local).strftime("%Y-%m-%dT%H:%M:%S.0000000Z")


def day_start(day: date) -> str:
    """The first second of a day, in UTC, as registers write the start of a mandate."""
    return utc_text(datetime.combine(day, time()))


def day_end(day: date) -> str:
    """The last second of a day, in UTC, as registers write the end of a mandate."""
    return utc_text(datetime.combine(day, time(23, 59, 59)))


def dutch(day: date) -> str:
    """`10 maart 2025`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def dutch_short(day: date) -> str:
    """`ma 10/03/2025`."""
    return f"{DAYS[day.weekday()]} {day:%d/%m/%Y}"
