"""Repairs that look at all triples of the page: Q7, Q17, Q23. A `Change` is one triple and what comes in its place."""

import hashlib
import re
from typing import NamedTuple
from urllib.parse import unquote

from belfort.rdf import TYPE, Triple
from belfort.vocab import BESLUIT, DOCUMENT_TYPES, ELI, FOAF, PROV
from harvester.rdfa import iri
from harvester.repairs.page import Page


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
_HAS_DOCUMENT = frozenset(
    f"<{name}>"
    for name in (BESLUIT.heeftAgenda, BESLUIT.heeftBesluitenlijst, BESLUIT.heeftNotulen, BESLUIT.heeftUittreksel)
)
_VALUE, _RELATED = f"<{PROV.value}>", f"<{ELI.related_to}>"
# Of these an entity has one value.
SINGLE = frozenset(
    f"<{name}>"
    for name in (
        BESLUIT.geplandeStart, PROV.startedAtTime, PROV.endedAtTime, BESLUIT.openbaar, BESLUIT.geplandOpenbaar,
        BESLUIT.geheim, BESLUIT.aantalVoorstanders, BESLUIT.aantalTegenstanders, BESLUIT.aantalOnthouders,
        ELI.date_publication,
    )
)  # fmt: skip


def placeholder(triples: list[Triple], page: Page) -> list[Change]:
    """A document of the page whose IRI is a placeholder on another host gets an IRI of this page."""
    documents = {s for s, p, o in triples if p == TYPE and o in _DOCUMENT}
    documents |= {o for _, p, o in triples if p in _HAS_DOCUMENT}
    renamed = {term: _of_page(term, page) for term in documents if _is_placeholder(term, page)}
    return [
        Change((s, p, o), (renamed.get(s, s), p, renamed.get(o, o)))
        for s, p, o in triples
        if s in renamed or o in renamed
    ]


def _is_placeholder(term: str, page: Page) -> bool:
    if not term.startswith("<http"):
        return False
    parts = iri.split(term[1:-1])
    last = unquote(parts.fragment or parts.path.rstrip("/").rpartition("/")[2])
    return (parts.authority or "").lower() != page.host and _PLACEHOLDER.fullmatch(last) is not None


def _of_page(term: str, page: Page) -> str:
    return f"<{page.address}#document-{hashlib.sha256(term[1:-1].encode()).hexdigest()[:12]}>"


def attachment(triples: list[Triple], _page: Page) -> list[Change]:
    """`prov:value` is a text; an IRI there that the page says nothing more about is an annex."""
    found = [triple for triple in triples if triple[1] == _VALUE and triple[2][0] == "<"]
    if not found:
        return []
    subjects = {s for s, p, o in triples if (p, o) != (TYPE, f"<{FOAF.Document}>")}
    return [Change((s, p, o), (s, _RELATED, o)) for s, p, o in found if o not in subjects]


def single(triples: list[Triple], _page: Page) -> list[Change]:
    """Of several values of a property that has one, the first with a datatype on the page stands, else the first."""
    values: dict[tuple[str, str], list[str]] = {}
    for s, p, o in triples:
        if p in SINGLE:
            values.setdefault((s, p), []).append(o)
    changes = []
    for (s, p), objects in values.items():
        chosen = next((o for o in objects if o.endswith(">") and o[0] == '"'), objects[0])
        changes += [Change((s, p, o), (s, p, chosen)) for o in objects if o != chosen]
    return changes
