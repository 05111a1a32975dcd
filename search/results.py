"""What a search gives back, the same from every engine: frozen, free of HTML, ready for any template."""

from dataclasses import dataclass, field

Piece = tuple[str, bool]
"""A piece of text as it stands in the source (not escaped), and whether it matched."""

Fragment = tuple[Piece, ...]
"""A part of a text in pieces, in reading order."""


@dataclass(frozen=True)
class Hit:
    """One found entity. `plural` and `uuid` make the address of its page; `type` is its class for a reader.

    `agendapunten` are the IRIs of agendapunten that it stands for: one hit, not two with one title.
    """

    iri: str
    uuid: str
    plural: str
    title: str
    type: str
    bestuur: str
    bestuur_label: str
    orgaan_label: str
    datum: str
    score: float
    title_pieces: Fragment
    fragmenten: tuple[Fragment, ...]
    agendapunten: tuple[str, ...] = ()


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: what to filter by, what to show (empty when nobody named it), how many hits have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Results:
    """One page of hits.

    `total` counts all hits; `facets` has the values of filters, each facet counted without its own filter, most
    frequent first. `next` is the `cursor` of the page after this one, empty after the last. `took` is in
    milliseconds. `ready` is false when there is no index yet. `fuzzy` says that nothing had the words themselves and
    similar words were tried. `notes` says in Dutch what of the question was read otherwise than written. `revision`
    is the number of the last change that the index took in.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    next: str = ""
    took: float = 0.0
    ready: bool = True
    fuzzy: bool = False
    notes: tuple[str, ...] = ()
    revision: int = 0


@dataclass(frozen=True)
class Suggestion:
    """A title or name that starts with what was typed."""

    title: str
    iri: str
    uuid: str
    plural: str
    type: str
    bestuur_label: str
