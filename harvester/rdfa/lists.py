"""`@inlist`: lists that are begun on one element, filled below it, and written when the walk leaves it (step 14)."""

from belfort.vocab import RDF
from harvester.rdfa.document import Document
from harvester.rdfa.element import Context, Element, Lists, Said

_FIRST, _REST, _NIL = f"<{RDF.first}>", f"<{RDF.rest}>", f"<{RDF.nil}>"

# The subject of lists, and predicate → items.
Begun = tuple[str, Lists]


class OpenLists:
    """The lists of the elements that the walk is in, innermost last."""

    def __init__(self, document: Document, said: Said) -> None:
        self._document = document
        self._said = said
        self._open: list[tuple[Element, list[Begun]]] = []

    def begin(self, element: Element, begun: list[Begun]) -> None:
        """Lists that may be filled below the element; the last of `begun` is what its children see."""
        if begun:
            self._open.append((element, begun))

    def leave(self, context: Context | None) -> None:
        """Write the lists of every element that a next one with this context is not in; None leaves all."""
        while self._open and (context is None or self._open[-1][1][-1][1] is not context.lists):
            element, begun = self._open.pop()
            for subject, lists in begun:
                if lists:
                    self._said.by(element)
                for predicate, items in lists.items():
                    self._write(subject, predicate, items)

    def _write(self, subject: str, predicate: str, items: list[str]) -> None:
        out = self._said.triples
        cells = [self._document.blank() for _ in items]
        out.append((subject, predicate, cells[0] if cells else _NIL))
        for cell, item, rest in zip(cells, items, [*cells[1:], _NIL], strict=False):
            out.append((cell, _FIRST, item))
            out.append((cell, _REST, rest))
