"""Validating a page: upload, address or body in; one judgement, as a page or as JSON, out; nothing on it is run."""

import contextlib
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from belfort.settings import Settings
from frontend.app import create_app
from frontend.examiner import WAITING
from frontend.site.validate import LIMIT
from tests.support.pages import AGENDA, PREFIX

GOOD = f"""<!doctype html><html lang=nl><body {PREFIX}><div resource="" typeof="foaf:Document {AGENDA}">
<div resource="#z" typeof="besluit:Zitting"><span property="besluit:geplandeStart" datatype="xsd:dateTime"
content="2026-01-26T20:00:00+01:00">20 uur</span>
<a property="besluit:isGehoudenDoor" href="https://o.example/raad">raad</a>
<p property="besluit:behandelt" resource="#a" typeof="besluit:Agendapunt"><b property="dct:title">Straat</b>
<i property="besluit:geplandOpenbaar" datatype="xsd:boolean" content="true">openbaar</i></p></div>
</div></body></html>"""
BAD = GOOD.replace('property="dct:title"', "").replace("Straat", "<script>alert(1)</script>&lt;script&gt;x")


def _post(client: FlaskClient, html: str, accept: str = "application/json", **fields: str) -> TestResponse:
    """Send the form as a browser does; made by hand, since werkzeug leaves the file of a large one open."""
    parts = [f'name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    parts.append(f'name="pagina"; filename="p.html"\r\nContent-Type: text/html\r\n\r\n{html}')
    body = "".join(f"--grens\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--grens--\r\n"
    return client.post(
        "/validate", data=body.encode(), content_type="multipart/form-data; boundary=grens", headers={"Accept": accept}
    )


def test_form_for_people(client: FlaskClient) -> None:
    """The address shows a form that works without script."""
    answer = client.get("/validate", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert 'enctype="multipart/form-data"' in answer.text


def test_upload_as_json(client: FlaskClient) -> None:
    """A page that has everything is valid; one without a title says so, where, and how to fix it."""
    good, bad = _post(client, GOOD, adres="https://g.example/zitting/1"), _post(client, BAD)
    assert (good.status_code, good.json["valid"], good.json["url"]) == (200, True, "https://g.example/zitting/1")
    assert good.json["maturity"][0]["levels"]["Niveau 1"] is True
    assert bad.json["valid"] is False
    missing = next(one for one in bad.json["findings"] if one["shape"] == "Agendapunt-title")
    assert (missing["level"], missing["component"], missing["count"]) == ("Niveau 1", "MinCount", 1)
    assert "dct:title" in missing["message"]
    assert 'property="dct:title"' in missing["fix"]
    assert missing["examples"][0]["subject"].endswith("#a")
    assert missing["examples"][0]["place"].endswith("p:nth-of-type(1)")
    assert "openbaar" in missing["examples"][0]["text"]
    assert bad.headers["Cache-Control"] == "no-store"


def test_body_as_json(client: FlaskClient) -> None:
    """A program may send the page itself; the address is a parameter."""
    answer = client.post(
        "/validate?adres=https://g.example/x", data=GOOD, content_type="text/html; charset=utf-8",
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert (answer.json["valid"], answer.json["url"]) == (True, "https://g.example/x")


def test_page_of_the_judgement_runs_nothing(client: FlaskClient) -> None:
    """People see message, place and text; markup of the page is shown as text."""
    answer = _post(client, BAD, "text/html")
    assert answer.status_code == 200
    assert "Deze pagina is nog niet in orde" in answer.text
    assert "dct:title" in answer.text
    assert "<script" not in answer.text
    assert "&lt;script&gt;x" in answer.text


def test_findings_beside_the_page(client: FlaskClient) -> None:
    """Each number of a finding is a place on the page, which leads back; labels say what was understood there."""
    html = _post(client, BAD, "text/html").text
    numbers = re.findall(r'class="pin" href="#plaats-(\d+)"', html)
    assert numbers
    for number in set(numbers):
        back = re.search(rf'id="plaats-{number}"><a class="pin" href="#([a-z]+-\d+)"', html)
        assert back
        assert f'<li id="{back[1]}">' in html
    reading = html.partition('class="reading"')[2].partition("<section")[0]
    for word in ("zitting", "agendapunt", "openbaar", "&lt;script&gt;x"):
        assert word in reading, word
    assert not re.search(r"<(?!/?(div|span|a|b|br|code|p)\b)", reading.partition(">")[2])
    assert "Voeg toe binnen dat element" in html
    assert "o.example" not in reading  # not even the addresses of the page


def test_things_as_json(client: FlaskClient) -> None:
    """A program reads what was understood, in document order, each with its place."""
    things = _post(client, GOOD, adres="https://g.example/zitting/1").json["things"]
    assert [one["kind"] for one in things] == ["document", "zitting", "agendapunt"]
    assert (things[2]["subject"], things[2]["title"]) == ("https://g.example/zitting/1#a", "Straat")
    assert all(one["place"] for one in things)


@pytest.mark.parametrize("content", ["%PDF-1.4", "<p>niets</p>", "\0\0\0"])
def test_what_is_no_publication(client: FlaskClient, content: str) -> None:
    """Bytes that say nothing are not valid, and the answer says why."""
    answer = _post(client, content)
    assert (answer.status_code, answer.json["valid"]) == (200, False)
    assert answer.json["issues"]


def test_bad_requests(client: FlaskClient) -> None:
    """Nothing, both, a wrong address, too much: each is an error with a reason, for machines and for people."""
    json = {"Accept": "application/json"}
    assert client.post("/validate", data={}, headers=json).status_code == 400
    assert _post(client, GOOD, url="https://g.example/").status_code == 400
    assert client.post("/validate", data={"url": "file:///etc/passwd"}, headers=json).status_code == 400
    assert client.post("/validate?x=1", data={"url": "https://a.example"}, headers=json).status_code == 400
    page = client.post("/validate", data={"url": "ftp://x"}, headers={"Accept": "text/html"})
    assert (page.status_code, 'role="alert"' in page.text) == (400, True)
    assert client.post("/validate", data=b"x" * (LIMIT + 1), content_type="text/html", headers=json).status_code == 413


def test_large_page_fits(client: FlaskClient) -> None:
    """A page of 3 MB may come, though other addresses take 256 KiB."""
    answer = _post(client, GOOD + "<!-- " + "x" * 3_000_000 + " -->")
    assert (answer.status_code, answer.json["valid"]) == (200, True)


def test_private_addresses_are_refused(client: FlaskClient) -> None:
    """The guard of the one client stands here too."""
    answer = client.post("/validate", data={"url": "http://127.0.0.1:9/x"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["reason"]) == (400, "blocked_port")
    answer = client.post("/validate", data={"url": "http://127.0.0.1/x"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["reason"]) == (400, "blocked_address")


class _Page(BaseHTTPRequestHandler):
    """Answers by path: the page, a redirect, an endless body, a body that drips."""

    def do_GET(self) -> None:
        answers = {"/zitting": self._page, "/naar": self._away, "/veel": self._much, "/traag": self._slow}
        with contextlib.suppress(OSError):  # the client hangs up, as it should
            answers.get(self.path.partition("?")[0], self._missing)()

    def _head(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, text in headers:
            self.send_header(name, text)
        self.end_headers()

    def _page(self) -> None:
        body = GOOD.encode()
        self._head(200, ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))))
        self.wfile.write(body)

    def _missing(self) -> None:
        self._head(404, ("Content-Length", "0"))

    def _away(self) -> None:
        self._head(302, ("Location", self.path.partition("?")[2]), ("Content-Length", "0"))

    def _much(self) -> None:
        self._head(200, ("Content-Type", "text/html"))
        for _ in range(3 * LIMIT // 65_536):
            self.wfile.write(b"x" * 65_536)

    def _slow(self) -> None:
        self._head(200, ("Content-Type", "text/html"))
        while not STOPPED.wait(0.05):
            self.wfile.write(b"x")

    def log_message(self, *arguments: object) -> None:
        pass


STOPPED = threading.Event()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server on loopback that is good and bad by path."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"127.0.0.1:{made.server_address[1]}"
        STOPPED.set()
        made.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def online(site_settings: Settings, server: str) -> Iterator[FlaskClient]:
    """A client of a site that may fetch from that one server, and nothing else that is private."""
    made = create_app(site_settings.model_copy(update={"http_allow": (server,), "http_timeout": 1.0}))
    yield made.test_client()
    made.extensions["belfort"].close()


def _fetch(client: FlaskClient, url: str) -> TestResponse:
    return client.post("/validate", data={"url": url}, headers={"Accept": "application/json"})


def test_address(online: FlaskClient, server: str) -> None:
    """A page that is online is fetched and judged at its own address; one that is not there is an error."""
    found, missing = _fetch(online, f"http://{server}/zitting"), _fetch(online, f"http://{server}/weg")
    assert (found.json["valid"], found.json["url"]) == (True, f"http://{server}/zitting")
    assert (missing.status_code, missing.mimetype) == (502, "application/problem+json")


def test_redirects_are_followed_and_checked(online: FlaskClient, server: str) -> None:
    """One within what is allowed is followed; one to a private address, or that never ends, is refused."""
    assert _fetch(online, f"http://{server}/naar?/zitting").json["url"] == f"http://{server}/zitting"
    for target in ("http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://169.254.169.254/latest/",
                   "http://0x7f000001/", "http://2130706433/"):  # fmt: skip
        refused = _fetch(online, f"http://{server}/naar?{target}")
        assert (refused.status_code, refused.json["reason"]) == (400, "blocked_address"), target
    assert _fetch(online, f"http://{server}/naar?file:///etc/passwd").status_code in (400, 502)
    assert _fetch(online, f"http://{server}/naar?/naar?/naar").status_code in (400, 502)


def test_a_page_that_is_too_large_or_too_slow_ends(online: FlaskClient, server: str) -> None:
    """An endless body stops at the limit of an upload, a body that drips at the time limit."""
    large = _fetch(online, f"http://{server}/veel")
    assert large.status_code in (400, 502)
    assert "groot" in large.json["detail"] or "large" in large.json["detail"] or "size" in large.json["reason"]
    start = time.monotonic()
    slow = _fetch(online, f"http://{server}/traag")
    assert slow.status_code in (502, 504)
    assert time.monotonic() - start < 5


def test_too_many_at_a_time(app: Flask, client: FlaskClient) -> None:
    """When all places are taken the answer is 503 at once; when they are free again it works."""
    examiner = app.extensions["belfort"].examiner
    turns = [examiner.turn() for _ in range(WAITING)]
    for turn in turns:
        turn.__enter__()
    busy = _post(client, GOOD)
    for turn in turns:
        turn.__exit__(None, None, None)
    assert (busy.status_code, "Retry-After" in busy.headers) == (503, True)
    assert _post(client, GOOD).status_code == 200
