"""The folder of the search index: generations side by side, a link to the current one, one writer at a time.

    index/lock                 held by the process that writes
    index/<version>-<number>/  one generation; the version names schema, analyzer and word lists
    index/current              a link to the generation that is read, replaced in one step

A generation that is not finished is never `current`; what a crash left behind goes when the next one is finished.
"""

import shutil
from pathlib import Path

from belfort.folders import sync
from search.analyzer import ANALYZER_VERSION
from search.projection.version import PROJECTION_VERSION

CURRENT = "current"


def version(schema: str) -> str:
    """Names what an index was made by; another version means making it again."""
    return f"{schema}.{PROJECTION_VERSION}.{ANALYZER_VERSION}"


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


def switch(folder: Path, generation: Path, *, keep: bool) -> None:
    """Make a finished generation current, in one step, and remove all others, or all but the one before it."""
    before = current(folder)
    link = folder / f"{CURRENT}.new"
    link.unlink(missing_ok=True)
    link.symlink_to(generation.name)
    link.replace(folder / CURRENT)
    sync(folder)
    kept = {generation, before} if keep else {generation}
    for path in folder.glob("*-*"):
        if path.is_dir() and path not in kept:
            shutil.rmtree(path, ignore_errors=True)
