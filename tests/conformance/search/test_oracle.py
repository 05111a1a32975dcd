"""Random questions to random documents: every engine answers as a naive reader of all documents does."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from belfort.settings import Settings
from search.document import Document, Keyword
from search.engines import open_engine
from search.query import SORTS, STATUSES, Query
from search.searcher import SHOWN_FACETS, Searcher, today
from tests.conformance.search.conftest import SettingsOf, fill
from tests.support.search_oracle import Asked, Atom, Group, Oracle

DOCUMENTS = 2000
QUESTIONS = 200

# Inflections, compounds with their parts, names, identifiers, accents, stop words, and words that look alike.
WORDS = [
    "weg", "wegen", "fietspad", "fietspaden", "Fiets", "pad", "muziekschool", "muziek", "school", "scholen",
    "brug", "bruggen", "museum", "musea", "advies", "crèche", "Creches", "kind", "kinderen", "foto's", "foto",
    "Sint-Niklaas", "Sint", "Niklaas", "sintniklaas", "Heist-op-den-Berg", "berg", "D'Haene", "dhaene",
    "2024/123", "2024123", "2024/124", "123", "OCMW", "O.C.M.W.", "de", "van", "het", "op", "kerk", "kerkhof", "hof",
]  # fmt: skip
MISSPELLED = [
    "fietspaten", "bruggem", "musuem", "fietpad", "muziekshcool", "bruggun", "kerkhog", "niklas", "haen", "advie",
    "xyzzy",
]  # fmt: skip
PREFIXES = ["fiets", "kin", "sint", "20", "mu", "kerk", "Sint-Nik", "zz", "de"]
BESTUREN = ["Gemeente Heist-op-den-Berg", "Stad Sint-Niklaas", "Vereniging van Steden", "Gemeente Brugge", ""]
ORGANEN = ["Gemeenteraad", "Kerkraad van Niklaas", ""]
TYPES = ["besluiten", "zittingen", "personen", "organen"]
THEMAS = ["sport", "milieu", "kerk", "cultuur"]


def _text(chance: random.Random, most: int) -> str:
    words = chance.choices(WORDS, k=chance.randrange(most))
    return "".join(word + chance.choice([" ", " ", " ", ", ", ". ", "\n\n"]) for word in words).strip()


def _day(chance: random.Random) -> str:
    """A day of some months, often none, now and then to come."""
    ahead = 36_500 if chance.random() < 0.1 else 0
    return "" if chance.random() < 0.15 else (date(2024, 1, 1) + timedelta(ahead + chance.randrange(90))).isoformat()


def _document(number: int, chance: random.Random) -> Document:
    bestuur, plural = chance.randrange(len(BESTUREN)), chance.choice(TYPES)
    names = [Keyword("type", plural, plural), Keyword("bestuur", f"https://b.example/{bestuur}", BESTUREN[bestuur])]
    names += [Keyword("thema", one, one) for one in chance.sample(THEMAS, chance.randrange(3))]
    return Document(
        iri=f"https://oracle.example/{number}", uuid=str(number), plural=plural, type=plural,
        title=_text(chance, 5).replace("\n\n", " "), text=_text(chance, 14), date=_day(chance),
        besturen=((f"https://b.example/{bestuur}", BESTUREN[bestuur]),) if BESTUREN[bestuur] else (),
        orgaan_label=chance.choice(ORGANEN), keywords=tuple(names),
        begins=_day(chance) if plural == "personen" else "", ends=_day(chance) if plural == "personen" else "",
    )  # fmt: skip


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    """Two thousand documents of random words, the same in every run."""
    chance = random.Random(20261125)
    return [_document(number, chance) for number in range(DOCUMENTS)]


@pytest.fixture(scope="session")
def oracle(documents: list[Document]) -> Oracle:
    """The naive reader of all documents."""
    return Oracle(documents, today())


@pytest.fixture(scope="session")
def oracle_settings(new_settings: SettingsOf, documents: list[Document]) -> Settings:
    """Settings of an index of these documents on the engine under test."""
    found = new_settings()
    fill(open_engine(found), documents)
    return found


@pytest.fixture(scope="session")
def random_searcher(oracle_settings: Settings) -> Searcher:
    """A searcher over these documents."""
    return Searcher(oracle_settings)


_word = st.sampled_from(WORDS).map(Atom)
_wrong = st.sampled_from(MISSPELLED).map(Atom)
_quoted = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: Atom(" ".join(words), quoted=True))
_begun = st.sampled_from(PREFIXES).map(lambda start: Atom(start, star=True))
_atom = st.one_of(_word, _word, _word, _quoted, _begun, _wrong)
_groups = st.one_of(
    st.builds(Group, st.tuples(st.one_of(_word, _word, _wrong))),
    st.builds(Group, st.tuples(_atom), out=st.sampled_from(["", "", "-", "NIET "]), both=st.booleans()),
    st.builds(Group, st.lists(_atom, min_size=2, max_size=3).map(tuple)),
)


def _sane(groups: list[Group]) -> Asked:
    """EN stands between wanted groups only: before a word to leave out it would say nothing."""
    sane: list[Group] = []
    for group in groups:
        before = sane[-1] if sane else None
        both = group.both and before is not None and not (group.out or before.out)
        sane.append(replace(group, both=both))
    return Asked(tuple(sane))


_asked = st.lists(_groups, max_size=5).map(_sane)
_days = st.none() | st.none() | st.none() | st.dates(date(2023, 12, 25), date(2024, 4, 10))


def _few(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Mostly none, so that words decide what is found."""
    some = st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple)
    return st.just(()) | st.just(()) | st.just(()) | some


@st.composite
def _queries(draw: st.DrawFn) -> tuple[Asked, Query]:
    asked = draw(_asked)
    van, tot = draw(_days), draw(_days)
    if van and tot and van > tot:
        van, tot = tot, van
    query = Query(
        asked.text, van=van, tot=tot, peildatum=draw(_days), sort=draw(st.sampled_from(SORTS)), per_pagina=200,  # type: ignore[arg-type]
        bestuur=draw(_few([f"https://b.example/{n}" for n in range(len(BESTUREN))])), type=draw(_few(TYPES)),
        thema=draw(_few(THEMAS)), status=draw(_few(STATUSES)),
    )  # fmt: skip
    return asked, query


@settings(max_examples=QUESTIONS, deadline=None, suppress_health_check=list(HealthCheck))
@given(_queries())
def test_engines_answer_as_a_naive_reader(
    random_searcher: Searcher, oracle: Oracle, question: tuple[Asked, Query]
) -> None:
    """Match sets, totals, facet counts, the order by date, and whether similar words were tried, all the same."""
    asked, query = question
    answer = oracle.answer(asked, query)
    expected = [document.iri for document in answer.hits]
    results = random_searcher.search(query)
    assert results.fuzzy == answer.similar
    assert results.total == len(expected)
    for name in SHOWN_FACETS:
        assert {one.value: one.count for one in results.facets[name]} == answer.facets[name], name
    names = [hit.iri for hit in results.hits]
    if query.sort == "relevantie" and asked.groups:
        assert set(names) <= set(expected)
        assert len(set(names)) == min(200, len(expected))
    else:
        assert names == expected[:200]
