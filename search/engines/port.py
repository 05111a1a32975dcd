"""What an engine must be able to do: the seam between search and whatever holds the index.

An engine keeps generations of an index: one is current and answers, a new one is built beside it and takes its place
in one step. An index carries its own cursor, made durable with the documents it speaks of, so a crash replays and
never skips. Match sets, totals, facets and the order by date are the same from every engine; scores may differ a
little.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from search.document import Document
from search.plan import Plan
from search.row import Row

Order = Literal["score", "newest", "oldest"]


@dataclass(frozen=True)
class Cursor:
    """The newest change that an index took in: its `seq` and its time (another database has other times)."""

    seq: int = 0
    at: str = ""


@dataclass(frozen=True)
class Slice:
    """Which hits of a plan: their order, how many, after how many others, or after a place that `Found.end` gave."""

    order: Order = "score"
    size: int = 20
    skip: int = 0
    after: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Found:
    """Some hits with their scores (0 when sorted by date), the total, facets as value → (label, count).

    `end` is the place of the last hit, for the slice after it; empty when there are no more hits.
    """

    total: int = 0
    hits: tuple[tuple[Document, float], ...] = ()
    facets: Mapping[str, Mapping[str, tuple[str, int]]] = field(default_factory=dict)
    end: tuple[Any, ...] = ()


class View(Protocol):
    """An index as it was at one commit (embedded), or as it is (a server).

    Every method raises `Damaged` when the index cannot be read, `Busy` when its server does not answer.
    """

    @property
    def cursor(self) -> Cursor:
        """The newest change that is in it."""

    def count(self, plan: Plan) -> int:
        """How many documents match."""

    def search(self, plan: Plan, part: Slice, facets: Iterable[str] = ()) -> Found:
        """Hits, their total, and these facets, each counted without its own filter."""

    def walk(self, plan: Plan, order: Order, after: tuple[Any, ...] = ()) -> Iterator[Document]:
        """All hits in that order (`newest` or `oldest`), in memory that does not grow with their number."""

    def get(self, iri: str) -> Document | None:
        """The document of an entity, or the one that it is joined to."""

    def embedding(self, iris: Iterable[str]) -> set[str]:
        """The IRIs of the documents that embed any of these entities."""


class Writer(Protocol):
    """The one writer of an index. Nothing is sure to be visible or durable before `commit`."""

    @property
    def refused(self) -> int:
        """How many documents the engine did not take in; the log names each."""

    def replace(self, iris: Iterable[str], documents: Iterable[Document | Row]) -> None:
        """Remove the documents of these IRIs, then add these; rows are documents that were made ready elsewhere."""

    def commit(self, cursor: Cursor) -> None:
        """Make everything since the last commit durable and visible, together with the cursor."""

    def close(self) -> None:
        """Let go of the index; what was not committed may be lost."""


class Index(Protocol):
    """One generation of an index."""

    def view(self) -> View:
        """The newest commit."""

    def writer(self) -> Writer:
        """Begin to write."""


class Engine(Protocol):
    """Where the generations are. `current` and `new` are for the one who holds `writing`."""

    def view(self) -> View | None:
        """The newest commit of the current generation, of whatever version; None when there is none yet.

        Cheap: asked for every question.

        Raises:
            Damaged: there is one that cannot be read.
            Busy: the server does not answer.
        """

    def writing(self) -> AbstractContextManager[object]:
        """Be the only one who writes.

        Raises:
            Busy: another process was writing all the while.
        """

    def current(self) -> Index | None:
        """The current generation, when it was made by this version of schema and analyzer."""

    def new(self) -> Index:
        """A new, empty generation beside the current one."""

    def switch(self, index: Index, *, keep: bool) -> None:
        """Make a complete generation current, in one step; of the older ones only the last is kept, if any."""

    def scratch(self) -> AbstractContextManager[Index]:
        """An empty index that is no generation and is gone afterwards: to try what the engine can do."""

    def about(self) -> Iterator[tuple[str, str]]:
        """What an operator wants to know of the engine and its current generation: names and values.

        Raises:
            Busy: the server does not answer.
        """
