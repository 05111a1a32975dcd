"""The network back end: every connection is checked by address, limited in time, and counted in bytes."""

import contextlib
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore2

from belfort.errors import FetchError, Refused
from belfort.http.address import Allowed, is_public

# Bytes that may come in before the head of an answer is complete; a little more than the head itself may have,
# since the read that completes it can hold the start of the body.
HEAD_BYTES = 64 * 2**10
_READ = 64 * 2**10

Resolve = Callable[[str, int], Sequence[str]]


class Deadline:
    """The moment at which an exchange must be over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left.

        Raises:
            FetchError: reason `timeout`, when none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.missed()
        return left

    def missed(self) -> FetchError:
        """The error that says so."""
        return FetchError(
            f"No complete answer within {self.seconds:g} seconds.",
            hint="Try again later, or raise BELFORT_HTTP_TIMEOUT.",
            reason="timeout",
        )


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order the system prefers.

    Raises:
        OSError: the name does not resolve.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to public addresses and allowed pairs only; lives for one exchange."""

    def __init__(self, allowed: Allowed, deadline: Deadline, resolver: Resolve = resolve) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._resolver = resolver

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline of the whole exchange replaces it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - none are ever given
    ) -> httpcore2.NetworkStream:
        """Resolve, check, connect: to the first checked address that answers."""
        addresses = self.addresses(host, port)
        source = (local_address, 0) if local_address else None
        failure: OSError | None = None
        for address in addresses:
            try:
                connected = socket.create_connection((address, port), self._deadline.left(), source)
            except TimeoutError:
                raise self._deadline.missed() from None
            except OSError as error:
                failure = error
                continue
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return GuardedStream(connected, self._deadline)
        why = (failure.strerror if failure else None) or str(failure)
        raise FetchError(
            f"{host}:{port} cannot be reached: {why}.", hint="Check the address, or try later.", reason="connect"
        )

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of the host that may be connected to.

        Raises:
            FetchError: reason `dns`, the name does not resolve.
            Refused: reason `blocked_address`, it resolves to nothing public.
        """
        found = self._resolve(host, port)
        if self._allowed.has(host, port):
            return found
        public = [address for address in found if is_public(address)]
        if not public:
            raise Refused(
                f"{host} has no public address.",
                hint=f"If you trust it, add {host}:{port} to BELFORT_HTTP_ALLOW or to the source.",
                reason="blocked_address",
            )
        return public

    def _resolve(self, host: str, port: int) -> list[str]:
        """Ask the system in a thread: getaddrinfo knows no timeout."""
        answer: queue.SimpleQueue[Sequence[str] | OSError | UnicodeError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                answer.put(error)

        threading.Thread(target=ask, daemon=True, name="resolve").start()
        try:
            found = answer.get(timeout=self._deadline.left())
        except queue.Empty:
            raise self._deadline.missed() from None
        if isinstance(found, Exception) or not found:
            raise FetchError(f"The name {host} is not known.", hint="Check the spelling, or the network.", reason="dns")
        return list(found)


class GuardedStream(httpcore2.NetworkStream):
    """One connection: each read and write gets only the time that is left, and the head only its share of bytes."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._peer = connected.getpeername()  # asked now: a connection that was reset no longer knows
        self._deadline = deadline
        self._received = 0
        self.head_complete = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """The next bytes of the answer."""
        self._socket.settimeout(self._deadline.left())
        try:
            part = self._socket.recv(max_bytes)
        except TimeoutError:
            raise self._deadline.missed() from None
        except OSError as error:
            if self.head_complete:
                raise httpcore2.ReadError(str(error)) from error
            raise no_answer() from None
        self._received += len(part)
        if not self.head_complete and self._received > HEAD_BYTES + _READ:
            raise headers_too_large()
        return part

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send the request."""
        view = memoryview(buffer)
        while view:
            self._socket.settimeout(self._deadline.left())
            try:
                view = view[self._socket.send(view) :]
            except TimeoutError:
                raise self._deadline.missed() from None
            except OSError as error:
                raise httpcore2.WriteError(str(error)) from error

    def close(self) -> None:
        """Close the connection."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        """Check the certificate and encrypt from here on."""
        try:
            self._socket.settimeout(self._deadline.left())
            self._socket = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except TimeoutError:
            self.close()
            raise self._deadline.missed() from None
        except OSError as error:  # ssl.SSLError is one
            self.close()
            why = getattr(error, "verify_message", "") or getattr(error, "reason", "") or error.strerror or str(error)
            raise FetchError(
                f"No safe connection with {server_hostname}: {why}.",
                hint="Its certificate must be repaired by its owner; Belfort never fetches without checking it.",
                reason="tls",
            ) from None
        return self

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks: only the address of the other side."""
        if info == "server_addr":
            return self._peer
        return self._socket if info == "socket" else None


def no_answer() -> FetchError:
    """The error for a connection that ends before an answer came."""
    return FetchError("The server closed the connection without an answer.", hint="Try again later.", reason="connect")


def headers_too_large() -> Refused:
    """The error for an answer whose head is beyond the limit."""
    return Refused(
        f"The headers of the answer are larger than {HEAD_BYTES // 1024} KiB.",
        hint="The server must send fewer of them.",
        reason="headers_too_large",
    )
