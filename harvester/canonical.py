"""One address, one spelling: what the frontier and the origins go by."""

import re
from urllib.parse import unquote

import httpx2

from harvester.sessions import without_session

LONGEST = 2000

_REPEATS = 4
# `?AlleVergaderingen=True/`: a slash after a plain word ends no path.
_STRAY = re.compile(r"((?:^|&)[A-Za-z][\w.\-]*=\w+)/+\Z", re.ASCII)


def canonical_url(text: str) -> str:
    """The address with lower-case scheme and host, without fragment, credentials, default port and session id.

    The query is kept as it is, but for a slash after its last word, which some pages write. What is no http or https
    address gives "".
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
    path = without_session(path) or "/"
    query = _STRAY.sub(r"\1", query)
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
