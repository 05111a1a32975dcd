"""The listing of a feed: order, walking full pages, and what is refused."""

import json
from pathlib import Path

import pytest

from belfort.errors import FetchError, InvalidInput
from belfort.records.feed_file import FeedFile
from belfort.settings import Settings
from publisher.register import listing
from tests.support.feed import Feed

FEED = "http://feed.example/sync/mandatarissen"


def walk(feed: Feed, since: str = listing.BEGINNING) -> list[str]:
    found = listing.walk(lambda url: feed(Settings(), url).body, "m", FEED, since)
    return [file.id for file in found]


def test_files_of_one_moment_stand_in_the_order_of_their_number(shared: Path) -> None:
    """The synthetic listing has two files of one moment: number 0 comes before number 1."""
    body = (shared / "data/delta/files-listing-synthetic.json").read_bytes()
    files = listing.read_page(body, "m", FEED)
    assert [file.number for file in sorted(files, key=lambda f: f.order)] == [0, 1]
    assert {file.created for file in files} == {"2026-01-05T08:00:10.123000Z"}


def test_the_order_is_that_of_numbers_not_of_texts() -> None:
    """File 10 comes after file 9, and a moment in another zone stands where it belongs."""
    feed = Feed()
    for number in (10, 9, 2):
        feed.add(f"k{number}", b"[]", number=number)
    feed.add("late", b"[]", created="2026-01-05T09:00:10.122+01:00")
    assert walk(feed) == ["late", "k2", "k9", "k10"]


def test_a_full_page_is_walked_on_at_the_same_moment() -> None:
    """Files that share the moment at the end of a full page are not lost."""
    feed = Feed(page=100)
    for number in range(350):
        feed.add(f"k{number:03}", b"[]", created=f"2026-01-05T08:00:{number // 60:02}.000Z", number=number)
    assert walk(feed) == [f"k{number:03}" for number in range(350)]


def test_more_files_of_one_moment_than_a_page_shows_is_an_error() -> None:
    """A listing that cannot be walked to its end stops the run; nothing is skipped."""
    feed = Feed(page=100)
    for number in range(101):
        feed.add(f"k{number:03}", b"[]", number=number)
    with pytest.raises(FetchError, match="één moment"):
        walk(feed)


def test_many_files_of_one_moment_on_a_page_that_is_not_full_are_all_there_is() -> None:
    """Between 100 and 1,000 files a second question shows that nothing more is there."""
    feed = Feed(page=1_000)
    for number in range(300):
        feed.add(f"k{number:03}", b"[]", number=number)
    assert len(walk(feed)) == 300


def test_a_server_that_knows_no_since_is_asked_twice_at_most() -> None:
    """A full page without anything new, over several moments, is the whole listing."""
    data = [
        {"id": f"k{n}", "attributes": {"name": f"delta-x-{n}.json", "created": f"2026-01-05T08:00:{n % 60:02}Z"}}
        for n in range(120)
    ]
    asked: list[str] = []

    def get(url: str) -> bytes:
        asked.append(url)
        return json.dumps({"data": data}).encode()

    assert len(listing.walk(get, "m", FEED, listing.BEGINNING)) == 120
    assert len(asked) == 2


def test_the_cursor_overlaps_and_takes_its_own_moment_along() -> None:
    """The next question starts five minutes before the newest file, that moment included."""
    file = FeedFile("m", "k", "n", "2026-01-05T08:00:10.123456Z", 0, "d", "now")
    since = listing.cursor(file.created)
    assert since == "2026-01-05T07:55:10.123456Z"
    feed = Feed()
    feed.add("same", b"[]", created="2026-01-05T07:55:10.123Z")
    assert walk(feed, since) == ["same"]
    assert listing.cursor("") == listing.BEGINNING


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"<html>", "regel 1"),
        (b"{}", "$.data is geen lijst"),
        (b'{"data": [{}]}', "$.data[0].attributes is geen object"),
        (b'{"data": [{"id": "../etc", "attributes": {"name": "n", "created": "2026-01-05"}}]}', "$.data[0].id"),
        (b'{"data": [{"id": "k", "attributes": {"name": 1, "created": "2026-01-05"}}]}', "name is geen tekst"),
        (b'{"data": [{"id": "k", "attributes": {"name": "n", "created": "gisteren"}}]}', "created is geen moment"),
    ],
)
def test_an_answer_that_is_no_listing_is_refused_with_its_place(body: bytes, place: str) -> None:
    """The error names the address and the place in the JSON."""
    with pytest.raises(InvalidInput) as caught:
        listing.read_page(body, "m", f"{FEED}/files")
    assert FEED in caught.value.detail
    assert place in caught.value.detail


@pytest.mark.parametrize(
    ("url", "iri", "file"),
    [
        ("http://h:1/sync/m?x=1#y", "http://h:1/sync/m", "http://h:1/files/k/download"),
        ("https://h/base/sync/m/", "https://h/base/sync/m", "https://h/base/files/k/download"),
        ("https://h/feed", "https://h/feed", "https://h/files/k/download"),
    ],
)
def test_addresses_follow_from_the_source(url: str, iri: str, file: str) -> None:
    """The origin is the address without its query; files are at the base of the producer."""
    assert listing.feed_iri(url) == iri
    assert listing.download_url(iri, "k") == file
