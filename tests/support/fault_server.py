"""A server on loopback that behaves as badly as a test asks: each path has a function that owns the socket."""

import contextlib
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

Behaviour = Callable[[socket.socket, str], None]


class FaultServer:
    """Serves raw bytes from `behaviours[path]`, one thread a connection; `requests` keeps every head received."""

    def __init__(self, behaviours: dict[str, Behaviour]) -> None:
        self.behaviours = behaviours
        self.requests: list[str] = []
        self.stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.place = f"127.0.0.1:{self.port}"
        self._threads: list[threading.Thread] = []

    def url(self, path: str = "/") -> str:
        """The address of a path on this server."""
        return f"http://{self.place}{path}"

    def paths(self) -> list[str]:
        """The paths that were asked for, in order, with their query."""
        return [head.split(" ")[1] for head in self.requests]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in list(self._threads):
            thread.join(timeout=5)

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                connected, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, connected)

    def _serve(self, connected: socket.socket) -> None:
        with connected, contextlib.suppress(OSError):
            connected.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head:
                part = connected.recv(65536)
                if not part:
                    return
                head += part
            text = head.decode("latin-1")
            self.requests.append(text)
            path = text.split(" ")[1]
            behaviour = self.behaviours.get(path.split("?")[0]) or self.behaviours.get("*")
            if behaviour:
                behaviour(connected, text)
            else:
                answer(404)(connected, text)


def answer(status: int = 200, body: bytes = b"", headers: tuple[tuple[str, str], ...] = ()) -> Behaviour:
    """A behaviour that answers once, properly."""

    def behave(connected: socket.socket, _head: str) -> None:
        lines = [f"HTTP/1.1 {status} Status", *(f"{name}: {value}" for name, value in headers)]
        if status not in (204, 304):
            lines.append(f"Content-Length: {len(body)}")
        connected.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    return behave


def raw(*parts: bytes) -> Behaviour:
    """A behaviour that sends these bytes and closes."""

    def behave(connected: socket.socket, _head: str) -> None:
        for part in parts:
            connected.sendall(part)

    return behave


def endless(head: bytes, piece: bytes) -> Behaviour:
    """A behaviour that sends `piece` until the client hangs up."""

    def behave(connected: socket.socket, _head: str) -> None:
        connected.sendall(head)
        while True:
            connected.sendall(piece)

    return behave


def redirect(goal: str, status: int = 302) -> Behaviour:
    """A behaviour that points elsewhere."""
    return answer(status, headers=(("Location", goal),))
