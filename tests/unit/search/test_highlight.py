"""Marks in the stored text."""

from hypothesis import given
from hypothesis import strategies as st

from search.highlight import WIDTH, _exact_spans, fragments, marks, pieces
from search.reading import read

TEXT = "De gemeenteraad keurt de aanleg van fietspaden goed.\n\nArtikel 1. De kosten staan in dossier 2024/123."


def marked(text: str, query: str) -> list[str]:
    """The marked pieces."""
    return [piece for piece, match in pieces(text, marks(read(query))) if match]


def test_what_matched_is_marked_as_it_stands() -> None:
    """Inflections, identifiers, compound parts and prefixes are marked whole."""
    assert marked(TEXT, "fietspad") == ["fietspaden"]
    assert marked(TEXT, "2024123") == ["2024/123"]
    assert marked(TEXT, "raad") == ["gemeenteraad"]
    assert marked(TEXT, "dos*") == ["dossier"]


def test_a_phrase_is_marked_only_where_it_stands_whole() -> None:
    """Quotes are exact: no inflections, no other order, not across paragraphs."""
    assert marked(TEXT, '"de kosten"') == ["De", "kosten"]
    assert marked(TEXT, '"fietspad"') == []
    assert marked(TEXT, '"goed artikel"') == []


def test_fragments_show_matches_in_reading_order() -> None:
    """Of a long text the places with the most different matches are shown, with … where it was cut."""
    long = "woord " * 200 + "fietspad en subsidie " + "woord " * 200 + "fietspad " + "woord " * 200
    found = fragments(long, marks(read("fietspad subsidie")), most=1)
    assert [piece for piece, match in found[0] if match] == ["fietspad", "subsidie"]
    assert found[0][0][0].startswith("…")
    assert found[0][-1][0].endswith("…")
    assert len(fragments(long, marks(read("fietspad")), most=3)) == 2


def test_without_a_match_the_text_begins() -> None:
    """A hit by its title alone shows the beginning of its text; an empty text shows nothing."""
    assert fragments(TEXT, marks(read("zwembad")))[0][0][0].startswith("De gemeenteraad")
    assert fragments("", marks(read("zwembad"))) == ()


@given(st.text(max_size=600), st.text(max_size=60))
def test_pieces_are_the_text(text: str, query: str) -> None:
    """Pieces put together are the text with runs of spaces as one; fragments are short."""
    wanted = marks(read(query))
    whole = "".join(piece for piece, _ in pieces(text, wanted))
    assert whole.split() == text.split()
    for fragment in fragments(text, wanted):
        assert sum(len(piece) for piece, _ in fragment) <= 2 * WIDTH + 4


WORDS = st.sampled_from(
    [
        "fietspad",
        "fietspaden,",
        "de",
        "aanleg",
        "(aanleg",
        "fiets-",
        "en",
        "voetpaden.",
        "Sint-Niklaas",
        "\n\n",
        "2024/12",
        "-",
    ]
)
QUESTIONS = (
    "fietspad",
    '"de aanleg"',
    "Sint-Niklaas",
    '"en de fietspad" aanleg',
    "fiets*",
    "2024/12 voetpad",
    '"sint niklaas"',
)


@given(st.lists(WORDS, max_size=25), st.sampled_from(QUESTIONS))
def test_looking_at_chunks_marks_what_the_whole_analysis_marks(words: list[str], query: str) -> None:
    """Phrases over chunks, names with a hyphen and hanging hyphens are found as if the whole text was analysed."""
    text, wanted = " ".join(words), marks(read(query))
    marked_there = [text[start:end] for start, end in sorted(set(_exact_spans(text, wanted)))]
    assert [piece for piece, match in pieces(text, wanted) if match] == marked_there


def test_of_a_long_text_no_more_is_looked_at_than_needed() -> None:
    """Once there are matches enough to choose from, the words after them are not analysed."""
    wanted = marks(read("fietspad"))
    fragments("fietspad " * 2000 + "zeldzaam", wanted)
    assert "fietspad" in wanted.seen
    assert "zeldzaam" not in wanted.seen
