"""A register feed from its files to the submission and the public data."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from belfort import acceptance, jobs
from belfort.errors import Busy, Damaged, FetchError, InvalidInput, NotFound, UsageError
from belfort.jobs import Context
from belfort.records import feed_file, ledger, origin, source, submission
from belfort.records.database import read, write
from belfort.records.entity import entity
from belfort.records.issue import issue
from publisher.register import chain, count, listing, row
from publisher.register.command import intake as command
from publisher.register.intake import Given, IntakeResult, Wish, import_files, intake
from publisher.verify import verify
from tests.support.feed import PERSON, Answer, Feed, changes, served, triple


def run(context: Context, feed: Feed, *, force: bool = False) -> IntakeResult:
    return intake(context, feed.source, fetch=feed, wish=Wish(accept=force))


def said(context: Context, feed: Feed) -> list[str]:
    """The lines of the submission that counts."""
    return lines_of(context, listing.feed_iri(feed.source.url))


def lines_of(context: Context, iri: str) -> list[str]:
    with read(context.engine) as connection:
        speaker = origin.find(connection, iri)
        assert speaker
        assert speaker.current
        with chain.replayed(context, connection, speaker.current) as state:
            found = sorted(line for _, one in state.every() for line in row.lines(one))
    with chain.opened(context, iri) as state:
        assert sorted(line for _, one in state.every() for line in row.lines(one)) == found
    return found


def submissions(context: Context) -> int:
    with read(context.engine) as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(submission.submission)).scalar_one())


def codes(context: Context) -> list[str]:
    with read(context.engine) as connection:
        rows = connection.execute(sa.select(issue.c.code).where(issue.c.stage.in_(("intake", "feed"))))
        return sorted(rows.scalars())


def names(rows: list[str]) -> list[str]:
    return sorted(row.split('"')[1] for row in rows)


def people(count: int) -> list[dict[str, object]]:
    return [triple(str(n), f"N{n}") for n in range(count)]


def test_a_feed_becomes_one_submission_and_the_same_files_again_nothing(any_context: Context) -> None:
    """All new files of a run are one submission; a second run asks for no file and writes nothing."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A"), triple("2", "B")]))
    feed.add("b", changes([triple("1", "A")], [triple("1", "Z")]), number=1)
    first = run(any_context, feed)
    assert (first.files, first.inserts, first.deletes, first.no_ops, first.held) == (2, 3, 1, 0, 0)
    assert names(said(any_context, feed)) == ["B", "Z"]
    asked = len(feed.downloads)
    assert run(any_context, feed) == IntakeResult()
    assert len(feed.downloads) == asked == 2
    assert submissions(any_context) == 1
    with read(any_context.engine) as connection:
        files = feed_file.of_source(connection, "mandatarissen")
        assert [file.id for file in files] == ["a", "b"]
        assert all(file.applied for file in files)
        assert [any_context.blobs.get(file.digest) for file in files] == [body for _, _, body in feed.files.values()]
        assert list(ledger.broken_links(connection)) == []
    any_context.engine.dispose()


def test_what_is_public_becomes_an_entity_and_what_is_private_does_not(context: Context, shared: Path) -> None:
    """The synthetic file with canaries is sealed as a whole; no canary is in the public entities."""
    body = (shared / "data/delta/delta-synthetic-with-canaries.json").read_bytes()
    feed = Feed()
    feed.add("a", body)
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    person = f"{PERSON}synthetic-0001"

    def link(subject: str, predicate: str, term: str) -> dict[str, object]:
        return {
            "subject": {"type": "uri", "value": subject},
            "predicate": {"type": "uri", "value": predicate},
            "object": {"type": "uri", "value": term},
        }

    mandataris = "http://data.lblod.info/id/mandatarissen/1"
    mandaat = "http://data.vlaanderen.be/ns/mandaat#"
    role = [
        link(mandataris, kind, f"{mandaat}Mandataris"),
        link(mandataris, f"{mandaat}isBestuurlijkeAliasVan", person),
    ]
    feed.add("b", changes([], role), number=1)
    result = run(context, feed)
    assert result.change is not None
    assert any("85073003328" in row for row in said(context, feed))
    with read(context.engine) as connection:
        public = connection.execute(sa.select(entity.c.iri, entity.c.lines)).all()
    text = "\n".join(row.lines for row in public)
    assert person in {row.iri for row in public}
    assert '"Zoé"@nl' in text
    for canary in ("85073003328", "85.07.30", "1985-07-30"):
        assert canary not in text


