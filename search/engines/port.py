"""What an engine must be able to do: the seam between search and whatever holds the index.

An index carries its own cursor, written in the same commit as the documents, so a crash replays and never skips.
Match sets, totals, facets and the order by date must be the same from every engine; scores may differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from search.document import Document
from search.query import Query, Reading


@dataclass(frozen=True)
class Cursor:
    """The newest change that an index took in: its `seq` and its time (another database has other times)."""

    seq: int = 0
    at: str = ""


@dataclass(frozen=True)
class Found:
    """One page from an engine: documents with their scores, the total, facets as value → (label, count)."""

    total: int = 0
    documents: tuple[tuple[Document, float], ...] = ()
    facets: Mapping[str, Mapping[str, tuple[str, int]]] = field(default_factory=dict)


class View(Protocol):
    """An index as it was at one commit. Every method raises `Damaged` when its files cannot be read."""

    @property
    def cursor(self) -> Cursor:
        """The newest change that is in it."""

    def count(self) -> int:
        """How many documents it has."""

    def search(self, query: Query, reading: Reading, *, fuzzy: bool = False) -> Found:
        """The page of hits; `fuzzy` also takes words of titles that differ in one letter."""

    def suggest(self, start: str, limit: int) -> list[Document]:
        """Documents whose title has words that begin as those of `start`."""

    def embedding(self, iris: Iterable[str]) -> set[str]:
        """The IRIs of the documents that embed any of these entities."""


class Writer(Protocol):
    """The one writer of an index. Nothing is visible or durable before `commit`."""

    def replace(self, iris: Iterable[str], documents: Iterable[Document]) -> None:
        """Remove the documents of these IRIs, then add these."""

    def commit(self, cursor: Cursor) -> None:
        """Make everything since the last commit durable, together with the cursor."""

    def close(self) -> None:
        """Let go of the index; what was not committed is lost."""


class Index(Protocol):
    """An open index."""

    def view(self) -> View:
        """The newest commit."""

    def writer(self) -> Writer:
        """Begin to write."""


class Engine(Protocol):
    """Makes and opens indexes in folders."""

    def create(self, folder: Path) -> Index:
        """A new, empty index."""

    def open(self, folder: Path) -> Index:
        """The index in that folder.

        Raises:
            Damaged: there is no index that can be read.
        """
