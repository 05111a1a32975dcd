"""The repairs that are switched on for one page, in the form that the RDFa processor asks for them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import chain

from belfort.errors import UsageError
from belfort.rdf import Triple
from harvester.rdfa import Parsed
from harvester.rdfa.environment import Element
from harvester.rdfa.parsed import Trace
from harvester.repairs.catalogue import CATALOGUE, Rule
from harvester.repairs.nesting import nesting
from harvester.repairs.page import Nested, Page


class Repairs:
    """The rules of a catalogue but for those that are switched off by name, for one page.

    Raises:
        UsageError: a name in `without` is no rule.
    """

    def __init__(
        self, without: Collection[str] = (), catalogue: Collection[Rule] = CATALOGUE, page: Page | None = None
    ) -> None:
        names = [rule.name for rule in catalogue]
        unknown = sorted(set(without) - set(names))
        if unknown:
            raise UsageError(f"There is no repair {unknown[0]!r}.", hint=f"The repairs are: {', '.join(names)}.")
        on = [rule for rule in catalogue if rule.name not in without]
        self.page = page or Page()
        self._tokens = [rule for rule in on if rule.on == "token"]
        self._prefixes = [rule for rule in on if rule.on == "prefix"]
        self._elements = [rule for rule in on if rule.on == "element"]
        self._iris = [rule for rule in on if rule.on == "iri"]
        self._triples = [rule for rule in on if rule.on == "triple"]
        self._pages = [rule for rule in on if rule.on == "page"]

    def token(self, token: str) -> tuple[str, str] | None:
        """(rule, better token): every rule in turn; the name is that of the first that changed something."""
        first = ""
        for rule in self._tokens:
            better = rule.text(token, self.page)
            if better is not None:
                token, first = better, first or rule.name
        return (first, token) if first else None

    def value(self, value: str) -> str:
        """The better spelling of an attribute's value, or the value itself."""
        better = self.token(value)
        return better[1] if better else value

    def prefix(self, name: str) -> tuple[str, str] | None:
        """(rule, namespace) by the first rule that knows the prefix."""
        for rule in self._prefixes:
            namespace = rule.text(name, self.page)
            if namespace is not None:
                return rule.name, namespace
        return None

    def element(self, here: Element) -> tuple[str, dict[str, str], str] | None:
        """(rule, better attributes, the term as plain RDFa has it) by the first rule that has something to say."""
        for rule in self._elements:
            better = rule.element(here)
            if better is not None:
                return rule.name, *better
        return None

    def triples(self, triples: list[Triple], parsed: Parsed | None = None) -> tuple[list[Triple], list[Trace]]:
        """The distinct triples after the rules on IRIs, triples and the page, and a trace of each change.

        `parsed` is where they come from: rules on the page ask it what stands in what.
        """
        traces: list[Trace] = []
        renamed: dict[str, str] = {}
        triples = self._renamed(triples, traces, renamed)
        triples = self._one_by_one(triples, traces)
        page = replace(self.page, nesting=_nesting(parsed, renamed))
        if traces:
            triples = list(dict.fromkeys(triples))
        for rule in self._pages:
            triples = _whole(rule, triples, page, traces)
        return triples, traces

    def _renamed(self, triples: list[Triple], traces: list[Trace], renamed: dict[str, str]) -> list[Triple]:
        """The triples after the rules on IRIs; `renamed` gets each IRI that changed."""
        steps: dict[str, list[tuple[str, str]]] = {}
        for term in dict.fromkeys(chain.from_iterable(triples)):
            if term[0] != "<":
                continue
            text, found = str(term)[1:-1], []
            for rule in self._iris:
                better = rule.text(text, self.page)
                if better is not None:
                    text = better
                    found.append((rule.name, f"<{text}>"))
            if found:
                steps[term] = found
                renamed[term] = found[-1][1]
        if not steps:
            return triples
        repaired = []
        for triple in triples:
            s, p, o = (renamed.get(term, term) for term in triple)
            after = (s, p, o)
            rules = dict.fromkeys(name for term in triple for name, _ in steps.get(term, ()))
            traces.extend(Trace(name, triple, after) for name in rules)
            repaired.append(after)
        return repaired

    def _one_by_one(self, triples: list[Triple], traces: list[Trace]) -> list[Triple]:
        """Each triple after the rules on triples, in their order."""
        others = [rule for rule in self._triples if not rule.literals]
        repaired: list[Triple] = []
        page = self.page
        for triple in triples:
            rules = self._triples if triple[2][0] == '"' else others
            for number, rule in enumerate(rules):
                better = rule.triple(triple, page)
                if better is not None:
                    repaired += self._became(triple, better, number, rules, traces)
                    break
            else:
                repaired.append(triple)
        return repaired

    def _became(
        self, triple: Triple, better: list[Triple], number: int, rules: Sequence[Rule], traces: list[Trace]
    ) -> list[Triple]:
        """What the rules after `number` make of what that rule made of the triple."""
        traces.extend(Trace(rules[number].name, triple, after) for after in better if after != triple)
        for rule in rules[number + 1 :]:
            following: list[Triple] = []
            for one in better:
                made = None if rule.literals and one[2][0] != '"' else rule.triple(one, self.page)
                following += [one] if made is None else made
                traces.extend(Trace(rule.name, one, after) for after in made or () if after != one)
            better = following
        return better


def _nesting(parsed: Parsed | None, renamed: dict[str, str]) -> Callable[[], list[Nested]]:
    return lambda: nesting(parsed, renamed) if parsed else []


def _whole(rule: Rule, triples: list[Triple], page: Page, traces: list[Trace]) -> list[Triple]:
    changes = rule.page(triples, page)
    if not changes:
        return triples
    traces.extend(Trace(rule.name, change.before, change.after) for change in changes)
    after = {change.before: change.after for change in changes if not change.keep}
    added = [change.after for change in changes if change.keep]
    return list(dict.fromkeys([*(after.get(triple, triple) for triple in triples), *added]))
