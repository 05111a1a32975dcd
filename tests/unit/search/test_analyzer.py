"""The analyzer: inflections, compounds, identifiers, names, and places in the text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analyzer import ANALYZER_VERSION, Columns, analyze, columns, compound_parts, normalize, stem
from tests.support import analyzer_golden

HERE = Path(__file__).parent


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a word list beside this file."""
    return [tuple(row.split()) for row in (HERE / name).read_text(encoding="utf-8").splitlines()]


def same(one: str, other: str) -> bool:
    """Whether a search for the one finds the other by its stem."""
    return analyze(one)[0].stem == analyze(other)[0].stem


def test_inflections_share_a_stem() -> None:
    """Of 900 pairs of forms of municipal words at least 98 % are found by each other."""
    pairs = rows("pairs.txt")
    missed = [pair for pair in pairs if not same(*pair)]
    assert len(pairs) >= 900
    assert len(missed) <= 0.02 * len(pairs), missed


def test_other_words_do_not_share_a_stem() -> None:
    """At most two of the pairs of look-alikes are taken for one word."""
    merged = [pair for pair in rows("apart.txt") if same(*pair)]
    assert len(merged) <= 2, merged


def test_compounds_are_found_by_their_parts() -> None:
    """Of the municipal compounds at least nine in ten are found by a part of them."""
    compounds = rows("compounds.txt")
    missed = [whole for whole, part in compounds if stem(part) not in {*compound_parts(whole), stem(whole)}]
    assert len(missed) <= 0.1 * len(compounds), missed


@pytest.mark.parametrize("word", [row[0] for row in rows("whole_words.txt")])
def test_what_is_no_compound_has_no_parts(word: str) -> None:
    """A word that only looks as if other words stood in it is left whole."""
    assert compound_parts(word) == ()


def test_a_compound_of_many_words_is_found_by_neighbours_too() -> None:
    """A part that is a compound itself, its own parts, and two that stand together are all terms."""
    (token,) = analyze("snelheidszoneplannen")
    assert {stem(word) for word in ("snelheid", "zone", "plan", "zoneplan", "snelheidszone")} <= set(token.extra)
    (token,) = analyze("straatnaamgeving")
    assert {stem(word) for word in ("straatnaam", "straat", "naam")} <= set(token.extra)


def test_a_compound_has_the_stem_of_its_last_word() -> None:
    """Irregular words stay irregular at the end of words that no list knows."""
    for one, other in (("kabouterpad", "kabouterpaden"), ("klimaatraadslid", "klimaatraadsleden")):
        assert stem(one) == stem(other)
    assert stem("heraangesteld") == stem("heraanstellingen")


@pytest.mark.parametrize(
    ("written", "exact", "extra"),
    [
        ("0829.241.320", "0829241320", {"0829", "241", "320", "be0829241320"}),
        ("BE0829.241.320", "be0829241320", {"0829241320"}),
        ("2024/123", "2024123", {"2024", "123"}),
        ("2024-123", "2024123", {"2024", "123"}),
        ("2024_GR_00123", "2024gr00123", {"2024", "gr", "00123", "123"}),
        ("OMV_2023012345", "omv2023012345", {"omv", "2023012345"}),
        ("O.C.M.W.", "ocmw", set()),
        ("O.-L.-V.", "olv", {"onzelievevrouw"}),
        ("foto's", "fotos", set()),
        ("Coördinatie", "coordinatie", set()),
        ("CAFÉ", "cafe", set()),
        ("ve\u00adrgun\u200bning", "vergunning", set()),
        ("ﬁets", "fiets", set()),
        ("Ĳzer", "ijzer", set()),
        ("e-mail", "email", {"mail"}),
        ("co-ouderschap", "coouderschap", {"ouderschap"}),
    ],
)
def test_words_as_they_stand(written: str, exact: str, extra: set[str]) -> None:
    """Identifiers lose their punctuation, words their accents, capitals and invisible characters."""
    (token,) = analyze(written)
    assert token.exact == exact
    assert extra <= set(token.extra)


@pytest.mark.parametrize(
    "spellings",
    [
        ("0207.725.696", "0207725696", "BE0207725696", "be0207.725.696"),
        ("12/03/2024", "12-3-2024", "12.03.2024", "2024-03-12"),
        ("e-mail", "email", "E-mails"),
        ("auto's", "autos", "auto", "auto’s"),
        ("nr", "nummer"),
        ("art", "artikel", "artikelen"),
        ("St", "Sint", "Ste"),
        ("café", "cafe", "cafés"),
    ],
)
def test_spellings_are_one_word(spellings: tuple[str, ...]) -> None:
    """However it is written, it is found by every other way to write it."""
    assert len({token.stem for written in spellings for token in analyze(written)}) == 1


