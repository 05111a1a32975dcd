"""The quick channel: the answers of Flask, header by header, and never one that is no longer true."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from belfort.acceptance import withdraw
from belfort.jobs import open_context
from belfort.settings import Settings
from belfort.vocab import mu_uuid
from frontend.app import create_app
from frontend.quick import Quick
from tests.support import site_data
from tests.support.site_data import BESLUIT_IRI, PAGE

HERE = f"/besluiten/{mu_uuid(BESLUIT_IRI)}"
# Headers that the server itself adds, or that the connection decides.
OF_SERVER = {"date", "server", "connection"}


@pytest.fixture
def quick(app: Flask, site_settings: Settings) -> Iterator[Quick]:
    """The quick answers on the data of the site."""
    made = Quick(site_settings, app.extensions["belfort"])
    yield made
    made.close()


def _request(path: str, **headers: str) -> bytes:
    rows = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{rows}\r\n".encode()


def _split(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rows = head.decode().split("\r\n")
    pairs = [row.split(": ", 1) for row in rows]
    found = {name.lower(): value for name, value in pairs}
    assert len(found) == len(pairs)
    return int(first.split(" ")[1]), {k: v for k, v in found.items() if k not in OF_SERVER}, body


def _slow(client: FlaskClient, app: Flask, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """What Flask itself says, without the shortcut before it."""
    shortcut = app.wsgi_app
    app.wsgi_app = shortcut._app  # type: ignore[attr-defined, method-assign]
    try:
        answer = client.get(path, headers=headers)
    finally:
        app.wsgi_app = shortcut  # type: ignore[method-assign]
    found = {k.lower(): v for k, v in answer.headers.items() if k.lower() not in OF_SERVER}
    return answer.status_code, found, answer.data


@pytest.mark.parametrize("suffix", ["jsonld", "ttl", "nt"])
@pytest.mark.parametrize("condition", ["none", "same", "other"])
@pytest.mark.parametrize("by", ["suffix", "accept"])
def test_the_same_as_flask_and_as_the_shortcut(
    quick: Quick, client: FlaskClient, app: Flask, suffix: str, condition: str, by: str
) -> None:
    """Status, every header and the body are equal for whole, unchanged and changed, by suffix and by `Accept`."""
    kinds = {"jsonld": "application/ld+json", "ttl": "text/turtle", "nt": "application/n-triples"}
    path = f"{HERE}.{suffix}" if by == "suffix" else HERE
    headers = {} if by == "suffix" else {"Accept": kinds[suffix]}
    tag = client.get(f"{HERE}.{suffix}").headers["ETag"]
    if condition != "none":
        headers["If-None-Match"] = tag if condition == "same" else '"another"'
    slow = _slow(client, app, path, headers)
    shortcut = client.get(path, headers=headers)
    answer = quick.answer(_request(path, **{k.replace("-", "_"): v for k, v in headers.items()}))

    assert answer is not None
    assert slow[0] == (304 if condition == "same" else 200)
    assert _split(answer) == slow
    assert (shortcut.status_code, shortcut.data) == (slow[0], slow[2])
    assert {k.lower(): v for k, v in shortcut.headers.items()} == slow[1]


@pytest.mark.parametrize(
    "request_",
    [
        _request("/"), _request(HERE), _request(f"{HERE}.nq"), _request(f"{HERE}.html"), _request(f"{HERE}.jsonld?x=1"),
        _request(f"{HERE}.jsonld", Range="bytes=0-1"), _request(f"{HERE}.jsonld", If_Modified_Since="x"),
        _request(f"{HERE}.jsonld", If_None_Match='"a", "b"'), _request(f"{HERE}.jsonld", If_None_Match="*"),
        _request(f"{HERE}.jsonld", Connection="close"), _request(f"{HERE}.jsonld", Content_Length="5"),
        _request(f"{HERE}.jsonld", Transfer_Encoding="chunked"), _request(f"{HERE}.jsonld", Expect="100-continue"),
        _request(f"{HERE}.jsonld", Accept="a/b\r\nAccept: c/d"), _request("/besluiten/bestaat-niet.jsonld"),
        _request("/besluiten/waterdorp.jsonld"), _request("/besluiten/ingetrokken.jsonld"),
        _request(f"{HERE}.jsonld").replace(b"HTTP/1.1", b"HTTP/1.0"), _request(f"{HERE}.jsonld").replace(b"Host", b"H"),
        _request(f"{HERE}.jsonld").replace(b"GET", b"HEAD"), _request(f"{HERE}.jsonld", Host="twee"),
        _request(f"{HERE}.jsonld", Referer="\x01"), "GET /é HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    ],
)  # fmt: skip
def test_anything_else_goes_the_usual_way(quick: Quick, request_: bytes) -> None:
    """Pages, conditions, bodies, odd lines, things that are gone or elsewhere: none is answered here."""
    assert quick.answer(request_) is None


def test_what_changed_or_went_is_never_given_again(tmp_path: Path) -> None:
    """An answer is kept while nothing is committed, and the next request after a commit sees the change."""
    settings = Settings(data=tmp_path / "data", log_level="error")
    context = open_context(settings)
    site_data.fill(context)
    app = create_app(settings)
    quick = Quick(settings, app.extensions["belfort"])
    request = _request(f"{HERE}.jsonld")
    first = quick.answer(request)
    assert first is not None
    assert request in quick._kept
    site_data.speak(context, PAGE, "page", site_data.page_lines(title="Gewijzigd"), b"second")
    second = quick.answer(request)
    withdraw(context, PAGE, "gone")

    assert second is not None
    assert "Gewijzigd" in second.decode()
    assert _split(first)[1]["etag"] != _split(second)[1]["etag"]
    assert quick.answer(request) is None
    assert quick._kept == {}
    quick.close()
    app.extensions["belfort"].close()
    context.engine.dispose()


def test_memory_is_bounded(quick: Quick, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept never takes more than its share, however many requests differ."""
    monkeypatch.setattr("frontend.quick.MOST", 200_000)
    for number in range(100):
        assert quick.answer(_request(f"{HERE}.jsonld", Referer=f"/{number}"))
        assert quick._size <= 200_000
    assert 0 < len(quick._kept) < 100
