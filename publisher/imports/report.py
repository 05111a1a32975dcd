"""The report of an import: what came of every row, why, and what to do. It repeats no rijksregisternummer."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from belfort import rijksregister

Outcome = Literal["goed", "fout", "overgeslagen"]


@dataclass(frozen=True)
class Finding:
    """Something about one row: `serious` keeps the file from counting; `column` is empty when it is about the row."""

    row: int
    column: str
    code: str
    message: str
    fix: str
    serious: bool = True


@dataclass(frozen=True)
class Line:
    """One row of the report: the row of the file (0 for the file itself), its outcome, what it became, and why."""

    row: int
    outcome: Outcome
    iri: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Report:
    """All rows, and whether the file counts."""

    file: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def faults(self) -> int:
        """How many findings keep the file from counting."""
        return sum(one.serious for line in self.lines for one in line.findings)


def lines(iris: dict[int, str], findings: Iterable[Finding]) -> tuple[Line, ...]:
    """The lines of a report: row → what it became ("" for nothing), with what was found about it."""
    found: dict[int, list[Finding]] = {row: [] for row in iris}
    for one in findings:
        found.setdefault(one.row, []).append(_masked(one))
    made = []
    for row in sorted(found):
        wrong = any(one.serious for one in found[row])
        outcome: Outcome = "fout" if wrong else "goed" if iris.get(row) or row == 0 else "overgeslagen"
        made.append(Line(row, outcome, "" if wrong else iris.get(row, ""), tuple(found[row])))
    return tuple(made)


def _masked(one: Finding) -> Finding:
    return Finding(one.row, rijksregister.mask(one.column), one.code, rijksregister.mask(one.message), one.fix,
                   one.serious)  # fmt: skip


def sentences(report: Report, most: int = 50) -> list[str]:
    """The findings for a person, one a line; the first `most` of them."""
    found = [one for line in report.lines for one in line.findings]
    shown = [
        f"{'FOUT' if one.serious else 'let op'}: {f'rij {one.row}' if one.row else report.file}"
        f"{f', kolom {one.column}' if one.column else ''}: {one.message} {one.fix}".rstrip()
        for one in found[:most]
    ]
    return shown + ([f"… en nog {len(found) - most}; zie --report."] if len(found) > most else [])


def write(report: Report, path: Path) -> None:
    """Write the report: JSON when the name ends so, else a table that a spreadsheet opens."""
    text = as_json(report) if path.suffix.lower() == ".json" else as_table(report)
    path.write_text(text, "utf-8", newline="")


def as_json(report: Report) -> str:
    """The report as one JSON object."""
    return json.dumps({**asdict(report), "faults": report.faults}, ensure_ascii=False, indent=1) + "\n"


def as_table(report: Report) -> str:
    """The report as CSV with a mark of UTF-8 and semicolons: one line a finding, and one for every row without any."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["rij", "uitkomst", "kolom", "code", "wat", "hoe te herstellen", "iri"])
    for line in report.lines:
        for one in line.findings or (None,):
            said: Sequence[str] = (one.column, one.code, one.message, one.fix) if one else ("", "", "", "")
            writer.writerow([line.row or "", line.outcome, *map(_inert, said), line.iri])
    return "\ufeff" + out.getvalue()


def _inert(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
