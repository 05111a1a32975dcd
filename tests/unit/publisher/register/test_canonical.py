"""Statements compared by value."""

import pytest

from belfort import rdf
from belfort.vocab import XSD
from publisher.register.canonical import comparable, key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (rdf.literal("x", language="NL-be"), rdf.literal("x", language="nl-BE")),
        (f'"x"^^<{XSD.string}>', '"x"'),
        (f'"2025-01-01T00:00:00Z"^^<{XSD.dateTime}>', f'"2025-01-01T01:00:00.000+01:00"^^<{XSD.dateTime}>'),
        (f'"2025-01-01T00:00:00+00:00"^^<{XSD.dateTime}>', f'"2025-01-01T00:00:00Z"^^<{XSD.dateTime}>'),
        (f'"01"^^<{XSD.integer}>', f'"+1"^^<{XSD.integer}>'),
        (f'"-0"^^<{XSD.integer}>', f'"0"^^<{XSD.integer}>'),
        (f'"007"^^<{XSD.nonNegativeInteger}>', f'"7"^^<{XSD.nonNegativeInteger}>'),
        (f'"1.50"^^<{XSD.decimal}>', f'"+01.5"^^<{XSD.decimal}>'),
        (f'".0"^^<{XSD.decimal}>', f'"-0"^^<{XSD.decimal}>'),
        (f'"1"^^<{XSD.boolean}>', f'"true"^^<{XSD.boolean}>'),
        (f'"1e2"^^<{XSD.double}>', f'"100.0"^^<{XSD.double}>'),
    ],
)
def test_equal_values_are_equal_texts(one: str, other: str) -> None:
    """Language case, xsd:string, the zone of a moment and the zeros of a number make no difference."""
    assert comparable(one) == comparable(other)
    assert key(f"<a:s> <a:p> {one} .") == key(f"<a:s> <a:p> {other} .")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f'"1"^^<{XSD.integer}>', f'"1"^^<{XSD.decimal}>'),
        (f'"1"^^<{XSD.integer}>', '"1"'),
        (f'"01"^^<{XSD.integer}>', f'"10"^^<{XSD.integer}>'),
        (f'"1.5"^^<{XSD.decimal}>', f'"15"^^<{XSD.decimal}>'),
        ('"01"', '"1"'),
        ('"x"@nl', '"x"'),
        (f'"2025-01-01T00:00:00"^^<{XSD.dateTime}>', f'"2025-01-01T00:00:00Z"^^<{XSD.dateTime}>'),
        (f'"2025-01-01T00:00:00.1234567Z"^^<{XSD.dateTime}>', f'"2025-01-01T00:00:00.1234568Z"^^<{XSD.dateTime}>'),
    ],
)
def test_other_values_stay_apart(one: str, other: str) -> None:
    """Another datatype, another number, a moment with and without a zone are not the same."""
    assert comparable(one) != comparable(other)


@pytest.mark.parametrize(
    "term",
    [
        '"a"@nl', f'"2025-01-01"^^<{XSD.date}>', "<http://a/B>", '"A \\"q\\""', f'"niets"^^<{XSD.integer}>',
        f'"2025-01-01T24:00:00Z"^^<{XSD.dateTime}>', f'"2025-01-01T00:00:00"^^<{XSD.dateTime}>',
        f'"0001-01-01T00:00:00+14:00"^^<{XSD.dateTime}>', f'""^^<{XSD.integer}>', f'"."^^<{XSD.decimal}>',
    ],
)  # fmt: skip
def test_what_has_no_other_form_compares_as_it_stands(term: str) -> None:
    """What is no value of its datatype, or has one form only, is compared by its text."""
    assert comparable(term) == term
