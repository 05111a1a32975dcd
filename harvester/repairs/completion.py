"""Q16: links that the page shows and does not say. They are derived: the trace of each has what it follows from."""

from collections.abc import Iterator

from belfort.rdf import TYPE, Triple
from belfort.vocab import BESLUIT, DCT, ELI, FOAF, PROV
from harvester.repairs.page import Nested, Page
from harvester.repairs.whole import Change

_ZITTING, _AGENDAPUNT = f"<{BESLUIT.Zitting}>", f"<{BESLUIT.Agendapunt}>"
_BEHANDELING, _BESLUIT = f"<{BESLUIT.BehandelingVanAgendapunt}>", f"<{BESLUIT.Besluit}>"
_STEMMING, _ARTIKEL, _DOCUMENT = f"<{BESLUIT.Stemming}>", f"<{BESLUIT.Artikel}>", f"<{FOAF.Document}>"
_BEHANDELT, _HELD_BY = f"<{BESLUIT.behandelt}>", f"<{BESLUIT.isGehoudenDoor}>"
_SUBJECT, _PASSED_BY = f"<{DCT.subject}>", f"<{ELI.passed_by}>"
_GENERATED, _GENERATED_BY = f"<{PROV.generated}>", f"<{PROV.wasGeneratedBy}>"

_OF_ZITTING = frozenset(
    f"<{name}>"
    for name in (
        BESLUIT.behandelt, BESLUIT.isGehoudenDoor, BESLUIT.geplandeStart, BESLUIT.heeftAanwezigeBijStart,
        BESLUIT.heeftAgenda, BESLUIT.heeftBesluitenlijst, BESLUIT.heeftNotulen, PROV.startedAtTime, PROV.endedAtTime,
    )
)  # fmt: skip

# Inner class, outer class, the predicate from the outer to the inner.
_NESTED = (
    (_AGENDAPUNT, _ZITTING, _BEHANDELT),
    (_BESLUIT, _BEHANDELING, _GENERATED),
    (_STEMMING, _BEHANDELING, f"<{BESLUIT.heeftStemming}>"),
    (_ARTIKEL, _BESLUIT, f"<{ELI.has_part}>"),
)


class _Known:
    """The triples of the page by what the rules ask."""

    def __init__(self, triples: list[Triple]) -> None:
        self.triples = triples
        self.of: dict[str, dict[str, None]] = {}
        self.objects: dict[str, set[str]] = {}
        self.subjects: dict[str, set[str]] = {}
        for s, p, o in triples:
            if p == TYPE:
                self.of.setdefault(o, {})[s] = None
            elif o[0] != '"':
                self.objects.setdefault(p, set()).add(o)
                self.subjects.setdefault(p, set()).add(s)

    def is_a(self, entity: str, cls: str) -> bool:
        return entity in self.of.get(cls, ())

    def unlinked(self, cls: str, predicate: str) -> list[str]:
        """The entities of a class that no triple with the predicate leads to."""
        led_to = self.objects.get(predicate, set())
        return [one for one in self.of.get(cls, {}) if one not in led_to]


def held_by(triples: list[Triple], _page: Page) -> list[Change]:
    """A zitting without orgaan is held by the one orgaan that the document of the page was passed by."""
    known = _Known(triples)
    without = [one for one in known.of.get(_ZITTING, {}) if one not in known.subjects.get(_HELD_BY, set())]
    documents = set(known.of.get(_DOCUMENT, {}))
    passed = [triple for triple in triples if triple[1] == _PASSED_BY and triple[2][0] != '"']
    passed = [triple for triple in passed if triple[0] in documents] or passed
    if not without or len({o for _, _, o in passed}) != 1:
        return []
    return [Change(passed[0], (zitting, _HELD_BY, passed[0][2]), keep=True) for zitting in without]


def lost_scope(triples: list[Triple], page: Page) -> list[Change]:
    """What the page itself says and only a zitting can say, is said by its only zitting."""
    subject = f"<{page.address}>"
    zittingen = list(dict.fromkeys(s for s, p, o in triples if p == TYPE and o == _ZITTING))
    if len(zittingen) != 1 or subject in zittingen:
        return []
    return [Change((s, p, o), (zittingen[0], p, o)) for s, p, o in triples if s == subject and p in _OF_ZITTING]


def nested(triples: list[Triple], page: Page) -> list[Change]:
    """What stands in a zitting, behandeling or besluit on the page, and is linked to none, belongs to it."""
    known = _Known(triples)
    waiting = {
        (inner, entity): (outer, predicate)
        for inner, outer, predicate in _NESTED
        for entity in known.unlinked(inner, predicate)
    }
    untreated = [one for one in known.of.get(_BEHANDELING, {}) if one not in known.subjects.get(_SUBJECT, set())]
    if not waiting and not untreated:
        return []
    return list(dict.fromkeys([*_inverses(known, waiting), *_around(known, waiting, untreated, page)]))


_Waiting = dict[tuple[str, str], tuple[str, str]]


def _inverses(known: _Known, waiting: _Waiting) -> Iterator[Change]:
    """A besluit that says which behandeling it comes from needs no place on the page."""
    for s, p, o in known.triples:
        if p == _GENERATED_BY and o[0] != '"' and (_BESLUIT, s) in waiting:
            del waiting[_BESLUIT, s]
            yield Change((s, p, o), (o, _GENERATED, s), keep=True)


def _around(known: _Known, waiting: _Waiting, untreated: list[str], page: Page) -> Iterator[Change]:
    nesting = page.nesting()
    for one in nesting:
        for inner in (_AGENDAPUNT, _BESLUIT, _STEMMING, _ARTIKEL):
            outer, predicate = waiting.get((inner, one.entity), ("", ""))
            around = (
                next((other for other in one.around if other != one.entity and known.is_a(other, outer)), None)
                if outer
                else None
            )
            if around:
                del waiting[inner, one.entity]
                yield Change((one.entity, TYPE, inner), (around, predicate, one.entity), keep=True)
    treated = _treated(known, set(untreated), nesting)
    for behandeling in untreated:
        if behandeling in treated:
            change = (behandeling, _SUBJECT, treated[behandeling])
            yield Change((behandeling, TYPE, _BEHANDELING), change, keep=True)
    zittingen = list(known.of.get(_ZITTING, {}))
    if len(zittingen) == 1:
        for inner, entity in waiting:
            if inner == _AGENDAPUNT:
                yield Change((entity, TYPE, inner), (zittingen[0], _BEHANDELT, entity), keep=True)


def _treated(known: _Known, untreated: set[str], nesting: list[Nested]) -> dict[str, str]:
    """Behandeling → the agendapunt around it, or the only one in it."""
    around: dict[str, str] = {}
    inside: dict[str, set[str]] = {}
    for one in nesting:
        if one.entity in untreated:
            found = next((other for other in one.around if known.is_a(other, _AGENDAPUNT)), None)
            if found:
                around.setdefault(one.entity, found)
        if known.is_a(one.entity, _AGENDAPUNT):
            for other in untreated.intersection(one.around):
                inside.setdefault(other, set()).add(one.entity)
    only = {behandeling: found.pop() for behandeling, found in inside.items() if len(found) == 1}
    return only | around
