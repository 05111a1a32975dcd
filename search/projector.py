"""The projection `index`: changes become search documents.

Enters: the change log from the cursor in the index, entities. Leaves: one commit per batch of changes. A batch makes
again the documents of its subjects and of everything that embeds them. That fan-out has no fixed bound (a renamed
bestuur is in the documents of all its besluiten) but is worked off in pieces, so memory stays level; statements that
no other document shows (`surroundings.PRIVATE`) cause none.

A new version of schema or analyzer, a cursor that this database never gave out, or an index that cannot be opened
means making it again beside the old one, which answers until the new one is complete.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from belfort.errors import Damaged
from belfort.folders import lock
from belfort.jobs import Context
from belfort.log import get_logger
from belfort.records import change
from belfort.records.database import chunks, read
from search import generations
from search.document import Document, build
from search.engines.port import Cursor, Engine, Index, Writer
from search.engines.tantivy_engine import SCHEMA_VERSION, TantivyEngine
from search.surroundings import around, linked, searchable, touched

log = get_logger("index")

BATCH = 200
LOCK_SECONDS = 120.0


def project(context: Context, rebuild: bool) -> int:
    """Bring the index up to the newest change; how many changes it took in.

    Raises:
        Busy: another process was writing all the while.
        Damaged: a new index did not hold what was put in it.
    """
    engine = TantivyEngine()
    folder = context.settings.index
    with lock(folder, LOCK_SECONDS, "updating the search index"):
        index = None if rebuild else _usable(context, engine, folder)
        if index is None:
            return _rebuild(context, engine, folder)
        return _follow(context, index)


def _usable(context: Context, engine: Engine, folder: Path) -> Index | None:
    """The current index, if it can be carried on."""
    generation = generations.current(folder)
    if generation is None or not generations.is_of(generation, generations.version(SCHEMA_VERSION)):
        return None
    try:
        index = engine.open(generation)
        cursor = index.view().cursor
    except Damaged as error:
        log.warning("index cannot be opened and is made again", error=error.detail)
        return None
    with read(context.engine) as connection:
        known = _cursor_at(connection, cursor.seq)
    return index if known == cursor else None


def _cursor_at(connection: sa.Connection, seq: int) -> Cursor:
    """The cursor that this database gives for a change: another database gives another time, or none."""
    if seq == 0:
        return Cursor()
    at = connection.execute(sa.select(change.change.c.at).where(change.change.c.seq == seq)).scalar_one_or_none()
    return Cursor(seq, at) if at else Cursor(-1)


def _follow(context: Context, index: Index) -> int:
    done = 0
    writer: Writer | None = None
    try:
        while True:
            view = index.view()
            with read(context.engine) as connection:
                changes = list(change.since(connection, view.cursor.seq, BATCH))
                if not changes:
                    return done
                subjects, shared = touched(changes)
                del changes[:-1]
                near = shared | linked(connection, shared)
                affected = subjects | near | view.embedding(near)
                writer = writer or index.writer()
                for piece in chunks(sorted(affected)):
                    writer.replace(piece, _documents(connection, piece))
            last = changes[-1]
            before = view.cursor.seq
            writer.commit(Cursor(last.seq, last.at))
            done += last.seq - before
    finally:
        if writer:
            writer.close()


def _rebuild(context: Context, engine: Engine, folder: Path) -> int:
    generation = generations.new(folder, generations.version(SCHEMA_VERSION))
    shutil.rmtree(generation, ignore_errors=True)
    index = engine.create(generation)
    writer = index.writer()
    try:
        with read(context.engine) as connection:
            cursor = _cursor_at(connection, change.last_seq(connection))
            written = 0
            for documents in _all_documents(connection):
                writer.replace((), documents)
                written += len(documents)
        writer.commit(cursor)
    finally:
        writer.close()
    found = index.view().count()
    if found != written:
        raise Damaged(f"De nieuwe zoekindex heeft {found} documenten in plaats van {written}.", hint="Probeer opnieuw.")
    generations.switch(folder, generation)
    return cursor.seq


def _all_documents(connection: sa.Connection) -> Iterator[list[Document]]:
    last = ""
    while iris := searchable(connection, last, BATCH):
        yield _documents(connection, iris)
        last = iris[-1]


def _documents(connection: sa.Connection, iris: Sequence[str]) -> list[Document]:
    graph = around(connection, iris)
    return [document for iri in iris if (document := build(iri, graph))]
