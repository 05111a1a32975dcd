"""Small texts of the templates: numbers, sizes, safe links, paragraphs. Pure; what comes in is never trusted."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from frontend.site import dates, labels

_BLANK_LINES = re.compile(r"\n\s*\n+")
SHORT_URL = 72
_SPACES = re.compile(r"[ \t\f\v\u00a0]+")


def number(value: int) -> str:
    """`12.345`."""
    return f"{value:,}".replace(",", ".")


def size(count: int) -> str:
    """Bytes as people read them: `1,2 MB`."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            break
        amount /= 1000
    return f"{count} bytes" if unit == "bytes" else f"{amount:.1f} {unit}".replace(".", ",")


def safe_href(url: str) -> str:
    """The address when a browser may follow it (http, https, mailto, tel), else an empty string."""
    text = url.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme in ("http", "https") and parts.netloc:
        return text
    return text if scheme in ("mailto", "tel") and parts.path else ""


def mailto(address: str) -> str:
    """A link to an e-mail address; empty when it is none."""
    text = address.strip()
    return f"mailto:{quote(text, safe='@.+-_')}" if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", text) else ""


def tel(phone: str) -> str:
    """A link to a telephone number; empty when it is none."""
    digits = re.sub(r"[^\d+]", "", phone)
    return f"tel:{digits}" if len(digits) >= 6 else ""


def host(url: str) -> str:
    """The host of an address, for the text of a link."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def short_url(url: str) -> str:
    """An address without scheme, cut in the middle when it is long."""
    text = re.sub(r"^https?://(www\.)?", "", url).rstrip("/")
    return text if len(text) <= SHORT_URL else f"{text[: SHORT_URL // 2]}…{text[-SHORT_URL // 2 :]}"


def paragraphs(text: str) -> list[list[str]]:
    """A long text as paragraphs of lines: blank lines part paragraphs, single line ends stay line ends."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    found = []
    for block in _BLANK_LINES.split(clean):
        lines = [row for row in (_SPACES.sub(" ", line).strip() for line in block.split("\n")) if row]
        if lines:
            found.append(lines)
    return found


def slug(label: str) -> str:
    """A label as it stands in an address: `adjunct-algemeen-directeur`."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def code(text: str) -> str:
    """The label of a code whose IRI this is; other text stays as it is."""
    return labels.CONCEPTS.get(text, text)


class _Bounded(Protocol):
    first: date | None
    last: date | None


def bounds(one: _Bounded) -> str:
    """`1 januari 2025 tot en met 31 december 2030`, `sinds 1 januari 2025`."""
    if one.first and one.last:
        return f"{dates.written(one.first)} tot en met {dates.written(one.last)}"
    if one.first:
        return f"sinds {dates.written(one.first)}"
    return f"tot en met {dates.written(one.last)}" if one.last else ""


FILTERS: dict[str, Callable[..., Any]] = {
    "number": number, "size": size, "href": safe_href, "mailto": mailto, "tel": tel, "host": host,
    "short_url": short_url, "paragraphs": paragraphs, "day": dates.day, "moment": dates.moment,
    "exact": dates.exact, "hour": dates.hour, "written": dates.written, "slug": slug, "code": code, "bounds": bounds,
}  # fmt: skip
