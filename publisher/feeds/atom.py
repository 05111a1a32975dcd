"""Versions as an Atom feed. Pure. Source: RFC 4287, RFC 5005 (no archives: the LDES has them)."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from publisher.feeds.store import Version


@dataclass(frozen=True)
class Entry:
    """An entry: its identity, what it is called, where it leads, when, and what happened."""

    id: str
    title: str
    href: str
    updated: str
    summary: str


@dataclass(frozen=True)
class Head:
    """The feed itself: its address, its title, where its page is, who publishes it, under which licence."""

    address: str
    title: str
    page: str
    author: str
    licence: str


def entry(base: str, one: Version, path: str, kind: str) -> Entry:
    """The entry of a version; of what is no longer public, only that it is gone."""
    title = one.label or kind
    summary = f"{kind}: nieuw of gewijzigd" if one.lines else f"{kind}: niet langer gepubliceerd"
    return Entry(f"{base}/versies/{one.seq}/{one.uuid}", title, f"{base}{path}", one.at, summary)


def feed(head: Head, entries: Iterable[Entry]) -> str:
    """The feed as XML."""
    items = list(entries)
    updated = max((one.updated for one in items), default="1970-01-01T00:00:00Z")
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">',
        f"<id>{_text(head.address)}</id>",
        f"<title>{_text(head.title)}</title>",
        f"<updated>{_text(updated)}</updated>",
        f"<author><name>{_text(head.author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={_attribute(head.address)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(head.page)}/>',
        f'<link rel="license" href={_attribute(head.licence)}/>',
    ]
    for one in items:
        rows += [
            "<entry>",
            f"<id>{_text(one.id)}</id>",
            f"<title>{_text(one.title)}</title>",
            f"<updated>{_text(one.updated)}</updated>",
            f'<link rel="alternate" type="text/html" href={_attribute(one.href)}/>',
            f"<summary>{_text(one.summary)}</summary>",
            "</entry>",
        ]
    return "\n".join([*rows, "</feed>", ""])


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(mark for mark in text if mark >= " " or mark in "\t\n\r")


def _text(text: str) -> str:
    return escape(_clean(text))


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))
