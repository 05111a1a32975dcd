"""Themes derived from titles."""

import pytest

from search.analyzer import analyze
from search.projection import themes
from search.projection.themes import MAX_THEMES, themes_of


def found(*titles: str) -> set[str]:
    """The themes of these titles."""
    return {slug for slug, _ in themes_of(titles)}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Aanvullend reglement op het wegverkeer. Parkeerverbod Dorpsstraat", {"mobiliteit"}),
        ("Kerkfabriek Sint-Jan. Budget 2027. Akteneming", {"erediensten", "financien"}),
        ("Heraanleg van de voetpaden in de Nieuwstraat: bestek en raming", {"openbare-werken", "overheidsopdrachten"}),
        ("Buitengewone algemene vergadering van de intercommunale", {"samenwerking"}),
        ("Subsidiereglement jeugdverenigingen", {"jeugd"}),
        ("Ontwerp-RUP Stationsomgeving: voorlopige vaststelling", {"ruimte"}),
        ("Huishoudelijk reglement van de kinderopvang", {"onderwijs"}),
        ("Verkoop van een perceel grond aan de Leie", {"patrimonium"}),
        ("Premie voor het steriliseren van zwerfkatten", {"dierenwelzijn"}),
        ("Personeelsformatie: wijziging", {"personeel"}),
        ("Goedkeuring van de notulen van de vorige zitting", {"bestuur"}),
        ("Besluit", set()),
        ("", set()),
    ],
)
def test_a_title_tells_what_it_is_about(title: str, expected: set[str]) -> None:
    """In any inflection, as part of a compound, as a phrase; nothing when it says nothing."""
    assert found(title) == expected


def test_a_word_that_means_something_else_does_not_count() -> None:
    """The phrases of `not` are taken out first."""
    assert found("Aanvullend politiereglement Kerkstraat") == set()
    assert "sport" not in found("Uitzending van het EK voetbal")
    assert "sport" in found("Huur van het voetbalterrein")


def test_there_are_three_at_most_the_surest_first() -> None:
    """Order: by the number of words that tell it, then as in the list."""
    title = "Subsidie sport, cultuur, jeugd, onderwijs en toerisme: reglement sportclubs"
    made = themes_of((title,))
    assert len(made) == MAX_THEMES
    assert made[0] == ("sport", "Sport")
    assert themes_of((title,)) == made


def test_a_second_title_adds() -> None:
    """The agendapunt may say more than the besluit."""
    assert found("Besluit", "Reglement op de begraafplaatsen") == {"erediensten"}


def test_every_theme_has_words_that_find_it() -> None:
    """Each word of the list, as a title, has its theme among its own: none is written in vain."""
    for theme in themes.themes().values():
        assert theme.label
        for word in theme.words:
            title = word.strip("=*")
            if not any(title.startswith(one) for one in theme.excluded):
                slugs = {slug for slug, _ in themes._matches(title)}
                assert theme.slug in slugs, (theme.slug, word, [token.stem for token in analyze(title)])
