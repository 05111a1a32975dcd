"""Where on the page a triple of the result is said, though repairs and skolemisation changed it on its way."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from belfort.rdf import Triple
from harvester.rdfa import Parsed, Trace

SHOWN = 160
NOWHERE = float("inf")


class Locator:
    """Finds the element of a triple: called with one, it gives a CSS selector and the text there ("" when unknown).

    `before` maps a triple of the result to the one it was before blank nodes got names; `traces` lead further back.
    """

    def __init__(self, parsed: Parsed, before: Mapping[Triple, Triple], traces: Iterable[Trace]) -> None:
        self._places = parsed.places
        self._before = before
        self._repaired = {trace.after: trace.before for trace in traces}
        self._first: dict[Triple, int] = {}
        for index, triple in enumerate(parsed.places.raw):
            self._first.setdefault(triple, index)

    def __call__(self, triple: Triple) -> tuple[str, str]:
        """The place and the text."""
        index = self._index(triple)
        if index is None:
            return "", ""
        element = self._places.elements[bisect_right(self._places.starts, index) - 1]
        text = " ".join(element.text_lexbor().split())
        return self._places.path(element), text if len(text) <= SHOWN else f"{text[:SHOWN]}…"

    def order(self, triple: Triple) -> float:
        """How far down the page it is said, to compare with others."""
        index = self._index(triple)
        return NOWHERE if index is None else index

    def _index(self, triple: Triple) -> int | None:
        """Which of the triples of the walk it was."""
        for said in self._earlier(triple):
            index = self._first.get(said)
            if index is not None and self._places.starts and index >= self._places.starts[0]:
                return index
        return None

    def _earlier(self, triple: Triple) -> Iterator[Triple]:
        """The triple as it was before, and before that."""
        said: Triple | None = self._before.get(triple, triple)
        seen: set[Triple] = set()
        while said is not None and said not in seen:
            yield said
            seen.add(said)
            said = self._repaired.get(said)
