"""Makes a release: every part in its order, in one consistent view of the records, then published in one step."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from belfort import __version__
from belfort.folders import lock
from belfort.jobs import Context
from belfort.log import get_logger
from belfort.records import change
from belfort.records import entity as entities
from belfort.records.database import read
from belfort.records.entity import entity
from publisher.closure import reach
from publisher.days import day
from publisher.dumps import slices, write
from publisher.dumps.files import Row
from publisher.dumps.release import Draft, is_complete, latest, manifest, prune
from publisher.feeds.deltas import FEEDS, has
from publisher.tables import TABLES

log = get_logger("dumps")

# Changes when the form of the files does: then no file of an older release is taken over.
SCHEMA = 2
DOCUMENTS = ("jsonld", "jsonl", "nt", "ttl")
SLICE = ("jsonld", "nt", "ttl")
FRAMED = {"mandatarissen": "mandataris", "leidinggevenden": "functionaris"}
WAIT = 3600.0


def project(context: Context, rebuild: bool) -> int:
    """Make a release as of the newest change, unless the newest release is that new already; how many changes are
    new in it."""
    folder = context.settings.dumps
    with lock(folder, WAIT, "writing the dumps"), read(context.engine) as connection:
        known = manifest(folder)
        revision = change.last_seq(connection)
        if known and known["revision"] == revision and not rebuild and is_complete(folder, known):
            return 0
        _Release(context, connection, revision, None if rebuild else known).make()
        prune(folder, context.settings.dumps_keep)
    return revision - (known["revision"] if known else 0)


def forget(context: Context) -> list[str]:
    """Make a new release from what is public now and remove every other one; the names of those removed.

    For an erasure, after the records themselves were erased: nothing is taken over from an older release, and no
    older release or unfinished draft stays.
    """
    project(context, True)
    with lock(context.settings.dumps, WAIT, "writing the dumps"):
        return prune(context.settings.dumps, 1)


class _Release:
    """One release being made."""

    def __init__(
        self, context: Context, connection: sa.Connection, revision: int, older: dict[str, Any] | None
    ) -> None:
        self._connection, self._base = connection, context.settings.base_url
        self._folder = context.settings.dumps
        self._moment = change.moment(connection, revision)
        self._on = day(self._moment) or "1970-01-01"
        self._revision = revision
        self._version = f"{SCHEMA} {__version__} {self._base} {revision}"
        self._older = older if older and older.get("made_by") == self._made_by() else None
        self._draft = Draft(self._folder, f"{self._on}-r{revision}", self._version, fresh=False)

    def _made_by(self) -> str:
        return f"{SCHEMA} {__version__} {self._base}"

    def make(self) -> None:
        """Write every part and publish."""
        count = int(self._connection.execute(sa.select(sa.func.count()).select_from(entity)).scalar_one())
        self._everything()
        self._current()
        self._tables()
        self._feeds()
        self._besturen()
        self._years()
        where = self._draft.publish(
            {
                "revision": self._revision,
                "modified": self._moment,
                "peildatum": self._on,
                "entities": count,
                "schema": SCHEMA,
                "made_by": self._made_by(),
            }
        )
        log.info("release made", release=where.name, files=len(self._draft.rows), resumed=self._draft.resumed)

    def _everything(self) -> None:
        connection, key = self._connection, str(self._revision)
        self._draft.add(
            "belfort", key,
            lambda out: write.documents(
                write.guarded(slices.everything(connection)), "belfort", self._base, out, DOCUMENTS
            ),
        )  # fmt: skip
        self._draft.add("belfort.nq", key, lambda out: write.n_quads(connection, None, "belfort", out))

    def _current(self) -> None:
        connection = self._connection

        def current(out: write.Open) -> None:
            gone = slices.ended(connection, self._on)
            write.documents(slices.current(connection, gone), "actueel", self._base, out, DOCUMENTS)

        self._draft.add("actueel", str(self._revision), current)

    def _tables(self) -> None:
        connection, key = self._connection, str(self._revision)
        for name, one in TABLES.items():

            def whole(out: write.Open, name: str = name) -> None:
                table = TABLES[name]
                write.table(slices.of_class(connection, table.class_iri), table, connection, f"tabellen/{name}", out)

            def current(out: write.Open, name: str = name) -> None:
                table = TABLES[name]
                batches = write.in_office(connection, table.class_iri, self._on)
                write.table(batches, table, connection, f"tabellen/{name}-actueel", out)

            def framed(out: write.Open, name: str = name) -> None:
                batches = slices.of_class(connection, TABLES[name].class_iri)
                write.framed(batches, FRAMED[name], connection, self._base, out(f"tabellen/{name}.jsonl"))

            self._draft.add(f"tabellen/{name}", key, whole)
            if one.class_iri in slices.ROLES:
                self._draft.add(f"tabellen/{name}-actueel", key, current)
                self._draft.add(f"tabellen/{name}.jsonl", key, framed)

    def _feeds(self) -> None:
        """What a follower of a delta feed starts from (publisher.md §6.2)."""
        connection = self._connection
        for feed, classes in FEEDS.items():
            if classes is None:
                continue

            def start(out: write.Open, feed: str = feed) -> None:
                mine = ((iri, lines) for iri, lines in slices.everything(connection) if has(feed, lines))
                write.documents(mine, f"sync/{feed}", self._base, out, ("nt",))

            self._draft.add(f"sync/{feed}", str(self._revision), start)

    def _besturen(self) -> None:
        for uuid, iri in slices.besturen(self._connection):
            self._slice(f"besturen/{_safe(uuid)}", [iri], ("mandatarissen", "leidinggevenden"))

    def _years(self) -> None:
        for year, start in slices.years(self._connection).items():
            self._slice(f"besluiten/{year}", start, ("besluiten",))

    def _slice(self, part: str, start: Iterable[str], names: tuple[str, ...]) -> None:
        """A slice in its formats; taken over from the last release when nothing in it has changed."""
        connection = self._connection
        revisions = reach(connection, list(start))
        key = _key(revisions)
        if self._older and self._older["keys"].get(part) == key and self._take_over(part, key):
            return

        def documents(out: write.Open) -> None:
            iris = sorted(revisions, key=str.encode)
            write.documents(slices.named(connection, iris), part, self._base, out, SLICE)
            write.n_quads(connection, iris, part, out)
            for name in names:
                table = TABLES[name]
                mine = (
                    one
                    for batch in write.in_batches(_entities(connection, iris))
                    for one in batch
                    if one.class_iri == table.class_iri
                )
                stem = f"{part}-{name}" if len(names) > 1 else part
                write.table(write.in_batches(mine), table, connection, stem, out)

        self._draft.add(part, key, documents)

    def _take_over(self, part: str, key: str) -> bool:
        assert self._older
        rows = [Row(**file) for file in self._older["files"] if file["part"] == part]
        older = latest(self._folder).resolve()
        if not rows or not all((older / row.name).is_file() for row in rows):
            return False
        self._draft.take_over(part, key, older, rows)
        return True


def _entities(connection: sa.Connection, iris: list[str]) -> Iterable[entities.Entity]:
    for start in range(0, len(iris), slices.CHUNK):
        batch = iris[start : start + slices.CHUNK]
        found = entities.get_many(connection, batch)
        yield from (found[iri] for iri in batch if iri in found)


def _key(revisions: dict[str, int]) -> str:
    """What the content of a slice depends on: its entities and their revisions.

    Who else says the same is in the N-Quads only; a new origin of an old statement shows there with the next change.
    """
    digest = blake2b(digest_size=16)
    for iri in sorted(revisions, key=str.encode):
        digest.update(f"{iri} {revisions[iri]}\n".encode())
    return digest.hexdigest()


def _safe(uuid: str) -> str:
    """A uuid as the name of a file; a source may write anything there."""
    plain = "".join(mark if mark.isascii() and (mark.isalnum() or mark in "-_") else "_" for mark in uuid)
    return plain if plain == uuid and 0 < len(plain) <= 80 else blake2b(uuid.encode(), digest_size=16).hexdigest()