def test_the_next_run_starts_from_the_state_before(context: Context) -> None:
    """A run with one more file reads only that one, and tells only what it did."""
    feed = Feed()
    feed.add("a", changes([], people(3)))
    run(context, feed)
    feed.add("b", changes([triple("0", "N0"), triple("9", "onbekend")], []), created="2026-01-05T08:00:20.000Z")
    result = run(context, feed)
    assert (result.files, result.deletes, result.no_ops) == (1, 1, 1)
    assert feed.downloads == ["a", "b"]
    assert names(said(context, feed)) == ["N1", "N2"]


def test_a_late_file_is_taken_in_at_its_place(context: Context) -> None:
    """A file older than one that counts changes only what nothing newer spoke of, and asks for no other file."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]), created="2026-01-05T08:00:00.000Z")
    feed.add("c", changes([triple("1", "B")], [triple("1", "C")]), created="2026-01-05T08:02:00.000Z")
    run(context, feed)
    assert names(said(context, feed)) == ["A", "C"]
    feed.add("b", changes([triple("1", "A")], [triple("1", "B")]), created="2026-01-05T08:01:00.000Z")
    result = run(context, feed)
    assert names(said(context, feed)) == ["C"]
    assert (result.files, result.inserts, result.deletes, result.no_ops) == (1, 0, 1, 1)
    assert feed.downloads == ["a", "c", "b"]


def test_a_malformed_file_stops_the_run_before_it(context: Context) -> None:
    """What came before counts, the file and what follows wait, and the next run tries it again."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))
    feed.add("b", b'[{"inserts": [{"subject": 7}]}]', number=1)
    feed.add("c", changes([], [triple("3", "C")]), number=2)
    result = run(context, feed)
    assert result.files == 1
    assert isinstance(result.stopped, InvalidInput)
    assert "delta-2026-01-05T08:00:10.123Z-1.json: $[0].inserts[0].subject" in result.stopped.one_line()
    assert names(said(context, feed)) == ["A"]
    assert codes(context) == ["file-malformed"]
    again = run(context, feed)
    assert (again.files, again.submission) == (0, None)
    assert codes(context) == ["file-malformed"]
    feed.add("b", changes([], [triple("2", "B")]), number=1)
    assert run(context, feed).files == 2
    assert names(said(context, feed)) == ["A", "B", "C"]
    assert codes(context) == []


def test_a_late_malformed_file_takes_nothing_away(context: Context) -> None:
    """Files that count stay counted when a malformed file turns up before them."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]), created="2026-01-05T08:00:00.000Z")
    feed.add("c", changes([], [triple("3", "C")]), created="2026-01-05T08:02:00.000Z")
    run(context, feed)
    feed.add("b", b"[", created="2026-01-05T08:01:00.000Z")
    assert run(context, feed).stopped is not None
    assert names(said(context, feed)) == ["A", "C"]


def test_a_file_that_cannot_be_had_stops_the_run_and_is_asked_again(context: Context) -> None:
    """A failed download is the reason of the stop; later runs resume without asking again for what they have."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))
    feed.add("b", changes([], [triple("2", "B")]), number=1)

    def failing(settings: object, url: str, **rest: object) -> Answer:
        return Answer(503, b"") if "/files/b/" in url else feed(context.settings, url)

    result = intake(context, feed.source, fetch=failing)
    assert isinstance(result.stopped, FetchError)
    assert codes(context) == ["file-fetch-failed"]
    assert run(context, feed).files == 1
    assert feed.downloads == ["a", "b"]


