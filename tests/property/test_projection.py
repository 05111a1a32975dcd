"""Following the change log leaves the documents that are made from nothing, whatever came, left and came back."""

import tempfile
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import example, given, settings

from belfort import acceptance, jobs
from belfort.jobs import Context
from belfort.records.database import read
from belfort.settings import Settings
from search.document import Document
from search.engines import open_engine
from search.plan import Plan
from search.projection import projector
from search.projection.projector import project
from tests.support.municipality import PAGE, REGISTER, decision, register, sitting
from tests.support.records import Fact, say

TITLES = ("Aanleg fietspad", "Belasting op leegstand", "Besluit")
KINDS = ("agendapunt", "behandeling", "besluit", "artikel")
ORGANS = (f"{REGISTER}ot", f"{REGISTER}o", "http://x.example/o")

# One besluit of a page: its number, its title, which of its four subjects the page leaves out, which way it is linked.
_besluit = st.tuples(
    st.integers(0, 2), st.sampled_from(TITLES), st.sets(st.sampled_from(KINDS), max_size=2), st.booleans()
)
_page = st.tuples(st.integers(1, 2), st.integers(1, 3), st.sampled_from(ORGANS), st.lists(_besluit, max_size=3))
SUBJECTS = sorted({subject for subject, _, _ in register()})
_register = st.tuples(st.sampled_from(["Aalter", "Tielt"]), st.sets(st.sampled_from(SUBJECTS), max_size=2))
_steps = st.lists(st.one_of(_page, _register, st.sampled_from(["project", "withdraw 1", "withdraw 2"])), max_size=10)


def facts_of(number: int, day: int, organ: str, besluiten: list[tuple[int, str, set[str], bool]]) -> list[Fact]:
    """What a page says; the same besluit may be on both pages, on the zitting of each."""
    facts = sitting(f"z{number}", f"2024-0{day}-01", organ=organ)
    facts += [(f"{PAGE}zitting/z{number}", "besluit:heeftNotulen", f"<{PAGE}notulen/{number}>")]
    facts += [(f"{PAGE}notulen/{number}", "a", "foaf:Document")]
    for name, title, left_out, backwards in besluiten:
        gone = {f"{PAGE}{kind}/{name}" for kind in left_out}
        said = decision(str(name), title, sitting=f"z{number}", article=f"Artikel 1. {title}")
        if backwards:
            said = [_turned(fact) for fact in said]
        facts += [fact for fact in said if fact[0] not in gone]
    return facts


def _turned(fact: Fact) -> Fact:
    subject, predicate, target = fact
    return (target[1:-1], "prov:wasGeneratedBy", f"<{subject}>") if predicate == "prov:generated" else fact


def do(context: Context, step: object) -> None:
    """One thing that happens."""
    if step == "project":
        project(context, False)
    elif isinstance(step, str):
        acceptance.withdraw(context, f"https://raad.example/{step[-1]}", "test")
    elif isinstance(step, tuple) and isinstance(step[0], int):
        say(context, f"https://raad.example/{step[0]}", facts_of(*step))
    elif isinstance(step, tuple):
        label, left_out = step
        facts = [fact for fact in register(label) if fact[0] not in left_out]
        say(context, "https://register.example/", facts, "register", "register")


def indexed(context: Context) -> dict[str, Document]:
    """Every document of the index, as it keeps them."""
    view = open_engine(context.settings).view()
    assert view
    return {one.iri: one for one in view.walk(Plan(), "newest")}


def made_anew(context: Context) -> dict[str, Document]:
    """Every document that the records give."""
    with read(context.engine) as connection:
        pieces = list(projector._all_documents(connection))
    return {one.iri: replace(one, embeds=frozenset()) for piece in pieces for one in piece}


ONE = (1, 1, f"{REGISTER}ot", [(0, TITLES[0], set[str](), False)])
WITHOUT_BESLUIT = (1, 1, f"{REGISTER}ot", [(0, TITLES[0], {"besluit"}, False)])
WITHOUT_BOTH = (1, 1, f"{REGISTER}ot", [(0, TITLES[0], {"besluit", "behandeling"}, False)])


@settings(max_examples=25, deadline=None)
@given(_steps)
@example([ONE, "project", WITHOUT_BESLUIT])
@example([WITHOUT_BESLUIT, "project", ONE])
@example([ONE, "project", WITHOUT_BOTH])
@example([WITHOUT_BOTH, "project", ONE])
@example([(1, 1, ORGANS[0], [(0, TITLES[0], set(), True)]), "project", WITHOUT_BESLUIT, "project", ONE])
def test_following_gives_what_the_records_give(steps: list[object]) -> None:
    """After any sequence, projected at any moments, each document of the index is as made from nothing, and no other
    is there: an agendapunt gets its own document when its besluit goes, and loses it when the besluit comes."""
    with tempfile.TemporaryDirectory() as folder:
        context = jobs.open_context(Settings(data=Path(folder), log_level="error"))
        project(context, False)
        for step in steps:
            do(context, step)
        project(context, False)
        assert indexed(context) == made_anew(context)
        context.engine.dispose()


def _speaker(step: tuple[object, ...]) -> object:
    """Which origin it is that speaks."""
    return step[0] if isinstance(step[0], int) else "register"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.one_of(_page, _register), min_size=1, max_size=3, unique_by=_speaker))
def test_the_order_of_arrival_leaves_no_trace(steps: list[object]) -> None:
    """The same statements in another order give the same documents."""
    found = []
    for turn in range(2):
        with tempfile.TemporaryDirectory() as folder:
            context = jobs.open_context(Settings(data=Path(folder), log_level="error"))
            for step in steps if not turn else reversed(steps):
                do(context, step)
            found.append(made_anew(context))
            context.engine.dispose()
    assert found[0] == found[1]
