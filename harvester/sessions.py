"""Session ids in addresses: the same page, another spelling at every visit."""

import re

_JSESSION = re.compile(r";jsessionid=[^/?;#\s\"'<>]*", re.IGNORECASE)
# ASP.NET puts the session in a path segment: /(S(abc123))/ or /(A(x)S(y))/, sometimes percent-encoded.
_ASP_SESSION = re.compile(
    r"/(?:\(|%28)(?:[A-Z](?:\(|%28)[^()/%\s\"'<>]*(?:\)|%29))+(?:\)|%29)(?=[/?#\s\"'<>]|$)", re.IGNORECASE
)
# A text without any of these has no session id in it.
SIGNS = ("/(", "/%28", ";j", ";J")


def without_session(text: str) -> str:
    """The text without the session ids in the addresses that it is or holds."""
    if "/(" in text or "/%28" in text:
        text = _ASP_SESSION.sub("", text)
    return _JSESSION.sub("", text) if ";j" in text or ";J" in text else text
