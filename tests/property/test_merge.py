"""The two properties of design §3, over random sequences of submissions from several origins.

`entities == merge(gate(newest submissions))` is computed here by a naive model that shares no code with the merge:
it unions the newest statements per subject with the rules of design §3 written out. `entities == replay(change log)`
is computed by replaying the log line by line.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from belfort import acceptance, jobs
from belfort.acceptance import Statement
from belfort.blobs import digest
from belfort.records import change
from belfort.records.database import write
from belfort.records.entity import entity, entity_link
from belfort.settings import Settings
from belfort.vocab import BESLUIT, DCT, MU, PROV, RDF, SKOS, mu_uuid
from publisher.rebuild import rebuild_entities
from publisher.verify import verify
from tests.conftest import Make

BESLUIT_IRIS = [f"https://besluiten.example/id/besluiten/{n}" for n in range(3)]
ORGAN_IRIS = [f"http://data.lblod.info/id/bestuursorganen/{n}" for n in range(2)]
TITLES = ["Belasting", "Fietspad", "Jaarrekening", 'Café "De Zon"\\n']
ORIGINS = {
    "https://a.example/1": ("page", "a"),
    "https://a.example/2": ("page", "a"),
    "https://b.example/1": ("page", "b"),
    "https://c.example/1": ("page", "c"),
    "https://register.example/sync": ("register", "register"),
}


@dataclass(frozen=True)
class Say:
    """An origin says these (subject, title) pairs; an empty set of pairs is a page without anything to say."""

    origin: str
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Withdraw:
    """An origin is withdrawn."""

    origin: str


@dataclass(frozen=True)
class Crash:
    """An origin says these pairs, but the process dies just before the commit."""

    say: Say


@dataclass(frozen=True)
class Rebuild:
    """Everything derived is made again."""


_pairs = st.frozensets(
    st.one_of(
        st.tuples(st.sampled_from(BESLUIT_IRIS), st.sampled_from(TITLES)),
        st.tuples(st.sampled_from(BESLUIT_IRIS), st.sampled_from(TITLES)),
        st.tuples(st.sampled_from(ORGAN_IRIS), st.sampled_from(TITLES[:2])),
    ),
    min_size=1,
    max_size=5,
)
_says = st.builds(Say, st.sampled_from(sorted(ORIGINS)), st.one_of(_pairs, _pairs, st.just(frozenset())))
_steps = st.lists(
    st.one_of(_says, _says, _says, st.builds(Withdraw, st.sampled_from(sorted(ORIGINS))), st.builds(Crash, _says),
              st.just(Rebuild())),
    min_size=5,
    max_size=16,
)  # fmt: skip


def _lines(say: Say) -> list[str]:
    rows = set()
    for subject, title in say.pairs:
        organ = subject in ORGAN_IRIS
        kind = BESLUIT.Bestuursorgaan if organ else BESLUIT.Besluit
        rows.add(f"<{subject}> <{RDF.type}> <{kind}> .")
        rows.add(
            f'<{subject}> <{SKOS.prefLabel if organ else DCT.title}> "{title}" .'.replace('"De Zon"', '\\"De Zon\\"')
        )
    return sorted(rows, key=str.encode)


def _statement(say: Say) -> Statement:
    kind, authority = ORIGINS[say.origin]
    lines = _lines(say)
    return Statement(say.origin, kind, authority, digest("\n".join(lines).encode()), "test-1", lines)  # type: ignore[arg-type]


class Model:
    """What must be public, by the rules written out: kept as plain history, recomputed from nothing each time."""

    def __init__(self) -> None:
        self.history: list[Say | Withdraw] = []

    def newest(self) -> dict[str, Say]:
        now: dict[str, Say] = {}
        for step in self.history:
            now.pop(step.origin, None)
            if isinstance(step, Say):
                now[step.origin] = step
        return now

    def _since(self, origin: str, subject: str) -> int:
        """The position from which the origin has stated the subject without a break."""
        first = len(self.history)
        for position in range(len(self.history) - 1, -1, -1):
            step = self.history[position]
            if step.origin != origin:
                continue
            if isinstance(step, Withdraw) or subject not in {s for s, _ in step.pairs}:
                break
            first = position
        return first

    def public(self) -> set[str]:
        lines: set[str] = set()
        now = self.newest()
        for subject in [*BESLUIT_IRIS, *ORGAN_IRIS]:
            speakers = [say for say in now.values() if subject in {s for s, _ in say.pairs}]
            if not speakers:
                continue
            if subject in ORGAN_IRIS:
                registers = [say for say in speakers if ORIGINS[say.origin][0] == "register"]
                speakers = registers or speakers
            else:
                # A register may not speak of besluiten: its allow-list does not have them.
                speakers = [say for say in speakers if ORIGINS[say.origin][0] == "page"]
                if not speakers:
                    continue
                first = min(speakers, key=lambda say: self._since(say.origin, subject))
                speakers = [say for say in speakers if ORIGINS[say.origin][1] == ORIGINS[first.origin][1]]
            for say in speakers:
                lines |= {line for line in _lines(say) if line.startswith(f"<{subject}> ")}
                lines.add(f'<{subject}> <{MU.uuid}> "{mu_uuid(subject)}" .')
                if ORIGINS[say.origin][0] == "page":
                    lines.add(f"<{subject}> <{PROV.wasDerivedFrom}> <{say.origin}> .")
        return lines


def _entities(connection: sa.Connection) -> set[str]:
    rows = connection.execute(sa.select(entity.c.lines)).scalars()
    return {line for text in rows for line in text.split("\n")}


def _replayed(connection: sa.Connection) -> set[str]:
    lines: set[str] = set()
    for row in connection.execute(sa.select(change.change).order_by(change.change.c.seq)):
        deletes, inserts = ({*text.split("\n")} - {""} for text in (row.deletes, row.inserts))
        assert deletes <= lines, "a change removes what is not there"
        assert not inserts & lines, "a change adds what is there already"
        lines = (lines - deletes) | inserts
    return lines


class _Dies(Exception):
    pass


def _crash(context: jobs.Context, say: Say) -> None:
    """Do all of an acceptance but the commit."""
    real = jobs.inline

    def dies(*arguments: Any) -> Any:
        real(*arguments)
        raise _Dies

    jobs.inline = dies
    try:
        with pytest.raises(_Dies):
            acceptance.accept(context, _statement(say))
    finally:
        jobs.inline = real


def _play(context: jobs.Context, steps: list[Any]) -> Model:
    model = Model()
    for step in steps:
        if isinstance(step, Say):
            acceptance.accept(context, _statement(step))
            if model.newest().get(step.origin) != step:
                model.history.append(step)
        elif isinstance(step, Withdraw):
            acceptance.withdraw(context, step.origin, "test")
            if step.origin in model.newest():
                model.history.append(step)
        elif isinstance(step, Crash):
            before = _snapshot(context)
            if model.newest().get(step.say.origin) != step.say:
                _crash(context, step.say)
            assert _snapshot(context) == before
        else:
            before = _snapshot(context)
            with write(context.engine) as connection:
                rebuild_entities(connection, context)
            assert _snapshot(context) == before
    return model


def _snapshot(context: jobs.Context) -> list[Any]:
    """Every row that a crash or a rebuild must leave as it was."""
    with context.engine.connect() as connection:
        return [
            connection.execute(sa.select(table).order_by(*table.primary_key.columns)).all()
            for table in (entity, entity_link, change.change)
        ]


def _check(context: jobs.Context, model: Model) -> None:
    with context.engine.connect() as connection:
        entities = _entities(connection)
        assert entities == model.public()
        assert _replayed(connection) == entities
    assert list(verify(context)) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_steps)
def test_entities_follow_from_the_newest_submissions_and_from_the_change_log(steps: list[Any]) -> None:
    """After any sequence, entities equal the model's union of newest statements and the replayed change log."""
    with tempfile.TemporaryDirectory() as folder:
        context = jobs.open_context(Settings(data=Path(folder), log_level="error"))
        _check(context, _play(context, steps))
        context.engine.dispose()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(_steps)
