"""What one exchange means for its address: pure, from answer to outcome."""

from collections.abc import Callable, Collection

import httpx2

from belfort import blobs, rijksregister
from belfort.errors import BelfortError
from belfort.http import Response
from harvester.canonical import canonical_url, site_of
from harvester.frontier import Leased, Outcome

# The next try may go better; everything else would only be repeated.
_PASSING = frozenset(("timeout", "connect", "dns", "truncated"))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))
_VALIDATORS = ("etag", "last-modified")
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/xml", "application/xml", "image/svg+xml")

ReadLinks = Callable[[bytes, str, str], Collection[str]]


def conditions(leased: Leased) -> tuple[tuple[str, str], ...]:
    """The headers that ask for the page only if it changed; none when we hold no page."""
    if not leased.body:
        return ()
    known = (("If-None-Match", leased.etag), ("If-Modified-Since", leased.last_modified))
    return tuple((name, value) for name, value in known if value)


def failed(error: BelfortError, started: str) -> Outcome:
    """The outcome when no answer came."""
    reason = str(error.facts.get("reason", error.slug))
    if reason in _PASSING:
        return Outcome("retry", started, reason)
    return Outcome("refused" if error.slug == "refused" else "failed", started, reason)


def judge(got: Response, leased: Leased, started: str, sites: Collection[str], read: ReadLinks) -> Outcome:
    """The outcome of an answer; `read` gives the addresses that a new page leads to, and is not called otherwise."""
    if got.status == 304:
        return Outcome(
            "unchanged", started, "not-modified", 304,
            etag=got.header("etag", leased.etag), last_modified=got.header("last-modified", leased.last_modified),
        )  # fmt: skip
    if got.status in _REDIRECTS:
        return _moved(got, leased, started, sites)
    if got.status in (404, 410):
        return Outcome("gone", started, str(got.status), got.status)
    if got.status in _BUSY:
        return Outcome("retry", started, f"http-{got.status}", got.status)
    if got.status != 200:
        return Outcome("failed", started, f"http-{got.status}", got.status)
    if not got.body.strip():
        return Outcome("retry", started, "empty", 200)
    if not is_page(got):
        return Outcome("refused", started, "not-html", 200)
    etag, last_modified = ("" if rijksregister.contains(got.header(name)) else got.header(name) for name in _VALIDATORS)
    digest = blobs.digest(got.body)
    if digest == leased.body:
        return Outcome("unchanged", started, "same-body", 200, etag=etag, last_modified=last_modified)
    links = on_site(read(got.body, leased.url, got.header("content-type")), sites)
    return Outcome(
        "captured", started, "", 200, links=links, body=digest, size=len(got.body), peer=got.peer,
        request_headers=got.request_headers, response_headers=got.headers, etag=etag,
        last_modified=last_modified,
    )  # fmt: skip


def is_page(got: Response) -> bool:
    """Whether an answer is HTML, by its first bytes where they say so and else by its type."""
    head = got.body[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"%pdf", b"pk\x03\x04", b"\x89png", b"\xff\xd8", b"gif8", b"{", b"\xd0\xcf\x11\xe0")):
        return False
    kind = got.header("content-type").partition(";")[0].strip().lower()
    return kind in _PAGE_TYPES or head.startswith((b"<!doctype html", b"<html")) or not kind


def on_site(links: Collection[str], sites: Collection[str]) -> tuple[str, ...]:
    """The canonical addresses among the links that stay on the site, each once, in their order."""
    found = dict.fromkeys(canonical_url(link) for link in links)
    # An address with a rijksregisternummer is not followed: it would stand in every record of the visit.
    return tuple(link for link in found if link and site_of(link) in sites and not rijksregister.contains(link))


def _moved(got: Response, leased: Leased, started: str, sites: Collection[str]) -> Outcome:
    try:
        target = canonical_url(str(httpx2.URL(leased.url).join(got.header("location"))))
    except (httpx2.InvalidURL, ValueError):
        target = ""
    if not target:
        return Outcome("failed", started, "protocol", got.status)
    if target == leased.url:
        return Outcome("failed", started, "redirect_loop", got.status)
    # A seed may send us to its real home (http to https, with www): that is the same site. Other pages may not.
    if leased.depth and site_of(target) not in sites:
        return Outcome("refused", started, "off-site", got.status)
    if rijksregister.contains(target):
        return Outcome("refused", started, "rijksregister", got.status)
    return Outcome("moved", started, target, got.status, links=(target,))
