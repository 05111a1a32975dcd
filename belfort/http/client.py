"""`fetch`: one GET with everything that can go wrong bounded and named."""

import contextlib
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpcore2
import httpx2

from belfort import __version__
from belfort.errors import BelfortError, FetchError
from belfort.http import decode, network
from belfort.http.address import Allowed, read_allowed, read_url
from belfort.settings import Settings

REASONS: dict[str, str] = {
    "timeout": "the whole exchange took longer than it may",
    "connect": "the server could not be reached or closed the connection without an answer",
    "dns": "the name of the server is not known",
    "tls": "no safe connection: the certificate or the protocol is not acceptable",
    "protocol": "the answer is not HTTP as it should be",
    "truncated": "the answer was cut off before its end",
    "redirect_loop": "more redirects than may be followed, or a redirect to where we were",
    "too_large": "the decoded body is larger than it may be",
    "headers_too_large": "the headers are larger than 64 KiB together",
    "blocked_address": "the server has no public address",
    "blocked_port": "a port that is neither 80, 443 nor allowed",
    "scheme": "not an http or https address",
}

Headers = tuple[tuple[str, str], ...]

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# These speak about the address they were made for, so they do not travel along with a redirect.
_CONDITIONS = frozenset(("if-none-match", "if-modified-since"))


@dataclass(frozen=True)
class Response:
    """One exchange: `url` answered, `requested` was asked for, `redirects` are the addresses in between.

    `headers` have their names, order and repetition as received; `body` is decoded; `peer` is the IP address of the
    server; `elapsed` is in seconds, redirects included. A name seen twice gives the first by `header`.
    """

    url: str
    requested: str
    status: int
    reason_phrase: str
    headers: Headers
    request_headers: Headers
    body: bytes
    peer: str
    redirects: tuple[str, ...]
    elapsed: float

    def header(self, name: str, default: str = "") -> str:
        """The first value of that header, whatever its case."""
        return _header(self.headers, name, default)


def fetch(
    settings: Settings, url: str, *, headers: Sequence[tuple[str, str]] = (), allow: str = "", max_redirects: int = 10
) -> Response:
    """Get an address and follow its redirects, each hop guarded like the first.

    `allow` holds host:port pairs (commas between) that may be reached besides those of `settings.http_allow`. With
    `max_redirects=0` a redirect is returned as it is.

    Raises:
        FetchError: the server could not be reached or answered unusably; `facts["reason"]` is one of `REASONS`.
        Refused: the guard forbids it (address, port, scheme, size), with a reason too.
        UsageError: `allow` is no host:port.
    """
    return Client(settings, read_allowed(*settings.http_allow, allow)).fetch(url, headers, max_redirects)


def download(
    settings: Settings, url: str, target: Path, *, headers: Sequence[tuple[str, str]] = (), allow: str = ""
) -> Response:
    """Get an address into a file; the body of the response is empty. Otherwise as `fetch`."""
    with target.open("w+b") as file:
        client = Client(
            settings, read_allowed(*settings.http_allow, allow), body=lambda most: decode.FileBody(most, file)
        )
        return client.fetch(url, headers)


@dataclass(frozen=True)
class Client:
    """What `fetch` works with; make one yourself only to resolve names otherwise, or to put the body elsewhere."""

    settings: Settings
    allowed: Allowed
    resolver: network.Resolve = network.resolve
    body: Callable[[int], decode.Body] = decode.Body

    def fetch(self, url: str, headers: Sequence[tuple[str, str]] = (), max_redirects: int = 10) -> Response:
        """See `belfort.http.fetch`."""
        started = time.monotonic()
        deadline = network.Deadline(self.settings.http_timeout)
        target = first = read_url(url, self.allowed)
        passed: list[str] = []
        while True:
            sent = self._headers(target, _travelling(headers, first, target, moved=bool(passed)))
            with _named(target):
                status, phrase, received, peer, body = self._exchange(target, sent, deadline)
            goal = _header(received, "location") if status in _REDIRECTS and max_redirects else ""
            if not goal:
                return Response(
                    str(target), str(first), status, phrase, received, sent, body, peer, tuple(passed),
                    time.monotonic() - started,
                )  # fmt: skip
            passed.append(str(target))
            target = self._next(target, goal)
            if str(target) in passed or len(passed) > max_redirects:
                raise FetchError(
                    f"{first} redirects without end.", hint="Open it in a browser.", reason="redirect_loop"
                )

    def _next(self, target: httpx2.URL, goal: str) -> httpx2.URL:
        try:
            joined = str(target.join(goal))
        except (httpx2.InvalidURL, ValueError):
            joined = goal
        return read_url(joined, self.allowed)

    def _headers(self, target: httpx2.URL, extra: Sequence[tuple[str, str]]) -> Headers:
        mine = {
            "Host": target.netloc.decode("ascii"),
            "User-Agent": user_agent(self.settings),
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
            "Accept-Encoding": decode.ACCEPTED,
            "Connection": "close",
        }
        given = {name.lower() for name, _ in extra}
        return (*((name, value) for name, value in mine.items() if name.lower() not in given), *extra)

    def _exchange(
        self, target: httpx2.URL, sent: Headers, deadline: network.Deadline
    ) -> tuple[int, str, Headers, str, bytes]:
        """One request on a connection of its own, which is closed afterwards."""
        backend = network.GuardedBackend(self.allowed, deadline, self.resolver)
        raw = httpcore2.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
        request = httpcore2.Request("GET", raw, headers=[(n.encode("ascii"), v.encode("latin-1")) for n, v in sent])
        with httpcore2.ConnectionPool(
            ssl_context=_ssl_context() if target.scheme == "https" else None, max_connections=1, network_backend=backend
        ) as pool:
            answer = pool.handle_request(request)
            try:
                stream = answer.extensions["network_stream"]
                stream.head_complete = True
                peer = str(stream.get_extra_info("server_addr")[0])
                received = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in answer.headers)
                _check_head(answer.status, received, sent)
                body = _read_body(answer, received, self.body(self.settings.http_max_body), deadline)
            finally:
                answer.close()
        phrase = answer.extensions.get("reason_phrase", b"").decode("latin-1")
        return answer.status, phrase, received, peer, body


