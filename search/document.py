"""The search document: what is found, shown and filtered of one entity, whatever the engine."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Keyword(NamedTuple):
    """A value that documents are filtered and counted by: the name of its filter, the value, its label for people."""

    filter: str
    value: str
    label: str


@dataclass(frozen=True)
class Joined:
    """An agendapunt that is found as part of its besluit: one hit, not two with one title."""

    iri: str
    uuid: str
    title: str


@dataclass(frozen=True)
class Document:
    """What the index holds of one entity.

    `plural` is its class as in addresses (`besluiten`), `type` the same for a reader. `text` has paragraphs parted by
    an empty line; articles of a besluit begin with `Artikel 2. `. `date` is a day (YYYY-MM-DD) or empty.
    `besturen` are (IRI, label) pairs, the first is shown. `keywords` are the values of `search.query.FILTERS`, without
    `status`, which follows from the day. `begins` and `ends` are the days from which and until which (not included)
    it held, for a question as of a day; empty where that is not known. `joined` are the agendapunten that it stands
    for. `embeds` names every entity whose change may change the document.
    """

    iri: str
    uuid: str
    plural: str
    type: str
    title: str
    text: str
    date: str
    besturen: tuple[tuple[str, str], ...] = ()
    orgaan: str = ""
    orgaan_label: str = ""
    keywords: tuple[Keyword, ...] = ()
    begins: str = ""
    ends: str = ""
    joined: tuple[Joined, ...] = ()
    embeds: frozenset[str] = frozenset()

    @property
    def shown_title(self) -> str:
        """Its title, or what it is when it has none."""
        return self.title or f"{self.type} zonder titel"

    @property
    def bestuur(self) -> tuple[str, str]:
        """The bestuur that is shown with it: its IRI and label, both empty when there is none."""
        return self.besturen[0] if self.besturen else ("", "")

    def values(self, name: str) -> tuple[str, ...]:
        """The values of one filter."""
        return tuple(one.value for one in self.keywords if one.filter == name)


def keywords(name: str, pairs: Iterable[tuple[str, str]]) -> tuple[Keyword, ...]:
    """The (value, label) pairs of one filter, each value once."""
    return tuple(Keyword(name, value, label) for value, label in dict(pairs).items() if value)
