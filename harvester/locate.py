"""Where on the page a triple of the result is said, though repairs and skolemisation changed it on its way."""

from collections.abc import Iterable, Mapping

from belfort.rdf import Triple
from harvester.rdfa import Parsed, Trace

SHOWN = 160


class Locator:
    """Finds the element of a triple: called with one, it gives a CSS selector and the text there ("" when unknown).

    `before` maps a triple of the result to the one it was before blank nodes got names; `traces` lead further back.
    """

    def __init__(self, parsed: Parsed, before: Mapping[Triple, Triple], traces: Iterable[Trace]) -> None:
        self._places = parsed.places
        self._before = before
        self._repaired = {trace.after: trace.before for trace in traces}

    def __call__(self, triple: Triple) -> tuple[str, str]:
        """The place and the text."""
        said: Triple | None = self._before.get(triple, triple)
        seen: set[Triple] = set()
        while said is not None and said not in seen:
            element = self._places.element(said)
            if element is not None:
                text = " ".join(element.text_lexbor().split())
                return self._places.path(element), text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
            seen.add(said)
            said = self._repaired.get(said)
        return "", ""
