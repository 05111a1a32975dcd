"""What Belfort understood of a page: the things it speaks of, each with the place on the page where it begins.

Enters: a graph, and what knows the places. Leaves: `Thing`s in document order.
"""

from dataclasses import dataclass
from typing import Protocol

from belfort.rdf import TYPE, Triple, value
from belfort.vocab import BESLUIT, DCT, ELI, FOAF, MANDAAT, SKOS
from shapes.shacl import Graph

TITLE = 160
_TITLES = (f"<{ELI.title}>", f"<{DCT.title}>", f"<{SKOS.prefLabel}>")
KINDS: dict[str, str] = {
    f"<{FOAF.Document}>": "document",
    f"<{BESLUIT.Zitting}>": "zitting",
    f"<{BESLUIT.Bestuurseenheid}>": "bestuurseenheid",
    f"<{BESLUIT.Bestuursorgaan}>": "bestuursorgaan",
    f"<{BESLUIT.Agendapunt}>": "agendapunt",
    f"<{BESLUIT.BehandelingVanAgendapunt}>": "behandeling",
    f"<{BESLUIT.Stemming}>": "stemming",
    f"<{BESLUIT.Besluit}>": "besluit",
    f"<{BESLUIT.Artikel}>": "artikel",
    f"<{MANDAAT.Mandataris}>": "mandataris",
}


class Locate(Protocol):
    """Knows where on the page a triple is said."""

    def __call__(self, triple: Triple, /) -> tuple[str, str]:
        """A CSS selector and the text there, both "" when it is not known."""

    def order(self, triple: Triple, /) -> float:
        """How far down the page, to compare with others; infinite when it is not known."""


@dataclass(frozen=True)
class Thing:
    """One thing that the page speaks of: its class in Dutch, its IRI, its title ("" for none), and its place."""

    kind: str
    subject: str
    title: str = ""
    place: str = ""


def things(graph: Graph, locate: Locate) -> tuple[Thing, ...]:
    """The things of the classes that people look for, in document order."""
    found = []
    for class_, kind in KINDS.items():
        for subject in graph.subjects(TYPE, class_):
            said = (subject, TYPE, class_)
            found.append((locate.order(said), Thing(kind, value(subject), title(graph, subject), locate(said)[0])))
    return tuple(thing for _, thing in sorted(found, key=lambda one: one[0]))


def title(graph: Graph, subject: str) -> str:
    """What the subject is called on the page, on one line, or ""."""
    found = next((text for name in _TITLES for text in graph.objects(subject, name) if text.startswith('"')), "")
    return " ".join(value(found).split())[:TITLE] if found else ""
