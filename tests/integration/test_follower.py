"""The follower with real processes: what one process stores is found on a site that runs, within ten seconds."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from belfort.acceptance import withdraw
from belfort.errors import Busy
from belfort.folders import lock
from belfort.jobs import Context, open_context
from belfort.settings import Settings
from frontend.server import Server
from tests.support import municipality
from tests.support.command import belfort
from tests.support.records import say

PAGE = Path(__file__).parents[1] / "fixtures" / "pages" / "besluitenlijst.html"


def until(what: Callable[[], object], seconds: float) -> float:
    """Wait until a condition holds, or fail; how long that took."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """`belfort serve` on a folder with some records, of which nothing was projected."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    settings = Settings(data=tmp_path / "data", port=port, web_workers=1, log_level="error")
    context = open_context(settings)
    municipality.publish(context)
    context.engine.dispose()
    with Server(settings) as server:
        yield server, settings.data


def found(server: Server, word: str) -> int:
    """How many hits the running site has for a word; none before there is an index."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/zoeken.json?q={word}", timeout=20) as answer:
            return int(json.loads(answer.read())["total"])
    except urllib.error.HTTPError as error:
        with error:
            if error.code == 503:
                return 0
        raise


def test_what_another_process_stores_is_found_within_ten_seconds(site: tuple[Server, Path]) -> None:
    """At the start all is brought up to date; then a page that is only processed is found soon, and gone soon."""
    server, data = site
    until(lambda: found(server, "leegstand"), 30.0)
    assert not found(server, "kerkstraat")
    done = belfort("process", PAGE, "--base-url", "https://other.example/lijst", "--no-project", data=data)
    assert done.code == 0, done.err
    until(lambda: found(server, "kerkstraat"), 10.0)
    with open_records(data) as context:
        withdraw(context, "https://other.example/lijst", "test")
    until(lambda: not found(server, "kerkstraat"), 10.0)


def test_a_follower_that_dies_is_started_again(site: tuple[Server, Path]) -> None:
    """The site answers meanwhile, and what was stored while nobody followed is taken in."""
    server, data = site
    first = until_follower(server)
    os.kill(first, signal.SIGKILL)
    with open_records(data) as context:
        say(context, "https://raad.example/9", municipality.decision("9", "Zwevende bibliotheek", sitting="april"))
    until(lambda: server.follower not in (0, first), 15.0)
    until(lambda: found(server, "bibliotheek"), 20.0)
    assert len(server.pids) == 1


def test_it_ends_with_its_server(site: tuple[Server, Path]) -> None:
    """After stop no follower runs and another may begin."""
    server, data = site
    pid = until_follower(server)
    server.stop()
    assert not Path(f"/proc/{pid}").exists()
    with lock(data / "follower", 0.0, "following"):
        pass


def test_one_follows_at_a_time_and_stops_on_sigterm(tmp_path: Path) -> None:
    """`belfort project --follow` refuses beside another, projects all that is there, and ends with exit code 0."""
    data = tmp_path / "data"
    with open_records(data) as context:
        municipality.publish(context)
    command = [sys.executable, "-c", "from belfort.cli import main; main()", "project", "--follow"]
    environment = {**os.environ, "BELFORT_DATA": str(data), "BELFORT_LOG_LEVEL": "error"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr
            assert "Following" in running.stderr.readline()
            refused = belfort("project", "--follow", data=data)
            assert (refused.code, "Another process is following" in refused.err) == (Busy.exit_code, True)
            made = ["index", "sparql", "feeds/feeds.sqlite", "dumps/latest"]
            until(lambda: all((data / name).exists() for name in made), 60.0)
        finally:
            running.terminate()
        assert running.wait(30) == 0
        assert "Traceback" not in running.stderr.read()


def test_only_and_follow_do_not_go_together(tmp_path: Path) -> None:
    """A follower brings all up to date."""
    done = belfort("project", "--follow", "--only", "index", data=tmp_path / "data")
    assert done.code == 2
    assert "--only" in done.err


def test_a_site_need_not_follow(tmp_path: Path) -> None:
    """With BELFORT_FOLLOW=false there is no such process."""
    data = tmp_path / "data"
    with open_records(data):
        pass
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with Server(Settings(data=data, port=port, web_workers=1, follow=False, log_level="error")) as server:
        assert server.follower == 0
        assert not (data / "follower").exists()


def until_follower(server: Server) -> int:
    """The process id of the follower, once there is one."""
    until(lambda: server.follower, 15.0)
    return server.follower


class open_records:  # noqa: N801 - reads as a verb
    """The records of a folder, closed again."""

    def __init__(self, data: Path) -> None:
        self._context = open_context(Settings(data=data, log_level="error"))

    def __enter__(self) -> Context:
        return self._context

    def __exit__(self, *_: object) -> None:
        self._context.engine.dispose()
