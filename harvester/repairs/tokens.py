"""Repairs of one value of an RDFa attribute before it is read: Q1, Q3, Q5, Q9."""

import re

from harvester.repairs.page import Page

_QUOTES = "“”„‟«»″‶‘’‚‛′"
_INVISIBLE = "\xa0\u200b\u200c\u200d\u2060\ufeff"
_NO_ROOT = re.compile(r"(?:null|undefined)/(?=\S)")
_HOST = re.compile(r"((?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,})(?=[/?#])")
_WRAPPED = re.compile(r"[ \t]*[\r\n\f\t]+[ \t]*")
_SPACE = re.compile(r"[ \xa0]")
_ADDRESS = re.compile(r"[/#?]|\.\w{2,5}\Z")
_SECOND = re.compile(r"\s[A-Za-z][A-Za-z0-9+.\-]*:")


def unquoted(token: str, _page: Page) -> str | None:
    """The token without typographic quotes at its ends, or None when it has none.

    An IRI keeps a quote at its end unless it has one in front too: an address may well end in an apostrophe.
    """
    if not token or (token[0] not in _QUOTES and (token[-1] not in _QUOTES or "://" in token)):
        return None
    return token.strip(_QUOTES) or None


def from_the_root(token: str, _page: Page) -> str | None:
    """`null/id/x`, what a template writes that has no root for its IRIs, is `/id/x`."""
    found = _NO_ROOT.match(token)
    return f"/{token[found.end() :]}" if found else None


def with_scheme(token: str, page: Page) -> str | None:
    """An IRI that begins with the host of the page, or with one that the page writes elsewhere with a scheme."""
    found = _HOST.match(token)
    scheme = page.scheme_of(found[1]) if found else ""
    return f"{scheme}://{token}" if scheme else None


def encoded(token: str, _page: Page) -> str | None:
    """An address without invisible characters at its ends, line breaks gone and spaces as `%20`.

    Several addresses in one value, or text that is none, stay what they are: no rule can know what was meant.
    """
    text = token.strip(_INVISIBLE + " ")
    if not text or "{{" in text or text.startswith("["):
        return None
    if _SPACE.search(text) or _WRAPPED.search(text):
        if not _ADDRESS.search(text) or _SECOND.search(text):
            return None
        text = _SPACE.sub("%20", _WRAPPED.sub("", text))
    return text if text != token else None
