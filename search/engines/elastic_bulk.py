"""Writes into one index of Elasticsearch: in bulk, repeatable, by one writer (`port.Writer`).

- **Who writes.** On one machine the lock of the index folder lets one process write. Across machines the index itself
  does: each writer begins by taking the next number (its *turn*) in the cursor document, and writes every document with
  its turn as version. The server refuses a document with a lower turn than it has, and the cursor of whoever no longer
  has the turn, so a writer that was overtaken cannot undo what a later one did. It ends with `Busy`.
- **Repeats.** The id of a document follows from its IRI, and the same turn may write it again, so whatever was sent
  twice is there once. The cursor moves last, after everything before it was acknowledged and made visible; what a kill
  left without a cursor is sent again.
- **Refusals.** A server that is busy (429, 503) is asked again, later each time and in smaller pieces; a request that
  is too large (413) is halved. A document that is refused for itself goes in once more with the beginning of its text
  alone; the log says so, and the others go on.
"""

import hashlib
import json
import random
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from belfort.errors import Busy, Damaged
from belfort.log import get_logger
from search.document import Document
from search.engines.elastic_server import Server
from search.engines.port import Cursor
from search.row import Row, key, load, row

log = get_logger("index")

CURSOR_ID = "cursor"
BULK_BYTES = 8 * 2**20
BULK_SECONDS = 120.0
RETRY_SECONDS = 120.0
"""How long a busy server is asked again before the writer gives up."""
_FIRST_WAIT = 0.1
_LONGEST_WAIT = 10.0
_BUSY = frozenset({429, 502, 503, 504})
_SMALLEST = 2**16
_BEGINNING = 50_000
"""Characters of its text that a document keeps when the server refuses it whole."""


@dataclass(frozen=True)
class Operation:
    """One line pair of a bulk request, and the row that it writes (None: a deletion); `iri` is a key."""

    iri: str
    lines: bytes
    row: Row | None


def identifier(iri: str) -> str:
    """The id of a document: an IRI may be longer than an id."""
    return hashlib.sha256(iri.encode("utf-8", "replace")).hexdigest()


def writing_alias(index: str) -> str:
    """The alias that is written to: the server makes no index by itself when this one is gone."""
    return f"{index}.write"


