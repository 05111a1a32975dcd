"""The copies of what is public, after an erasure: made again, or cleaned.

Enters: erasures that stand in the ledger. Leaves: dumps of one release, feeds without it, a new index and a new SPARQL
store without older generations beside them, a database file without free pages. Every step may be repeated, so a crash
costs nothing but another run; `proof` then reads every public byte.
"""

import shutil
import time
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from belfort import jobs
from belfort.errors import Busy
from belfort.jobs import Context
from belfort.records import origin
from belfort.records.assertion import assertion
from belfort.records.change import change
from belfort.records.database import read
from belfort.records.entity import entity, entity_link
from publisher import dumps, feeds
from publisher.erasure import blocklist
from publisher.erasure.blocklist import Erasure
from publisher.feeds import store

_WAIT = 30.0
_TABLES = (assertion, entity, entity_link, change)


def finish(context: Context, gone: Iterable[str] = ()) -> None:
    """Bring every copy up to the erasures, whatever was done of it before.

    Raises:
        Busy: a reader keeps the database from giving its free pages back.
    """
    with read(context.engine) as connection:
        held = blocklist.erasures(connection)
        pages = _are_pages(connection, held)
        destroyed = blocklist.destroyed(connection)
    iris = {iri for one in held.values() for iri in one.iris} | set(gone)
    for digest in sorted(destroyed):
        context.blobs.path(digest).unlink(missing_ok=True)
    dumps.forget(context)
    feeds.forget(context, iris)
    if pages:  # what a page said about subjects that others speak of as well
        feeds.project(context, True)
        store.compact(context.settings.feeds)
    jobs.project(context, rebuild=True, only="index")
    jobs.project(context, rebuild=True, only="sparql")
    for folder in (context.settings.index, context.settings.sparql / "snapshots"):
        _only_current(folder, context.settings.sparql if folder.name == "snapshots" else folder)
    _compact(context)


def _are_pages(connection: sa.Connection, held: dict[str, Erasure]) -> bool:
    return any((found := origin.find(connection, iri)) and found.kind == "page" for iri in held)


def _only_current(folder: Path, linked: Path) -> None:
    """Remove every generation but the one that is read; who still has it open reads on until it looks again."""
    link = linked / "current"
    keep = link.resolve().name if link.is_symlink() else ""
    for path in folder.glob("*"):
        if path.is_dir() and not path.is_symlink() and path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def _compact(context: Context) -> None:
    """Give the free pages of the database back, with the log beside it."""
    with context.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            for table in _TABLES:
                connection.exec_driver_sql(f"VACUUM FULL {table.name}")
            return
    raw = context.engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        deadline = time.monotonic() + _WAIT
        while cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > deadline:
                raise Busy("A reader keeps the old pages of the database.", hint="Run `belfort erase --verify` later.")
            time.sleep(0.1)
        cursor.close()
    finally:
        raw.close()
