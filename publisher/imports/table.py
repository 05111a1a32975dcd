"""A table as people save it: any of the encodings and separators of spreadsheets. Pure.

Known: UTF-8 with and without its mark, UTF-16 with a mark, Windows-1252; semicolon, comma or tab; quoted cells with
line ends; a first line `sep=;`; empty rows; spaces and no-break spaces around cells.
"""

import csv
import io
from dataclasses import dataclass

from belfort.errors import InvalidInput

MAX_ROWS, MAX_CELL = 100_000, 10_000


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The headings, the rows that are not empty, and in what the file was written."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    separator: str


def decode(body: bytes) -> tuple[str, str]:
    """The text of the bytes, and the encoding.

    Raises:
        InvalidInput: it is no text, or one that cannot be told.
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return _decoded(body, name), name
    try:
        return _decoded(body, "utf-8"), "utf-8"
    except InvalidInput:
        return _decoded(body, "cp1252"), "cp1252"


def _decoded(body: bytes, encoding: str) -> str:
    try:
        text = body.decode(encoding)
    except UnicodeError:
        text = "\x00"
    if "\x00" in text:
        raise InvalidInput(
            "Het bestand is geen tekst: misschien een rekenblad zelf.",
            hint="Bewaar het als CSV (UTF-8) en geef dat bestand.",
        )
    return text


def read(body: bytes) -> Table:
    """The table in the bytes of a file.

    Raises:
        InvalidInput: there is none, or a cell has no end; the message names the row.
    """
    text, encoding = decode(body)
    first, _, rest = text.partition("\n")
    separator = ""
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[4], rest
    separator = separator or _separator(text)
    offset = 2 if text is rest else 1
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, offset):
            if number > MAX_ROWS:
                raise InvalidInput(f"Het bestand heeft meer dan {MAX_ROWS} rijen.", hint="Splits het.")
            cleaned = tuple(_clean(cell) for cell in cells)
            if any(cleaned):
                rows.append(Row(number, cleaned))
    except csv.Error:
        raise InvalidInput(
            f"Rij {offset + reader.line_num - 1}: een cel met een aanhalingsteken is niet goed afgesloten.",
            hint='Verdubbel aanhalingstekens in een cel ("") en sluit elke cel af.',
        ) from None
    if not rows:
        raise InvalidInput("Het bestand is leeg.", hint="Begin met `belfort import --template`.")
    return Table(rows[0].cells, tuple(rows[1:]), encoding, separator)


def _separator(text: str) -> str:
    """The separator that the heading has most of, outside quotes."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(head.split('"')[::2])
    return max(";,\t", key=lambda mark: (outside.count(mark), mark == ";"))


def _clean(cell: str) -> str:
    """The cell without spaces around it, and without the marks that spreadsheets put before text."""
    text = " ".join(cell.replace("\u00a0", " ").replace("\u200b", "").split()) if len(cell) <= MAX_CELL else cell
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.removeprefix("'") if text.startswith("'") and text[1:2].isdigit() else text
