"""The literal of a `@property`: its text or attribute, datatype and language, lexical form untouched."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from belfort import rdf
from belfort.vocab import RDF, XSD
from harvester.rdfa.document import Document
from harvester.rdfa.environment import Environment
from harvester.rdfa.parsed import Marked, Unreadable

if TYPE_CHECKING:
    from harvester.rdfa.element import Element

_DATE = r"-?\d{4,}-\d\d-\d\d"
_SECONDS = r"\d\d:\d\d:\d\d(?:\.\d+)?"
_ZONE = r"(?:Z|[+\-]\d\d:\d\d)?"
# The order in which HTML+RDFa tries them; the first that matches gives the datatype.
_TEMPORAL = tuple(
    (re.compile(pattern + r"\Z", re.ASCII), str(datatype))
    for pattern, datatype in (
        (
            r"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
            XSD.duration,
        ),
        (rf"{_DATE}T{_SECONDS}{_ZONE}", XSD.dateTime),
        (rf"{_DATE}{_ZONE}", XSD.date),
        (rf"{_SECONDS}{_ZONE}", XSD.time),
        (rf"-?\d{{4,}}-\d\d{_ZONE}", XSD.gYearMonth),
        (rf"-?\d{{4,}}{_ZONE}", XSD.gYear),
    )
)
_XML_LITERAL, _HTML_LITERAL = f"<{RDF.XMLLiteral}>", f"<{RDF.HTML}>"
_STRING = f"<{XSD.string}>"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")


# Up to this depth no node is read more often than that for texts; deeper elements pay for each reading.
DEEP = 100
# Simple steps (a node read, a prefix copied) that a page may cost beyond its size: about a second.
STEPS = 10_000_000
# What one triple costs that is not written down on its own.
TRIPLE = 16


class TooMuchText(Unreadable):
    """Nested properties repeat more text, or make more triples, than a page may give."""

    code, fix = "too-large", "Nest geen @property in @property."


class Budget:
    """What a page may cost, so that the work grows with its size and not faster.

    Nested properties repeat each other's text; waiting relations, patterns and prefixes multiply.
    """

    __slots__ = ("_content", "_nodes", "deep", "left", "steps")

    def __init__(self, characters: int, content: bytes = b"") -> None:
        self.left = characters
        self.steps = STEPS
        self.deep = False  # whether the walk is deeper than `DEEP`
        self._content = content
        self._nodes = 0

    def take(self, text: str) -> str:
        """The text, if there is room for it."""
        self.left -= len(text)
        if self.left < 0:
            raise TooMuchText("De teksten op de pagina herhalen elkaar te vaak om ze te lezen.")
        return text

    def text(self, element: "Element") -> str:
        """The text of an element; a very deep one pays for reading the page at most once."""
        if self.deep:
            self._dig()
        return self.take(element.text_lexbor())

    def markup(self, element: "Element") -> str:
        """What stands in an element, with markup."""
        if self.deep:
            self._dig()
        return self.take(element.inner_html or "")

    def _dig(self) -> None:
        self._nodes = self._nodes or self._content.count(b"<") + 1
        self.spend(self._nodes)

    def spend(self, steps: int) -> None:
        """Pay for work that more than one element can ask for."""
        self.steps -= steps
        if self.steps < 0:
            raise TooMuchText("De annotaties op de pagina zijn te diep genest of vermenigvuldigen elkaar.")


def typed(
    element: "Element", attributes: Mapping[str, str | None], environment: Environment, language: str, budget: Budget
) -> str:
    """The literal of an element with `@datatype`."""
    written = (attributes["datatype"] or "").strip()
    datatype = environment.token(written) if written else None
    if written and (datatype is None or datatype.startswith("_:")):
        environment.document.faults["unknown-datatype", written] += 1
        datatype = None
    if datatype == _XML_LITERAL or (datatype == _HTML_LITERAL and environment.document.host.html_rules):
        return f'"{rdf.escape(budget.markup(element))}"^^{datatype}'
    text = attributes.get("content")
    if text is None:
        text = attributes.get("datetime")
    if text is None:
        text = budget.text(element)
    if datatype is None:
        return plain(text, language, environment)
    quoted = f'"{rdf.escape(text)}"'
    term = quoted if datatype == _STRING else f"{quoted}^^{datatype}"
    if type(datatype) is Marked:
        return environment.document.mark(term, datatype.rule, f"{quoted}^^{datatype.before}")
    environment.suffixes[written] = term[len(quoted) :]
    return term


def temporal(text: str, language: str, environment: Environment) -> str:
    """The literal of `@datetime` or a `<time>`: the first temporal datatype whose form it has, else plain."""
    for pattern, datatype in _TEMPORAL:
        if pattern.match(text):
            return f'"{rdf.escape(text)}"^^<{datatype}>'
    return plain(text, language, environment)


def plain(text: str, language: str, environment: Environment) -> str:
    """A literal without datatype, in the language of its element if that is one."""
    document = environment.document
    suffix = document.languages.get(language)
    quoted = f'"{rdf.escape(text)}"'
    return f"{quoted}{suffix}" if suffix is not None else _in_new_language(quoted, language, document)


def _in_new_language(quoted: str, language: str, document: Document) -> str:
    if _LANGUAGE.match(language):
        document.languages[language] = f"@{language}"
        return f"{quoted}@{language}"
    better = document.repairs.token(language) if document.repairs else None
    if better and _LANGUAGE.match(better[1]):
        return document.mark(f"{quoted}@{better[1]}", better[0], quoted)
    document.faults["invalid-language", language] += 1  # each time it occurs
    return quoted
