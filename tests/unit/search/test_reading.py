"""The reading of a visitor's words."""

import pytest

from search.reading import MAX_WORDS, All, Node, Phrase, Prefix, Word, read


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
    assert [shape(node) for node in reading.nodes] == wanted
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
    assert len(many.nodes) == MAX_WORDS
    assert str(MAX_WORDS) in many.notes[0]


@pytest.mark.parametrize(
    ("text", "firm", "words", "least"),
    [
        ("aanleg fietspad", [], ["aanleg", "fietspad"], 2),
        ("aanleg fietspad kerkstraat", [], ["aanleg", "fietspad", "kerkstraat"], 2),
        ("aanleg nieuw fietspad kerkstraat", [], ["aanleg", "nieuw", "fietspad", "kerkstraat"], 3),
        ("aanleg van het fietspad", [], ["aanleg", "fietspad"], 2),
        ("aanleg EN fietspad kerkstraat dorp", ["aanleg", "fietspad"], ["kerkstraat", "dorp"], 2),
        ('"aanleg" fietspad OF weg kerk*', ['"aanleg"', "any(fietspad weg)", "kerk*"], [], 0),
        ("Sint-Niklaas park bank", [], ['"sint niklaas"', "park", "bank"], 2),
    ],
)
def test_of_three_plain_words_or_more_three_quarters_must_match(
    text: str, firm: list[str], words: list[str], least: int
) -> None:
    """What quotes, EN, OF or a star ask for in so many words must always match."""
    reading = read(text)
    assert [shape(node) for node in reading.wanted] == firm
    assert [shape(node) for node in reading.words] == words
    assert reading.least == least


def test_neighbours_also_count_written_as_one() -> None:
    """Each word knows the stems of itself joined with the word before and after it."""
    first, second = read("fietsen pad").words
    assert isinstance(first, Word)
    assert isinstance(second, Word)
    assert first.glued == second.glued
    assert "fietsenpad" in first.glued


def test_stop_words_that_other_words_make_needless_are_named() -> None:
    """They are left out of the question, and that can be told."""
    assert read("aanleg van het fietspad").left_out == ("van", "het")
    assert read("van het").left_out == ()
