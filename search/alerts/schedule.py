"""When an alert wants its letter: at once, each morning, or each Monday morning (in Brussels)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(7)
_BRUSSELS = ZoneInfo("Europe/Brussels")


def due(frequency: str, found: str) -> datetime:
    """The moment of the letter about something that was found at that moment (UTC, as it is stored)."""
    moment = datetime.fromisoformat(found)
    if frequency == "direct":
        return moment
    local = moment.astimezone(_BRUSSELS)
    day = local.date() + timedelta(days=local.time() >= MORNING)
    if frequency == "week":
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, MORNING, _BRUSSELS).astimezone(UTC)
