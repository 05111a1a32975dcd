"""The guarded client against servers that misbehave, all on loopback."""

import gzip
import resource
import socket
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from belfort.errors import BelfortError
from belfort.http import REASONS, Response, download, fetch
from belfort.settings import Settings
from tests.support.fault_server import FaultServer, answer, endless, raw, redirect

PAGE = b"<!doctype html><p>Besluit"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LIMIT = 256 * 1024


def gzipped(body: bytes, *, layers: int = 1, cut: int | None = None) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    """A gzip body and its headers."""
    for _ in range(layers):
        body = gzip.compress(body)
    return body[:cut], (("Content-Encoding", ", ".join(["gzip"] * layers)),)


def trickle(connected: socket.socket, _head: str) -> None:
    """Sends the head at once and then a byte now and then."""
    connected.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
    for _ in range(1000):
        connected.sendall(b"x")
        time.sleep(0.05)


def trickle_head(connected: socket.socket, _head: str) -> None:
    """Never gets to the end of its headers."""
    connected.sendall(HEAD)
    for _ in range(1000):
        connected.sendall(b"X: y\r\n")
        time.sleep(0.05)


def silent(connected: socket.socket, _head: str) -> None:
    """Accepts and says nothing until the client leaves."""
    connected.recv(1)


def reset(connected: socket.socket, _head: str) -> None:
    """Breaks the connection in the middle of the body."""
    connected.sendall(HEAD + b"Content-Length: 100000\r\n\r\n" + b"x" * 1000)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


