"""What changes: updates, deletes, replays, generations, pages that go on while others write; on every engine."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import time_machine

from belfort.errors import UsageError
from belfort.settings import Settings
from search.document import Document, Keyword
from search.engines import open_engine
from search.engines.port import Cursor, Engine
from search.query import Query, Sort
from search.searcher import Searcher
from tests.conformance.search.conftest import SettingsOf, fill
from tests.support.search_corpus import MADE_UP, by_tie, iri, made_up, name, parse, word

Lines = Iterable[str]

START = [
    "a | b | leeuw | 2024-01-01 | Aanleg kabelbaan | Met een stoeltjeslift. | thema=sport",
    "b | b | leeuw | 2024-01-02 | Sluiting kabelbaan | | thema=milieu joins=b-punt",
    "c | z | genk | 2024-01-03 | Zitting over de kabelbaan",
]


class World:
    """An index of some documents on one engine, that a test changes."""

    def __init__(self, settings: Settings, documents: Iterable[Document] = ()) -> None:
        self.engine: Engine = open_engine(settings, check_seconds=0)
        self.searcher = Searcher(settings, check_seconds=0)
        self.seq = 1
        fill(self.engine, documents, self.seq)

    def change(self, lines: Lines = (), *, gone: Lines = (), seq: int | None = None) -> None:
        """Replace the documents of these lines, remove those of these names, and commit."""
        documents = [parse(line) for line in lines]
        self.seq = self.seq + 1 if seq is None else seq
        with self.writing() as writer:
            writer.replace([*(iri(one) for one in gone), *(one.iri for one in documents)], documents)
            writer.commit(Cursor(self.seq, "later"))

    @contextmanager
    def writing(self) -> Iterator[object]:
        """The writer of the current generation."""
        with self.engine.writing():
            index = self.engine.current()
            assert index
            writer = index.writer()
            try:
                yield writer
            finally:
                writer.close()

    def names(self, text: str = "", **more: object) -> list[str]:
        """What a question finds."""
        return [name(hit.iri) for hit in self.searcher.search(Query(text, per_pagina=200, **more)).hits]  # type: ignore[arg-type]


@pytest.fixture
def new_world(new_settings: SettingsOf) -> Callable[[Lines], World]:
    """A function that makes an index of its own with the documents of these lines."""
    return lambda lines: World(new_settings(), map(parse, lines))


@pytest.fixture
def world(new_world: Callable[[Lines], World]) -> World:
    """An index with three documents."""
    return new_world(START)


def test_an_update_replaces_the_whole_document(world: World) -> None:
    """The words, day and values of before are gone, the others are untouched, and nothing is there twice."""
    world.change(["a | b | niklaas | 2024-02-01 | Verkoop kabelbaan | | thema=financien"])
    assert world.names("kabelbaan", sort="datum") == ["a", "c", "b"]
    assert world.names("stoeltjeslift") == []
    assert world.names("aanleg") == []
    assert world.names("verkoop") == ["a"]
    results = world.searcher.search(Query())
    assert results.total == 3
    assert {one.value: one.count for one in results.facets["thema"]} == {"financien": 1, "milieu": 1}
    assert results.revision == 2


def test_what_is_removed_is_nowhere(world: World) -> None:
    """Not among hits, facets, suggestions, documents by IRI, nor by the agendapunt that it stood for."""
    before = world.searcher.get(iri("b-punt"))
    assert before
    assert before.iri == iri("b")
    world.change(gone=["b", "c", "never-there"])
    assert world.names() == ["a"]
    assert world.names("sluiting") == []
    assert world.names(bestuur=("https://bestuur.example/id/genk",)) == []
    assert [one.value for one in world.searcher.search(Query()).facets["thema"]] == ["sport"]
    assert [one.title for one in world.searcher.suggest("kab")] == ["Aanleg kabelbaan"]
    assert world.searcher.get(iri("b")) is None
    assert world.searcher.get(iri("b-punt")) is None
    view = world.engine.view()
    assert view
    assert view.embedding([iri("b"), iri("b-punt"), iri("a")]) == {iri("a")}


def test_a_replay_changes_nothing(world: World) -> None:
    """The same changes once more, as after a crash, give the same answers."""
    change = ["a | b | leeuw | 2024-03-01 | Keuring kabelbaan", "d | b | | 2024-03-02 | Nieuwe kabelbaan"]
    world.change(change, gone=["c"])
    before = world.searcher.search(Query(sort="datum"))
    for _ in range(2):
        world.change(change, gone=["c"], seq=2)
        after = world.searcher.search(Query(sort="datum"))
        assert (after.hits, after.total, after.facets) == (before.hits, before.total, before.facets)
    assert world.searcher.revision() == 2


def test_a_document_that_comes_back_is_there_once(world: World) -> None:
    """Removed and added again, in one commit or in two."""
    world.change(gone=["a"])
    world.change(START[:1])
    assert sorted(world.names("kabelbaan")) == ["a", "b", "c"]
    with world.writing() as writer:
        for _ in range(3):
            writer.replace([iri("a")], [parse(START[0])])  # type: ignore[attr-defined]
        writer.replace([iri("b")], [])  # type: ignore[attr-defined]
        writer.commit(Cursor(9, "later"))  # type: ignore[attr-defined]
    assert sorted(world.names("kabelbaan")) == ["a", "c"]
    assert world.searcher.revision() == 9


def test_an_unfinished_generation_is_not_seen(world: World) -> None:
    """A rebuild beside the index shows nothing until it takes its place, and then shows itself alone."""
    with world.engine.writing():
        index = world.engine.new()
        writer = index.writer()
        writer.replace((), [parse("n | b | | 2025-01-01 | Nieuwe wereld")])
        writer.commit(Cursor(50, "later"))
        writer.close()
        assert sorted(world.names()) == ["a", "b", "c"]
        assert world.searcher.revision() == 1
        world.engine.switch(index, keep=True)
    assert world.names() == ["n"]
    assert world.searcher.revision() == 50


def test_nothing_is_found_where_nothing_is(new_settings: SettingsOf) -> None:
    """Without an index a search is not ready; with an empty one it finds nothing; neither is an error."""
    settings = new_settings()
    searcher = Searcher(settings, check_seconds=0)
    assert not searcher.search(Query("fiets")).ready
    assert (searcher.suggest("fie"), searcher.get(iri("a")), list(searcher.all(Query()))) == ([], None, [])
    fill(open_engine(settings), [], 7)
    results = searcher.search(Query("fiets"))
    assert (results.ready, results.total, results.hits, results.next, results.revision) == (True, 0, (), "", 7)
    assert not any(results.facets.values())
    assert searcher.search(Query()).total == 0


def _days(count: int, word: str = "wandelroute") -> list[str]:
    """Documents of which some share a day and some have none."""
    return [
        f"w{n} | b | | {f'2024-{1 + n % 3:02}-{1 + n % 5:02}' if n % 11 else ''} | {word} {n}" for n in range(count)
    ]


@pytest.mark.parametrize("sort", ["datum", "oudste"])
def test_pages_go_on_while_others_write(new_world: Callable[[Lines], World], sort: Sort) -> None:
    """By day, what was there all the while comes exactly once, however many are added and removed meanwhile."""
    world = new_world(_days(60))
    removed: list[str] = []
    seen: list[str] = []
    cursor = ""
    for page in range(100):
        results = world.searcher.search(Query("wandelroute", sort=sort, per_pagina=7, cursor=cursor))
        seen += [name(hit.iri) for hit in results.hits]
        cursor = results.next
        if not cursor:
            break
        gone = next(f"w{n}" for n in range(59, 0, -1) if f"w{n}" not in removed)
        removed.append(gone)
        day = f"2024-{1 + page % 3:02}-{1 + page % 5:02}" if page % 2 else ""
        world.change([f"x{page} | b | | {day} | wandelroute erbij"], gone=[gone])
    assert len(seen) == len(set(seen))
    assert {f"w{n}" for n in range(60)} - set(removed) <= set(seen)


@pytest.mark.parametrize("sort", ["relevantie", "datum", "oudste"])
@pytest.mark.parametrize("size", [1, 7, 20, 30, 60, 200])
def test_pages_partition_the_hits(searcher: Searcher, sort: Sort, size: int) -> None:
    """By cursor or by number each hit comes once, in the order of the whole, and the last page has no next."""
    query = Query(word(17), sort=sort, per_pagina=size)  # sixty hits
    whole = [hit.iri for hit in searcher.search(Query(word(17), sort=sort, per_pagina=200)).hits]
    assert len(whole) == MADE_UP // 50 == 60
    walked: list[str] = []
    pages = 0
    cursor: str | None = None
    while cursor != "":
        results = searcher.search(Query(word(17), sort=sort, per_pagina=size, cursor=cursor or ""))
        walked += [hit.iri for hit in results.hits]
        assert results.total == 60
        cursor = results.next
        pages += 1
    assert walked == whole
    assert pages == -(-60 // size)
    if size > 1:
        numbered = [searcher.search(Query(word(17), sort=sort, per_pagina=size, pagina=n + 1)) for n in range(pages)]
        assert [hit.iri for results in numbered for hit in results.hits] == whole
    assert query.cursor == ""


def test_a_walk_gives_everything_in_order(searcher: Searcher) -> None:
    """Thousands of hits come once each, by day, ties in their fixed order, whatever the words are sorted by."""
    query = Query(bron=("made-up",))
    walked = list(searcher.all(query))
    assert len(walked) == MADE_UP
    names = by_tie(" ".join(name(one.iri) for one in made_up())).split()
    days = {name(one.iri): one.date for one in made_up()}
    assert [name(one.iri) for one in walked] == sorted(names, key=lambda one: days[one], reverse=True)
    oldest = [name(one.iri) for one in searcher.all(Query(bron=("made-up",), sort="oudste"))]
    assert oldest == sorted(names, key=lambda one: days[one])


def test_the_last_pages_by_number(searcher: Searcher) -> None:
    """Deep pages are as the walk says."""
    walked = [one.iri for one in searcher.all(Query(bron=("made-up",)))]
    deep = searcher.search(Query(bron=("made-up",), sort="datum", pagina=15, per_pagina=200))
    assert [hit.iri for hit in deep.hits] == walked[2800:3000]
    assert deep.next == ""


def test_a_cursor_belongs_to_its_question(searcher: Searcher) -> None:
    """With other words, filters or order it is refused; another size of page goes on where it was."""
    first = searcher.search(Query(word(17), sort="datum", per_pagina=20))
    for other in (Query(word(18), sort="datum"), Query(word(17), sort="oudste"), Query(word(17), thema=("t1",))):
        with pytest.raises(UsageError):
            searcher.search(Query(**{**vars(other), "cursor": first.next}))
    rest = searcher.search(Query(word(17), sort="datum", per_pagina=200, cursor=first.next))
    assert len(rest.hits) == 40
    assert not {hit.iri for hit in rest.hits} & {hit.iri for hit in first.hits}


@pytest.mark.parametrize(
    ("moment", "planned"),
    [
        ("2024-03-30T22:59:59+00:00", ["z31", "z01"]),  # 30 March, the last evening of winter time
        ("2024-03-30T23:00:00+00:00", ["z01"]),  # midnight: 31 March
        ("2024-03-31T21:59:59+00:00", ["z01"]),  # the same day an hour earlier by the sun: summer time began
        ("2024-03-31T22:00:00+00:00", []),  # 1 April
    ],
)
def test_a_day_begins_at_midnight_in_flanders(
    new_world: Callable[[Lines], World], moment: str, planned: list[str]
) -> None:
    """What is planned becomes treated when its day begins in Brussels, in winter and in summer time."""
    world = new_world(
        ["z30 | z | | 2024-03-30 | Zitting", "z31 | z | | 2024-03-31 | Zitting", "z01 | z | | 2024-04-01 | Zitting"]
    )
    with time_machine.travel(moment, tick=True):
        assert world.names(status=("gepland",), sort="oudste") == planned
        assert len(world.names(status=("behandeld",))) == 3 - len(planned)
        counted = {one.value: one.count for one in world.searcher.search(Query()).facets["status"]}
    assert counted == {key: n for key, n in (("gepland", len(planned)), ("behandeld", 3 - len(planned))) if n}


def test_a_hit_names_the_agendapunten_that_it_stands_for(searcher: Searcher) -> None:
    """They are no hits of their own, and their IRI leads to the besluit."""
    (hit, other) = searcher.search(Query("goedkeuring wipneus*", sort="oudste")).hits
    assert hit.agendapunten == (iri("jo-1-punt"),)
    assert other.agendapunten == (iri("jo-4-a"), iri("jo-4-b"))
    found = searcher.get(iri("jo-4-b"))
    assert found
    assert found.iri == iri("jo-4")
    assert searcher.get(iri("nowhere")) is None


def test_counts_of_saved_searches_are_those_of_searches(searcher: Searcher) -> None:
    """`count` says what `search` finds, without similar words."""
    for query in (Query(), Query(word(17)), Query(thema=("sport",)), Query("kolibrje"), Query("kolibrie -staart")):
        results = searcher.search(query)
        assert searcher.count(query) == (0 if results.fuzzy else results.total)


def test_facets_are_shown_in_one_order_by_their_names(new_settings: SettingsOf) -> None:
    """Most frequent first, then by name; a value with several names has the most frequent, then the first of them."""
    labels = {
        "v1": ["Zebra", "Zebra", "Aap"],  # the most frequent
        "v2": ["Noot", "Mies", ""],  # the first by name; an empty one is none
        "v3": ["", "", "Wim"],
        "v4": ["wim", "wim", "wim"],
        "v5": ["Öl"],
        "v6": ["", ""],
        "v7": ["Oker", "Oker"],
    }
    documents = [
        replace(parse(f"f{value}{n} | b | | | Facet"), keywords=(Keyword("thema", value, label),))
        for value, names in labels.items()
        for n, label in enumerate(names)
    ]
    world = World(new_settings(), documents)
    shown = [(one.value, one.label, one.count) for one in world.searcher.search(Query()).facets["thema"]]
    assert shown == [
        ("v2", "Mies", 3), ("v3", "Wim", 3), ("v4", "wim", 3), ("v1", "Zebra", 3), ("v6", "", 2), ("v7", "Oker", 2),
        ("v5", "Öl", 1),
    ]  # fmt: skip
