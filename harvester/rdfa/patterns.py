"""`rdfa:copy` and `rdfa:Pattern`: properties written once and copied to several subjects (HTML+RDFa §3.5)."""

from belfort.rdf import TYPE, Triple
from belfort.vocab import RDFA
from harvester.rdfa.environment import COPY
from harvester.rdfa.values import TRIPLE, Budget

PATTERN = f"<{RDFA.Pattern}>"


def expand(triples: list[Triple], budget: Budget) -> list[Triple]:
    """The triples with every pattern copied to where it is asked for, and the patterns that were copied gone."""
    patterns = {s for s, p, o in triples if p == TYPE and o == PATTERN}
    if not patterns:
        return triples
    of: dict[str, dict[Triple, None]] = {}
    for triple in triples:
        of.setdefault(triple[0], {})[triple] = None
    pending = [(s, o) for s, p, o in triples if p == COPY and o in patterns]
    copies = set(pending)
    referenced = {pattern for _, pattern in pending}
    while pending:
        target, pattern = pending.pop()
        rows = list(of.get(pattern, ()))
        budget.spend(TRIPLE * len(rows))
        for _, p, o in rows:
            if p == TYPE and o == PATTERN:
                continue
            of.setdefault(target, {})[target, p, o] = None
            if p == COPY and o in patterns and (target, o) not in copies:
                copies.add((target, o))
                pending.append((target, o))
    return [
        (s, p, o)
        for rows in of.values()
        for s, p, o in rows
        if s not in referenced and not (p == COPY and o in patterns)
    ]
