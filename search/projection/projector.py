"""The projection `index`: changes become search documents.

Enters: the change log from the cursor in the index, entities. Leaves: one commit per batch of changes. A batch makes
again the documents of its subjects and of everything that embeds them. That fan-out has no fixed bound (a renamed
bestuur is in the documents of all its besluiten) but is worked off in pieces, so memory stays level; statements that
no other document shows (`surroundings.PRIVATE`) cause none.

A new version of schema or analyzer, a cursor that this database never gave out, or an index that cannot be opened
means making it again beside the old one, which answers until the new one is complete.
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from belfort.errors import Damaged
from belfort.jobs import Context
from belfort.log import get_logger
from belfort.records import change
from belfort.records.database import chunks, read
from search.document import Document
from search.engines import open_engine
from search.engines.port import Cursor, Engine, Index, Writer
from search.plan import Plan
from search.projection.build import build
from search.projection.surroundings import affected, around, searchable
from search.rows import rows

log = get_logger("index")

BATCH = 200
"""Changes that are taken in with one commit."""
PIECE = 1000
"""Entities that are read together when the index is made again: those around them are read once."""


def project(context: Context, rebuild: bool) -> int:
    """Bring the index up to the newest change; how many changes it took in.

    Raises:
        Busy: another process was writing all the while, or the server of the index does not answer.
        Damaged: a new index did not hold what was put in it.
    """
    engine = open_engine(context.settings)
    with engine.writing():
        index = None if rebuild else _usable(context, engine)
        if index is None:
            return _rebuild(context, engine, keep=not rebuild)
        return _follow(context, index)


def _usable(context: Context, engine: Engine) -> Index | None:
    """The current index, if it can be carried on."""
    try:
        index = engine.current()
        cursor = index.view().cursor if index else None
    except Damaged as error:
        log.warning("index cannot be opened and is made again", error=error.detail)
        return None
    if cursor is None:
        return None
    with read(context.engine) as connection:
        known = _cursor_at(connection, cursor.seq)
    return index if known == cursor else None


def _cursor_at(connection: sa.Connection, seq: int) -> Cursor:
    """The cursor that this database gives for a change: another database gives another time, or none."""
    if seq == 0:
        return Cursor()
    at = change.moment(connection, seq)
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
                iris = sorted(affected(connection, view, changes))
                del changes[:-1]
                writer = writer or index.writer()
                for piece in chunks(iris):
                    writer.replace(piece, _documents(connection, piece))
            last = changes[-1]
            before = view.cursor.seq
            writer.commit(Cursor(last.seq, last.at))
            done += last.seq - before
    finally:
        if writer:
            writer.close()


def _rebuild(context: Context, engine: Engine, *, keep: bool) -> int:
    """Make the index again; asked by an operator or an erasure, nothing of the old one may stay."""
    index = engine.new()
    writer = index.writer()
    try:
        with read(context.engine) as connection:
            cursor = _cursor_at(connection, change.last_seq(connection))
            written = 0
            for made in rows(_all_documents(connection)):
                writer.replace((), made)
                written += len(made)
        writer.commit(cursor)
        written -= writer.refused
    finally:
        writer.close()
    found = index.view().count(Plan())
    if found != written:
        raise Damaged(f"De nieuwe zoekindex heeft {found} documenten in plaats van {written}.", hint="Probeer opnieuw.")
    engine.switch(index, keep=keep)
    return cursor.seq


def _all_documents(connection: sa.Connection) -> Iterator[list[Document]]:
    last = ""
    while iris := searchable(connection, last, PIECE):
        yield _documents(connection, iris)
        last = iris[-1]


def _documents(connection: sa.Connection, iris: Sequence[str]) -> list[Document]:
    graph = around(connection, iris)
    return [document for iri in iris if (document := build(iri, graph))]
