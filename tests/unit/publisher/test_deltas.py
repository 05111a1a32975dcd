"""Delta files: what is read, what is refused, and what the state becomes."""

import json
from typing import Any

import pytest

from belfort.errors import InvalidInput
from belfort.vocab import RDF, XSD
from publisher.register.deltas import Changeset, parse
from tests.support.feed import changes, triple

FEED = "http://feed.example/sync/mandatarissen"


def read(*changesets: dict[str, Any]) -> tuple[Changeset, ...]:
    return parse(json.dumps(changesets).encode(), "delta.json", FEED).changesets


def test_blank_nodes_get_the_same_iri_each_time_and_another_in_another_feed_or_file() -> None:
    """A blank node is named by feed, content and label."""
    node = {**triple("1", "A"), "subject": {"type": "bnode", "value": "b0"}}

    def name(feed: str, *more: dict[str, Any]) -> str:
        return parse(changes([], [node, *more]), "delta.json", feed).changesets[0].inserts[0][0]

    assert name(FEED) == name(FEED)
    assert len({name(FEED), name(FEED + "2"), name(FEED, triple("2", "B"))}) == 3
    assert name(FEED).startswith(f"<{FEED}#genid-")


def test_deleting_a_blank_node_deletes_nothing_and_is_reported() -> None:
    """A blank node in a delete is no wildcard: the statement is refused with its place, the rest is done."""
    node = {**triple("1", "A"), "object": {"type": "bnode", "value": "b0"}}
    delta = parse(changes([triple("2", "B"), node], []), "delta.json", FEED)
    assert delta.refused == ("$[0].deletes[1]",)
    assert len(delta.changesets[0].deletes) == 1


def bad(**change: object) -> bytes:
    return json.dumps([{"inserts": [triple("1", "A"), {**triple("85073003328", "A"), **change}]}]).encode()


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"[", "regel 1, kolom 2"),
        (b"[]]", "regel 1, kolom 3"),
        (b"\xff", "byte 0"),
        (b"[" * 200_000, "$ is te diep genest"),
        (b'[{"inserts": [], "inserts": []}]', "$ heeft een getal of sleutel"),
        (b"[" + b"9" * 5_000 + b"]", "$ heeft een getal of sleutel"),
        (b"{}", "$ is geen lijst"),
        (b"[[]]", "$[0] is geen object"),
        (b"[{}]", "$[0] heeft geen deletes"),
        (b'[{"deletes": null}]', "$[0].deletes is geen lijst"),
        (b'[{"inserts": [1]}]', "$[0].inserts[0] is geen object"),
        (bad(subject=None), "$[0].inserts[1].subject is geen object"),
        (bad(subject={"type": "literal", "value": "x"}), "$[0].inserts[1].subject.type"),
        (bad(subject={"type": "uri", "value": 1}), "$[0].inserts[1].subject.value is geen tekst"),
        (bad(subject={"type": "uri", "value": "x/relatief"}), "$[0].inserts[1].subject.value is geen volledige"),
        (bad(predicate={"type": "bnode", "value": "x"}), "$[0].inserts[1].predicate.type"),
        (bad(object={"type": "uri", "value": "http://a/b> . <x"}), "$[0].inserts[1].object.value"),
        (bad(object={"type": "uri", "value": "http://a/\u2028"}), "$[0].inserts[1].object.value"),
        (bad(object={"type": "triple", "value": "x"}), "$[0].inserts[1].object.type"),
        (bad(object={"type": "literal", "value": "x\x00"}), "$[0].inserts[1].object.value"),
        (bad(object={"type": "literal", "value": "\ud800"}), "$[0].inserts[1].object.value"),
        (bad(object={"type": "literal", "value": "x", "xml:lang": "nl nl"}), "$[0].inserts[1].object heeft een taal"),
        (bad(object={"type": "literal", "value": "x", "lang": "nl", "xml:lang": "fr"}), "twee talen"),
        (bad(object={"type": "literal", "value": "x", "lang": "nl", "datatype": XSD.date}), "ook een datatype"),
        (bad(object={"type": "literal", "value": "x", "datatype": RDF.langString}), "kan niet zonder taal"),
        (bad(object={"type": "literal", "value": "x", "datatype": "date"}), "$[0].inserts[1].object.datatype"),
        (bad(object={"type": "typed-literal", "value": "x"}), "$[0].inserts[1].object.datatype ontbreekt"),
        (bad(graph={"type": "literal", "value": "x"}), "$[0].inserts[1].graph.type"),
    ],
)
def test_a_malformed_file_is_refused_with_its_place_and_without_its_values(body: bytes, place: str) -> None:
    """The error names the file and the place in the JSON, and repeats no value of it."""
    with pytest.raises(InvalidInput) as caught:
        parse(body, "delta-7.json", FEED)
    assert "delta-7.json" in caught.value.detail
    assert place in caught.value.detail
    assert "85073003328" not in caught.value.one_line()


def test_odd_but_valid_files_are_read() -> None:
    """A byte order mark, an empty file list, an absent half and an empty language are no errors."""
    assert parse(b"\xef\xbb\xbf[]", "delta.json", FEED).changesets == ()
    inserted = read({"inserts": [triple("1", "A", lang="", datatype="")]})[0].inserts
    assert inserted[0][2] == '"A"'
    assert read({"inserts": [triple("1", 'ë "q" \\ \n\u2028')]})[0].inserts[0][2] == '"ë \\"q\\" \\\\ \\n\u2028"'
