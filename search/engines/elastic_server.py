"""The connection to Elasticsearch: short waits, errors a person understands, and no second wait for a dead server.

Enters: the settings. Leaves: answers, or `Busy` (the server does not answer or has too much to do), `Damaged` (an index
is gone) and `Refused` (it will not run that query). After a failure every request is refused at once for a moment; then
one of them first asks for a sign of life. So a dead server costs the site milliseconds, a frozen one a few seconds.

The client is 8.19, which speaks to servers 8 and 9. Addresses in messages have no credentials.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

import urllib3
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, HttpHeaders, TransportError, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, Elasticsearch, NotFoundError, UnsupportedProductError

from belfort.errors import BelfortError, Busy, Damaged, Refused, SettingsError
from belfort.settings import Settings

CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 5.0
SIGN_OF_LIFE_SECONDS = 0.5
REST_SECONDS = 2.0
"""After a failure: how long requests are refused without asking the server."""
_UNAVAILABLE = frozenset({429, 502, 503, 504})
_TOO_HEAVY = ("maxClauseCount", "too_many", "max_nested_depth", "nested_depth", "too many terms")

T = TypeVar("T")


class _Node(Urllib3HttpNode):
    """A node of which the connection must come quickly, however long the answer may take."""

    def perform_request(
        self, method: str, target: str, body: bytes | None = None, headers: HttpHeaders | None = None,
        request_timeout: Any = DEFAULT,
    ) -> Any:  # fmt: skip
        """One exchange."""
        seconds = self.config.request_timeout if request_timeout is DEFAULT else request_timeout
        waits: Any = urllib3.Timeout(connect=min(CONNECT_SECONDS, seconds or CONNECT_SECONDS), read=seconds)
        return super().perform_request(method, target, body, headers, waits)


def server(settings: Settings) -> "Server":
    """The cluster of these settings, one for all who ask in this process: what one learns of it helps the others.

    Raises:
        SettingsError: an address is none.
    """
    return _server(settings.elasticsearch, settings.elasticsearch_api_key.get_secret_value(), os.getpid())


@lru_cache(maxsize=16)
def _server(addresses: str, api_key: str, _process: int) -> "Server":
    """One for each process: connections do not survive a fork."""
    return Server([one.strip() for one in addresses.split(",") if one.strip()], api_key)


class Server:
    """A cluster; nothing is asked of it before the first question."""

    def __init__(self, addresses: list[str], api_key: str = "") -> None:
        self.name = ", ".join(_without_credentials(one) for one in addresses)
        self._client = _client(addresses, api_key)
        self._lock = threading.Lock()
        self._failure = ""
        self._rests_until = 0.0

    def ask(self, call: Callable[[Elasticsearch], T], seconds: float = ANSWER_SECONDS) -> T:
        """What the call gives, which gets a client that waits that long.

        Raises:
            Busy: the server does not answer, not now, or refuses who asks.
            Damaged: it does not know that index.
            Refused: the question is too heavy for it.
        """
        self._wait_or_refuse()
        try:
            answer = call(self._client.options(request_timeout=seconds))
        except ConnectionTimeout as error:
            self._look_for_life()
            raise Busy(
                f"De zoekserver deed er langer dan {seconds:.0f} seconden over.", hint="Vraag iets eenvoudigers."
            ) from error
        except NoConnection as error:
            raise self._failed(error) from error
        except (ApiError, TransportError, UnsupportedProductError) as error:
            self._lives()
            raise self._explained(error) from error
        self._lives()
        return answer

    def _wait_or_refuse(self) -> None:
        """Refuse at once while the server rests; the first after that asks for a sign of life."""
        with self._lock:
            if not self._failure:
                return
            if time.monotonic() < self._rests_until:
                raise self._unavailable(self._failure)
            self._rests_until = time.monotonic() + REST_SECONDS  # the others are refused meanwhile
        self._look_for_life()

    def _look_for_life(self) -> None:
        """Ask for a sign of life, so that one heavy question does not have the others refused.

        Raises:
            Busy: there is none.
        """
        try:
            self._client.options(request_timeout=SIGN_OF_LIFE_SECONDS).cluster.health(filter_path="status")
        except (NoConnection, ConnectionTimeout) as error:
            raise self._failed(error) from error
        except (ApiError, TransportError):
            pass  # it answers; what it says to the question itself counts
        self._lives()

    def _failed(self, error: TransportError) -> Busy:
        """Refuse questions for a moment; what to raise now."""
        reason = _reason(error)
        with self._lock:
            self._failure, self._rests_until = reason, time.monotonic() + REST_SECONDS
        return self._unavailable(reason)

    def _lives(self) -> None:
        if self._failure:
            with self._lock:
                self._failure = ""

    def _unavailable(self, reason: str) -> Busy:
        return Busy(
            f"De zoekserver antwoordt niet ({self.name}: {reason}).",
            hint="Probeer het straks opnieuw; `belfort search check` zegt wat er is.",
        )

    def _explained(self, error: Exception) -> BelfortError:
        status = error.meta.status if isinstance(error, ApiError) else 0
        said = _said(error)
        if isinstance(error, NotFoundError):
            return Damaged(
                f"De zoekindex is niet (meer) op de server ({said[:200]}).", hint="`belfort rebuild` maakt hem."
            )
        if status in (401, 403):
            return Busy(
                f"De zoekserver weigert wie vraagt ({status}).",
                hint="Kijk BELFORT_ELASTICSEARCH en BELFORT_ELASTICSEARCH_API_KEY na.",
            )
        if status in _UNAVAILABLE:
            return Busy(f"De zoekserver kan nu niet antwoorden ({status}).", hint="Probeer het straks opnieuw.")
        if any(mark in said for mark in _TOO_HEAVY):
            return Refused("De zoekvraag is te zwaar voor de zoekserver.", hint="Gebruik minder of langere woorden.")
        if isinstance(error, UnsupportedProductError):
            return Busy("De zoekserver is geen Elasticsearch.", hint="Kijk BELFORT_ELASTICSEARCH na.")
        return Damaged(f"De zoekserver begrijpt de vraag niet ({status}: {said[:300]}).", hint="`belfort search check`")


def _said(error: Exception) -> str:
    """The reasons that a server gave, the innermost too."""
    causes = error.body.get("error", {}) if isinstance(error, ApiError) and isinstance(error.body, dict) else {}
    found = causes.get("root_cause", []) if isinstance(causes, dict) else []
    reasons = [f"{one.get('type')}: {one.get('reason')}" for one in (*found, causes.get("caused_by") or {}) if one]
    return " ".join("; ".join([str(error), *reasons]).split())[:1000]


def _client(addresses: list[str], api_key: str) -> Elasticsearch:
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)  # each failure becomes an error of ours
    try:
        return Elasticsearch(
            addresses, api_key=api_key or None, node_class=_Node, request_timeout=ANSWER_SECONDS,
            connections_per_node=32, max_retries=len(addresses) - 1, retry_on_status=(502, 503, 504),
        )  # fmt: skip
    except ValueError:
        raise SettingsError(
            "BELFORT_ELASTICSEARCH: that is no address of a server.",
            hint="Write http://host:9200 or https://user:password@host:9200, several with commas between them.",
        ) from None


def _without_credentials(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")


def _reason(error: TransportError) -> str:
    """Why there is no connection, in few words: the innermost exception says it best."""
    if isinstance(error, ConnectionTimeout):
        return "geen antwoord op tijd"
    text = str(error.__cause__ or error)
    if "refused" in text:
        return "verbinding geweigerd"
    return " ".join(text.rpartition(": ")[2].split())[:120]
