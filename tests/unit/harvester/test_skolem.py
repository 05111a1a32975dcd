"""Blank nodes become IRIs that stay the same."""

import re
import time

from belfort.rdf import Triple
from harvester.skolem import skolemise

PAGE = "https://a.example/p"
P, Q, NAME = "<urn:p>", "<urn:q>", "<urn:name>"


def iris(triples: list[Triple]) -> set[str]:
    """The IRIs that blank nodes became."""
    return {term for triple in skolemise(triples, PAGE) for term in triple if "#genid-" in term}


def test_form() -> None:
    """The IRI is that of the page with 24 hexadecimal digits; other terms stay as they are."""
    (triple,) = skolemise([("<urn:a>", P, "_:b0")], PAGE)
    assert triple[:2] == ("<urn:a>", P)
    assert re.fullmatch(rf"<{PAGE}#genid-[0-9a-f]{{24}}>", triple[2])


def test_labels_do_not_matter() -> None:
    """The same graph with other labels gives the same IRIs."""
    first = [("<urn:a>", P, "_:b0"), ("_:b0", Q, "_:b1"), ("_:b1", NAME, '"x"')]
    second = [("<urn:a>", P, "_:x"), ("_:x", Q, "_:b0"), ("_:b0", NAME, '"x"')]
    assert skolemise(first, PAGE) == skolemise(second, PAGE)


def test_content_and_path_tell_nodes_apart() -> None:
    """Equal content below other subjects or predicates gives other IRIs, also two blank nodes down."""
    triples = [
        triple
        for n, (subject, predicate) in enumerate([("<urn:a>", P), ("<urn:b>", P), ("<urn:a>", Q)])
        for triple in [
            (subject, predicate, f"_:o{n}"), (f"_:o{n}", P, f"_:i{n}"), (f"_:i{n}", NAME, '"x"'),
        ]
    ]  # fmt: skip
    assert len(iris(triples)) == 6
    for kept in ("<urn:a>", "<urn:b>"):
        outer = {o for s, _, o in triples if s == kept}
        inner = {o for s, _, o in triples if s in outer}
        rest = [t for t in triples if t[0] == kept or t[0] in outer or t[0] in inner]
        assert iris(rest) <= iris(triples)


def test_equal_nodes_stay_distinct() -> None:
    """Nodes that nothing tells apart get an IRI each, in document order."""
    three = [("<urn:a>", P, f"_:b{n}") for n in range(3)]
    assert len(iris(three)) == 3
    assert iris(three[:2]) < iris(three)


def test_cycles_and_cliques_end() -> None:
    """Circles, and eight nodes that are all linked with each other, end at once with distinct IRIs."""
    circle = [(f"_:b{n}", P, f"_:b{(n + 1) % 50}") for n in range(50)]
    clique = [(f"_:b{a}", P, f"_:b{b}") for a in range(8) for b in range(8)]
    assert len(iris(circle)) == 50
    assert len(iris(clique)) == 8


def test_thousands_of_nodes() -> None:
    """A list of 5,000 cells and 5,000 single nodes take seconds at the very most."""
    cells: list[Triple] = [(f"_:c{n}", P, f"_:c{n + 1}") for n in range(5_000)]
    single: list[Triple] = [("<urn:a>", Q, f"_:s{n}") for n in range(5_000)]
    start = time.process_time()
    assert len(iris(cells + single)) == 10_001
    assert time.process_time() - start < 5
