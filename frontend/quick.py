"""The answers of `frontend.hot` given where a request comes in, without a thread, and kept while nothing changes.

Waitress hands each request to a thread and parses it into a WSGI environment; for a read of some microseconds that
costs more than the read (docs/decisions/0009; `tests/bench/web.py`). A channel of this module looks at the bytes first:
one whole GET of an entity's data, with headers that change nothing, is answered at once; anything else goes on as it
was. Answers are kept by the bytes of their request for as long as no other connection has committed anything (SQLite's
`data_version`, asked for every request), so what was erased or changed is never given again. With another database
than SQLite, where asking takes a round trip, nothing is different from waitress.
"""

import sqlite3
import time
from email.utils import formatdate
from typing import Any

from waitress.channel import HTTPChannel

from belfort.settings import Settings
from frontend.desks import Desks
from frontend.hot import Answers, asked, statement, the_one

MOST = 64 * 2**20
LONGEST = 4096
# Headers that say nothing about which answer is right.
_HARMLESS = frozenset(
    {"host", "user-agent", "accept-encoding", "accept-language", "cache-control", "pragma", "dnt", "origin", "referer",
     "priority", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-fetch-user", "upgrade-insecure-requests",
     "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip", "via", "traceparent", "tracestate"}
)  # fmt: skip


class Quick:
    """Gives the bytes of an answer for the bytes of a request, or None; for the thread of the server alone."""

    def __init__(self, settings: Settings, desks: Desks) -> None:
        path = (settings.data / "records.sqlite").resolve()
        self._database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=1.0)
        self._sql, _ = statement(desks.engine.dialect)
        self._answers = Answers(settings)
        self._kept: dict[bytes, tuple[bytes, bytes]] = {}
        self._size, self._version = 0, -1
        self._second, self._date = 0, b""

    def answer(self, request: bytes) -> bytes | None:
        """The whole answer to a whole request."""
        try:
            version = self._database.execute("PRAGMA data_version").fetchone()[0]
            if version != self._version:
                self._kept.clear()
                self._size, self._version = 0, version
            parts = self._kept.get(request)
            if parts is None:
                parts = self._make(request)
                if parts is None:
                    return None
                self._keep(request, parts)
        except sqlite3.Error:
            return None  # the usual way has its own errors
        return b"".join((parts[0], self._now(), parts[1]))

    def close(self) -> None:
        """Close its connection."""
        self._database.close()

    def _keep(self, request: bytes, parts: tuple[bytes, bytes]) -> None:
        self._size += len(request) + len(parts[0]) + len(parts[1])
        if self._size > MOST:
            self._kept.clear()
            self._size = len(request) + len(parts[0]) + len(parts[1])
        self._kept[request] = parts

    def _now(self) -> bytes:
        second = int(time.time())
        if second != self._second:
            self._second, self._date = second, b"Date: " + formatdate(second, usegmt=True).encode() + b"\r\n"
        return self._date

    def _make(self, request: bytes) -> tuple[bytes, bytes] | None:
        """The answer as what stands before the date and what after it."""
        said = _read(request)
        wanted = asked(*said) if said else None
        if not said or not wanted:
            return None
        rows = self._database.execute(self._sql, (wanted[1],)).fetchmany(2)
        found = the_one(rows, wanted[0])
        if not found:
            return None
        answer = self._answers.give(found, f"/{wanted[0]}/{wanted[1]}", wanted[2], said[2])
        rows_ = "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
        return f"HTTP/1.1 {answer.status}\r\n{rows_}".encode("latin-1"), b"Server: belfort\r\n\r\n" + answer.body


def _read(request: bytes) -> tuple[str, str, str] | None:
    """Path, `Accept` and `If-None-Match` of a request that is simple enough."""
    try:
        first, *lines = request[:-4].decode("ascii").split("\r\n")
    except UnicodeDecodeError:
        return None
    words = first.split(" ")
    if len(words) != 3 or words[0] != "GET" or words[2] != "HTTP/1.1":
        return None
    given = {"accept": "", "if-none-match": ""}
    hosts = 0
    for line in lines:
        name, colon, value = line.partition(":")
        key, text = name.lower(), value.strip(" \t")
        if not colon or any(mark < " " and mark != "\t" for mark in value):
            return None
        if key in given:
            if given[key]:
                return None
            given[key] = text
        elif key == "connection":
            if text.lower() != "keep-alive":
                return None
        elif key not in _HARMLESS:
            return None
        hosts += key == "host"
    return (words[1], given["accept"], given["if-none-match"]) if hosts == 1 else None


class Channel(HTTPChannel):  # type: ignore[misc]
    """A waitress channel that answers what it can where it comes in."""

    quick: Quick

    def received(self, data: bytes) -> bool:
        """Take in bytes: one whole simple request with nothing before it is answered here."""
        if (
            self.request is None
            and len(data) < LONGEST
            and data.startswith(b"GET /")
            and data.find(b"\r\n\r\n") == len(data) - 4
            and not self.requests
            and not self.will_close
            and not self.close_when_flushed
        ):
            answer = self.quick.answer(data)
            if answer is not None:
                self._give(answer)
                return True
        return bool(super().received(data))

    def _give(self, answer: bytes) -> None:
        """Send what the socket takes now; waitress sends the rest, and reads on only when all was sent."""
        try:
            rest = answer[self.send(answer) :]
        except OSError:
            self.will_close = True
            return
        if rest:
            with self.outbuf_lock:  # no task is running here
                self.outbufs[-1].append(rest)
                self.current_outbuf_count += len(rest)
                self.total_outbufs_len += len(rest)


def install(server: Any, desks: Desks, settings: Settings) -> None:
    """Let the channels of a waitress server answer by this module, where the records are SQLite."""
    if settings.database:
        return
    server.channel_class = type("Channel", (Channel,), {"quick": Quick(settings, desks)})
