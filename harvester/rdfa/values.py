"""The literal of a `@property`: its text or attribute, datatype and language, lexical form untouched."""

import re
from typing import TYPE_CHECKING

from belfort import rdf
from belfort.errors import InvalidInput
from belfort.vocab import RDF, XSD
from harvester.rdfa.environment import Environment
from harvester.rdfa.parsed import Marked

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

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
_MARKUP = frozenset({f"<{RDF.XMLLiteral}>", f"<{RDF.HTML}>"})
_STRING = f"<{XSD.string}>"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")


class TooMuchText(InvalidInput):
    """Nested properties repeat more text than a page may give."""


class Budget:
    """The characters that all literals of a page may have together: nested properties repeat each other's text."""

    __slots__ = ("left",)

    def __init__(self, characters: int) -> None:
        self.left = characters

    def take(self, text: str) -> str:
        """The text, if there is room for it."""
        self.left -= len(text)
        if self.left < 0:
            raise TooMuchText("De teksten op de pagina herhalen elkaar te vaak om ze te lezen.")
        return text


def typed(
    element: "LexborNode", attributes: dict[str, str], environment: Environment, language: str, budget: Budget
) -> str:
    """The literal of an element with `@datatype`."""
    written = attributes["datatype"].strip()
    datatype = environment.token(written) if written else None
    if written and (datatype is None or datatype.startswith("_:")):
        environment.document.faults["unknown-datatype", written] += 1
        datatype = None
    if datatype in _MARKUP:
        return f'"{rdf.escape(budget.take(element.inner_html or ""))}"^^{datatype}'
    text = attributes.get("content")
    if text is None:
        text = attributes.get("datetime")
    if text is None:
        text = budget.take(element.text_lexbor())
    if datatype is None:
        return plain(text, language, environment)
    quoted = f'"{rdf.escape(text)}"'
    term = quoted if datatype == _STRING else f"{quoted}^^{datatype}"
    if type(datatype) is Marked:
        return environment.document.mark(term, datatype.rule, f"{quoted}^^{datatype.before}")
    return term


def temporal(text: str, language: str, environment: Environment) -> str:
    """The literal of `@datetime` or a `<time>`: the first temporal datatype whose form it has, else plain."""
    for pattern, datatype in _TEMPORAL:
        if pattern.match(text):
            return f'"{rdf.escape(text)}"^^<{datatype}>'
    return plain(text, language, environment)


def plain(text: str, language: str, environment: Environment) -> str:
    """A literal without datatype, in the language of its element if that is one."""
    if not language:
        return f'"{rdf.escape(text)}"'
    if not _LANGUAGE.match(language):
        environment.document.faults["invalid-language", language] += 1
        return f'"{rdf.escape(text)}"'
    return f'"{rdf.escape(text)}"@{language}'
