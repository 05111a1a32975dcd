"""Answers questions from the index: one `Searcher` per process, used by any number of threads.

Enters: a `Query`. Leaves: `Results`. The index moves under it: another process commits, or switches to a new
generation; what is read is looked at anew at most once a second.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from belfort.errors import Busy, Damaged
from belfort.settings import Settings
from search import generations
from search.document import Document
from search.engines.port import Found, Index, View
from search.highlight import Marks, fragments, marks, pieces
from search.query import All, Any, Node, Query, Reading, Word, read
from search.results import FacetValue, Hit, Results, Suggestion

CHECK_SECONDS = 1.0
_LONGEST_START = 100

T = TypeVar("T")


@dataclass
class _Opened:
    """The index that is open, and by what it is seen whether it moved."""

    generation: Path
    mark: tuple[int, int, int]
    index: Index
    view: View
    revision: int


class Searcher:
    """Searches the index of these settings. Cheap to make: nothing is opened before the first question."""

    def __init__(self, settings: Settings, *, check_seconds: float = CHECK_SECONDS) -> None:
        self._folder = settings.index
        self._check_seconds = check_seconds
        self._lock = threading.Lock()
        self._opened: _Opened | None = None
        self._checked = float("-inf")

    def search(self, query: Query) -> Results:
        """One page of hits; `ready=False` when there is no index yet.

        Raises:
            Busy: the index cannot be read now.
        """
        begin = time.perf_counter()
        opened = self._current()
        if opened is None:
            return Results(ready=False)
        reading = read(query.text)
        found, fuzzy = self._answer(lambda: _find(opened.view, query, reading))
        wanted = marks(reading)
        return Results(
            total=found.total,
            hits=tuple(_hit(document, score, wanted) for document, score in found.documents),
            facets={name: _facet(values) for name, values in found.facets.items()},
            took=round((time.perf_counter() - begin) * 1000, 3),
            fuzzy=fuzzy,
            notes=(*reading.notes, *(["Niets gevonden met deze woorden; dit lijkt erop."] if fuzzy else [])),
            revision=opened.revision,
        )

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Titles and names whose words begin as those typed, each title once; nothing when there is no index yet.

        Raises:
            Busy: the index cannot be read now.
        """
        opened = self._current()
        if opened is None:
            return []
        documents = self._answer(lambda: opened.view.suggest(prefix[:_LONGEST_START], limit))
        distinct: dict[str, Document] = {}
        for document in documents:
            distinct.setdefault(document.title.casefold(), document)
        return [_suggestion(document) for document in distinct.values() if document.title][:limit]

    def revision(self) -> int:
        """The number of the last change that the index took in, 0 when there is none: for ETags."""
        opened = self._current()
        return opened.revision if opened else 0

    def _answer(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except Damaged as error:
            self._checked = float("-inf")
            raise _unreadable(error) from error

    def _current(self) -> _Opened | None:
        """The newest view, looked for at most every `check_seconds`."""
        with self._lock:
            if time.monotonic() - self._checked >= self._check_seconds:
                try:
                    self._opened = self._look(self._opened)
                except (Damaged, OSError) as error:
                    raise _unreadable(error) from error
                self._checked = time.monotonic()
            return self._opened

    def _look(self, opened: _Opened | None) -> _Opened | None:
        generation = generations.current(self._folder)
        if generation is None:
            return None
        try:
            seen = (generation / "meta.json").stat()
        except FileNotFoundError:
            raise Damaged(f"De zoekindex in {generation} is onvolledig.") from None
        mark = (seen.st_ino, seen.st_mtime_ns, seen.st_size)
        if opened and opened.generation == generation and opened.mark == mark:
            return opened
        index = opened.index if opened and opened.generation == generation else _open(generation)
        view = index.view()
        return _Opened(generation, mark, index, view, view.cursor.seq)


def _open(generation: Path) -> Index:
    from search.engines.tantivy_engine import TantivyEngine

    return TantivyEngine().open(generation)


def _unreadable(error: Exception) -> Busy:
    detail = error.detail if isinstance(error, Damaged) else f"De zoekindex kan niet gelezen worden: {error}"
    return Busy(detail[:300], hint="Maak hem opnieuw met `belfort rebuild`.")


def _find(view: View, query: Query, reading: Reading) -> tuple[Found, bool]:
    found = view.search(query, reading)
    if found.total or not any(_has_word(node) for node in reading.wanted):
        return found, False
    similar = view.search(query, reading, fuzzy=True)
    return (similar, True) if similar.total else (found, False)


def _has_word(node: Node) -> bool:
    """Whether similar words may be tried for it: never for what stands between quotes."""
    return any(map(_has_word, node.nodes)) if isinstance(node, All | Any) else isinstance(node, Word)


def _hit(document: Document, score: float, wanted: Marks) -> Hit:
    title = document.title or f"{document.type} zonder titel"
    bestuur, label = document.besturen[0] if document.besturen else ("", "")
    return Hit(
        iri=document.iri, uuid=document.uuid, plural=document.plural, title=title, type=document.type,
        bestuur=bestuur, bestuur_label=label, orgaan_label=document.orgaan_label, datum=document.date,
        score=round(score, 4), title_pieces=pieces(title, wanted), fragmenten=fragments(document.text, wanted),
    )  # fmt: skip


def _facet(values: Mapping[str, tuple[str, int]]) -> tuple[FacetValue, ...]:
    """The values of a facet, most frequent first."""
    rows = [FacetValue(value, label, count) for value, (label, count) in values.items()]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.label.casefold(), row.value)))


def _suggestion(document: Document) -> Suggestion:
    label = document.besturen[0][1] if document.besturen else ""
    return Suggestion(document.title, document.iri, document.uuid, document.plural, document.type, label)
