"""The short way: the shapes of nine elements in ten, in as few steps as they need (`kinds` tells them apart).

What each of these does is what `steps` would do; a property test compares both. Each gives the context of the children
(the one it got when nothing changes), or None, and then has said nothing, when the element is to go the long way.
"""

from collections.abc import Callable, Mapping

from belfort import rdf
from belfort.rdf import TYPE, Triple
from harvester.rdfa import kinds, values
from harvester.rdfa.element import Context, Element
from harvester.rdfa.steps import complete

Attributes = Mapping[str, str | None]
Way = Callable[[Element, Attributes, Context], Context | None]


class Usual:
    """The short way for one page; `time` is the element of which the text is a moment, in a language that has one."""

    def __init__(self, triples: list[Triple], budget: values.Budget, time: str | None) -> None:
        self.triples = triples
        self.budget = budget
        self.time = time
        self.ways: dict[int, Way] = {
            kinds.LINKED: self.linked,
            kinds.TYPED: self.typed,
            kinds.BOTH: self.both,
            kinds.TEXT: self.text,
            kinds.VALUE: self.value,
        }

    def linked(self, _element: Element, attributes: Attributes, context: Context) -> Context | None:
        """`@property` with `@resource`."""
        names, resource, environment = attributes["property"], attributes["resource"], context.environment
        if not names or resource is None:
            return None
        value = environment.resources.get(resource) or environment.resource(resource)
        if value is None:
            return None
        return self._say(names, value, context)

    def text(self, element: Element, attributes: Attributes, context: Context) -> Context | None:
        """`@property` of which the value is the text of the element."""
        names = attributes["property"]
        if not names or element.tag == self.time:
            return None
        self.budget.deep = context.depth > values.DEEP
        value = values.plain(self.budget.text(element), context.language, context.environment)
        return self._say(names, value, context)

    def value(self, element: Element, attributes: Attributes, context: Context) -> Context | None:
        """`@property` with `@content` or `@datatype`."""
        names, datatype, text = attributes["property"], attributes.get("datatype"), attributes.get("content")
        if not names or (text is None and "content" in attributes) or (datatype is None and "datatype" in attributes):
            return None
        self.budget.deep = context.depth > values.DEEP
        environment = context.environment
        if datatype is None:
            value = values.plain(text or "", context.language, environment)
        else:
            suffix = environment.suffixes.get(datatype)
            if suffix is None:
                value = values.typed(element, attributes, environment, context.language, self.budget)
            else:
                value = f'"{rdf.escape(self.budget.text(element) if text is None else text)}"{suffix}'
        return self._say(names, value, context)

    def _say(self, names: str, value: str, context: Context) -> Context:
        """The triples of a `@property` without `@typeof`: what stands in the element stays about the same subject."""
        environment, subject, triples = context.environment, context.object, self.triples
        for predicate in environment.predicate_lists.get(names) or environment.predicates(names):
            triples.append((subject, predicate, value))
        if not context.pending:
            return context
        complete(triples, self.budget, context, subject)
        return Context(subject, subject, environment, context.language, context.depth + 1)

    def typed(self, _element: Element, attributes: Attributes, context: Context) -> Context | None:
        """`@typeof` with `@resource`."""
        environment, typed, resource = context.environment, attributes["typeof"], attributes["resource"]
        if typed is None or resource is None:
            return None
        value = environment.resources.get(resource) or environment.resource(resource)
        if value is None:
            return None
        for term in environment.type_lists.get(typed) or environment.types(typed):
            self.triples.append((value, TYPE, term))
        if context.pending:
            complete(self.triples, self.budget, context, value)
        return Context(value, value, environment, context.language, context.depth + 1)

    def both(self, _element: Element, attributes: Attributes, context: Context) -> Context | None:
        """`@property` with `@resource`, of which the type is given too."""
        environment, subject, triples = context.environment, context.object, self.triples
        names, typed, resource = attributes["property"], attributes["typeof"], attributes["resource"]
        if not names or typed is None or resource is None:
            return None
        value = environment.resources.get(resource) or environment.resource(resource)
        if value is None:
            return None
        for term in environment.type_lists.get(typed) or environment.types(typed):
            triples.append((value, TYPE, term))
        for predicate in environment.predicate_lists.get(names) or environment.predicates(names):
            triples.append((subject, predicate, value))
        if context.pending:
            complete(triples, self.budget, context, subject)
        return Context(subject, value, environment, context.language, context.depth + 1)
