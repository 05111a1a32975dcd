"""Reading in a killable child: same answer, one process for many pages, and no page can take it down for good."""

import os
import signal
from collections.abc import Iterator

import pytest

from belfort.settings import Settings
from harvester.extract import extract
from harvester.reading import Reader
from tests.support.pages import PAGE, URL


@pytest.fixture
def reader(settings: Settings) -> Iterator[Reader]:
    """A reader that is closed after the test."""
    reader = Reader(settings)
    yield reader
    reader.close()


def test_same_as_in_this_process(reader: Reader) -> None:
    """The child gives what `extract` gives: lines, links, repairs and issues."""
    html = (
        PAGE.replace('prefix="', 'data-prefix="')
        + '<a property="besluit:heeftAgenda" href="/a" resource="#a">'
        '<p about="/a b" property="dc:title">\ud83d</p>'.encode("utf-8", "replace").decode()
    )
    for repair in (True, False):
        assert reader.read(html.encode(), URL, "text/html", repair) == extract(
            html.encode(), URL, content_type="text/html", repair=repair
        )
    without = ["q6-default-prefixes"]
    assert reader.read(html.encode(), URL, without=without) == extract(html.encode(), URL, without=without)


def test_one_process_for_many_pages(reader: Reader) -> None:
    """The child is reused."""
    reader.read(b"", URL)
    first = reader._worker.pid
    reader.read(PAGE.encode(), URL)
    assert first
    assert reader._worker.pid == first


def test_too_slow() -> None:
    """A page that takes longer than it may is an issue, its process is really gone, and the next page is read."""
    reader = Reader(Settings(extract_seconds=0.5))
    try:
        reader.read(b"", URL)
        first = reader._worker.pid
        found = reader.read(b"<p " + b" ".join(b"a%d='>'" % n for n in range(60_000)) + b">", URL)
        assert [one.code for one in found.issues] == ["too-slow"]
        assert not found.says_something
        assert first
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
        assert reader.read(PAGE.encode(), URL).counts["besluiten"] == 2
    finally:
        reader.close()


def test_too_much_memory() -> None:
    """A page that asks for more memory than it may have is an issue; the next page is read as ever."""
    reader = Reader(Settings(extract_memory=2**28))
    try:
        found = reader.read(b'<p property="dc:title">x</p>' * 1_000_000, URL)
        assert [one.code for one in found.issues] == ["crashed"]
        assert reader.read(PAGE.encode(), URL).counts["besluiten"] == 2
    finally:
        reader.close()


def test_killed_from_outside(reader: Reader) -> None:
    """When someone kills the child, the next page gets another."""
    reader.read(b"", URL)
    pid = reader._worker.pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, os.WNOHANG)
    results = [reader.read(PAGE.encode(), URL) for _ in range(2)]
    assert results[-1].counts["besluiten"] == 2
