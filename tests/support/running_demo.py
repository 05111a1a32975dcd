"""The real `make demo`, in a data folder and on ports of its own."""

import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parent.parent.parent
READY = "Belfort is ready"


@dataclass(frozen=True)
class Response:
    """What one request got: status, headers (names in lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningDemo:
    """`make demo` as a process group: started on entry, ready when it says so, gone on exit."""

    def __init__(self, data: Path, **settings: object) -> None:
        self.data = data
        self.port, self.demo_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        self.seconds = 0.0
        self.peak = 0
        self.settings = {"port": self.port, "demo_port": self.demo_port, "log_level": "warning", **settings}

    def __enter__(self) -> Self:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BELFORT_")}
        environment |= {f"BELFORT_{name.upper()}": str(value) for name, value in self.settings.items()}
        environment["BELFORT_DATA"] = str(self.data)
        started = time.monotonic()
        self._process = subprocess.Popen(
            ["make", "demo"], cwd=ROOT, env=environment, start_new_session=True, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        ready = threading.Event()
        threading.Thread(target=self._listen, args=(ready,), daemon=True).start()
        while not ready.wait(0.5):
            self.peak = max(self.peak, self.resident())
            if self._process.poll() is not None or time.monotonic() - started > 400:
                self.__exit__()
                raise AssertionError("make demo did not come up:\n" + "".join(self.lines))
        self.seconds = time.monotonic() - started
        return self

    def _listen(self, ready: threading.Event) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.lines.append(line)
            if line.startswith(READY):
                ready.set()

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def resident(self) -> int:
        """Resident bytes of all its processes together (shared pages counted in each)."""
        total = 0
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
                if int(fields[3]) == self._process.pid:  # the session it was started in
                    total += int(fields[21]) * os.sysconf("SC_PAGESIZE")
            except (OSError, IndexError, ValueError):
                continue
        return total

    def get(self, path: str, *, accept: str = "", data: bytes | None = None, **headers: str) -> Response:
        """Ask the site for a path; redirects are not followed, errors are answers."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            self.url + path, data=data, headers=given | ({"Accept": accept} if accept else {})
        )
        try:
            with _OPENER.open(request, timeout=60) as answer:
                return Response(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Response(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
