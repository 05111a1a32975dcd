"""A small authority's site on loopback for crawl tests: three levels of pages, a calendar without end, sessions."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

PREFIX = (
    'prefix="besluit: http://data.vlaanderen.be/ns/besluit# lblodBesluit: http://lblod.data.gift/vocabularies/besluit/ '
    'eli: http://data.europa.eu/eli/ontology# prov: http://www.w3.org/ns/prov#"'
)


def page(*links: str, body: str = "") -> bytes:
    """A page with these publication links."""
    anchors = "".join(f'<a property="lblodBesluit:linkToPublication" href="{link}">x</a>\n' for link in links)
    return f"<!doctype html><html lang=nl><body {PREFIX}><h1>Pagina</h1>{body}{anchors}</body></html>".encode()


def besluit(number: int, title: str) -> str:
    """The markup of one besluit."""
    return (
        f'<div resource="#behandeling" typeof="besluit:BehandelingVanAgendapunt"><div property="prov:generated" '
        f'resource="#besluit{number}" typeof="besluit:Besluit"><span property="eli:title">{title}</span></div></div>'
    )


class Site:
    """Serves `pages` (path with query → body); a callable answers for a path prefix without end."""

    def __init__(self, meetings: int = 3, documents: int = 4, *, etags: bool = True) -> None:
        self.etags = etags
        self.robots: tuple[int, bytes] = (404, b"")
        self.status: dict[str, int] = {}
        self.requests: list[tuple[str, int]] = []
        self.on_request: threading.Event = threading.Event()
        self.pages: dict[str, bytes] = {"/": page(*(f"/zitting/{m}" for m in range(meetings)))}
        for m in range(meetings):
            paths = [f"/zitting/{m}/document/{d}" for d in range(documents)]
            self.pages[f"/zitting/{m}"] = page(*paths)
            for d, path in enumerate(paths):
                self.pages[path] = page(body=besluit(d, f"Besluit {m}.{d}"))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]
        self.place = f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return f"http://{self.place}{path}"

    def asked(self) -> list[str]:
        """The paths that were asked for since the last `forget`, robots.txt left out."""
        return [path for path, _ in self.requests if path != "/robots.txt"]

    def bodies(self) -> int:
        """How many answers had the status 200."""
        return sum(status == 200 for _, status in self.requests)

    def forget(self) -> None:
        """Begin a new list of requests."""
        self.requests.clear()

    def answer(self, path: str) -> tuple[int, bytes]:
        """The status and body of a path; /kalender has a next and a previous month for ever."""
        if path == "/robots.txt":
            return self.robots
        if path in self.status:
            return self.status[path], b"/weg" if self.status[path] == 302 else b"weg"
        if path.startswith("/kalender?maand="):
            month = int(path.partition("=")[2])
            return 200, page(f"/kalender?maand={month + 1}", f"/kalender?maand={month - 1}")
        body = self.pages.get(path)
        return (404, b"weg") if body is None else (200, body)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = site.answer(self.path)
                tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                if status == 200 and site.etags and self.headers.get("If-None-Match") == tag:
                    status, body = 304, b""
                site.requests.append((self.path, status))
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", body.decode())
                if site.etags:
                    self.send_header("ETag", tag)
                if status != 304:
                    self.send_header("Content-Type", "text/html; charset=utf-8")
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                site.on_request.set()

            def log_message(self, *arguments: object) -> None:
                pass

        return Handler

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def rows_of(text: str) -> list[dict[str, object]]:
    """The JSON objects that a command printed, one a line."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]
