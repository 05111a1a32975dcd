"""Repairs of one value of an RDFa attribute before it is read: Q1, Q3, Q5, Q9."""

import re

from harvester.repairs.page import Page

QUOTES = "“”„‟«»″‶‘’‚‛′"
# Quotes of the keyboard, and what escapes them in a script: only around a whole token, an IRI may well have one inside.
_KEYBOARD = "\"'`´\\"
_CURIE = re.compile(r"[A-Za-z_][\w.\-]*:[\w.\-]*\Z", re.ASCII)
_INVISIBLE = "\xa0\u200b\u200c\u200d\u2060\ufeff"
_NO_ROOT = re.compile(r"(?:\.?/)?(?:null|undefined)/+(?=[^\s/])", re.IGNORECASE)
_DOMAIN = r"((?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}(?::\d+)?)"
_HOST = re.compile(rf"(?:\.?/)?{_DOMAIN}(?=[/?#])", re.ASCII)
_BROKEN_SCHEME = re.compile(rf"(https?)(?:://(?=/)|:/(?!/)|:(?!/)|//)/*{_DOMAIN}(?=[/?#]|\Z)", re.ASCII | re.IGNORECASE)
_TWO_SCHEMES = re.compile(r"https?://(?=https?://)", re.IGNORECASE)
_WRAPPED = re.compile(r"[ \t]*[\r\n\f\t]+[ \t]*")
_ADDRESS = re.compile(r"[/#?]|\.\w{2,5}\Z")
_SECOND = re.compile(r"\s[A-Za-z][A-Za-z0-9+.\-]*:")
# What no IRI may have. Markup comes of broken quotes, and braces of a template: that is no address at all.
_FORBIDDEN = re.compile(r"[ \xa0\\^`|\[\]]|%(?![0-9A-Fa-f]{2})")
_MARKUP = re.compile(r"[<>\"]|\{\{|://\[")
_BRACKETED = re.compile(r"<(https?://[^<>]+)>|\[(https?://[^\[\]]+)\]", re.IGNORECASE)
_IRI = r"[!$&-;=?-Z_a-z~]*(?:%[0-9A-Fa-f]{2}[!$&-;=?-Z_a-z~]*)*"
# Whole IRIs and CURIEs as they should be: nothing for any rule here.
ORDINARY = re.compile(
    rf"(?:https?://(?!/|https?:){_IRI}(?:#{_IRI})?|[A-Za-z_][A-Za-z0-9_\-]*:[A-Za-z0-9_][A-Za-z0-9_.\-]*)\Z"
)


def unquoted(token: str, _page: Page) -> str | None:
    """The token without typographic quotes at its ends, or None when it has none.

    An IRI keeps a quote at its end unless it has one in front too: an address may well end in an apostrophe. Quotes of
    the keyboard are none of the token when they stand at both ends, or around a CURIE.
    """
    if not token:
        return None
    first, last = token[0], token[-1]
    if first in QUOTES or (last in QUOTES and "://" not in token):
        return token.strip(QUOTES) or None
    if first in _KEYBOARD or last in _KEYBOARD:
        bare = token.strip(_KEYBOARD)
        around = first in _KEYBOARD and last in _KEYBOARD
        if bare and (around or '"' in (first, last) or _CURIE.match(bare)):  # no IRI has a `"`
            return bare
    return None


def from_the_root(token: str, _page: Page) -> str | None:
    """`null/id/x`, what a template writes that has no root for its IRIs, is `/id/x`."""
    found = _NO_ROOT.match(token)
    return f"/{token[found.end() :]}" if found else None


def with_scheme(token: str, page: Page) -> str | None:
    """An IRI that begins with the host of the page, or with one that the page writes elsewhere with a scheme.

    A scheme that lost its colon or a slash, or that stands there twice, is whole again.
    """
    found = _HOST.match(token)
    if found:
        host = found[1].lower()
        if found.start(1):  # as a path it is that of the page only
            scheme = page.scheme if host == page.host else ""
        else:
            scheme = page.scheme_of(host) or (page.scheme if host.startswith("www.") else "")
        return f"{scheme}://{host}{token[found.end() :]}" if scheme else None
    twice = _TWO_SCHEMES.match(token)
    if twice:
        return token[twice.end() :]
    broken = _BROKEN_SCHEME.match(token)
    return f"{broken[1].lower()}://{token[broken.start(2) :]}" if broken else None


def encoded(token: str, _page: Page) -> str | None:
    """An address without invisible characters at its ends, line breaks gone, and what no IRI may have as `%20`.

    That is what a browser sends. Several addresses in one value, a template, or text that is no address, stay what they
    are: no rule can know what was meant.
    """
    text = token.strip(_INVISIBLE + " ")
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        text = bracketed[1] or bracketed[2]
    if not text:
        return "" if token else None  # nothing but invisible characters is as good as nothing
    if text.startswith("[") or _MARKUP.search(text):
        return None
    if _FORBIDDEN.search(text) or _WRAPPED.search(text):
        if not _ADDRESS.search(text) or _SECOND.search(text):
            return None
        text = _FORBIDDEN.sub(_percent, _WRAPPED.sub("", text))
    return text if text != token else None


def _percent(found: re.Match[str]) -> str:
    return "%20" if found[0] == "\xa0" else f"%{ord(found[0]):02X}"
