"""What a site's robots.txt allows (RFC 9309), with the rule that an error of the server means: wait."""

from collections.abc import Callable

from protego import Protego

from belfort.errors import BelfortError, FetchError
from belfort.http import Response

AGENT = "Belfort"
LONGEST_DELAY = 30.0
_SIZE = 512 * 2**10
# The server was not reached, or said that it cannot answer now: everything is forbidden until it can.
_WAIT_STATUS = frozenset((429, *range(500, 600)))
# It answered with something that is no robots.txt: as if there were none.
_ABSENT = frozenset(("redirect_loop", "too_large"))

Fetch = Callable[[str], Response]


class Robots:
    """The rules of each site that the crawl meets, each asked for once."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._rules: dict[str, Protego] = {}

    def allows(self, url: str) -> bool:
        """Whether the site lets us fetch that address.

        Raises:
            FetchError: the site cannot be reached (the client's reason) or asks us to wait (reason `robots`).
            Refused: the guard forbids the site.
        """
        return bool(self._of(url).can_fetch(url, AGENT))

    def delay(self, url: str) -> float:
        """The seconds that the site wants between two requests, never more than `LONGEST_DELAY`."""
        return min(float(self._of(url).crawl_delay(AGENT) or 0), LONGEST_DELAY)

    def _of(self, url: str) -> Protego:
        scheme, _, rest = url.partition("://")
        site = f"{scheme}://{rest.partition('/')[0]}"
        if site not in self._rules:
            self._rules[site] = Protego.parse(self._text(f"{site}/robots.txt"))
        return self._rules[site]

    def _text(self, url: str) -> str:
        try:
            answer = self._fetch(url)
        except BelfortError as error:
            if error.facts.get("reason") in _ABSENT:
                return ""
            raise
        if answer.status in _WAIT_STATUS:
            raise FetchError(
                f"{url} answers {answer.status}: the site cannot say what may be fetched, so nothing is.",
                hint="Harvest again later.",
                reason="robots",
            )
        return answer.body[:_SIZE].decode("utf-8", "replace") if answer.status == 200 else ""
