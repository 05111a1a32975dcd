"""One case of the conformance suite: a question as in an address, and what it must give whatever the engine."""

from dataclasses import dataclass, field

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Case:
    """A question and its answer; what is None is not looked at.

    `q` are the words, `ask` the other parameters (`thema=sport van=2024-01-01`, short names of `search_corpus`).
    `finds` are the names of all hits in any order, `order` the same in this order, `above` pairs `a>b` that hold for
    the order by relevance. `facets` are filter → short name → count. `marked` are the marked pieces of the title of
    the only hit, `fragments` its fragments, byte for byte. `note` is part of a note, `refused` of a UsageError.
    """

    q: str = ""
    finds: str | None = None
    ask: str = ""
    order: str | None = None
    above: str = ""
    total: int | None = None
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    title: Pieces | None = None
    fragments: tuple[Pieces, ...] | None = None
    fuzzy: bool = False
    note: str | None = None
    refused: str = ""


def marked(text: str) -> Pieces:
    """Pieces from a text in which matches stand between square brackets; brackets themselves cannot be written."""
    pieces: list[tuple[str, bool]] = []
    for place, part in enumerate(text.replace("]", "[").split("[")):
        if part:
            pieces.append((part, place % 2 == 1))
    return tuple(pieces)
