"""Doubts that only show when triples are laid beside each other: what hangs loose, contradicts or is shared."""

import re
from collections.abc import Iterator

from belfort import rdf, rijksregister
from belfort.rdf import TYPE, Triple
from belfort.vocab import BESLUIT, DCT, ELI, FOAF, MANDAAT, PROV
from harvester.repairs.statements import Statements
from harvester.repairs.terms import HAS_DOCUMENT

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


def of_page(said: Statements, page: str) -> Iterator[Doubt]:
    """The doubts of a page at the address `page`."""
    yield from _said_of_the_page(said, f"<{page}>")
    yield from _shared(said)
    yield from _several(said)
    yield from _loose(said)
    yield from _other_orgaan(said)
    for triple in said.with_predicate(_SUBJECT):
        if triple[2][0] == '"':
            text = rdf.value(triple[2]).strip().lower()
            if text in _NAMES_OF_CLASSES:
                yield "class-as-subject", repr(text), triple


def _said_of_the_page(said: Statements, page: str) -> Iterator[Doubt]:
    if said.is_a(page, _ZITTING):
        return
    for triple in said.with_one_of(_OF_A_MEETING):
        if triple[0] == page:
            yield "lost-scope", _curie(triple[1]), triple


def _shared(said: Statements) -> Iterator[Doubt]:
    """An artikel that is a part of several besluiten, a document that is that of several zittingen."""
    for artikel, triples in _by_object(said.with_predicate(_HAS_PART)).items():
        if len(triples) > 1 and artikel[0] != '"':
            what = f"{_shown(artikel)} is met {_curie(_HAS_PART)} een deel van {len(triples)} besluiten"
            for triple in triples[1:]:
                yield "shared-artikel", what, triple
    for document, triples in _by_object(said.with_one_of(HAS_DOCUMENT)).items():
        zittingen = {s for s, _, _ in triples}
        if len(zittingen) > 1 and document[0] == "<":
            what = f"{_shown(document)} is het document van {len(zittingen)} zittingen"
            for triple in triples:
                if triple[0] != triples[0][0]:
                    yield "shared-document", what, triple


def _by_object(triples: list[Triple]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for triple in triples:
        found.setdefault(triple[2], []).append(triple)
    return found


def _shown(term: str) -> str:
    return rijksregister.mask(rdf.value(term)) if term[0] == "<" else "zonder IRI"


def _several(said: Statements) -> Iterator[Doubt]:
    first: dict[tuple[str, str], str] = {}
    for s, p, o in said.with_one_of(_ONE_TEXT):
        if first.setdefault((s, p), o) != o:
            yield "contradiction", _curie(p), (s, p, o)


def _loose(said: Statements) -> Iterator[Doubt]:
    for cls, predicate, is_object in _LINKED:
        linked = said.led_to(predicate) if is_object else said.leading(predicate)
        for entity in said.of(cls):
            if entity not in linked:
                yield "unlinked", f"{_curie(cls)} zonder {_curie(predicate)}", (entity, TYPE, cls)


def _other_orgaan(said: Statements) -> Iterator[Doubt]:
    """The document of a zitting was passed by an orgaan that is not the one which held it, nor related to it."""
    held = {o for s, _, o in said.with_predicate(_HELD_BY) if said.is_a(s, _ZITTING)}
    passed = [triple for triple in said.with_predicate(_PASSED_BY) if said.is_a(triple[0], _DOCUMENT)]
    if not held or not passed:
        return
    in_time = said.with_predicate(_IN_TIME)
    related = held | {s for s, _, o in in_time if o in held} | {o for s, _, o in in_time if s in held}
    if related.isdisjoint(o for _, _, o in passed):
        yield "other-orgaan", _curie(_PASSED_BY), passed[0]


_TAG = re.compile(
    rb"<(?:(div|section|article)(?=[\s/>])|(/(?:div|section|article)(?=[\s/>]))|(!--|script\b|style\b|textarea\b))",
    re.IGNORECASE,
)
_OPENS, _CLOSES = 1, 2


def unclosed(content: bytes) -> int:
    """How many more blocks the page opens than it closes: what follows stands inside them."""
    open_blocks = 0
    markup = 0  # before here stands a comment, a script or the like
    for tag in _TAG.finditer(content):
        if tag.start() < markup:
            continue
        kind = tag.lastindex
        if kind == _OPENS:
            open_blocks += 1
        elif kind == _CLOSES:
            open_blocks -= 1
        else:
            markup = _end(content, tag[3].lower(), tag.end())
    return max(0, open_blocks)


def _end(content: bytes, kind: bytes, start: int) -> int:
    """Where a comment, a script or the like that starts here ends."""
    if kind == b"!--":
        end = content.find(b"-->", start) + 3
        return end if end > 2 else len(content)
    found = re.compile(b"</" + kind, re.IGNORECASE).search(content, start)
    return found.end() if found else len(content)


def _curie(term: str) -> str:
    return rdf.curie(term[1:-1])
