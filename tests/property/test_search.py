"""Search over random questions and records: nothing raises, words mean what a naive reader thinks, and following the
change log gives what a rebuild gives."""

import tempfile
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from belfort import acceptance, jobs
from belfort.jobs import Context
from belfort.settings import Settings
from search.analyzer import analyze
from search.document import Document
from search.engines.port import Cursor, Slice
from search.engines.tantivy_index import TantivyView, in_memory
from search.plan import beginning, plan
from search.projection.projector import project
from search.query import MAX_TEXT, Query
from search.reading import read
from search.results import Hit
from search.searcher import Searcher, today
from tests.support.municipality import decision, register, sitting
from tests.support.records import Fact, say

# Each row is one word to a reader of Dutch; no two rows have anything to do with each other.
WORDS = [
    ("fietspad", "fietspaden"), ("weg", "wegen"), ("advies", "adviezen"), ("mandataris", "mandatarissen"),
    ("brug", "bruggen"), ("park", "parken"), ("verslag", "verslagen"), ("crèche", "creches"),
]  # fmt: skip
FORMS = {form: number for number, forms in enumerate(WORDS) for form in forms}

_forms = st.sampled_from(sorted(FORMS))
_texts = st.lists(_forms, max_size=5)
DOCUMENTS = 40


@pytest.fixture(scope="module")
def corpus() -> tuple[list[list[str]], TantivyView]:
    """Forty documents of random words, and a real index of them."""
    import random

    chance = random.Random(20261125)
    texts = [chance.choices(sorted(FORMS), k=chance.randrange(7)) for _ in range(DOCUMENTS)]
    writer = (index := in_memory()).writer()
    writer.replace(
        (),
        [
            Document(str(n), "", "besluiten", "Besluit", " ".join(t[:2]), " ".join(t[2:]), "2024-01-01")
            for n, t in enumerate(texts)
        ],
    )
    writer.commit(Cursor(1, "now"))
    writer.close()
    return texts, index.view()


def found(view: TantivyView, text: str) -> set[int]:
    """The numbers of the documents that a text finds."""
    asked = plan(Query(text), read(text), today())
    return {int(document.iri) for document, _ in view.search(asked, Slice(size=200)).hits}


@settings(max_examples=150, deadline=None)
@given(wanted=st.lists(_forms, min_size=1, max_size=4), unwanted=st.lists(_forms, max_size=2))
def test_enough_words_must_match_and_excluded_ones_may_not(
    corpus: tuple[list[list[str]], TantivyView], wanted: list[str], unwanted: list[str]
) -> None:
    """A document is found exactly when it has a form of enough wanted words and of no excluded one."""
    texts, view = corpus
    least = len(wanted) if len(wanted) < 3 else len(wanted) * 3 // 4
    expected = {
        number
        for number, text in enumerate(texts)
        if sum(FORMS[w] in {FORMS[own] for own in text} for w in wanted) >= least
        and not {FORMS[w] for w in unwanted} & {FORMS[w] for w in text}
    }
    assert found(view, " ".join([*wanted, *(f"-{word}" for word in unwanted)])) == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(_forms, min_size=2, max_size=3))
def test_alternatives_and_phrases_mean_what_they_say(
    corpus: tuple[list[list[str]], TantivyView], words: list[str]
) -> None:
    """OF is the union of the words; quotes find the exact words in a row, within title or text."""
    texts, view = corpus
    assert found(view, " OF ".join(words)) == set[int]().union(*(found(view, word) for word in words))
    plain = [word.replace("è", "e") for word in words]
    rows = [[[word.replace("è", "e") for word in part] for part in (text[:2], text[2:])] for text in texts]
    expected = {
        number
        for number, parts in enumerate(rows)
        if any(part[n : n + len(plain)] == plain for part in parts for n in range(len(part)))
    }
    assert found(view, '"' + " ".join(words) + '"') == expected


_nasty = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            ['"', "-", "OF", "NIET", "EN", "weg*", "*", "(", ")", "\0", "<script>", "🚲", "de", "a*b", "^~:"]
        ),
    ),
    max_size=20,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(_nasty)
def test_no_text_of_a_visitor_raises(corpus: tuple[list[list[str]], TantivyView], text: str) -> None:
    """Any text is read, and a real index answers it, plainly and with similar words, and completes it."""
    _, view = corpus
    query = Query(text[:MAX_TEXT])
    reading = read(query.text)
    for fuzzy in (False, True):
        view.search(plan(query, reading, today(), fuzzy=fuzzy), Slice())
    words = tuple(token.exact for token in analyze(query.text))
    view.search(beginning(words, whole=False), Slice())


def _page(number: int, spoken: frozenset[tuple[int, int]], date: int) -> list[Fact]:
    """A page with a zitting and some besluiten, each of which has one of two titles."""
    facts = sitting(f"z{number}", f"2024-0{date}-01")
    for name, title in spoken:
        facts += decision(f"{number}-{name}", WORDS[title][0], sitting=f"z{number}", article=f"artikel {title}")
    return facts


_page_steps = st.tuples(
    st.integers(1, 2), st.frozensets(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=3), st.integers(1, 2)
)
SUBJECTS = sorted({subject for subject, _, _ in register()})
_register_steps = st.tuples(
    st.sampled_from(["Aalter", "Tielt"]), st.sampled_from(["Jan", "An"]), st.sampled_from(["", *SUBJECTS])
)
_steps = st.lists(st.one_of(_page_steps, _register_steps, st.sampled_from(["project", "withdraw"])), max_size=8)


def _do(context: Context, step: object) -> None:
    if step == "project":
        project(context, False)
    elif step == "withdraw":
        acceptance.withdraw(context, "https://raad.example/1", "test")
    elif isinstance(step, tuple) and isinstance(step[0], int):
        say(context, f"https://raad.example/{step[0]}", _page(*step))
    elif isinstance(step, tuple):
        label, name, left_out = step
        facts = [fact for fact in register(label, name) if fact[0] != left_out]
        say(context, "https://register.example/", facts, "register", "register")


def _shown(context: Context) -> dict[str, list[Hit]]:
    """What a set of questions shows, scores aside."""
    searcher = Searcher(context.settings)
    questions = ["", "aalter", "tielt", "schepen", "artikel", *(forms[1] for forms in WORDS[:4])]
    return {
        text: [replace(hit, score=0.0) for hit in searcher.search(Query(text, sort="datum", per_pagina=200)).hits]
        for text in questions
    }


@settings(max_examples=25, deadline=None)
@given(_steps)
def test_following_gives_what_a_rebuild_gives(steps: list[object]) -> None:
    """After any sequence of statements, projected at any moments, the index answers as one made from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        context = jobs.open_context(Settings(data=Path(folder), log_level="error"))
        for step in steps:
            _do(context, step)
        project(context, False)
        followed = _shown(context)
        project(context, True)
        assert _shown(context) == followed
        context.engine.dispose()
