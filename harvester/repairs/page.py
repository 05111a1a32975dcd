"""What a rule may know of the page beside the value it looks at."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from harvester.rdfa import iri

_WRITTEN = re.compile(rb"(https?)://([a-z0-9.\-]+)")


@dataclass(frozen=True)
class Nested:
    """A typed entity of the page and the typed entities whose elements it stands in, the nearest first."""

    entity: str
    around: list[str]


@dataclass(frozen=True)
class Page:
    """The page at hand: its address without fragment, its bytes, how its typed elements are nested, and its base."""

    address: str = ""
    content: bytes = b""
    nesting: Callable[[], list[Nested]] = field(default=list)
    base: str = ""

    @cached_property
    def host(self) -> str:
        """The host of the address in lower case, with its port if it has one."""
        return (iri.split(self.address).authority or "").rpartition("@")[2].lower()

    @cached_property
    def scheme(self) -> str:
        """`http` or `https`."""
        return iri.split(self.address).scheme or "https"

    @cached_property
    def _schemes(self) -> dict[str, str]:
        """Host → the scheme that the page writes before it, https rather than http."""
        found = {(scheme, host) for scheme, host in _WRITTEN.findall(self.content.lower())}
        return {host.decode(): scheme.decode() for scheme, host in sorted(found)}

    def scheme_of(self, host: str) -> str:
        """The scheme under which the page itself writes addresses on that host, or ""."""
        name = host.lower()
        return self.scheme if name == self.host else self._schemes.get(name, "")
