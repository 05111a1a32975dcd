"""One address, one spelling: what the frontier and the origins go by."""

import re
from urllib.parse import unquote

import httpx2

LONGEST = 2000

_JSESSION = re.compile(r";jsessionid=[^/?;]*", re.IGNORECASE)
# ASP.NET puts the session in a path segment: /(S(abc123))/ or /(A(x)S(y))/, sometimes percent-encoded.
_ASP_SESSION = re.compile(r"/(?:\(|%28)(?:[A-Z](?:\(|%28)[^()/%]*(?:\)|%29))+(?:\)|%29)(?=/|$)", re.IGNORECASE)
_REPEATS = 4


def canonical_url(text: str) -> str:
    """The address with lower-case scheme and host, without fragment, credentials, default port and session id.

    The query is kept as it is. What is no http or https address gives "".
    """
    try:
        url = httpx2.URL(text.strip())
        scheme, host, port = url.scheme, url.raw_host.decode("ascii").lower().rstrip("."), url.port
        target = url.raw_path.decode("ascii")
    except (httpx2.InvalidURL, ValueError, TypeError):
        return ""
    if scheme not in ("http", "https") or not host:
        return ""
    if port == (443 if scheme == "https" else 80):
        port = None
    path, mark, query = target.partition("?")
    path = _ASP_SESSION.sub("", _JSESSION.sub("", path)) or "/"
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}{f':{port}' if port else ''}{path}{mark}{query}"


def site_of(url: str) -> str:
    """The host:port of an address, with the port always written."""
    parsed = httpx2.URL(url)
    return f"{parsed.host}:{parsed.port or (443 if parsed.scheme == 'https' else 80)}"


def looks_endless(url: str) -> bool:
    """Whether the path repeats a segment so often that it can only be a trap of relative links."""
    segments = [part for part in unquote(httpx2.URL(url).path).split("/") if part]
    return any(segments.count(part) >= _REPEATS for part in set(segments))
