"""What pages cost to make is paid once: results are kept until the records change or the day does.

A page depends on the records, on the day it is, and on its address; `version` says the first two. Everything kept
belongs to one version and goes with it, the oldest first when there is more than `LIMIT` weighs.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from flask import current_app

from belfort.records.ledger import ledger
from frontend.site import dates

LIMIT = 32 * 2**20
ROW = 600  # bytes that one row of a list weighs, about
T = TypeVar("T")
Version = tuple[int, str]


class Memory:
    """Results by key, of one version at a time; safe for threads."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._version: Version | None = None
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._weight = 0

    def get(self, key: Hashable, version: Version, make: Callable[[], T]) -> T:
        """The result kept under that key, or a new one."""
        with self._lock:
            if version == self._version and key in self._kept:
                self._kept.move_to_end(key)
                return cast("T", self._kept[key][0])
        made = make()
        weight = len(made) if isinstance(made, str) else ROW * (len(made) if isinstance(made, list | tuple) else 1)
        with self._lock:
            if version != self._version:
                self._version, self._weight = version, 0
                self._kept.clear()
            if key not in self._kept and weight <= self._limit:
                self._kept[key] = (made, weight)
                self._weight += weight
            while self._weight > self._limit:
                self._weight -= self._kept.popitem(last=False)[1][1]
        return made


def memory() -> Memory:
    """The memory of the application that answers this request."""
    return cast("Memory", current_app.extensions.setdefault("belfort-memory", Memory()))


def version_of(connection: sa.Connection) -> Version:
    """What every page depends on: the newest entry of the ledger, and the day."""
    tip = connection.execute(sa.select(sa.func.max(ledger.c.seq))).scalar_one_or_none()
    return tip or 0, dates.today().isoformat()
