"""The rules of robots.txt, and what an error for it means."""

import pytest

from belfort.errors import BelfortError, FetchError, Refused
from belfort.http import Response
from harvester.crawl.robots import LONGEST_DELAY, Robots


class Server:
    """Gives one answer for robots.txt and counts how often it is asked."""

    def __init__(self, status: int = 200, body: bytes = b"", error: BelfortError | None = None) -> None:
        self.asked: list[str] = []
        self._status, self._body, self._error = status, body, error

    def __call__(self, url: str) -> Response:
        self.asked.append(url)
        if self._error:
            raise self._error
        return Response(url, url, self._status, "", (), (), self._body, "", (), 0.0)


def test_rules_are_asked_once_a_site_and_obeyed() -> None:
    """Our own group wins over the general one; each host and port has its own rules."""
    server = Server(body=b"User-agent: *\nDisallow: /\n\nUser-agent: Belfort\nDisallow: /geheim\nCrawl-delay: 5\n")
    robots = Robots(server)
    assert robots.allows("http://r.be/zittingen?x=1")
    assert not robots.allows("http://r.be/geheim/x")
    assert robots.delay("http://r.be/") == 5
    assert robots.allows("http://r.be:8080/")
    assert server.asked == ["http://r.be/robots.txt", "http://r.be:8080/robots.txt"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, b"User-agent: *\nDisallow: /"),
        (403, b""),
        (200, b"<!doctype html><title>Welkom</title>"),
        (200, "User-agent: *\nDisallow: /".encode("utf-16")),
        (200, b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /"),
        (200, b""),
    ],
)
def test_no_rules_mean_that_everything_may_be_fetched(status: int, body: bytes) -> None:
    """Absent, unreadable, or beyond what RFC 9309 asks us to read: no rules."""
    assert Robots(Server(status, body)).allows("http://r.be/x")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_an_error_of_the_server_means_wait(status: int) -> None:
    """5xx and 429 forbid everything for now, whatever the body says."""
    with pytest.raises(FetchError) as caught:
        Robots(Server(status, b"User-agent: *\nAllow: /")).allows("http://r.be/")
    assert caught.value.facts["reason"] == "robots"


def test_an_unreachable_or_forbidden_site_is_no_permission() -> None:
    """An error on the way to robots.txt is an error for the site; a redirect loop or a huge file means no rules."""
    for error in (FetchError("x", reason="timeout"), Refused("x", reason="blocked_address")):
        with pytest.raises(type(error)):
            Robots(Server(error=error)).allows("http://r.be/")
    assert Robots(Server(error=FetchError("x", reason="redirect_loop"))).allows("http://r.be/")
    assert Robots(Server(error=Refused("x", reason="too_large"))).allows("http://r.be/")


@pytest.mark.parametrize(("text", "delay"), [(b"86400", LONGEST_DELAY), (b"0.5", 0.5), (b"veel", 0), (b"-1", 0)])
def test_the_delay_of_the_site_is_capped(text: bytes, delay: float) -> None:
    """A crawl delay of a day does not stop the crawl."""
    assert Robots(Server(body=b"User-agent: *\nCrawl-delay: " + text)).delay("http://r.be/") == delay
