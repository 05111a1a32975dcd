"""Makes the rows of many documents in processes beside this one, so that a rebuild takes every processor.

Reading words is half of the work of an index, and none of it needs the records. Enters: batches of documents. Leaves:
their rows, in the same order. A few batches are not worth a process; one whose process died is made here.
"""

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import accumulate, cycle, islice

from belfort.log import get_logger
from belfort.workers import Header, Serve, Worker, WorkerCrashed
from search.document import Document
from search.row import FREQUENCIES, POSITIONS, Row, dump, load, row

log = get_logger("index")

FEW = 2
"""Batches that are made here before the first process is started."""
_MOST = 4
_MEMORY = 2 * 2**30
_SECONDS = 600.0


@dataclass(frozen=True)
class _Asked:
    """A batch that a process is at work on."""

    worker: Worker
    documents: Sequence[Document]

    def rows(self) -> list[Row]:
        try:
            header, body = self.worker.receive()
        except WorkerCrashed as error:
            log.warning("a process that makes rows died; they are made again", error=error.detail)
            return [row(one) for one in self.documents]
        return list(_unpacked(header["sizes"], body))


def rows(batches: Iterable[Sequence[Document]]) -> Iterator[list[Row]]:
    """The rows of batches of documents; the next batches are worked on while the caller uses what it was given."""
    batches = iter(batches)
    for documents in islice(batches, FEW):
        yield [row(one) for one in documents]
    asked: deque[_Asked] = deque()
    with ExitStack() as stack:
        workers = _workers(stack)
        turns = cycle(workers)
        for documents in batches:
            ready = asked.popleft().rows() if len(asked) == len(workers) else None
            worker = next(turns)
            worker.send({}, _pack(documents), seconds=_SECONDS)
            asked.append(_Asked(worker, documents))
            if ready is not None:
                yield ready
        while asked:
            yield asked.popleft().rows()


def _workers(stack: ExitStack) -> list[Worker]:
    count = min(len(os.sched_getaffinity(0)), _MOST)
    workers = [Worker("search.rows:serving", memory=_MEMORY) for _ in range(count)]
    for worker in workers:
        stack.callback(worker.kill)
    return workers


def serving() -> Serve:
    """What the process does: rows for each batch of documents."""

    def serve(_header: Header, body: bytes) -> tuple[Header, bytes]:
        documents = (replace(load(shown.encode()), embeds=frozenset(embeds)) for shown, embeds in json.loads(body))
        parts = [part for one in map(row, documents) for part in _packed(one)]
        return {"sizes": list(map(len, parts))}, b"".join(parts)

    return serve


def _pack(documents: Iterable[Document]) -> bytes:
    return json.dumps([(dump(one).decode(), sorted(one.embeds)) for one in documents], ensure_ascii=False).encode(
        "utf-8", "replace"
    )


_TEXTS = (*POSITIONS, *FREQUENCIES)
_PARTS = 2 + len(_TEXTS)


def _packed(one: Row) -> Iterator[bytes]:
    """A row in parts: what is short as JSON, the long texts as they are."""
    yield json.dumps((one.id, one.terms, one.numbers), ensure_ascii=False).encode()
    for name in _TEXTS:
        yield one.texts[name].encode()
    yield one.stored


def _unpacked(sizes: Sequence[int], body: bytes) -> Iterator[Row]:
    ends = list(accumulate(sizes))
    parts = [body[end - size : end] for size, end in zip(sizes, ends, strict=True)]
    for place in range(0, len(parts), _PARTS):
        short, *texts, stored = parts[place : place + _PARTS]
        name, terms, numbers = json.loads(short)
        yield Row(name, terms, dict(zip(_TEXTS, map(bytes.decode, texts), strict=True)), numbers, stored)