def test_a_mass_delete_waits_until_it_is_forced(context: Context) -> None:
    """A run that removes more than half of the subjects changes nothing, says so, and passes with force."""
    feed = Feed()
    feed.add("a", changes([], people(30)))
    run(context, feed)
    feed.add("b", changes(people(16), []), number=1)
    held = run(context, feed)
    assert (held.held, held.files, held.submission) == (1, 0, None)
    assert len(said(context, feed)) == 30
    assert codes(context) == ["mass-delete"]
    assert run(context, feed).held == 1
    assert run(context, feed, force=True).deletes == 16
    assert len(said(context, feed)) == 14
    assert codes(context) == []
    assert feed.downloads == ["a", "b"]


def test_half_of_a_feed_or_most_of_a_small_one_may_go(context: Context) -> None:
    """The guard looks at more than half of more than twenty subjects, after the whole run."""
    feed = Feed()
    feed.add("a", changes([], people(30)))
    feed.add("b", changes(people(30), []), number=1)
    feed.add("c", changes([], people(30)), number=2)
    feed.add("d", changes(people(15), []), number=3)
    assert run(context, feed).held == 0
    assert len(said(context, feed)) == 15
    feed.add("e", changes([triple(str(n), f"N{n}") for n in range(15, 30)], []), number=4)
    assert run(context, feed).deletes == 15
    assert said(context, feed) == []


def test_a_delete_of_a_blank_node_is_an_issue(context: Context) -> None:
    """It is counted, reported with its place, and deletes nothing."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))
    node = {**triple("1", "A"), "subject": {"type": "bnode", "value": "b"}}
    feed.add("b", changes([node, node], []), number=1)
    assert run(context, feed).refused == 2
    assert names(said(context, feed)) == ["A"]
    with read(context.engine) as connection:
        row = connection.execute(sa.select(issue).where(issue.c.code == "blank-node-delete")).one()
    assert row.count == 2
    assert "$[0].deletes[0]" in row.place


def test_a_crash_before_the_commit_leaves_everything_as_it_was(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the process dies in the transaction no file counts; the next run comes to the same end."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(count, "_merge", die)
        with pytest.raises(KeyboardInterrupt):
            run(context, feed)
    with read(context.engine) as connection:
        assert [file.applied for file in feed_file.of_source(connection, "mandatarissen")] == [""]
        assert origin.find(connection, listing.feed_iri(feed.source.url)) is None
    assert run(context, feed).files == 1
    assert names(said(context, feed)) == ["A"]
    assert feed.downloads == ["a"]


def test_two_runs_at_once_never_lose_a_file(context: Context) -> None:
    """A run that finds that another one finished in the meantime stops with Busy, and nothing of it counts."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))

    def slow(settings: object, url: str, **rest: object) -> Answer:
        answer = feed(context.settings, url)
        if url.endswith("/a/download"):
            feed.add("b", changes([], [triple("2", "B")]), number=1)
            assert run(context, feed).files == 2
        return answer

    with pytest.raises(Busy):
        intake(context, feed.source, fetch=slow)
    assert names(said(context, feed)) == ["A", "B"]
    assert run(context, feed) == IntakeResult()


def test_a_withdrawn_feed_is_folded_again_when_it_speaks(context: Context) -> None:
    """After a withdrawal nothing happens without news; with news the whole feed counts again."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))
    run(context, feed)
    acceptance.withdraw(context, listing.feed_iri(feed.source.url), "test")
    assert run(context, feed) == IntakeResult()
    feed.add("b", changes([], [triple("2", "B")]), number=1)
    run(context, feed)
    assert names(said(context, feed)) == ["A", "B"]


def test_a_damaged_patch_is_named_and_nothing_follows_from_it(context: Context) -> None:
    """When the private state is lost and a patch of the chain is damaged, a run stops, and what is public stays."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))
    run(context, feed)
    with read(context.engine) as connection:
        digest = connection.execute(sa.select(submission.submission.c.quads)).scalar_one()
    shutil.rmtree(context.settings.private / "registers")
    context.blobs.path(digest).write_bytes(b"x")
    feed.add("b", changes([], [triple("2", "B")]), number=1)
    with pytest.raises(Damaged, match=digest):
        run(context, feed)
    assert any(digest in fault for fault in verify(context))


