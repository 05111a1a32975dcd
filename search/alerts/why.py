"""Why a document matches a saved search, in words, with the lines around the words.

Enters: a document, the search. Leaves: short reasons in Dutch and fragments of `search.results`.
"""

from dataclasses import dataclass

from belfort.errors import UsageError
from search.alerts import saved
from search.document import Document
from search.explain import reasons
from search.highlight import fragments, marks, pieces
from search.query import Query
from search.reading import Reading
from search.results import Fragment
from search.searcher import today

LINES = 3
_UNTOLD = ("absent", "order", "recent")
"""Reasons that say nothing of why it was found."""
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


@dataclass(frozen=True)
class Why:
    """The reasons, the title in pieces, at most three lines of the text around what matched."""

    reasons: tuple[str, ...]
    title: Fragment
    lines: tuple[Fragment, ...]


def why(document: Document, query: Query, reading: Reading) -> Why:
    """Why that document matches."""
    wanted = marks(reading)
    said = [one.sentence.rstrip(".") for one in reasons(document, query, today()) if one.how not in _UNTOLD]
    title = document.shown_title
    return Why(tuple(dict.fromkeys(said)), pieces(title, wanted), fragments(document.text, wanted, LINES))


NAMES = {
    "type": "het soort", "bestuur": "het bestuur", "provincie": "de provincie", "orgaantype": "het soort orgaan",
    "orgaan": "het orgaan", "thema": "het thema", "documenttype": "het soort document",
    "besluittype": "het soort besluit", "status": "de status", "rechtsgrond": "de rechtsgrond", "bron": "de bron",
}  # fmt: skip
"""What a filter is called in a sentence."""


def describe(query: Query, labels: dict[str, str] | None = None) -> str:
    """A search in words: `“fietspad”, het bestuur is Gemeente Aalter, vanaf 1 januari 2026`."""
    known = labels or {}
    parts = [f"“{query.text}”"] if query.text else []
    for name in (one for one in query.chosen if one in NAMES):
        values = " of ".join(known.get(value, value) for value in query.values(name))
        parts += [f"{NAMES[name]} is {values}"]
    if query.van:
        parts.append(f"vanaf {day(query.van.isoformat())}")
    if query.tot:
        parts.append(f"tot en met {day(query.tot.isoformat())}")
    if query.peildatum:
        parts.append(f"zoals het was op {day(query.peildatum.isoformat())}")
    return ", ".join(parts)


def describe_saved(said: str) -> str:
    """The same of a canonical query string; one that cannot be read any more as it stands."""
    try:
        return describe(saved.parse(said))
    except UsageError:
        return said


def day(text: str) -> str:
    """`18 april 2024`; what is no day stays as it is."""
    year, _, rest = text[:10].partition("-")
    month, _, number = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and number.isdigit() and 1 <= int(month) <= 12):
        return text
    return f"{int(number)} {MONTHS[int(month) - 1]} {int(year)}"
