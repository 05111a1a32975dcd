"""Literals of pages become plain text."""

import time

import pytest

from search.projection.plain import plain_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("  twee\n   woorden ", "twee\nwoorden"),
        ("<p>De raad <b>beslist</b>:</p><p>Artikel&nbsp;1</p>", "De raad beslist:\n\nArtikel 1"),
        ("fiets<b>pad</b>", "fietspad"),
        ("<td>a</td><td>b</td>", "a b"),
        ("een<br/>twee", "een\ntwee"),
        ("<script>alert('x')</script>tekst<style>p{}</style>", "tekst"),
        ("a<!-- b -->c", "ac"),
        ("kosten < 500 euro en > 3", "kosten < 500 euro en > 3"),
        ("&lt;b&gt; blijft &amp; staat", "<b> blijft & staat"),
        ("a\0b", "a b"),
    ],
)
def test_markup_goes_and_paragraphs_stay(source: str, text: str) -> None:
    """Inline tags vanish, block tags end a paragraph, entities are read once."""
    assert plain_text(source) == text


@pytest.mark.parametrize(
    "hostile", ["<" * 200_000, "<a " * 60_000, "<!--" * 50_000, "<script>" * 30_000, "<script>" * 3000 + "</script"]
)
def test_hostile_markup_takes_linear_time(hostile: str) -> None:
    """Markup that opens and never closes is read in well under the seconds that a quadratic reader needs."""
    begin = time.perf_counter()
    plain_text(hostile)
    assert time.perf_counter() - begin < 2
