"""One e-mail address as it may stand in a header and go to a server; nothing else passes."""

import re

from belfort.errors import UsageError

LONGEST = 254
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST_LOCAL = 64


def parse(text: str) -> str:
    """The address with its domain in lower case and in ASCII (IDN as punycode).

    Raises:
        UsageError: it is not one address that can get mail (RFC 5321, without quoted local parts and IP addresses);
            the message never repeats it.
    """
    local, at, domain = text.strip().rpartition("@")
    ascii_domain = _ascii(domain)
    labels = ascii_domain.split(".")
    if (
        not at
        or len(local) > _LONGEST_LOCAL
        or not _LOCAL.fullmatch(local)
        or len(labels) < 2
        or labels[-1].isdigit()
        or not all(_LABEL.fullmatch(label) for label in labels)
        or len(local) + 1 + len(ascii_domain) > LONGEST
    ):
        raise UsageError(
            "Dat is geen e-mailadres waar wij naar kunnen schrijven.", hint="Geef één adres, zoals naam@voorbeeld.be."
        )
    return f"{local}@{ascii_domain}"


def _ascii(domain: str) -> str:
    """The domain in the form of the DNS; empty when it has none."""
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
