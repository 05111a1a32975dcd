"""Days as tables and slices write them: a moment is first brought to Europe/Brussels, then only its day is kept.

Sources store local midnight as UTC (`2024-12-04T23:00:00Z` is 5 December), moments without a zone, and plain days; the
year 0001 means "no end". The last day counts: someone is still in office on it (publisher.md §2.4).
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from belfort.records.entity import Entity
from belfort.vocab import MANDAAT

BRUSSELS = ZoneInfo("Europe/Brussels")
NO_END = "0002"


@lru_cache(maxsize=65536)
def day(text: str) -> str:
    """The day (ISO) of a date or moment; "" when it is none, or the sentinel for "no end"."""
    text = text.strip()
    try:
        if len(text) <= 10:
            found = date.fromisoformat(text)
        else:
            moment = datetime.fromisoformat(text)
            found = moment.astimezone(BRUSSELS).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        return ""
    return "" if found.isoformat() < NO_END else found.isoformat()


def is_current(start: str, end: str, on: str) -> bool:
    """Whether a period with these bounds ("" is open) holds on that day."""
    return (not start or start <= on) and (not end or end >= on)


def role_is_current(role: Entity, on: str) -> bool:
    """Whether a mandataris or functionaris is in office on that day."""
    return is_current(day(role.value(MANDAAT.start)), day(role.value(MANDAAT.einde)), on)


def period_is_current(organ: Entity, on: str) -> bool:
    """Whether an organ in time exists on that day; one that lasts has no bounds."""
    return is_current(day(organ.value(MANDAAT.bindingStart)), day(organ.value(MANDAAT.bindingEinde)), on)
