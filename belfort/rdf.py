"""RDF as text: terms are N-Triples strings from start to end, so that a literal keeps its exact lexical form.

A term is `<iri>`, `_:label` or `"text"` with `^^<datatype>` or `@language`; a triple is a tuple of three terms; a
line is `s p o .`. Nothing here knows pyoxigraph or rdflib: both rewrite literals (design §7.2, §7.7).
Source: https://www.w3.org/TR/n-triples/ and https://www.w3.org/TR/turtle/.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from belfort.errors import InvalidInput
from belfort.vocab import PREFIXES, RDF, XSD

Triple = tuple[str, str, str]

TYPE = f"<{RDF.type}>"
_STRING = f"^^<{XSD.string}>"

MEDIA_TYPES: dict[str, str] = {
    "jsonld": "application/ld+json",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
}


class Literal(NamedTuple):
    """What a literal term says: its text, its datatype IRI and its language tag ("" when there is none)."""

    value: str
    datatype: str
    language: str


def iri(value: str) -> str:
    """The term of an IRI."""
    return f"<{value}>"


def literal(value: str, datatype: str = "", language: str = "") -> str:
    """The term of a literal; xsd:string is the same as no datatype."""
    quoted = f'"{escape(value)}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^<{datatype}>" if datatype and datatype != XSD.string else quoted


def is_iri(term: str) -> bool:
    """Whether the term is an IRI."""
    return term.startswith("<")


def is_literal(term: str) -> bool:
    """Whether the term is a literal."""
    return term.startswith('"')


def is_blank(term: str) -> bool:
    """Whether the term is a blank node."""
    return term.startswith("_:")


def value(term: str) -> str:
    """The IRI without its brackets, the text of a literal, or the blank node as it stands."""
    if term.startswith("<"):
        return term[1:-1]
    if term.startswith('"'):
        return unescape(term[1 : term.rindex('"')])
    return term


def split_literal(term: str) -> Literal:
    """Take a literal term apart."""
    end = term.rindex('"')
    text, suffix = unescape(term[1:end]), term[end + 1 :]
    if suffix.startswith("@"):
        return Literal(text, RDF.langString, suffix[1:])
    return Literal(text, suffix[3:-1] if suffix else XSD.string, "")


def escape(text: str) -> str:
    """Text as it stands between the quotes of a literal (canonical N-Triples escapes)."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if '"' in text:
        text = text.replace('"', '\\"')
    if "\n" in text:
        text = text.replace("\n", "\\n")
    if "\r" in text:
        text = text.replace("\r", "\\r")
    # The first two are ten times as fast as the third; no-break spaces are what most texts have.
    if not text.isprintable() and not text.replace("\xa0", " ").isprintable() and _CONTROL.search(text):
        text = _CONTROL.sub(lambda m: _SHORT.get(m[0]) or f"\\u{ord(m[0]):04X}", text)
    return text


_SHORT = {"\t": "\\t", "\b": "\\b", "\f": "\\f"}
# Control characters, lone surrogates and the two noncharacters that break line-based readers.
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_UNESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def unescape(text: str) -> str:
    """The reverse of `escape`, for all escapes of N-Triples."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _UNESCAPED.get(m[3], m[3]), text)


def line(triple: Triple) -> str:
    """The N-Triples line of a triple, without its line end."""
    return f"{triple[0]} {triple[1]} {triple[2]} ."


def lines(triples: Iterable[Triple]) -> list[str]:
    """The distinct lines of the triples, sorted bytewise: the canonical form when there are no blank nodes."""
    # Code points are in the order of their UTF-8 bytes.
    return sorted({f"{s} {p} {o} ." for s, p, o in triples})


def parse_lines(text: str) -> Iterator[Triple]:
    """The triples of N-Triples that Belfort wrote itself: one space between terms, ` .` at the end.

    Raises:
        InvalidInput: a line is not of that form; the message has its number.
    """
    for number, row in enumerate(text.split("\n"), 1):
        if not row:
            continue
        parts = row.split(" ", 2)
        if len(parts) != 3 or not parts[2].endswith(" ."):
            raise InvalidInput(f"Regel {number} is geen N-Triples: {row[:80]!r}.")
        yield parts[0], parts[1], parts[2][:-2]


def turtle(triples: Iterable[Triple]) -> str:
    """The triples as Turtle: grouped by subject, prefixes of `vocab.PREFIXES` that occur, types first."""
    used: dict[str, str] = {}
    by_subject: dict[str, dict[str, list[str]]] = {}
    for s, p, o in triples:
        objects = by_subject.setdefault(s, {}).setdefault(p, [])
        if o not in objects:
            objects.append(o)
    blocks = []
    for subject, predicates in by_subject.items():
        rows = []
        for predicate in sorted(predicates, key=lambda p: (p != TYPE, p)):
            name = "a" if predicate == TYPE else _short(predicate, used)
            objects = [_short(o, used) for o in predicates[predicate]]
            rows.append(f"    {name} " + ", ".join(objects))
        blocks.append(f"{_short(subject, used)}\n" + " ;\n".join(rows) + " .\n")
    head = [f"@prefix {name}: <{used[name]}> .\n" for name in sorted(used)]
    return "".join(head) + "\n" + "\n".join(blocks)


_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]*(?:\.[A-Za-z0-9_\-]+)*\Z")
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def _short(term: str, used: dict[str, str]) -> str:
    """The term with a prefix where one fits, noting the prefix in `used`."""
    if term.startswith('"'):
        end = term.rfind('"^^<')
        return term[: end + 3] + _short(term[end + 3 :], used) if end > 0 and term.endswith(">") else term
    if term.startswith("<"):
        inner = term[1:-1]
        for name, namespace in _BY_LENGTH:
            if inner.startswith(namespace):
                local = inner[len(namespace) :]
                if _LOCAL.match(local):
                    used[name] = namespace
                    return f"{name}:{local}"
    return term


def short(term: str) -> str:
    """The term of an IRI as Turtle writes it with `vocab.PREFIXES`: prefixed where that can be."""
    return _short(term, {})


def curie(name: str) -> str:
    """The IRI with a prefix where one fits, else as it stands; for people and JSON keys."""
    for prefix, namespace in _BY_LENGTH:
        if name.startswith(namespace) and len(name) > len(namespace):
            return f"{prefix}:{name[len(namespace) :]}"
    return name
