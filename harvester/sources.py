"""Which source is meant: by slug, or by the address that someone typed."""

import difflib
import hashlib
from urllib.parse import urlsplit

import sqlalchemy as sa

from belfort.errors import NotFound, UsageError
from belfort.records import source
from belfort.records.source import Source
from harvester.canonical import canonical_url, site_of

KINDS = ("site", "register")


def find(connection: sa.Connection, name: str) -> Source:
    """The source of that slug; an http(s) address becomes a source of its own if none starts there.

    Raises:
        NotFound: no source has that slug; the hint lists those with a name like it.
        UsageError: it looks like an address but is none.
    """
    if "://" in name:
        return _by_address(connection, name)
    found = source.get(connection, name)
    if found is None:
        known = [one.slug for one in source.all_sources(connection)]
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "`belfort sources list` shows all; or give its URL."
        raise NotFound(f"There is no source {name!r}.", hint=hint)
    return found


def checked_url(text: str) -> str:
    """The canonical spelling of a seed.

    Raises:
        UsageError: it is no http or https address.
    """
    url = canonical_url(text)
    if not url:
        raise UsageError(f"{text!r} is no web address.", hint="Give it as https://host/path.")
    return url


def slug_of(url: str) -> str:
    """The slug of a source that nobody named: its host, and its port when it has one."""
    return urlsplit(url).netloc.replace(".", "-").replace(":", "-").replace("[", "").replace("]", "")


def _by_address(connection: sa.Connection, text: str) -> Source:
    url = checked_url(text)
    same = next((one for one in source.all_sources(connection) if canonical_url(one.url) == url), None)
    if same:
        return same
    slug = slug_of(url)
    if source.get(connection, slug):
        slug = f"{slug}-{hashlib.sha256(url.encode()).hexdigest()[:6]}"
    new = Source(slug, site_of(url).rpartition(":")[0], "site", url)
    source.put(connection, new)
    return new
