"""Graphs that differ only in blank node labels are equal in canonical form; poison is refused in time."""

import itertools
import time

import pytest

from belfort.rdf import Triple
from harvester.canonical_form import Poison, canonical_lines

P = "<http://p/>"


def test_labels_do_not_matter() -> None:
    """Other labels in another order give the same lines; another shape does not."""
    chain = [
        ("_:a", P, "_:b"),
        ("_:b", P, '"2024-04-15T18:00:00.0000000Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'),
    ]
    renamed = [(s.replace("a", "z"), p, o.replace("_:b", "_:q")) for s, p, o in chain[:1]] + [("_:q", *chain[1][1:])]
    assert canonical_lines(chain) == canonical_lines(list(reversed(renamed)))
    assert canonical_lines(chain) != canonical_lines([("_:a", P, "_:a"), ("_:a", *chain[1][1:])])
    assert any(".0000000Z" in line for line in canonical_lines(chain))


def test_without_blank_nodes_it_is_sorting() -> None:
    """A graph without blank nodes needs no child process."""
    assert canonical_lines([("<http://b>", P, '"1"'), ("<http://a>", P, '"1"')]) == [
        f'<http://a> {P} "1" .', f'<http://b> {P} "1" .',
    ]  # fmt: skip


def test_poison_is_refused_in_time() -> None:
    """A clique of blank nodes, on which RDFC-1.0 tries every order, ends in an error soon after its deadline."""
    clique: list[Triple] = [(f"_:n{a}", P, f"_:n{b}") for a, b in itertools.permutations(range(12), 2)]
    start = time.monotonic()
    with pytest.raises(Poison):
        canonical_lines(clique, seconds=0.5)
    assert time.monotonic() - start < 10


def test_cap_on_blank_nodes() -> None:
    """More blank nodes than the cap are refused before any work."""
    with pytest.raises(Poison, match="3 blanco knopen"):
        canonical_lines([("_:a", P, "_:b"), ("_:b", P, "_:c")], most=2)
