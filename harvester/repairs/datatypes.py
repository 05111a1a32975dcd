"""Q10: literals whose datatype or lexical form is not what it should be.

After these rules every literal with a datatype of XSD has a form that this datatype allows; a value that cannot get
one is plain text, as it was written.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from xml.etree import ElementTree as ET

from belfort import rdf
from belfort.rdf import Triple
from belfort.vocab import BESLUIT, ELI, PROV, RDF, RDFS, XSD
from harvester.repairs import moments
from harvester.repairs.page import Page
from harvester.repairs.tokens import QUOTES

_XSD = str(XSD)
_XSD_LIKE = re.compile(rf"https?{re.escape(_XSD[4:-1])}[#/]", re.IGNORECASE)
_INTEGERS = ("int", "long", "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte")
_NAMES = (
    "string", "boolean", "decimal", "integer", "double", "float", "date", "time", "dateTime", "dateTimeStamp",
    "gYear", "gMonth", "gDay", "gYearMonth", "gMonthDay", "duration", "yearMonthDuration", "dayTimeDuration",
    "byte", "short", "int", "long", "unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong",
    "positiveInteger", "nonNegativeInteger", "negativeInteger", "nonPositiveInteger", "hexBinary",
    "base64Binary", "anyURI", "language", "normalizedString", "token", "NMTOKEN", "Name", "NCName",
)  # fmt: skip
_SPELLED = {name.lower(): name for name in _NAMES} | {"bool": "boolean", "number": "decimal", "text": "string"}
_SPELLED |= {"datetime2": "dateTime", "timestamp": "dateTime", "year": "gYear", "uri": "anyURI", "varchar": "string"}
_TRUE = frozenset({"true", "ja", "waar", "yes", "y", "j"})
_FALSE = frozenset({"false", "nee", "neen", "onwaar", "no", "n"})
_INTEGER = re.compile(r"[+\-]?\d+", re.ASCII)
_WHOLE = re.compile(r"([+\-]?\d+)[.,]0+", re.ASCII)
_DECIMAL = re.compile(r"[+\-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_DUTCH_DECIMAL = re.compile(r"([+\-]?(?:\d+|\d{1,3}(?:\.\d{3})+)),(\d+)", re.ASCII)
_DOUBLE = re.compile(r"[+\-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+\-]?\d+)?|[+\-]?INF|NaN", re.ASCII)

# The datatype of a property of the standard whose value is one.
RANGES: dict[str, str] = {
    f"<{name}>": datatype
    for datatype, names in (
        (XSD.dateTime, (BESLUIT.geplandeStart, BESLUIT.geplandEinde, PROV.startedAtTime, PROV.endedAtTime)),
        (XSD.date, (ELI.date_publication, ELI.date_document, ELI.first_date_entry_in_force,
                    ELI.date_no_longer_in_force)),
        (XSD.boolean, (BESLUIT.openbaar, BESLUIT.geplandOpenbaar, BESLUIT.geheim)),
        (XSD.integer, (BESLUIT.aantalVoorstanders, BESLUIT.aantalTegenstanders, BESLUIT.aantalOnthouders)),
    )
    for name in names
}  # fmt: skip


# The rules here look at the same literal one after the other.
_split = lru_cache(maxsize=4)(rdf.split_literal)


def named(triple: Triple, _page: Page) -> list[Triple] | None:
    """A datatype that is none, misspelled or narrower than the standard asks becomes the one that is meant."""
    s, p, o = triple
    if not o.endswith(">") or o[0] != '"':
        return None
    literal = _split(o)
    meant = _meant(literal.datatype, literal.value)
    return None if meant == literal.datatype else [(s, p, rdf.literal(literal.value, meant))]


def _meant(datatype: str, value: str) -> str:
    if datatype in (RDFS.Literal, RDF.langString, RDF.PlainLiteral):
        return str(XSD.string)
    if datatype == RDF.XMLLiteral:
        return _markup(value)
    found = _XSD_LIKE.match(datatype)
    if not found:
        return datatype
    name = datatype[found.end() :]
    right = _SPELLED.get(name.lower(), name)
    return _XSD + ("integer" if right in _INTEGERS and _INTEGER.fullmatch(value.strip()) else right)


def _markup(value: str) -> str:
    """What an rdf:XMLLiteral really is: text without markup, XML, or HTML."""
    if "<" not in value and "&" not in value:
        return str(XSD.string)
    try:
        ET.fromstring(f"<x>{value}</x>")  # noqa: S314 - inside an element there is no room for a document type
    except ET.ParseError:
        return str(RDF.HTML)
    return str(RDF.XMLLiteral)


def missing(triple: Triple, _page: Page) -> list[Triple] | None:
    """A plain value of a property whose values have a datatype gets it, if it is such a value."""
    s, p, o = triple
    datatype = RANGES.get(p)
    if datatype is None or o[0] != '"' or o.endswith(">"):
        return None
    better = lexical(rdf.value(o), datatype) or lexical(rdf.value(o).strip(QUOTES), datatype)
    return None if better is None else [(s, p, rdf.literal(better, datatype))]


def valued(triple: Triple, _page: Page) -> list[Triple] | None:
    """A value whose form its datatype does not allow gets the one form that it can mean."""
    s, p, o = triple
    if not o.endswith(">") or o[0] != '"':
        return None
    literal = _split(o)
    if literal.datatype == XSD.dateTime and not moments.is_date_time(literal.value):
        moment = moments.read(literal.value)
        if moment and not moment.clock:  # a day without a time is no moment: it stays a day
            return [(s, p, rdf.literal(f"{moment.day}{moment.zone}", str(XSD.date)))]
    better = lexical(literal.value, literal.datatype) or lexical(literal.value.strip(QUOTES), literal.datatype)
    if better is None or better == literal.value:
        return None
    return [(s, p, rdf.literal(better, literal.datatype))]


def zoned(triple: Triple, _page: Page) -> list[Triple] | None:
    """A moment without a zone is one in Brussels."""
    s, p, o = triple
    if not o.endswith(f"^^<{XSD.dateTime}>"):
        return None
    value = rdf.value(o)
    better = moments.with_zone(value) if moments.is_date_time(value) else None
    return None if better is None else [(s, p, rdf.literal(better, str(XSD.dateTime)))]


def hopeless(triple: Triple, _page: Page) -> list[Triple] | None:
    """A value that its datatype cannot have becomes plain text, as it was written."""
    s, p, o = triple
    if not o.endswith(">") or o[0] != '"':
        return None
    literal = _split(o)
    if literal.datatype == XSD.string or lexical(literal.value, literal.datatype) is not None:
        return None
    return [(s, p, rdf.literal(literal.value))]


@lru_cache(maxsize=4)
def lexical(value: str, datatype: str) -> str | None:
    """The value in a form that the datatype allows, itself if it is one; None when it has no such form.

    Other datatypes than those of XSD allow everything.
    """
    if not datatype.startswith(_XSD):
        return value
    name = datatype[len(_XSD) :]
    if name in _AS_WRITTEN:
        return value
    form = _FORMS.get(name)
    if form is None:
        return value if name in _NAMES else None
    return form(value)


def _moment(valid: Callable[[str], bool], read: Callable[[str], str | None]) -> Callable[[str], str | None]:
    def form(value: str) -> str | None:
        if valid(value):
            return value
        text = value.strip().strip(_MARKS).strip()
        return text if valid(text) else read(text)

    return form


def _boolean(value: str) -> str | None:
    if value in ("true", "false", "1", "0"):
        return value
    word = value.strip().lower()
    if word in ("1", "0"):
        return word
    return "true" if word in _TRUE else "false" if word in _FALSE else None


def _integer(value: str) -> str | None:
    text = value.strip()
    if _INTEGER.fullmatch(text):
        return text
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else None


def _at_least(lowest: int) -> Callable[[str], str | None]:
    def form(value: str) -> str | None:
        text = _integer(value)
        return text if text is not None and len(text) < 1000 and int(text) >= lowest else None

    return form


def _number(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    def form(value: str) -> str | None:
        text = value.strip()
        if pattern.fullmatch(text):
            return text
        dutch = _DUTCH_DECIMAL.fullmatch(text)
        return f"{dutch[1].replace('.', '')}.{dutch[2]}" if dutch else None

    return form


def _like(pattern: str) -> Callable[[str], str | None]:
    compiled = re.compile(pattern, re.ASCII)

    def form(value: str) -> str | None:
        text = value.strip()
        return text if compiled.fullmatch(text) else None

    return form


# Direction marks and the like, which some scripts put around a date.
_MARKS = "\u200b\u200e\u200f\u202a\u202c\ufeff"
_ZONE = r"(?:Z|[+\-]\d\d:\d\d)?"
_AS_WRITTEN = frozenset({"string", "normalizedString", "token"})
_FORMS: dict[str, Callable[[str], str | None]] = {
    "date": _moment(moments.is_date, moments.as_date),
    "dateTime": _moment(moments.is_date_time, moments.as_date_time),
    "time": _moment(moments.is_time, moments.as_time),
    "boolean": _boolean,
    "integer": _integer,
    "nonNegativeInteger": _at_least(0),
    "positiveInteger": _at_least(1),
    "decimal": _number(_DECIMAL),
    "double": _number(_DOUBLE),
    "float": _number(_DOUBLE),
    "gYear": _like(rf"-?\d{{4,}}{_ZONE}"),
    "gYearMonth": _like(rf"-?\d{{4,}}-(?:0[1-9]|1[0-2]){_ZONE}"),
    "gMonth": _like(rf"--(?:0[1-9]|1[0-2]){_ZONE}"),
    "gDay": _like(rf"---(?:0[1-9]|[12]\d|3[01]){_ZONE}"),
    "gMonthDay": _like(rf"--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]){_ZONE}"),
    "duration": _like(r"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"),
    "language": _like(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
    "anyURI": _like(r"[^\s<>\"{}|\\^`]*"),
} | dict.fromkeys(_INTEGERS, _integer)
