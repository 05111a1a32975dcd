"""The triples of one page by what rules and doubts ask of them: a rule looks up what it cares for."""

from collections.abc import Collection
from functools import cached_property
from itertools import chain

from belfort.rdf import TYPE, Triple


class Statements:
    """Distinct triples in document order, by predicate and by class."""

    def __init__(self, triples: list[Triple]) -> None:
        self.triples = triples
        self._by: dict[str, list[Triple]] = {}
        by = self._by
        for triple in triples:
            predicate = triple[1]
            if predicate in by:
                by[predicate].append(triple)
            else:
                by[predicate] = [triple]
        self._led_to: dict[str, set[str]] = {}
        self._leading: dict[str, set[str]] = {}

    @property
    def predicates(self) -> Collection[str]:
        """The predicates of the page."""
        return self._by.keys()

    @cached_property
    def classes(self) -> dict[str, dict[str, None]]:
        """Class → its entities, in document order."""
        found: dict[str, dict[str, None]] = {}
        for entity, _, cls in self._by.get(TYPE, ()):
            found.setdefault(cls, {})[entity] = None
        return found

    @cached_property
    def _terms(self) -> set[str]:
        return set(chain.from_iterable(self.triples))

    @cached_property
    def iris(self) -> list[str]:
        """The distinct IRIs of the page, in no order."""
        return [term for term in self._terms if term[0] == "<"]

    @cached_property
    def literals(self) -> list[str]:
        """The distinct literals of the page, in no order."""
        return [term for term in self._terms if term[0] == '"']

    def of(self, cls: str) -> Collection[str]:
        """The entities of a class, in document order."""
        return self.classes.get(cls, {}).keys()

    def is_a(self, entity: str, cls: str) -> bool:
        """Whether the page says that the entity is of the class."""
        return entity in self.classes.get(cls, ())

    def with_predicate(self, predicate: str) -> list[Triple]:
        """The triples with a predicate, in document order."""
        return self._by.get(predicate, [])

    def with_one_of(self, predicates: Collection[str]) -> list[Triple]:
        """The triples with one of the predicates, in document order."""
        there = [predicate for predicate in self._by if predicate in predicates]
        if len(there) < 2:
            return self._by[there[0]] if there else []
        return [triple for triple in self.triples if triple[1] in predicates]

    def led_to(self, predicate: str) -> set[str]:
        """The entities that the predicate leads to."""
        found = self._led_to.get(predicate)
        if found is None:
            found = self._led_to[predicate] = {o for _, _, o in self.with_predicate(predicate) if o[0] != '"'}
        return found

    def leading(self, predicate: str) -> set[str]:
        """The entities that the predicate leads from, to another entity."""
        found = self._leading.get(predicate)
        if found is None:
            found = self._leading[predicate] = {s for s, _, o in self.with_predicate(predicate) if o[0] != '"'}
        return found
