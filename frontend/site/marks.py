"""The judgement of a page beside the page itself: findings by level, and the page's words with numbered places.

Enters: an extraction that was judged with places, and the tokens of the page's view. Leaves: frozen objects that the
template writes out; every text in them is still foreign.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapes.validation import LEVELS

if TYPE_CHECKING:
    from belfort.records.issue import Issue
    from harvester.extract import Extraction
    from harvester.page_view import Token
    from shapes.validation import Example, Finding, Report

_MEANING = {
    "Niveau 1": "Zonder dit kan een lezer niet verder; nodig voor een geldige publicatie.",
    "Niveau 2": "Wie deelneemt, heeft een URI uit de mandatendatabank.",
    "Niveau 3": "Motivering, artikels, voorzitter en secretaris.",
    "Bonusniveau": "Maakt de gegevens rijker.",
    "": "Telt voor geen niveau mee.",
}
ADVICE = "Advies"


@dataclass(frozen=True)
class Where:
    """One place of a finding: its number on the page (0 when it is not on it), what stands there, about what."""

    number: int
    text: str
    subject: str
    value: str
    selector: str


@dataclass(frozen=True)
class Said:
    """One finding or issue: its anchor, what is wrong, what to do (words, then code), and where."""

    anchor: str
    message: str
    about: str
    advice: str
    code: str
    count: int
    places: tuple[Where, ...]


@dataclass(frozen=True)
class Group:
    """The findings of one level."""

    name: str
    meaning: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Piece:
    """A token of the page, ready to be written: `number` of the place (0 for none), `back` to its finding, `tags`."""

    kind: str
    text: str = ""
    number: int = 0
    back: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """Both sides: what was found, and the page."""

    groups: tuple[Group, ...]
    issues: tuple[Said, ...]
    pieces: tuple[Piece, ...]


def places(extraction: "Extraction") -> set[str]:
    """The selectors that the page must show: of findings, of issues, and of the things that were understood."""
    report = extraction.validation
    found = {issue.place for issue in extraction.issues}
    if report:
        found |= {one.place for finding in report.findings for one in finding.examples}
        found |= {thing.place for thing in report.things}
    return found - {""}


def beside(extraction: "Extraction", tokens: "Sequence[Token]") -> Beside:
    """The findings with numbers, and the page with the same numbers."""
    report = extraction.validation
    findings = report.findings if report else ()
    named = {one.place for finding in findings for one in finding.examples} | {one.place for one in extraction.issues}
    order = [token.place for token in tokens if token.place and token.place in named]
    numbers = {place: number for number, place in enumerate(order, 1)}
    groups = tuple(_groups(findings, numbers))
    issues = tuple(_issue(index, one, numbers) for index, one in enumerate(extraction.issues, 1))
    back: dict[int, str] = {}
    for said in [*(one for group in groups for one in group.said), *issues]:
        for where in said.places:
            back.setdefault(where.number, said.anchor)
    return Beside(groups, issues, tuple(_pieces(tokens, numbers, back, _tags(report))))


def _groups(findings: "Sequence[Finding]", numbers: dict[str, int]) -> Iterator[Group]:
    said = [(finding, _finding(index, finding, numbers)) for index, finding in enumerate(findings, 1)]
    for level in (*LEVELS, ""):
        here = tuple(one for finding, one in said if finding.level == level)
        if here:
            yield Group(level or ADVICE, _MEANING[level], here)


def _finding(index: int, finding: "Finding", numbers: dict[str, int]) -> Said:
    where = tuple(_where(one, numbers) for one in finding.examples if one.subject)
    advice, _, code = finding.fix.partition(": ")
    if not code.startswith("<"):
        advice, code = finding.fix, ""
    elif finding.component == "MinCount" and where:
        advice = f"{advice} binnen dat element"
    return Said(f"bevinding-{index}", finding.message, finding.document_type, advice, code, finding.count, where)


def _where(example: "Example", numbers: dict[str, int]) -> Where:
    return Where(numbers.get(example.place, 0), example.text, example.subject, example.value, example.place)


def _issue(index: int, issue: "Issue", numbers: dict[str, int]) -> Said:
    where = (Where(numbers.get(issue.place, 0), "", "", "", issue.place),) if issue.place else ()
    return Said(f"opmerking-{index}", issue.message, issue.code, issue.fix, "", issue.count, where)


def _tags(report: "Report | None") -> dict[str, tuple[str, ...]]:
    """Place → what was understood to begin there."""
    found: dict[str, tuple[str, ...]] = {}
    for thing in report.things if report else ():
        found[thing.place] = tuple(dict.fromkeys((*found.get(thing.place, ()), thing.kind)))
    return found


def _pieces(
    tokens: "Sequence[Token]", numbers: dict[str, int], back: dict[int, str], tags: dict[str, tuple[str, ...]]
) -> Iterator[Piece]:
    for at, token in enumerate(tokens):
        following = tokens[at + 1].kind if at + 1 < len(tokens) else "break"
        if token.kind == "break" and following in ("box", "/box", "break"):
            continue  # a box begins a line of its own
        number = numbers.get(token.place, 0)
        yield Piece(token.kind, token.text, number, back.get(number, ""), tags.get(token.place, ()))
