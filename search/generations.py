"""The folder of the search index: generations side by side, a link to the current one, one writer at a time.

    index/lock                 held by the process that writes
    index/<version>-<number>/  one generation; the version names schema, analyzer and word lists
    index/current              a link to the generation that is read, replaced in one step

A generation that is not finished is never `current`; what a crash left behind goes when the next one is finished.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from belfort.errors import Busy
from search.analyzer import ANALYZER_VERSION

CURRENT = "current"
_POLL = 0.05


def version(schema: str) -> str:
    """Names what an index was made by; another version means making it again."""
    return f"{schema}.{ANALYZER_VERSION}"


def current(folder: Path) -> Path | None:
    """The generation that is read now."""
    try:
        return folder / (folder / CURRENT).readlink()
    except OSError:
        return None


def is_of(generation: Path, wanted: str) -> bool:
    """Whether a generation was made by that version."""
    return generation.name.rpartition("-")[0] == wanted


def new(folder: Path, wanted: str) -> Path:
    """The path of the next generation; call it with the lock held."""
    numbers = [int(number) for path in folder.glob("*-*") if (number := path.name.rpartition("-")[2]).isdigit()]
    return folder / f"{wanted}-{max(numbers, default=0) + 1:06d}"


def switch(folder: Path, generation: Path) -> None:
    """Make a finished generation current, in one step, and remove all but the one before it."""
    before = current(folder)
    link = folder / f"{CURRENT}.new"
    link.unlink(missing_ok=True)
    link.symlink_to(generation.name)
    link.replace(folder / CURRENT)
    _sync(folder)
    kept = {generation, before}
    for path in folder.glob("*-*"):
        if path.is_dir() and path not in kept:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def lock(folder: Path, seconds: float) -> Iterator[None]:
    """Be the one that writes.

    Raises:
        Busy: another process still wrote after `seconds`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + seconds
    with (folder / "lock").open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Busy("Een ander proces werkt de zoekindex bij.", hint="Probeer het straks opnieuw.") from None
                time.sleep(_POLL)
        yield


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
