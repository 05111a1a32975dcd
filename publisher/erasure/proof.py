"""The proof of an erasure: every public byte is read for what was erased.

Public are `dumps/`, `feeds/`, `index/`, `sparql/`, and of the database what the site shows: entities, assertions, the
change log. The database file is read whole, with its free pages. Private, and not looked at, is `private/`; that the
ledger and the tombstones name the IRI is what an erasure leaves.

What to look for comes from the sealed submissions in which it stands: no list of erased names is kept anywhere.
"""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import sqlalchemy as sa
import zstandard

from belfort import rdf
from belfort.errors import BelfortError
from belfort.jobs import Context
from belfort.records import origin, submission
from belfort.records.assertion import assertion
from belfort.records.database import read
from belfort.records.entity import entity, entity_link
from belfort.vocab import MU, RDF
from publisher.erasure import blocklist
from publisher.register import chain, row

_PIECE, _OVERLAP = 1 << 22, 1 << 13
# Shorter texts, and short numbers, stand in other words and in compressed bytes by chance.
_SHORTEST, _SHORTEST_OF_A_PAGE, _SHORTEST_NUMBER, _LONGEST = 5, 16, 10, 1000
_BATCH = 500


@dataclass
class Proof:
    """What was looked for and what was found.

    `left` are places where something erased still stands (none: it is proved); `mentions` public subjects whose own
    texts have a word of it, such as a besluit that names somebody: those are other statements, for a person to judge.
    """

    texts: int = 0
    files: int = 0
    bytes: int = 0
    left: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)


def prove(context: Context) -> Proof:
    """Read everything public for everything that is erased."""
    proof = Proof()
    with read(context.engine) as connection:
        held = list(blocklist.erasures(connection).values())
        texts: set[str] = set()
        for one in held:
            texts |= _texts(context, connection, one)
        _drop_public(connection, texts, proof)
        iris = sorted({iri for one in held for iri in one.iris})
        proof.left += _rows(connection, iris)
    needles = {f"<{iri}> <".encode(): iri for iri in iris}
    needles |= {text.encode(): "a text of something erased" for text in texts}
    proof.texts = len(needles)
    for path in _files(context):
        found, size = _search(path, needles)
        proof.files += 1
        proof.bytes += size
        proof.left += [f"{path}: {name}" for name in sorted(found)]
    return proof


def _texts(context: Context, connection: sa.Connection, one: blocklist.Erasure) -> set[str]:
    """The texts of the sealed statements about what was erased; of a page, all that it said."""
    subjects = {f"<{iri}>" for iri in one.iris}
    found: set[str] = set()
    for number in one.submissions:
        said = submission.get(connection, number)
        whole = origin.get(connection, said.origin).iri == one.iri
        try:
            lines = _sealed(context, connection, said, one.iris)
        except BelfortError:
            continue  # its evidence is destroyed: there is nothing left to compare with
        for line in lines:
            if line.split(" ", 1)[0] in subjects:
                found |= _words(line, _SHORTEST)
            elif whole:
                found |= _words(line, _SHORTEST_OF_A_PAGE)
    return found


def _sealed(
    context: Context, connection: sa.Connection, said: submission.Submission, iris: tuple[str, ...]
) -> list[str]:
    if said.pipeline == chain.PIPELINE:
        with chain.replayed(context, connection, said.id) as state:
            return [line for one in state.rows(iris).values() for line in row.lines(one)]
    return [line for line in context.blobs.get(said.quads).decode().split("\n") if line]


def _words(line: str, shortest: int) -> set[str]:
    """The text of a line, as it stands in N-Triples and as people read it; yes, no and counts are no texts."""
    _, predicate, term = next(rdf.parse_lines(line))
    if not rdf.is_literal(term) or predicate == f"<{MU.uuid}>":
        return set()
    text = rdf.value(term)
    if len(text) < shortest or (len(text) < _SHORTEST_NUMBER and not any(map(str.isalpha, text))):
        return set()
    return {text[:_LONGEST], term[1 : term.rindex('"')][:_LONGEST]}


def _drop_public(connection: sa.Connection, texts: set[str], proof: Proof) -> None:
    """Leave away what others still say in public, and note who does."""
    rows = connection.execute(sa.select(entity.c.iri, entity.c.lines).execution_options(yield_per=_BATCH))
    for batch in rows.partitions(_BATCH):
        together = "\n".join(one.lines for one in batch)
        for text in [text for text in texts if text in together]:
            texts.discard(text)
            if " " in text or text.isalpha():
                proof.mentions += [one.iri for one in batch if text in one.lines]
    proof.mentions = sorted(set(proof.mentions))


def _rows(connection: sa.Connection, iris: list[str]) -> list[str]:
    columns = (assertion.c.subject, entity.c.iri, entity_link.c.subject, entity_link.c.object)
    return [
        f"table {column.table.name}: {iri}"
        for iri in iris
        for column in columns
        if connection.execute(sa.select(column).where(column == iri).limit(1)).first()
    ]


def _files(context: Context) -> Iterator[Path]:
    settings = context.settings
    for folder in (settings.dumps, settings.feeds, settings.index, settings.sparql):
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    if not settings.database:
        yield from sorted(settings.data.glob("records.sqlite*"))


def _search(path: Path, needles: dict[bytes, str]) -> tuple[set[str], int]:
    """Which needles the file has, unpacked, and how many bytes it has."""
    found: set[str] = set()
    size, before = 0, b""
    try:
        with _unpacked(path) as content:
            while piece := content.read(_PIECE):
                size += len(piece)
                window = before + piece
                found |= {name for needle, name in needles.items() if needle in window and _counts(needle, window)}
                before = window[-_OVERLAP:]
    except FileNotFoundError:  # a log that was emptied while we looked
        pass
    return found, size


def _counts(needle: bytes, window: bytes) -> bool:
    """Whether it is more than the rdf:type that the change log keeps of what went."""
    if not needle.endswith(b"> <"):
        return True
    return re.search(re.escape(needle) + _NOT_TYPE, window) is not None


_NOT_TYPE = b"(?!" + re.escape(RDF.type.encode()) + rb">)[^>]{1,2000}>"


def _unpacked(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value]
    if path.suffix == ".zst":
        return zstandard.open(path, "rb")  # type: ignore[no-any-return]
    return path.open("rb")
