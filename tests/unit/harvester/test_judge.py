"""What an answer means for its address."""

import pytest

from belfort import blobs
from belfort.errors import FetchError, Refused
from belfort.http import Response
from harvester.crawl.judge import conditions, failed, judge
from harvester.frontier import Leased, Outcome

URL = "http://r.be/x"
PAGE = b"<!doctype html><p>x"


def answer(status: int = 200, body: bytes = PAGE, **headers: str) -> Response:
    """An exchange as the client reports it."""
    named = tuple((name.replace("_", "-"), value) for name, value in ({"content_type": "text/html"} | headers).items())
    return Response(URL, URL, status, "", named, (("Host", "r.be"),), body, "1.2.3.4", (), 0.1)


def leased(depth: int = 1, body: str = "", etag: str = "") -> Leased:
    """A row that a crawler has."""
    return Leased(URL, depth, 1, etag, "", body, "digest" if body else "", ("http://r.be/oud",))


def judged(got: Response, row: Leased | None = None) -> Outcome:
    """The outcome on the site r.be, with links read as given."""
    links = [
        "/y",
        "http://r.be/y",
        "http://r.be/y#z",
        "http://elders.be/",
        "http://r.be:8080/",
        "http://r.be/z;jsessionid=1",
    ]
    return judge(got, row or leased(), "now", {"r.be:80"}, lambda *_: links)


def test_a_new_page_is_captured_with_the_links_that_stay_on_the_site() -> None:
    """Links are canonical, distinct and of the same host and port."""
    got = judged(answer(etag='"1"', last_modified="gisteren"))
    assert got.state == "captured"
    assert got.links == ("http://r.be/y", "http://r.be/z")
    assert (got.body, got.size, got.peer) == (blobs.digest(PAGE), len(PAGE), "1.2.3.4")
    assert (got.etag, got.last_modified) == ('"1"', "gisteren")


def test_the_same_body_is_unchanged_without_reading_it() -> None:
    """A server without validators still costs no new snapshot; the earlier links are kept."""
    got = judged(answer(), leased(body=blobs.digest(PAGE)))
    assert (got.state, got.reason, got.links) == ("unchanged", "same-body", None)


def test_304_keeps_the_validators_that_it_does_not_repeat() -> None:
    """Not modified: what we know stays."""
    got = judged(answer(304, b""), leased(body="b", etag='"1"'))
    assert (got.state, got.etag, got.links) == ("unchanged", '"1"', None)


@pytest.mark.parametrize(
    ("got", "state", "reason"),
    [
        (answer(404), "gone", "404"),
        (answer(410), "gone", "410"),
        (answer(403), "failed", "http-403"),
        (answer(500), "retry", "http-500"),
        (answer(429), "retry", "http-429"),
        (answer(200, b" \n"), "retry", "empty"),
        (answer(200, b"%PDF-1.7", content_type="text/html"), "refused", "not-html"),
        (answer(200, b"x", content_type="application/octet-stream"), "refused", "not-html"),
        (answer(200, PAGE, content_type="application/octet-stream"), "captured", ""),
        (answer(302, b"", location="/x"), "failed", "redirect_loop"),
        (answer(302, b"", location="/x#a"), "failed", "redirect_loop"),
        (answer(302, b"", location="mailto:a@b"), "failed", "protocol"),
        (answer(302, b""), "failed", "redirect_loop"),
        (answer(302, b"", location="http://elders.be/"), "refused", "off-site"),
        (answer(308, b"", location="y"), "moved", "http://r.be/y"),
    ],
)
def test_every_answer_has_one_outcome(got: Response, state: str, reason: str) -> None:
    """Each status and kind of body ends in one state with one reason."""
    outcome = judged(got)
    assert (outcome.state, outcome.reason) == (state, reason)


def test_only_the_seed_may_lead_to_another_host() -> None:
    """A seed that redirects shows where the site really lives."""
    got = answer(301, b"", location="https://www.r.be/x")
    assert judged(got, leased(depth=0)).state == "moved"
    assert judged(got, leased(depth=1)).state == "refused"


def test_failures_are_repeated_only_when_that_may_help() -> None:
    """A timeout is tried again, a refusal and a broken server are not."""
    assert failed(FetchError("x", reason="timeout"), "now").state == "retry"
    assert failed(FetchError("x", reason="protocol"), "now").state == "failed"
    assert failed(Refused("x", reason="too_large"), "now").state == "refused"


def test_conditions_are_sent_only_for_a_page_that_we_hold() -> None:
    """Without stored content a 304 would leave us with nothing."""
    assert conditions(leased(etag='"1"')) == ()
    assert conditions(leased(body="b", etag='"1"')) == (("If-None-Match", '"1"'),)