def user_agent(settings: Settings) -> str:
    """How Belfort introduces itself: its version and where to find who runs it."""
    return f"Belfort/{__version__} (+{settings.public_url or settings.contact})"


def _travelling(
    headers: Sequence[tuple[str, str]], first: httpx2.URL, target: httpx2.URL, *, moved: bool
) -> list[tuple[str, str]]:
    """The caller's headers that may go to this hop: none to another server, no conditions after a redirect."""
    if (target.scheme, target.netloc) != (first.scheme, first.netloc):
        return []
    return [(name, value) for name, value in headers if not (moved and name.lower() in _CONDITIONS)]


def _check_head(status: int, received: Headers, sent: Headers) -> None:
    if sum(len(name) + len(value) + 4 for name, value in received) > network.HEAD_BYTES:
        raise network.headers_too_large()
    names = {name.lower() for name, _ in received}
    if "content-length" in names and "transfer-encoding" in names:
        raise _protocol("it states its length twice")
    if status == 304 and not any(name.lower() in _CONDITIONS for name, _ in sent):
        raise _protocol("it says 304 (not modified) to a question without condition")


def _read_body(answer: httpcore2.Response, received: Headers, body: decode.Body, deadline: network.Deadline) -> bytes:
    limit = body.limit
    length = _header(received, "content-length")
    if length.isdigit() and int(length) > limit:
        raise decode.too_large(limit)
    sink = decode.chain(",".join(value for name, value in received if name.lower() == "content-encoding"), body)
    raw = 0
    for part in answer.iter_stream():
        raw += len(part)
        if raw > limit:  # compressed data that decodes to nothing is endless too
            raise decode.too_large(limit)
        sink.feed(part)
        deadline.left()
    sink.close()
    return bytes(body.content)


@contextlib.contextmanager
def _named(target: httpx2.URL) -> Iterator[None]:
    """Turn what httpcore raises into our errors, each with its reason and the address."""
    try:
        try:
            yield
        except httpcore2.RemoteProtocolError as error:
            raise _remote_protocol(str(error)) from None
        except (httpcore2.LocalProtocolError, httpcore2.UnsupportedProtocol, UnicodeError) as error:
            raise _protocol(str(error)) from None
        except httpcore2.TimeoutException:
            raise FetchError("No answer in time.", hint="Try again later.", reason="timeout") from None
        except httpcore2.NetworkError:
            raise decode.truncated() from None
    except BelfortError as error:
        error.detail = f"{target}: {error.detail}"
        error.args = (error.detail,)
        error.facts["url"] = str(target)
        raise


def _remote_protocol(text: str) -> BelfortError:
    if "complete message body" in text:
        return decode.truncated()
    if "too long" in text or "Receive buffer" in text:
        return network.headers_too_large()
    if "without sending a response" in text:
        return network.no_answer()
    return _protocol(text)


def _protocol(what: str) -> FetchError:
    return FetchError(
        f"The answer is not proper HTTP: {what.rstrip('.')}.", hint="The server must be repaired.", reason="protocol"
    )


def _header(headers: Headers, name: str, default: str = "") -> str:
    return next((value for known, value in headers if known.lower() == name.lower()), default)


@cache
def _ssl_context() -> ssl.SSLContext:
    """The certificate authorities of this system; reading them takes a while, so once."""
    return httpx2.create_ssl_context()
