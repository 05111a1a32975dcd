"""The rules on leading officials and on numbers of besturen that SHACL cannot say. Source: publisher.md §10.3."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import combinations

from belfort import rijksregister
from belfort.rdf import value
from belfort.vocab import GENERIEK, GENERIEK_HTTP, LEIDINGGEVENDEN, SKOS
from shapes import codes
from shapes.rules import expected
from shapes.rules.days import BRUSSELS, FIRST_DAY, overlap
from shapes.rules.history import Version
from shapes.rules.reading import (
    ALIAS,
    CLASSIFICATION,
    END,
    GOVERNS,
    HOLDS,
    IN_TIME,
    ROLE,
    START,
    STATUS,
    besturen,
    every,
    holders,
    label_of,
    lasting,
    rule,
    said,
    tenure,
    word,
)
from shapes.shacl import Graph
from shapes.shacl.compile import Native

Found = Iterator[tuple[str, str]]
_HAS = f"<{LEIDINGGEVENDEN.heeftBestuursfunctie}>"
_AANGESTELD = f"<{codes.code('FunctionarisStatusCode', '45b4b155-d22a-4eaf-be3a-97022c6b7fcd')}>"
_NUMBER = tuple(f"<{one.gestructureerdeIdentificator}>" for one in (GENERIEK, GENERIEK_HTTP))
_LOCAL = tuple(f"<{one.lokaleIdentificator}>" for one in (GENERIEK, GENERIEK_HTTP))


def in_order(graph: Graph, focus: str) -> Found:
    """The end is not before the start."""
    first, last = tenure(graph, focus)
    if first and last and last < first:
        yield END, said(f"{word(first)} tot {word(last)}")


def since_databank(graph: Graph, focus: str) -> Found:
    """No start before the databank began."""
    first = tenure(graph, focus)[0]
    if first and first < FIRST_DAY:
        yield START, said(word(first))


def one_at_a_time(graph: Graph, focus: str) -> Found:
    """At most one person appointed at a time in one function of an organ, over all its periods."""
    periods = {period for name in IN_TIME for period in graph.subjects(name, focus)}
    by_role: dict[str, set[str]] = {}
    for post in every(graph, [*sorted(periods), focus], _HAS):
        for role in graph.objects(post, ROLE):
            by_role.setdefault(codes.current(value(role)), set()).add(post)
    for posts in by_role.values():
        people = sorted(set(holders(graph, posts)))
        appointed = [one for one in people if _AANGESTELD in graph.objects(one, STATUS)]
        for one, other in combinations(appointed, 2):
            same = set(graph.objects(one, ALIAS)) & set(graph.objects(other, ALIAS))
            if not same and overlap(tenure(graph, one), tenure(graph, other)):
                since = max(tenure(graph, one)[0] or date.min, tenure(graph, other)[0] or date.min)
                yield _HAS, said(f"{label_of(graph, min(posts))}: twee aangestelden vanaf {word(since)}")


def fits_type(graph: Graph, focus: str) -> Found:
    """Someone holds a function that this type of bestuur does not have."""
    if not graph.subjects(HOLDS, focus):
        return
    for period in graph.subjects(_HAS, focus):
        for kind in every(graph, besturen(graph, period), *CLASSIFICATION):
            allowed = expected.allowed(codes.current(value(kind)))
            for role in graph.objects(focus, ROLE) if allowed is not None else ():
                if allowed is not None and codes.current(value(role)) not in allowed:
                    yield ROLE, role
                    return


def fits_organ(graph: Graph, focus: str) -> Found:
    """The function is the one that belongs to its director organ."""
    known = codes.concepts("BestuursorgaanClassificatieCode")
    for period in graph.subjects(_HAS, focus):
        for kind in every(graph, [*lasting(graph, period), period], *CLASSIFICATION):
            related = known[value(kind)].related if value(kind) in known else ()
            for role in graph.objects(focus, ROLE):
                if related and codes.current(value(role)) not in related:
                    yield ROLE, role
                    return


def required(graph: Graph, focus: str) -> Found:
    """Every function that the law asks of this bestuur has someone, today."""
    today = datetime.now(UTC).astimezone(BRUSSELS).date()
    organs = graph.subjects(GOVERNS, focus)
    periods = [period for organ in organs for name in IN_TIME for period in graph.subjects(name, organ)]
    posts = every(graph, [*organs, *periods], _HAS)
    for kind in dict.fromkeys(codes.current(value(term)) for term in every(graph, [focus], *CLASSIFICATION)):
        for role in expected.required(kind):
            mine = [post for post in posts if role in {codes.current(value(r)) for r in graph.objects(post, ROLE)}]
            versions = [_version(graph, one) for one in holders(graph, mine)]
            state = expected.state(versions, today)
            if state in ("vacant", "niet gemeld"):
                yield _HAS, said(f"{codes.every()[role].label.lower()}: {state}")


def _version(graph: Graph, one: str) -> Version:
    first, last = tenure(graph, one)
    return Version(one, one, "", first, last, {"status": value(graph.object(one, STATUS) or '""')})


def kbo_number(graph: Graph, focus: str) -> Found:
    """A KBO number has ten digits, of which the last two check the first eight (97 minus their remainder by 97)."""
    if "KBO nummer" not in [value(term) for term in graph.objects(focus, f"<{SKOS.notation}>")]:
        return
    for term in every(graph, every(graph, [focus], *_NUMBER), *_LOCAL):
        if rijksregister.MASK in value(term):
            continue  # what the gate took away says nothing about the number
        digits = value(term).replace(".", "").replace(" ", "")
        if (
            len(digits) != 10
            or not (digits.isascii() and digits.isdecimal())
            or 97 - int(digits[:8]) % 97 != int(digits[8:])
        ):
            yield _LOCAL[0], term


RULES: dict[str, Native] = {
    rule("f_3"): in_order,
    rule("f_4"): since_databank,
    rule("f_5"): one_at_a_time,
    rule("f_6"): fits_type,
    rule("f_7"): fits_organ,
    rule("f_8"): required,
    rule("c_2"): kbo_number,
}
