"""What a validation shows, for programs and for people."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from belfort.vocab import DOCUMENT_TYPES
from harvester.extract import Extraction
from harvester.one_page import ASSUMED
from shapes.validation import Finding, Report

NO_TYPE = (
    "De pagina zegt niet welk document ze is.",
    'Zet bijvoorbeeld op het element rond het document: typeof="foaf:Document '
    'https://data.vlaanderen.be/id/concept/BesluitDocumentType/…".',
)


_ONE = {
    "zittingen": "zitting",
    "agendapunten": "agendapunt",
    "behandelingen": "behandeling",
    "stemmingen": "stemming",
    "besluiten": "besluit",
}


def counted(counts: dict[str, int]) -> str:
    """`1 zitting, 3 besluiten`."""
    return ", ".join(f"{count} {_ONE.get(name, name) if count == 1 else name}" for name, count in counts.items())


def report_of(extraction: Extraction) -> Report:
    """The judgement; that of a page that could not be read or was not judged is empty and not valid."""
    return extraction.validation or Report()


def as_data(extraction: Extraction, url: str) -> dict[str, Any]:
    """What was understood and what is missing, as one JSON object."""
    report = report_of(extraction)
    return {
        "url": url,
        "valid": report.valid,
        "conforms": report.conforms,
        "document_types": [{"iri": name, "label": DOCUMENT_TYPES[name]} for name in extraction.document_types],
        "maturity": [asdict(one) for one in report.maturity],
        "counts": extraction.counts,
        "titles": extraction.titles,
        "things": [asdict(one) for one in report.things],
        "findings": [asdict(one) for one in report.findings],
        "repairs": {one.rule: one.count for one in extraction.repairs},
        "issues": [asdict(one) for one in extraction.issues],
    }


def for_people(extraction: Extraction, url: str) -> dict[str, Any]:
    """The same with what a page about it needs besides."""
    return {
        **as_data(extraction, url),
        "understood": counted(extraction.counts),
        "assumed": url.startswith(ASSUMED),
        "no_type": NO_TYPE if extraction.says_something and not extraction.document_types else None,
        "known_types": DOCUMENT_TYPES,
        "mended": [asdict(one) for one in extraction.repairs],
    }


def as_json(extraction: Extraction, url: str) -> str:
    """The same as text."""
    return json.dumps(as_data(extraction, url), ensure_ascii=False, indent=2) + "\n"


def text(extraction: Extraction, url: str) -> str:
    """The same for a terminal."""
    return "\n".join(_clean(row) for row in _rows(extraction, url)) + "\n"


def _clean(row: str) -> str:
    """Text of a page as a terminal may show it: no control or invisible characters."""
    return "".join(c if c.isprintable() else " " for c in row)


def _rows(extraction: Extraction, url: str) -> Iterator[str]:
    report = report_of(extraction)
    yield f"pagina          {url}"
    yield f"documenttype    {', '.join(report.document_types) or 'geen herkend'}"
    yield f"begrepen        {counted(extraction.counts)}"
    for one in report.maturity:
        yield f"maturiteit      {one.document_type}: {one.reached or ('in orde' if one.valid else 'niet in orde')}"
        for level, passed in one.levels.items():
            yield f"    {'✓' if passed else '✗'} {level}"
    if extraction.says_something and not report.document_types:
        yield from ("", *NO_TYPE)
        yield from (f"    {label}: {name}" for name, label in DOCUMENT_TYPES.items())
    for finding in report.findings:
        yield from _finding(finding)
    for issue in extraction.issues:
        yield ""
        yield f"{issue.code}{_times(issue.count)}: {issue.message}"
        if issue.place:
            yield f"    plaats: {issue.place}"
        if issue.fix:
            yield f"    {issue.fix}"


def _times(count: int) -> str:
    return f" ({count}×)" if count > 1 else ""


def _finding(finding: Finding) -> Iterator[str]:
    yield ""
    yield f"[{finding.document_type}, {finding.level or 'advies'}] {finding.message}{_times(finding.count)}"
    for one in finding.examples:
        if one.subject:
            yield f"    bij: {one.subject}" + (f" → {one.value}" if one.value else "")
        if one.place:
            yield f"    plaats: {one.place}"
        if one.text:
            yield f"    tekst: {one.text}"
    if finding.fix:
        yield f"    {finding.fix}"
