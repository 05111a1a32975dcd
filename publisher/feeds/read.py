"""What the site asks of the feeds: listings of delta files, pages of members, the newest versions. Reads only."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import NamedTuple

from publisher.feeds.ldes import bounds, page_of
from publisher.feeds.store import Version, state

LISTED = 1000
_VERSION = "v.number, v.seq, v.at, v.iri, v.class_iri, v.uuid, v.label, v.lines"


class Listed(NamedTuple):
    """A delta file in a listing."""

    id: str
    name: str
    created: str


class Page(NamedTuple):
    """A page of members: whether it is full, when the next page begins ("" when there is none), what it depends on."""

    members: list[Version]
    is_closed: bool
    next_from: str
    tag: str


def listing(feeds: sqlite3.Connection, feed: str, since: str) -> list[Listed]:
    """The delta files strictly newer than a moment, oldest first, at most a thousand."""
    rows = feeds.execute(
        "SELECT id, name, created FROM delta WHERE feed = ? AND created > ? ORDER BY created, number LIMIT ?",
        (feed, since, LISTED),
    )
    return [Listed(*row) for row in rows]


def delta_body(feeds: sqlite3.Connection, identity: str) -> bytes | None:
    """The compressed content of a delta file."""
    row = feeds.execute("SELECT body FROM delta WHERE id = ?", (identity,)).fetchone()
    return bytes(row[0]) if row else None


def created_of(feeds: sqlite3.Connection, feed: str, seq: int) -> str:
    """The moment of the last delta file of the changes up to that one: where to go on after a dump of it."""
    row = feeds.execute("SELECT max(created) FROM delta WHERE feed = ? AND seq <= ?", (feed, seq)).fetchone()
    return str(row[0] or "")


def moment(text: str) -> str:
    """A moment as the feeds store it (UTC, milliseconds), or "" when the text is none."""
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+"))
    except ValueError:
        return ""
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return found.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except OverflowError:
        return ""


def last_page(feeds: sqlite3.Connection, feed: str) -> int:
    """The number of the last page that has had members; 0 when there is none."""
    last = int(state(feeds, f"member {feed}", "0"))
    return page_of(last) if last else 0


def page(feeds: sqlite3.Connection, feed: str, number: int) -> Page:
    """One page of a feed; empty when it does not exist yet."""
    first, last = bounds(number)
    rows = feeds.execute(
        f"SELECT {_VERSION} FROM member m JOIN version v ON v.number = m.version"  # noqa: S608 - our own words
        " WHERE m.feed = ? AND m.number BETWEEN ? AND ? ORDER BY m.number",
        (feed, first, last),
    )
    members = [Version(*row) for row in rows]
    newest = int(state(feeds, f"member {feed}", "0"))
    following = feeds.execute(
        "SELECT v.at FROM member m JOIN version v ON v.number = m.version"
        " WHERE m.feed = ? AND m.number > ? ORDER BY m.number LIMIT 1",
        (feed, last),
    ).fetchone()
    next_from = str(following[0]) if following else ""
    return Page(members, newest >= last, next_from, content_tag(members, f"{feed} {number} {next_from}"))


def content_tag(versions: Iterable[Version], more: str = "") -> str:
    """What an answer with these versions depends on: their content, so that an erasure is another tag."""
    digest = blake2b(more.encode(), digest_size=12)
    for one in versions:
        digest.update(f"{one.number} {len(one.lines)} {one.lines}".encode())
    return digest.hexdigest()


def version(feeds: sqlite3.Connection, seq: int, uuid: str) -> Version | None:
    """The version that one change made of the thing with that uuid."""
    row = feeds.execute(
        f"SELECT {_VERSION} FROM version v WHERE seq = ? AND uuid = ?",  # noqa: S608 - our own words
        (seq, uuid),
    ).fetchone()
    return Version(*row) if row else None


def newest(feeds: sqlite3.Connection, classes: Iterable[str], limit: int) -> list[Version]:
    """The newest versions of things of these classes, newest first."""
    wanted = list(classes)
    marks = ",".join("?" * len(wanted))
    rows = feeds.execute(
        f"SELECT {_VERSION} FROM version v WHERE class_iri IN ({marks})"  # noqa: S608 - only question marks
        " ORDER BY number DESC LIMIT ?",
        (*wanted, limit),
    )
    return [Version(*row) for row in rows]


def newest_of(feeds: sqlite3.Connection, iris: Iterable[str], limit: int) -> list[Version]:
    """The newest versions of these things, newest first."""
    found: list[Version] = []
    wanted = list(iris)
    for start in range(0, len(wanted), 400):
        chunk = wanted[start : start + 400]
        marks = ",".join("?" * len(chunk))
        rows = feeds.execute(
            f"SELECT {_VERSION} FROM version v WHERE iri IN ({marks}) ORDER BY number DESC LIMIT ?",  # noqa: S608
            (*chunk, limit),
        )
        found = sorted([*found, *(Version(*row) for row in rows)], key=lambda one: -one.number)[:limit]
    return found
