"""Statements compared by value: equal values are equal texts, while every statement keeps the form in which it came.

Equal are: a plain text and an xsd:string; language tags of other case; moments (xsd:dateTime) in another zone or with
superfluous zeros; numbers with a plus, leading or trailing zeros, within one datatype; `1` and `true` of xsd:boolean.
Nothing else: a date is no moment, an integer is no decimal, a moment without a zone is another one than with.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache

from belfort import rdf
from belfort.vocab import XSD

_WHOLE = frozenset(
    XSD[name]
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_BINARY = frozenset((XSD.double, XSD.float))
_TRUTH = {"1": "true", "0": "false"}


def key(line: str) -> str:
    """The N-Triples line in the form in which equal statements are equal."""
    end = line.rfind('"')
    if end < 0 or line[end + 1 :] == " .":
        return line
    subject, predicate, rest = line.split(" ", 2)
    return rdf.line((subject, predicate, comparable(rest[:-2])))


def comparable(term: str) -> str:
    """The term in the form in which equal values are equal texts."""
    if not term.startswith('"') or term.endswith('"'):
        return term
    end = term.rindex('"') + 1
    if term[end] == "@":
        return term[:end] + term[end:].lower()
    datatype, text = term[end + 3 : -1], term[1 : end - 1]
    if datatype == XSD.string:
        return term[:end]
    return f'"{_value(text, datatype)}"{term[end:]}'


@lru_cache(maxsize=65_536)  # the same dates and numbers occur everywhere
def _value(text: str, datatype: str) -> str:
    if datatype == XSD.dateTime:
        return _moment(text)
    if datatype in _WHOLE and (found := _INTEGER.match(text)):
        return _signed(found[1], found[2])
    if datatype == XSD.decimal and (found := _DECIMAL.match(text)):
        fraction = (found[3] or "").rstrip("0")
        return _signed(found[1], found[2] + (f".{fraction}" if fraction else ""))
    if datatype in _BINARY and _DOUBLE.match(text):
        return repr(float(text))
    return _TRUTH.get(text, text) if datatype == XSD.boolean else text


_INTEGER = re.compile(r"([+-]?)(?=\d)0*(\d*)\Z", re.ASCII)
_DECIMAL = re.compile(r"([+-]?)(?=\.?\d)0*(\d*)(?:\.(\d*))?\Z", re.ASCII)
_DOUBLE = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?\Z", re.ASCII)


def _signed(sign: str, digits: str) -> str:
    """A number without what may be left away; minus zero is zero."""
    number = digits if digits and not digits.startswith(".") else f"0{digits}"
    return f"-{number}" if sign == "-" and number != "0" else number


def _moment(text: str) -> str:
    """The xsd:dateTime in UTC without superfluous zeros; one without a zone, or that cannot be, as it stands."""
    found = _DATE_TIME.match(text)
    if not found:
        return text
    fraction = (found[2] or "").rstrip("0")
    try:
        moment = datetime.fromisoformat(found[1] + (found[3] or "Z")).astimezone(UTC)
    except (ValueError, OverflowError):
        return text
    whole = moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return whole + (f".{fraction}" if fraction else "") + ("Z" if found[3] else "")
