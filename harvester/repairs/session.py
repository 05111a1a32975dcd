"""The repairs that are switched on for one page, in the form that the RDFa processor asks for them."""

from collections.abc import Collection

from belfort.errors import UsageError
from belfort.rdf import Triple
from harvester.rdfa.parsed import Trace
from harvester.repairs.catalogue import CATALOGUE, Rule


class Repairs:
    """The rules of a catalogue but for those that are switched off by name.

    Raises:
        UsageError: a name in `without` is no rule.
    """

    def __init__(self, without: Collection[str] = (), catalogue: Collection[Rule] = CATALOGUE) -> None:
        names = [rule.name for rule in catalogue]
        unknown = sorted(set(without) - set(names))
        if unknown:
            raise UsageError(f"There is no repair {unknown[0]!r}.", hint=f"The repairs are: {', '.join(names)}.")
        on = [rule for rule in catalogue if rule.name not in without]
        self._tokens = [rule for rule in on if rule.on == "token"]
        self._prefixes = [rule for rule in on if rule.on == "prefix"]
        self._triples = [rule for rule in on if rule.on == "triple"]

    def token(self, token: str) -> tuple[str, str] | None:
        """(rule, better token) by the first rule that has one."""
        return _first(self._tokens, token)

    def prefix(self, name: str) -> tuple[str, str] | None:
        """(rule, namespace) by the first rule that knows the prefix."""
        return _first(self._prefixes, name)

    def triples(self, triples: list[Triple]) -> tuple[list[Triple], list[Trace]]:
        """The triples after the rules on triples, and a trace of each that was replaced."""
        traces: list[Trace] = []
        for rule in self._triples:
            repaired: list[Triple] = []
            for triple in triples:
                better = rule.triple(triple)
                repaired.extend([triple] if better is None else better)
                traces.extend(Trace(rule.name, triple, after) for after in better or ())
            triples = repaired
        return list(dict.fromkeys(triples)) if traces else triples, traces


def _first(rules: list[Rule], text: str) -> tuple[str, str] | None:
    for rule in rules:
        better = rule.text(text)
        if better is not None:
            return rule.name, better
    return None
