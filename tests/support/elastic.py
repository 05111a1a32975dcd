"""A real Elasticsearch server for the tests, on 127.0.0.1, in a folder of its own, as a user that is not root.

The server is the bare distribution that Elasticsearch publishes for integration tests (`integ-test-zip` on Maven
Central): the real engine without its bundled Java and optional modules. Maven fetches it by its coordinates, so the
machine's own Maven settings (mirror, proxy) count; without Maven it is read from the repository that MAVEN_CENTRAL
names. Each archive is kept in the cache folder under its SHA-256, and one with another digest is refused.
"""

import contextlib
import ctypes
import hashlib
import json
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, Self

import pytest

from belfort.settings import Settings

_COORDINATES = ("org.elasticsearch.distribution.integ-test-zip", "elasticsearch")
_START_SECONDS = 180.0
_UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Release:
    """One version of the server: the digest of its archive, and the Java that it needs at least."""

    version: str
    sha256: str
    java: int


ELASTIC_8 = Release("8.19.21", "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a", 17)
ELASTIC_9 = Release("9.2.0", "bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b", 21)

SMALL = {"http.max_content_length": "2mb", "indexing_pressure.memory.limit": "1mb"}
"""Options of a server that often says 413 and 429: what works on it works on a larger one."""

# One process runs every test of Elasticsearch, so that a server is started once.
ELASTIC_SERVERS = [
    pytest.param("elastic_8", marks=pytest.mark.xdist_group("elastic")),
    pytest.param("elastic_9", marks=[pytest.mark.xdist_group("elastic"), pytest.mark.deep]),
]
"""The fixtures of `tests/conftest.py` that are servers, for `parametrize` and `params`."""


class Unavailable(Exception):
    """The server cannot be had on this machine; the message says what is missing."""


def find_java(minimum: int) -> Path:
    """The folder of a Java runtime of that version or newer, the oldest that will do.

    Raises:
        Unavailable: there is none.
    """
    homes = [Path(value) for name in ("ES_JAVA_HOME", "JAVA_HOME") if (value := os.environ.get(name))]
    if on_path := shutil.which("java"):
        homes.append(Path(on_path).resolve().parent.parent)
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    found = [(version, home) for home in homes if (version := _java_version(home)) >= minimum]
    if not found:
        raise Unavailable(f"Java {minimum} or newer (Debian package default-jre-headless)")
    return min(found, key=lambda pair: pair[0])[1].resolve()


def _java_version(home: Path) -> int:
    try:
        text = (home / "release").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', text, re.MULTILINE)
    return int(found[1]) if found and (home / "bin/java").exists() else 0


def archive(release: Release) -> Path:
    """The archive of that release, from the cache or fetched into it.

    Raises:
        Unavailable: it could not be fetched.
        ValueError: what came has another digest.
    """
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "belfort"
    kept = folder / f"{release.sha256}.zip"
    if kept.exists() and _sha256(kept) == release.sha256:
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        fetched = _fetch(release, Path(scratch))
        if (digest := _sha256(fetched)) != release.sha256:
            raise ValueError(f"the archive of Elasticsearch {release.version} has SHA-256 {digest}: it is not used")
        fetched.replace(kept)
    return kept


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fetch(release: Release, folder: Path) -> Path:
    group, name = _COORDINATES
    file = folder / f"{name}-{release.version}.zip"
    if maven := shutil.which("mvn"):
        artifact = f"-Dartifact={group}:{name}:{release.version}:zip"
        command = [maven, "-q", "-B", "dependency:copy", artifact, f"-DoutputDirectory={folder}"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600, cwd=folder)
        if not done.returncode and file.exists():
            return file
        first = next((line for line in done.stdout.splitlines() if "ERROR" in line), done.stderr)
        raise Unavailable(f"Elasticsearch {release.version} ({first[:300]})")
    if not (base := os.environ.get("MAVEN_CENTRAL", "").rstrip("/")):
        raise Unavailable(f"Elasticsearch {release.version} (Maven, or the variable MAVEN_CENTRAL with a repository)")
    address = f"{base}/{group.replace('.', '/')}/{name}/{release.version}/{file.name}"
    try:
        with urllib.request.urlopen(address, timeout=120) as answer, file.open("wb") as out:
            shutil.copyfileobj(answer, out)
    except OSError as error:
        raise Unavailable(f"Elasticsearch {release.version} ({address}: {error})") from None
    return file


