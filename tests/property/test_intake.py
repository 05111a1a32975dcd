"""However a feed is cut into runs, repeated, delayed or interrupted, its state is the same."""

import json
import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from belfort import rdf
from belfort.jobs import Context, open_context
from belfort.records import origin
from belfort.records.database import read
from belfort.settings import Settings
from publisher.register import chain, count, listing, row
from publisher.register.deltas import parse
from publisher.register.intake import intake
from publisher.verify import verify
from tests.support.feed import Feed, triple

LITERALS = st.sampled_from(
    [{}, {"xml:lang": "nl"}, {"lang": "NL"}, {"datatype": "http://www.w3.org/2001/XMLSchema#string"}]
)
STATEMENTS = st.builds(
    lambda s, v, extra: triple(s, v, **extra), st.sampled_from("12"), st.sampled_from("AB"), LITERALS
)
CHANGESETS = st.fixed_dictionaries(
    {"deletes": st.lists(STATEMENTS, max_size=3), "inserts": st.lists(STATEMENTS, max_size=3)}
)
FILES = st.lists(st.lists(CHANGESETS, max_size=2), min_size=1, max_size=6)
"""The changesets of each file of a feed."""


def naive(files: list[list[dict[str, Any]]]) -> set[tuple[str, str, str]]:
    """The state by the definition, with no code of the intake: a set of (subject, text, language in lower case)."""
    state: set[tuple[str, str, str]] = set()

    def key(one: dict[str, Any]) -> tuple[str, str, str]:
        term = one["object"]
        return one["subject"]["value"], term["value"], (term.get("xml:lang") or term.get("lang") or "").lower()

    for changesets in files:
        for changeset in changesets:
            state -= {key(one) for one in changeset["deletes"]}
            state |= {key(one) for one in changeset["inserts"]}
    return state


def seen(lines: list[str]) -> set[tuple[str, str, str]]:
    found = set()
    for line in lines:
        subject, _, term = line.split(" ")[:3]
        _, text, suffix = term.split('"')
        found.add((subject[1:-1], text, suffix.removeprefix("@").lower()))
    assert len(found) == len(lines)
    return found


def said(context: Context, feed: Feed) -> list[str]:
    with read(context.engine) as connection:
        speaker = origin.find(connection, listing.feed_iri(feed.source.url))
        if speaker is None or speaker.current is None:
            return []
        with chain.replayed(context, connection, speaker.current) as state:
            return [line for _, one in state.every() for line in row.lines(one)]


@given(files=FILES, data=st.data())
@settings(max_examples=200, deadline=None)
def test_the_newest_word_wins_in_any_order(files: list[list[dict[str, Any]]], data: st.DataObject) -> None:
    """Heard in their order, in any other, or some twice, the operations end in the naive state."""
    operations = []
    for number, changesets in enumerate(files):
        delta = parse(json.dumps(changesets).encode(), "delta.json", "http://feed.example/f")
        for place, changeset in enumerate(delta.changesets):
            for kind, triples in ((row.TAKEN_BACK, changeset.deletes), (row.SAID, changeset.inserts)):
                operations += [(f"{number:06d} {place:06d} {kind}", rdf.line(one)) for one in triples]
    for order in (operations, data.draw(st.permutations(operations + operations[: data.draw(st.integers(0, 9))]))):
        heard: row.Row = {}
        for stamp, line in order:
            row.put(heard, stamp, line, "")
            if data.draw(st.booleans()):
                heard = row.read(row.write(heard))
        assert seen(row.lines(heard)) == naive(files)


class Killed(BaseException):
    """The process died here."""


@given(files=FILES, data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_cut_delay_or_crash_ends_in_the_same_state(files: list[list[dict[str, Any]]], data: st.DataObject) -> None:
    """Files that appear in any order, in any number of runs, with crashes at any point, end in the naive state."""
    arrival = data.draw(st.permutations(range(len(files))))
    with tempfile.TemporaryDirectory() as folder:
        context = open_context(Settings(data=Path(folder), log_level="error"))
        feed = Feed()
        for number in arrival:
            feed.add(f"k{number}", json.dumps(files[number]).encode(), number=number)
            crash = data.draw(st.sampled_from(["", "", "download", "merge", "not now"]))
            if crash == "not now":
                continue
            with pytest.MonkeyPatch.context() as patch:
                _run(context, feed, crash, patch)
        intake(context, feed.source, fetch=feed)
        assert seen(said(context, feed)) == naive(files)
        assert len(feed.downloads) >= len(files)
        assert list(verify(context)) == []
        context.engine.dispose()


def _run(context: Context, feed: Feed, crash: str, patch: pytest.MonkeyPatch) -> None:
    def die(*_arguments: object, **_rest: object) -> Any:
        raise Killed

    if crash == "merge":
        patch.setattr(count, "_merge", die)

    def fetch(settings: Settings, url: str, **_rest: Any) -> Any:
        if crash == "download" and url.endswith("/download"):
            raise Killed
        return feed(settings, url)

    try:
        intake(context, feed.source, fetch=fetch)
    except Killed:
        return
