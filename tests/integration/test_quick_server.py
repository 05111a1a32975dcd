"""The quick channel inside the real server: whatever comes in pieces, together or mixed is answered in order."""

import socket
from collections.abc import Iterator

import pytest

from belfort.jobs import open_context
from belfort.settings import Settings
from belfort.vocab import mu_uuid
from frontend.server import Server
from tests.support import site_data

HERE = f"/besluiten/{mu_uuid(site_data.BESLUIT_IRI)}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server with one process."""
    data = tmp_path_factory.mktemp("quick") / "data"
    context = open_context(Settings(data=data, log_level="error"))
    site_data.fill(context)
    context.engine.dispose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with Server(Settings(data=data, port=port, web_workers=1, follow=False, log_level="error")) as running:
        yield running


def _get(path: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


class _Line:
    """One connection, read answer by answer."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self._file = self.socket.makefile("rb")

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def answer(self, *, body: bool = True) -> tuple[int, bytes]:
        status = int(self._file.readline().split(b" ")[1])
        length = 0
        while (line := self._file.readline().strip()) != b"":
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return status, self._file.read(length) if body and status != 304 else b""

    def close(self) -> None:
        self._file.close()
        self.socket.close()


def test_requests_of_all_kinds_on_one_connection(server: Server) -> None:
    """Data, a page, HEAD, something gone, in pieces, two at once: each gets its own answer, in order."""
    line = _Line(server.port)
    line.send(_get(f"{HERE}.nt"))
    first = line.answer()
    line.send(_get("/healthz"))
    assert line.answer()[0] == 200
    line.send(_get(f"{HERE}.nt", method="HEAD"))
    assert line.answer(body=False) == (200, b"")
    line.send(_get("/besluiten/ingetrokken.nt"))
    assert line.answer()[0] == 410
    request = _get(f"{HERE}.nt")
    line.send(request[:20])
    line.send(request[20:])
    assert line.answer() == first
    line.send(request + _get("/healthz") + request)
    assert [line.answer()[0] for _ in range(3)] == [200, 200, 200]
    line.send(request)
    assert line.answer() == first
    assert first[0] == 200
    assert site_data.BESLUIT_IRI.encode() in first[1]
    line.close()


def test_a_client_that_reads_nothing_holds_up_nobody(server: Server) -> None:
    """Someone who asks and never reads is not served on, and others are."""
    silent = _Line(server.port)
    silent.socket.setblocking(False)
    request = _get(f"{HERE}.jsonld")
    try:
        for _ in range(200_000):
            silent.socket.send(request)
    except BlockingIOError:
        pass
    line = _Line(server.port)
    line.send(request)
    assert line.answer()[0] == 200
    line.close()
    silent.close()
