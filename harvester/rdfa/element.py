"""What the walk knows at one element: what its parent gives it, and what it works out for itself."""

from collections.abc import Iterator, Sequence
from typing import Protocol, Self

from belfort.rdf import Triple
from harvester.rdfa.environment import Environment


class Element(Protocol):
    """What the walk, the positions and the links need of an element.

    These are members of a lexbor node, under its names, so that HTML pays nothing for the XML hosts.
    """

    @property
    def tag(self) -> str | None:
        """The local name."""

    @property
    def attributes(self) -> dict[str, str | None]:
        """Name → value; None for an attribute without one."""

    @property
    def mem_id(self) -> int:
        """What tells elements apart: lexbor gives a new object for the same element each time."""

    @property
    def parent(self) -> Self | None:
        """The element around it."""

    @property
    def prev(self) -> Self | None:
        """The node before it under the same parent."""

    @property
    def first_child(self) -> object | None:
        """None when it is empty."""

    @property
    def inner_html(self) -> str | None:
        """Its content with markup."""

    def iter(self) -> Iterator[Self]:
        """Its child elements."""

    def text_lexbor(self) -> str:
        """The text in it, whole."""

    def css(self, query: str) -> list[Self]:
        """The element and those below it that match, in document order."""


Lists = dict[str, list[str]]
# A triple that waits for its subject or object: its kind, and the predicate or the list it belongs to.
LIST, FORWARD, REVERSE = 0, 1, 2
Pending = tuple[int, str, list[str]]


class Said:
    """What the walk found so far: triples, and which element each comes from (from `starts[n]` on: `elements[n]`)."""

    __slots__ = ("elements", "starts", "triples")

    def __init__(self) -> None:
        self.triples: list[Triple] = []
        self.starts: list[int] = []
        self.elements: list[Element] = []

    def by(self, element: Element) -> None:
        """What follows is said by this element."""
        self.starts.append(len(self.triples))
        self.elements.append(element)


class Context:
    """What an element gets from its parent (the evaluation context).

    `depth` is the number of annotated elements around that have their text read or give a context of their own.
    """

    __slots__ = ("depth", "environment", "language", "lists", "object", "parent", "pending")

    def __init__(self, parent: str, obj: str, environment: Environment, language: str, depth: int) -> None:
        self.parent = parent
        self.object = obj
        self.environment = environment
        self.language = language
        self.depth = depth
        self.pending: Sequence[Pending] = ()
        self.lists: Lists = {}

    def deeper(self) -> "Context":
        """The same, one level down."""
        inner = Context(self.parent, self.object, self.environment, self.language, self.depth + 1)
        inner.pending, inner.lists = self.pending, self.lists
        return inner


class Here:
    """The local values of one element while it is processed; what most elements lack stands in the class."""

    is_root = is_edge = skip = False
    subject: str | None = None
    object: str | None = None
    typed: str | None = None
    rel: str | None = None
    rev: str | None = None

    def __init__(self, element: Element, attributes: dict[str, str], context: Context) -> None:
        self.element = element
        self.attributes = attributes
        self.context = context
        self.environment = context.environment
        self.language = context.language
        self.lists = context.lists
        self.pending: list[Pending] = []
        self.property = attributes.get("property")

    def about(self) -> str | None:
        """The term of `@about`, if it says something."""
        value = self.attributes.get("about")
        return None if value is None else self.environment.resource(value)

    def target(self) -> str | None:
        """The term of `@resource`, else `@href`, else `@src`: the first that says something."""
        attributes = self.attributes
        value = attributes.get("resource")
        if value is not None:
            term = self.environment.resource(value)
            if term is not None:
                return term
        value = attributes.get("href")
        if value is None:
            value = attributes.get("src")
        return None if value is None else self.environment.document.reference(value)
