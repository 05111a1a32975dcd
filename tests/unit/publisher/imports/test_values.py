"""Cells of a table become values, or words that say how to write them."""

from datetime import date

import pytest

from belfort.vocab import XSD
from publisher.imports import values
from publisher.imports.values import Wrong
from shapes import codes


@pytest.mark.parametrize(
    "text",
    ["05/12/2024", "5/12/2024", "05-12-2024", "5.12.2024", "2024-12-05", "2024-12-05T00:00:00", "05/12/2024 00:00",
     "2024-12-04T23:00:00Z", "2024-12-05 00:00:00"],
)  # fmt: skip
def test_days_are_read_as_people_here_write_them(text: str) -> None:
    """Day first with slashes, dashes or points; ISO; a moment is a day in Brussels."""
    assert values.day(text) == date(2024, 12, 5)


@pytest.mark.parametrize(
    "text", ["31/02/2024", "12/31/2024", "5/12/24", "45631", "gisteren", "05/12/1024", "2024", "1/1/3000"]
)
def test_what_is_no_day_is_said(text: str) -> None:
    """No day is guessed: not an American one, not one with two digits for the year, not a serial number."""
    with pytest.raises(Wrong) as caught:
        values.day(text)
    assert caught.value.fix


def test_a_day_is_written_as_its_beginning_in_brussels() -> None:
    """Summer and winter have their own distance to UTC."""
    assert values.moment(date(2024, 12, 5)) == f'"2024-12-05T00:00:00+01:00"^^<{XSD.dateTime}>'
    assert values.moment(date(2024, 7, 5)).startswith('"2024-07-05T00:00:00+02:00"')


def test_codes_are_found_by_any_of_their_names() -> None:
    """Label, older label, case, IRI; a code outside those allowed is none, and the allowed ones are named."""
    director = codes.code("BestuursfunctieCode", "39e08271-68db-4282-897f-5cba88c71862")
    for text in ("Algemeen directeur", "ALGEMEEN DIRECTEUR", "algemeen-directeur", director):
        assert values.code(text, "BestuursfunctieCode", codes.leading_functions()) == director
    for text in ("Schepen", "directeur", "", "http://x.example/y"):
        with pytest.raises(Wrong, match="BestuursfunctieCode") as caught:
            values.code(text, "BestuursfunctieCode", codes.leading_functions())
        assert "Financieel directeur" in caught.value.fix


@pytest.mark.parametrize(
    ("reader", "good", "bad"),
    [
        (values.email, "info@gent.be", "info bij gent"),
        (values.phone, "+32 9 123 45 67", "bel mij"),
        (values.iri, "http://data.lblod.info/id/personen/1", "personen/1"),
    ],
)
def test_addresses_are_checked(reader: object, good: str, bad: str) -> None:
    """What is no address is refused with how to write it."""
    assert reader(good) == good  # type: ignore[operator]
    with pytest.raises(Wrong):
        reader(bad)  # type: ignore[operator]