FAULTS = {
    "/bomb": (answer(200, *gzipped(bytes(LIMIT * 1000 // 64))), "too_large"),
    "/double-bomb": (answer(200, *gzipped(bytes(2**24), layers=2)), "too_large"),
    "/three-layers": (answer(200, *gzipped(PAGE, layers=3)), "protocol"),
    "/unasked": (answer(200, PAGE, (("Content-Encoding", "br"),)), "protocol"),
    "/no-gzip": (answer(200, PAGE, (("Content-Encoding", "gzip"),)), "protocol"),
    "/cut-gzip": (answer(200, *gzipped(PAGE * 100, cut=-12)), "truncated"),
    "/endless-body": (endless(HEAD + b"\r\n", b"x" * 4096), "too_large"),
    "/endless-chunks": (
        endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4000\r\n" + b"x" * 0x4000 + b"\r\n"),
        "too_large",
    ),
    "/empty-deflate": (
        endless(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"", 0, mtime=0) * 200),
        "too_large",
    ),
    "/huge-length": (raw(HEAD + b"Content-Length: 99999999999\r\n\r\nxx"), "too_large"),
    "/endless-head": (endless(HEAD, b"X-Again: " + b"y" * 500 + b"\r\n"), "headers_too_large"),
    "/endless-line": (endless(HEAD + b"X: ", b"y" * 4096), "headers_too_large"),
    "/cookie": (raw(HEAD + b"Set-Cookie: a=" + b"y" * 2**20 + b"\r\n\r\n"), "headers_too_large"),
    "/70k": (raw(HEAD + (b"X: " + b"y" * 995 + b"\r\n") * 70 + b"Content-Length: 0\r\n\r\n"), "headers_too_large"),
    "/continues": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), "headers_too_large"),
    "/slow-body": (trickle, "timeout"),
    "/slow-head": (trickle_head, "timeout"),
    "/silent": (silent, "timeout"),
    "/short": (raw(HEAD + b"Content-Length: 1000\r\n\r\n" + PAGE), "truncated"),
    "/short-chunks": (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"), "truncated"),
    "/reset": (reset, "truncated"),
    "/hangs-up": (raw(), "connect"),
    "/two-lengths": (raw(HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "protocol"),
    "/bad-chunk": (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"), "protocol"),
    "/http-0.9": (raw(b"<p>no head at all</p>\r\n\r\n"), "protocol"),
    "/304": (answer(304), "protocol"),
    "/self": (redirect("/self"), "redirect_loop"),
    "/a": (redirect("/b"), "redirect_loop"),
    "/b": (redirect("/a"), "redirect_loop"),
    "/to-file": (redirect("file:///etc/passwd"), "scheme"),
    "/to-nonsense": (redirect("mailto:info@example.org"), "scheme"),
    "/to-metadata": (redirect("http://169.254.169.254/latest/"), "blocked_address"),
    "/to-port": (redirect("http://127.0.0.1:9/"), "blocked_port"),
    "/to-loopback": (redirect("http://[::ffff:127.0.0.1]/"), "blocked_address"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    """One server with all faults."""
    behaviours = {path: behave for path, (behave, _) in FAULTS.items()}
    behaviours |= {
        "/page": raw(
            b"HTTP/1.1 200 Prima\r\nX-CasE: one\r\nset-cookie: a=b\r\nX-CasE: two\r\nContent-Length: 25\r\n\r\n", PAGE
        ),
        "/gzip": answer(200, *gzipped(PAGE * 1000)),
        "/members": answer(200, gzip.compress(PAGE) + gzip.compress(PAGE) + bytes(8), (("Content-Encoding", "gzip"),)),
        "/deflate": answer(200, zlib.compress(PAGE), (("Content-Encoding", "deflate"),)),
        "/raw-deflate": answer(200, zlib.compress(PAGE)[2:-4], (("Content-Encoding", "deflate"),)),
        "/until-close": raw(HEAD + b"\r\n" + PAGE),
        "/to-page": redirect("page?x=1#y", 301),
        "/conditional": answer(304, headers=(("ETag", '"1"'),)),
        **{f"/chain{n}": redirect(f"/chain{n + 1}") for n in range(12)},
    }
    with FaultServer(behaviours) as running:
        yield running


@pytest.fixture
def short(settings: Settings, server: FaultServer) -> Settings:
    """Settings with small limits that trust the test server."""
    return settings.model_copy(update={"http_timeout": 1.0, "http_max_body": LIMIT, "http_allow": (server.place,)})


@pytest.mark.parametrize("path", FAULTS)
def test_every_fault_ends_in_time_with_its_reason(short: Settings, server: FaultServer, path: str) -> None:
    """A misbehaving server costs bounded time and gives one documented reason and one line that says what to do."""
    started = time.monotonic()
    with pytest.raises(BelfortError) as caught:
        fetch(short, server.url(path))
    assert caught.value.facts["reason"] == FAULTS[path][1]
    assert caught.value.facts["reason"] in REASONS
    assert caught.value.hint
    assert "\n" not in caught.value.one_line()
    assert time.monotonic() - started < short.http_timeout + 0.5


def test_a_bomb_costs_no_more_memory_than_its_limit(short: Settings, server: FaultServer) -> None:
    """A body that unfolds a thousand times is stopped while it unfolds."""
    tracemalloc.start()
    with pytest.raises(BelfortError):
        fetch(short, server.url("/double-bomb"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * LIMIT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_000_000


def get(settings: Settings, server: FaultServer, path: str, **more: object) -> Response:
    return fetch(settings, server.url(path), **more)  # type: ignore[arg-type]


def test_a_page_comes_with_its_exchange_as_received(short: Settings, server: FaultServer) -> None:
    """Header names, order and repetition, the phrase and the peer are kept; cookies are not sent back."""
    got = get(short, server, "/page")
    assert (got.status, got.reason_phrase, got.body, got.peer) == (200, "Prima", PAGE, "127.0.0.1")
    assert [name for name, _ in got.headers] == ["X-CasE", "set-cookie", "X-CasE", "Content-Length"]
    assert got.header("x-case") == "one"
    get(short, server, "/page")
    head = server.requests[-1]
    assert "cookie" not in head.lower()
    assert "User-Agent: Belfort/" in head
    assert f"(+{short.contact})" in head
    assert [line.split(": ")[0] for line in head.split("\r\n")[1:-2]] == [name for name, _ in got.request_headers]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/gzip", PAGE * 1000),
        ("/members", PAGE * 2),
        ("/deflate", PAGE),
        ("/raw-deflate", PAGE),
        ("/until-close", PAGE),
    ],
)
def test_bodies_are_decoded(short: Settings, server: FaultServer, path: str, body: bytes) -> None:
    """gzip (also in members), both kinds of deflate and bodies without a length arrive whole."""
    assert get(short, server, path).body == body


@pytest.mark.parametrize("path", ["/gzip", "/to-page", "/members"])
def test_a_download_is_the_body_in_a_file(short: Settings, server: FaultServer, path: str, tmp_path: Path) -> None:
    """The decoded body of the last hop, and only that, is in the file; the rest of the answer is as ever."""
    target = tmp_path / "file"
    target.write_bytes(b"what was there before" * 10_000)
    found = download(short, server.url(path), target)
    assert (found.status, found.body) == (200, b"")
    assert target.read_bytes() == fetch(short, server.url(path)).body


@pytest.mark.parametrize("path", ["/bomb", "/endless-body", "/cut-gzip"])
def test_a_download_has_the_same_limits(short: Settings, server: FaultServer, path: str, tmp_path: Path) -> None:
    """A body without end stops at the limit, on disk too."""
    target = tmp_path / "file"
    with pytest.raises(BelfortError) as caught:
        download(short, server.url(path), target)
    assert caught.value.facts["reason"] == FAULTS[path][1]
    assert target.stat().st_size <= LIMIT


def test_redirects_are_followed_and_recorded(short: Settings, server: FaultServer) -> None:
    """The final address, the one asked for and those in between are known."""
    got = get(short, server, "/to-page")
    assert (got.url, got.requested) == (server.url("/page?x=1"), server.url("/to-page"))
    assert got.redirects == (server.url("/to-page"),)
    assert get(short, server, "/to-page", max_redirects=0).status == 301


def test_more_than_ten_redirects_are_a_loop(short: Settings, server: FaultServer) -> None:
    """A long chain is cut after ten hops."""
    with pytest.raises(BelfortError) as caught:
        get(short, server, "/chain0")
    assert caught.value.facts["reason"] == "redirect_loop"


def test_conditions_give_304(short: Settings, server: FaultServer) -> None:
    """A conditional question may be answered with 304 and no body."""
    got = get(short, server, "/conditional", headers=(("If-None-Match", '"1"'),))
    assert (got.status, got.body) == (304, b"")
    assert 'If-None-Match: "1"' in server.requests[-1]


def test_headers_of_the_caller_do_not_reach_another_server(short: Settings, server: FaultServer) -> None:
    """A redirect to another host and port carries nothing that the caller added."""
    with FaultServer({"/x": redirect(server.url("/page"))}) as other:
        fetch(short, other.url("/x"), headers=(("Authorization", "Basic abc"),), allow=other.place)
        assert "Authorization" in other.requests[-1]
    assert "Authorization" not in server.requests[-1]


def test_the_environment_has_no_say(short: Settings, server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment is not used."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert get(short, server, "/page").status == 200


def test_a_closed_port_and_an_unsafe_server_are_named(short: Settings, server: FaultServer) -> None:
    """Nobody listening is `connect`; a server without TLS behind https is `tls`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        closed = f"127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(BelfortError) as caught:
        fetch(short, f"http://{closed}/", allow=closed)
    assert caught.value.facts["reason"] == "connect"
    with pytest.raises(BelfortError) as caught:
        fetch(short, f"https://{server.place}/page")
    assert caught.value.facts["reason"] in ("tls", "timeout")
