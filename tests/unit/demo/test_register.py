"""The delta files of the demo have the producers' form, and the planted private values are in them."""

import json
from datetime import date
from html import unescape
from typing import Any

import pytest

from belfort import rijksregister
from belfort.rdf import TYPE
from belfort.vocab import LEIDINGGEVENDEN, MANDAAT
from demo import codes
from demo.canaries import number_forms
from demo.generate import generate
from demo.model import World
from demo.pages import all_pages
from demo.register import delta_files, planted


@pytest.fixture(scope="module")
def world() -> World:
    return generate(20261125, 4)


@pytest.fixture(scope="module")
def feeds(world: World) -> dict[str, list[Any]]:
    return {feed: [json.loads(one.body) for one in files] for feed, files in delta_files(world).items()}


def _quads(files: list[Any], side: str) -> list[Any]:
    return [quad for file in files for change in file for quad in change[side]]


def test_limits(feeds: dict[str, list[Any]]) -> None:
    """No operation has over a hundred triples, no file over ten changesets."""
    for files in feeds.values():
        assert len(files) > 2
        for file in files:
            assert 1 <= len(file) <= 10
            assert all(len(change[side]) <= 100 for change in file for side in ("deletes", "inserts"))


def test_listing_is_ascending(world: World) -> None:
    """Moments ascend; the first two files share one, as happens at real producers; every file has its own key."""
    for files in delta_files(world).values():
        created = [file.created for file in files]
        assert created == sorted(created)
        assert created[0] == created[1]
        assert len({file.id for file in files}) == len(files)
        assert all(file.name == f"delta-{file.created}-{i}.json" for i, file in enumerate(files))


def test_both_spellings(feeds: dict[str, list[Any]]) -> None:
    """Literals come as `literal` and as `typed-literal`, languages as `xml:lang` and as `lang`, graphs are optional."""
    for feed in ("organisaties", "mandatarissen", "leidinggevenden"):
        quads = _quads(feeds[feed], "inserts")
        assert {quad["object"]["type"] for quad in quads} == {"uri", "literal", "typed-literal"}
        assert {"graph" in quad for quad in quads} == {True, False}
    objects = [quad["object"] for files in feeds.values() for quad in _quads(files, "inserts")]
    assert any("xml:lang" in found for found in objects)
    assert any("lang" in found for found in objects)


def test_types_may_come_late(feeds: dict[str, list[Any]]) -> None:
    """Some subjects say something in a file before the one that gives their type."""
    files = feeds["mandatarissen"]
    typed = [
        {q["subject"]["value"] for c in file for q in c["inserts"] if f"<{q['predicate']['value']}>" == TYPE}
        for file in files
    ]
    early = {q["subject"]["value"] for c in files[0] for q in c["inserts"]} - typed[0]
    assert early & set().union(*typed[1:])


def test_deletes_name_what_is_there(world: World, feeds: dict[str, list[Any]]) -> None:
    """Every delete takes away something that the feed said before: an end, a telephone number, a language tag."""
    for feed, files in feeds.items():
        said: set[tuple[str, str, str, str]] = set()
        deletes = 0
        for file in files:
            for change in file:
                for side in ("deletes", "inserts"):
                    for quad in change[side]:
                        o = quad["object"]
                        language = o.get("xml:lang") or o.get("lang") or ""
                        key = (quad["subject"]["value"], quad["predicate"]["value"], o["value"], language)
                        if side == "deletes":
                            assert key in said, (feed, key)
                            said.remove(key)
                            deletes += 1
                        else:
                            said.add(key)
        assert deletes, feed


def test_ends_are_those_of_the_world(world: World, feeds: dict[str, list[Any]]) -> None:
    """After all changes every mandataris and functionaris has the end it has in the world."""
    expected = {m.iri: m.einde for b in world.besturen for m in (*b.mandatarissen, *b.functionarissen)}
    for feed in ("mandatarissen", "leidinggevenden"):
        ends: dict[str, str] = {}
        for file in feeds[feed]:
            for change in file:
                for quad in change["deletes"]:
                    if quad["predicate"]["value"] == MANDAAT.einde:
                        assert ends.pop(quad["subject"]["value"]) == quad["object"]["value"]
                for quad in change["inserts"]:
                    if quad["predicate"]["value"] == MANDAAT.einde:
                        assert quad["subject"]["value"] not in ends
                        ends[quad["subject"]["value"]] = quad["object"]["value"]
        assert ends
        for subject, end in ends.items():
            if not subject.endswith("c0de"):
                assert end[:10] == str(expected[subject])


