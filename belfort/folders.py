"""Folders that several processes use: one at a time by a lock, and durable by a sync."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from belfort.errors import Busy

_POLL = 0.05


@contextmanager
def lock(folder: Path, seconds: float, what: str) -> Iterator[None]:
    """Be the only process that works in the folder; waits for another one to finish. The lock ends with the process.

    Raises:
        Busy: another process is still at `what` (words for a person) after that many seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + seconds
    with (folder / "lock").open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Busy(f"Another process is {what}.", hint="Try again when it is done.") from None
                time.sleep(_POLL)
        yield


def sync(folder: Path) -> None:
    """Make names that were added to or replaced in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
