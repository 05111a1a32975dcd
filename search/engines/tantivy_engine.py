"""The embedded engine: tantivy in this process, an index in a folder.

The cursor is a document of its own in the index (kind `cursor`), replaced in the commit of the documents it speaks
of: the Python binding cannot write the payload of a commit, and a file beside the index would not be atomic with it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from belfort.errors import Busy, Damaged
from search.analyzer import Token, analyze
from search.document import Document
from search.engines.checksums import Checksums
from search.engines.port import Cursor, Found
from search.engines.tantivy_query import GAP, Translator
from search.query import Query, Reading

SCHEMA_VERSION = "1"
"""Names the fields below and what `document.py` puts in them; another version makes every index again."""

HEAP = 64_000_000
_LONGEST_KEY = 2000
_TIE_BITS = 44
_FACET_SIZE = 65_000
_MANY = 1000


def schema() -> tantivy.Schema:
    """The fields of an index."""
    build = tantivy.SchemaBuilder()
    for name in ("iri", "embeds", "kind", "bestuur"):
        build.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("type", "bestuur_facet"):
        build.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("title_x", "text_x", "about"):
        build.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("title_s", "text_s", "extra"):
        build.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    build.add_unsigned_field("day", indexed=True, fast=True)
    build.add_unsigned_field("newest", fast=True)
    build.add_bytes_field("stored", stored=True)
    return build.build()


def key(iri: str) -> str:
    """The IRI as a term; one too long for a term by its digest."""
    return iri if len(iri) <= _LONGEST_KEY else "sha256:" + hashlib.sha256(iri.encode()).hexdigest()


@contextmanager
def _readable() -> Iterator[None]:
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


class TantivyEngine:
    """Makes and opens indexes in folders (`port.Engine`)."""

    def create(self, folder: Path) -> "TantivyIndex":
        """A new, empty index."""
        folder.mkdir(parents=True)
        return TantivyIndex(tantivy.Index(schema(), path=str(folder), reuse=False), folder)

    def open(self, folder: Path) -> "TantivyIndex":
        """The index in that folder."""
        with _readable():
            return TantivyIndex(tantivy.Index.open(str(folder)), folder)


class TantivyIndex:
    """An open index (`port.Index`)."""

    def __init__(self, index: tantivy.Index, folder: Path) -> None:
        self._index = index
        self._checksums = Checksums(folder)
        index.config_reader("manual")

    def view(self) -> "TantivyView":
        """The newest commit."""
        with _readable():
            damaged = self._checksums.damaged()
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


class TantivyWriter:
    """The writer (`port.Writer`)."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer: tantivy.IndexWriter | None = writer

    def replace(self, iris: Iterable[str], documents: Iterable[Document]) -> None:
        """Remove the documents of these IRIs, then add these."""
        assert self._writer
        for iri in iris:
            self._writer.delete_documents_by_term("iri", key(iri))
        for document in documents:
            self._writer.add_document(_write(document))

    def commit(self, cursor: Cursor) -> None:
        """Make everything durable, together with the cursor."""
        assert self._writer
        self._writer.delete_documents_by_term("kind", "cursor")
        row = tantivy.Document()
        row.add_text("kind", "cursor")
        row.add_bytes("stored", json.dumps([cursor.seq, cursor.at]).encode())
        self._writer.add_document(row)
        self._writer.commit()

    def close(self) -> None:
        """Let go of the index."""
        writer, self._writer = self._writer, None
        if writer:
            writer.rollback()
            writer.wait_merging_threads()


