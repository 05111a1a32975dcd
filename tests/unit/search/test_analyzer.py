"""The analyzer: inflections, compounds, identifiers, names, and places in the text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analyzer import analyze, compound_parts, normalize, stem

PAIRS = [tuple(row.split()) for row in (Path(__file__).parent / "pairs.txt").read_text().splitlines()]

# Words that must stay apart, however alike they look.
APART = [
    ("schip", "schepen"), ("raad", "radio"), ("weg", "wegnemen"), ("lid", "lijden"), ("stad", "staat"),
    ("bos", "bus"), ("graf", "graaf"), ("gemeente", "gemeen"), ("bouw", "bos"), ("plan", "plein"), ("park", "perk"),
    ("aanbesteden", "stad"), ("kosten", "kosthuis"), ("advies", "adviseur"), ("boom", "bomvol"),
]  # fmt: skip

COMPOUNDS = [
    ("fietspad", "pad"), ("fietspaden", "fiets"), ("gemeentebelasting", "belasting"), ("gemeenteraad", "raad"),
    ("leegstandsbelasting", "leegstand"), ("omgevingsvergunning", "vergunning"), ("verkeersreglement", "reglement"),
    ("politiereglement", "politie"), ("kinderopvang", "opvang"), ("begraafplaats", "begraafplaats"),
    ("huisvuilzakken", "zak"), ("woonzorgcentrum", "zorg"), ("raadscommissie", "commissie"), ("zwembad", "bad"),
    ("sporthal", "hal"), ("jeugdhuis", "jeugd"), ("evenementenhal", "evenement"), ("kerkfabriek", "kerk"),
    ("meerjarenplan", "plan"), ("jaarrekening", "rekening"), ("wegenwerken", "werk"), ("hondenweide", "hond"),
    ("verkeersbord", "bord"), ("schepencollege", "college"), ("personeelsleden", "lid"), ("brandweerzone", "brandweer"),
    ("speelplein", "plein"), ("voetgangersbrug", "brug"), ("rioleringswerken", "riolering"), ("gemeentehuis", "huis"),
    ("straatverlichting", "verlichting"), ("parkeergarage", "garage"), ("bibliotheekreglement", "bibliotheek"),
    ("subsidiereglement", "subsidie"), ("onderhoudscontract", "contract"), ("laadpalen", "paal"),
    ("schoolbus", "school"), ("waterlopen", "water"), ("erfpachtovereenkomst", "erf"), ("stadsbestuur", "bestuur"),
    ("dorpskern", "kern"), ("zonnepanelen", "paneel"), ("kruispunt", "kruis"), ("containerpark", "park"),
    ("cultuurcentrum", "cultuur"), ("bouwvergunning", "bouw"), ("marktplaats", "markt"),
    ("burgemeestersketting", "burgemeester"),
    ("taxivergunning", "taxi"), ("ouderenzorg", "zorg"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda word: str(word))
def test_inflections_share_a_stem(one: str, other: str) -> None:
    """Both forms of a municipal word are found by each other."""
    assert analyze(one)[0].stem == analyze(other)[0].stem


def test_other_words_do_not_share_a_stem() -> None:
    """At most two of the look-alikes are taken for one word."""
    assert len([pair for pair in APART if stem(pair[0]) == stem(pair[1])]) <= 2


def test_compounds_are_found_by_their_parts() -> None:
    """Of the list of municipal compounds at least nine in ten are found by a part of them."""
    found = [whole for whole, part in COMPOUNDS if stem(part) in {*compound_parts(whole), stem(whole)}]
    assert len(found) >= 0.9 * len(COMPOUNDS), sorted({whole for whole, _ in COMPOUNDS} - set(found))


@pytest.mark.parametrize(
    ("written", "exact", "extra"),
    [
        ("0829.241.320", "0829241320", {"0829", "241", "320"}),
        ("BE0829.241.320", "be0829241320", {"0829241320"}),
        ("2024/123", "2024123", {"2024", "123"}),
        ("2024_CBS_00123", "2024cbs00123", {"2024", "cbs", "00123"}),
        ("O.C.M.W.", "ocmw", set()),
        ("foto's", "fotos", set()),
        ("Coördinatie", "coordinatie", set()),
        ("CAFÉ", "cafe", set()),
        ("ve\u00adrgun\u200bning", "vergunning", set()),
        ("ﬁets", "fiets", set()),
        ("Ĳzer", "ijzer", set()),
    ],
)
def test_words_as_they_stand(written: str, exact: str, extra: set[str]) -> None:
    """Identifiers lose their punctuation, words their accents, capitals and invisible characters."""
    (token,) = analyze(written)
    assert token.exact == exact
    assert extra <= set(token.extra)


def test_a_hyphenated_name_is_its_parts_and_one_word() -> None:
    """Sint-Niklaas is found as two words in order and as sintniklaas."""
    first, second = analyze("Sint-Niklaas")
    assert (first.exact, second.exact, second.joint) == ("sint", "niklaas", "-")
    assert "sintniklaas" in first.extra


def test_a_paragraph_begins_with_a_gap() -> None:
    """Only the first word after an empty line says so."""
    assert [token.gap for token in analyze("een twee\n\ndrie vier\nvijf")] == [False, False, True, False, False]


@given(st.text(max_size=200))
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    """Whatever the text, tokens are normalised, not empty, and stand where they say."""
    end = 0
    for token in analyze(text):
        assert end <= token.start < token.end <= len(text)
        assert token.exact
        assert token.exact == normalize(token.exact)
        assert normalize(text[token.start : token.end]) == token.exact
        end = token.end


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=130))
def test_a_stem_is_never_empty(word: str) -> None:
    """Every word keeps something to be found by."""
    assert stem(normalize(word))
