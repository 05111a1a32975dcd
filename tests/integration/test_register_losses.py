"""Every loss that the reference producers and consumers document (publisher.md §6.3, §6.4), and that it is not ours."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from belfort.jobs import Context
from belfort.records import source
from belfort.records.database import write
from publisher.register import listing, rdf_file, run
from publisher.register.intake import Given, IntakeResult, Wish, import_files, intake
from publisher.verify import verify
from tests.support import said
from tests.support.feed import NAME, PERSON, Feed, changes, triple

START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def at(seconds: float) -> str:
    return (START + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def take(context: Context, feed: Feed, **wish: Any) -> IntakeResult:
    return intake(context, feed.source, fetch=feed, wish=Wish(**wish))


def texts(context: Context, feed: Feed) -> list[str]:
    return sorted(line.split('"')[1] for line in said.lines(context, listing.feed_iri(feed.source.url)))


def dumped(*names: tuple[str, str]) -> bytes:
    return "".join(f'<{PERSON}{key}> <{NAME}> "{text}" .\n' for key, text in names).encode()


def test_files_of_one_moment_across_a_full_page_are_not_skipped(context: Context) -> None:
    """Loss: `created > since` skips the files that share the last moment of a full page."""
    feed = Feed(page=1_000)
    for number in range(1_005):
        moment = at(number) if number < 995 else at(995)
        feed.add(f"k{number:04d}", changes([], [triple(str(number), f"N{number}")]), created=moment, number=number)
    assert take(context, feed).files == 1_005


def test_a_file_with_the_moment_of_the_cursor_is_not_skipped(context: Context) -> None:
    """Loss: a file that gets the moment of one that was seen already is never asked."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]), created=at(0))
    take(context, feed)
    feed.add("b", changes([], [triple("2", "B")]), created=at(0), number=1)
    assert take(context, feed).files == 1
    assert texts(context, feed) == ["A", "B"]


def test_deltas_that_the_producer_lost_come_back_by_the_dump(context: Context) -> None:
    """Loss: the queue of the producer lives in memory and is gone when it stops."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]), created=at(0))
    take(context, feed)
    feed.dump = ("dump-mandatarissen.ttl", at(9_000), dumped(("1", "A"), ("2", "verloren")))
    result = take(context, feed, dump="always")
    assert (result.missing, result.extra) == (1, 0)
    assert texts(context, feed) == ["A", "verloren"]
    assert take(context, feed, dump="always") == IntakeResult()


def test_a_delta_that_waited_for_the_nightly_healing_is_heard_at_its_place(context: Context) -> None:
    """Loss: deltas during the healing come later than those after it; what is newer must win."""
    feed = Feed()
    feed.add("c", changes([triple("1", "B")], [triple("1", "C")]), created=at(120))
    take(context, feed)
    feed.add("b", changes([], [triple("1", "B"), triple("2", "laat")]), created=at(60))
    take(context, feed)
    assert texts(context, feed) == ["C", "laat"]


def test_what_left_the_scope_goes_with_the_dump(context: Context) -> None:
    """Loss: when a bestuur leaves the scope of the producer, its triples stay with the consumers."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "blijft"), triple("2", "weg")]), created=at(0))
    take(context, feed)
    feed.dump = ("dump-mandatarissen.ttl", at(9_000), dumped(("1", "blijft")))
    result = take(context, feed, dump="always")
    assert (result.missing, result.extra) == (0, 1)
    assert texts(context, feed) == ["blijft"]


def test_since_is_escaped(context: Context) -> None:
    """Loss: `since` goes into a query as it stands; what we send is percent-encoded."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A")]))
    take(context, feed)
    take(context, feed)
    asked = [url.partition("since=")[2] for url in feed.asked if "since=" in url]
    assert asked
    assert not any(mark in text for text in asked for mark in ":+ \"'<>")


def test_the_order_of_the_listing_has_no_meaning(context: Context) -> None:
    """Loss: files sorted by a function that is no comparator; ours is (created, n in the name, id)."""
    feed = Feed()
    feed.add("c", changes([], [triple("1", "B")]), created=at(0), number=1)
    feed.add("a", changes([triple("1", "B")], [triple("1", "C")]), created=at(0), number=2)
    feed.add("b", changes([], [triple("1", "A")]), created=at(0), number=0)
    take(context, feed)
    assert texts(context, feed) == ["A", "C"]


def test_a_dump_of_exactly_one_batch_ends(context: Context, tmp_path: Path, monkeypatch: Any) -> None:
    """Loss: the initial sync never ends when the triples are an exact multiple of the batch."""
    monkeypatch.setattr(rdf_file, "BATCH", 10)
    monkeypatch.setattr(run, "PART", 10)
    path = tmp_path / "dump.nt"
    path.write_bytes(dumped(*((str(number), f"N{number}") for number in range(20))))
    assert import_files(context, Given("import", [path])).inserts == 20
    assert list(verify(context)) == []


def test_plain_and_typed_strings_are_one(context: Context) -> None:
    """Loss: a literal with xsd:string and one without are taken for two."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "A", datatype="http://www.w3.org/2001/XMLSchema#string")]))
    feed.add("b", changes([triple("1", "A")], []), number=1)
    take(context, feed)
    assert texts(context, feed) == []


