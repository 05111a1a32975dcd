"""Rhythm: when the organs meet, and how much they have to say."""

from datetime import date, datetime, time, timedelta

from demo.model import Kind, Orgaan, World

_FIRST = date(2019, 2, 4)
# Kind → newest zitting, days between two zittingen, hour, number of agendapunten.
RHYTHM: dict[Kind, tuple[date, int, time, tuple[int, int]]] = {
    "GR": (date(2026, 11, 30), 28, time(20, 0), (5, 8)),
    "RMW": (date(2026, 11, 30), 28, time(21, 30), (3, 5)),
    "PR": (date(2026, 12, 2), 28, time(14, 0), (4, 7)),
    "RVB": (date(2026, 12, 1), 56, time(18, 30), (3, 5)),
    "CBS": (date(2026, 11, 16), 7, time(9, 0), (4, 7)),
    "VB": (date(2026, 11, 16), 7, time(11, 30), (3, 4)),
    "DEP": (date(2026, 11, 12), 7, time(9, 30), (3, 6)),
}
COUNCILS = ("GR", "RMW", "PR", "RVB")


def moment(world: World, orgaan: Orgaan, number: int) -> datetime:
    """When zitting `number` of the organ begins, in local time; 0 is the newest. Cheap: makes nothing else."""
    newest, days, hour, _ = RHYTHM[orgaan.kind]
    if orgaan.kind in COUNCILS and world.size < 3:
        newest -= timedelta(days=2 * days)  # a very small demo shows what was held, not what is planned
    step = min(days * 1440, (newest - _FIRST).days * 1440 // world.size)
    back = timedelta(minutes=number * step)
    if step >= 1440:
        back = timedelta(days=back.days)
    return datetime.combine(newest, hour) - back
