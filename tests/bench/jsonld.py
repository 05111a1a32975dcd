"""Entities per second written as JSON-LD, beside PyLD on the same entities in the same run.

Usage: python tests/bench/jsonld.py FOLDER. FOLDER has saved HTML pages; their entities are the input. PyLD gets each
entity as N-Quads (`from_rdf`, then `compact` with the same context), a few hundred of them, since it is slow.
"""

import sys
import time
from pathlib import Path

from pyld import jsonld as pyld

from belfort import rdf
from harvester.extract import extract
from publisher import jsonld
from shapes import contexts


def main() -> None:
    """Measure and print."""
    subjects: dict[str, list[rdf.Triple]] = {}
    for path in sorted(Path(sys.argv[1]).glob("*.html")):
        for triple in rdf.parse_lines("\n".join(extract(path.read_bytes(), f"https://x.example/{path.name}").lines)):
            subjects.setdefault(triple[0][1:-1], []).append(triple)
    entities = [(iri, "\n".join(rdf.lines(rows))) for iri, rows in subjects.items()]
    start = time.perf_counter()
    rounds = 20
    for _ in range(rounds):
        for iri, lines in entities:
            jsonld.node(iri, lines)
    ours = rounds * len(entities) / (time.perf_counter() - start)
    sample = entities[:: max(1, len(entities) // 200)]
    start = time.perf_counter()
    for _, lines in sample:
        pyld.compact(pyld.from_rdf(lines + "\n"), contexts.belfort())
    theirs = len(sample) / (time.perf_counter() - start)
    print(f"belfort {ours:10.0f} entities/s")
    print(f"PyLD    {theirs:10.0f} entities/s   belfort is {ours / theirs:.0f}x as fast")


if __name__ == "__main__":
    main()
