"""What the search engine can do, tried: each primitive of a plan on an index that is gone afterwards.

Enters: the settings. Leaves: `Finding`s for an operator, in the order in which they are known. Nothing of the index
that is read changes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from belfort.errors import BelfortError
from belfort.jobs import open_context
from belfort.records import change
from belfort.records.database import read
from belfort.settings import Settings
from search.document import Document, Joined, Keyword
from search.engines import open_engine
from search.engines.port import Cursor, Engine, Index, Order, Slice, View
from search.plan import (
    Anything,
    AtLeast,
    Best,
    Between,
    Clause,
    Every,
    Follows,
    Near,
    OneOf,
    Plan,
    Score,
    Starts,
    Term,
    Words,
    plan,
)  # fmt: skip
from search.query import Query
from search.reading import MAX_WORDS
from search.reading import read as reading
from search.row import key


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `good` is None for a plain fact."""

    what: str
    says: str
    good: bool | None = None


def check(settings: Settings) -> Iterator[Finding]:
    """The facts of engine and index, then what was tried and whether it works."""
    try:
        engine = open_engine(settings)
        for what, says in engine.about():
            yield Finding(what, says)
        yield from _index(settings, engine)
        yield from _features(engine)
    except BelfortError as error:
        yield Finding("engine", error.one_line(), good=False)


def _index(settings: Settings, engine: Engine) -> Iterator[Finding]:
    """What the index that is read has, and how far it is behind the records."""
    view = engine.view()
    if view is None:
        yield Finding("documents", "there is no index; `belfort project` makes it", good=False)
        return
    yield Finding("documents", str(view.count(Plan())))
    context = open_context(settings)
    try:
        with read(context.engine) as connection:
            newest = change.last_seq(connection)
    finally:
        context.engine.dispose()
    behind = newest - view.cursor.seq
    yield Finding("revision", f"change {view.cursor.seq} of {newest}, {behind} behind", good=behind >= 0)


def _features(engine: Engine) -> Iterator[Finding]:
    with engine.scratch() as index:
        writer = index.writer()
        try:
            writer.replace((), DOCUMENTS)
            writer.commit(Cursor(1, "first"))
            writer.replace([one.iri for one in DOCUMENTS], DOCUMENTS[:-1])
            writer.commit(Cursor(2, "second"))
        finally:
            writer.close()
        view = index.view()
        yield _tried("write again, delete", lambda: (view.count(Plan()), view.cursor) == (2, Cursor(2, "second")))
        for what, clause, expected in _CLAUSES:
            yield _tried(what, _matches(view, clause, expected))
        for what, works in _OTHERS:
            yield _tried(what, lambda works=works: works(index))  # type: ignore[misc] # bound now


def _tried(what: str, works: Callable[[], bool]) -> Finding:
    try:
        good = works()
    except BelfortError as error:
        return Finding(what, error.one_line(), good=False)
    return Finding(what, "works" if good else "gives something else than it must", good=good)


def _matches(view: View, clause: Clause, expected: set[str]) -> Callable[[], bool]:
    return lambda: {one.uuid for one, _ in view.search(Plan(clause), Slice(size=10)).hits} == expected


def _document(number: str, title: str, text: str, day: str) -> Document:
    """A document of nobody, that stays in the scratch index."""
    iri = f"urn:belfort:check:{number}"
    return Document(
        iri=iri, uuid=number, plural="besluiten", type="Besluit", title=title, text=text, date=day,
        keywords=(Keyword("type", "besluiten", "Besluiten"), Keyword("thema", f"thema-{number}", f"Thema {number}")),
        joined=(Joined(f"{iri}:punt", f"{number}p", title),), embeds=frozenset({iri, "urn:belfort:check:all"}),
    )  # fmt: skip


DOCUMENTS = (
    _document("1", "Fietspad langs de Brugstraat", "Aanleg van een fietspad.", "2024-05-01"),
    _document("2", "Subsidie voor het feestcomité", "De fiets staat langs het pad.", ""),
    _document("3", "Wordt weer gewist", "", "2025-01-01"),
)
_MAY = date(2024, 5, 1).toordinal()
_CLAUSES: tuple[tuple[str, Clause, set[str]], ...] = (
    ("words", Term("text_x", "fietspad"), {"1"}),
    ("words in a row", Words("title_x", ("langs", "de", "brugstraat")), {"1"}),
    ("words in another row", Words("text_x", ("pad", "het")), set()),
    ("beginnings", Starts("title_x", "feest"), {"2"}),
    ("beginnings after words", Follows("text_x", ("staat", "langs"), "he"), {"2"}),
    ("words with another letter", Near("title_x", "fietspat", 1), {"1"}),
    ("words with letters swapped", Near("title_x", "feitspda", 2), {"1"}),
    ("values", OneOf("thema", ("thema-2", "thema-9")), {"2"}),
    ("periods", Between("day", _MAY, _MAY), {"1"}),
    ("one of several", Best((Term("title_x", "feestcomite"), Term("title_x", "brugstraat"))), {"1", "2"}),
    ("some of several", AtLeast(2, (Term("text_x", "van"), Term("text_x", "een"), Term("text_x", "de"))), {"1"}),
    ("all of several", Every((Term("text_x", "de"), Score(Anything(), 1.0)), (Term("text_x", "pad"),)), {"2"}),
)


def _facets(index: Index) -> bool:
    chosen = Plan(filters={"thema": OneOf("thema", ("thema-1",))})
    found = index.view().search(chosen, Slice("newest"), ("type", "thema"))
    return found.total == 1 and found.facets == {
        "type": {"besluiten": ("Besluiten", 1)},
        "thema": {"thema-1": ("Thema 1", 1), "thema-2": ("Thema 2", 1)},
    }


def _sorted(index: Index) -> bool:
    view = index.view()
    orders: tuple[tuple[Order, str], ...] = (("newest", "12"), ("oldest", "12"))
    for order, expected in orders:
        first = view.search(Plan(), Slice(order, 1))
        second = view.search(Plan(), Slice(order, 1, after=first.end))
        if "".join(one.uuid for one, _ in (*first.hits, *second.hits)) != expected:
            return False
        if "".join(one.uuid for one in view.walk(Plan(), order)) != expected:
            return False
    return True


def _scored(index: Index) -> bool:
    """The best hit first, with the score that BM25 gives: its weight counts."""
    view = index.view()
    either = Best((Term("title_x", "fietspad", 8.0), Term("text_x", "fiets", 1.0)))
    hits = view.search(Plan(either), Slice()).hits
    return [one.uuid for one, _ in hits] == ["1", "2"] and hits[0][1] > 2 * hits[1][1]


def _found_by_name(index: Index) -> bool:
    view = index.view()
    one, other = DOCUMENTS[0], view.get(f"{DOCUMENTS[1].iri}:punt")
    embedding = view.embedding(["urn:belfort:check:all", "urn:belfort:check:none"])
    return view.get(one.iri) is not None and other is not None and embedding == {key(d.iri) for d in DOCUMENTS[:2]}


def _longest(index: Index) -> bool:
    """The longest question that a visitor can ask."""
    text = " ".join(f"verkeersweg{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(MAX_WORDS))
    asked = plan(Query(text=text), reading(text), date(2026, 1, 1))
    return index.view().count(asked) == 0


_OTHERS: tuple[tuple[str, Callable[[Index], bool]], ...] = (
    ("facets", _facets),
    ("order by date, page after page", _sorted),
    ("order by relevance", _scored),
    ("a document by its name", _found_by_name),
    ("the longest question", _longest),
)
