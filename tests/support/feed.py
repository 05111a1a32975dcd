"""A delta feed with the contract of the reference producers, in memory and over HTTP on loopback."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from belfort.records.source import Source
from belfort.settings import Settings

PERSON = "http://data.lblod.info/id/personen/"
NAME = "http://xmlns.com/foaf/0.1/familyName"


@dataclass(frozen=True)
class Answer:
    """What the feed answers to one request."""

    status: int
    body: bytes


def triple(subject: str, value: str, **extra: str) -> dict[str, Any]:
    """A family name of a person, as a producer writes it."""
    return {
        "subject": {"type": "uri", "value": PERSON + subject},
        "predicate": {"type": "uri", "value": NAME},
        "object": {"type": "literal", "value": value, **extra},
    }


def changes(deletes: list[dict[str, Any]], inserts: list[dict[str, Any]]) -> bytes:
    """A delta file of one changeset."""
    return json.dumps([{"deletes": deletes, "inserts": inserts}]).encode()


@dataclass
class Feed:
    """The files of a feed; it is called as `fetch`, and remembers what was asked."""

    files: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)
    page: int = 1_000
    asked: list[str] = field(default_factory=list)
    base: str = "http://feed.example"
    dump: tuple[str, str, bytes] | None = None
    """Name, release date and content of the dump that the feed describes."""

    @property
    def source(self) -> Source:
        """The source that reads this feed."""
        return Source("mandatarissen", "Mandatarissen", "register", f"{self.base}/sync/mandatarissen")

    def add(self, key: str, body: bytes, *, created: str = "2026-01-05T08:00:10.123Z", number: int = 0) -> None:
        """Publish one more file."""
        self.files[key] = (f"delta-{created}-{number}.json", created, body)

    @property
    def downloads(self) -> list[str]:
        """The ids of the files that were asked, in order."""
        return [url.split("/")[-2] for url in self.asked if url.endswith("/download")]

    def __call__(
        self,
        settings: Settings,  # noqa: ARG002 - the signature of belfort.http.fetch
        url: str,
        *,
        headers: tuple[tuple[str, str], ...] = (),  # noqa: ARG002
        allow: str = "",  # noqa: ARG002
    ) -> Answer:
        """Answer as the producer does: ascending, strictly newer than `since`, at most one page."""
        self.asked.append(url)
        parts = urlsplit(url)
        if parts.path == "/sync/mandatarissen/files":
            since = parse_qs(parts.query)["since"][0]
            newer = sorted((c, k, n) for k, (n, c, _) in self.files.items() if c > since)
            listed = [
                {"type": "files", "id": k, "attributes": {"name": n, "created": c}} for c, k, n in newer[: self.page]
            ]
            return Answer(200, json.dumps({"data": listed}).encode())
        if self.dump and parts.path.startswith("/datasets"):
            return Answer(200, json.dumps({"data": self._described(parts.path)}).encode())
        if self.dump and parts.path == "/files/dump-1/download":
            return Answer(200, self.dump[2])
        key = parts.path.removeprefix("/files/").removesuffix("/download")
        if parts.path != f"/files/{key}/download" or key not in self.files:
            return Answer(404, b"")
        return Answer(200, self.files[key][2])

    def _described(self, path: str) -> list[dict[str, Any]]:
        """The dataset of the dump, or its one distribution, as the reference producers describe them."""
        assert self.dump
        name, released, _ = self.dump
        if path.endswith("/distributions"):
            about = {"subject": {"data": {"type": "files", "id": "dump-1"}}}
            return [{"id": "t-1", "attributes": {"title": name}, "relationships": about}]
        links = {"distributions": {"links": {"related": "/datasets/d-1/distributions"}}}
        return [{"id": "d-1", "attributes": {"title": "dump", "release-date": released}, "relationships": links}]


@contextmanager
def served(feed: Feed) -> Iterator[str]:
    """Serve the feed on loopback; gives its host:port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = feed(Settings(), self.path)
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        host = f"127.0.0.1:{server.server_port}"
        feed.base = f"http://{host}"
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()