def test_a_lost_or_broken_state_is_made_again(context: Context) -> None:
    """The private file is derived: without it, or with rubbish in it, the next run comes to the same end."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))
    run(context, feed)
    for number, damage in enumerate((Path.unlink, lambda path: path.write_bytes(b"rubbish" * 4096)), 1):
        (found,) = (context.settings.private / "registers").glob("*/state.sqlite")
        damage(found)
        feed.add(f"b{number}", changes([], [triple(f"{number}", "B")]), number=number)
        assert run(context, feed).inserts == 1
    assert names(said(context, feed)) == ["A", "B", "B"]
    assert list(verify(context)) == []


def test_an_empty_or_broken_listing_takes_nothing_away(context: Context) -> None:
    """A feed that suddenly lists nothing keeps what it said; one that answers nonsense is an error and an issue."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))
    run(context, feed)
    feed.files.clear()
    assert run(context, feed) == IntakeResult()
    assert names(said(context, feed)) == ["A"]
    with pytest.raises(InvalidInput, match="regel 1"):
        intake(context, feed.source, fetch=lambda *_, **__: Answer(200, b"<html>"))
    assert codes(context) == ["listing-malformed"]
    with pytest.raises(FetchError, match="antwoordt 404"):
        intake(context, replace(feed.source, url="http://feed.example/fout"), fetch=feed)
    run(context, feed)
    assert "listing-malformed" not in codes(context)


def test_only_a_register_is_taken_in(context: Context) -> None:
    """A site is crawled, not taken in."""
    with pytest.raises(UsageError, match="not a register"):
        intake(context, replace(Feed().source, kind="site"), fetch=Feed())


def test_files_from_disk_join_the_feed_at_the_place_of_their_name(context: Context, tmp_path: Path) -> None:
    """An imported file counts once, and a file without a moment in its name comes last."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]), created="2026-01-05T08:00:00.000Z")
    feed.add("c", changes([triple("1", "B")], [triple("1", "C")]), created="2026-01-05T08:02:00.000Z")
    with write(context.engine) as connection:
        source.put(connection, feed.source)
    run(context, feed)
    middle, last = tmp_path / "delta-2026-01-05T08:01:00.000Z-0.json", tmp_path / "handwerk.json"
    middle.write_bytes(changes([triple("1", "A")], [triple("1", "B")]))
    last.write_bytes(changes([], [triple("2", "D")]))
    assert import_files(context, Given("mandatarissen", [last, middle])).files == 2
    assert names(said(context, feed)) == ["C", "D"]
    assert import_files(context, Given("mandatarissen", [middle, last])) == IntakeResult()
    with pytest.raises(NotFound):
        import_files(context, Given("mandatarissen", [tmp_path / "weg.json"]))
    with pytest.raises(NotFound, match="no source"):
        import_files(context, Given("onbekend", [last]))


def test_the_queued_stage_takes_in_over_http(context: Context) -> None:
    """A job `intake` fetches listing and files from a real server through the guarded client."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))
    with served(feed) as host:
        with write(context.engine) as connection:
            source.put(connection, replace(feed.source, allow=host))
            jobs.enqueue(connection, "intake", "mandatarissen", {"source": "mandatarissen"})
        results = [result for _, result in jobs.drain(context)]
    assert [result.files for result in results if isinstance(result, IntakeResult)] == [1]
    assert names(said(context, feed)) == ["A"]


def test_the_command_says_what_happened(context: Context, tmp_path: Path) -> None:
    """Files in, one JSON object out; an unknown name or malformed file is one clear error."""
    path = tmp_path / "delta.json"
    path.write_bytes(changes([], [triple("1", "A")]))

    def call(*arguments: str) -> tuple[str, BaseException | None]:
        done = CliRunner().invoke(command, [*arguments, "--no-project"], obj=context.settings)
        return done.output, done.exception

    output, error = call(str(path), "--json")
    assert error is None
    assert {k: json.loads(output)[k] for k in ("files", "inserts", "held")} == {"files": 1, "inserts": 1, "held": 0}
    assert call(str(path))[0].startswith("0 files taken in")
    assert len(lines_of(context, "urn:belfort:register:import")) == 1
    assert isinstance(call("mandatarisen")[1], NotFound)
    path.write_bytes(b"[")
    assert isinstance(call(str(path))[1], InvalidInput)
