"""How long dumps and feeds take, and how much memory: `python tests/bench/dumps.py [MANDATARISSEN]...`.

For each number (by default 10,000 and 40,000; 140,000 is two million triples) fresh records are filled with a made-up
register, and a process of its own makes the dumps and the feeds. Beside it, in the same run, the lines are read and
written once through gzip, which is the least that one compressed file takes. Memory must not grow with the data and
stay under 1 GB; goal: two million triples in all formats and slices in a few minutes on one core.
"""

import gzip
import itertools
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from belfort import log
from belfort.jobs import Context, open_context
from belfort.records import change, origin
from belfort.records.assertion import assertion
from belfort.records.database import read, write
from belfort.records.entity import entity, entity_link
from belfort.settings import Settings
from publisher import dumps, feeds
from publisher.describe import links
from publisher.merge import entity_row
from tests.support import many


def main() -> None:
    """Measure and print, each size in a process of its own."""
    if sys.argv[1:2] == ["--run"]:
        run(Path(sys.argv[2]))
        return
    for number in [int(text) for text in sys.argv[1:]] or [10_000, 40_000]:
        with tempfile.TemporaryDirectory() as folder:
            triples = fill(Path(folder), number)
            print(f"{number} mandatarissen, {triples} triples")
            subprocess.run([sys.executable, __file__, "--run", folder], check=True)


def fill(folder: Path, number: int) -> int:
    """Put the register into the records, as one merge does; how many triples."""
    context = open_context(Settings(data=folder))
    triples = 0
    source = iter(many.entities(number))
    with write(context.engine) as connection:
        speaker = origin.find_or_add(connection, "https://register.example/", "register", "register")
    while batch := list(itertools.islice(source, 5_000)):
        with write(context.engine) as connection:
            said = [line for _, lines in batch for line in lines.split("\n")]
            made = change.append(connection, speaker.id, None, said, [])
            connection.execute(entity.insert(), [entity_row(iri, text, made.seq, made.at) for iri, text in batch])
            connection.execute(entity_link.insert(), [row for iri, text in batch for row in links(iri, text)])
            connection.execute(assertion.insert(), [{"subject": i, "origin": speaker.id, "lines": t} for i, t in batch])
            triples += len(said)
    context.engine.dispose()
    return triples


def run(folder: Path) -> None:
    """Make dumps and feeds; say how long each took and the most memory until then."""
    context = open_context(Settings(data=folder, log_level="error"))
    log.configure(context.settings)
    _time("read and gzip once", lambda: _baseline(context))
    _time("dumps", lambda: dumps.project(context, False))
    _time("feeds", lambda: feeds.project(context, False))
    known = dumps.manifest(context.settings.dumps)
    assert known
    print(f"  {len(known['files'])} files, {sum(file['bytes'] for file in known['files']) / 1e6:.0f} MB")


def _baseline(context: Context) -> None:
    with read(context.engine) as connection, gzip.open(context.settings.data / "once.gz", "wb", 5) as file:
        for (text,) in connection.execute(sa.select(entity.c.lines).execution_options(yield_per=1000)):
            file.write(text.encode())


def _time(what: str, work: object) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    work()  # type: ignore[operator]
    status = Path("/proc/self/status").read_text()  # rusage would tell of the process that started this one
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    wall, busy = time.perf_counter() - start, time.process_time() - cpu
    print(f"  {what:<20} {wall:6.1f} s  {busy:6.1f} s CPU  peak {peak:5.0f} MB", flush=True)


if __name__ == "__main__":
    main()
