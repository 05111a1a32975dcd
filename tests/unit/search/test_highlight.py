"""Marks in the stored text."""

from hypothesis import given
from hypothesis import strategies as st

from search.highlight import WIDTH, fragments, marks, pieces
from search.query import read

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