@pytest.mark.parametrize("written", ["art. 41", "art.41", "artikel 41", "Artikelen 41", "art 41"])
def test_articles_are_found_by_abbreviation(written: str) -> None:
    """An abbreviated article is an article and its number."""
    assert [token.stem for token in analyze(written)] == ["artikel", "41"]


@pytest.mark.parametrize("written", ["Sint-Niklaas", "St-Niklaas", "St.-Niklaas", "Ste-Niklaas", "SINT‑NIKLAAS"])
def test_a_hyphenated_name_is_its_parts_and_one_word(written: str) -> None:
    """Sint-Niklaas, abbreviated or not, is found as two words in order and as sintniklaas."""
    first, second = analyze(written)
    assert (first.exact, second.exact, second.joint) == ("sint", "niklaas", "-")
    assert "sintniklaas" in first.extra
    assert (first.start, second.end) == (0, len(written))


def test_a_hanging_hyphen_stands_for_a_compound() -> None:
    """`wegenis- en rioleringswerken` is found by wegeniswerken too, at the place of its first word."""
    text = "De wegenis- en rioleringswerken, fiets- of voetpaden"
    found = {text[token.start : token.end]: token.extra for token in analyze(text)}
    assert stem("wegeniswerken") in found["wegenis"]
    assert stem("fietspad") in found["fiets"]


@pytest.mark.parametrize(
    ("one", "other"), [("Dewulf", "De Wulf"), ("Vandenbroeck", "Van den Broeck"), ("Vanden Hove", "Vandenhove")]
)
def test_surnames_are_found_with_and_without_spaces(one: str, other: str) -> None:
    """A name with a particle, written as one word or more, is found by its last word and as a whole."""
    for written in (one, other):
        terms = {term for token in analyze(f"mevrouw Rita {written}") for term in (token.exact, *token.extra)}
        assert {normalize(one), normalize(other.split()[-1]).removeprefix("vanden")} <= terms
    assert analyze("De gemeenteraad")[1].extra == ("gemeente", "raad")
    assert analyze("Dergelijke")[0].extra == ()


def test_a_paragraph_begins_with_a_gap() -> None:
    """Only the first word after an empty line says so."""
    assert [token.gap for token in analyze("een twee\n\ndrie vier\nvijf")] == [False, False, True, False, False]


_TEXTS = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(["\n\n", "\n \n", " ", "- en ", "wegenis- en rioleringswerken", "Sint-Jan", "BE0207.725.696"]),
    ),
    max_size=20,
).map("".join)


@given(_TEXTS)
def test_columns_are_the_tokens_as_strings(text: str) -> None:
    """What an index takes is what `analyze` finds, paragraph signs and all."""
    tokens = analyze(text)
    found: Columns = columns(text, "¶")
    assert found.exact.split() == [word for token in tokens for word in (["¶"] * token.gap + [token.exact])]
    assert found.stem.split() == [word for token in tokens for word in (["¶"] * token.gap + [token.stem])]
    assert sorted(found.extra.split()) == sorted(word for token in tokens for word in token.extra)


@given(_TEXTS)
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    """Whatever the text, tokens are normalised, not empty, and stand where they say."""
    end = 0
    for token in analyze(text):
        assert end <= token.start < token.end <= len(text)
        assert token.exact
        assert token.exact == normalize(token.exact)
        written = normalize(text[token.start : token.end])
        assert written == token.exact or (token.exact == "sint" and written in ("st", "ste"))
        end = token.end


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=130))
def test_a_stem_is_never_empty(word: str) -> None:
    """Every word keeps something to be found by, and so do its parts."""
    assert stem(normalize(word))
    assert all(compound_parts(normalize(word)))


def test_the_golden_file_and_the_version_go_together() -> None:
    """A change of what the analyzer makes of 2,000 words comes with a new version, so that indexes are made again."""
    version, golden = analyzer_golden.read()
    now = analyzer_golden.rows_now()
    again = "run `python tests/support/analyzer_golden.py`"
    changed = [row for row in now if row not in set(golden)]
    if version == ANALYZER_VERSION:
        assert not changed, f"raise _RULES in search/analyzer.py, then {again}: {changed[:3]}"
    assert version == ANALYZER_VERSION, f"{len(changed)} rows changed, first {changed[:3]}; when that is meant, {again}"
    assert len(golden) >= 2000
    assert len(ANALYZER_VERSION) < 30
