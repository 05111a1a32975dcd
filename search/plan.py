"""Makes of a question a plan: a tree of primitive clauses over the fields of `search.row`, the same for every engine.

Enters: a `Query`, its `Reading` and the day. Leaves: a `Plan`. An engine translates the primitives one by one and
adds nothing of its own, so match sets, totals and facets are equal whatever the engine. Text of a visitor gets in as
tokens of the analyzer only, never as the syntax of an engine.

Scores: `Term` and `Words` score by BM25 (k1 1.2, b 0.75) times their weight, `Starts`, `Follows` and `Near` by their
weight alone, `Score` by its number, `Every` and `AtLeast` add up, `Best` takes the best and a tenth of the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from search.analyzer import compound_parts
from search.query import Query
from search.reading import All, Node, Phrase, Prefix, Reading, Word
from search.row import FACETS, LONGEST_START, NEVER, key

TIE = 0.1
"""Share of the other scores that `Best` adds to the best."""

# A title beats a text, a word as it stands beats its inflections, and both beat parts of compounds.
WEIGHTS = {"title_x": 8.0, "title_s": 5.0, "text_x": 2.0, "text_s": 1.2, "about": 1.0, "about_s": 0.8, "extra": 0.6}
EXACT = ("title_x", "text_x")
STEMMED = ("title_s", "text_s")
TITLE_PHRASE = 10.0
PARTS = 0.5
FUZZY = 0.4
FUZZY_TEXT = 0.2
_FUZZY_FROM = 4
_FUZZY_TWICE_FROM = 9
_FUZZY_TEXT_FROM = 7
# (days ago, added score): of two equal hits the newer stands first.
RECENT = ((365, 0.5),)
DATED = ("zittingen", "agendapunten", "besluiten", "documenten")
"""Types that are planned or treated on their day."""


@dataclass(frozen=True)
class Term:
    """That word is in that field."""

    field: str
    word: str
    weight: float = 1.0


@dataclass(frozen=True)
class Words:
    """Those words stand in that field directly after one another; at least two."""

    field: str
    words: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Starts:
    """A word in that field begins so: letters and digits only."""

    field: str
    start: str
    weight: float = 1.0


@dataclass(frozen=True)
class Follows:
    """Directly after those words in that field stands one that begins so."""

    field: str
    before: tuple[str, ...]
    start: str
    weight: float = 1.0


@dataclass(frozen=True)
class Near:
    """A word in that field differs in at most that many letters (two letters that changed places count as one)."""

    field: str
    word: str
    edits: int
    weight: float = 1.0


@dataclass(frozen=True)
class OneOf:
    """That field of exact terms has one of these values; scores 0."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """That number lies between these, both included; None is without end. Scores 0."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Score:
    """That clause holds, with this score."""

    clause: "Clause"
    score: float


@dataclass(frozen=True)
class Best:
    """At least one of them holds."""

    clauses: tuple["Clause", ...]


@dataclass(frozen=True)
class Every:
    """Every one of them holds; of `extra` each that holds adds its score."""

    clauses: tuple["Clause", ...]
    extra: tuple["Clause", ...] = ()


@dataclass(frozen=True)
class AtLeast:
    """At least that many of them hold (1 or more)."""

    count: int
    clauses: tuple["Clause", ...]


@dataclass(frozen=True)
class Anything:
    """Every document; scores 0."""


@dataclass(frozen=True)
class Nothing:
    """No document."""


Clause = Term | Words | Starts | Follows | Near | OneOf | Between | Score | Best | Every | AtLeast | Anything | Nothing


@dataclass(frozen=True)
class Plan:
    """What matches: `wanted` holds, of `unwanted` none, all of `filters` (by name) hold; only `wanted` scores."""

    wanted: Clause = Anything()
    unwanted: tuple[Clause, ...] = ()
    filters: Mapping[str, Clause] = field(default_factory=dict)

    def without(self, name: str) -> "Plan":
        """The same without one filter."""
        return Plan(self.wanted, self.unwanted, {n: clause for n, clause in self.filters.items() if n != name})

    @property
    def scores(self) -> bool:
        """Whether hits of this plan differ in score."""
        return not isinstance(self.wanted, Anything | Nothing)


def plan(query: Query, reading: Reading, today: date, *, fuzzy: bool = False) -> Plan:
    """What that question asks; `fuzzy` also takes words of titles and names that are spelled a little otherwise."""
    unwanted = tuple(clause(node) for node in reading.unwanted)
    return Plan(_wanted(reading, today, fuzzy=fuzzy), unwanted, filters(query, today))


def _wanted(reading: Reading, today: date, *, fuzzy: bool) -> Clause:
    must = [clause(node, fuzzy=fuzzy) for node in reading.wanted]
    words = tuple(clause(node, fuzzy=fuzzy) for node in reading.words)
    if words and reading.least == len(words):
        must += words
    elif words:
        must.append(AtLeast(reading.least, words))
    if not must:
        return Anything() if reading.browse else Nothing()
    return Every(tuple(must), (*_whole_title(reading), *recent(today)))


