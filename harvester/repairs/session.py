"""The repairs that are switched on for one page, in the form that the RDFa processor asks for them."""

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import chain

from belfort.errors import UsageError
from belfort.rdf import Triple
from harvester.rdfa import Parsed
from harvester.rdfa.environment import Element
from harvester.rdfa.parsed import Trace
from harvester.repairs.catalogue import CATALOGUE
from harvester.repairs.nesting import nesting
from harvester.repairs.page import Nested, Page
from harvester.repairs.rule import ENTITY, PLAIN, TYPED, Kind, Rule, Wants
from harvester.repairs.statements import Statements


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
        ordinary = {rule.ordinary for rule in self._tokens}
        self._ordinary = ordinary.pop() if len(ordinary) == 1 else None
        self._prefixes = [rule for rule in on if rule.on == "prefix"]
        self._elements = [rule for rule in on if rule.on == "element"]
        self.watched = _watched(self._elements)
        self._iris = [rule for rule in on if rule.on == "iri"]
        self._triples = [rule for rule in on if rule.on == "triple"]
        self._pages = [rule for rule in on if rule.on == "page"]

    def token(self, token: str) -> tuple[str, str] | None:
        """(rule, better token): every rule in turn; the name is that of the first that changed something."""
        if self._ordinary is not None and self._ordinary.match(token):
            return None
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
        said, traces = self.statements(triples, parsed)
        return said.triples, traces

    def statements(self, triples: list[Triple], parsed: Parsed | None = None) -> tuple[Statements, list[Trace]]:
        """The same, as statements that can be asked."""
        traces: list[Trace] = []
        renamed: dict[str, str] = {}
        page = replace(self.page, nesting=_nesting(parsed, renamed), base=parsed.base if parsed else "")
        terms = set(chain.from_iterable(triples))
        triples = self._renamed(triples, [term for term in terms if term[0] == "<"], traces, renamed)
        triples = self._one_by_one(triples, "\n".join([term for term in terms if term[0] == '"']), traces, page)
        said = Statements(list(dict.fromkeys(triples)) if traces else triples)
        for rule in self._pages:
            said = _whole(rule, said, page, traces)
        return said, traces

    def _renamed(
        self, triples: list[Triple], iris: list[str], traces: list[Trace], renamed: dict[str, str]
    ) -> list[Triple]:
        """The triples after the rules on IRIs; `renamed` gets each IRI that changed."""
        together = "\n".join(iris)
        first = next((number for number, rule in enumerate(self._iris) if rule.sign(together)), None)
        if first is None:
            return triples
        steps: dict[str, list[tuple[str, str]]] = {}
        for term in iris:
            text, found = str(term)[1:-1], []
            for rule in self._iris[first:]:
                better = rule.text(text, self.page)
                if better is not None:
                    text = better
                    found.append((rule.name, f"<{text}>"))
            if found:
                steps[term] = found
                renamed[term] = found[-1][1]
        untouched = steps.keys().isdisjoint
        repaired = []
        for triple in triples:
            if untouched(triple):
                repaired.append(triple)
                continue
            s, p, o = (renamed.get(term, term) for term in triple)
            after = (s, p, o)
            rules = dict.fromkeys(name for term in triple for name, _ in steps.get(term, ()))
            traces.extend(Trace(name, triple, after) for name in rules)
            repaired.append(after)
        return repaired

    def _one_by_one(self, triples: list[Triple], texts: str, traces: list[Trace], page: Page) -> list[Triple]:
        """Each triple after the rules on triples, in their order; `texts` are the literals of the page."""
        numbered = enumerate(self._triples)
        rules = [(number, rule) for number, rule in numbered if ENTITY in rule.kinds or rule.sign(texts)]
        entities, plain, typed = Choices(rules, ENTITY), Choices(rules, PLAIN), Choices(rules, TYPED)
        repaired: list[Triple] = []
        for triple in triples:
            _, predicate, o = triple
            chosen, settled = (entities if o[0] != '"' else typed if o[-1] == ">" else plain)[predicate]
            if not chosen or o in settled:
                repaired.append(triple)
                continue
            for number, rule in chosen:
                better = rule.triple(triple, page)
                if better is not None:
                    repaired += _became(triple, better, self._triples[number:], page, traces)
                    break
            else:
                settled.add(o)
                repaired.append(triple)
        return repaired


Choice = tuple[list[tuple[int, Rule]], set[str]]


class Choices(dict[str, Choice]):
    """Predicate → the rules, with their numbers, for objects of one kind, and the objects that they leave alone."""

    def __init__(self, rules: list[tuple[int, Rule]], kind: Kind) -> None:
        super().__init__()
        self._rules = rules
        self._kind = kind

    def __missing__(self, predicate: str) -> Choice:
        """Choose once."""
        chosen = [(number, rule) for number, rule in self._rules if rule.may_concern(predicate, self._kind)]
        choice: Choice = chosen, set()
        self[predicate] = choice
        return choice


def _became(triple: Triple, better: list[Triple], rules: list[Rule], page: Page, traces: list[Trace]) -> list[Triple]:
    """What the rules after the first make of what that one made of the triple."""
    traces.extend(Trace(rules[0].name, triple, after) for after in better if after != triple)
    for rule in rules[1:]:
        following: list[Triple] = []
        for one in better:
            made = rule.triple(one, page) if rule.may_concern(one[1], _kind(one[2])) else None
            following += [one] if made is None else made
            traces.extend(Trace(rule.name, one, after) for after in made or () if after != one)
        better = following
    return better


def _kind(o: str) -> Kind:
    return ENTITY if o[0] != '"' else TYPED if o[-1] == ">" else PLAIN


def _watched(rules: Collection[Rule]) -> dict[str, Wants]:
    """Attribute → whether some rule on elements may act on an element that has it with this value."""
    found: dict[str, list[Wants]] = {}
    for rule in rules:
        for name, wants in rule.watches.items():
            found.setdefault(name, []).append(wants)
    return {name: _any(wants) for name, wants in found.items()}


def _any(wants: list[Wants]) -> Wants:
    return wants[0] if len(wants) == 1 else lambda value: any(one(value) for one in wants)


def _nesting(parsed: Parsed | None, renamed: dict[str, str]) -> Callable[[], list[Nested]]:
    return lambda: nesting(parsed, renamed) if parsed else []


def _whole(rule: Rule, said: Statements, page: Page, traces: list[Trace]) -> Statements:
    changes = rule.page(said, page)
    if not changes:
        return said
    traces.extend(Trace(rule.name, change.before, change.after) for change in changes)
    after = {change.before: change.after for change in changes if not change.keep}
    added = [change.after for change in changes if change.keep]
    return Statements(list(dict.fromkeys([*(after.get(triple, triple) for triple in said.triples), *added])))
