"""The engine `elastic_engine` on a real server: generations, writers, readers, and what is refused."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from belfort.errors import Busy, Damaged, SettingsError
from belfort.settings import Settings
from search.document import Document, Keyword
from search.engines import open_engine
from search.engines.elastic_bulk import ElasticWriter
from search.engines.elastic_engine import ElasticEngine
from search.engines.elastic_index import ElasticIndex
from search.engines.port import Cursor, Slice
from search.engines.tantivy_index import in_memory
from search.plan import Follows, OneOf, Plan, Starts, Term
from tests.support.elastic import Elastic


def document(number: int, title: str = "Aanleg fietspad", text: str = "") -> Document:
    """A besluit with the facets that most have."""
    iri = f"https://raad.example/id/{number}"
    day = date.fromordinal(date(2024, 1, 1).toordinal() + number % 500).isoformat()
    return Document(
        iri=iri, uuid=str(number), plural="besluiten", type="Besluit", title=title, text=text, date=day,
        keywords=(Keyword("type", "besluiten", "Besluiten"), Keyword("thema", f"t{number % 3}", f"Thema {number % 3}")),
        embeds=frozenset({iri, "https://raad.example/id/bestuur"}),
    )  # fmt: skip


@pytest.fixture
def engine(elastic_settings: Settings) -> ElasticEngine:
    """An engine that looks anew at every question."""
    found = open_engine(elastic_settings, check_seconds=0)
    assert isinstance(found, ElasticEngine)
    return found


def fill(engine: ElasticEngine, documents: list[Document], seq: int = 1, *, keep: bool = True) -> ElasticIndex:
    """Make a generation with these documents the current one."""
    index = engine.new()
    with writing(index) as writer:
        writer.replace((), documents)
        writer.commit(Cursor(seq, f"moment {seq}"))
    engine.switch(index, keep=keep)
    return index


@contextmanager
def writing(index: ElasticIndex) -> Iterator[ElasticWriter]:
    """A writer that is closed in the end."""
    writer = index.writer()
    try:
        yield writer
    finally:
        writer.close()


def numbers(engine: ElasticEngine, plan: Plan | None = None) -> list[int]:
    """The numbers of the documents that a plan finds, newest first."""
    view = engine.view()
    assert view
    return [int(one.uuid) for one in view.walk(plan or Plan(), "newest")]


def ours(elastic: Elastic, engine: ElasticEngine) -> list[str]:
    """The names of all indexes that begin with the name of the engine."""
    return sorted(elastic.ask(f"/{engine.alias}-*"))


def test_there_is_nothing_before_the_first_generation(engine: ElasticEngine) -> None:
    """No index means None, not an error: the projection makes one."""
    assert engine.view() is None
    assert engine.current() is None


def test_documents_are_written_replaced_and_removed(engine: ElasticEngine) -> None:
    """Each document is there once, as it was given last; what is gone is gone; the cursor tells how far."""
    index = fill(engine, [document(n) for n in range(3)])
    with writing(index) as writer:
        again = [document(1, "Nieuwe titel"), document(7)]
        writer.replace([one.iri for one in (document(0), *again)], again)
        writer.commit(Cursor(2, "moment 2"))
        writer.replace([document(99).iri], [])
        writer.commit(Cursor(3, "moment 3"))
    view = engine.view()
    assert view
    assert numbers(engine) == [7, 2, 1]
    assert view.cursor == Cursor(3, "moment 3")
    found = view.get(document(1).iri)
    assert found == replace(document(1, "Nieuwe titel"), embeds=frozenset())
    assert view.embedding([document(7).iri]) == {document(7).iri}
    assert view.embedding([f"https://raad.example/id/{n}" for n in range(3000)]) == {document(n).iri for n in (1, 2, 7)}


def test_what_is_not_committed_has_no_cursor(engine: ElasticEngine) -> None:
    """A writer that stops leaves the cursor where it was, and the next one writes the same again."""
    index = fill(engine, [document(1)])
    with writing(index) as writer:
        writer.replace([document(2).iri], [document(2)])
    view = engine.view()
    assert view
    assert view.cursor.seq == 1
    with writing(index) as writer:
        writer.replace([document(2).iri], [document(2)])
        writer.commit(Cursor(2, "moment 2"))
    assert numbers(engine) == [2, 1]


def test_only_the_generation_before_is_kept(engine: ElasticEngine, elastic: Elastic) -> None:
    """With `keep` the last one stays for a step back; without, nothing of the old one stays; unfinished ones go."""
    first = fill(engine, [document(1)])
    unfinished = engine.new()
    second = fill(engine, [document(2)])
    assert ours(elastic, engine) == sorted([first.name, second.name])
    assert numbers(engine) == [2]
    third = fill(engine, [document(3)], keep=False)
    assert ours(elastic, engine) == [third.name]
    with pytest.raises(Damaged):
        unfinished.view().count(Plan())
    assert list(elastic.ask(f"/_alias/{engine.alias}")) == [third.name]


def test_indexes_of_others_are_left_alone(elastic: Elastic, engine: ElasticEngine, elastic_settings: Settings) -> None:
    """Another installation whose name begins with ours keeps its index, and a foreign index its own."""
    longer = elastic_settings.model_copy(update={"elasticsearch_index": f"{engine.alias}-test"})
    other = ElasticEngine(longer, check_seconds=0)
    fill(other, [document(5)])
    elastic.ask(f"/{engine.alias}-foreign", "PUT")
    for number in range(2):
        fill(engine, [document(number)], keep=False)
    assert numbers(other) == [5]
    assert numbers(engine) == [1]
    assert f"{engine.alias}-foreign" in ours(elastic, engine)


def test_a_name_that_is_an_index_is_refused(elastic: Elastic, engine: ElasticEngine) -> None:
    """The alias cannot be made: the setting is named."""
    elastic.ask(f"/{engine.alias}", "PUT")
    with pytest.raises(SettingsError, match="BELFORT_ELASTICSEARCH_INDEX"):
        fill(engine, [document(1)])
    assert engine.view() is None


def test_readers_see_no_gap_while_generations_change(elastic_settings: Settings, engine: ElasticEngine) -> None:
    """Readers that know an index for a second meet neither an error nor an empty answer, nor less than their cursor."""
    fill(engine, [document(n) for n in range(20)], 1)
    wrong: list[object] = []
    asked: list[int] = []
    done = threading.Event()

    def read() -> None:
        reader = ElasticEngine(elastic_settings)
        while not done.is_set():
            try:
                view = reader.view()
                assert view
                found = view.search(Plan(Term("title_x", "fietspad")), Slice(), ("thema",))
                total = len(list(view.walk(Plan(), "oldest")))
            except Exception as error:  # noqa: BLE001 - whatever it is must be reported by the main thread
                wrong.append(error)
            else:
                asked.append(found.total)
                wrong.extend([] if found.total == 20 and found.hits and total == 20 else [(found.total, total)])

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for seq in range(2, 6):
        fill(engine, [document(n) for n in range(20)], seq, keep=seq % 2 == 0)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(asked) > 10


def test_no_cursor_runs_ahead_of_its_documents(engine: ElasticEngine) -> None:
    """Whoever reads that change n is in the index finds document n."""
    index = fill(engine, [document(0)], 0)
    ahead: list[object] = []
    seen: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            view = index.view()
            seq = view.cursor.seq
            seen.add(seq)
            if view.count(Plan(OneOf("iri", (document(seq).iri,)))) != 1:
                ahead.append(seq)

    thread = threading.Thread(target=watch)
    thread.start()
    with writing(index) as writer:
        for seq in range(1, 16):
            writer.replace((), [document(seq)])
            writer.commit(Cursor(seq, "m"))
    done.set()
    thread.join()
    assert ahead == []
    assert len(seen) > 3


def test_a_writer_that_was_overtaken_changes_nothing_more(engine: ElasticEngine) -> None:
    """From another machine a second writer began: the first cannot undo its documents, nor move its cursor."""
    index = fill(engine, [document(1)])
    with writing(index) as first, writing(index) as second:
        second.replace((), [document(1, "Van de tweede")])
        second.commit(Cursor(5, "moment 5"))
        first.replace((), [document(1, "Van de eerste")])
        with pytest.raises(Busy, match="Een ander proces"):
            first.commit(Cursor(4, "moment 4"))
    with writing(index) as third, writing(index), pytest.raises(Busy, match="Een ander proces"):
        third.commit(Cursor(6, "moment 6"))
    view = engine.view()
    assert view
    assert view.cursor == Cursor(5, "moment 5")
    found = view.get(document(1).iri)
    assert found
    assert found.title == "Van de tweede"


def test_a_removed_document_stays_removed(engine: ElasticEngine) -> None:
    """An overtaken writer cannot bring back what a later one removed."""
    index = fill(engine, [document(1), document(2)])
    with writing(index) as first, writing(index) as second:
        second.replace([document(1).iri], [])
        second.commit(Cursor(5, "moment 5"))
        first.replace((), [document(1)])
        with pytest.raises(Busy):
            first.commit(Cursor(4, "moment 4"))
    assert numbers(engine) == [2]


def test_a_lost_index_is_said_and_never_made_by_itself(elastic: Elastic, engine: ElasticEngine) -> None:
    """Somebody deletes the index: readers see that there is none, and a writer does not make a wrong one."""
    index = fill(engine, [document(1)])
    with writing(index) as writer:
        elastic.ask(f"/{index.name}", "DELETE")
        assert engine.view() is None
        assert engine.current() is None
        writer.replace((), [document(2)])
        with pytest.raises(Damaged):
            writer.commit(Cursor(2, "moment 2"))
    with pytest.raises(Damaged):
        index.writer()
    assert ours(elastic, engine) == []


def test_one_refused_document_does_not_stop_the_others(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A value that the server does not take: the log names the document, and the others are there."""
    bad = replace(document(2), keywords=(Keyword("thema", "x", "T"), Keyword("onbekend", "x", "T")))
    index = engine.new()
    with writing(index) as writer:
        writer.replace((), [document(1), bad, document(3)])
        writer.commit(Cursor(1, "moment 1"))
        assert writer.refused == 1
    engine.switch(index, keep=True)
    assert numbers(engine) == [3, 1]
    assert bad.iri in capsys.readouterr().out + capsys.readouterr().err