def test_letters_with_accents_are_deleted(context: Context) -> None:
    """Loss: the delete of a string with ë fails in the store and leaves a stale triple."""
    feed = Feed()
    feed.add("a", changes([], [triple("1", "Zoë ’t Hoën 😀")]))
    feed.add("b", changes([triple("1", "Zoë ’t Hoën 😀")], [triple("1", "Zoé")]), number=1)
    take(context, feed)
    assert texts(context, feed) == ["Zoé"]


def test_blank_nodes_are_no_strings(context: Context) -> None:
    """Loss: blank nodes are written as strings; ours are IRIs of the feed."""
    feed = Feed()
    node = {**triple("1", "A"), "object": {"type": "bnode", "value": "b0"}}
    feed.add("a", changes([], [node, {**triple("1", "A"), "subject": {"type": "bnode", "value": "b0"}}]))
    take(context, feed)
    rows = said.lines(context, listing.feed_iri(feed.source.url))
    pointed = next(row.split(" ")[2] for row in rows if row.startswith(f"<{PERSON}"))
    assert pointed.startswith(f"<{feed.source.url}#genid-")
    assert any(row.startswith(pointed) for row in rows)


def test_deleting_a_type_leaves_the_rest_of_the_subject(context: Context) -> None:
    """Loss: a deleted type is mapped to the removal of the whole subject."""
    feed = Feed()
    kind = {
        **triple("1", ""), "predicate": {"type": "uri", "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"},
        "object": {"type": "uri", "value": "http://www.w3.org/ns/person#Person"},
    }  # fmt: skip
    feed.add("a", changes([], [kind, triple("1", "A")]))
    feed.add("b", changes([kind], []), number=1)
    take(context, feed)
    assert texts(context, feed) == ["A"]


def test_languages_and_rare_datatypes_are_kept(context: Context) -> None:
    """Loss: language tags and all but six datatypes are dropped on the way."""
    feed = Feed()
    rare = {"type": "typed-literal", "value": "P1Y", "datatype": "http://www.w3.org/2001/XMLSchema#duration"}
    feed.add("a", changes([], [triple("1", "Zoë", **{"xml:lang": "nl-BE"}), {**triple("2", ""), "object": rare}]))
    take(context, feed)
    rows = said.lines(context, listing.feed_iri(feed.source.url))
    assert any(row.endswith('"Zoë"@nl-BE .') for row in rows)
    assert any(row.endswith('"P1Y"^^<http://www.w3.org/2001/XMLSchema#duration> .') for row in rows)


def test_one_bad_file_does_not_take_the_rest_of_itself_in(context: Context) -> None:
    """Loss: a triple that raises is dropped in silence; here the file as a whole waits, and says where."""
    feed = Feed()
    bad = {**triple("2", "B"), "subject": {"type": "uri", "value": "geen iri"}}
    feed.add("a", changes([], [triple("1", "A"), bad]))
    result = take(context, feed)
    assert result.stopped is not None
    assert "$[0].inserts[1].subject" in result.stopped.detail
    assert texts(context, feed) == []


def test_too_much_is_never_deleted_unasked(context: Context) -> None:
    """Loss: later releases of the reference consumer had to guard against deleting too much."""
    feed = Feed()
    feed.add("a", changes([], [triple(str(n), f"N{n}") for n in range(30)]), created=at(0))
    take(context, feed)
    feed.dump = ("dump-mandatarissen.ttl", at(9_000), dumped(("1", "N1")))
    assert take(context, feed, dump="always").held == 1
    assert len(texts(context, feed)) == 30
    feed.add("b", changes([], [triple("99", "nieuw")]), created=at(9_100))
    assert take(context, feed).files == 1
    assert "nieuw" in texts(context, feed)
    assert take(context, feed, dump="always", accept=True).extra == 29
    assert texts(context, feed) == ["N1", "nieuw"]


def test_deltas_around_the_date_of_a_dump_are_not_lost(context: Context) -> None:
    """Loss: a dump is made before its date, so deltas in between are in neither; ours are heard over it."""
    feed = Feed()
    feed.add("a", changes([], [triple("2", "tussenin")]), created=at(8_900))
    feed.add("b", changes([triple("1", "A")], []), created=at(8_950), number=1)
    feed.dump = ("dump-mandatarissen.ttl", at(9_000), dumped(("1", "A"), ("3", "C")))
    with write(context.engine) as connection:
        source.put(connection, feed.source)
    take(context, feed)
    assert texts(context, feed) == ["C", "tussenin"]
    assert feed.downloads == ["dump-1", "a", "b"]
