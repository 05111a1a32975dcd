"""The mandate rules that SHACL cannot say: on days in Brussels, and on other organs of the same gemeente and period.

Each takes a graph and a focus node and gives (path, value) of each violation. Source: publisher.md §10.2, with its
repairs: every comparison is in Brussels time, the last day counts, an open end is open, and an organ is only held
against organs of the same area whose periods have a day in common.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from belfort.rdf import TYPE, value
from belfort.vocab import LMB, MANDAAT, SKOS
from shapes import codes
from shapes.rules.days import holds, next_day, overlap
from shapes.rules.reading import (
    ALIAS,
    END,
    HOLDS,
    POST,
    ROLE,
    START,
    STATUS,
    bounds,
    counterparts,
    every,
    has_role,
    holders,
    is_class,
    is_exempt,
    label_of,
    periods_of,
    rule,
    said,
    tenure,
    word,
)
from shapes.shacl import Graph
from shapes.shacl.compile import Native

Found = Iterator[tuple[str, str]]
GR, CBS, RMW, VB, BCSD, BURGEMEESTER = "05", "06", "07", "08", "09", "4955bd72cd0e4eb895fdbfab08da0284"
_MANDATARIS = f"<{MANDAAT.Mandataris}>"
_SEATS = f"<{MANDAAT.aantalHouders}>"
_REPLACED = f"<{MANDAAT.isTijdelijkVervangenDoor}>"


def _status(notation: str) -> str:
    return f"<{codes.code('MandatarisStatusCode', notation)}>"


EFFECTIEF = _status("21063a5b-912c-4241-841c-cc7fb3c73e75")
VERHINDERD = _status("c301248f-0199-45ca-b3e5-4c596731d5fe")
WAARNEMEND = _status("e1ca6edd-55e1-4288-92a5-53f4cf71946a")
_LID_VAST_BUREAU = f"<{codes.code('BestuursfunctieCode', '17')}>"


def within_period(graph: Graph, focus: str) -> Found:
    """1.2: a start or an end outside the period of every organ that the mandate is a post of."""
    first, last = tenure(graph, focus)
    periods = [bounds(graph, one) for one in periods_of(graph, focus)]
    for day, path in ((first, START), (last, END)):
        if day and periods and not any(holds(*one, day) for one in periods):
            whole = " of ".join(f"{word(one[0])}–{word(one[1])}" for one in periods)
            yield path, said(f"{word(day)}; het orgaan bestaat {whole}")


def seats(graph: Graph, focus: str) -> Found:
    """1.3: on every day on which something changes, as many people as seats; for the vast bureau one less may do."""
    start, end = bounds(graph, focus)
    for post in graph.objects(focus, POST):
        text = value(graph.object(post, _SEATS) or '""')
        people = [one for one in holders(graph, [post]) if _counts(graph, one)]
        if not text.isdecimal() or not people:
            continue
        most = int(text)
        fewest = most - 1 if _LID_VAST_BUREAU in graph.objects(post, ROLE) else most
        for first, last, count in _counted(graph, people, start, end):
            if not fewest <= count <= most:
                until = word(last) if last else "nu"
                yield POST, said(f"{count} van {most} × {label_of(graph, post)}, van {word(first)} tot {until}")


def _counts(graph: Graph, one: str) -> bool:
    return not {EFFECTIEF, WAARNEMEND}.isdisjoint(graph.objects(one, STATUS)) and bool(graph.objects(one, ALIAS))


def _counted(
    graph: Graph, people: list[str], start: date | None, end: date | None
) -> Iterator[tuple[date, date | None, int]]:
    """Stretches of days with equally many people: from the first day anybody is there, as far as the period goes."""
    spans = [(*tenure(graph, one), graph.object(one, ALIAS)) for one in people]
    edges = {first for first, _, _ in spans if first} | {next_day(last) for _, last, _ in spans if last}
    days = sorted(day for day in edges if holds(start, end, day))
    stretches: list[tuple[date, int]] = []
    for day in days:
        count = len({who for first, last, who in spans if holds(first, last, day)})
        if not stretches or stretches[-1][1] != count:
            stretches.append((day, count))
    if end is None and stretches and stretches[-1][1] == 0:
        stretches.pop()  # everybody's mandate ends with a period whose end nobody wrote down
    for one, after in pairwise([*stretches, None]):
        if one:
            yield one[0], date.fromordinal(after[0].toordinal() - 1) if after else end, one[1]


def _also(graph: Graph, focus: str, here: tuple[str, ...], there: tuple[str, ...], roles: tuple[str, ...]) -> Found:
    """Whoever sits here must sit there too, at the same time; without such an organ nothing is asked."""
    for period in periods_of(graph, focus):
        if not is_class(graph, period, *here) or is_exempt(graph, period):
            continue
        other = counterparts(graph, period, *there)
        if not other:
            continue
        wanted = {f"<{codes.code('BestuursfunctieCode', role)}>" for role in roles}
        posts = [post for post in every(graph, other, POST) if not wanted or wanted & set(graph.objects(post, ROLE))]
        mine, persons = tenure(graph, focus), set(graph.objects(focus, ALIAS))
        seated = any(
            persons & set(graph.objects(one, ALIAS)) and overlap(mine, tenure(graph, one))
            for one in holders(graph, posts)
        )
        if persons and not seated:
            yield ALIAS, min(persons)
            return


def member_of_rmw(graph: Graph, focus: str) -> Found:
    """1.11: every gemeenteraadslid is lid of the RMW."""
    if has_role(graph, focus, "11"):
        yield from _also(graph, focus, (GR,), (RMW,), ("15",))


def chair_of_rmw(graph: Graph, focus: str) -> Found:
    """1.12: who presides the gemeenteraad presides the RMW."""
    if has_role(graph, focus, "12"):
        yield from _also(graph, focus, (GR,), (RMW,), ("16",))


def in_vast_bureau(graph: Graph, focus: str) -> Found:
    """1.13: every member of the college sits in the vast bureau."""
    yield from _also(graph, focus, (CBS,), (VB,), ())


def chair_of_vast_bureau(graph: Graph, focus: str) -> Found:
    """1.14: the burgemeester presides the vast bureau."""
    if has_role(graph, focus, "13", "7b038cc40bba10bec833ecfe6f15bc7a"):
        yield from _also(graph, focus, (BURGEMEESTER, CBS), (VB,), ("18",))


def chair_of_bcsd(graph: Graph, focus: str) -> Found:
    """1.15: who presides the BCSD sits in the RMW or in the vast bureau."""
    if has_role(graph, focus, "1a"):
        yield from _also(graph, focus, (BCSD,), (RMW, VB), ())


def replaced(graph: Graph, focus: str) -> Found:
    """1.16: who is absent has someone else acting in the same mandate, not from before the absence."""
    if VERHINDERD not in graph.objects(focus, STATUS):
        return
    mine, persons = set(graph.objects(focus, HOLDS)), set(graph.objects(focus, ALIAS))
    first = tenure(graph, focus)[0]
    for other in graph.objects(focus, _REPLACED):
        since = tenure(graph, other)[0]
        if (
            WAARNEMEND in graph.objects(other, STATUS)
            and mine & set(graph.objects(other, HOLDS))
            and not persons & set(graph.objects(other, ALIAS))
            and (first is None or since is None or since >= first)
        ):
            return
    yield _REPLACED, said(f"verhinderd sinds {word(first)}")


def candidate(graph: Graph, focus: str) -> Found:
    """1.17: members of council and college stood on a list of the period."""
    for period in periods_of(graph, focus):
        if not is_class(graph, period, GR, CBS, BURGEMEESTER):
            continue
        lists = [
            one
            for space in (MANDAAT, LMB)
            for election in graph.subjects(f"<{space.steltSamen}>", period)
            for one in graph.subjects(f"<{space.behoortTot}>", election)
        ]
        stood = every(graph, lists, f"<{MANDAAT.heeftKandidaat}>", f"<{LMB.heeftKandidaat}>")
        if set(graph.objects(focus, ALIAS)) & set(stood):
            return
    if any(is_class(graph, period, GR, CBS, BURGEMEESTER) for period in periods_of(graph, focus)):
        yield from ((ALIAS, person) for person in graph.objects(focus, ALIAS)[:1])


_SCHEMES = frozenset({
    "<http://data.vlaanderen.be/id/conceptscheme/BestuursfunctieCode>",
    "<http://data.lblod.info/id/conceptscheme/LocalPoliticianMandateRole>",
    "<http://data.lblod.info/id/conceptscheme/LokaalMandaatClassificatieCode>",
})  # fmt: skip


def known_role(graph: Graph, focus: str) -> Found:
    """2.1: the function of a mandate is in one of the three lists."""
    roles = graph.objects(focus, ROLE)
    listed = codes.concepts("BestuursfunctieCode")
    for role in roles:
        if value(role) in listed or _SCHEMES & set(graph.objects(role, f"<{SKOS.inScheme}>")):
            return
    yield ROLE, roles[0] if roles else ""


def no_overlap(graph: Graph, focus: str) -> Found:
    """2.3: no two records of one person in one mandate on the same day, open ends and exact doubles included."""
    mine = [one for one in graph.subjects(ALIAS, focus) if _MANDATARIS in graph.objects(one, TYPE)]
    spans = sorted(
        (first or date.min, last or date.max, post, one)
        for one in mine
        for first, last in (tenure(graph, one),)
        for post in graph.objects(one, HOLDS)
    )
    for place, (first, last, post, one) in enumerate(spans):
        for other_first, _, other_post, other in spans[place + 1 :]:
            if post == other_post and one != other and first <= other_first <= last:
                yield HOLDS, said(f"{label_of(graph, post)}: een tweede keer vanaf {word(other_first)}")
                return


RULES: dict[str, Native] = {
    rule("1_2"): within_period,
    rule("1_3"): seats,
    rule("1_11"): member_of_rmw,
    rule("1_12"): chair_of_rmw,
    rule("1_13"): in_vast_bureau,
    rule("1_14"): chair_of_vast_bureau,
    rule("1_15"): chair_of_bcsd,
    rule("1_16"): replaced,
    rule("1_17"): candidate,
    rule("2_1"): known_role,
    rule("2_3"): no_overlap,
}
