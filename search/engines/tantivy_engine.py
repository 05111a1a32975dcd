"""The embedded engine (`port.Engine`): generations of a tantivy index in a folder, read in this process."""

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from belfort.errors import Damaged
from belfort.folders import lock
from search import generations
from search.engines.port import Index
from search.engines.tantivy_index import TantivyIndex, TantivyView, create, in_memory, open_index
from search.row import SCHEMA_VERSION

CHECK_SECONDS = 1.0
LOCK_SECONDS = 120.0


@dataclass
class _Opened:
    """The index that is open, and by what it is seen whether it moved."""

    generation: Path
    mark: tuple[int, int, int]
    index: TantivyIndex
    view: TantivyView


class TantivyEngine:
    """The indexes of one folder; cheap to make: nothing is opened before the first question."""

    def __init__(self, folder: Path, *, check_seconds: float = CHECK_SECONDS) -> None:
        self._folder = folder
        self._version = generations.version(SCHEMA_VERSION)
        self._check_seconds = check_seconds
        self._lock = threading.Lock()
        self._opened: _Opened | None = None
        self._checked = float("-inf")

    def view(self) -> TantivyView | None:
        """The newest commit, looked for at most every `check_seconds`: another process commits or switches."""
        with self._lock:
            if time.monotonic() - self._checked >= self._check_seconds:
                try:
                    self._opened = self._look(self._opened)
                except Damaged:  # a rebuild may have removed it between the look and the opening
                    self._opened = self._look(None)
                self._checked = time.monotonic()
            return self._opened.view if self._opened else None

    def writing(self) -> AbstractContextManager[object]:
        """Be the only one who writes."""
        return lock(self._folder, LOCK_SECONDS, "updating the search index")

    def current(self) -> TantivyIndex | None:
        """The current generation, when it was made by this version of schema and analyzer."""
        generation = generations.current(self._folder)
        return open_index(generation) if generation and generations.is_of(generation, self._version) else None

    def new(self) -> TantivyIndex:
        """A new, empty generation beside the current one."""
        return create(generations.new(self._folder, self._version))

    def switch(self, index: Index, *, keep: bool) -> None:
        """Make a complete generation current."""
        assert isinstance(index, TantivyIndex)
        assert index.folder
        generations.switch(self._folder, index.folder, keep=keep)

    def scratch(self) -> AbstractContextManager[Index]:
        """An empty index in memory."""
        return nullcontext(in_memory())

    def about(self) -> Iterator[tuple[str, str]]:
        """What is in the folder."""
        yield "engine", f"tantivy {version('tantivy')} in this process"
        generation = generations.current(self._folder)
        yield "index", str(generation or f"none in {self._folder}")
        if generation:
            size = sum(path.stat().st_size for path in generation.glob("*") if path.is_file())
            made = "this version" if generations.is_of(generation, self._version) else f"not {self._version}"
            yield "size", f"{size / 2**20:.1f} MiB, made by {made}"

    def _look(self, opened: _Opened | None) -> _Opened | None:
        generation = generations.current(self._folder)
        if generation is None or not generation.name.startswith(f"{SCHEMA_VERSION}."):
            return None  # fields of another schema cannot be asked; words of an older analyzer can
        try:
            seen = (generation / "meta.json").stat()
        except FileNotFoundError:
            raise Damaged(f"De zoekindex in {generation} is onvolledig.") from None
        mark = (seen.st_ino, seen.st_mtime_ns, seen.st_size)
        if opened and opened.generation == generation and opened.mark == mark:
            return opened
        index = opened.index if opened and opened.generation == generation else open_index(generation)
        return _Opened(generation, mark, index, index.view())
