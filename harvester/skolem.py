"""Blank nodes become IRIs of their page, the same at every reading, also when something else on the page changes.

An IRI is `<page>#genid-<24 hex>`. The hash is made of what the node says (its literals and names, through blank nodes
below it) and of how one comes to it (the named subject and the predicate that lead to it, through blank nodes above
it), so it does not depend on its siblings. Both are computed in a fixed number of rounds: cycles end, and neither the
size nor the shape of the rest of the page matters. Nodes that stay equal are told apart by their order.
Source: https://www.w3.org/TR/rdf11-concepts/#section-skolemization (the form of the IRI is ours).
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from belfort.rdf import TYPE, Triple

# How far the hash looks through blank nodes, up and down.
ROUNDS = 8
_LENGTH = 24

Edges = dict[str, list[tuple[str, str]]]


def skolemise(triples: Iterable[Triple], page: str) -> list[Triple]:
    """The triples with an IRI for each blank node; `page` is the address of the page, without fragment."""
    listed = list(triples)
    return renamed(listed, skolem_iris(listed, page))


def skolem_iris(triples: list[Triple], page: str) -> dict[str, str]:
    """Blank node → its IRI, in document order."""
    unnamed = [triple for triple in triples if triple[0][0] == "_" or triple[2][0] == "_"]
    return {node: f"<{page}#genid-{name}>" for node, name in _names(unnamed).items()} if unnamed else {}


def renamed(triples: list[Triple], names: Mapping[str, str]) -> list[Triple]:
    """The triples with these names for blank nodes; the same list when there are none."""
    if not names:
        return triples
    return [
        (names.get(s, s), p, names.get(o, o)) if s[0] == "_" or o[0] == "_" else triple
        for triple in triples
        for s, p, o in (triple,)
    ]


def _names(triples: list[Triple]) -> dict[str, str]:
    """Blank node → 24 hexadecimal digits, in document order; each of the triples has a blank node."""
    own: dict[str, list[str]] = {}
    named: dict[str, list[str]] = {}
    to: dict[str, list[str]] = {}
    below: Edges = {}
    above: Edges = {}
    for s, p, o in triples:
        from_blank, to_blank = s[0] == "_", o[0] == "_"
        if from_blank:
            own.setdefault(s, [])
        if to_blank:
            own.setdefault(o, [])
        if from_blank and to_blank:
            below.setdefault(s, []).append((p, o))
            above.setdefault(o, []).append((p, s))
        elif from_blank:
            named.setdefault(s, []).append(f"{p} {o}")
            if p == TYPE or o[0] == '"':
                own[s].append(f"{p} {o}")
        else:
            to.setdefault(o, []).append(f"{s} {p}")
    said = {node: _hash(sorted(rows)) for node, rows in own.items()} if above else {}
    content = _spread({node: _hash(sorted(named.get(node, ()))) for node in own}, below)
    path = _spread({node: _hash(sorted(to.get(node, ()))) for node in own}, above, said)
    return _told_apart({node: _hash([content[node], path[node]]) for node in own})


def _spread(start: dict[str, str], edges: Edges, along: dict[str, str] | None = None) -> dict[str, str]:
    """The hash of each node after it took in those of its neighbours, `ROUNDS` times.

    `along` adds what the neighbour itself says.
    """
    if not edges:
        return start
    current = start
    for _ in range(ROUNDS):
        later = dict(start)
        for node, neighbours in edges.items():
            rows = sorted(f"{p} {current[other]}{along[other] if along else ''}" for p, other in neighbours)
            later[node] = _hash([start[node], *rows])
        if later == current:  # every further round would say the same
            break
        current = later
    return current


def _told_apart(hashes: dict[str, str]) -> dict[str, str]:
    seen: Counter[str] = Counter()
    names = {}
    for node, digest in hashes.items():
        number = seen[digest]
        seen[digest] += 1
        names[node] = (_hash([digest, str(number)]) if number else digest)[:_LENGTH]
    return names


def _hash(rows: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


def unskolemised(triples: Iterable[Triple], page: str) -> list[Triple]:
    """The triples with their blank nodes back, in place of the IRIs that `skolemise` made on that page."""
    start = f"<{page}#genid-"

    def back(term: str) -> str:
        return f"_:g{term[len(start) : -1]}" if term.startswith(start) else term

    return [(back(s), p, back(o)) for s, p, o in triples]
