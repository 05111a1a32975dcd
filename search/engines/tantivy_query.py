"""Translates a reading into a tantivy query. User text never reaches a parser of tantivy.

Fields: `title_x` and `text_x` hold words as they stand, `title_s` and `text_s` stems, `extra` joined forms and
compound parts of both, `about` the names of bestuur and orgaan. All are pre-analysed, split at spaces only.
"""

from datetime import UTC, date, datetime, timedelta

from tantivy import FieldType, Occur, Schema
from tantivy import Query as Built

from search.query import All, Node, Phrase, Prefix, Query, Reading, Word

# A title beats a text, a word as it stands beats its inflections, and both beat parts of compounds.
WEIGHTS = {"title_x": 8.0, "title_s": 5.0, "text_x": 2.0, "text_s": 1.2, "about": 1.0, "extra": 0.6}
EXACT = ("title_x", "text_x")
TITLE_PHRASE = 10.0
FUZZY = 0.4
_FUZZY_FROM = 4
# (days ago, added score): of two equal hits the newer stands first.
RECENT = ((31, 0.3), (365, 0.3), (3 * 365, 0.2))
GAP = "\u00b6"
"""Stands between paragraphs, so that phrases do not cross them; never asked for."""


class Translator:
    """Builds queries for one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def query(self, query: Query, reading: Reading, *, fuzzy: bool = False, without: str = "") -> Built:
        """What matches; `without` names the filter that is left out, for its facet."""
        must = [self.node(node, fuzzy=fuzzy) for node in reading.wanted]
        clauses = [(Occur.Must, one) for one in must]
        clauses += [(Occur.MustNot, self.node(node)) for node in reading.unwanted]
        if not must and not reading.browse:
            return Built.empty_query()
        clauses += [(Occur.Must, Built.const_score_query(one, 0.0)) for one in self._filters(query, without)]
        if must:
            clauses += [(Occur.Should, one) for one in (*self._whole_title(reading), *self._recent())]
        return Built.boolean_query(clauses)

    def node(self, node: Node, *, fuzzy: bool = False) -> Built:
        """What one node of a reading matches."""
        if isinstance(node, Word):
            return self._word(node, fuzzy=fuzzy)
        if isinstance(node, Phrase):
            either = [self._phrase(name, node.words) for name in (*EXACT, "about")]
            return _best(either + [self._term(name, word) for word in node.joined for name in (*EXACT, "extra")])
        if isinstance(node, Prefix):
            return self._prefix(node)
        occur = Occur.Must if isinstance(node, All) else Occur.Should
        return Built.boolean_query([(occur, self.node(child, fuzzy=fuzzy)) for child in node.nodes])

    def start(self, words: tuple[str, ...], *, whole: bool) -> Built:
        """Titles that have words that begin so; the last is a whole word when `whole`."""
        clauses = []
        for place, word in enumerate(words):
            ends = whole and place == len(words) - 1
            clauses.append((Occur.Must, self._term("title_x", word) if ends else self._begins("title_x", word)))
            clauses.append((Occur.Should, self._term("title_x", word)))
        return Built.boolean_query(clauses)

    def _word(self, node: Word, *, fuzzy: bool) -> Built:
        exact, stem = node.token.exact, node.token.stem
        either = [self._term(name, exact) for name in EXACT] + [
            self._term(name, stem) for name in ("title_s", "text_s")
        ]
        either += [self._term(name, word) for name in ("about", "extra") for word in {exact, stem}]
        if fuzzy and len(exact) >= _FUZZY_FROM and exact.isalpha():
            either.append(Built.boost_query(Built.fuzzy_term_query(self.schema, "title_x", exact, 1), FUZZY))
        return _best(either)

    def _term(self, name: str, word: str) -> Built:
        term = Built.term_query(self.schema, name, word, "freq")
        return Built.boost_query(term, WEIGHTS[name])

    def _phrase(self, name: str, words: tuple[str, ...]) -> Built:
        if len(words) == 1:
            return self._term(name, words[0])
        return Built.boost_query(Built.phrase_query(self.schema, name, list(words)), WEIGHTS[name])

    def _prefix(self, node: Prefix) -> Built:
        if not node.before:
            return _best([self._begins(name, node.start) for name in (*EXACT, "extra")])
        phrases = [self._phrase(name, node.before) for name in EXACT]
        begun = [Built.regex_phrase_query(self.schema, name, [*node.before, f"{node.start}.*"]) for name in EXACT]
        return Built.boolean_query([(Occur.Must, _best(phrases)), (Occur.Must, _best(begun))])

    def _begins(self, name: str, start: str) -> Built:
        # `start` comes from the analyzer: letters and digits only, so it is its own regular expression.
        return Built.boost_query(Built.regex_query(self.schema, name, f"{start}.*"), WEIGHTS[name])

    def _whole_title(self, reading: Reading) -> list[Built]:
        words = [node.token.exact for node in reading.wanted if isinstance(node, Word)]
        if len(words) < 2 or len(words) != len(reading.wanted):
            return []
        return [Built.boost_query(Built.phrase_query(self.schema, "title_x", list(words), 2), TITLE_PHRASE)]

    def _recent(self) -> list[Built]:
        today = datetime.now(UTC).date()
        return [
            Built.const_score_query(self._days(today - timedelta(days=days), None), added) for days, added in RECENT
        ]

    def _filters(self, query: Query, without: str) -> list[Built]:
        filters = [Built.term_query(self.schema, "kind", "document", "basic")]
        for name, values in (("bestuur", query.bestuur), ("type", query.type)):
            if values and name != without:
                filters.append(Built.term_set_query(self.schema, name, list(values)))
        if query.van or query.tot:
            filters.append(self._days(query.van, query.tot))
        return filters

    def _days(self, first: date | None, last: date | None) -> Built:
        return Built.range_query(
            self.schema, "day", FieldType.Unsigned,
            first.toordinal() if first else 1, last.toordinal() if last else date.max.toordinal(),
        )  # fmt: skip


def _best(queries: list[Built]) -> Built:
    return Built.disjunction_max_query(queries, 0.1)
