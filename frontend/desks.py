"""What the routes read from, held by the application: the records, the search index, the SPARQL workers.

The index and the workers open when they are first asked, so that a page of the records never waits for them.
"""

import threading
from functools import cached_property
from typing import TYPE_CHECKING, cast

import sqlalchemy as sa
from flask import current_app

from belfort.records.database import open_database
from belfort.settings import Settings
from frontend.examiner import Examiner

if TYPE_CHECKING:
    from publisher.sparql.pool import Pool
    from search.alerts.subscribe import Alerts
    from search.searcher import Searcher


class Desks:
    """Everything that one web process reads from."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine: sa.Engine = open_database(settings, read_only=True)
        self.examiner = Examiner(settings)
        self._lock = threading.Lock()

    @cached_property
    def _searcher(self) -> "Searcher":
        from search.searcher import Searcher

        return Searcher(self.settings)

    @cached_property
    def _pool(self) -> "Pool":
        from publisher.sparql.pool import Pool

        return Pool(self.settings)

    @cached_property
    def _alerts(self) -> "Alerts":
        from search.alerts.subscribe import Alerts

        return Alerts(self.settings)

    @property
    def alerts(self) -> "Alerts":
        """The alerts of visitors: the one thing that a web process writes."""
        with self._lock:
            return self._alerts

    @property
    def search(self) -> "Searcher":
        """The search index, for reading."""
        with self._lock:
            return self._searcher

    @property
    def sparql(self) -> "Pool":
        """The SPARQL workers."""
        with self._lock:
            return self._pool

    def close(self) -> None:
        """Stop the SPARQL workers and the reading process, and close the database."""
        with self._lock:
            if "_pool" in self.__dict__:
                self._pool.close()
            if "_alerts" in self.__dict__:
                self._alerts.close()
        self.examiner.close()
        self.engine.dispose()


def desks() -> Desks:
    """The desks of the application that answers this request."""
    return cast("Desks", current_app.extensions["belfort"])
