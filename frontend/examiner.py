"""Reads the pages that visitors bring, one at a time, in a child process that can be killed."""

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from belfort.errors import Busy
from belfort.settings import Settings

if TYPE_CHECKING:
    from harvester.extract import Extraction
    from harvester.one_page import Found
    from harvester.page_view import Token
    from harvester.reading import Reader

# So many requests of one web process may be fetching, reading or waiting for it; who comes after hears so at once.
WAITING = 3


class Examiner:
    """The one reading process of this web process, and who may wait for it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(WAITING)
        self._reader: Reader | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold one of the few places.

        Raises:
            Busy: they are all taken.
        """
        if not self._waiting.acquire(blocking=False):
            raise Busy("Er worden al genoeg pagina's nagekeken.", hint="Probeer het zo meteen opnieuw.")
        try:
            yield
        finally:
            self._waiting.release()

    def read(self, found: "Found") -> "Extraction":
        """What the page says and lacks."""
        from harvester.reading import Reader

        with self._lock:
            if self._reader is None:
                self._reader = Reader(self._settings)
            return self._reader.read(found.content, found.url, found.content_type, judge="placed")

    def view(self, found: "Found", places: Collection[str]) -> "list[Token]":
        """The page for people, with these places marked."""
        with self._lock:
            if self._reader is None:  # it is there: the page was read before it is shown
                return []
            return self._reader.view(found.content, found.url, found.content_type, places)

    def close(self) -> None:
        """Stop the reading process."""
        with self._lock:
            if self._reader is not None:
                self._reader.close()