class Elastic:
    """A running server; `with Elastic(release) as server` stops it and removes its folder.

    `options` are settings of the node (`http.max_content_length` = `1mb`).
    """

    def __init__(self, release: Release = ELASTIC_8, **options: str) -> None:
        self.release = release
        self.url = ""
        self._java = find_java(release.java)
        self._archive = archive(release)
        self._options = dict(options)
        self._user = pwd.getpwnam(_UNPRIVILEGED) if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="belfort-es-"))
        self._home = self._folder / f"elasticsearch-{release.version}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            with zipfile.ZipFile(self._archive) as packed:
                packed.extractall(self._folder)
            for program in (self._home / "bin").iterdir():
                program.chmod(0o755)
            (self._folder / "tmp").mkdir()
            self._own()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server on its folder, on a free port (later: the same), and wait until it answers."""
        (self._home / "logs/http.ports").unlink(missing_ok=True)
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "ES_JAVA_HOME": str(self._java),
            # The first compiler alone: a server that lives for some minutes starts in half the time.
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1",
            "CLI_JAVA_OPTS": "-XX:TieredStopAtLevel=1",
            "ES_TMPDIR": str(self._folder / "tmp"),
            "HOME": str(self._folder),
        }
        with (self._folder / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [str(self._home / "bin/elasticsearch"), *self._settings()],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment, cwd=self._folder,
                start_new_session=True, preexec_fn=_die_with_parent, **self._identity(),
            )  # fmt: skip
        self._wait(time.monotonic() + _START_SECONDS)

    def kill(self) -> None:
        """End the server at once, as a power cut would; its folder stays for another `start`."""
        process, self._process = self._process, None
        if process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self._wait_for_group(process.pid)

    def pause(self) -> None:
        """Freeze the server: it takes connections and answers nothing."""
        assert self._process
        os.killpg(self._process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen server go on."""
        assert self._process
        os.killpg(self._process.pid, signal.SIGCONT)

    def settings(self, folder: Path, **more: Any) -> Settings:
        """Settings on that data folder and an index of nobody else on this server."""
        given = {"data": folder, "log_level": "error", "elasticsearch_index": f"test-{secrets.token_hex(6)}", **more}
        return Settings(elasticsearch=self.url, **given)

    def ask(self, path: str, method: str = "GET", body: object = None) -> Any:
        """The answer of the server to one request, apart from any client."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def _settings(self) -> Iterator[str]:
        settings = {
            "discovery.type": "single-node",
            "network.host": "127.0.0.1",
            "http.port": "0",
            "transport.port": "0",
            "node.portsfile": "true",
            "path.data": str(self._folder / "data"),
            "path.logs": str(self._home / "logs"),
            "xpack.security.enabled": "false",
            "xpack.ml.enabled": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            **self._options,
        }
        for name, value in settings.items():
            yield from ("-E", f"{name}={value}")

    def _identity(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def _own(self) -> None:
        if self._user is None:
            return
        for path in (self._folder, *self._folder.rglob("*")):
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _wait(self, deadline: float) -> None:
        """Until the server has written where it listens, and says that it can be used."""
        ports = self._home / "logs/http.ports"
        while time.monotonic() < deadline:
            assert self._process
            if self._process.poll() is not None:
                self._failed("stopped while starting")
            with contextlib.suppress(OSError, IndexError):
                self.url = f"http://{ports.read_text('utf-8').split()[0]}"
                self._options["http.port"] = self.url.rpartition(":")[2]  # the same after another start
                if not self.ask("/_cluster/health?wait_for_status=yellow&timeout=30s")["timed_out"]:
                    return
            time.sleep(0.1)
        self._failed(f"did not answer within {_START_SECONDS:.0f} seconds")

    def _failed(self, what: str) -> NoReturn:
        log = (self._folder / "output").read_text("utf-8", "replace")[-3000:]
        raise RuntimeError(f"Elasticsearch {self.release.version} {what}:\n{log}")

    def _wait_for_group(self, group: int) -> None:
        """The launcher is our child, the server is its child: wait until no process of the group is left."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return
            time.sleep(0.02)


def _die_with_parent() -> None:
    """Have Linux end the server when the tests are killed: no fixture runs then."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
