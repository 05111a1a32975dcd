"""Puts lines straight into the records as a merge would, and reads a SPARQL store back."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from pyoxigraph import Quad, RdfFormat, Store

from belfort.jobs import Context
from belfort.records import change
from belfort.records.database import read, write
from belfort.records.entity import entity
from belfort.vocab import XSD
from publisher.merge import write_entities
from publisher.sparql import snapshots

INTEGER = f"^^<{XSD.integer}>"


def subject(number: int) -> str:
    """The IRI of a subject to write about."""
    return f"http://data.example/besluiten/{number}"


def lines(number: int, *titles: str, extra: int = 0) -> list[str]:
    """Lines about that subject: a title each (a term), and some more."""
    iri = subject(number)
    rows = [f"<{iri}> <http://purl.org/dc/terms/title> {title} ." for title in titles]
    return rows + [f'<{iri}> <http://purl.org/dc/terms/subject> "onderwerp {n}" .' for n in range(extra)]


def put(context: Context, says: Mapping[int, list[str]]) -> None:
    """One change after which these subjects have exactly these lines."""
    texts = {subject(number): "\n".join(rows) for number, rows in says.items()}
    inserts: list[str] = []
    deletes: list[str] = []
    known: set[str] = set()
    with write(context.engine) as connection:
        for iri, text in texts.items():
            found = connection.execute(sa.select(entity.c.lines).where(entity.c.iri == iri)).scalar_one_or_none()
            known |= {iri} if found else set()
            old, new = (set(part.split("\n")) - {""} for part in (found or "", text))
            inserts += sorted(new - old)
            deletes += sorted(old - new)
        made = change.append(connection, 1, None, inserts, deletes)
        write_entities(connection, texts, known, made)


def stored(context: Context) -> set[Quad]:
    """The triples of the snapshot that queries read."""
    folder = snapshots.current(context.settings.sparql)
    assert folder is not None
    return set(Store.read_only(str(folder / "db")))


def expected(context: Context) -> set[Quad]:
    """The triples that a store makes of the entities."""
    store = Store()
    with read(context.engine) as connection:
        for text in connection.execute(sa.select(entity.c.lines)).scalars():
            store.load(text.encode(), RdfFormat.N_TRIPLES, lenient=True)
    return set(store)


def fingerprint(folder: Path) -> str:
    """One digest over all files under the folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
