"""What kind of thing it is, for the filters: type, kind of document, type of besluit, legal basis. Pure.

Labels: `DOCUMENT_TYPES` of the vocabulary, `shapes/codes/besluittypes.ttl`, `data/laws.txt` for what pages cite most.
"""

from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from belfort import rdf
from belfort.records.entity import Entity
from belfort.vocab import (
    BESLUIT,
    BESLUIT_TYPE,
    DCT,
    DOCUMENT_TYPE,
    DOCUMENT_TYPES,
    FOAF,
    LEIDINGGEVENDEN,
    MANDAAT,
    PERSON,
    RDF,
    SKOS,
)  # fmt: skip
from search.document import Keyword, keywords
from search.projection.graph import LEGAL_BASIS, View
from search.projection.plain import plain_text
from shapes import codes

NAMES = {
    BESLUIT.Besluit: "Besluit",
    BESLUIT.Agendapunt: "Agendapunt",
    BESLUIT.Zitting: "Zitting",
    BESLUIT.Bestuurseenheid: "Bestuur",
    BESLUIT.Bestuursorgaan: "Bestuursorgaan",
    PERSON.Person: "Persoon",
    MANDAAT.Mandataris: "Mandataris",
    LEIDINGGEVENDEN.Functionaris: "Functionaris",
    FOAF.Document: "Document",
}
_KIND_OF_LINK = {
    BESLUIT.heeftAgenda: DOCUMENT_TYPE["13fefad6-a9d6-4025-83b5-e4cbee3a8965"],
    BESLUIT.heeftBesluitenlijst: DOCUMENT_TYPE["3fa67785-ffdc-4b30-8880-2b99d97b4dee"],
    BESLUIT.heeftNotulen: DOCUMENT_TYPE["8e791b27-7600-4577-b24e-c7c29e0eb773"],
}
MAX_LABEL = 160


def type_of(entity: Entity) -> str:
    """What it is, for a reader: the name of its class, of a document its kind."""
    kinds = (DOCUMENT_TYPES[name] for name in _types(entity) if name in DOCUMENT_TYPES)
    return next(kinds, NAMES[entity.class_iri])


def document_kinds(*, of: Entity | None = None, sitting: Entity | None = None) -> tuple[Keyword, ...]:
    """The kinds of document that something is, and those that its zitting published and so may hold it.

    An uittreksel is of one besluit only, so what a zitting has of those says nothing of its others.
    """
    own = [name for name in _types(of) if name in DOCUMENT_TYPES] if of else []
    published = [kind for link, kind in _KIND_OF_LINK.items() if sitting and sitting.values(link)]
    return keywords("documenttype", sorted((iri, DOCUMENT_TYPES[iri]) for iri in (*own, *published)))


def decision_types(besluit: Entity) -> tuple[tuple[Keyword, ...], tuple[str, ...]]:
    """The types of a besluit with all that are broader, and the labels of its own types."""
    known = _besluittypes()
    own = sorted(name for name in _types(besluit) if name.startswith(str(BESLUIT_TYPE)))
    whole: dict[str, None] = {}
    waiting = list(own)
    while waiting:
        iri = waiting.pop()
        if iri not in whole:
            whole[iri] = None
            waiting += known[iri][1] if iri in known else ()
    labels = {iri: known[iri][0] if iri in known else iri.removeprefix(str(BESLUIT_TYPE)) for iri in whole}
    return keywords("besluittype", sorted(labels.items())), tuple(known[iri][0] for iri in own if iri in known)


def legal_basis(entities: list[Entity], view: View) -> tuple[Keyword, ...]:
    """What they cite or are based on: the IRI, or the text where a page gives no IRI."""
    found: dict[str, str] = {}
    for entity in entities:
        for name in LEGAL_BASIS:
            for term in entity.terms.get(name, ()):
                value = " ".join(plain_text(rdf.value(term)).split())
                if not value:
                    continue
                if rdf.is_iri(term):
                    cited = view.get(value)
                    found[value] = _law(value, plain_text(cited.label) if cited else "")
                else:
                    found[_short(value)] = _short(value)
    return keywords("rechtsgrond", sorted(found.items()))


def _types(entity: Entity) -> list[str]:
    return entity.values(RDF.type, DCT.type)


def _law(iri: str, label: str) -> str:
    """A name for a law that people can read: its title where it is known, else its address without decoration."""
    if label or iri in _laws():
        return _short(label or _laws()[iri])
    parts = urlsplit(iri)
    if parts.netloc == "codex.vlaanderen.be":
        kind, _, number = parts.path.removeprefix("/doc/").partition("/")
        return f"Vlaamse Codex, {kind} {number}".strip()
    return _short(unquote(f"{parts.netloc}{parts.path}").strip("/") or iri)


def _short(text: str) -> str:
    return text if len(text) <= MAX_LABEL else text[: MAX_LABEL - 1].rstrip() + "…"


@cache
def _laws() -> dict[str, str]:
    rows = (files("search") / "data" / "laws.txt").read_text("utf-8").splitlines()
    return dict(row.split(maxsplit=1) for row in rows if row and not row.startswith("#"))


@cache
def _besluittypes() -> dict[str, tuple[str, tuple[str, ...]]]:
    """IRI → label, broader types."""
    labels: dict[str, str] = {}
    broader: dict[str, list[str]] = {}
    for s, p, o in codes.triples("besluittypes"):
        if p == f"<{SKOS.prefLabel}>":
            labels[rdf.value(s)] = rdf.value(o)
        elif p == f"<{SKOS.broader}>":
            broader.setdefault(rdf.value(s), []).append(rdf.value(o))
    return {iri: (label, tuple(sorted(broader.get(iri, ())))) for iri, label in labels.items()}
