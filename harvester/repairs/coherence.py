"""Doubts that only show when triples are laid beside each other: what hangs loose, contradicts or is shared."""

import re
from collections.abc import Iterator

from belfort import rdf
from belfort.rdf import TYPE, Triple
from belfort.vocab import BESLUIT, DCT, ELI, FOAF, MANDAAT, PROV

# An issue code, what it is about, and the triple that shows it.
Doubt = tuple[str, str, Triple]

_HAS_PART, _SUBJECT = f"<{ELI.has_part}>", f"<{DCT.subject}>"
_PASSED_BY, _HELD_BY = f"<{ELI.passed_by}>", f"<{BESLUIT.isGehoudenDoor}>"
_IN_TIME = f"<{MANDAAT.isTijdspecialisatieVan}>"
_ZITTING, _DOCUMENT = f"<{BESLUIT.Zitting}>", f"<{FOAF.Document}>"
_OF_A_MEETING = frozenset(
    f"<{name}>"
    for name in (
        BESLUIT.heeftAanwezige, BESLUIT.heeftVoorzitter, BESLUIT.heeftSecretaris, BESLUIT.heeftStemming,
        BESLUIT.heeftStemmer, BESLUIT.onderwerp, BESLUIT.gevolg, PROV.generated, ELI.title,
    )
)  # fmt: skip
# Texts of which an entity has one; a rule cannot choose between them.
_ONE_TEXT = frozenset(f"<{name}>" for name in (BESLUIT.gevolg, BESLUIT.onderwerp))
# A class, the predicate that links it to what it belongs to, and whether it is the object of that.
_LINKED = (
    (f"<{BESLUIT.Agendapunt}>", f"<{BESLUIT.behandelt}>", True),
    (f"<{BESLUIT.BehandelingVanAgendapunt}>", _SUBJECT, False),
    (f"<{BESLUIT.Stemming}>", f"<{BESLUIT.heeftStemming}>", True),
    (f"<{BESLUIT.Besluit}>", f"<{PROV.generated}>", True),
    (f"<{BESLUIT.Artikel}>", _HAS_PART, True),
)
_NAMES_OF_CLASSES = frozenset(
    {"agendapunt", "agendapunten", "besluit", "zitting", "stemming", "behandeling", "behandeling van agendapunt"}
)


def of_page(triples: list[Triple], page: str) -> Iterator[Doubt]:
    """The doubts of a page at the address `page`."""
    yield from _said_of_the_page(triples, f"<{page}>")
    yield from _shared(triples)
    yield from _several(triples)
    yield from _loose(triples)
    yield from _other_orgaan(triples)
    for triple in triples:
        if triple[1] == _SUBJECT and triple[2][0] == '"':
            text = rdf.value(triple[2]).strip().lower()
            if text in _NAMES_OF_CLASSES:
                yield "class-as-subject", repr(text), triple


def _said_of_the_page(triples: list[Triple], page: str) -> Iterator[Doubt]:
    said = [triple for triple in triples if triple[0] == page]
    if (page, TYPE, _ZITTING) in said:
        return
    for triple in said:
        if triple[1] in _OF_A_MEETING:
            yield "lost-scope", _curie(triple[1]), triple


def _shared(triples: list[Triple]) -> Iterator[Doubt]:
    wholes: dict[str, str] = {}
    for s, p, o in triples:
        if p == _HAS_PART and wholes.setdefault(o, s) != s:
            yield "shared-artikel", _curie(p), (s, p, o)


def _several(triples: list[Triple]) -> Iterator[Doubt]:
    first: dict[tuple[str, str], str] = {}
    for s, p, o in triples:
        if p in _ONE_TEXT and first.setdefault((s, p), o) != o:
            yield "contradiction", _curie(p), (s, p, o)


def _loose(triples: list[Triple]) -> Iterator[Doubt]:
    linked = {predicate: (set[str](), set[str]()) for _, predicate, _ in _LINKED}
    for s, p, o in triples:
        if p in linked and o[0] != '"':
            linked[p][0].add(s)
            linked[p][1].add(o)
    for cls, predicate, is_object in _LINKED:
        for s, p, o in triples:
            if p == TYPE and o == cls and s not in linked[predicate][is_object]:
                yield "unlinked", f"{_curie(cls)} zonder {_curie(predicate)}", (s, p, o)


def _other_orgaan(triples: list[Triple]) -> Iterator[Doubt]:
    """The document of a zitting was passed by an orgaan that is not the one which held it, nor related to it."""
    zittingen = {s for s, p, o in triples if p == TYPE and o == _ZITTING}
    documents = {s for s, p, o in triples if p == TYPE and o == _DOCUMENT}
    held = {o for s, p, o in triples if p == _HELD_BY and s in zittingen}
    passed = [(s, p, o) for s, p, o in triples if p == _PASSED_BY and s in documents]
    if not held or not passed:
        return
    related = held | {s for s, p, o in triples if p == _IN_TIME and o in held}
    related |= {o for s, p, o in triples if p == _IN_TIME and s in held}
    if related.isdisjoint(o for _, _, o in passed):
        yield "other-orgaan", _curie(_PASSED_BY), passed[0]


_NOT_MARKUP = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style|textarea)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)
_DIV = re.compile(rb"<(/?)(?:div|section|article)(?=[\s/>])", re.IGNORECASE)


def unclosed(content: bytes) -> int:
    """How many more blocks the page opens than it closes: what follows stands inside them."""
    opened = closed = 0
    for found in _DIV.finditer(_NOT_MARKUP.sub(b"", content)):
        if found[1]:
            closed += 1
        else:
            opened += 1
    return max(0, opened - closed)


def _curie(term: str) -> str:
    return rdf.curie(term[1:-1])
