"""Cells become values: days, codes, addresses. A reader gives the value, or says what is wrong and how to write it."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from belfort import rdf
from belfort.vocab import XSD
from publisher.imports.columns import folded
from shapes import codes
from shapes.rules.days import BRUSSELS, as_day

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:\d\d)?)?\Z", re.ASCII)
_BELGIAN = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: 0{1,2}:00(?::00)?)?\Z", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]{2,}\Z")
_PHONE = re.compile(r"\+?[\d\s./()\-]{8,24}\Z", re.ASCII)
YEARS = range(1945, 2101)


class Wrong(Exception):
    """What is wrong with a cell, and how to write it."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


def day(text: str) -> date:
    """A day, written as people here do or as ISO does.

    Raises:
        Wrong: it is none, or could be two.
    """
    result = _day(text)
    if result is None:
        hint = "Schrijf de dag als dd/mm/jjjj of jjjj-mm-dd."
        if re.fullmatch(r"\d{5}", text):
            hint = "Dit lijkt een datum als getal van een rekenblad: geef de kolom de opmaak Datum en bewaar opnieuw."
        raise Wrong("date", "is geen datum.", hint)
    if result.year not in YEARS:
        raise Wrong("date", f"ligt in het jaar {result.year}.", "Controleer het jaar.")
    return result


def _day(text: str) -> date | None:
    """The day that the text says, None when it says none."""
    try:
        if found := _ISO.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _BELGIAN.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return as_day(text) if _MOMENT.match(text) else None
    except ValueError:
        return None


def moment(when: date) -> str:
    """The term of the beginning of a day in Brussels."""
    return rdf.literal(datetime(when.year, when.month, when.day, tzinfo=BRUSSELS).isoformat(), XSD.dateTime)


def iri(text: str) -> str:
    """An IRI that somebody gave."""
    if not _IRI.match(text):
        raise Wrong("iri", "is geen IRI.", "Een IRI begint met http:// of https:// en heeft geen spaties.")
    return text


def is_iri(text: str) -> bool:
    """Whether the cell wants to be an IRI."""
    return text.startswith(("http://", "https://"))


def code(text: str, name: str, allowed: Iterable[str] = ()) -> str:
    """The IRI of a code of that list, by its IRI or by any of its labels; the one that counts now.

    Raises:
        Wrong: there is no such code, or it may not be used here.
    """
    known = codes.concepts(name)
    may = list(allowed) or list(known)
    wanted = folded(text)
    hits = {
        codes.current(one.iri)
        for one in known.values()
        if text == one.iri or text in one.same or (wanted and wanted in map(folded, (one.label, *one.alternatives)))
    }
    hits &= set(may)
    if len(hits) == 1:
        return hits.pop()
    labels = ", ".join(known[one].label for one in may if one in known)
    raise Wrong("code", f"“{text[:60]}” is hier geen {name}.", f"Kies uit: {labels}.")


def email(text: str) -> str:
    """An e-mail address."""
    if not _EMAIL.match(text):
        raise Wrong("email", "is geen e-mailadres.", "Schrijf het als naam@voorbeeld.be, één adres per cel.")
    return text


def phone(text: str) -> str:
    """A telephone number."""
    if not _PHONE.match(text):
        raise Wrong("phone", "is geen telefoonnummer.", "Schrijf het met cijfers, zoals 09 123 45 67.")
    return text
