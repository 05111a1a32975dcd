"""Kill -9 while an index is written: what was acknowledged is there, nothing is there twice; on every engine."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from belfort.settings import Settings
from search.engines import open_engine
from search.engines.port import Engine
from search.plan import Plan
from tests.conformance.search.conftest import SettingsOf, fill
from tests.support.process import ROOT
from tests.support.search_writer import changed, titles


def _there(engine: Engine) -> tuple[int, dict[str, str]]:
    """The cursor and what is there, each document once."""
    view = engine.view()
    assert view
    found = [(one.iri, one.title) for one in view.walk(Plan(), "newest")]
    assert len(found) == len(dict(found)) == view.count(Plan())
    return view.cursor.seq, dict(found)


def _kill(settings: Settings, acknowledged: Path, lines: int, word: str) -> None:
    """Run the writer and kill it when it has said that word so often."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.support.search_writer", settings.model_dump_json(), str(acknowledged)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as child:
        assert child.stdout
        said = 0
        for line in child.stdout:
            said += line.startswith(word)
            if said == lines:
                child.send_signal(signal.SIGKILL)
                break
        assert child.wait(60) == -signal.SIGKILL, "the writer ended by itself"


def test_kill_9_loses_nothing_that_was_acknowledged(new_settings: SettingsOf, tmp_path: Path, rounds: int) -> None:
    """After each kill the index opens, its cursor is not before the last commit that was told, and all is there once.

    What a killed writer had not committed may be there or not, and comes with the next one, which goes on from the
    cursor.
    """
    settings, acknowledged = new_settings(), tmp_path / "acknowledged"
    fill(open_engine(settings), changed(0), 0)
    chance = random.Random(12)
    for _ in range(rounds):
        _kill(settings, acknowledged, chance.randrange(1, 6), chance.choice(["replaced", "committed"]))
        told = max((int(line) for line in acknowledged.read_text().split()), default=0) if acknowledged.exists() else 0
        seq, there = _there(open_engine(settings, check_seconds=0))
        assert told <= seq <= told + 1
        # All rounds up to the cursor are there; of the one after it, which was under way, anything may be.
        under_way = {one.iri for one in changed(seq + 1)}
        expected = titles(seq)
        assert {iri: title for iri, title in there.items() if iri not in under_way} == {
            iri: title for iri, title in expected.items() if iri not in under_way
        }
        assert expected.keys() - there.keys() <= under_way
    assert seq > rounds


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often the writer is killed: a server takes longer for each commit."""
    return 12 if "tantivy" in request.node.name else 5
