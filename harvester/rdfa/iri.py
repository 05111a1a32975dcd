"""IRI references resolved as RFC 3986 §5.2 says; `urllib.parse.urljoin` drops empty fragments and dot segments."""

import re
from ipaddress import IPv6Address
from typing import NamedTuple

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.\-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?\Z", re.DOTALL)
# What no part of an IRI may hold (RFC 3987): controls, spaces, quotes, brackets, surrogates, private and special
# characters. Private characters are legal in a query, but never meant.
NEVER = (
    '\x00-\x20<>"{}|\\\\^`\\[\\]\x7f-\xa0\u2028\u2029\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff'
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000))
    + "\U000e0000-\U000e0fff\U000efffe-\U0010ffff"
)
_PART = re.compile(f"[^{NEVER}%]*(?:%[0-9A-Fa-f]{{2}}[^{NEVER}%]*)*")
_NAME = f"(?:[^{NEVER}%@:]|%[0-9A-Fa-f]{{2}})*"
_AUTHORITY = re.compile(rf"(?:{_NAME}(?::{_NAME})*@)?(?:\[[0-9A-Fa-f:.]+\]|{_NAME})(?::[0-9]*)?")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class Parts(NamedTuple):
    """The five components of a reference; None where it has no such component."""

    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None


def split(reference: str) -> Parts:
    """Take a reference apart (RFC 3986, appendix B); every string has parts."""
    found = _PARTS.match(reference)
    assert found
    return Parts(found[1], found[2], found[3], found[4], found[5])


def join(parts: Parts) -> str:
    """The reference of the parts (RFC 3986 §5.3)."""
    text = f"{parts.scheme}:" if parts.scheme is not None else ""
    if parts.authority is not None:
        text += f"//{parts.authority}"
    text += parts.path
    if parts.query is not None:
        text += f"?{parts.query}"
    return text if parts.fragment is None else f"{text}#{parts.fragment}"


def resolve(base: Parts, reference: str) -> str:
    """The absolute IRI that the reference means on a page with that base."""
    ref = split(reference)
    if ref.scheme is not None:
        return join(ref._replace(path=remove_dots(ref.path)))
    if ref.authority is not None:
        return join(ref._replace(scheme=base.scheme, path=remove_dots(ref.path)))
    if not ref.path:
        query = base.query if ref.query is None else ref.query
        return join(base._replace(query=query, fragment=ref.fragment))
    path = ref.path if ref.path.startswith("/") else _merge(base, ref.path)
    return join(base._replace(path=remove_dots(path), query=ref.query, fragment=ref.fragment))


def _merge(base: Parts, path: str) -> str:
    if base.authority is not None and not base.path:
        return f"/{path}"
    return base.path[: base.path.rfind("/") + 1] + path


def remove_dots(path: str) -> str:
    """The path without `.` and `..` segments (RFC 3986 §5.2.4)."""
    if "." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if kept and (len(kept) > 1 or kept[0]):
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    if not segments[0] and (not kept or kept[0]):
        kept.insert(0, "")
    return "/".join(kept)


def is_valid(iri: str) -> bool:
    """Whether the text is an absolute IRI (RFC 3987), so that any strict reader of N-Triples takes it."""
    parts = split(iri)
    if parts.scheme is None or (parts.authority is None and parts.path.startswith("//")):
        return False
    if parts.authority is not None and not _is_authority(parts.authority):
        return False
    rest = (parts.path, parts.query or "", parts.fragment or "")
    return all(_PART.fullmatch(part) for part in rest) and "#" not in rest[2]


def _is_authority(text: str) -> bool:
    if not _AUTHORITY.fullmatch(text):
        return False
    if "[" in text:
        try:
            IPv6Address(text[text.index("[") + 1 : text.index("]")])
        except ValueError:
            return False
    return True


def without_fragment(iri: str) -> str:
    """The IRI up to its fragment."""
    return iri.partition("#")[0]
