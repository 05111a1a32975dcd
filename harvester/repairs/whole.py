"""Repairs that look at all triples of the page: Q7, Q17, Q23. A `Change` is one triple and what comes in its place."""

import hashlib
import re
from typing import NamedTuple
from urllib.parse import unquote

from belfort.rdf import TYPE, Triple
from belfort.vocab import BESLUIT, DOCUMENT_TYPES, ELI, FOAF, PROV
from harvester.rdfa import iri
from harvester.repairs.page import Page
from harvester.repairs.statements import Statements
from harvester.repairs.terms import HAS_DOCUMENT, TYPED
from harvester.sessions import without_session


class Change(NamedTuple):
    """The triple `after`, made of `before`; `keep`: both stand, else `after` replaces `before`."""

    before: Triple
    after: Triple
    keep: bool = False


_PLACEHOLDER = re.compile(
    r"(?:dummy|placeholder|todo|tbd|undefined|null|none|leeg|onbekend|unknown|voorbeeld|example|x{3,}"
    r"|0{8}-0{4}-0{4}-0{4}-0{12})(?:\.\w+)?",
    re.IGNORECASE,
)
_DOCUMENT = frozenset(f"<{name}>" for name in (FOAF.Document, *DOCUMENT_TYPES))
_VALUE, _RELATED, _FILE = f"<{PROV.value}>", f"<{ELI.related_to}>", f"<{FOAF.Document}>"
_BY_LABEL = {label: f"<{iri}>" for iri, label in DOCUMENT_TYPES.items()}
_TYPE_OF = {
    f"<{BESLUIT.heeftAgenda}>": _BY_LABEL["Agenda"],
    f"<{BESLUIT.heeftBesluitenlijst}>": _BY_LABEL["Besluitenlijst"],
    f"<{BESLUIT.heeftNotulen}>": _BY_LABEL["Notulen"],
    f"<{BESLUIT.heeftUittreksel}>": _BY_LABEL["Uittreksel"],
}
# Of these an entity has one value.
SINGLE = frozenset(
    f"<{name}>"
    for name in (
        BESLUIT.geplandeStart, PROV.startedAtTime, PROV.endedAtTime, BESLUIT.openbaar, BESLUIT.geplandOpenbaar,
        BESLUIT.geheim, BESLUIT.aantalVoorstanders, BESLUIT.aantalTegenstanders, BESLUIT.aantalOnthouders,
        ELI.date_publication,
    )
)  # fmt: skip


def placeholder(said: Statements, page: Page) -> list[Change]:
    """A document of the page whose IRI is a placeholder on another host gets an IRI of this page.

    Where it stands for several documents, each has its own: the one that a zitting has as agenda is not its notulen.
    What is said of the placeholder itself is said of the document that its type fits, if that is one.
    """
    documents = {entity for cls in _DOCUMENT.intersection(said.classes) for entity in said.of(cls)}
    documents.update(*(said.led_to(predicate) for predicate in HAS_DOCUMENT))
    renamed = {term: _of_page(term, page) for term in documents if _is_placeholder(term, page)}
    if not renamed:
        return []
    links = {term: [link for link in said.with_one_of(HAS_DOCUMENT) if link[2] == term] for term in renamed}
    several = {
        link: _of_page(_link_name(link, number), page)
        for rows in links.values()
        if len(rows) > 1
        for number, link in enumerate(rows)
    }
    renamed |= {
        term: several[link] for term, rows in links.items() if (link := _described(said, term, rows)) in several
    }
    typed: dict[Triple, list[Triple]] = {
        (term, TYPE, _FILE): [(several[link], TYPE, _FILE) for link in rows]
        for term, rows in links.items()
        if len(rows) > 1
    }
    changes = []
    for triple in said.triples:
        s, p, o = triple
        if triple in typed:
            first, *others = typed[triple]
            changes += [Change(triple, first), *(Change(triple, other, keep=True) for other in others)]
        elif s in renamed or o in renamed:
            changes.append(Change(triple, (renamed.get(s, s), p, several.get(triple) or renamed.get(o, o))))
    return changes


def _link_name(link: Triple, number: int) -> str:
    """What tells the link from the others: the label of a nameless zitting is not the same at every reading."""
    s, p, o = link
    return f"{o[:-1]} {p} {number if s[0] == '_' else s}>"


def _described(said: Statements, term: str, links: list[Triple]) -> Triple | None:
    """The only one of the links that the document types of the term fit, or None."""
    types = {o for s, _, o in said.with_one_of(TYPED) if s == term}
    fitting = [link for link in links if _TYPE_OF.get(link[1]) in types]
    return fitting[0] if len(fitting) == 1 else None


def _is_placeholder(term: str, page: Page) -> bool:
    if not term.startswith("<http"):
        return False
    parts = iri.split(term[1:-1])
    last = unquote(parts.fragment or parts.path.rstrip("/").rpartition("/")[2])
    return (parts.authority or "").lower() != page.host and _PLACEHOLDER.fullmatch(last) is not None


def _of_page(name: str, page: Page) -> str:
    digest = hashlib.sha256(name[1:-1].encode("utf-8", "surrogatepass")).hexdigest()
    return f"<{without_session(page.address)}#document-{digest[:12]}>"


def attachment(said: Statements, _page: Page) -> list[Change]:
    """`prov:value` is a text; an IRI there that the page says nothing more about is an annex."""
    found = [triple for triple in said.with_predicate(_VALUE) if triple[2][0] == "<"]
    if not found:
        return []
    subjects = {s for s, p, o in said.triples if o != _FILE or p != TYPE}
    return [Change((s, p, o), (s, _RELATED, o)) for s, p, o in found if o not in subjects]


def single(said: Statements, _page: Page) -> list[Change]:
    """Of several values of a property that has one, the first with a datatype on the page stands, else the first."""
    values: dict[tuple[str, str], list[str]] = {}
    for s, p, o in said.with_one_of(SINGLE):
        values.setdefault((s, p), []).append(o)
    changes: list[Change] = []
    for (s, p), objects in values.items():
        if len(objects) == 1:
            continue
        chosen = next((o for o in objects if o.endswith(">") and o[0] == '"'), objects[0])
        changes += [Change((s, p, o), (s, p, chosen)) for o in objects if o != chosen]
    return changes
