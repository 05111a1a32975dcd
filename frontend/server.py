"""Serves the site: some waitress processes that share one listening socket, and one that follows the change log.

The parent opens the socket, so that a port in use is one clear error, and passes it to its children; it starts a
child again when it dies. A child holds the read end of a pipe whose write end only the parent has: when the parent is
gone, however it went, the pipe closes and the child ends.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Self

from pydantic import SecretStr

from belfort.errors import Busy, SettingsError
from belfort.log import get_logger
from belfort.records.database import open_database
from belfort.settings import Settings

log = get_logger("serve")

BACKLOG = 1024
START_SECONDS = 60.0
STOP_SECONDS = 10.0
# A child that dies sooner than this did not get started; after so many in a row there is no sense in going on.
SHORTEST_LIFE = 5.0
FAILURES = 5
FOLLOWER = -1
"""The number of the child that follows the change log, beside the web processes 0, 1, …"""


class Server:
    """The web processes of these settings: `start`, `stop`, or as a context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = threading.Event()
        self._failed = threading.Event()
        self._children: dict[int, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()
        self._watchers: list[threading.Thread] = []
        self._socket: socket.socket | None = None
        self._lifeline = (-1, -1)

    @property
    def port(self) -> int:
        """The port it listens on."""
        assert self._socket, "the server was not started"
        return int(self._socket.getsockname()[1])

    @property
    def pids(self) -> list[int]:
        """The process ids of its web processes now."""
        with self._lock:
            return [child.pid for number, child in self._children.items() if number != FOLLOWER]

    @property
    def follower(self) -> int:
        """The process id of the child that follows the change log, 0 when there is none now."""
        with self._lock:
            found = self._children.get(FOLLOWER)
        return found.pid if found else 0

    def start(self) -> Self:
        """Listen, start the children and wait until one of them answers.

        Raises:
            SettingsError: there are no records, the address cannot be used, or the children do not start.
            Busy: the port is in use.
        """
        open_database(self._settings, read_only=True).dispose()
        self._socket = listen(self._settings.host, self._settings.port)
        self._lifeline = os.pipe()
        ready = threading.Event()
        for number in range(self._settings.web_workers):
            watcher = threading.Thread(target=self._watch, args=(number, ready), name=f"web-{number}", daemon=True)
            self._watchers.append(watcher)
            watcher.start()
        deadline = time.monotonic() + START_SECONDS
        while not ready.wait(0.05) and not self._stopping.is_set():
            if self._failed.is_set() or time.monotonic() > deadline:
                self.stop()
                raise SettingsError("The web processes do not start.", hint="The lines above say why.")
        if self._settings.follow and not self._stopping.is_set():  # last: who asks for a page goes first
            follower = threading.Thread(
                target=self._watch, args=(FOLLOWER, threading.Event()), name="follower", daemon=True
            )
            self._watchers.append(follower)
            follower.start()
        return self

    def wait(self) -> None:
        """Block until it is stopped or cannot go on."""
        while not self._stopping.wait(0.5):
            if self._failed.is_set():
                self.stop()
                raise SettingsError("The web processes keep dying.", hint="The lines above say why.")

    def stop(self) -> None:
        """Let the children finish what they have, then end them; stopping twice does nothing."""
        self._stopping.set()
        with self._lock:
            children = list(self._children.values())
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        for watcher in self._watchers:
            watcher.join(STOP_SECONDS)
        with self._lock:
            stubborn = list(self._children.values())
        for child in stubborn:
            child.kill()
        for watcher in self._watchers:
            watcher.join(STOP_SECONDS)
        if self._socket:
            self._socket.close()
        for end in self._lifeline:
            if end >= 0:
                os.close(end)
        self._lifeline = (-1, -1)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _watch(self, number: int, ready: threading.Event) -> None:
        """Keep one child alive."""
        failures = 0
        while not self._stopping.is_set():
            began = time.monotonic()
            child = self._follow() if number == FOLLOWER else self._spawn()
            with self._lock:
                self._children[number] = child
            if self._stopping.is_set():
                child.terminate()
            with child:
                assert child.stdout
                if child.stdout.readline() == b"ready\n":
                    ready.set()
                code = child.wait()
            with self._lock:
                self._children.pop(number, None)
            if self._stopping.is_set():
                return
            failures = failures + 1 if time.monotonic() - began < SHORTEST_LIFE else 0
            log.error("child process died", child=_name(number), code=code, failures=failures)
            if failures >= FAILURES and number != FOLLOWER:
                self._failed.set()
                return
            # What follows may lack something that comes back, such as a database: the site goes on without it.
            self._stopping.wait(min(0.1 * 2 ** min(failures, 10), 30.0 if number == FOLLOWER else 5.0))

    def _spawn(self) -> subprocess.Popen[bytes]:
        assert self._socket
        number = self._socket.fileno()
        return subprocess.Popen(
            [sys.executable, "-m", "frontend.child", str(number)],
            stdin=self._lifeline[0],
            stdout=subprocess.PIPE,
            pass_fds=[number],
            env={**os.environ, **_environment(self._settings)},
        )

    def _follow(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "belfort.follower"],
            stdin=self._lifeline[0],
            stdout=subprocess.PIPE,
            env={**os.environ, **_environment(self._settings)},
        )


def _name(number: int) -> str:
    return "follower" if number == FOLLOWER else f"web-{number}"


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on that address; port 0 takes a free one.

    Raises:
        Busy: the port is in use.
        SettingsError: the address is not one of this machine, or may not be used.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise SettingsError(f"BELFORT_HOST={host}: no such address.", hint="Use 127.0.0.1 or 0.0.0.0.") from None
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(BACKLOG)
    except OSError as error:
        opened.close()
        if error.errno in (98, 48):  # EADDRINUSE on Linux and macOS
            raise Busy(
                f"Port {port} on {host} is in use.",
                hint="Stop the other program, or choose another with --port or BELFORT_PORT.",
            ) from None
        raise SettingsError(f"Cannot listen on {host}:{port}: {error.strerror}.", hint="Check host and port.") from None
    opened.setblocking(False)
    opened.set_inheritable(True)
    return opened


def serve(settings: Settings, started: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; `started` is called once the site answers."""
    server = Server(settings)

    def stop(_number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.stop).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)  # first: a child may answer before `start` is back
    server.start()
    started()
    server.wait()
    for watcher in threading.enumerate():
        if watcher is not threading.current_thread() and not watcher.daemon:
            watcher.join()


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as the variables from which a child reads them back."""
    found = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            value = value.get_secret_value()
        found[f"BELFORT_{name.upper()}"] = ",".join(value) if isinstance(value, tuple) else str(value)
    found["BELFORT_DATA"] = str(settings.data.resolve())
    if settings.smtp:
        found["BELFORT_SMTP"] = "smtp://elsewhere"  # no child sends mail: it need not have the password
    return found
