"""What the walk knows at one element: what its parent gives it, and what it works out for itself."""

from typing import TYPE_CHECKING

from harvester.rdfa.environment import Environment

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Lists = dict[str, list[str]]
# A triple that waits for its subject or object: its kind, and the predicate or the list it belongs to.
Pending = tuple[int, str, list[str]]


class Context:
    """What an element gets from its parent (the evaluation context)."""

    __slots__ = ("environment", "language", "lists", "object", "parent", "pending")

    def __init__(
        self, parent: str, obj: str, pending: list[Pending], lists: Lists, scope: tuple[Environment, str]
    ) -> None:
        self.parent = parent
        self.object = obj
        self.pending = pending
        self.lists = lists
        self.environment, self.language = scope


class Here:
    """The local values of one element while it is processed; what most elements lack stands in the class."""

    is_root = is_edge = skip = False
    subject: str | None = None
    object: str | None = None
    typed: str | None = None
    rel: str | None = None
    rev: str | None = None

    def __init__(self, element: "LexborNode", attributes: dict[str, str], context: Context) -> None:
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
