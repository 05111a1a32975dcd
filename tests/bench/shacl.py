"""Our SHACL engine against pyshacl, alternating in one run: `shacl.py [SHAPES.ttl] [DECISIONS] [ROUNDS]`.

The data are generated decisions (24 triples each, with real gaps and wrong values), validated with the shapes named or
else with our own for a besluitenlijst, without its rules in SPARQL, on which pyshacl takes minutes. Both sides get
their data loaded; loading is printed apart. The rows of both must be equal. Goal: at least 100 times as fast.
"""

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from belfort.rdf import Triple, iri, line, literal
from belfort.vocab import BESLUIT, DCT, ELI, PROV, RDF, XSD
from shapes.shacl import Graph, Shapes, read_shapes, reference, validate
from shapes.validation import shape_set
from shapes.votes import RULES
from tests.support.shacl import key

TYPE = iri(RDF.type)


def _decision(dice: random.Random, number: int) -> list[Triple]:
    """One zitting with an agendapunt, its behandeling, stemming and besluit; some of it missing or wrong."""
    z, a, beh, s, b = (iri(f"https://g.example/{name}/{number}") for name in ("z", "a", "beh", "s", "b"))
    who = [iri(f"http://data.lblod.info/id/mandatarissen/{dice.randrange(40)}") for _ in range(3)]
    moment = literal(f"2026-01-{dice.randrange(1, 29):02}T20:00:00", XSD.dateTime if dice.random() < 0.9 else "")
    rows = [
        (z, TYPE, iri(BESLUIT.Zitting)), (z, iri(BESLUIT.behandelt), a), (z, iri(BESLUIT.geplandeStart), moment),
        (z, iri(BESLUIT.isGehoudenDoor), iri("https://g.example/raad")), (z, iri(PROV.startedAtTime), moment),
        (a, TYPE, iri(BESLUIT.Agendapunt)), (a, iri(DCT.title), literal(f"Punt {number}")),
        (a, iri(BESLUIT.geplandOpenbaar), literal("true" if number % 7 else "ja", XSD.boolean)),
        (beh, TYPE, iri(BESLUIT.BehandelingVanAgendapunt)), (beh, iri(DCT.subject), a),
        (beh, iri(BESLUIT.openbaar), literal("true", XSD.boolean)), (beh, iri(PROV.generated), b),
        (beh, iri(BESLUIT.heeftStemming), s), (beh, iri(BESLUIT.heeftAanwezige), who[0]),
        (s, TYPE, iri(BESLUIT.Stemming)), (s, iri(BESLUIT.heeftVoorstander), who[0]),
        (s, iri(BESLUIT.heeftVoorstander), who[1]), (s, iri(BESLUIT.heeftAanwezige), who[1]),
        (s, iri(BESLUIT.aantalVoorstanders), literal("2", XSD.integer)),
        (s, iri(BESLUIT.geheim), literal("false", XSD.boolean)),
        (b, TYPE, iri(BESLUIT.Besluit)), (b, TYPE, iri(ELI.LegalResource)),
        (b, iri(ELI.title), literal(f"Besluit {number}")),
        (b, iri(ELI.date_publication), literal("2026-01-27", XSD.date)), (b, iri(PROV.value), literal("Artikel 1")),
    ]  # fmt: skip
    return [row for row in rows if row[1] == TYPE or dice.random() < 0.95]


def _ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1e3


def _core() -> Shapes:
    """The shapes of a besluitenlijst that are SHACL core."""
    return Shapes.of(triple for triple in shape_set("besluitenlijst").shapes.triples if triple[0] not in RULES)


def main() -> None:
    """Print milliseconds and the ratio of the medians; stop when the rows differ."""
    named = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    count, rounds = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((2, 1000), (3, 3)))
    shapes = read_shapes(named) if named else _core()
    dice = random.Random(7)
    triples = list(dict.fromkeys(row for number in range(count) for row in _decision(dice, number)))
    lines = [line(row) for row in triples]
    load = _ms(lambda: Graph.of_lines(lines))
    graph, other = Graph.of_lines(lines), reference.Prepared(triples, shapes.triples)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        ours += [_ms(lambda: validate(graph, shapes)) for _ in range(5)]
        theirs.append(_ms(other.validate))
    rows, wanted = Counter(map(key, validate(graph, shapes))), Counter(map(key, other.results()))
    mine, reference_ms = statistics.median(ours), statistics.median(theirs)
    print(f"{count} decisions, {len(triples)} triples, {rows.total()} results; loading {load:.1f} ms")
    print(f"belfort  {mine:10.1f} ms")
    print(f"pyshacl  {reference_ms:10.1f} ms")
    print(f"ratio    {reference_ms / mine:10.1f}   rows equal: {rows == wanted}")
    if rows != wanted:
        sys.exit(1)


if __name__ == "__main__":
    main()