def test_facets_with_more_values_than_one_answer_holds(engine: ElasticEngine) -> None:
    """Two facets of 40,000 values each are counted whole, though the server gives 65,536 at a time."""
    filters = ("thema", "rechtsgrond")
    documents = [
        replace(
            document(n),
            keywords=tuple(Keyword(name, f"{n}-{m}", f"Waarde {m}") for name in filters for m in range(1000)),
        )
        for n in range(40)
    ]
    fill(engine, documents)
    view = engine.view()
    assert view
    found = view.search(Plan(), Slice("newest", 1), filters)
    assert found.total == 40
    assert {name: len(values) for name, values in found.facets.items()} == dict.fromkeys(filters, 40_000)


def test_a_beginning_that_ten_thousand_words_share(engine: ElasticEngine) -> None:
    """More words than the server allows clauses: all are found, alone and after another word."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [f"ge{a}{b}{c}" for a in letters for b in letters for c in letters[:15]]
    documents = [
        document(n, "Lijst", " ".join(f"woord {word}" for word in words[n * 100 : n * 100 + 100])) for n in range(101)
    ]
    fill(engine, documents)
    for clause in (Starts("text_x", "ge"), Follows("text_x", ("woord",), "ge")):
        assert len(numbers(engine, Plan(clause))) == 101
    assert numbers(engine, Plan(Follows("text_x", ("woord",), words[10_099][:4]))) == [100]


def test_half_a_character_harms_nothing(engine: ElasticEngine) -> None:
    """A lone surrogate in a text, name or filter is stored and asked without an error."""
    odd = replace(document(1, "Titel \ud800 met half teken"), keywords=(Keyword("thema", "a\udc00", "b\udfff"),))
    fill(engine, [odd])
    assert numbers(engine, Plan(filters={"thema": OneOf("thema", ("a\udc00",))})) == [1]


def test_hits_go_on_beyond_ten_thousand(engine: ElasticEngine) -> None:
    """Page after page by date and by score gives each document once, past the window of the server."""
    one = document(1)
    fill(engine, [replace(one, iri=f"{one.iri}-{n}", uuid=str(n), title=f"Besluit {n}") for n in range(10_500)])
    view = engine.view()
    assert view
    for order in ("newest", "score"):
        seen: list[str] = []
        after: tuple[object, ...] = ()
        while True:
            found = view.search(Plan(Term("title_x", "besluit")), Slice(order, 2000, after=after))  # type: ignore[arg-type]
            assert found.total == 10_500
            seen += [hit.uuid for hit, _ in found.hits]
            after = found.end
            if not after:
                break
        assert len(seen) == len(set(seen)) == 10_500, order
    assert len(list(view.walk(Plan(), "oldest"))) == 10_500


def test_scores_are_those_of_the_embedded_engine(engine: ElasticEngine) -> None:
    """The same words in the same documents score alike, but for how each engine counts averages."""
    texts = ["fietspad", "een fietspad en nog een fietspad bij de brug", *["de weg naar school"] * 6]
    documents = [document(n, "Besluit", text) for n, text in enumerate(texts * 30)]
    fill(engine, documents)
    embedded = in_memory()
    writer = embedded.writer()
    writer.replace((), documents)
    writer.commit(Cursor(1, "m"))
    writer.close()
    plan = Plan(Term("text_x", "fietspad", 2.0))
    view = engine.view()
    assert view
    mine = {hit.iri: score for hit, score in view.search(plan, Slice(size=100)).hits}
    theirs = {hit.iri: score for hit, score in embedded.view().search(plan, Slice(size=100)).hits}
    assert mine.keys() == theirs.keys()
    assert all(abs(mine[iri] - theirs[iri]) < 0.02 * theirs[iri] for iri in mine)


def test_the_client_says_nothing_on_its_own(engine: ElasticEngine) -> None:
    """Its own lines would show addresses and questions: failures become errors of ours."""
    assert not logging.getLogger("elastic_transport.node_pool").isEnabledFor(logging.WARNING)
