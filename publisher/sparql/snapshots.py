"""The folders of the SPARQL store: who may write, what was published, and which snapshot is current. Pure files.

    sparql/lock           held by the one process that projects
    sparql/store/         the writer's store (`db/`) and its cursor (`state.json`)
    sparql/snapshots/N-K/ what was published at change N: `db/` (hard links) and `state.json`
    sparql/current        symbolic link to the snapshot that queries read

A worker that has an older snapshot open keeps reading it after it was removed: the store opens all its files at once,
and a removed file lives as long as somebody has it open.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from belfort.folders import sync

KEEP = 2


@dataclass(frozen=True)
class State:
    """What a store holds: up to which change (`at` is that change's time), and how many lines and triples.

    `lines` counts the distinct N-Triples lines of the entities, `triples` what the store made of them. It is lower
    where two spellings of one value collapse (`"01"` and `"1"` as xsd:integer) or a line cannot be stored.
    """

    seq: int
    at: str
    lines: int
    triples: int


def read_state(folder: Path) -> State | None:
    """The state of a store or snapshot folder, or None when there is none that can be read."""
    try:
        return State(**json.loads((folder / "state.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_state(folder: Path, state: State) -> None:
    """Store the state durably: a crash leaves the old one or the new one."""
    part = folder / "state.json.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / "state.json")
    sync(folder)


def current(folder: Path) -> Path | None:
    """The snapshot that queries read, or None when there is none yet."""
    try:
        target = folder / (folder / "current").readlink()
    except OSError:
        return None
    return target if (target / "db").is_dir() else None


def new_snapshot(folder: Path) -> Path:
    """An empty folder to fill and then `publish`."""
    fresh = folder / "snapshots" / ".new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    return fresh


def publish(folder: Path, fresh: Path, state: State) -> Path:
    """Make a filled folder the current snapshot in one step, and remove the ones before the last."""
    write_state(fresh, state)
    number = 1 + max((n for _, n in _published(folder)), default=0)
    final = fresh.with_name(f"{state.seq}-{number}")
    fresh.rename(final)
    sync(final.parent)
    link = folder / "current.part"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("snapshots") / final.name)
    link.replace(folder / "current")
    sync(folder)
    for old, _ in sorted(_published(folder), key=lambda item: item[1])[:-KEEP]:
        shutil.rmtree(old, ignore_errors=True)
    return final


def _published(folder: Path) -> list[tuple[Path, int]]:
    """The published snapshots, each with its rank."""
    found = []
    for path in (folder / "snapshots").glob("*-*"):
        number = path.name.rpartition("-")[2]
        if number.isdigit():
            found.append((path, int(number)))
    return found
