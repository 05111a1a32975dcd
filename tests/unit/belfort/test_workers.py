"""Workers: whatever a child does, its parent gets an answer or an error in time, and the next call works."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from belfort import workers
from belfort.errors import DeadlineExceeded
from belfort.workers import Worker, WorkerCrashed

TARGET = "tests.support.worker_targets:serve"
MEMORY = 256 * 2**20
ROOT = Path(__file__).parents[3]


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(TARGET, ["one", "two"], memory=MEMORY)
    yield made
    made.kill()


def _gone(pid: int, seconds: float = 10) -> bool:
    """Whether the process ends within the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.01)
    return False


def _works(worker: Worker) -> bool:
    return worker.call({"do": "echo", "tag": "after"}, b"body", seconds=20)[1] == b"body"


def test_a_call_is_answered_by_one_child(worker: Worker) -> None:
    """The child gets its arguments, and serves call after call."""
    assert worker.call({}, b"\0\xff", seconds=20) == ({"arguments": ["one", "two"]}, b"\0\xff")
    first, second = (worker.call({"do": "echo"}, seconds=20)[0]["pid"] for _ in range(2))
    assert first == second == worker.pid != os.getpid()


def test_big_bodies(worker: Worker) -> None:
    """A body larger than any pipe goes there and back unharmed, and so does an empty one."""
    body = os.urandom(1 << 20) * 12
    assert worker.call({"do": "echo"}, body, seconds=30)[1] == body
    assert worker.call({"do": "echo"}, b"", seconds=20)[1] == b""


@pytest.mark.parametrize("deed", ["hang", "spin"])
def test_a_deadline_kills(worker: Worker, deed: str) -> None:
    """A child that waits or computes forever is gone soon after its time, and another serves the next call."""
    worker.call({"do": "echo"}, seconds=20)
    pid = worker.pid
    assert pid
    began = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        worker.call({"do": deed}, seconds=0.2)
    assert time.monotonic() - began < 5
    assert worker.pid is None
    assert _gone(pid)
    assert _works(worker)


def test_a_deadline_holds_while_sending(worker: Worker) -> None:
    """A child that does not read its input cannot hold its parent either."""
    worker.call({"do": "echo"}, seconds=20)
    assert worker.pid
    os.kill(worker.pid, signal.SIGSTOP)
    with pytest.raises(DeadlineExceeded):
        worker.call({"do": "echo"}, b"x" * (1 << 22), seconds=0.2)
    assert _works(worker)


def test_growing_beyond_its_memory_kills(worker: Worker) -> None:
    """A child that eats memory is stopped at its limit, not at that of the machine."""
    with pytest.raises(WorkerCrashed, match="geheugen"):
        worker.call({"do": "eat"}, seconds=30)
    assert _works(worker)


def test_an_address_space_limit_is_the_childs_own() -> None:
    """A child with an address space limit gets no more than that, and dies of it."""
    worker = Worker(TARGET, memory=8 * 2**30, address_space=MEMORY)
    with pytest.raises(WorkerCrashed):
        worker.call({"do": "eat"}, seconds=30)
    assert _works(worker)
    worker.kill()


