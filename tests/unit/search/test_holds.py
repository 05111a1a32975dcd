"""The meaning of each clause of a plan, held against one document."""

import pytest

from search.document import Document, Keyword
from search.holds import Fields, alike, holds
from search.plan import (
    Anything,
    AtLeast,
    Best,
    Between,
    Clause,
    Every,
    Follows,
    Near,
    Nothing,
    OneOf,
    Score,
    Starts,
    Term,
    Words,
)
from search.row import row

FIELDS = Fields(
    row(
        Document(
            "https://x.example/1", "1", "besluiten", "Besluit", "De aanleg van een fietspad",
            "Eerste zin.\n\nTweede zin.",
            "2026-01-02", keywords=(Keyword("type", "besluiten", "Besluiten"),),
        )
    )
)  # fmt: skip
HERE, AWAY = Term("title_x", "fietspad"), Term("title_x", "zwembad")


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (HERE, True),
        (AWAY, False),
        (Words("title_x", ("een", "fietspad")), True),
        (Words("title_x", ("fietspad", "een")), False),
        (Words("text_x", ("eerste", "zin")), True),
        (Words("text_x", ("zin", "tweede")), False),
        (Starts("title_x", "fiet"), True),
        (Starts("title_x", "ietspad"), False),
        (Follows("title_x", ("van", "een"), "fie"), True),
        (Follows("title_x", ("aanleg",), "fie"), False),
        (Near("title_x", "fietspat", 1), True),
        (Near("title_x", "fitesdap", 1), False),
        (OneOf("type", ("zittingen", "besluiten")), True),
        (OneOf("bestuur", ("x",)), False),
        (Between("ends", None, None), True),
        (Between("day", 1, 10), False),
        (Score(HERE, 2.0), True),
        (Best((AWAY, HERE)), True),
        (Best((AWAY,)), False),
        (Every((HERE, AWAY)), False),
        (Every((HERE,), (AWAY,)), True),
        (AtLeast(1, (HERE, AWAY)), True),
        (AtLeast(2, (HERE, AWAY)), False),
        (Anything(), True),
        (Nothing(), False),
    ],
)
def test_a_clause_holds_or_not(one: Clause, expected: bool) -> None:
    """As `search.plan` says in words."""
    assert holds(one, FIELDS) is expected


@pytest.mark.parametrize(
    ("one", "other", "edits", "expected"),
    [("weg", "weg", 0, True), ("weg", "wegen", 1, False), ("weg", "wegen", 2, True), ("fiets", "fites", 1, True),
     ("ab", "ba", 0, False), ("", "abc", 2, False), ("kat", "kast", 1, True)],
)  # fmt: skip
def test_words_that_differ_in_some_letters(one: str, other: str, edits: int, expected: bool) -> None:
    """Insertions, removals, changes, and neighbours that changed places, each one edit; the same both ways."""
    assert alike(one, other, edits) is alike(other, one, edits) is expected
