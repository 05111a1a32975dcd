"""Who may run a query, and where: lanes of disposable workers, turns per client, and a memory of slow queries.

A lane bounds the time of every query in it and the number that wait for it; it needs no idea of who asks. Turns keep
one client from taking all places. Everything here is safe to use from many threads.
"""

import contextlib
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from belfort.errors import Busy
from belfort.workers import Header, Worker
from publisher.sparql import snapshots

# Starting a child and opening a snapshot is not the query's fault and does not count against its deadline.
OPEN_SECONDS = 15.0


class TooManyQueries(Busy):
    """One client has as many queries as it may have."""

    slug, title, status = "too-many-queries", "Te veel vragen tegelijk", 429


@dataclass(frozen=True)
class Limits:
    """How a lane runs: workers, places to wait, seconds a query may take and may wait."""

    workers: int
    waiting: int
    seconds: float
    patience: float


class Lane:
    """A few workers on the current snapshot, each for one query at a time."""

    def __init__(self, folder: Path, memory: int, limits: Limits) -> None:
        self.limits = limits
        self._folder = folder
        self._workers = [
            Worker("publisher.sparql.worker:serve", [str(folder)], memory=memory) for _ in range(limits.workers)
        ]
        # Ready workers are taken from the right; those that must start first wait at the left.
        self._idle = deque(self._workers)
        self._ready: dict[int, tuple[int | None, str]] = {}
        self._waiting = 0
        self._changed = threading.Condition()
        self._closed = False

    def run(self, header: Header, body: bytes) -> tuple[Header, bytes]:
        """Run one query in this lane.

        Raises:
            Busy: too many wait already, no worker came free in time, or the lane is closed.
            DeadlineExceeded: the query took longer than this lane allows; its worker is gone.
            WorkerCrashed: the query took too much memory or broke the engine; its worker is gone.
        """
        with self._worker() as worker:
            opened = self._prepare(worker)
            if "error" in opened:
                return opened, b""
            return worker.call({**header, "seconds": self.limits.seconds}, body, seconds=self.limits.seconds)

    def close(self) -> None:
        """Kill every worker and let nothing start again; returns when they are gone."""
        with self._changed:
            self._closed = True
            for worker in self._workers:
                if worker not in self._idle:
                    worker.interrupt()
            self._changed.notify_all()
            self._changed.wait_for(lambda: len(self._idle) == len(self._workers), timeout=5)
            for worker in self._idle:
                worker.kill()

    @property
    def pids(self) -> list[int]:
        """The processes of this lane that live."""
        return [worker.pid for worker in self._workers if worker.pid]

    @contextmanager
    def _worker(self) -> Iterator[Worker]:
        with self._changed:
            if not self._idle and self._waiting >= self.limits.waiting:
                raise _full(self.limits)
            self._waiting += 1
            try:
                free = self._changed.wait_for(lambda: self._idle or self._closed, self.limits.patience)
            finally:
                self._waiting -= 1
            if self._closed or not free:
                raise _full(self.limits)
            worker = self._idle.pop()
        try:
            yield worker
        finally:
            self._release(worker)

    def _release(self, worker: Worker) -> None:
        killed = worker.pid is None
        if killed and not self._closed:
            with contextlib.suppress(OSError):  # then the next call tries again, and says so
                worker.start()  # it gets ready while the next client is still thinking
        with self._changed:
            if killed:
                self._idle.appendleft(worker)
            else:
                self._idle.append(worker)
            if self._closed:
                worker.kill()
            self._changed.notify_all()

    def _prepare(self, worker: Worker) -> Header:
        """Start the worker and let it open the newest snapshot, if it has not yet."""
        newest = snapshots.current(self._folder)
        wanted = newest.name if newest else ""
        if worker.pid is not None and self._ready.get(id(worker)) == (worker.pid, wanted):
            return {}
        opened, _ = worker.call({"op": "open"}, seconds=OPEN_SECONDS)
        if "error" not in opened:
            self._ready[id(worker)] = (worker.pid, wanted)
        return opened


def _full(limits: Limits) -> Busy:
    wait = max(1, round(limits.seconds))
    return Busy(
        "Er lopen te veel SPARQL-vragen tegelijk.", hint=f"Probeer het over {wait} s opnieuw.", retry_after=wait
    )


class Turns:
    """Lets each client run one query at a time, with a few more that wait."""

    def __init__(self, waiting: int, patience: float) -> None:
        self._most = 1 + waiting
        self._patience = patience
        self._changed = threading.Condition()
        self._present: Counter[str] = Counter()
        self._running: set[str] = set()

    @contextmanager
    def turn(self, client: str) -> Iterator[None]:
        """Wait for the client's turn and hold it; an empty name is nobody and always has its turn.

        Raises:
            TooManyQueries: the client has a query running and as many waiting as it may, or waited too long.
        """
        if not client:
            yield
            return
        with self._changed:
            if self._present[client] >= self._most:
                raise self._refusal()
            self._present[client] += 1
            if not self._changed.wait_for(lambda: client not in self._running, self._patience):
                self._leave(client)
                raise self._refusal()
            self._running.add(client)
        try:
            yield
        finally:
            with self._changed:
                self._running.discard(client)
                self._leave(client)
                self._changed.notify_all()

    def _leave(self, client: str) -> None:
        self._present[client] -= 1
        if not self._present[client]:
            del self._present[client]

    def _refusal(self) -> TooManyQueries:
        wait = max(1, round(self._patience))
        return TooManyQueries(
            f"U hebt al {self._most} SPARQL-vragen lopen.",
            hint=f"Wacht tot er een klaar is, of probeer het over {wait} s opnieuw.",
            retry_after=wait,
        )


class SlowQueries:
    """Remembers which texts were too slow for the fast lane, so that a repeat does not spoil a worker there."""

    def __init__(self, most: int = 1024, seconds: float = 600.0) -> None:
        self._most = most
        self._seconds = seconds
        self._lock = threading.Lock()
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def add(self, text: str) -> None:
        """Remember this text for a while."""
        with self._lock:
            key = self._key(text)
            self._until[key] = time.monotonic() + self._seconds
            self._until.move_to_end(key)
            while len(self._until) > self._most:
                self._until.popitem(last=False)

    def __contains__(self, text: str) -> bool:
        with self._lock:
            return self._until.get(self._key(text), 0.0) > time.monotonic()

    @staticmethod
    def _key(text: str) -> bytes:
        return blake2b(text.encode(), digest_size=16).digest()
