"""A naive answer to any question, to compare engines with: it looks at every document and knows no index.

It is written from what `search.query` and `search.reading` promise to a visitor. It shares the analyzer with the
search (what a word is stays one decision), nothing else: it does not read text as a question but takes what the
question means (`Asked`), and so holds the reader of questions to account as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256

from search.analyzer import Token, analyze, normalize, stem, stop_words
from search.document import Document
from search.query import FILTERS, Query

DATED = {"zittingen", "agendapunten", "besluiten", "documenten"}


@dataclass(frozen=True)
class Atom:
    """A word, or what stands between quotes, or (with `star`) the beginning of a word."""

    text: str
    quoted: bool = False
    star: bool = False

    def __str__(self) -> str:
        return f'"{self.text}"' if self.quoted else self.text + "*" * self.star


@dataclass(frozen=True)
class Group:
    """Alternatives; `both` says that EN stands between this and the group before, `out` that none may be there."""

    atoms: tuple[Atom, ...]
    out: str = ""
    both: bool = False


@dataclass(frozen=True)
class Asked:
    """What a question means."""

    groups: tuple[Group, ...] = ()

    @property
    def has_word(self) -> bool:
        """Whether there is a word for which similar words may be tried."""
        wanted = [atom for group in self.groups if not group.out for atom in group.atoms]
        return any(not (atom.quoted or atom.star) and len(_tokens(atom.text)) == 1 for atom in wanted)

    @property
    def text(self) -> str:
        """The question as a visitor writes it."""
        written = ""
        for number, group in enumerate(self.groups):
            written += " EN " if group.both and number else " "
            written += group.out + " OF ".join(map(str, group.atoms))
        return written.strip()


@dataclass
class Seen:
    """A document as the oracle looks at it: words in paragraphs, and the terms by which words are found."""

    document: Document
    paragraphs: list[list[str]] = field(default_factory=list)
    exact: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    extra: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=dict)
    known: dict[Atom, bool] = field(default_factory=dict)
    title_stems: set[str] = field(default_factory=set)
    stem_paragraphs: list[list[str]] = field(default_factory=list)


def look(document: Document) -> Seen:
    """A document made ready to be looked at."""
    seen = Seen(document)
    for keyword in document.keywords:
        seen.values.setdefault(keyword.filter, set()).add(keyword.value)
    for place, text in enumerate((document.title, document.text)):
        for paragraph in _paragraphs(analyze(text)):
            seen.paragraphs.append([token.exact for token in paragraph])
            if place:
                seen.stem_paragraphs.append([token.stem for token in paragraph])
            else:
                seen.title_stems |= {token.stem for token in paragraph}
                seen.names |= {token.exact for token in paragraph}
            seen.exact |= {token.exact for token in paragraph}
            seen.stems |= {token.stem for token in paragraph}
            seen.extra |= {term for token in paragraph for term in token.extra}
    for label in (document.orgaan_label, *(label for _, label in document.besturen)):
        tokens = analyze(label)
        seen.paragraphs.append([token.exact for token in tokens])
        seen.about |= {term for token in tokens for term in (token.exact, token.stem, *token.extra)}
        seen.names |= {token.exact for token in tokens}
    return seen


def _paragraphs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    start = 0
    for place in range(1, len(tokens) + 1):
        if place == len(tokens) or tokens[place].gap:
            yield list(tokens[start:place])
            start = place


class Oracle:
    """Answers questions by looking at all documents."""

    def __init__(self, documents: Iterable[Document], today: date) -> None:
        self.seen = [look(document) for document in documents]
        self.today = today

    def answer(self, asked: Asked, query: Query) -> "Answer":
        """What a question finds; similar words are tried when nothing has the words and passes the filters."""
        plainly = self._answer(asked, query, similar=False)
        if plainly.hits or not asked.has_word:
            return plainly
        similar = self._answer(asked, query, similar=True)
        return similar if similar.hits else plainly

    def _answer(self, asked: Asked, query: Query, *, similar: bool) -> "Answer":
        wanted = Wanted(asked, similar=similar)
        failed = {seen.document.iri: self._failed(seen, query) for seen in self.seen if wanted.by(seen)}
        found = [seen for seen in self.seen if seen.document.iri in failed]
        facets: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
        for seen in found:
            for name in FILTERS:
                if failed[seen.document.iri] <= {name}:
                    for value in self._values(seen, name):
                        facets[name][value] = facets[name].get(value, 0) + 1
        hits = [seen.document for seen in found if not failed[seen.document.iri]]
        return Answer(self._sorted(hits, query), similar, facets)

    def _values(self, seen: Seen, name: str) -> set[str]:
        return self.statuses(seen.document) if name == "status" else seen.values.get(name, set())

    def statuses(self, document: Document) -> set[str]:
        """Whether its day is to come or came, of what has a day."""
        day = _day(document.date)
        if document.plural not in DATED or day is None:
            return set()
        return {"gepland" if day > self.today else "behandeld"}

    def _failed(self, seen: Seen, query: Query) -> set[str]:
        """The filters that a document does not pass."""
        failed = {
            name for name in FILTERS if (chosen := query.values(name)) and not self._values(seen, name) & {*chosen}
        }
        if query.van or query.tot:
            day = _day(seen.document.date)
            if day is None or not (query.van or date.min) <= day <= (query.tot or date.max):
                failed.add("periode")
        if query.peildatum:
            begins, ends = _day(seen.document.begins), _day(seen.document.ends)
            if (begins and query.peildatum < begins) or (ends and query.peildatum >= ends):
                failed.add("peildatum")
        return failed

    def _sorted(self, documents: list[Document], query: Query) -> list[Document]:
        tied = sorted(documents, key=lambda one: sha256(one.iri.encode()).digest()[:5], reverse=True)
        dated = [one for one in tied if _day(one.date)]
        dated.sort(key=lambda one: one.date, reverse=query.sort != "oudste")
        return dated + [one for one in tied if not _day(one.date)]


@dataclass(frozen=True)
class Answer:
    """The hits in their order, whether they were found by similar words, each facet without its own filter."""

    hits: list[Document]
    similar: bool
    facets: dict[str, dict[str, int]]


class Wanted:
    """The rule by which a question finds documents."""

    def __init__(self, asked: Asked, *, similar: bool) -> None:
        self.similar = similar
        positive = [(number, group) for number, group in enumerate(asked.groups) if not group.out]
        self.browse = not positive
        firm = {number for number, group in positive if self._is_firm(asked, number, group)}
        telling = [(n, g) for n, g in positive if n in firm or not _is_stop_word(g.atoms[0])] or positive
        self.must = [group for number, group in telling if number in firm]
        self.words = [group.atoms[0].text for number, group in telling if number not in firm]
        self.least = len(self.words) if len(self.words) < 3 else len(self.words) * 3 // 4
        self.out = [group for group in asked.groups if group.out]
        self.glued = [self._glued(place) for place in range(len(self.words))]

    def _is_firm(self, asked: Asked, number: int, group: Group) -> bool:
        following = asked.groups[number + 1] if number + 1 < len(asked.groups) else None
        linked = (group.both and number > 0) or bool(following and following.both)
        return linked or len(group.atoms) > 1 or group.atoms[0].quoted or group.atoms[0].star

    def by(self, seen: Seen) -> bool:
        """Whether a document is found."""
        if any(holds(atom, seen) for group in self.out for atom in group.atoms):
            return False
        if not all(any(self._holds(atom, seen) for atom in group.atoms) for group in self.must):
            return False
        return sum(self._word(place, seen) for place in range(len(self.words))) >= self.least

    def _holds(self, atom: Atom, seen: Seen) -> bool:
        return holds(atom, seen) or (self.similar and not (atom.quoted or atom.star) and is_like(atom.text, seen))

    def _word(self, place: int, seen: Seen) -> bool:
        """A word holds, or it does written as one with the word beside it."""
        return self._holds(Atom(self.words[place]), seen) or not seen.stems.isdisjoint(self.glued[place])

    def _glued(self, place: int) -> set[str]:
        found: set[str] = set()
        for pair in (self.words[max(place - 1, 0) : place + 1], self.words[place : place + 2]):
            tokens = [_tokens(word) for word in pair]
            if len(pair) == 2 and all(len(each) == 1 and each[0].exact.isalpha() for each in tokens):
                written = (tokens[0][0].exact + link + tokens[1][0].exact for link in ("", "s"))
                found |= {stem(normalize(one)) for one in written}
        return found


def holds(atom: Atom, seen: Seen) -> bool:
    """Whether a document has what an atom says; looked up once for each document."""
    if atom not in seen.known:
        seen.known[atom] = _has(atom, seen)
    return seen.known[atom]


def _has(atom: Atom, seen: Seen) -> bool:
    tokens = _tokens(atom.text)
    words = [token.exact for token in tokens]
    if atom.quoted:
        return any(_stands(words, paragraph) for paragraph in seen.paragraphs)
    if atom.star:
        return _begins(words, seen)
    if len(tokens) == 1:
        return _found(tokens[0], seen)
    joined = "".join(words)
    return joined in seen.exact | seen.extra | seen.about or any(_stands(words, p) for p in seen.paragraphs)


def _found(token: Token, seen: Seen) -> bool:
    if token.exact in seen.exact | seen.extra | seen.about or token.stem in seen.stems | seen.extra | seen.about:
        return True
    parts = [part for part in token.extra if part != token.stem][:4]
    if len(parts) < 2 or not token.exact.isalpha():
        return False
    # A compound is also found by its parts: all in the title, or side by side in the text.
    return set(parts) <= seen.title_stems | seen.extra or any(_stands(parts, p) for p in seen.stem_paragraphs)


def _stands(words: Sequence[str], paragraph: Sequence[str]) -> bool:
    size = len(words)
    return any(list(paragraph[start : start + size]) == list(words) for start in range(len(paragraph) - size + 1))


def _begins(words: list[str], seen: Seen) -> bool:
    *before, start = words
    if not before:
        return any(term.startswith(start) for term in seen.exact | seen.extra | seen.about)
    size = len(words)
    return any(
        paragraph[place : place + size - 1] == before and paragraph[place + size - 1].startswith(start)
        for paragraph in seen.paragraphs
        for place in range(len(paragraph) - size + 1)
    )


def is_like(word: str, seen: Seen) -> bool:
    """Whether a title or name has a word that is spelled a little otherwise; for a long word, also a text."""
    tokens = _tokens(word)
    if len(tokens) != 1 or len(tokens[0].exact) < 4 or not tokens[0].exact.isalpha():
        return False
    word = tokens[0].exact
    edits = 2 if len(word) >= 9 else 1
    in_text = seen.exact if len(word) >= 7 else ()
    return any(_distance(word, one) <= edits for one in seen.names) or any(_distance(word, one) <= 1 for one in in_text)


@cache
def _distance(one: str, other: str) -> int:
    """Letters to change, add, leave out, or swap with their neighbour (each letter once)."""
    if abs(len(one) - len(other)) > 2:
        return 3
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j - 1] + 1, rows[i - 1][j] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


@cache
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(analyze(text))


def _is_stop_word(atom: Atom) -> bool:
    return atom.text in stop_words()


@cache
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