def clause(node: Node, *, fuzzy: bool = False) -> Clause:
    """What one node of a reading asks."""
    if isinstance(node, Word):
        return Best(tuple(word_forms(node, fuzzy=fuzzy)))
    if isinstance(node, Phrase):
        either: list[Clause] = [_run(name, node.words) for name in (*EXACT, "about")]
        either += [_term(name, word) for word in node.joined for name in (*EXACT, "extra", "about", "about_s")]
        return Best(tuple(either))
    if isinstance(node, Prefix):
        return _prefix(node)
    children = tuple(clause(child, fuzzy=fuzzy) for child in node.nodes)
    return Every(children) if isinstance(node, All) else Best(children)


def word_forms(node: Word, *, fuzzy: bool = False) -> Iterable[Clause]:
    """All the ways in which a document may have a word."""
    exact, stem = node.token.exact, node.token.stem
    yield from (_term(name, exact) for name in EXACT)
    yield from (_term(name, stem) for name in STEMMED)
    yield _term("about", exact)
    yield from (_term(name, word) for name in ("about_s", "extra") for word in dict.fromkeys((exact, stem)))
    for glued in node.glued:
        yield from (Term(name, glued, WEIGHTS["about"]) for name in STEMMED)
    parts = compound_parts(exact)
    if len(parts) > 1:
        # A compound also matches its parts where a title has them all, or a text has them side by side.
        yield Score(Every(tuple(Best((Term("title_s", part), Term("extra", part))) for part in parts)), PARTS)
        yield Words("text_s", parts, PARTS)
    if fuzzy and len(exact) >= _FUZZY_FROM and exact.isalpha():
        edits = 2 if len(exact) >= _FUZZY_TWICE_FROM else 1
        yield from (Near(name, exact, edits, FUZZY) for name in ("title_x", "about"))
        if len(exact) >= _FUZZY_TEXT_FROM:
            yield Near("text_x", exact, 1, FUZZY_TEXT)


def _term(name: str, word: str) -> Term:
    return Term(name, word, WEIGHTS[name])


def _run(name: str, words: tuple[str, ...]) -> Clause:
    return _term(name, words[0]) if len(words) == 1 else Words(name, words, WEIGHTS[name])


def _prefix(node: Prefix) -> Clause:
    if not node.before:
        return Best(tuple(Starts(name, node.start, WEIGHTS[name]) for name in (*EXACT, "extra", "about", "about_s")))
    return Best(tuple(Follows(name, node.before, node.start, WEIGHTS[name]) for name in (*EXACT, "about")))


def _whole_title(reading: Reading) -> list[Clause]:
    return [Words("title_x", reading.whole, TITLE_PHRASE)] if len(reading.whole) > 1 else []


def recent(today: date) -> list[Clause]:
    """What makes newer hits stand a little higher."""
    return [Score(Between("day", (today - timedelta(days=days)).toordinal(), None), added) for days, added in RECENT]


def filters(query: Query, today: date) -> dict[str, Clause]:
    """The clauses of the filters by name; `periode` and `peildatum` are among them."""
    found: dict[str, Clause] = {}
    for name in FACETS:
        if values := query.values(name):
            found[name] = OneOf(name, tuple(key(value) for value in values))
    if query.status:
        found["status"] = Best(tuple(status(value, today) for value in query.status))
    if query.van or query.tot:
        found["periode"] = Between(
            "day", query.van.toordinal() if query.van else 1, query.tot.toordinal() if query.tot else None
        )
    if query.peildatum:
        found["peildatum"] = held_on(query.peildatum)
    return found


def status(value: str, today: date) -> Clause:
    """What is `gepland` (its day comes) or `behandeld` (its day came)."""
    day = today.toordinal()
    when = Between("day", day + 1, None) if value == "gepland" else Between("day", 1, day)
    return Every((OneOf("type", DATED), when))


def held_on(day: date) -> Clause:
    """What held on that day, as far as is known."""
    number = day.toordinal()
    return Every((Between("begins", None, number), Between("ends", number + 1, NEVER)))


def beginning(words: tuple[str, ...], *, whole: bool, types: tuple[str, ...] = ()) -> Plan:
    """Titles that have words that begin so (the last is a whole word when `whole`), of these types or any."""
    clauses: list[Clause] = []
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if last and len(word) == 1 and not whole and clauses:
            continue  # one letter says too little yet; what stands before it goes on being suggested
        if len(word) == 1 or (last and whole):
            clauses.append(Term("title_x", word))
        elif len(word) > LONGEST_START:
            clauses.append(Starts("title_x", word))
        else:
            clauses.append(Term("title_p", word))
    chosen: dict[str, Clause] = {"type": OneOf("type", types)} if types else {}
    return Plan(Every(tuple(clauses)) if clauses else Nothing(), (), chosen)


def like(terms: tuple[str, ...], least: int, itself: str) -> Plan:
    """Documents that share at least so many terms of likeness, without the document of that IRI."""
    if not terms:
        return Plan(Nothing())
    shared = AtLeast(least, tuple(Score(OneOf("likeness", (term,)), 1.0) for term in terms))
    return Plan(shared, (OneOf("iri", (key(itself),)),))
