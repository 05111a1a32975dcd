"""What the makers of documents give to `build`: everything of a document that depends on its class."""

from dataclasses import dataclass

from search.document import Joined, Keyword
from search.projection.place import Place


@dataclass(frozen=True)
class Made:
    """The title as found, plain texts in the order of reading, and what filters and dates need."""

    title: str
    texts: list[str]
    place: Place
    keywords: tuple[Keyword, ...] = ()
    begins: str = ""
    ends: str = ""
    joined: tuple[Joined, ...] = ()