@pytest.mark.parametrize("deed", ["raise", "quit", "segfault"])
def test_a_crash_is_an_error_and_the_next_call_works(
    worker: Worker, deed: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """An exception, an exit or a segmentation fault of the child is one clear error in the parent."""
    with pytest.raises(WorkerCrashed) as caught:
        worker.call({"do": deed}, seconds=30)
    assert caught.value.exit_code == 9
    assert _works(worker)


def test_a_child_killed_between_calls_is_replaced(worker: Worker) -> None:
    """A child that the system killed while idle costs nothing: the next call starts another."""
    worker.call({"do": "echo"}, seconds=20)
    assert worker.pid
    os.kill(worker.pid, signal.SIGKILL)
    with contextlib.suppress(WorkerCrashed):
        worker.call({"do": "echo"}, seconds=20)
    assert _works(worker)


def test_interrupt_from_another_thread(worker: Worker) -> None:
    """A call in progress ends at once when another thread interrupts it."""
    worker.call({"do": "echo"}, seconds=20)
    timer = threading.Timer(0.1, worker.interrupt)
    timer.start()
    with pytest.raises(WorkerCrashed):
        worker.call({"do": "hang"}, seconds=30)
    timer.join()
    assert _works(worker)


def test_what_a_library_prints_is_no_answer(worker: Worker, capfd: pytest.CaptureFixture[str]) -> None:
    """Noise on standard output goes to standard error, and the answer arrives whole."""
    assert worker.call({"do": "print"}, seconds=20) == ({"done": True}, b"")
    assert "noise" in capfd.readouterr().err


@pytest.mark.parametrize("what", ["pickle", "not json", "not an object", "not utf-8", "deep", "huge", "short"])
def test_hostile_answers(worker: Worker, what: str, tmp_path: Path) -> None:
    """A taken-over child can say what it likes: nothing is unpickled or kept, and the parent gets an error."""
    target = tmp_path / "mischief"
    with pytest.raises(WorkerCrashed):
        worker.call({"do": "hostile", "what": what, "target": str(target)}, seconds=20)
    assert not target.exists()
    assert worker.pid is None
    assert _works(worker)


def test_an_answer_never_goes_to_another_question(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the caller is interrupted while it waits, the late answer is not taken for that of the next call."""

    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Worker, "_check", interrupted)
        with pytest.raises(KeyboardInterrupt):
            worker.call({"do": "echo", "tag": "first"}, seconds=20)
    assert worker.call({"do": "echo", "tag": "second"}, seconds=20)[0]["tag"] == "second"


@pytest.mark.skipif(os.uname().machine not in workers._CALLS, reason="seccomp numbers of this machine are not known")
def test_no_network(worker: Worker) -> None:
    """A child makes no inet socket, and neither does what it starts; with `network` it may."""
    said = worker.call({"do": "connect"}, seconds=30)[0]
    assert said == {"AF_INET": "PermissionError", "AF_INET6": "PermissionError", "AF_UNIX": "made", "grandchild": "1"}
    online = Worker(TARGET, memory=MEMORY, network=True)
    assert online.call({"do": "connect"}, seconds=30)[0]["AF_INET"] == "made"
    online.kill()


def test_no_core_dump(worker: Worker) -> None:
    """A crash leaves no image of memory on disk: it could hold what may not be public."""
    assert worker.call({"do": "environment"}, seconds=20)[0]["core"] == "0"


def _orphan(kill: Callable[[int], None]) -> bool:
    """Whether a busy child ends when `kill` ended its parent."""
    code = (
        "import threading, time\n"
        "from belfort.workers import Worker\n"
        f"worker = Worker({TARGET!r}, memory={MEMORY})\n"
        "print(worker.call({'do': 'echo'}, seconds=20)[0]['pid'], flush=True)\n"
        "worker.call({'do': 'spin'}, seconds=600)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        kill(parent.pid)
        parent.wait()
        return _gone(child)


def test_dies_with_its_parent() -> None:
    """A child that computes is gone after its parent was killed outright."""
    assert _orphan(lambda pid: os.kill(pid, signal.SIGKILL))


def test_lives_longer_than_the_thread_that_called_it(worker: Worker) -> None:
    """A child started by a call in a short-lived thread still serves the next thread."""
    thread = threading.Thread(target=lambda: worker.call({"do": "echo"}, seconds=20))
    thread.start()
    thread.join()
    pid = worker.pid
    assert worker.call({"do": "echo"}, seconds=20)[0]["pid"] == pid


def test_an_answer_that_lies_ready_counts_however_late_it_is_read(worker: Worker) -> None:
    """Between sending and receiving the caller may do something else for longer than the deadline."""
    body = os.urandom(1 << 20)
    worker.call({"do": "echo"}, seconds=20)
    worker.send({"do": "echo", "tag": "late"}, body, seconds=0.5)
    pid = worker.pid
    time.sleep(0.8)
    assert worker.receive() == ({"pid": pid, "tag": "late"}, body)


def test_receive_tells_what_went_wrong_since_send(worker: Worker) -> None:
    """A child that died or hangs after the request was sent is an error of `receive`, and the next call works."""
    worker.call({"do": "echo"}, seconds=20)
    worker.send({"do": "hang"}, seconds=0.3)
    with pytest.raises(DeadlineExceeded):
        worker.receive()
    worker.send({"do": "hang"}, seconds=20)
    worker.interrupt()
    with pytest.raises(WorkerCrashed):
        worker.receive()
    assert _works(worker)
