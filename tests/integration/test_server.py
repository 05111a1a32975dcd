"""The real server: processes that share a socket, restart, end with their parent, and never load the engine."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from belfort.errors import Busy, SettingsError
from belfort.jobs import open_context, project
from belfort.settings import Settings
from belfort.vocab import mu_uuid
from frontend.server import Server
from tests.support import site_data

HERE = f"/besluiten/{mu_uuid(site_data.BESLUIT_IRI)}"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str, accept: str = "*/*") -> tuple[int, bytes]:
    """Status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Accept": accept})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small data set and everything derived from it."""
    data = tmp_path_factory.mktemp("server") / "data"
    context = open_context(Settings(data=data, log_level="error"))
    site_data.fill(context)
    project(context)
    context.engine.dispose()
    return data


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """A running server on a free port."""
    with Server(Settings(data=folder, port=free_port(), follow=False, log_level="error")) as running:
        yield running


def until(what: object, seconds: float = 15.0) -> None:
    """Wait until a condition holds, or fail."""
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_serves_pages_data_search_and_sparql(server: Server) -> None:
    """A page, its data, a search and a query all answer over HTTP."""
    query = "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"

    assert [get(server.port, path)[0] for path in ("/", HERE, HERE + ".jsonld", "/zoeken?q=fiets*", query)] == [200] * 5
    assert json.loads(get(server.port, HERE, "application/ld+json")[1])["@id"] == site_data.BESLUIT_IRI
    assert len(server.pids) == 2


def test_dead_process_is_replaced(server: Server) -> None:
    """A process that is killed is started again, and meanwhile the other answers."""
    before = set(server.pids)
    os.kill(min(before), signal.SIGKILL)

    assert get(server.port, "/healthz")[0] == 200
    until(lambda: len(server.pids) == 2 and set(server.pids) != before)
    assert get(server.port, HERE)[0] == 200


def test_port_in_use_is_busy(server: Server, folder: Path) -> None:
    """A second server on the same port is one clear error."""
    with pytest.raises(Busy, match=f"Port {server.port} "):
        Server(Settings(data=folder, port=server.port)).start()


def test_stop_ends_every_process_and_frees_the_port(folder: Path) -> None:
    """After stop nothing runs and the port can be taken again."""
    port = free_port()
    server = Server(Settings(data=folder, port=port)).start()
    pids = server.pids
    server.stop()
    server.stop()

    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def run(folder: Path, port: int, *options: str) -> subprocess.Popen[str]:
    """`belfort serve` as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from belfort.cli import main; main()", "serve",
         "--port", str(port), *options],
        env={**os.environ, "BELFORT_DATA": str(folder)}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def children_of(pid: int) -> list[int]:
    """The child processes of a process."""
    return [
        int(text) for task in Path(f"/proc/{pid}/task").iterdir() for text in (task / "children").read_text().split()
    ]


def answers(port: int) -> bool:
    """Whether somebody answers on that port."""
    try:
        return get(port, "/healthz")[0] == 200
    except OSError:
        return False


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_command_serves_and_stops_on_sigterm(folder: Path) -> None:
    """`belfort serve` says where it is and stops cleanly when asked."""
    port = free_port()
    with run(folder, port) as process:
        until(lambda: answers(port), 60.0)
        process.terminate()
        _, said = process.communicate(timeout=20)

    assert (process.returncode, f"http://localhost:{port}" in said) == (0, True)
    assert "Traceback" not in said


def test_children_end_when_the_parent_is_killed(folder: Path) -> None:
    """SIGKILL of the parent leaves no process behind."""
    port = free_port()
    with run(folder, port) as process:
        until(lambda: answers(port), 60.0)
        pids = children_of(process.pid)
        process.kill()
        process.communicate(timeout=20)
        until(lambda: not any(alive(pid) for pid in pids))

    assert len(pids) in (2, 3)  # the one that follows starts last


@pytest.mark.parametrize("case", ["port in use", "no records"])
def test_command_fails_in_one_line(folder: Path, tmp_path: Path, case: str) -> None:
    """A port in use is exit 8, a folder without records exit 2; one line, no traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1] if case == "port in use" else free_port()
        with run(folder if case == "port in use" else tmp_path / "none", port) as process:
            _, said = process.communicate(timeout=30)

    lines = [line for line in said.splitlines() if line.startswith("belfort:")]
    assert (process.returncode, len(lines)) == (8 if case == "port in use" else 2, 1)
    assert "Traceback" not in said
    assert not (tmp_path / "none").exists()


def test_address_that_cannot_be_is_a_settings_error(folder: Path) -> None:
    """A host that is not of this machine is named."""
    with pytest.raises(SettingsError, match=r"203\.0\.113\.9"):
        Server(Settings(data=folder, port=free_port(), host="203.0.113.9")).start()


PROBE = """
import sys
from pathlib import Path
from belfort.settings import Settings
from frontend.app import create_app
app = create_app(Settings(data=Path(sys.argv[1]), log_level="error"))
client = app.test_client()
for path in sys.argv[2:]:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, (path, answer.status_code)
loaded = sorted({name.partition(".")[0] for name in sys.modules} & {"pyoxigraph", "rdflib", "scrapy", "lxml"})
app.extensions["belfort"].close()
print(",".join(loaded))
"""


def test_web_process_never_loads_the_engine(folder: Path) -> None:
    """After serving pages, data, a search and a SPARQL query, pyoxigraph is not in the process."""
    paths = ["/", "/besturen", "/besturen/waterdorp", HERE, HERE + ".jsonld", HERE + ".nq", "/zoeken?q=fietsstraat",
             "/sparql", "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D&format=json", "/datasets"]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(folder), *paths], capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout == "\n"


def test_web_process_opens_nothing_private(folder: Path) -> None:
    """With the private folder out of reach every kind of page still answers."""
    private, hidden = folder / "private", folder.parent / "hidden"
    private.rename(hidden)
    try:
        paths = ["/", "/besturen/waterdorp", HERE, HERE + ".nq", "/zoeken?q=fietsstraat", "/datasets"]
        subprocess.run([sys.executable, "-c", PROBE, str(folder), *paths], timeout=60, check=True, capture_output=True)
    finally:
        hidden.rename(private)
