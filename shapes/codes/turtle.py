"""A reader of the Turtle in which the code lists are written: prefixes, IRIs, prefixed names, strings, booleans.

Every process that shows a label reads the lists, so they are read without rdflib; a test holds this reader against
it. Enters: text of our own files. Leaves: triples of N-Triples terms.
"""

import re
from collections.abc import Iterator

from belfort.rdf import TYPE, Triple
from belfort.vocab import XSD

_TOKEN = re.compile(
    r"""\s+|\#[^\n]*
    |(?P<prefix>@prefix\s+([A-Za-z0-9]*):\s*<([^>]*)>\s*\.)
    |(?P<iri><[^>]*>)
    |(?P<text>"(?:[^"\\\n]|\\.)*"(?:@[a-z-]+|\^\^[A-Za-z]+:[A-Za-z]+)?)
    |(?P<name>[A-Za-z][A-Za-z0-9]*:[A-Za-z0-9_-]+)
    |(?P<word>a|true|false)(?=\s)
    |(?P<mark>[.;,])""",
    re.VERBOSE,
)


def triples(text: str) -> Iterator[Triple]:
    """The triples of a file.

    Raises:
        ValueError: something in it is beyond this subset of Turtle.
    """
    prefixes: dict[str, str] = {}
    subject = predicate = ""
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise ValueError(f"not in the subset of Turtle of the code lists: {text[place : place + 40]!r}")
        place = match.end()
        kind = match.lastgroup
        if kind is None or kind == "mark":
            mark = match["mark"]
            if mark == ".":
                subject = predicate = ""
            elif mark == ";":
                predicate = ""
        elif match["prefix"]:
            prefixes[match[2]] = match[3]
        elif not subject:
            subject = _term(match.group(), prefixes)
        elif not predicate:
            predicate = TYPE if match.group() == "a" else _term(match.group(), prefixes)
        else:
            yield subject, predicate, _term(match.group(), prefixes)


def _term(token: str, prefixes: dict[str, str]) -> str:
    if token.startswith("<"):
        return token
    if token in ("true", "false"):
        return f'"{token}"^^<{XSD.boolean}>'
    if token.startswith('"'):
        text, typed, datatype = token.rpartition("^^")
        return f"{text}^^{_term(datatype, prefixes)}" if typed else token
    prefix, _, local = token.partition(":")
    return f"<{prefixes[prefix]}{local}>"
