"""Which addresses may be reached: pure functions over names, ports and IP addresses.

The check is on the address that the socket will connect to, so it does not matter how it was written (decimal,
hexadecimal, a name that resolves to it, a redirect): all of these end here.
"""

import ipaddress
from dataclasses import dataclass

import httpx2

from belfort.errors import Refused, UsageError

SCHEMES = {"http": 80, "https": 443}
PORTS = frozenset(SCHEMES.values())

_IPv4 = ipaddress.IPv4Network
_IPv6 = ipaddress.IPv6Network

# Python's `is_global` differs between versions; these are not public in any of them (IANA special-purpose registries).
_NOT_PUBLIC_4 = tuple(
    map(
        _IPv4,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
# Only 2000::/3 is handed out. Inside it: protocol assignments (Teredo), documentation and 6to4 are not public.
_PUBLIC_6 = _IPv6("2000::/3")
_NOT_PUBLIC_6 = tuple(map(_IPv6, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_NAT64 = _IPv6("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether that IP address belongs to the public internet; anything unknown does not.

    An IPv4 address inside an IPv6 one (mapped, NAT64) is judged as what it is; 6to4 and Teredo are refused whole.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return parsed.is_global and not any(parsed in network for network in _NOT_PUBLIC_4)
    inner = parsed.ipv4_mapped
    if inner is None and parsed in _NAT64:
        inner = ipaddress.IPv4Address(int(parsed) & 0xFFFF_FFFF)
    if inner is not None:
        return is_public(str(inner))
    return parsed in _PUBLIC_6 and parsed.is_global and not any(parsed in network for network in _NOT_PUBLIC_6)


@dataclass(frozen=True)
class Allowed:
    """The host:port pairs that may be reached whatever their address and port."""

    pairs: frozenset[tuple[str, int]]

    def has(self, host: str, port: int) -> bool:
        """Whether an operator trusts that host and port."""
        return (host.lower().rstrip("."), port) in self.pairs


def read_allowed(*texts: str) -> Allowed:
    """Read host:port pairs, each text one pair or several with commas; IPv6 addresses stand in brackets.

    Raises:
        UsageError: a text is no host:port.
    """
    pairs = set()
    for part in (part.strip() for text in texts for part in text.split(",")):
        if not part:
            continue
        host, _, port = part.rpartition(":")
        if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise UsageError(f"{part!r} is not host:port.", hint="Write for example intranet.example.org:8443.")
        pairs.add((host.strip("[]").lower().rstrip("."), int(port)))
    return Allowed(frozenset(pairs))


def read_url(text: str, allowed: Allowed) -> httpx2.URL:
    """The address without credentials and fragment, when its scheme and port may be used.

    Raises:
        Refused: reason `scheme` (not http or https, or no address at all) or `blocked_port`.
    """
    try:
        url = httpx2.URL(text.strip())
        host, port = url.host, url.port
    except (httpx2.InvalidURL, ValueError, TypeError):
        raise Refused(
            f"{_shown(text)} is not a web address.", hint="Give it as https://host/path.", reason="scheme"
        ) from None
    if url.scheme not in SCHEMES or not host:
        raise Refused(
            f"{_shown(text)}: only http and https addresses are fetched.",
            hint="Give it as https://host/path.",
            reason="scheme",
        )
    port = port or SCHEMES[url.scheme]
    if port not in PORTS and not allowed.has(host, port):
        raise Refused(
            f"Port {port} of {host} is not fetched.",
            hint=f"If you trust it, add {host}:{port} to BELFORT_HTTP_ALLOW or to the source.",
            reason="blocked_port",
        )
    return url.copy_with(userinfo=b"", fragment=None)


def _shown(text: str) -> str:
    """The address for a message: short, on one line, without credentials."""
    head, slashes, rest = text.partition("//")
    name, slash, path = rest.partition("/")
    return repr((head + slashes + name.rpartition("@")[2] + slash + path)[:120])
