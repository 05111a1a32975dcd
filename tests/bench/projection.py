"""Measures how fast search documents are made from the records, without their analysis.

Usage: python tests/bench/projection.py DATA_FOLDER, a BELFORT_DATA folder with public data. Prints documents per
second of CPU (best of three), and the ratio to a plain reading of the same entities: what a document costs above that.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from belfort.jobs import open_context
from belfort.records.database import read
from belfort.records.entity import Entity, entity
from belfort.settings import Settings
from search.projection.build import CLASSES
from search.projection.projector import _all_documents

ROUNDS = 3


def plain(connection: sa.Connection) -> Iterator[int]:
    """Every entity that may have a document, with its terms parsed."""
    for row in connection.execute(sa.select(entity).where(entity.c.class_iri.in_(CLASSES))):
        yield len(Entity(*row).terms) > 0


def documents(connection: sa.Connection) -> Iterator[int]:
    """Every document."""
    for piece in _all_documents(connection):
        yield len(piece)


def main() -> None:
    """Measure and print."""
    if not (Path(sys.argv[1]) / "records.sqlite").is_file():
        print("no records there: give a BELFORT_DATA folder")
        return
    context = open_context(Settings(data=Path(sys.argv[1]), log_level="error"))
    speeds = {}
    for name, work in (("entities", plain), ("documents", documents)):
        best = float("inf")
        for _ in range(ROUNDS):
            with read(context.engine) as connection:
                began = time.process_time()
                count = sum(work(connection))
                best = min(best, time.process_time() - began)
        speeds[name] = count / best
        print(f"{count} {name}: {speeds[name]:.0f}/s of CPU")
    print(f"ratio {speeds['documents'] / speeds['entities']:.2f}")


if __name__ == "__main__":
    main()
