"""The projection `index` and the searcher on real records: follow, rebuild, crash, damage."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from belfort import acceptance, jobs
from belfort.errors import Busy
from belfort.folders import lock
from belfort.jobs import Context
from search import generations
from search.commands import search as command
from search.engines import tantivy_engine
from search.engines.tantivy_index import TantivyWriter, open_index
from search.plan import Plan
from search.projection.projector import project
from search.query import Query
from search.results import Hit
from search.searcher import Searcher
from tests.support.municipality import BESTUUR, PAGE, REGISTER, decision, publish, register, sitting
from tests.support.records import say


@pytest.fixture
def searcher(context: Context) -> Searcher:
    """A searcher that looks for a newer index at every question, on published records that are indexed."""
    publish(context)
    project(context, False)
    return Searcher(context.settings, check_seconds=0)


def iris(searcher: Searcher, text: str = "", **more: object) -> list[str]:
    """What a question finds, as short names."""
    hits = searcher.search(Query(text, per_pagina=200, **more)).hits  # type: ignore[arg-type]
    return [hit.iri.removeprefix(PAGE).removeprefix(REGISTER) for hit in hits]


def besluiten(searcher: Searcher, text: str = "", **more: object) -> set[str]:
    """The besluiten that a question finds."""
    return set(iris(searcher, text, type=("besluiten",), **more))


def everything(context: Context) -> list[Hit]:
    """All that the index shows, in order."""
    searcher = Searcher(context.settings)
    return list(searcher.search(Query(sort="datum", per_pagina=200)).hits)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fietspaden", {"besluit/1", "besluit/2"}),
        ("fiets", {"besluit/1", "besluit/2"}),
        ('"aanleg fietspad"', {"besluit/1"}),
        ('"aanleg fietspaden"', set()),
        ("fietspad -leegstand", {"besluit/1"}),
        ("fietspad NIET aanleg", {"besluit/2"}),
        ("belastingen OF schepen", {"besluit/2", "besluit/3"}),
        ("verslag schepen", {"besluit/3"}),
        ("2024/123", {"besluit/1"}),
        ("2024123", {"besluit/1"}),
        ("fietspad aalter", {"besluit/1", "besluit/2"}),
        ("gemeenteraad leegstand", {"besluit/2"}),
        ("leeg*", {"besluit/2"}),
        ("zwembad", set()),
        ("🚲", set()),
        ("", {"besluit/1", "besluit/2", "besluit/3"}),
        ("-fietspad", {"besluit/3"}),
    ],
)
def test_questions_find_what_was_published(searcher: Searcher, text: str, found: set[str]) -> None:
    """Words of title, text, articles, bestuur and organ all count; all words must match."""
    assert besluiten(searcher, text) == found


def test_people_are_found_by_any_spelling_of_their_name(searcher: Searcher) -> None:
    """With or without accent and apostrophe, the person and the mandaat are found."""
    for text in ("Benoît D'Haene", "benoit dhaene", "BENOIT D’HAENE", "haene"):
        assert set(iris(searcher, text)) == {"p", "md"}, text


def test_a_hit_is_ready_to_show(searcher: Searcher) -> None:
    """Address, names, day and marked fragments, without any markup."""
    (hit,) = searcher.search(Query("kostprijs")).hits
    assert (hit.plural, hit.type, hit.bestuur, hit.datum) == ("besluiten", "Besluit", BESTUUR, "2024-04-18")
    assert hit.bestuur_label == "Gemeente Aalter"
    assert hit.fragmenten == ((("Kostprijs", True), (": dossier 2024/123", False)),)


def test_titles_beat_texts_and_words_beat_inflections(searcher: Searcher) -> None:
    """Of two besluiten on a fietspad the one with the word in its title stands first."""
    assert iris(searcher, "fietspad", type=("besluiten",)) == ["besluit/1", "besluit/2"]


def test_filters_narrow_and_facets_count_without_their_own(searcher: Searcher) -> None:
    """Dates include both ends; the facet of a chosen type still shows the others."""
    from datetime import date

    assert besluiten(searcher, van=date(2025, 5, 20)) == {"besluit/3"}
    assert besluiten(searcher, tot=date(2024, 4, 18)) == {"besluit/1", "besluit/2"}
    assert besluiten(searcher, van=date(2024, 4, 19), tot=date(2025, 5, 19)) == set()
    assert besluiten(searcher, bestuur=(BESTUUR,)) == {"besluit/1", "besluit/2", "besluit/3"}
    assert besluiten(searcher, bestuur=("http://nobody.example/",)) == set()
    facets = searcher.search(Query("fietspad", type=("besluiten",))).facets
    assert [(value.value, value.count) for value in facets["type"]] == [("agendapunten", 2), ("besluiten", 2)]
    assert [(value.value, value.label, value.count) for value in facets["bestuur"]] == [(BESTUUR, "Gemeente Aalter", 2)]


def test_pages_partition_the_hits_in_order_of_date(searcher: Searcher) -> None:
    """Page after page gives each hit once, newest first; beyond the last page there is nothing."""
    whole = searcher.search(Query(sort="datum", per_pagina=200))
    paged = [
        hit
        for number in range(1, whole.total + 1)
        for hit in searcher.search(Query(sort="datum", pagina=number, per_pagina=1)).hits
    ]
    assert paged == list(whole.hits)
    assert [hit.datum for hit in paged] == sorted((hit.datum for hit in paged), reverse=True)
    beyond = searcher.search(Query(pagina=50, per_pagina=200))
    assert (beyond.total, beyond.hits) == (whole.total, ())
    query, followed = Query(sort="datum", per_pagina=2), list[Hit]()
    while (page := searcher.search(query)).hits:
        followed += page.hits
        if not page.next:
            break
        query = replace(query, cursor=page.next)
    assert followed == list(whole.hits)


def test_a_typing_error_finds_similar_titles_and_says_so(searcher: Searcher) -> None:
    """Similar words are tried only when nothing has the words, never for quotes or junk."""
    results = searcher.search(Query("fietspat"))
    assert results.fuzzy
    assert results.total
    assert results.notes
    assert not searcher.search(Query('"fietspat"')).total
    assert not searcher.search(Query("qqqq wxyz")).total
    assert not searcher.search(Query("fietspad")).fuzzy


def test_suggestions_complete_titles_and_names(searcher: Searcher) -> None:
    """Each word may be begun only; a title is suggested once, though agendapunt and besluit share it."""
    assert [s.title for s in searcher.suggest("aanl fie")] == ["Goedkeuring aanleg fietspad"]
    assert {s.title for s in searcher.suggest("ben")} == {"Benoît D'Haene", "Benoît D'Haene, Schepen"}
    assert searcher.suggest('"(*') == []


def test_without_an_index_there_are_no_results_yet(context: Context) -> None:
    """It is no error, and it says that it is not ready."""
    results = Searcher(context.settings).search(Query("fietspad"))
    assert (results.ready, results.total) == (False, 0)
    assert Searcher(context.settings).suggest("fie") == []


def test_what_is_withdrawn_is_not_found(context: Context, searcher: Searcher) -> None:
    """A besluit that left its page, and all of a withdrawn page, are gone; the searcher sees it without restart."""
    facts = [*sitting("april", "2024-04-18"), *decision("1", "Goedkeuring aanleg fietspad", sitting="april")]
    say(context, "https://raad.example/1", facts)
    project(context, False)
    assert besluiten(searcher) == {"besluit/1", "besluit/3"}
    assert besluiten(searcher, "dossier") == set()  # its article is gone too
    acceptance.withdraw(context, "https://raad.example/1", "test")
    project(context, False)
    assert besluiten(searcher) == {"besluit/3"}


def test_documents_follow_what_they_embed(context: Context, searcher: Searcher) -> None:
    """A renamed bestuur, a moved zitting, a person with another name: every document that shows them is made again."""
    say(context, "https://register.example/", register("Gemeente Tielt", "Annelies"), "register", "register")
    moved = [*sitting("mei", "2025-06-01"), *decision("3", "Verslagen van de schepenen", sitting="mei")]
    say(context, "https://raad.example/2", moved)
    project(context, False)
    assert besluiten(searcher, "tielt") == {"besluit/1", "besluit/2", "besluit/3"}
    assert besluiten(searcher, "aalter") == set()
    assert set(iris(searcher, "annelies")) == {"p", "md"}
    assert [h.datum for h in searcher.search(Query("verslagen", type=("besluiten",))).hits] == ["2025-06-01"]
    before = everything(context)
    project(context, True)
    assert everything(context) == before


def test_nothing_new_is_no_work(context: Context, searcher: Searcher) -> None:
    """A second run takes in nothing and leaves the index as it was."""
    generation = generations.current(context.settings.index)
    assert generation
    before = (generation / "meta.json").read_bytes()
    assert project(context, False) == 0
    assert (generation / "meta.json").read_bytes() == before


def test_a_rebuild_is_a_new_generation_that_readers_find(context: Context, searcher: Searcher) -> None:
    """Nothing of the old generation stays, since an erasure ends so; an open searcher moves on."""
    before = everything(context)
    for _ in range(3):
        project(context, True)
    assert everything(context) == before
    assert besluiten(searcher, "fietspad") == {"besluit/1", "besluit/2"}
    assert len(list(context.settings.index.glob("*-*"))) == 1


@pytest.mark.parametrize("what", ["other version", "damaged", "other database"])
def test_an_index_that_cannot_be_carried_on_is_made_again(context: Context, searcher: Searcher, what: str) -> None:
    """Another version of the analyzer, files that cannot be opened, records from elsewhere: all mean a new index."""
    folder = context.settings.index
    generation = generations.current(folder)
    assert generation
    before = everything(context)
    if what == "other version":
        generation.rename(folder / "0.0-000001")
        (folder / "current").unlink()
        (folder / "current").symlink_to("0.0-000001")
    elif what == "damaged":
        (generation / "meta.json").write_text("{")
        with pytest.raises(Busy) as caught:
            searcher.search(Query("fietspad"))
        assert caught.value.hint
    else:
        (context.settings.data / "records.sqlite").rename(context.settings.data / "old.sqlite")
        for rest in context.settings.data.glob("records.sqlite-*"):
            rest.unlink()
        context.engine.dispose()
        context = jobs.open_context(context.settings)
        publish(context)
    project(context, False)
    assert generations.current(folder) != generation
    assert everything(context) == before
    assert besluiten(searcher, "fietspad") == {"besluit/1", "besluit/2"}


def test_flipped_bytes_are_an_answer_not_a_crash(context: Context, searcher: Searcher) -> None:
    """Whatever byte of whatever file is flipped, a question gives results or Busy."""
    generation = generations.current(context.settings.index)
    assert generation
    refused = 0
    for path in sorted(generation.glob("[!.]*.*")):
        good = path.read_bytes()
        for place in range(0, len(good), max(1, len(good) // 6)):
            _put(path, good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :])
            try:
                Searcher(context.settings).search(Query("fietspad"))
            except Busy:
                refused += 1
        _put(path, good)
    assert refused


def _put(path: Path, content: bytes) -> None:
    """Put other bytes in place of a file in one step: cutting one that is mapped would kill this very process."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def test_only_one_writes(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process has the lock, projecting is Busy, and changes nothing."""
    monkeypatch.setattr(tantivy_engine, "LOCK_SECONDS", 0.0)
    publish(context)
    with lock(context.settings.index, 0, "writing"), pytest.raises(Busy):
        project(context, False)
    assert project(context, False) == 3