class TantivyView:
    """An index as it was at one commit (`port.View`)."""

    def __init__(self, searcher: tantivy.Searcher, fields: tantivy.Schema) -> None:
        self._searcher = searcher
        self._fields = fields
        self._translate = Translator(fields)

    @property
    @_readable()
    def cursor(self) -> Cursor:
        """The newest change that is in it."""
        hits = self._searcher.search(self._kind("cursor"), 1).hits
        if not hits:
            return Cursor()
        seq, at = json.loads(bytes(self._searcher.doc(hits[0][1])["stored"][0]))
        return Cursor(seq, at)

    @_readable()
    def count(self) -> int:
        """How many documents it has."""
        return int(self._searcher.search(self._kind("document"), 1).count)  # type: ignore[attr-defined]

    @_readable()
    def search(self, query: Query, reading: Reading, *, fuzzy: bool = False) -> Found:
        """The page of hits, its total and facets."""
        built = self._translate.query(query, reading, fuzzy=fuzzy)
        skip = (query.pagina - 1) * query.per_pagina
        # The size of the heap follows from the offset, so ask how many there are before going deep.
        if skip > _MANY and skip >= self._count(built):
            return Found(self._count(built), (), self._facets(query, reading, built, fuzzy=fuzzy))
        by_date = query.sort == "datum" or not reading.wanted
        result = self._searcher.search(
            built, query.per_pagina, True, "newest" if by_date else None, skip, tantivy.Order.Desc
        )
        documents = tuple((self._read(address), 0.0 if by_date else score) for score, address in result.hits)
        total = int(result.count)  # type: ignore[attr-defined]
        return Found(total, documents, self._facets(query, reading, built, fuzzy=fuzzy))

    @_readable()
    def suggest(self, start: str, limit: int) -> list[Document]:
        """Documents whose title has words that begin as those of `start`."""
        tokens = [token.exact for token in analyze(start)][:20]
        if not tokens:
            return []
        built = self._translate.start(tuple(tokens), whole=start[-1:].isspace())
        hits = self._searcher.search(built, max(4 * limit, 20), False).hits
        return [self._read(address) for _, address in hits]

    @_readable()
    def embedding(self, iris: Iterable[str]) -> set[str]:
        """The IRIs of the documents that embed any of these entities."""
        keys = sorted({key(iri) for iri in iris})
        found: set[str] = set()
        for begin in range(0, len(keys), _MANY):
            built = tantivy.Query.term_set_query(self._fields, "embeds", keys[begin : begin + _MANY])
            count = self._count(built)
            if count:
                hits = self._searcher.search(built, count, False).hits
                found.update(self._read(address).iri for _, address in hits)
        return found

    def _count(self, built: tantivy.Query) -> int:
        return int(self._searcher.search(built, 1, True).count)  # type: ignore[attr-defined]

    def _kind(self, name: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._fields, "kind", name, "basic")

    def _read(self, address: tantivy.DocAddress) -> Document:
        stored = json.loads(bytes(self._searcher.doc(address)["stored"][0]))
        stored["besturen"] = tuple((iri, label) for iri, label in stored["besturen"])
        return Document(**stored)

    def _facets(
        self, query: Query, reading: Reading, built: tantivy.Query, *, fuzzy: bool
    ) -> Mapping[str, Mapping[str, tuple[str, int]]]:
        """Each facet counted without its own filter, so that another value can be chosen beside it."""
        facets: dict[str, Mapping[str, tuple[str, int]]] = {}
        for name, chosen, column in (("bestuur", query.bestuur, "bestuur_facet"), ("type", query.type, "type")):
            counted = self._translate.query(query, reading, fuzzy=fuzzy, without=name) if chosen else built
            terms: dict[str, Any] = {"values": {"terms": {"field": column, "size": _FACET_SIZE}}}
            buckets = self._searcher.aggregate(counted, terms)["values"]["buckets"]
            facets[name] = {
                value: (label, int(bucket["doc_count"]))
                for bucket in buckets
                for value, _, label in [str(bucket["key"]).partition(" ")]
            }
        return facets


def _write(document: Document) -> tantivy.Document:
    row = tantivy.Document()
    row.add_text("kind", "document")
    row.add_text("iri", key(document.iri))
    row.add_text("type", document.plural)
    for iri in sorted(document.embeds):
        row.add_text("embeds", key(iri))
    for bestuur, label in document.besturen:
        row.add_text("bestuur", bestuur)
        row.add_text("bestuur_facet", f"{bestuur} {label}")
    title, text = analyze(document.title), analyze(document.text)
    row.add_text("title_x", _words(title))
    row.add_text("title_s", " ".join(token.stem for token in title))
    row.add_text("text_x", _words(text))
    row.add_text("text_s", " ".join(token.stem for token in text))
    row.add_text("extra", " ".join(word for token in (*title, *text) for word in token.extra))
    row.add_text("about", f" {GAP} ".join(_about(document)))
    day = _day(document.date)
    row.add_unsigned("day", day)
    row.add_unsigned("newest", (day << _TIE_BITS) | _tie(document.iri))
    shown = {name: value for name, value in document.__dict__.items() if name != "embeds"}
    row.add_bytes("stored", json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace"))
    return row


def _words(tokens: list[Token]) -> str:
    return " ".join(f"{GAP} {token.exact}" if token.gap else token.exact for token in tokens)


def _about(document: Document) -> Iterator[str]:
    """The names around a document, as they stand, stemmed and joined."""
    for label in dict.fromkeys([document.orgaan_label, *(label for _, label in document.besturen)]):
        tokens = analyze(label)
        yield " ".join(token.exact for token in tokens)
        yield " ".join(word for token in tokens for word in (token.stem, *token.extra))


def _day(text: str) -> int:
    """The day as a number that grows, 0 when it is not known."""
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return 0


def _tie(iri: str) -> int:
    """A number that orders documents of one day, the same in every index."""
    return int.from_bytes(hashlib.sha256(iri.encode("utf-8", "replace")).digest()[:8], "big") >> (64 - _TIE_BITS)
