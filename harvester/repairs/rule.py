"""What a repair is: its name, what it does in one sentence, the function that does it, and when to ask it."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Literal

from belfort.rdf import Triple
from harvester.rdfa.environment import Element
from harvester.repairs.page import Page
from harvester.repairs.statements import Statements
from harvester.repairs.whole import Change

Kind = Literal["entity", "plain", "typed"]
# The object of a triple: an IRI or blank node, a literal without datatype, one with a datatype.
ENTITY: Kind = "entity"
PLAIN: Kind = "plain"
TYPED: Kind = "typed"
Wants = Callable[[str], object]


@dataclass(frozen=True)
class Rule:
    """One repair.

    `on` says what the function gets: a `token` of an attribute (it returns a better token), the name of a `prefix`
    that nobody declared (it returns a namespace), an `element` (better attributes and the term as it was), an `iri`
    of a triple (a better one), a `triple` (the triples in its place; it looks at the predicate and the object only),
    or the statements of the `page` (changes). It returns None, or no changes, when there is nothing to repair. What a
    `derived` rule makes, the page did not say.

    The others spare work and never decide: a rule on tokens leaves `ordinary` ones alone; one on triples those with
    another kind of object than `kinds` or other `predicates` (None: any); one on IRIs or literals does nothing when
    `sign` finds nothing in all those of the page together; one on elements does nothing to those that have
    `@property`, `@typeof` and one of `@resource`, `@content`, `@datatype` only, when no value of an attribute in
    `watches` is wanted.
    """

    name: str
    on: Literal["token", "prefix", "element", "iri", "triple", "page"]
    says: str
    text: Callable[[str, Page], str | None] = lambda _text, _page: None
    element: Callable[[Element], tuple[dict[str, str], str] | None] = lambda _: None
    triple: Callable[[Triple, Page], list[Triple] | None] = lambda _triple, _page: None
    page: Callable[[Statements, Page], list[Change]] = lambda _said, _page: []
    derived: bool = False
    ordinary: re.Pattern[str] | None = None
    kinds: tuple[Kind, ...] = (ENTITY, PLAIN, TYPED)
    predicates: Container[str] | None = None
    sign: Callable[[str], bool] = lambda _: True
    watches: Mapping[str, Wants] = field(default_factory=dict)

    def may_concern(self, predicate: str, kind: Kind) -> bool:
        """Whether a triple with this predicate and this kind of object may need the rule."""
        return kind in self.kinds and (self.predicates is None or predicate in self.predicates)
