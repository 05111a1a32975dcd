"""One generation of a tantivy index: its fields, how rows are written and hits are read (`port.Index`).

The cursor is a document of its own in the index (kind `cursor`), replaced in the commit of the documents it speaks
of: the Python binding cannot write the payload of a commit, and a file beside the index would not be atomic with it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy

from belfort.errors import Busy, Damaged
from search.cursors import fits
from search.document import Document
from search.engines.checksums import Checksums
from search.engines.port import Cursor, Found, Order, Slice
from search.engines.tantivy_query import Translator
from search.plan import Between, Clause, Nothing, OneOf, Plan
from search.row import FACETS, FREQUENCIES, KEYS, NUMBERS, POSITIONS, Row, facet_values, key, load, row

HEAP = 64_000_000
_FACET_SIZE = 65_000
_MANY = 1000
_STEP = 1000
"""Hits that a walk reads at a time."""


def schema() -> tantivy.Schema:
    """The fields of an index, as `search.row` names them."""
    build = tantivy.SchemaBuilder()
    for name in (*KEYS, *FACETS):
        build.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        build.add_text_field(f"{name}_facet", tokenizer_name="raw", index_option="basic", fast=True)
    for name in POSITIONS:
        build.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in FREQUENCIES:
        build.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in NUMBERS:
        build.add_unsigned_field(name, indexed=True, fast=True)
    build.add_bytes_field("stored", stored=True)
    return build.build()


@contextmanager
def readable() -> Iterator[None]:
    """Say of files that cannot be read that they are damaged; flipped bytes make the Rust code panic."""
    try:
        yield
    except (ValueError, OSError, KeyError, IndexError, TypeError) as error:
        raise _damaged(error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # derives from BaseException and is exported nowhere
            raise
        raise _damaged(error) from None


def _damaged(error: BaseException) -> Damaged:
    return Damaged(
        f"De zoekindex kan niet gelezen worden ({' '.join(str(error).split())[:200]}).",
        hint="Maak hem opnieuw met `belfort rebuild`.",
    )


class TantivyIndex:
    """An open index, in a folder or in memory."""

    def __init__(self, index: tantivy.Index, folder: Path | None) -> None:
        self.folder = folder
        self._index = index
        self._checksums = Checksums(folder) if folder else None
        index.config_reader("manual")

    def view(self) -> "TantivyView":
        """The newest commit."""
        with readable():
            damaged = self._checksums.damaged() if self._checksums else ""
            if damaged:
                raise ValueError(f"{damaged} is not what was written")
            self._index.reload()
            return TantivyView(self._index.searcher(), self._index.schema)

    def writer(self) -> "TantivyWriter":
        """Begin to write."""
        try:
            return TantivyWriter(self._index.writer(HEAP, 1))
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            raise Busy("Een ander proces schrijft in de zoekindex.", hint="Probeer het straks opnieuw.") from None


def create(folder: Path) -> TantivyIndex:
    """A new, empty index in a folder that is not there yet."""
    folder.mkdir(parents=True)
    return TantivyIndex(tantivy.Index(schema(), path=str(folder), reuse=False), folder)


def in_memory() -> TantivyIndex:
    """A new, empty index that is gone with this process."""
    return TantivyIndex(tantivy.Index(schema()), None)


def open_index(folder: Path) -> TantivyIndex:
    """The index in a folder.

    Raises:
        Damaged: there is none that can be read.
    """
    with readable():
        return TantivyIndex(tantivy.Index.open(str(folder)), folder)


class TantivyWriter:
    """The writer (`port.Writer`)."""

    refused = 0

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer: tantivy.IndexWriter | None = writer

    def replace(self, iris: Iterable[str], documents: Iterable[Document | Row]) -> None:
        """Remove the documents of these IRIs, then add these."""
        assert self._writer
        for iri in iris:
            self._writer.delete_documents_by_term("iri", key(iri))
        for one in documents:
            self._writer.add_document(_write(one if isinstance(one, Row) else row(one)))

    def commit(self, cursor: Cursor) -> None:
        """Make everything durable, together with the cursor."""
        assert self._writer
        self._writer.delete_documents_by_term("kind", "cursor")
        one = tantivy.Document()
        one.add_text("kind", "cursor")
        one.add_bytes("stored", json.dumps([cursor.seq, cursor.at]).encode())
        self._writer.add_document(one)
        self._writer.commit()

    def close(self) -> None:
        """Let go of the index."""
        writer, self._writer = self._writer, None
        if writer:
            writer.rollback()
            writer.wait_merging_threads()


def _write(one: Row) -> tantivy.Document:
    document = tantivy.Document()
    for name, values in one.terms.items():
        for value in values:
            document.add_text(name, value)
    for name, text in one.texts.items():
        document.add_text(name, text)
    for name, number in one.numbers.items():
        document.add_unsigned(name, number)
    document.add_bytes("stored", one.stored)
    return document


class TantivyView:
    """An index as it was at one commit (`port.View`)."""

    def __init__(self, searcher: tantivy.Searcher, fields: tantivy.Schema) -> None:
        self._searcher = searcher
        self._fields = fields
        self._translate = Translator(fields)

    @cached_property
    def cursor(self) -> Cursor:
        """The newest change that is in it."""
        return self._cursor()

    @readable()
    def _cursor(self) -> Cursor:
        hits = self._searcher.search(self._translate.clause(OneOf("kind", ("cursor",))), 1).hits
        if not hits:
            return Cursor()
        seq, at = json.loads(bytes(self._searcher.doc(hits[0][1])["stored"][0]))
        return Cursor(seq, at)

    @readable()
    def count(self, plan: Plan) -> int:
        """How many documents match."""
        return self._count(self._translate.plan(plan))

    @readable()
    def search(self, plan: Plan, part: Slice, facets: Iterable[str] = ()) -> Found:
        """Hits, their total, and facets."""
        built = self._translate.plan(plan)
        counted = self._facets(plan, built, tuple(facets))
        if part.order == "score":
            return self._by_score(built, part, counted)
        return self._by_date(plan, built, part, counted)

    def _by_score(self, built: tantivy.Query, part: Slice, counted: "Facets") -> Found:
        skip = part.skip
        if part.after:
            # The engine makes room for all that is skipped, and one that asks for too much ends the process.
            skip = min(*fits(part.after, int), self._count(built))
        result = self._searcher.search(built, part.size, True, None, skip)
        hits = tuple((self._read(address), score) for score, address in result.hits)
        total = int(result.count)  # type: ignore[attr-defined]
        return Found(total, hits, counted, (skip + len(hits),) if skip + len(hits) < total else ())

    def _by_date(self, plan: Plan, built: tantivy.Query, part: Slice, counted: "Facets") -> Found:
        if part.after:
            total = self._count(built)
            rest = self._translate.plan(plan, *_beyond(part.order, fits(part.after, int)))
            keys = self._keys(rest, part.order, part.size + 1)  # one more tells whether there is a page after this
            more = len(keys) > part.size
        else:
            result = self._searcher.search(built, part.size, True, part.order, part.skip, tantivy.Order.Desc)
            total, keys = int(result.count), list(result.hits)  # type: ignore[attr-defined]
            more = part.skip + len(keys) < total
        keys = keys[: part.size]
        hits = tuple((self._read(address), 0.0) for _, address in keys)
        return Found(total, hits, counted, (keys[-1][0],) if keys and more else ())

    @readable()
    def walk(self, plan: Plan, order: Order, after: tuple[Any, ...] = ()) -> Iterator[Document]:
        """All hits in that order."""
        return self._walk(plan, order, after)

    def _walk(self, plan: Plan, order: Order, after: tuple[Any, ...]) -> Iterator[Document]:
        while True:
            with readable():
                keys = self._keys(self._translate.plan(plan, *_beyond(order, after)), order, _STEP)
            for _, address in keys:
                with readable():
                    document = self._read(address)
                yield document
            if len(keys) < _STEP:
                return
            after = (keys[-1][0],)

    @readable()
    def get(self, iri: str) -> Document | None:
        """The document of an entity, or the one that it is joined to."""
        for name in ("iri", "joined"):
            hits = self._searcher.search(self._translate.clause(OneOf(name, (key(iri),))), 1, False).hits
            if hits:
                return self._read(hits[0][1])
        return None

    @readable()
    def embedding(self, iris: Iterable[str]) -> set[str]:
        """The IRIs of the documents that embed any of these entities."""
        keys = sorted({key(iri) for iri in iris})
        found: set[str] = set()
        for begin in range(0, len(keys), _MANY):
            built = self._translate.clause(OneOf("embeds", tuple(keys[begin : begin + _MANY])))
            count = self._count(built)
            if count:
                hits = self._searcher.search(built, count, False).hits
                found.update(self._read(address).iri for _, address in hits)
        return found

    def _count(self, built: tantivy.Query) -> int:
        return int(self._searcher.search(built, 1, True).count)  # type: ignore[attr-defined]

    def _keys(self, built: tantivy.Query, order: Order, size: int) -> list[tuple[int, Any]]:
        return list(self._searcher.search(built, size, False, order, 0, tantivy.Order.Desc).hits)

    def _read(self, address: tantivy.DocAddress) -> Document:
        return load(bytes(self._searcher.doc(address)["stored"][0]))

    def _facets(self, plan: Plan, built: tantivy.Query, names: tuple[str, ...]) -> "Facets":
        """Facets, each counted without its own filter, so that another value can be chosen beside it."""
        free = tuple(name for name in names if name not in plan.filters)
        found = self._count_values(built, free) if free else {}
        for name in set(names) - set(free):
            found |= self._count_values(self._translate.plan(plan.without(name)), (name,))
        return {name: found[name] for name in names}

    def _count_values(self, built: tantivy.Query, names: tuple[str, ...]) -> "Facets":
        """The values of some facets among what matches, in one pass."""
        asked = {name: {"terms": {"field": f"{name}_facet", "size": _FACET_SIZE}} for name in names}
        answer = self._searcher.aggregate(built, asked)
        return {name: facet_values((one["key"], one["doc_count"]) for one in answer[name]["buckets"]) for name in names}


Facets = dict[str, Mapping[str, tuple[str, int]]]


def _beyond(order: Order, after: tuple[Any, ...]) -> tuple[Clause, ...]:
    """What comes after a place in an order by date."""
    if not after:
        return ()
    return (Between(order, None, after[0] - 1) if after[0] > 0 else Nothing(),)
