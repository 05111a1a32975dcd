"""Why a document is a hit: for each word of the question how and where the document has it, in short Dutch sentences.

Enters: a `Document` and a `Query`. Leaves: `Reason`s. The clauses of `search.plan` are asked one by one of the row of
the document (`search.holds`), so an explanation never says more than the plan does, whatever the engine that answered.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from search.analyzer import Token, analyze, normalize
from search.document import Document
from search.highlight import Marks, fragments
from search.holds import Fields, alike, holds, matches
from search.places import Place, places
from search.plan import (
    EXACT,
    STEMMED,
    Between,
    Clause,
    Every,
    Follows,
    Near,
    Plan,
    Score,
    Starts,
    Term,
    Words,
    clause,
    plan,
    word_forms,
)  # fmt: skip
from search.query import FILTERS, STATUSES, Query
from search.reading import All, Any, Node, Phrase, Prefix, Reading, Word, read
from search.reasons import How, Reason, listed, sentence
from search.results import Fragment
from search.row import Row, row

MOST_FOUND = 3
"""Different words of the document that a sentence quotes."""


@dataclass(frozen=True)
class Explanation:
    """Whether a question has a document among its hits, whether only by similar words, and why."""

    matches: bool
    fuzzy: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Spot:
    """Where something was found: the place, and the words as they stand there."""

    place: Place
    text: str
    words: frozenset[str]


def reasons(document: Document, query: Query, today: date, own: Row | None = None) -> tuple[Reason, ...]:
    """Why that document is a hit: of each word, and of the filters; `own` is its row, when that was made already.

    A word that the document does not have (of three or more a quarter may miss) has a reason that says so.
    """
    return explain(document, query, today, own).reasons


def explain(document: Document, query: Query, today: date, own: Row | None = None) -> Explanation:
    """Whether, and why, that document is a hit of that question on that day."""
    fields, reading = Fields(own or row(document)), read(query.text)
    asked = plan(query, reading, today)
    is_hit = matches(asked, fields)
    fuzzy = not is_hit and matches(plan(query, reading, today, fuzzy=True), fields)
    written = {token.exact: query.text[token.start : token.end] for token in analyze(query.text)}
    where = places(document)
    found: list[Reason] = []
    for node in _leaves(reading.nodes):
        said = list(_of_node(node, fields, where, written, fuzzy=fuzzy))
        found += said or [_absent(node, written, reading)]
    found += _of_filters(document, query, today, fields)
    found += _of_score(asked, document, fields)
    return Explanation(is_hit or fuzzy, fuzzy, tuple(found))


def _leaves(nodes: Iterable[Node]) -> Iterator[Word | Phrase | Prefix]:
    for node in nodes:
        if isinstance(node, All | Any):
            yield from _leaves(node.nodes)
        else:
            yield node


def _of_node(
    node: Word | Phrase | Prefix, fields: Fields, where: Sequence[Place], written: dict[str, str], *, fuzzy: bool
) -> Iterator[Reason]:
    """The reasons of one word: the best way for each place."""
    spots: dict[How, list[_Spot]] = {}
    seen: set[str] = set()
    for way, asked, fits in _ways(node, fuzzy=fuzzy):
        if not holds(asked, fields):
            continue
        here = [spot for spot in _spots(where, asked, fits) if spot.place.name not in seen]
        if here or not seen:
            spots.setdefault(way, []).extend(here)
        seen |= {spot.place.name for spot in here}
    for way, here in spots.items():
        yield _reason(_as_written(node, written), way, here)


_Fits = Callable[[Sequence[Token], int], int]
"""How many tokens from that place on are what is looked for; 0 when they are not."""


def _ways(node: Word | Phrase | Prefix, *, fuzzy: bool) -> Iterator[tuple[How, Clause, _Fits]]:
    """The ways in which a document may have a node, best first."""
    if isinstance(node, Word):
        for one in word_forms(node, fuzzy=fuzzy):
            yield _way_of_word(node, one)
        return
    either = clause(node)
    for one in getattr(either, "clauses", (either,)):
        if isinstance(one, Words):
            yield "phrase", one, _run(one.words)
        elif isinstance(one, Starts):
            yield "prefix", one, _begins(one.start)
        elif isinstance(one, Follows):
            yield "prefix", one, _run(one.before, one.start)
        elif isinstance(one, Term):
            way: How = "phrase" if one.field not in ("about_s", "extra") else "joined"
            yield way, one, _is(one.word)


def _way_of_word(node: Word, one: Clause) -> tuple[How, Clause, _Fits]:
    match one:
        case Term(field, word):
            if field in EXACT:
                return "exact", one, _one(lambda token: token.exact == word)
            if field in STEMMED:
                glued = word in node.glued and word != node.token.stem
                return "joined" if glued else "inflection", one, _one(lambda token: token.stem == word)
            return "name" if field.startswith("about") else "compound", one, _is(word)
        case Near(_, word, edits):
            return "similar", one, _one(lambda token: alike(token.exact, word, edits))
    parts = frozenset(_parts(one))
    return "parts", one, _one(lambda token: token.stem in parts or not parts.isdisjoint(token.extra))


def _parts(one: Clause) -> Iterator[str]:
    """The stems of the parts of a compound that a clause looks for."""
    match one:
        case Words(_, words):
            yield from words
        case Term(_, word):
            yield word
        case Score(inner, _):
            yield from _parts(inner)
        case Every(clauses):
            for each in clauses:
                yield from _parts(each)
    for each in getattr(one, "clauses", ()) if not isinstance(one, Every) else ():
        yield from _parts(each)


def _one(fits: Callable[[Token], bool]) -> _Fits:
    return lambda tokens, place: int(fits(tokens[place]))


def _is(word: str) -> _Fits:
    """That word, or one that has it in it; then a hyphenated name counts whole."""

    def fits(tokens: Sequence[Token], place: int) -> int:
        token = tokens[place]
        return int(word in (token.exact, token.stem)) or (_name(tokens, place) if word in token.extra else 0)

    return fits


def _begins(start: str) -> _Fits:
    """A word that begins so, or a name of which the joined form does."""

    def fits(tokens: Sequence[Token], place: int) -> int:
        token = tokens[place]
        if token.exact.startswith(start):
            return 1
        return _name(tokens, place) if any(word.startswith(start) for word in token.extra) else 0

    return fits


def _name(tokens: Sequence[Token], place: int) -> int:
    """How many tokens the hyphenated name has that begins there."""
    end = place + 1
    while end < len(tokens) and tokens[end].joint:
        end += 1
    return end - place


def _run(words: tuple[str, ...], start: str = "") -> _Fits:
    """Those words after one another, within one paragraph, and then one that begins so."""
    length = len(words) + bool(start)

    def fits(tokens: Sequence[Token], place: int) -> int:
        there = tokens[place : place + length]
        if len(there) < length or any(token.gap for token in there[1:]):
            return 0
        same = tuple(token.exact for token in there[: len(words)]) == words
        return length if same and there[-1].exact.startswith(start) else 0

    return fits


_PARTS_OF = {"title": ("titel",), "text": ("tekst", "artikel"), "about": ("bestuur", "orgaan")}


def _spots(where: Sequence[Place], asked: Clause, fits: _Fits) -> Iterator[_Spot]:
    """Where in the document that is."""
    name = str(getattr(asked, "field", "extra")).partition("_")[0]
    kinds = _PARTS_OF.get(name, ("titel", "tekst", "artikel"))
    for place in where:
        if place.kind not in kinds:
            continue
        for at in range(len(place.tokens)):
            length = fits(place.tokens, at)
            if length:
                yield _spot(place, at, length)


def _spot(place: Place, at: int, length: int) -> _Spot:
    """The words there."""
    tokens = place.tokens[at : at + length]
    text = place.text[tokens[0].start : tokens[-1].end]
    return _Spot(place, text, frozenset(token.exact for token in tokens))


def _reason(word: str, way: How, spots: Sequence[_Spot]) -> Reason:
    where = tuple(dict.fromkeys(spot.place.name for spot in spots)) or ("tekst",)
    found = tuple({spot.text.casefold(): spot.text for spot in reversed(spots)}.values())[::-1][:MOST_FOUND]
    if way == "compound" and any(normalize(one) == normalize(word) for one in found):
        way = "joined"
    elif way == "parts" and found and all(len(one) > len(word) for one in found):
        way = "compound"
    fragment: Fragment = ()
    if spots:
        first = next((spot for spot in spots if spot.place.kind in ("tekst", "artikel")), spots[0])
        marks = Marks(exact={word for spot in spots for word in spot.words})
        fragment = next(iter(fragments(first.place.text, marks, 1)), ())
    return Reason(word, way, sentence(word, way, where, found), where, found, fragment)


def _as_written(node: Word | Phrase | Prefix, written: dict[str, str]) -> str:
    if isinstance(node, Word):
        return written.get(node.token.exact, node.token.exact)
    words = node.words if isinstance(node, Phrase) else (*node.before, node.start)
    between = "-" if isinstance(node, Phrase) and node.joined else " "
    return between.join(written.get(word, word) for word in words)


def _absent(node: Word | Phrase | Prefix, written: dict[str, str], reading: Reading) -> Reason:
    word = _as_written(node, written)
    enough = reading.least < len(reading.words) and node in reading.words
    why = f"; {reading.least} van de {len(reading.words)} woorden volstaan" if enough else ""
    return Reason(word, "absent", f"“{word}” staat er niet in{why}.")


def _of_filters(document: Document, query: Query, today: date, fields: Fields) -> Iterator[Reason]:
    """What of the filters it fits, in the words of the document."""
    asked = plan(replace(query, text=""), read(""), today).filters
    labels = {(one.filter, one.value): one.label for one in document.keywords}
    for name in FILTERS:
        if name not in asked or not holds(asked[name], fields):
            continue
        found = tuple(labels[name, value] or value for value in query.values(name) if (name, value) in labels)
        found = found or (tuple(value for value in STATUSES if value in query.status) if name == "status" else ())
        if found:
            yield Reason("", "filter", f"Uw filter op {_CALLED.get(name, name)} klopt: {listed(found)}.", (), found)
    day = _day(document)
    if day and any(name in asked and holds(asked[name], fields) for name in ("periode", "peildatum")):
        yield Reason("", "filter", f"Het valt binnen de periode die u koos: {day}.", (), (document.date,))


_CALLED = {
    "type": "soort", "orgaantype": "soort orgaan", "documenttype": "soort document", "besluittype": "soort besluit",
}  # fmt: skip


def _of_score(asked: Plan, document: Document, fields: Fields) -> Iterator[Reason]:
    """What makes it stand higher, beside its words."""
    extra = [one for one in getattr(asked.wanted, "extra", ()) if holds(one, fields)]
    if any(isinstance(one, Words) for one in extra):
        yield Reason("", "order", "Uw woorden staan in deze volgorde in de titel.", ("titel",))
    if any(isinstance(one, Score) and isinstance(one.clause, Between) for one in extra):
        yield Reason("", "recent", f"Het is recent ({_day(document)}); dat telt licht mee in de volgorde.")


def _day(document: Document) -> str:
    year, _, rest = document.date.partition("-")
    month, _, day = rest.partition("-")
    return f"{int(day)}/{int(month)}/{year}" if day.isdigit() and month.isdigit() else ""
