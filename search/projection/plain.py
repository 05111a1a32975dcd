"""Literals of pages become plain text: markup out, paragraphs kept as empty lines.

Vendors put HTML in any literal (prov:value always), so every text that is indexed or shown goes through here. It is
a reader of text, not a sanitiser: what comes out is still escaped by whoever shows it.
"""

import html
import re

MAX_TEXT = 1_000_000
"""Characters of one literal that are read; the longest notulen known have a third of it."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>|<![^<>]*>")
_OPENING = re.compile(r"<!--|<(script|style|template)\b", re.IGNORECASE)
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd", "mark", "q", "s",
     "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)  # fmt: skip
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?")
_PARAGRAPHS = re.compile(r"\n{2,}")


def plain_text(source: str) -> str:
    """The text of a literal as a reader sees it: no tags, entities decoded, paragraphs parted by an empty line."""
    source = source[:MAX_TEXT]
    if source.isprintable() and "<" not in source and "&" not in source and "  " not in source:
        return source.strip()  # most are one line of words
    if "<" not in source and "&" not in source:
        return _tidy(source)
    source = source.replace("\r", " ").replace("\n", " ") if "</" in source else source
    return _tidy(html.unescape(_TAG.sub(_tag, _without_hidden(source))))


def _without_hidden(source: str) -> str:
    """The source without comments, scripts and styles, in linear time; what never closes is only a tag."""
    lower = source.lower() if source.isascii() else "".join(c.lower() if c.isascii() else c for c in source)
    kept: list[str] = []
    place = 0
    unclosed: set[str] = set()
    for opening in _OPENING.finditer(source):
        end = f"</{opening[1].lower()}" if opening[1] else "-->"
        if opening.start() < place or end in unclosed:
            continue
        close = lower.find(end, opening.end())
        if close < 0:
            unclosed.add(end)
            continue
        kept.append(source[place : opening.start()])
        place = close + len(end) if end == "-->" else close
    return "".join([*kept, source[place:]])


def _tag(match: re.Match[str]) -> str:
    name = (match[2] or "").lower()
    if not name:
        return ""
    if name in {"td", "th"}:
        return " "
    if name == "br":
        return "\n"
    return "" if name in _INLINE else "\n\n"


def _tidy(text: str) -> str:
    text = _LINES.sub("\n", _SPACES.sub(" ", text.replace("\0", " ")))
    return _PARAGRAPHS.sub("\n\n", text).strip()
