"""Numbers of dossiers, enterprises and articles, and dates: one term for all the ways to write one.

Enters: characters that stand together and have a digit, or are initials. Leaves: a `Written`.
"""

import re
from datetime import date
from typing import NamedTuple

from search.dutch.normalize import normalize

_ENTERPRISE = re.compile(r"(?:be)?([01]\d{9})")  # a KBO number, as itself or as a VAT number
_ABBREVIATION = re.compile(r"(artt?|artikel|nr|nrs)\.?(?=\d)", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


class Written(NamedTuple):
    """An identifier: `exact` without punctuation, `same_as` the term of all its spellings or empty, `parts` of it."""

    exact: str
    same_as: str
    parts: tuple[str, ...]


def identifier(run: str, pieces: list[str]) -> Written | None:
    """How an identifier is found; None when nothing of it counts."""
    exact = normalize(run)
    if not exact:
        return None
    parts: dict[str, None] = {}
    for piece in pieces:
        part = normalize(piece)
        if part != exact and (len(part) > 1 or part.isdigit()):
            parts[part] = None
            if part.isdigit() and part.lstrip("0"):
                parts[part.lstrip("0")] = None
    enterprise = _ENTERPRISE.fullmatch(exact)
    if enterprise:
        number = enterprise[1]
        spellings = dict.fromkeys((number, "be" + number, "be"))
        del spellings[exact]
        return Written(exact, number, (*spellings, *parts))
    day = _date(run)
    if day:
        return Written(exact, day.strftime("%Y%m%d"), (*parts, _MONTHS[day.month - 1]))
    return Written(exact, "", tuple(parts))


def split_abbreviation(run: str) -> tuple[int, int] | None:
    """Where the abbreviation of `art.41` ends and where its number begins; None for other identifiers."""
    found = _ABBREVIATION.match(run)
    return (found.end(1), found.end()) if found else None


def _date(run: str) -> date | None:
    """The day that a run writes in digits."""
    found = _DAY_FIRST.fullmatch(run)
    numbers = (found[4], found[3], found[1]) if found else None
    if numbers is None:
        found = _YEAR_FIRST.fullmatch(run)
        numbers = (found[1], found[2], found[3]) if found else None
    try:
        return date(*map(int, numbers)) if numbers else None
    except ValueError:
        return None
