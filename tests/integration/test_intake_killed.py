"""A run that is killed at any moment, as by a power cut, loses nothing and repeats nothing."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import sqlalchemy as sa

from belfort import jobs
from belfort.records.database import read
from belfort.records.entity import entity
from belfort.records.submission import submission
from belfort.settings import Settings
from publisher.register import chain, row, run
from publisher.register.intake import Given, IntakeResult, import_files
from publisher.verify import verify
from tests.support import register_load, said

PART = 60
CODE = """
import sys
from pathlib import Path
from belfort import jobs
from belfort.settings import Settings
from publisher.register import run
from publisher.register.intake import Given, import_files
run.PART = int(sys.argv[3])
context = jobs.open_context(Settings(data=Path(sys.argv[1]), log_level="error"))
import_files(context, Given("import", [Path(name) for name in sys.argv[4:]], sys.argv[2]))
"""
MOMENT = "2026-01-01T00:00:00Z"


def counted(context: jobs.Context) -> int:
    with read(context.engine) as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(submission)).scalar_one())


def entities(context: jobs.Context) -> dict[str, str]:
    with read(context.engine) as connection:
        return {found.iri: found.lines for found in connection.execute(sa.select(entity.c.iri, entity.c.lines))}


def killed_after(data: Path, more: int, files: list[Path]) -> bool:
    """Start a run and kill it once it let that many parts count; whether it was still running."""
    context = jobs.open_context(Settings(data=data, log_level="error"))
    before = counted(context)
    command = [sys.executable, "-c", CODE, str(data), MOMENT, str(PART), *map(str, files)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as process:
        deadline = time.monotonic() + 60
        while process.poll() is None and counted(context) < before + more and time.monotonic() < deadline:
            time.sleep(0.002)
        alive = process.poll() is None
        process.send_signal(signal.SIGKILL)
    assert list(verify(context)) == []
    context.engine.dispose()
    return alive


def test_killed_in_the_middle_it_goes_on(tmp_path: Path) -> None:
    """At every kill what is public follows from what was said; at the end all is as if nothing happened."""
    dump, delta = tmp_path / "dump.nt", tmp_path / "delta-2099-01-01T00:00:00.000Z-0.json"
    dump.write_text("".join(f"{line}\n" for line in register_load.lines(1_500)))
    delta.write_bytes(register_load.news(0, 40))
    files = [dump, delta]
    whole = jobs.open_context(Settings(data=tmp_path / "whole", log_level="error"))
    import_files(whole, Given("import", files, MOMENT))
    data = tmp_path / "killed"
    stopped = [killed_after(data, more, files) for more in (0, 1, 3, 5)]
    assert any(stopped)
    context = jobs.open_context(Settings(data=data, log_level="error"))
    import_files(context, Given("import", files, MOMENT))
    assert entities(context) == entities(whole)
    iri = "urn:belfort:register:import"
    assert said.lines(context, iri) == said.lines(whole, iri)
    assert import_files(context, Given("import", files, MOMENT)) == IntakeResult()
    assert list(verify(context)) == []
    for one in (context, whole):
        one.engine.dispose()


def test_the_state_follows_the_chain_when_its_own_commit_was_lost(tmp_path: Path) -> None:
    """A private file of an earlier moment, or of another history, is brought to what counts."""
    context = jobs.open_context(Settings(data=tmp_path / "data", log_level="error"))
    iri = "urn:belfort:register:import"
    path = tmp_path / "dump.nt"
    path.write_text("".join(f"{line}\n" for line in register_load.lines(200)))
    import_files(context, Given("import", [path], MOMENT))
    (file,) = (context.settings.private / "registers").glob("*/state.sqlite")
    earlier = file.read_bytes()
    delta = tmp_path / "delta-2099-01-01T00:00:00.000Z-0.json"
    delta.write_bytes(register_load.news(0, 5))
    import_files(context, Given("import", [delta]))
    now = said.lines(context, iri)
    file.write_bytes(earlier)
    assert said.lines(context, iri) == now
    with chain.opened(context, iri) as state:
        state.note("position", "999")
        state.put({"http://a/vreemd": row.read("\t<http://a/vreemd> <http://a/b> <http://a/c> .")})
        state.commit()
    assert said.lines(context, iri) == now
    assert run.PART > 0
    context.engine.dispose()
