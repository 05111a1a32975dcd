"""The values of literals: is this form one of its datatype, and which of two is the smaller.

What counts as well-formed is what the reference engine (pyshacl on rdflib) takes for it, so that both judge alike:
Python's readers, which allow `2024-01-01T10:00` where XML Schema wants seconds. `tests/property` holds them together.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from belfort.rdf import split_literal
from belfort.vocab import RDF, RDFS, XSD

_INFINITE = float("inf")
_INTEGERS: dict[str, tuple[float, float]] = {
    XSD.integer: (-_INFINITE, _INFINITE), XSD.long: (-_INFINITE, _INFINITE),
    XSD.nonNegativeInteger: (0, _INFINITE), XSD.positiveInteger: (1, _INFINITE),
    XSD.nonPositiveInteger: (-_INFINITE, 0), XSD.negativeInteger: (-_INFINITE, -1),
    XSD.int: (-(2**31), 2**31 - 1), XSD.short: (-(2**15), 2**15 - 1), XSD.byte: (-128, 127),
    XSD.unsignedLong: (0, _INFINITE), XSD.unsignedInt: (0, 2**32 - 1), XSD.unsignedShort: (0, 2**16 - 1),
    XSD.unsignedByte: (0, 255),
}  # fmt: skip
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DURATION = re.compile(
    r"[+\-]?P(?=[\dT])(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?"
    r"(T(?=\d)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?"
)


def _integer(low: float, high: float) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError(text)
        return number

    return read


def _boolean(text: str) -> bool:
    return _BOOLEANS[text]


def _date(text: str) -> date:
    """A day; a time or a zone behind it is cut off, as rdflib does."""
    day, had_time, _ = text.removesuffix("Z").removesuffix("z").partition("T")
    if not had_time:
        before, plus, _ = day.rpartition("+")
        start, dash, zone = day.rpartition("-")
        if plus and before:
            day = before
        elif dash and ":" in zone:
            day = start
    if not _DAY.fullmatch(day):
        raise ValueError(text)
    return date.fromisoformat(day)


def _duration(text: str) -> str:
    if not _DURATION.fullmatch(text):
        raise ValueError(text)
    return text


READERS: dict[str, Callable[[str], Any]] = {
    **{name: _integer(low, high) for name, (low, high) in _INTEGERS.items()},
    XSD.decimal: Decimal, XSD.double: float, XSD.float: float, XSD.boolean: _boolean, XSD.date: _date,
    XSD.dateTime: datetime.fromisoformat, XSD.time: time.fromisoformat,
    XSD.duration: _duration, XSD.dayTimeDuration: _duration, XSD.yearMonthDuration: _duration,
}  # fmt: skip
_NUMERIC = frozenset({*_INTEGERS, XSD.decimal, XSD.double, XSD.float})
_ORDERED = frozenset({XSD.date, XSD.dateTime, XSD.time, XSD.boolean})
_FAILURES = (ValueError, KeyError, InvalidOperation, OverflowError)
_MEMO = 20_000


def datatype_test(wanted: str) -> Callable[[str], bool]:
    """A test whether a term is a literal of that datatype (an IRI) with a form that the datatype has."""
    if wanted == XSD.string:
        return lambda term: term.startswith('"') and term.endswith('"')
    if wanted == RDF.langString:
        return lambda term: term.startswith('"') and term[-1] != ">" and term[-1] != '"'
    if wanted == RDFS.Literal:
        return lambda term: term.startswith('"')
    reader = READERS.get(wanted)
    suffix = f'"^^<{wanted}>'
    if reader is None:
        return lambda term: term.startswith('"') and term.endswith(suffix)
    memo: dict[str, bool] = {}

    def test(term: str) -> bool:
        known = memo.get(term)
        if known is None:
            known = term.startswith('"') and term.endswith(suffix) and _reads(reader, term)
            if len(memo) > _MEMO:
                memo.clear()
            memo[term] = known
        return known

    return test


def _reads(reader: Callable[[str], Any], term: str) -> bool:
    try:
        reader(split_literal(term).value)
    except _FAILURES:
        return False
    return True


def compare(left: str, right: str) -> int | None:
    """-1, 0 or 1 as left is smaller, equal or greater; None when the two cannot be compared.

    Numbers of any type compare with each other, strings and booleans, dates, times and moments with their own kind.
    A moment with a time zone does not compare with one without.
    """
    one, other = _value(left), _value(right)
    if one is None or other is None or one[0] != other[0]:
        return None
    try:
        smaller, greater, equal = one[1] < other[1], one[1] > other[1], one[1] == other[1]
    except (TypeError, InvalidOperation):
        return None
    return greater - smaller if smaller or greater or equal else None  # NaN is none of the three


def _value(term: str) -> tuple[str, Any] | None:
    """The kind and the value of a literal that has an order."""
    if not term.startswith('"'):
        return None
    literal = split_literal(term)
    if literal.datatype == XSD.string:
        return "string", literal.value
    kind = "number" if literal.datatype in _NUMERIC else literal.datatype if literal.datatype in _ORDERED else ""
    if not kind:
        return None
    try:
        return kind, READERS[literal.datatype](literal.value)
    except _FAILURES:
        return None
