"""Dates and times as people write them in Dutch, and the lexical forms of XSD that they mean: part of Q10.

Only what has one reading is understood: `12/03/24` may be two dates, 31 February none; both give None.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

# No decision is older than the country; what is later than this is a slip of the pen or a machine's "never".
FIRST_YEAR, LAST_YEAR = 1830, 2199

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan januari", "feb febr februari", "mrt maa maart", "apr april", "mei", "jun juni", "jul juli",
         "aug augustus", "sep sept september", "okt oct oktober", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_DAY = r"(?:ma|di|wo|do|vr|za|zo|(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
_DATE = re.compile(
    rf"(?:{_DAY}\.?,?\s+)?(?:(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})\s?[-/.]\s?(?P<m2>\d{{1,2}})\s?[-/.]\s?(?P<y2>\d{{4}})"
    rf"|(?P<d3>\d{{1,2}})(?:e|ste|de)?[\s\-]+(?P<name>[a-z]+)\.?[\s\-]+(?P<y3>\d{{4}}))",
    re.IGNORECASE | re.ASCII,
)
_TIME = re.compile(
    r"(?P<h>\d{1,2})(?:(?:\s?[:.]\s?|\s?(?:u|h|uur)\s?)(?P<min>\d{2})(?:[:.](?P<s>\d{2})(?P<frac>\.\d+)?)?|\s?(?:u|h|uur))"
    r"\s*(?:uur|u|h)?\.?\s*(?P<zone>Z|UTC|GMT|[+\-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE | re.ASCII,
)
_BETWEEN = re.compile(r"(?:\s*,?\s*(?:om|te|vanaf|-|–|—)\s*|\s*,\s*|\s+|T)", re.IGNORECASE)
_XSD_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(Z|[+\-]\d\d:\d\d)?", re.ASCII)
_XSD_DATE_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+\-](?:0\d|1[0-3]):[0-5]\d|[+\-]14:00)?", re.ASCII
)
_XSD_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+\-]\d\d:\d\d)?", re.ASCII)


class Moment(NamedTuple):
    """A date, and the time on it as XSD writes it without zone ("" when there is none), and its zone or ""."""

    day: date
    clock: str
    zone: str


def read(text: str) -> Moment | None:
    """The moment that a text means, or None when it means none or more than one."""
    text = " ".join(text.split())
    found = _DATE.match(text)
    day = _day(found) if found else None
    if found is None or day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    rest = text[found.end() :]
    if not rest.strip(" ."):
        return Moment(day, "", "")
    if rest == "Z" or re.fullmatch(r"[+\-]\d\d:\d\d", rest):
        return Moment(day, "", rest)
    between = _BETWEEN.match(rest)
    clock = read_time(rest[between.end() :]) if between else None
    return Moment(day, *clock) if clock else None


def read_time(text: str) -> tuple[str, str] | None:
    """(time as XSD writes it, zone or ""), or None."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, second = int(found["h"]), int(found["min"] or 0), int(found["s"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    zone = (found["zone"] or "").upper()
    if zone in ("UTC", "GMT"):
        zone = "Z"
    elif len(zone) == 3:
        zone = f"{zone}:00"
    elif len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{hour:02}:{minute:02}:{second:02}{found['frac'] or ''}", zone


def _day(found: re.Match[str]) -> date | None:
    named = found["name"]
    month = _MONTHS.get(named.lower(), 0) if named else int(found["m"] or found["m2"])
    try:
        return date(int(found["y"] or found["y2"] or found["y3"]), month, int(found["d"] or found["d2"] or found["d3"]))
    except ValueError:
        return None


def as_date(text: str) -> str | None:
    """The xsd:date that a text means; of a moment with a zone the date in Brussels."""
    moment = read(text)
    if moment is None:
        return None
    if moment.clock and moment.zone:
        at = datetime.fromisoformat(f"{moment.day}T{moment.clock[:8]}{moment.zone.replace('Z', '+00:00')}")
        return at.astimezone(_brussels()).date().isoformat()
    return moment.day.isoformat()


def as_date_time(text: str) -> str | None:
    """The xsd:dateTime that a text with a date and a time means; without a zone it is the time in Brussels."""
    moment = read(text)
    if moment is None or not moment.clock:
        return None
    return f"{moment.day}T{moment.clock}{moment.zone or offset(moment.day, moment.clock)}"


def as_time(text: str) -> str | None:
    """The xsd:time that a text means; it has no date, so it gets no zone."""
    clock = read_time(text)
    return "".join(clock) if clock else None


def is_date(text: str) -> bool:
    """Whether the text is an xsd:date of a plausible year."""
    found = _XSD_DATE.fullmatch(text)
    return found is not None and _exists(found)


def is_date_time(text: str) -> bool:
    """Whether the text is an xsd:dateTime of a plausible year; its zone may be missing."""
    found = _XSD_DATE_TIME.fullmatch(text)
    if not found or not _exists(found):
        return False
    hour, minute, second = int(found[4]), int(found[5]), int(found[6])
    midnight = hour == 24 and minute == second == 0 and not (found[7] or "").strip(".0")
    return midnight or (hour < 24 and minute < 60 and second < 60)


def is_time(text: str) -> bool:
    """Whether the text is an xsd:time."""
    return _XSD_TIME.fullmatch(text) is not None


def with_zone(text: str) -> str | None:
    """A valid xsd:dateTime without a zone, with that of Brussels at that moment; None when it has one."""
    found = _XSD_DATE_TIME.fullmatch(text)
    if not found or found[8]:
        return None
    day = date(int(found[1]), int(found[2]), int(found[3]))
    if found[4] == "24":
        return text + offset(day + timedelta(days=1), "00:00:00")
    return text + offset(day, f"{found[4]}:{found[5]}:{found[6]}")


def offset(day: date, clock: str) -> str:
    """The offset in Brussels at a local time, as `+01:00`; of an hour that comes twice the first one."""
    at = datetime.combine(day, time.fromisoformat(clock[:8]), _brussels())
    text = at.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


@cache
def _brussels() -> ZoneInfo:
    return ZoneInfo("Europe/Brussels")


def _exists(found: re.Match[str]) -> bool:
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return False
    return FIRST_YEAR <= day.year <= LAST_YEAR
