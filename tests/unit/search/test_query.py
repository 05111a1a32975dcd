"""The reading of a visitor's words, and the checks on a question."""

from datetime import date

import pytest

from belfort.errors import UsageError
from search.query import MAX_TEXT, MAX_WORDS, All, Node, Phrase, Prefix, Query, Word, from_parameters, read


def shape(node: Node) -> str:
    """A node in short."""
    if isinstance(node, Word):
        return node.token.exact
    if isinstance(node, Phrase):
        return '"' + " ".join(node.words) + '"'
    if isinstance(node, Prefix):
        return " ".join([*node.before, node.start]) + "*"
    return f"{'all' if isinstance(node, All) else 'any'}({' '.join(map(shape, node.nodes))})"


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("fietspad aalter", ["fietspad", "aalter"], []),
        ("fietspad OF voetpad Sint-Pieters-Leeuw", ["any(fietspad voetpad)", '"sint pieters leeuw"'], []),
        ("a1 OR b1 OF c1", ["any(a1 b1 c1)"], []),
        ("subsidie EN sport AND jeugd", ["subsidie", "sport", "jeugd"], []),
        ("subsidie -sport", ["subsidie"], ["sport"]),
        ("subsidie NIET sport NOT jeugd", ["subsidie"], ["sport", "jeugd"]),
        ('subsidie -"sport en spel"', ["subsidie"], ['"sport en spel"']),
        ("NOTULEN park", ["notulen", "park"], []),
        ("subsidie GEMEENTERAAD OFFERTE ENERGIE", ["subsidie", "gemeenteraad", "offerte", "energie"], []),
        ('"jaarrekening" Sint-Niklaas', ['"jaarrekening"', '"sint niklaas"'], []),
        ("weg*", ["weg*"], []),
        ("Sint-Nik*", ["sint nik*"], []),
        ("w*", ["w"], []),
        ("de aanleg van het fietspad", ["aanleg", "fietspad"], []),
        ("de het", ["de", "het"], []),
        ('kosten/baten AND ( "x', ["all(kosten baten)", "x"], []),
        ("„de raad beslist”", ['"de raad beslist"'], []),
        ("<script>alert(1)</script>", ["all(script alert 1 script)"], []),
        ("OF OF NIET EN", [], []),
        ("🚲 -- \0", [], []),
        ("OF fietspad OF", ["fietspad"], []),
    ],
)
def test_words_are_read(text: str, wanted: list[str], unwanted: list[str]) -> None:
    """Operators count only as whole words in capitals, a minus only after a space, quotes hold a phrase."""
    reading = read(text)
    assert [shape(node) for node in reading.wanted] == wanted
    assert [shape(node) for node in reading.unwanted] == unwanted


def test_no_text_browses_and_no_words_finds_nothing() -> None:
    """Only an empty question, or one that only leaves out, may find everything."""
    assert read("  ").browse
    assert read("-sport").browse
    assert not read("🚲").browse
    assert read("🚲").notes


def test_what_was_read_otherwise_is_said() -> None:
    """A lone quote and words beyond the limit are in the notes."""
    assert "aanhalingsteken" in read('"fietspad').notes[0]
    many = read(" ".join(f"woord{n}" for n in range(MAX_WORDS + 5)))
    assert len(many.wanted) == MAX_WORDS
    assert str(MAX_WORDS) in many.notes[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "x" * (MAX_TEXT + 1)},
        {"text": "x" * 10_000},
        {"type": ("fietsen",)},
        {"sort": "prijs"},
        {"van": date(2025, 1, 2), "tot": date(2025, 1, 1)},
        {"pagina": 0},
        {"per_pagina": 201},
    ],
)
def test_a_question_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    """Each is a UsageError (400) in Dutch that says what to do."""
    with pytest.raises(UsageError) as caught:
        Query(**wrong)  # type: ignore[arg-type]
    assert caught.value.status == 400
    assert caught.value.hint


def test_parameters_of_a_url_become_a_query() -> None:
    """Values are read, repeated filters kept once, empty ones left out."""
    query = from_parameters(
        {"q": ["fietspad"], "type": ["besluiten", "zittingen", "besluiten"], "van": ["2024-01-01"], "tot": [""],
         "pagina": ["3"], "sort": ["datum"]}
    )  # fmt: skip
    assert query == Query("fietspad", (), ("besluiten", "zittingen"), date(2024, 1, 1), None, "datum", 3)


@pytest.mark.parametrize(
    "wrong", [{"kleur": ["rood"]}, {"van": ["gisteren"]}, {"pagina": ["-1"]}, {"pagina": ["9" * 30]}, {"pagina": ["²"]}]
)
def test_parameters_that_cannot_be_are_refused(wrong: dict[str, list[str]]) -> None:
    """An unknown name or a value of the wrong form is a UsageError, never ignored."""
    with pytest.raises(UsageError):
        from_parameters(wrong)
