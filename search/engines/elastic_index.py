"""One generation of an index in Elasticsearch: its fields, how hits are read and counted (`port.Index`).

Text fields hold tokens of our analyzer and are split at spaces; nothing of Elasticsearch's own analysis is used, nor
scripts, ingest or reindex, so a bare server does. What is given back is the stored document alone; the texts are in the
index but not in `_source`, so a document changes only as a whole.

The cursor is a document of its own, written after a refresh that made the documents it speaks of visible on every copy.
Readers look at the index as it was refreshed last, never at the log in front of it, so no cursor runs ahead.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from elasticsearch import Elasticsearch

from belfort.errors import Busy, Damaged, Refused
from search.cursors import fits
from search.document import Document
from search.engines import elastic_query
from search.engines.elastic_bulk import ElasticWriter
from search.engines.elastic_server import ANSWER_SECONDS, Server
from search.engines.port import Cursor, Found, Order, Slice
from search.plan import OneOf, Plan
from search.row import FACETS, FREQUENCIES, KEYS, NUMBERS, POSITIONS, facet_values, key, load

_FACET_SIZE = 65_000
_MANY = 1000
_STEP = 500
_EMBEDDING_STEP = 10_000
_WALK_SECONDS = 60.0

Facets = dict[str, Mapping[str, tuple[str, int]]]


def mappings(meta: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an index, as `search.row` names them; a field that is not named is refused."""
    fields: dict[str, Any] = {name: {"type": "keyword"} for name in (*KEYS, *FACETS)}
    fields |= {f"{name}_facet": {"type": "keyword", "index": False} for name in FACETS}
    for names, kept in ((POSITIONS, "positions"), (FREQUENCIES, "freqs")):
        fields |= {name: {"type": "text", "analyzer": "whitespace", "index_options": kept} for name in names}
    fields |= {name: {"type": "long"} for name in NUMBERS}
    fields["stored"] = {"type": "keyword", "index": False, "doc_values": False}
    return {"dynamic": "strict", "_meta": dict(meta), "_source": {"includes": ["stored"]}, "properties": fields}


LOADING = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "refresh_interval": "-1",
    # How long it is known that a document was deleted, and by which writer: see `elastic_bulk`.
    "gc_deletes": "1h",
}
SERVING = {"refresh_interval": "1s", "auto_expand_replicas": "0-1"}


class ElasticIndex:
    """One index on the server, by its own name."""

    def __init__(self, server: Server, name: str) -> None:
        self.name = name
        self._server = server

    def view(self) -> "ElasticView":
        """The index as it is."""
        return ElasticView(self._server, self.name)

    def writer(self) -> ElasticWriter:
        """Begin to write; whoever wrote until now can no longer."""
        return ElasticWriter(self._server, self.name)


