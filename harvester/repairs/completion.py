"""Q16: links that the page shows and does not say. They are derived: the trace of each has what it follows from."""

from collections.abc import Iterator

from belfort.rdf import TYPE
from belfort.vocab import BESLUIT, DCT, ELI, FOAF, PROV
from harvester.repairs.page import Nested, Page
from harvester.repairs.statements import Statements
from harvester.repairs.whole import Change

_ZITTING, _AGENDAPUNT = f"<{BESLUIT.Zitting}>", f"<{BESLUIT.Agendapunt}>"
_BEHANDELING, _BESLUIT = f"<{BESLUIT.BehandelingVanAgendapunt}>", f"<{BESLUIT.Besluit}>"
_STEMMING, _ARTIKEL, _DOCUMENT = f"<{BESLUIT.Stemming}>", f"<{BESLUIT.Artikel}>", f"<{FOAF.Document}>"
_BEHANDELT, _HELD_BY = f"<{BESLUIT.behandelt}>", f"<{BESLUIT.isGehoudenDoor}>"
_SUBJECT, _PASSED_BY = f"<{DCT.subject}>", f"<{ELI.passed_by}>"
_GENERATED = f"<{PROV.generated}>"
# What the inner entity itself may say of the outer one.
_INVERSES = ((_BESLUIT, f"<{PROV.wasGeneratedBy}>"), (_ARTIKEL, f"<{ELI.is_part_of}>"))

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


def held_by(said: Statements, _page: Page) -> list[Change]:
    """A zitting without orgaan is held by the one orgaan that the document of the page was passed by."""
    without = [one for one in said.of(_ZITTING) if one not in said.leading(_HELD_BY)]
    if not without:
        return []
    passed = [triple for triple in said.with_predicate(_PASSED_BY) if triple[2][0] != '"']
    passed = [triple for triple in passed if said.is_a(triple[0], _DOCUMENT)] or passed
    if len({o for _, _, o in passed}) != 1:
        return []
    return [Change(passed[0], (zitting, _HELD_BY, passed[0][2]), keep=True) for zitting in without]


def lost_scope(said: Statements, page: Page) -> list[Change]:
    """What the page itself says and only a zitting can say, is said by its only zitting."""
    subject = f"<{page.address}>"
    zittingen = list(said.of(_ZITTING))
    if len(zittingen) != 1 or subject in zittingen:
        return []
    return [Change((s, p, o), (zittingen[0], p, o)) for s, p, o in said.with_one_of(_OF_ZITTING) if s == subject]


def nested(said: Statements, page: Page) -> list[Change]:
    """What stands in a zitting, behandeling or besluit on the page, and is linked to none, belongs to it."""
    waiting = {
        (inner, entity): (outer, predicate)
        for inner, outer, predicate in _NESTED
        for entity in said.of(inner)
        if entity not in said.led_to(predicate)
    }
    untreated = [one for one in said.of(_BEHANDELING) if one not in said.leading(_SUBJECT)]
    if not waiting and not untreated:
        return []
    return list(dict.fromkeys([*_inverses(said, waiting), *_around(said, waiting, untreated, page)]))


_Waiting = dict[tuple[str, str], tuple[str, str]]


def _inverses(said: Statements, waiting: _Waiting) -> Iterator[Change]:
    """A besluit that says which behandeling it comes from, or an artikel of which besluit, needs no place."""
    for inner, inverse in _INVERSES:
        for s, p, o in said.with_predicate(inverse):
            if o[0] != '"' and (inner, s) in waiting:
                _, predicate = waiting.pop((inner, s))
                yield Change((s, p, o), (o, predicate, s), keep=True)


def _around(said: Statements, waiting: _Waiting, untreated: list[str], page: Page) -> Iterator[Change]:
    nesting = page.nesting()
    for one in nesting:
        for inner in (_AGENDAPUNT, _BESLUIT, _STEMMING, _ARTIKEL):
            outer, predicate = waiting.get((inner, one.entity), ("", ""))
            around = (
                next((other for other in one.around if other != one.entity and said.is_a(other, outer)), None)
                if outer
                else None
            )
            if around:
                del waiting[inner, one.entity]
                yield Change((one.entity, TYPE, inner), (around, predicate, one.entity), keep=True)
    treated = _treated(said, set(untreated), nesting)
    for behandeling in untreated:
        if behandeling in treated:
            change = (behandeling, _SUBJECT, treated[behandeling])
            yield Change((behandeling, TYPE, _BEHANDELING), change, keep=True)
    zittingen = list(said.of(_ZITTING))
    if len(zittingen) == 1:
        for inner, entity in waiting:
            if inner == _AGENDAPUNT:
                yield Change((entity, TYPE, inner), (zittingen[0], _BEHANDELT, entity), keep=True)


def _treated(said: Statements, untreated: set[str], nesting: list[Nested]) -> dict[str, str]:
    """Behandeling → the agendapunt around it, or the only one in it."""
    around: dict[str, str] = {}
    inside: dict[str, set[str]] = {}
    for one in nesting:
        if one.entity in untreated:
            found = next((other for other in one.around if said.is_a(other, _AGENDAPUNT)), None)
            if found:
                around.setdefault(one.entity, found)
        if said.is_a(one.entity, _AGENDAPUNT):
            for other in untreated.intersection(one.around):
                inside.setdefault(other, set()).add(one.entity)
    only = {behandeling: found.pop() for behandeling, found in inside.items() if len(found) == 1}
    return only | around
