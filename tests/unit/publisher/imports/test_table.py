"""Tables as spreadsheets save them."""

import pytest

from belfort.errors import InvalidInput
from publisher.imports.columns import COLUMNS, places, recognised, template
from publisher.imports.table import read

TEXT = "voornaam;achternaam\r\nZoë;D’Hoë\r\n"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"sep=;\r\n" + TEXT.encode(), "utf-8"),
        (TEXT.replace(";", ",").encode(), "utf-8"),
        (TEXT.replace(";", "\t").replace("\r", "").encode(), "utf-8"),
        (TEXT.replace("Zoë", '" Zoë\u00a0"').encode(), "utf-8"),
        (TEXT.replace("Zoë", '="Zoë"').encode(), "utf-8"),
        (TEXT.replace("Zoë;", "Zoë;").replace("\r\nZ", "\r\n;;\r\n\r\nZ").encode(), "utf-8"),
    ],
)
def test_every_way_of_saving_gives_the_same_rows(body: bytes, encoding: str) -> None:
    """Encodings, marks, separators, quotes, a line sep= and empty rows make no difference."""
    table = read(body)
    assert table.header == ("voornaam", "achternaam")
    assert [row.cells[:2] for row in table.rows] == [("Zoë", "D’Hoë")]
    assert table.encoding == encoding


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    """Empty rows and cells with line ends count as one row, as on the screen."""
    table = read(b'sep=;\na;b\n"x\ny";1\n;\nz;2\n')
    assert [(row.number, row.cells) for row in table.rows] == [(3, ("x y", "1")), (5, ("z", "2"))]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "leeg"),
        (b"\xff\xfe\x00\xd8", "geen tekst"),
        (b"PK\x03\x04\x14\x00\x00\x00", "rekenblad"),
        (b'a;b\n"x;1\ny;2\n', "Rij"),
        (b'a;b\n"x"y;1\n', "Rij 2"),
    ],
)
def test_what_is_no_table_is_said_in_words(body: bytes, words: str) -> None:
    """A spreadsheet itself, an empty file or a cell without an end is one clear error."""
    with pytest.raises(InvalidInput, match=words):
        read(body)


@pytest.mark.parametrize("database", COLUMNS)
def test_the_template_is_read_back(database: str) -> None:
    """It opens in a spreadsheet (mark, semicolons), has every column, and its example fills all that is required."""
    text = template(database)  # type: ignore[arg-type]
    assert text.startswith("\ufeff")
    table = read(text.encode())
    columns = COLUMNS[database]  # type: ignore[index]
    assert table.header == tuple(column.name for column in columns)
    assert recognised(table.header) == database
    cells = dict(zip(table.header, table.rows[0].cells, strict=True))
    assert all(cells[column.name] for column in columns if column.required)


def test_the_headings_of_the_reference_systems_are_known() -> None:
    """Their exports, in any case and with any accents, name the same columns; others are unknown."""
    header = [
        "Voornaam",
        "Naam",
        "Fractie",
        "Mandaat",
        "Status",
        "StartMandaat",
        "EindeMandaat",
        "Beleidsdomeinen",
        "X",
    ]
    found, unknown = places("mandatarissen", header)
    assert {"voornaam", "achternaam", "fractie", "functie", "status", "start", "einde", "beleidsdomeinen"} <= set(found)
    assert unknown == ["X"]
    export = ["mandataris", "start", "eind", "status", "statusLabel", "voornaam", "achternaam", "bestuursfunctieLabel"]
    assert recognised(export) == "mandatarissen"