class ElasticView:
    """The index as it is (`port.View`); the cursor is read once.

    `moved` tells which index to ask when this one is gone: a rebuild may end while a reader is at work.
    """

    def __init__(self, server: Server, name: str, moved: Callable[[], str | None] = lambda: None) -> None:
        self.name = name
        self._server = server
        self._moved = moved

    @cached_property
    def cursor(self) -> Cursor:
        """The newest change that is in it, for all who search."""
        asked = elastic_query.query(OneOf("kind", ("cursor",)))
        rows = self._search({"query": asked, "size": 1, "_source": ["stored"]})["hits"]["hits"]
        if not rows:
            return Cursor()
        seq, at, _ = json.loads(rows[0]["_source"]["stored"])
        return Cursor(seq, at)

    def count(self, plan: Plan) -> int:
        """How many documents match."""
        asked = elastic_query.whole(plan)
        return int(self._ask(lambda client: client.count(index=self.name, query=asked), ANSWER_SECONDS)["count"])

    def search(self, plan: Plan, part: Slice, facets: Iterable[str] = ()) -> Found:
        """Hits, their total, and facets."""
        names = tuple(facets)
        try:
            found = self._search(self._body(plan, part, names))
            counted = {name: _facet(found["aggregations"][name]) for name in names}
        except Refused:
            if not names:
                raise
            # The facets together have more values than the server gives in one answer.
            found = self._search(self._body(plan, part, ()))
            counted = {name: self._facet_alone(plan, name) for name in names}
        rows, total = found["hits"]["hits"], int(found["hits"]["total"]["value"])
        more = len(rows) > part.size if part.after else part.skip + len(rows) < total
        rows = rows[: part.size]
        hits = tuple((_document(row), row["_score"] or 0.0) for row in rows)
        return Found(total, hits, counted, tuple(rows[-1]["sort"]) if rows and more else ())

    def walk(self, plan: Plan, order: Order, after: tuple[Any, ...] = ()) -> Iterator[Document]:
        """All hits in that order."""
        body = {"query": elastic_query.whole(plan), "sort": elastic_query.sort(order), "_source": ["stored"]}
        for row in self._rows(body, _STEP, after):
            yield _document(row)

    def get(self, iri: str) -> Document | None:
        """The document of an entity, or the one that it is joined to."""
        for name in ("iri", "joined"):
            asked = elastic_query.query(OneOf(name, (key(iri),)))
            rows = self._search({"query": asked, "size": 1, "_source": ["stored"]})["hits"]["hits"]
            if rows:
                return _document(rows[0])
        return None

    def embedding(self, iris: Iterable[str]) -> set[str]:
        """The IRIs of the documents that embed any of these entities."""
        keys = sorted({key(iri) for iri in iris})
        found: set[str] = set()
        for begin in range(0, len(keys), _MANY):
            asked = elastic_query.query(OneOf("embeds", tuple(keys[begin : begin + _MANY])))
            body = {"query": asked, "sort": [{"newest": "desc"}, {"iri": "asc"}], "_source": False}
            for row in self._rows({**body, "docvalue_fields": ["iri"]}, _EMBEDDING_STEP):
                iri = row["fields"]["iri"][0]
                found.add(iri if key(iri) == iri and not iri.startswith("sha256:") else self._long_iri(iri))
        return found

    def _long_iri(self, digest: str) -> str:
        asked = elastic_query.query(OneOf("iri", (digest,)))
        return _document(self._search({"query": asked, "size": 1, "_source": ["stored"]})["hits"]["hits"][0]).iri

    def _rows(self, body: Mapping[str, Any], step: int, after: tuple[Any, ...] = ()) -> Iterator[dict[str, Any]]:
        """All hits of a sorted search, a step at a time."""
        while True:
            asked = {**body, "size": step, "track_total_hits": False}
            if after:
                asked["search_after"] = list(after)
            rows = self._search(asked, _WALK_SECONDS)["hits"]["hits"]
            yield from rows
            if len(rows) < step:
                return
            after = tuple(rows[-1]["sort"])

    def _body(self, plan: Plan, part: Slice, facets: tuple[str, ...]) -> dict[str, Any]:
        """One request for hits and facets: a facet is counted before its own filter, which then narrows the hits."""
        own = tuple(name for name in facets if name in plan.filters)
        body: dict[str, Any] = {
            "query": elastic_query.whole(plan, without=own),
            "track_total_hits": True,
            "size": part.size + bool(part.after),  # one more tells whether there is a page after this
            "sort": elastic_query.sort(part.order),
            "_source": ["stored"],
        }
        if own:
            body["post_filter"] = elastic_query.chosen(plan, own)
        if part.after:
            kinds = (float | int, int) if part.order == "score" else (int,)
            body["search_after"] = list(fits(part.after, *kinds))
        else:
            body["from"] = part.skip
        if facets:
            body["aggs"] = {name: _counting(plan, name, [one for one in own if one != name]) for name in facets}
        return body

    def _facet_alone(self, plan: Plan, name: str) -> Mapping[str, tuple[str, int]]:
        body = {"query": elastic_query.whole(plan.without(name)), "size": 0, "aggs": {name: _counting(plan, name, ())}}
        return _facet(self._search(body)["aggregations"][name])

    def _search(self, body: Mapping[str, Any], seconds: float = ANSWER_SECONDS) -> Mapping[str, Any]:
        # The server stops by itself, a little before nobody waits any more.
        asked = {**body, "timeout": f"{seconds * 900:.0f}ms"}
        answer: Mapping[str, Any] = self._ask(
            lambda client: client.search(index=self.name, body=asked, allow_partial_search_results=False), seconds
        )
        return answer

    def _ask(self, call: Callable[[Elasticsearch], Any], seconds: float) -> Any:
        try:
            return self._server.ask(call, seconds)
        except (Damaged, Busy):  # Busy too: while an index goes, its last questions get no answer
            moved = self._moved()
            if moved in (None, self.name):
                raise
            self.name = str(moved)
            return self._server.ask(call, seconds)


def _counting(plan: Plan, name: str, others: Iterable[str]) -> dict[str, Any]:
    """The aggregation of one facet, narrowed by the filters of the other facets."""
    return {
        "filter": elastic_query.chosen(plan, others),
        "aggs": {"values": {"terms": {"field": f"{name}_facet", "size": _FACET_SIZE}}},
    }


def _facet(answer: Mapping[str, Any]) -> Mapping[str, tuple[str, int]]:
    return facet_values((one["key"], one["doc_count"]) for one in answer["values"]["buckets"])


def _document(row: Mapping[str, Any]) -> Document:
    return load(row["_source"]["stored"].encode())
