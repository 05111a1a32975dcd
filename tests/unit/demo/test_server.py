"""The demo server gives what is on disk, conditionally, and nothing outside its folder."""

import http.client
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from belfort.errors import Busy, NotFound
from demo.server import Server, serve_site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "gemeente" / "lijst").mkdir(parents=True)
    (site / "index.html").write_text("<p>home</p>")
    (site / "gemeente" / "index.html").write_text("<p>é</p>", "utf-8")
    (site / "gemeente" / "lijst" / "month=02&year=2025.html").write_text("<p>februari</p>")
    (site / "gemeente" / "lijst" / "filename=Vast Bureau.html").write_text("<p>vast bureau</p>")
    (site / "robots.txt").write_text("User-agent: *\n")
    (site / "demo.json").write_text("{}")
    (site / ".verborgen").write_text("x")
    (tmp_path / "geheim.txt").write_text("geheim")
    (site / "sync" / "organisaties").mkdir(parents=True)
    (site / "files").mkdir()
    rows = [
        {"type": "files", "id": f"id-{i}", "attributes": {"name": f"delta-{i:03d}.json", "created": created}}
        for i, created in enumerate(f"2026-01-05T08:{i // 60:02d}:{i % 60:02d}.000Z" for i in range(150))
    ]
    (site / "sync" / "organisaties" / "files.json").write_text(json.dumps({"data": rows}))
    (site / "files" / "id-0.json").write_text("[]")
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with serve_site(folder, 0) as running:
        yield running


def _ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One exchange, with the path exactly as given."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(server.url).port or 0, timeout=10)
    try:
        connection.putrequest(method, path)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/", "text/html; charset=utf-8", b"<p>home</p>"),
        ("/gemeente", "text/html; charset=utf-8", "<p>é</p>".encode()),
        ("/gemeente/", "text/html; charset=utf-8", "<p>é</p>".encode()),
        ("/gemeente/lijst?month=02&year=2025", "text/html; charset=utf-8", b"<p>februari</p>"),
        ("/gemeente/lijst/?filename=Vast%20Bureau.html", "text/html; charset=utf-8", b"<p>vast bureau</p>"),
        ("/robots.txt", "text/plain; charset=utf-8", b"User-agent: *\n"),
        ("/files/id-0/download", "application/json", b"[]"),
    ],
)
def test_pages(server: Server, path: str, kind: str, body: bytes) -> None:
    """Pages, also those with a query, come with their media type."""
    status, headers, content = _ask(server, path)
    assert (status, headers["content-type"], content) == (200, kind, body)


def test_conditional(server: Server) -> None:
    """What a client has already is answered with 304 and no body, by ETag before date."""
    _, headers, _ = _ask(server, "/gemeente")
    etag, date = headers["etag"], headers["last-modified"]
    for condition in ({"If_None_Match": etag}, {"If_None_Match": f'"x", W/{etag}'}, {"If_Modified_Since": date}):
        status, found, body = _ask(server, "/gemeente", **condition)
        assert (status, body, found["etag"]) == (304, b"", etag)
    assert _ask(server, "/gemeente", If_None_Match='"other"', If_Modified_Since=date)[0] == 200
    assert _ask(server, "/gemeente", If_Modified_Since="gisteren")[0] == 200


def test_edited_page_is_served_at_once(server: Server, folder: Path) -> None:
    """After an edit the ETag and the date differ, and the old ones give the new page."""
    _, before, _ = _ask(server, "/gemeente")
    page = folder / "gemeente" / "index.html"
    page.write_text("<p>nieuw</p>")
    os.utime(page, (2_000_000_000, 2_000_000_000))
    conditions = {"If_None_Match": before["etag"], "If_Modified_Since": before["last-modified"]}
    status, after, body = _ask(server, "/gemeente", **conditions)
    assert (status, body) == (200, b"<p>nieuw</p>")
    assert after["etag"] != before["etag"]
    assert after["last-modified"] != before["last-modified"]


def test_head(server: Server) -> None:
    """HEAD gives the headers of GET without a body."""
    got = _ask(server, "/gemeente")
    status, headers, body = _ask(server, "/gemeente", "HEAD")
    assert (status, body) == (200, b"")
    assert {k: headers[k] for k in ("etag", "content-length")} == {k: got[1][k] for k in ("etag", "content-length")}


def test_other_methods(server: Server) -> None:
    """Nothing can be changed through the server."""
    for method in ("POST", "PUT", "DELETE"):
        status, headers, _ = _ask(server, "/gemeente", method)
        assert (status, headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/niets", "/gemeente?month=1", "/gemeente/lijst?month=02", "/demo.json", "/.verborgen", "/files/id-0.json",
        "/../geheim.txt", "/gemeente/../../geheim.txt", "/%2e%2e/geheim.txt", "/..%2fgeheim.txt",
        "/gemeente/..\\..\\geheim.txt",
        "/gemeente?../../geheim.txt", "/gemeente?%2e%2e%2f%2e%2e%2fgeheim", "/files/..%2f..%2fgeheim/download",
        "/sync/../files", "/sync/niets/files", "/sync/organisaties/files.json", "/%00", "/%ff", "/gemeente?%ff",
        "//geheim.txt", "/" + "a" * 300,
    ],
)  # fmt: skip
def test_not_found(server: Server, path: str) -> None:
    """What is no page of the site is 404, also by paths that try to leave the folder."""
    status, headers, body = _ask(server, path)
    assert status == 404
    assert headers["content-type"].startswith("text/html")
    assert b"geheim" not in body


def test_link_out_of_the_folder(server: Server, folder: Path) -> None:
    """A symbolic link does not lead out of the folder."""
    (folder / "weg.txt").symlink_to(folder.parent / "geheim.txt")
    assert _ask(server, "/weg.txt")[0] == 404


def test_listing(server: Server) -> None:
    """A feed lists what is strictly newer than `since`, oldest first, a hundred at most; without `since` nothing."""

    def ids(query: str) -> list[str]:
        status, headers, body = _ask(server, f"/sync/organisaties/files{query}")
        assert (status, headers["content-type"]) == (200, "application/json")
        return [one["id"] for one in json.loads(body)["data"]]

    assert ids("") == []
    assert ids("?since=onzin") == []
    assert ids("?since=1970-01-01T00:00:00Z") == [f"id-{i}" for i in range(100)]
    moment = quote("2026-01-05T08:01:39.000Z", safe="")
    assert ids(f"?since={moment}") == [f"id-{i}" for i in range(100, 150)]
    assert ids("?since=2026-01-05T09:02:28.000%2B01:00") == ["id-149"]


def test_busy_port(folder: Path) -> None:
    """A port that is taken is an error that says what to do, and leaves nothing open."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Busy) as caught:
            serve_site(folder, port)
        assert str(port) in caught.value.detail
        assert "BELFORT_DEMO_PORT" in caught.value.hint


def test_two_servers_on_one_port(server: Server, folder: Path) -> None:
    """A second demo on the port of the first is refused; the first goes on."""
    with pytest.raises(Busy):
        serve_site(folder, server.port)
    assert _ask(server, "/")[0] == 200


def test_stop_frees_the_port(folder: Path) -> None:
    """After `stop` the port is free again; stopping twice does nothing."""
    first = serve_site(folder, 0)
    assert _ask(first, "/")[0] == 200
    first.stop()
    first.stop()
    with serve_site(folder, first.port) as second:
        assert _ask(second, "/")[0] == 200
    with pytest.raises(ConnectionRefusedError):
        _ask(second, "/")


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is an error."""
    with pytest.raises(NotFound):
        serve_site(tmp_path / "weg", 0)
