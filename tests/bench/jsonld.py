"""Entities per second written as JSON-LD, beside PyLD on the same entities in the same run: compacted, and framed.

Usage: python tests/bench/jsonld.py [FOLDER]. Framing takes made-up mandatarissen with what they embed (person,
membership, fractie, mandaat), of which there are as many as PyLD can hold. With a FOLDER of saved HTML pages, their
entities are compacted too. Goals: framed at least 20 times as fast as PyLD, and at least 35,000 entities/s.
"""

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from pyld import jsonld as pyld

from belfort import rdf
from belfort.records.entity import Entity
from publisher import jsonld
from publisher.framing import Framer
from shapes import contexts
from tests.support import many

MANDATARISSEN = 2_000
ROUNDS = 5


def main() -> None:
    """Measure and print."""
    entities = list(many.entities(MANDATARISSEN))
    compact(f"{len(entities)} made-up entities", entities)
    frame(entities)
    if len(sys.argv) > 1:
        compact("entities of the pages", _of_pages(Path(sys.argv[1])))


def _best(rounds: int, work: Callable[[], object]) -> float:
    """The least seconds that the work takes."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def compact(what: str, entities: list[tuple[str, str]]) -> None:
    """One node an entity."""
    ours = len(entities) / _best(ROUNDS, lambda: [jsonld.node(*one) for one in entities])
    sample = entities[:: max(1, len(entities) // 200)]
    expanded = [pyld.from_rdf(lines + "\n") for _, lines in sample]
    theirs = len(sample) / _best(2, lambda: [pyld.compact(one, contexts.belfort()) for one in expanded])
    _report(f"compact, {what}", ours, theirs)


def frame(entities: list[tuple[str, str]]) -> None:
    """One framed document a mandataris; the rate counts mandatarissen, and then all nodes written."""
    rows = {iri: Entity(iri, "", "", "", "", 0, "", lines) for iri, lines in entities}
    mine = [(iri, lines) for iri, lines in entities if "/mandatarissen/" in iri]

    def fetch(iris: Iterable[str]) -> dict[str, Entity]:
        return {iri: rows[iri] for iri in iris if iri in rows}

    def ours() -> None:
        framer = Framer("mandataris", fetch)
        for at in range(0, len(mine), 400):
            framer.nodes(mine[at : at + 400])

    expanded = [node for _, lines in entities for node in pyld.from_rdf(lines + "\n")]
    frame_ = {**contexts.frame("mandataris"), "@context": contexts.belfort()}
    seconds, slow = _best(ROUNDS, ours), _best(1, lambda: pyld.frame(expanded, frame_, {"omitGraph": False}))
    _report("framed documents", len(mine) / seconds, len(mine) / slow)
    _report("entities in them", len(entities) / seconds, len(entities) / slow)


def _of_pages(folder: Path) -> list[tuple[str, str]]:
    from harvester.extract import extract

    subjects: dict[str, list[rdf.Triple]] = {}
    for path in sorted(folder.glob("*.html")):
        for triple in rdf.parse_lines("\n".join(extract(path.read_bytes(), f"https://x.example/{path.name}").lines)):
            subjects.setdefault(triple[0][1:-1], []).append(triple)
    return [(iri, "\n".join(rdf.lines(rows))) for iri, rows in subjects.items()]


def _report(what: str, ours: float, theirs: float) -> None:
    print(f"{what:<36} belfort {ours:8.0f}/s   PyLD {theirs:7.0f}/s   {ours / theirs:5.0f}x")


if __name__ == "__main__":
    main()