def test_a_crash_before_the_commit_is_replayed(
    context: Context, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was added and not committed is not visible, and comes with the next run."""
    say(context, "https://raad.example/4", decision("4", "Nieuw zwembad", sitting="april"))

    def dies(_self: TantivyWriter, _cursor: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(TantivyWriter, "commit", dies)
        with pytest.raises(KeyboardInterrupt):
            project(context, False)
    assert besluiten(searcher, "zwembad") == set()
    assert project(context, False) == 1
    assert besluiten(searcher, "zwembad") == {"besluit/4"}


CHILD = """
import sys
from pathlib import Path
from belfort.jobs import open_context
from belfort.settings import Settings
from search.engines.tantivy_index import TantivyWriter
from search.projection import projector

projector.BATCH = projector.PIECE = 1
real_replace, real_commit = TantivyWriter.replace, TantivyWriter.commit

def replace(self, *arguments):
    real_replace(self, *arguments)
    print("added", flush=True)

def commit(self, cursor):
    real_commit(self, cursor)
    print("committed", flush=True)

TantivyWriter.replace, TantivyWriter.commit = replace, commit
projector.project(open_context(Settings(data=Path(sys.argv[1]), log_level="error")), sys.argv[2] == "rebuild")
"""


def _kill_after(data: Path, how: str, line: str, times: int) -> int:
    """Project in a process of its own and kill -9 it when it said `line` so often; how often it committed."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(data), how], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as child:  # fmt: skip
        assert child.stdout
        said: list[str] = []
        for row in child.stdout:
            said.append(row.strip())
            if said.count(line) == times:
                child.send_signal(signal.SIGKILL)
        assert child.wait(30) == -signal.SIGKILL, "it ended by itself"
    return said.count("committed")


def test_kill_9_while_indexing_loses_nothing(context: Context) -> None:
    """Killed at any step of following or rebuilding, the next run completes the index to what a rebuild gives."""
    publish(context)
    project(context, False)
    seen = 3
    for number in range(10, 20):
        say(context, f"https://raad.example/{number}", decision(str(number), f"Besluit {number}", sitting="april"))
    for how, line, times in [
        ("follow", "added", 1),
        ("follow", "committed", 2),
        ("rebuild", "added", 1),
        ("follow", "added", 3),
    ]:
        committed = _kill_after(context.settings.data, how, line, times)
        now = Searcher(context.settings).revision()
        if how == "follow":
            assert now >= seen + committed, "an acknowledged commit was lost"
        seen = now
    project(context, False)
    assert Searcher(context.settings).revision() == 13
    followed = everything(context)
    project(context, True)
    assert everything(context) == followed
    assert len([hit for hit in followed if hit.title.startswith("Besluit ")]) == 10


def test_many_threads_search_while_the_index_moves(context: Context, searcher: Searcher) -> None:
    """Every answer is whole: each reader finds both besluiten on the fietspad, before and after each commit."""
    wrong: list[object] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                found = besluiten(searcher, "fietspad")
            except Exception as error:  # noqa: BLE001 - whatever it is must be reported by the main thread
                wrong.append(error)
            else:
                wrong.extend([] if found == {"besluit/1", "besluit/2"} else [found])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        say(context, f"https://raad.example/{number + 30}", decision(f"{number + 30}", "Markt", sitting="april"))
        project(context, number == 3)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_command_shows_hits_for_people_and_machines(context: Context, searcher: Searcher) -> None:
    """`belfort search` prints titles, or one JSON object with everything."""
    shown = CliRunner().invoke(command, ["fietspad", "aanleg"], obj=context.settings)
    assert shown.exit_code == 0
    assert "1 found" in shown.output
    assert "Goedkeuring aanleg fietspad" in shown.output
    machine = CliRunner().invoke(command, ["--json", "--limit", "1", "fietspad"], obj=context.settings)
    parsed = json.loads(machine.stdout)
    assert (parsed["total"], len(parsed["hits"])) == (2, 1)


def test_the_stage_runs_as_a_projection(context: Context) -> None:
    """`jobs.project` finds it by its entry point."""
    publish(context)
    assert jobs.project(context, only="index") == {"index": 3}
    assert open_index(generations.current(context.settings.index) or Path()).view().count(Plan()) > 5


def test_both_databases_give_the_same_index(any_context: Context) -> None:
    """Following and rebuilding read SQLite and PostgreSQL alike."""
    publish(any_context)
    assert project(any_context, False) == 3
    say(any_context, "https://raad.example/4", decision("4", "Nieuw zwembad", sitting="april"))
    assert project(any_context, False) == 1
    followed = everything(any_context)
    project(any_context, True)
    assert everything(any_context) == followed
    assert "Nieuw zwembad" in {hit.title for hit in followed}