def test_the_same_holds_on_postgresql(postgres: Any, steps: list[Any]) -> None:
    """The properties do not depend on the database."""
    with tempfile.TemporaryDirectory() as folder:
        database = postgres.new_database()
        context = jobs.open_context(Settings(data=Path(folder), database=database, log_level="error"))
        _check(context, _play(context, steps))
        context.engine.dispose()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(says=st.lists(_says, max_size=6, unique_by=lambda say: say.origin), order=st.randoms())
def test_the_order_of_origins_of_one_authority_does_not_matter(says: list[Say], order: Any) -> None:
    """Statements of origins that cannot conflict give the same public triples in any order."""
    peaceful = [say for say in says if ORIGINS[say.origin][1] in ("a", "register")]
    shuffled = list(peaceful)
    order.shuffle(shuffled)
    results = []
    for sequence in (peaceful, shuffled):
        with tempfile.TemporaryDirectory() as folder:
            context = jobs.open_context(Settings(data=Path(folder), log_level="error"))
            _play(context, list(sequence))
            with context.engine.connect() as connection:
                results.append(_entities(connection))
            context.engine.dispose()
    assert results[0] == results[1]


def test_a_page_that_claims_anothers_besluit_is_a_conflict(make_context: Make) -> None:
    """The first authority keeps its IRI even when an origin that was known earlier claims it later."""
    context = make_context()
    mine, theirs = BESLUIT_IRIS[0], BESLUIT_IRIS[1]
    acceptance.accept(context, _statement(Say("https://b.example/1", frozenset({(theirs, "Fietspad")}))))
    acceptance.accept(context, _statement(Say("https://a.example/1", frozenset({(mine, "Belasting")}))))

    acceptance.accept(
        context, _statement(Say("https://b.example/1", frozenset({(theirs, "Fietspad"), (mine, "Jaarrekening")})))
    )

    with context.engine.connect() as connection:
        lines = _entities(connection)
        issues = connection.exec_driver_sql("SELECT code, message FROM issue").all()
    assert f'<{mine}> <{DCT.title}> "Belasting" .' in lines
    assert f'<{mine}> <{DCT.title}> "Jaarrekening" .' not in lines
    assert [code for code, _ in issues] == ["conflict"]
    assert mine in issues[0][1]