class ElasticWriter:
    """The writer of one index; documents are made here while the server takes in those before."""

    def __init__(self, server: Server, index: str, *, bulk_bytes: int = BULK_BYTES) -> None:
        self.refused = 0
        self._server = server
        self._index = index
        self._bulk_bytes = bulk_bytes
        self._turn, self._place = self._take_turn()
        self._pending: list[Operation] = []
        self._size = 0
        self._sender = ThreadPoolExecutor(1, "elastic-bulk")
        self._sending: Future[None] | None = None

    def replace(self, iris: Iterable[str], documents: Iterable[Document | Row]) -> None:
        """Remove the documents of these IRIs, then add these; one that is added again is never absent."""
        gone = dict.fromkeys(map(key, iris))
        for one in documents:
            made = one if isinstance(one, Row) else row(one)
            gone.pop(made.id, None)
            self._add(self._write(made))
        for iri in gone:
            self._add(Operation(iri, _line({"delete": self._target(iri)}), None))

    def commit(self, cursor: Cursor) -> None:
        """Make everything durable and visible, then the cursor."""
        self._flush()
        self._settle()
        self._server.ask(lambda client: client.indices.refresh(index=self._index), BULK_SECONDS)
        self._place = self._move_cursor(cursor)

    def close(self) -> None:
        """Let go of the index."""
        self._pending, self._size = [], 0
        self._sender.shutdown(wait=True)

    def _take_turn(self) -> tuple[int, tuple[int, int]]:
        """The next turn, and the place of the cursor document that holds it; documents stay as they are."""
        try:
            found = self._server.ask(
                lambda client: client.options(ignore_status=404).get(index=self._index, id=CURSOR_ID), BULK_SECONDS
            )
            if "error" in found:
                raise Damaged(f"De zoekindex {self._index} is niet (meer) op de server.", hint="`belfort rebuild`")
            seq, at, turn = json.loads(found["_source"]["stored"]) if found["found"] else (0, "", 0)
            place = (found["_seq_no"], found["_primary_term"]) if found["found"] else None
            return turn + 1, self._put_cursor([seq, at, turn + 1], place)
        except _Overtaken:
            raise _overtaken() from None

    def _move_cursor(self, cursor: Cursor) -> tuple[int, int]:
        """Write the cursor, unless another writer took the turn."""
        value = [cursor.seq, cursor.at, self._turn]
        try:
            return self._put_cursor(value, self._place)
        except _Overtaken:
            # Or it is our own, of which the answer got lost.
            found = self._server.ask(lambda client: client.get(index=self._index, id=CURSOR_ID), BULK_SECONDS)
            if json.loads(found["_source"]["stored"]) != value:
                raise _overtaken() from None
            return found["_seq_no"], found["_primary_term"]

    def _put_cursor(self, value: list[Any], place: tuple[int, int] | None) -> tuple[int, int]:
        stored = {"kind": ["cursor"], "stored": json.dumps(value)}
        expected: dict[str, Any] = (
            {"op_type": "create"} if place is None else {"if_seq_no": place[0], "if_primary_term": place[1]}
        )

        def put(client: Elasticsearch) -> Any:
            return client.options(ignore_status=409).index(
                index=writing_alias(self._index), id=CURSOR_ID, document=stored, refresh=True, require_alias=True,
                **expected,
            )  # fmt: skip

        answer = self._server.ask(put, BULK_SECONDS)
        if "error" in answer:
            raise _Overtaken
        return answer["_seq_no"], answer["_primary_term"]

    def _target(self, iri: str) -> dict[str, Any]:
        return {"_id": identifier(iri), "version": self._turn, "version_type": "external_gte"}

    def _write(self, made: Row) -> Operation:
        fields = {**made.terms, **made.texts, **made.numbers, "stored": made.stored.decode()}
        return Operation(made.id, _line({"index": self._target(made.id)}) + _line(fields), made)

    def _add(self, operation: Operation) -> None:
        self._pending.append(operation)
        self._size += len(operation.lines)
        if self._size >= self._bulk_bytes:
            self._flush()

    def _flush(self) -> None:
        """Hand what is pending to the sender, when what it had before is acknowledged."""
        self._settle()
        if self._pending:
            self._sending = self._sender.submit(self._send, self._pending)
            self._pending, self._size = [], 0

    def _settle(self) -> None:
        """Wait until all that was sent is acknowledged; its failure is raised here."""
        sending, self._sending = self._sending, None
        if sending:
            sending.result()

    def _send(self, operations: list[Operation]) -> None:
        """Send until each is acknowledged or refused for itself."""
        waits = _waits()
        size = sum(len(one.lines) for one in operations)
        while operations:
            piece, rest = _split(operations, size)
            status, again = self._exchange(piece)
            operations = again + rest
            if status == 413:
                self._bulk_bytes = size = max(sum(len(one.lines) for one in piece) // 2, 1)
            elif status in _BUSY:
                wait = next(waits)
                if wait is None and len(piece) == 1 and _is_long(piece[0]):
                    # One document may be more than a small server ever takes in at once.
                    operations, waits = self._without_end(piece[0], f"busy ({status}) all the while") + rest, _waits()
                    continue
                self._wait(wait, status, len(operations))
                size = max(size // 2, _SMALLEST)

    def _wait(self, wait: float | None, status: int, left: int) -> None:
        if wait is None:
            raise Busy(f"De zoekserver neemt al {RETRY_SECONDS:.0f} seconden niets meer aan ({status}).")
        log.info("search server is busy", status=status, documents=left, wait=round(wait, 2))
        time.sleep(wait)

    def _exchange(self, piece: list[Operation]) -> tuple[int, list[Operation]]:
        """One request: its status (that of the documents it could not take in now), and what must go again."""
        body = b"".join(one.lines for one in piece)
        status, answer = self._post(body)
        if status == 413 and len(piece) == 1:
            return 200, self._without_end(piece[0], "too large")
        if status != 200:
            return status, piece
        again: list[Operation] = []
        for operation, item in zip(piece, answer["items"], strict=True):
            (result,) = item.values()
            if result["status"] in _BUSY:
                status = result["status"]
                again.append(operation)
            elif result["status"] >= 400:
                again += self._judge(operation, result)
        return status, again

    def _post(self, body: bytes) -> tuple[int, Any]:
        def post(client: Elasticsearch) -> tuple[int, Any]:
            try:
                answer = client.bulk(
                    index=writing_alias(self._index),
                    operations=[body],  # type: ignore[list-item] # lines that are ready
                    require_alias=True,
                    filter_path="items.*.status,items.*.error",
                )
            except ApiError as error:
                if error.meta.status in _BUSY or error.meta.status == 413:
                    return error.meta.status, None
                raise
            return 200, answer

        return self._server.ask(post, BULK_SECONDS)

    def _judge(self, operation: Operation, result: dict[str, Any]) -> list[Operation]:
        """What to do about one refusal: nothing, send another, or stop."""
        status = result["status"]
        error = result.get("error", {})
        if status == 404 and "index" not in error.get("type", ""):
            return []  # a deletion of what was not there
        if status == 404:
            raise Damaged(f"De zoekindex {self._index} is niet (meer) op de server.", hint="`belfort rebuild`")
        if status == 409:
            raise _overtaken()
        return self._without_end(operation, f"{error.get('type')}: {error.get('reason')}"[:300])

    def _without_end(self, operation: Operation, reason: str) -> list[Operation]:
        """The document with the beginning of its text, or nothing when that was refused too."""
        if operation.row and _is_long(operation):
            log.warning("search server refused a document; its beginning goes in", iri=operation.iri, reason=reason)
            document = load(operation.row.stored)
            made = row(replace(document, text=document.text[:_BEGINNING]))
            embeds = operation.row.terms["embeds"]  # a stored document does not have them
            return [self._write(replace(made, terms={**made.terms, "embeds": embeds}))]
        log.error("search server refused a document", iri=operation.iri, reason=reason)
        self.refused += 1
        return []


def _is_long(operation: Operation) -> bool:
    return operation.row is not None and len(load(operation.row.stored).text) > _BEGINNING


class _Overtaken(Exception):
    """The cursor document is not what this writer left."""


def _overtaken() -> Busy:
    return Busy("Een ander proces schrijft nu in de zoekindex.", hint="Probeer het straks opnieuw.")


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def _split(operations: list[Operation], size: int) -> tuple[list[Operation], list[Operation]]:
    """The first operations, at least one and at most that many bytes, and the rest."""
    length = 0
    for place, one in enumerate(operations):
        length += len(one.lines)
        if place and length > size:
            return operations[:place], operations[place:]
    return operations, []


def _waits() -> Iterator[float | None]:
    """Seconds to wait, longer each time and never the same for two writers; None when it is enough."""
    ends = time.monotonic() + RETRY_SECONDS
    wait = _FIRST_WAIT
    while time.monotonic() < ends:
        yield wait * random.uniform(0.5, 1.5)  # noqa: S311 # not a secret
        wait = min(wait * 2, _LONGEST_WAIT)
    yield None
