"""Which typed entity of a page stands in which, by the elements that typed them."""

from typing import TYPE_CHECKING

from belfort.rdf import TYPE
from harvester.rdfa import Parsed
from harvester.repairs.page import Nested

if TYPE_CHECKING:
    from harvester.rdfa.element import Element

# So many entities around one are looked at.
_NEAREST = 16


def nesting(parsed: Parsed, renamed: dict[str, str]) -> list[Nested]:
    """The typed entities in document order, each with those around it; `renamed` has the IRIs that were repaired."""
    places = parsed.places
    ends = [*places.starts[1:], len(places.raw)]
    typed: dict[int, str] = {}
    for element, start, end in zip(places.elements, places.starts, ends, strict=True):
        subject = next((s for s, p, _ in places.raw[start:end] if p == TYPE), None)
        if subject is not None:
            typed[_key(element)] = str(renamed.get(subject, subject))
    chains: dict[int, Chain] = {}
    found = []
    for element in places.elements:
        entity = typed.get(_key(element))
        if entity is not None:
            found.append(Nested(entity, _listed(_around(element, typed, chains))))
    return found


# A typed entity and the chain of those around it.
Chain = tuple[str, "Chain"] | None


def _around(element: "Element", typed: dict[int, str], chains: dict[int, Chain]) -> Chain:
    """The chain around an element; `chains` has those of the elements that were passed before, itself included."""
    path = []
    node: Element | None = element.parent
    while node is not None and _key(node) not in chains:
        path.append(node)
        node = node.parent
    chain = chains[_key(node)] if node is not None else None
    for node in reversed(path):
        entity = typed.get(_key(node))
        if entity is not None:
            chain = entity, chain
        chains[_key(node)] = chain
    return chain


def _listed(chain: Chain) -> list[str]:
    around: list[str] = []
    while chain is not None and len(around) < _NEAREST:
        around.append(chain[0])
        chain = chain[1]
    return around


def _key(element: "Element") -> int:
    """What tells elements apart: lexbor gives a new object for the same element at every step."""
    return int(getattr(element, "mem_id", 0)) or id(element)