def test_functionarissen(world: World, feeds: dict[str, list[Any]]) -> None:
    """Every functionaris is in the feed, with a person and a function that the organisation register knows."""
    triples = {
        (q["subject"]["value"], q["predicate"]["value"], q["object"]["value"])
        for files in feeds.values()
        for q in _quads(files, "inserts")
    }
    kind = LEIDINGGEVENDEN.Functionaris
    found = {s for s, p, o in triples if f"<{p}>" == TYPE and o == kind}
    assert len(found) == 19
    assert found == {f.iri for b in world.besturen for f in b.functionarissen}
    posts = {o for s, p, o in triples if p == LEIDINGGEVENDEN.heeftBestuursfunctie}
    assert all(o in posts for s, p, o in triples if s in found and p == "http://www.w3.org/ns/org#holds")


def test_planted_values_are_there(world: World) -> None:
    """Every planted value stands in the delta files or, the one of a besluit, on exactly one page."""
    deltas = "".join(one.body for files in delta_files(world).values() for one in files)
    pages = [unescape(page.html) for page in all_pages(world)]
    for canary in planted(world):
        in_deltas = any(form in deltas for form in canary.forms)
        on_pages = sum(any(form in page for form in canary.forms) for page in pages)
        if canary.where == "besluit":
            assert not in_deltas
            assert on_pages == 1
        else:
            assert in_deltas, canary
            assert on_pages == 0, canary


@pytest.mark.parametrize("size", [1, 2])
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_planted_in_every_world(seed: int, size: int) -> None:
    """Small worlds and other seeds have the same kinds of planted values, with other values."""
    world = generate(seed, size)
    number = next(c for c in planted(world) if c.where == "besluit")
    assert sum(number.forms[0] in page.html for page in all_pages(world)) == 1
    assert [c.kind for c in planted(world)] == [c.kind for c in planted(generate(20261125, 4))]
    assert number.value != next(c for c in planted(generate(20261125, 4)) if c.where == "besluit").value


def test_numbers_are_valid_and_possible(world: World) -> None:
    """Every planted number passes the check, in every form, and its birth date is one that exists."""
    numbers = [c for c in planted(world) if c.kind == "rijksregisternummer"]
    assert len({c.value for c in numbers}) == len(numbers) == 6
    for canary in numbers:
        assert rijksregister.is_number(canary.value)
        assert all(rijksregister.contains(form) for form in canary.forms)
        assert date(1900 + int(canary.value[:2]), int(canary.value[2:4]), int(canary.value[4:6])).year < 1970
        assert canary.forms == number_forms(canary.value)


def test_nothing_else_looks_like_a_number(world: World) -> None:
    """Apart from the planted ones there is no text that the detector takes for a rijksregisternummer."""
    planted_numbers = [c for c in planted(world) if c.kind == "rijksregisternummer"]

    def without(text: str) -> str:
        for canary in planted_numbers:
            for form in canary.forms:
                text = text.replace(form, "")
        return text

    for page in all_pages(world):
        assert not rijksregister.contains(without(page.html)), page.path
    for files in delta_files(world).values():
        for one in files:
            assert not rijksregister.contains(without(one.body)), one.name


def test_concept_is_only_a_concept(world: World, feeds: dict[str, list[Any]]) -> None:
    """The person of the concept has no mandate but that one."""
    persons = [c.value for c in planted(world) if c.kind == "concept" and c.where == "persoon"]
    quads = _quads(feeds["mandatarissen"], "inserts")
    alias = [q["subject"]["value"] for q in quads if q["object"]["value"] in persons]
    assert len(alias) == 1
    said = {q["object"]["value"] for q in quads if q["subject"]["value"] == alias[0]}
    assert codes.DRAFT in said
