"""Triples as a validator wants them: by subject and predicate, and backwards when someone asks."""

from collections.abc import Callable, Iterable, Iterator
from operator import lt

from belfort.rdf import TYPE, Triple
from belfort.vocab import RDF, RDFS, XSD

_STRING = f"^^<{XSD.string}>"
_LESS = -len(_STRING)
_SUBCLASS = f"<{RDFS.subClassOf}>"
_FIRST, _REST, _NIL = f"<{RDF.first}>", f"<{RDF.rest}>", f"<{RDF.nil}>"
Objects = dict[str, list[str]]
Step = Callable[[str], list[str]]


class Graph:
    """A set of triples; the lists that it gives are distinct and not to be changed."""

    __slots__ = ("_backwards", "_has_subclasses", "about")

    def __init__(self, triples: Iterable[Triple]) -> None:
        about: dict[str, Objects] = {}
        subject, objects = "", {}
        for s, p, o in triples:
            if s != subject:
                subject, objects = s, about.setdefault(s, {})
            values = objects.get(p)
            if values is None:
                objects[p] = [o]
            else:
                values.append(o)
        self.about = about
        self._backwards: dict[str, dict[str, list[str]]] = {}
        self._has_subclasses = any(_SUBCLASS in objects for objects in about.values())

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> "Graph":
        """The graph of N-Triples lines as Belfort writes them (one space between terms, ` .` at the end)."""
        return cls(_triples(_distinct(lines)))

    def objects(self, subject: str, predicate: str) -> list[str]:
        """The objects of a subject and a predicate."""
        found = self.about.get(subject)
        return found.get(predicate, []) if found else []

    def object(self, subject: str, predicate: str) -> str:
        """The first of the objects, or ""."""
        found = self.objects(subject, predicate)
        return found[0] if found else ""

    def backwards(self, predicate: str) -> dict[str, list[str]]:
        """Object → its subjects, for one predicate."""
        to = self._backwards.get(predicate)
        if to is None:
            to = self._backwards[predicate] = {}
            for subject, predicates in self.about.items():
                for value in predicates.get(predicate, ()):
                    to.setdefault(value, []).append(subject)
        return to

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The subjects of a predicate and an object."""
        return self.backwards(predicate).get(value, [])

    def is_instance(self, node: str, class_: str) -> bool:
        """Whether the node has that class, or one below it in this graph."""
        types = self.objects(node, TYPE)
        if class_ in types:
            return True
        return self._has_subclasses and any(class_ in self._closure(one, self._above) for one in types)

    def instances(self, class_: str) -> list[str]:
        """The nodes of that class, or one below it in this graph."""
        if not self._has_subclasses:
            return self.subjects(TYPE, class_)
        classes = self._closure(class_, lambda one: self.subjects(_SUBCLASS, one))
        return list(dict.fromkeys(node for one in classes for node in self.subjects(TYPE, one)))

    def _above(self, class_: str) -> list[str]:
        return self.objects(class_, _SUBCLASS)

    @staticmethod
    def _closure(start: str, step: Step) -> dict[str, None]:
        seen = {start: None}
        pending = [start]
        while pending:
            for other in step(pending.pop()):
                if other not in seen:
                    seen[other] = None
                    pending.append(other)
        return seen

    def items(self, head: str) -> list[str]:
        """The members of an RDF list."""
        found: list[str] = []
        seen: set[str] = set()
        while head and head != _NIL and head not in seen:
            seen.add(head)
            found += self.objects(head, _FIRST)[:1]
            head = self.object(head, _REST)
        return found

    def is_list(self, node: str) -> bool:
        """Whether the node begins an RDF list."""
        return node == _NIL or bool(self.objects(node, _FIRST))


def _distinct(lines: Iterable[str]) -> Iterable[str]:
    """The lines once; those of a page are sorted already, so that equal ones are neighbours."""
    found = lines if isinstance(lines, list) else list(lines)
    if all(map(lt, found, found[1:])):
        return found
    return dict.fromkeys(found)


def _triples(lines: Iterable[str]) -> Iterator[Triple]:
    for line in lines:
        if line:
            s, p, o = line.split(" ", 2)
            o = o[:-2]
            yield s, p, o[:_LESS] if o.endswith(_STRING) else o
