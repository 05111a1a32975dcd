"""Server: a folder of plain files on loopback, as the authorities' web sites and the producers' delta feeds.

Files are read at each request, so an edited page is served at once. Answers have an ETag (of the bytes) and
Last-Modified, and are 304 when the client has them already. A query is the name of a file (see `pages.file_of`).
"""

import contextlib
import errno
import json
import socket
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, unquote

from belfort.errors import Busy, NotFound
from demo.pages import file_of

StartResponse = Callable[[str, list[tuple[str, str]]], object]
Environ = dict[str, Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
MAX_LISTED = 100


class Server:
    """A running server: `url` is its address without a slash at the end; `stop` ends it."""

    def __init__(self, folder: Path, port: int) -> None:
        from waitress import create_server

        self._sockets: dict[int, Any] = {}
        listening = _listen(port)
        self.port: int = listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._server = create_server(make_app(folder), sockets=[listening], threads=4, ident=None, map=self._sockets)
        self._thread = threading.Thread(target=self._server.run, name="demo-server", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the server and wait until it has ended; a second time does nothing."""
        if not self._thread.is_alive():
            return
        # The sockets belong to the loop of the thread; it ends when the last one is closed.
        with contextlib.suppress(OSError):  # closed meanwhile: the loop has ended on its own
            self._server.trigger.pull_trigger(self._close)
        self._thread.join(timeout=10)
        self._server.task_dispatcher.shutdown(timeout=5)

    def _close(self) -> None:
        for one in list(self._sockets.values()):
            one.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _listen(port: int) -> socket.socket:
    """A socket on loopback; ours, because waitress leaves its own open when the port is taken."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(("127.0.0.1", port))
        found.listen(64)
    except OSError as error:
        found.close()
        if error.errno != errno.EADDRINUSE:
            raise
        raise Busy(
            f"Port {port} of 127.0.0.1 is taken.",
            hint="Stop what uses it, or set BELFORT_DEMO_PORT to another port (0 takes a free one).",
        ) from None
    return found


def serve_site(folder: Path, port: int) -> Server:
    """Serve the folder on 127.0.0.1; port 0 takes a free one.

    Raises:
        Busy: the port is taken.
        NotFound: there is no such folder.
    """
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.", hint="Write the demo first.")
    return Server(folder, port)


def make_app(folder: Path) -> App:
    """The WSGI application that serves the folder."""
    root = folder.resolve()

    def app(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return _answer(
                environ, start, "405 Method Not Allowed", _message("Alleen GET en HEAD."), {"Allow": "GET, HEAD"}
            )
        try:
            found = _find(root, environ)
        except UnicodeDecodeError:
            found = None
        if found is None:
            return _answer(environ, start, "404 Not Found", _message("Deze pagina bestaat niet."), {})
        body, kind, modified = found
        etag = f'"{sha256(body).hexdigest()[:32]}"'
        headers = {
            "Content-Type": kind, "ETag": etag, "Last-Modified": format_datetime(modified, usegmt=True),
            "Cache-Control": "no-cache",
        }  # fmt: skip
        if _known(environ, etag, modified):
            return _answer(environ, start, "304 Not Modified", None, headers)
        return _answer(environ, start, "200 OK", body, headers)

    return app


def _message(text: str) -> bytes:
    return f'<!DOCTYPE html>\n<html lang="nl"><title>{text}</title><body><h1>{text}</h1></body></html>\n'.encode()


def _answer(
    environ: Environ, start: StartResponse, status: str, body: bytes | None, headers: dict[str, str]
) -> Iterable[bytes]:
    known = {"Content-Type": _TYPES[".html"], **headers}
    if body is None:
        known.pop("Content-Type")
    else:
        known["Content-Length"] = str(len(body))
    start(status, list(known.items()))
    return [] if body is None or environ["REQUEST_METHOD"] == "HEAD" else [body]


def _known(environ: Environ, etag: str, modified: datetime) -> bool:
    """Whether the client has this answer already; If-None-Match goes before If-Modified-Since (RFC 9110 §13.2.2)."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        return tags.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    try:
        return modified <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


_Found = tuple[bytes, str, datetime]


def _find(root: Path, environ: Environ) -> _Found | None:
    """The bytes, the media type and the moment of change of what is asked for."""
    path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8")
    query = str(environ.get("QUERY_STRING", ""))
    parts = path.strip("/").split("/")
    if parts[0] == "sync" and len(parts) == 3 and parts[2] == "files":
        return _listing(root, parts[1], query)
    if parts[0] == "files" and len(parts) == 3 and parts[2] == "download":
        return _read(root, f"files/{parts[1]}.json")
    if parts[0] in ("sync", "files", "demo.json"):
        return None
    if query:
        return _read(root, file_of(f"{path.strip('/')}?{unquote(query, errors='strict')}"))
    return _read(root, path.strip("/")) or _read(root, f"{path.strip('/')}/index.html")


def _read(root: Path, name: str) -> _Found | None:
    """A file under the root, by a name that cannot leave it."""
    parts = [part for part in name.split("/") if part]
    if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    path = root.joinpath(*parts)
    try:
        if not path.resolve().is_relative_to(root) or not path.is_file():
            return None
        changed = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
        return path.read_bytes(), _TYPES.get(path.suffix, "application/octet-stream"), changed
    except OSError:  # a name that is too long, or a file that went away meanwhile
        return None


def _listing(root: Path, feed: str, query: str) -> _Found | None:
    """The files of a feed strictly after `since`, oldest first, a hundred at most; none without `since`."""
    found = _read(root, f"sync/{feed}/files.json")
    if found is None:
        return None
    since = _moment(parse_qs(query).get("since", [""])[0])
    data = json.loads(found[0])["data"]
    newer = [one for one in data if since and (_moment(one["attributes"]["created"]) or since) > since]
    newer.sort(key=lambda one: (one["attributes"]["created"], one["attributes"]["name"]))
    return json.dumps({"data": newer[:MAX_LISTED]}).encode(), "application/json", found[2]


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
