"""Answers questions from the index: one `Searcher` per process, used by any number of threads.

Enters: a `Query`. Leaves: `Results`. The index moves under it: another process commits, or switches to a new
generation; the engine sees to it that an answer comes from one moment.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from belfort.errors import Busy, Damaged
from belfort.settings import Settings
from search import cursors
from search.analyzer import analyze
from search.document import Document
from search.engines import open_engine
from search.engines.port import Found, Order, Slice, View
from search.highlight import Marks, fragments, marks, pieces
from search.likeness import likeness, resemblance
from search.plan import Plan, beginning, like, plan, status
from search.query import STATUSES, Query
from search.reading import All, Any, Node, Reading, Word, read
from search.results import FacetValue, Hit, Results, Suggestion
from search.row import COMPARED, FACETS, stems

CHECK_SECONDS = 1.0
SHOWN_FACETS = ("type", "bestuur", "provincie", "orgaantype", "thema", "besluittype", "status")
_ORDERS: dict[str, Order] = {"relevantie": "score", "datum": "newest", "oudste": "oldest"}
_LONGEST_START = 100
_NAMES_FIRST = ("besturen", "personen", "organen")
_SHARED = 2
_CANDIDATES = 60
_ALIKE = 0.35
_MOST_FUZZY = 12
"""Words of a question for which similar words are tried: each costs a walk over all words of the index."""

T = TypeVar("T")


class Searcher:
    """Searches the index of these settings. Cheap to make: nothing is opened before the first question."""

    def __init__(self, settings: Settings, *, check_seconds: float = CHECK_SECONDS) -> None:
        self._engine = open_engine(settings, check_seconds=check_seconds)

    def search(self, query: Query, facets: Iterable[str] = SHOWN_FACETS) -> Results:
        """One page of hits; `ready=False` when there is no index yet.

        Raises:
            Busy: the index cannot be read now.
            UsageError: the cursor is of another question.
        """
        begin = time.perf_counter()
        view = self._view()
        if view is None:
            return Results(ready=False)
        reading, day = read(query.text), today()
        part = _slice(query, reading)
        names = tuple(facets)
        found, asked, fuzzy = _answer(lambda: find(view, query, reading, day, part, names))
        wanted = marks(reading)
        counted = {name: _facet(values) for name, values in found.facets.items()}
        if "status" in names:
            counted["status"] = _answer(lambda: _statuses(view, asked, day))
        return Results(
            total=found.total,
            hits=tuple(hit(document, score, wanted) for document, score in found.hits),
            facets={name: counted[name] for name in names},
            next=cursors.encode(query, found.end),
            took=round((time.perf_counter() - begin) * 1000, 3),
            fuzzy=fuzzy,
            notes=(*reading.notes, *(["Niets gevonden met deze woorden; dit lijkt erop."] if fuzzy else [])),
            revision=_answer(lambda: view.cursor.seq),
        )

    def all(self, query: Query) -> Iterator[Document]:
        """Every hit of a question, newest first (or oldest, when it asks so), in memory that does not grow.

        Raises:
            Busy: the index cannot be read now, or while it was read.
        """
        view = self._view()
        if view is None:
            return
        reading, day = read(query.text), today()
        _, asked, _ = _answer(lambda: find(view, query, reading, day, Slice(size=1), ()))
        try:
            yield from view.walk(asked, "oldest" if query.sort == "oudste" else "newest")
        except Damaged as error:
            raise _unreadable(error) from error

    def count(self, query: Query) -> int:
        """How many hits a question has, without trying similar words; 0 when there is no index yet.

        Raises:
            Busy: the index cannot be read now.
        """
        view = self._view()
        return _answer(lambda: view.count(plan(query, read(query.text), today()))) if view else 0

    def get(self, iri: str) -> Document | None:
        """What the index holds of an entity, or of the besluit that an agendapunt is found by.

        Raises:
            Busy: the index cannot be read now.
        """
        view = self._view()
        return _answer(lambda: view.get(iri)) if view else None

    def similar(self, iri: str, limit: int = 5) -> list[tuple[Document, float]]:
        """Documents whose text is nearly that of this one, most alike first, with how alike (0 to 1).

        Raises:
            Busy: the index cannot be read now.
        """
        view = self._view()
        document = _answer(lambda: view.get(iri)) if view else None
        if view is None or document is None:
            return []
        own = stems(document)
        asked = like(tuple(likeness(own)) if document.plural == COMPARED else (), _SHARED, document.iri)
        found = _answer(lambda: view.search(asked, Slice(size=_CANDIDATES)))
        rated = [(other, round(resemblance(own, stems(other)), 3)) for other, _ in found.hits]
        rated = [(other, share) for other, share in rated if share >= _ALIKE]
        return sorted(rated, key=lambda one: (-one[1], one[0].date, one[0].iri))[:limit]

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Titles and names whose words begin as those typed, each once: besturen, organs and people first.

        Raises:
            Busy: the index cannot be read now.
        """
        view = self._view()
        words = tuple(token.exact for token in analyze(prefix[:_LONGEST_START]))[:20]
        if view is None or not words:
            return []
        whole = prefix[-1:].isspace()
        part = Slice(size=max(4 * limit, 20))
        names = _answer(lambda: view.search(beginning(words, whole=whole, types=_NAMES_FIRST), part)).hits
        others = _answer(lambda: view.search(beginning(words, whole=whole), part)).hits
        distinct: dict[str, Document] = {}
        for document, _ in (*names[: limit // 2], *others):
            distinct.setdefault(document.title.casefold(), document)
        return [_suggestion(document) for document in distinct.values() if document.title][:limit]

    def revision(self) -> int:
        """The number of the last change that the index took in, 0 when there is none: for ETags."""
        view = self._view()
        return _answer(lambda: view.cursor.seq) if view else 0

    def _view(self) -> View | None:
        return _answer(self._engine.view)


def today() -> date:
    """The day in Flanders."""
    return datetime.now(ZoneInfo("Europe/Brussels")).date()


def _answer(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except (Damaged, OSError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> Busy:
    detail = error.detail if isinstance(error, Damaged) else f"De zoekindex kan niet gelezen worden: {error}"
    return Busy(detail[:300], hint="Maak hem opnieuw met `belfort rebuild`.")


def _slice(query: Query, reading: Reading) -> Slice:
    order = _ORDERS[query.sort] if reading.nodes or query.sort != "relevantie" else "newest"
    after = cursors.decode(query)
    return Slice(order, query.per_pagina, 0 if after else (query.pagina - 1) * query.per_pagina, after)


def find(
    view: View, query: Query, reading: Reading, day: date, part: Slice, facets: tuple[str, ...]
) -> tuple[Found, Plan, bool]:  # fmt: skip
    """What is found, by which plan, and whether similar words were tried since nothing had the words themselves."""
    names = tuple(name for name in facets if name in FACETS)
    asked = plan(query, reading, day)
    found = view.search(asked, part, names)
    if found.total or not any(map(_has_word, reading.nodes)) or len(reading.nodes) > _MOST_FUZZY:
        return found, asked, False
    loose = plan(query, reading, day, fuzzy=True)
    similar = view.search(loose, part, names)
    return (similar, loose, True) if similar.total else (found, asked, False)


def _has_word(node: Node) -> bool:
    """Whether similar words may be tried for it: never for what stands between quotes."""
    return any(map(_has_word, node.nodes)) if isinstance(node, All | Any) else isinstance(node, Word)


def _statuses(view: View, asked: Plan, day: date) -> tuple[FacetValue, ...]:
    rest = asked.without("status")
    counted = [
        (value, view.count(replace(rest, filters={**rest.filters, "status": status(value, day)}))) for value in STATUSES
    ]
    return tuple(FacetValue(value, value.capitalize(), count) for value, count in counted if count)


def hit(document: Document, score: float, wanted: Marks) -> Hit:
    """A document as it is shown."""
    title = document.shown_title
    bestuur, label = document.bestuur
    return Hit(
        iri=document.iri, uuid=document.uuid, plural=document.plural, title=title, type=document.type,
        bestuur=bestuur, bestuur_label=label, orgaan_label=document.orgaan_label, datum=document.date,
        score=round(score, 4), title_pieces=pieces(title, wanted), fragmenten=fragments(document.text, wanted),
        agendapunten=tuple(one.iri for one in document.joined),
    )  # fmt: skip


def _facet(values: Mapping[str, tuple[str, int]]) -> tuple[FacetValue, ...]:
    """The values of a facet, most frequent first."""
    rows = [FacetValue(value, label, count) for value, (label, count) in values.items()]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.label.casefold(), row.value)))


def _suggestion(document: Document) -> Suggestion:
    return Suggestion(document.title, document.iri, document.uuid, document.plural, document.type, document.bestuur[1])
