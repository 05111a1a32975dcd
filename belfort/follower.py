"""Follows the change log: keeps every projection up to the newest change, as long as the process runs.

Enters: open records. Leaves: nothing of its own; what a change means is findable seconds after it was stored, by
whichever process. A cheap look at `change.last_seq` says whether there is work. Two lanes, so that a release of the
dumps, which takes minutes, never keeps a besluit from being found: what readers wait for, and the rest, each of which
runs no more often than its pause. A projection that fails is logged and tried again later; the others go on.

`belfort project --follow` is this; `python -m belfort.follower` is the child of `belfort serve`, which ends with it.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from belfort import jobs, log
from belfort.errors import BelfortError, Busy
from belfort.folders import lock
from belfort.jobs import Context
from belfort.records import change
from belfort.records.database import read
from belfort.settings import load_settings

logger = log.get_logger("follower")

POLL_SECONDS = 0.5
URGENT = ("index", "alerts")
# Seconds from one run of a projection to its next: a snapshot of the store and a release of the dumps are whole copies.
PAUSES = {"index": 0.0, "alerts": 0.0, "sparql": 10.0, "feeds": 10.0, "dumps": 600.0}
PAUSE = 10.0
LONGEST_BACKOFF = 300.0
STOP_SECONDS = 5.0
WAIT_SECONDS = 2.0


@dataclass
class Track:
    """How far one projection is: the newest change it was run for, when it may run again, failures in a row."""

    name: str
    pause: float
    seen: int = -1
    due: float = 0.0
    failures: int = 0


@dataclass(frozen=True)
class Follower:
    """What the lanes share: how to look, how to run a projection, the time, and when to stop."""

    newest: Callable[[], int]
    run: Callable[[str], int]
    stop: threading.Event
    clock: Callable[[], float] = time.monotonic

    def bring_up(self, track: Track) -> None:
        """Run a projection if there is a change that it was not run for, and its pause is over."""
        if self.clock() < track.due:
            return
        try:
            newest = self.newest()
            if newest == track.seen:
                return
            done = self.run(track.name)
        except Exception as error:  # noqa: BLE001 - one broken projection must not stop the others
            self._failed(track, error)
        else:
            track.seen, track.failures = newest, 0
            track.due = self.clock() + track.pause
            logger.info("projected", projection=track.name, changes=done, newest=newest)

    def _failed(self, track: Track, error: Exception) -> None:
        track.failures += 1
        wait = min(2.0 ** min(track.failures, 10), LONGEST_BACKOFF)
        track.due = self.clock() + wait
        detail = error.detail if isinstance(error, BelfortError) else f"{type(error).__name__}: {error}"
        logger.error("projection failed", projection=track.name, error=detail, failures=track.failures, again_in=wait)

    def lane(self, tracks: Iterable[Track]) -> None:
        """Keep these projections up to date until it is time to stop."""
        mine = list(tracks)
        while not self.stop.is_set():
            for track in mine:
                if not self.stop.is_set():
                    self.bring_up(track)
            self.stop.wait(POLL_SECONDS)


def follow(context: Context, stop: threading.Event, *, wait: bool, started: Callable[[], None]) -> bool:
    """Follow until `stop` is set; whether everything that ran could end first (else it is replayed next time).

    There is one follower of a data folder. With `wait` it waits until another one is gone; `started` is called once
    it is the one.

    Raises:
        Busy: another process follows already, and this one is not to wait.
    """
    names = [stage.name for stage in jobs.TABLE if stage.kind == "projection"]
    tracks = [Track(name, PAUSES.get(name, PAUSE)) for name in names]
    follower = Follower(lambda: _newest(context), lambda name: jobs.project(context, only=name)[name], stop)
    with _only_one(context, stop, wait=wait):
        started()
        slow = threading.Thread(
            target=follower.lane, args=([one for one in tracks if one.name not in URGENT],), name="slow", daemon=True
        )
        slow.start()
        follower.lane(one for one in tracks if one.name in URGENT)
        slow.join(STOP_SECONDS)
    return not slow.is_alive()


@contextmanager
def _only_one(context: Context, stop: threading.Event, *, wait: bool) -> Iterator[None]:
    """Be the one that follows; when it is time to stop before that, there is nothing left to do."""
    with ExitStack() as held:
        while not stop.is_set():
            try:
                held.enter_context(lock(context.settings.follower, 0.0, "following the changes"))
                break
            except Busy:
                if not wait:
                    raise
                stop.wait(WAIT_SECONDS)
        yield


def _newest(context: Context) -> int:
    with read(context.engine) as connection:
        return change.last_seq(connection)


def stop_on_signals(stop: threading.Event) -> None:
    """Let SIGTERM and SIGINT end the following."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())


def end(clean: bool) -> None:
    """End the process: what still runs is cut off, as a power cut would; it is replayed by its cursor."""
    sys.stdout.flush()
    sys.stderr.flush()
    if not clean:
        os._exit(0)


def main() -> None:
    """Follow as the child of a server: end with it, or on SIGTERM."""
    settings = load_settings()
    log.configure(settings)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    threading.Thread(target=_end_with_parent, args=(stop,), daemon=True).start()
    os.nice(5)  # whoever asks the site for a page goes first
    try:
        context = jobs.open_context(settings)
        end(follow(context, stop, wait=True, started=_say_ready))
    except BelfortError as error:
        sys.stderr.write(f"belfort: {error.one_line()}\n")
        sys.exit(error.exit_code)


def _say_ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def _end_with_parent(stop: threading.Event) -> None:
    """Wait on the pipe that only the parent holds open; then stop, at once if that does not do."""
    while os.read(0, 1):
        pass
    stop.set()
    time.sleep(2 * STOP_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    main()
