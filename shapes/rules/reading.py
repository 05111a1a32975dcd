"""What the rules read from a graph of public triples: terms in, terms and days out. Nothing here judges."""

from collections.abc import Iterable, Iterator
from datetime import date

from belfort.rdf import literal, value
from belfort.vocab import BESLUIT, GENERIEK, GENERIEK_HTTP, LMB, MANDAAT, ORG
from shapes import codes
from shapes.rules.days import as_day, overlap
from shapes.shacl import Graph

Period = tuple[date | None, date | None]
IN_TIME = tuple(
    f"<{one.isTijdspecialisatieVan}>" for one in (MANDAAT, GENERIEK, GENERIEK_HTTP)
)  # fmt: skip
CLASSIFICATION = (f"<{BESLUIT.classificatie}>", f"<{ORG.classification}>")
GOVERNS, AREA = f"<{BESLUIT.bestuurt}>", f"<{BESLUIT.werkingsgebied}>"
HOLDS, POST, ROLE = f"<{ORG.holds}>", f"<{ORG.hasPost}>", f"<{ORG.role}>"
ALIAS, STATUS = f"<{MANDAAT.isBestuurlijkeAliasVan}>", f"<{MANDAAT.status}>"
START, END = f"<{MANDAAT.start}>", f"<{MANDAAT.einde}>"
_BOUNDS = (f"<{MANDAAT.bindingStart}>", f"<{MANDAAT.bindingEinde}>")
_FACILITIES = f"<{LMB.faciliteitenGemeente}>"


def every(graph: Graph, subjects: Iterable[str], *predicates: str) -> list[str]:
    """The distinct objects of these subjects and predicates."""
    return list(dict.fromkeys(o for s in subjects for p in predicates for o in graph.objects(s, p)))


def tenure(graph: Graph, holder: str) -> Period:
    """From when to when someone holds a post, both days included."""
    return _day(graph, holder, START), _day(graph, holder, END)


def bounds(graph: Graph, period: str) -> Period:
    """From when to when an organ-in-time exists."""
    return _day(graph, period, _BOUNDS[0]), _day(graph, period, _BOUNDS[1])


def _day(graph: Graph, subject: str, predicate: str) -> date | None:
    found = [as_day(value(term)) for term in graph.objects(subject, predicate)]
    return next((day for day in found if day), None)


def periods_of(graph: Graph, holder: str) -> list[str]:
    """The organs-in-time in which a mandataris holds a post."""
    posts = graph.objects(holder, HOLDS)
    return list(dict.fromkeys(period for post in posts for period in graph.subjects(POST, post)))


def lasting(graph: Graph, period: str) -> list[str]:
    """The organ that lasts behind an organ-in-time."""
    return every(graph, [period], *IN_TIME)


def is_class(graph: Graph, period: str, *notations: str) -> bool:
    """Whether the organ behind an organ-in-time has one of these classifications."""
    wanted = {f"<{codes.code('BestuursorgaanClassificatieCode', one)}>" for one in notations}
    return not wanted.isdisjoint(every(graph, [*lasting(graph, period), period], *CLASSIFICATION))


def has_role(graph: Graph, holder: str, *notations: str) -> bool:
    """Whether a mandataris has one of these functions."""
    wanted = {f"<{codes.code('BestuursfunctieCode', one)}>" for one in notations}
    return not wanted.isdisjoint(every(graph, graph.objects(holder, HOLDS), ROLE))


def besturen(graph: Graph, period: str) -> list[str]:
    """The bestuur that an organ governs."""
    return every(graph, [*lasting(graph, period), period], GOVERNS)


def counterparts(graph: Graph, period: str, *notations: str) -> list[str]:
    """The organs-in-time of such a class in the same area, that have a day in common with this one."""
    areas = every(graph, besturen(graph, period), AREA)
    near = {one for area in areas for one in graph.subjects(AREA, area)}
    found = []
    for organ in {organ for bestuur in near for organ in graph.subjects(GOVERNS, bestuur)}:
        for name in IN_TIME:
            found += graph.subjects(name, organ)
    mine = bounds(graph, period)
    return sorted({
        one for one in found if is_class(graph, one, *notations) and overlap(mine, bounds(graph, one))
    })  # fmt: skip


def is_exempt(graph: Graph, period: str) -> bool:
    """Whether the raad voor maatschappelijk welzijn there is elected on its own (faciliteitengemeenten)."""
    mine = besturen(graph, period)
    if any(value(flag) in ("true", "1") for flag in every(graph, mine, _FACILITIES)):
        return True
    known = codes.areas()
    return any(value(area) in known and known[value(area)].facilities for area in every(graph, mine, AREA))


def holders(graph: Graph, posts: Iterable[str]) -> Iterator[str]:
    """Everyone who holds one of these posts."""
    for post in posts:
        yield from graph.subjects(HOLDS, post)


def said(text: str) -> str:
    """A text as the value of a result."""
    return literal(text)


def rule(name: str) -> str:
    """The term of a rule in `rules.ttl`."""
    return f"<urn:belfort:rule:{name}>"


def word(day: date | None) -> str:
    """A day in a result."""
    return f"{day.day}/{day.month}/{day.year}" if day else "onbekend"


def label_of(graph: Graph, post: str) -> str:
    """What the function of a post is called."""
    known = codes.every()
    roles = [value(term) for term in graph.objects(post, ROLE)]
    return next((known[role].label.lower() for role in roles if role in known), "mandaat")
