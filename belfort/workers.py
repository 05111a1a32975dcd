"""Child processes that can be killed at any moment: every parse of foreign bytes and every foreign query runs in one.

A worker serves one function, `serve(header, body) -> (header, body)`, over pipes with length-prefixed messages
(JSON header, raw body), so nothing the child says is ever unpickled. The parent keeps the deadline and watches the
resident memory (an address-space limit kills memory-mapped stores); SIGKILL is the only stop that always works.
A child has no inet sockets (seccomp), dies with its parent, and writes no core dump.
"""

import contextlib
import ctypes
import importlib
import json
import os
import platform
import queue
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from belfort.errors import BelfortError, DeadlineExceeded

Header = dict[str, Any]
Serve = Callable[[Header, bytes], tuple[Header, bytes]]

_LENGTHS = struct.Struct(">II")
_POLL = 0.02
_STOPPED = "De verwerking stopte onverwacht."


class WorkerCrashed(BelfortError):
    """The child died: it ran out of memory or stack, or was killed from outside."""

    slug, title, status, exit_code = "worker-crashed", "De verwerking is gestopt", 503, 9


class Worker:
    """One child process around `module:function`, started when first needed and again after it was killed.

    `target` names a function that takes `arguments` and returns a `Serve`. `memory` is the resident size in bytes
    at which the child is killed; `address_space` an extra hard limit for children that map no files. Not
    thread-safe: one caller at a time.
    """

    def __init__(
        self,
        target: str,
        arguments: Sequence[str] = (),
        *,
        memory: int,
        address_space: int = 0,
        network: bool = False,
    ) -> None:
        self._command = [
            sys.executable, "-c", "from belfort.workers import child; child()",
            target, str(address_space), str(int(network)), *arguments,
        ]  # fmt: skip
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._deadline = 0.0
        self._failed: BelfortError | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the running child."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the child if it is not running."""
        if self._process is None or self._process.poll() is not None:
            self.kill()
            self._process = _starter.run(self._open)

    def _open(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )  # fmt: skip

    def interrupt(self) -> None:
        """Kill the child from another thread: the call in progress raises WorkerCrashed and reaps it."""
        process = self._process
        if process:
            process.kill()

    def kill(self) -> None:
        """Stop the child at once and reap it."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()

    def call(self, header: Header, body: bytes = b"", *, seconds: float) -> tuple[Header, bytes]:
        """Send one request and wait for its answer, at most `seconds`.

        Raises:
            DeadlineExceeded: no answer in time; the child was killed.
            WorkerCrashed: the child died or grew beyond `memory`; the next call starts another.
        """
        self.send(header, body, seconds=seconds)
        return self.receive()

    def send(self, header: Header, body: bytes = b"", *, seconds: float) -> None:
        """Send one request; `receive` must follow, and raises what went wrong here too."""
        self._deadline = time.monotonic() + seconds
        self.start()
        assert self._process
        assert self._process.stdin
        self._failed = None
        try:
            _send(self._process.stdin.fileno(), header, body, self._deadline)
        except DeadlineExceeded as error:
            self.kill()
            self._failed = error
        except OSError:  # a broken pipe
            self.kill()
            self._failed = WorkerCrashed(_STOPPED)
        except BaseException:
            self.kill()
            raise

    def receive(self) -> tuple[Header, bytes]:
        """The answer to what was sent; an answer that lies ready counts, however late it is read."""
        if self._failed:
            raise self._failed
        if self._process is None or self._process.stdout is None:
            raise WorkerCrashed(_STOPPED)
        try:
            return self._receive(self._process.stdout.fileno(), self._deadline)
        except (OSError, ValueError, RecursionError):  # a broken pipe, or an answer that is none
            self.kill()
            raise WorkerCrashed(_STOPPED) from None
        except BaseException:  # whatever stopped us, the answer still to come must not be taken for that of the next
            self.kill()
            raise

    def _receive(self, pipe: int, deadline: float) -> tuple[Header, bytes]:
        buffer = bytearray()
        needed = _LENGTHS.size
        sizes: tuple[int, int] | None = None
        while True:
            if len(buffer) >= needed:
                if sizes is None:
                    sizes = _LENGTHS.unpack(buffer[: _LENGTHS.size])
                    needed = _LENGTHS.size + sum(sizes)
                    if needed > self._memory:  # no honest child can build that, and we need not hold it
                        raise WorkerCrashed("De verwerking gaf een te groot antwoord en is gestopt.")
                    continue
                start = _LENGTHS.size + sizes[0]
                answer = json.loads(buffer[_LENGTHS.size : start])
                if not isinstance(answer, dict):
                    raise WorkerCrashed("De verwerking gaf een onleesbaar antwoord en is gestopt.")
                return answer, bytes(buffer[start:needed])
            if not select.select([pipe], [], [], _POLL)[0]:
                self._check(deadline)
                continue
            part = os.read(pipe, 1 << 20)
            if not part:
                raise WorkerCrashed("De verwerking stopte onverwacht (te diep genest of te groot).")
            buffer += part

    def _check(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise DeadlineExceeded("De verwerking duurde te lang en is gestopt.")
        if self._process and resident(self._process.pid) > self._memory:
            raise WorkerCrashed("De verwerking vroeg te veel geheugen en is gestopt.", reason="memory")


class _Starter:
    """One thread that starts all children of this process and never ends before it does.

    "Dies with its parent" means, to Linux, the thread that started it (prctl(2), PR_SET_PDEATHSIG): a child that a
    short-lived thread started would be killed in the middle of another thread's call.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: _Orders | None = None

    def run(self, start: Callable[[], Any]) -> Any:
        """Do it in that thread; its result or its exception."""
        with self._lock:
            if self._orders is None:
                self._orders = queue.SimpleQueue()
                threading.Thread(target=self._serve, args=(self._orders,), name="worker-starter", daemon=True).start()
        answer: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()
        self._orders.put((start, answer))
        result, error = answer.get()
        if error is not None:
            raise error
        return result

    @staticmethod
    def _serve(orders: "_Orders") -> None:
        while True:
            start, answer = orders.get()
            try:
                answer.put((start(), None))
            except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the thread that waits
                answer.put((None, error))


_Orders = queue.SimpleQueue[tuple[Callable[[], Any], queue.SimpleQueue[tuple[Any, BaseException | None]]]]
_starter = _Starter()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_starter.__init__)  # type: ignore[misc] # threads do not survive a fork


def _send(pipe: int, header: Header, body: bytes, deadline: float) -> None:
    head = json.dumps(header).encode()
    view = memoryview(_LENGTHS.pack(len(head), len(body)) + head + body)
    os.set_blocking(pipe, False)
    while view:
        if time.monotonic() > deadline:
            raise DeadlineExceeded("De verwerking duurde te lang en is gestopt.")
        if select.select([], [pipe], [], _POLL)[1]:
            view = view[os.write(pipe, view) :]


def resident(pid: int) -> int:
    """Resident bytes of a process, 0 when it is gone or the system does not say."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:  # noqa: PTH123 - on the hot path
            return int(file.read().split()[1]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return 0


def child() -> None:
    """The main loop of a child process; its arguments are those `Worker` gives it."""
    target, address_space, network, *arguments = sys.argv[1:]
    reader, writer = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not enter the answers
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if int(address_space):
        resource.setrlimit(resource.RLIMIT_AS, (int(address_space), int(address_space)))
    if not int(network):
        forbid_network()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    module, _, name = target.partition(":")
    serve: Serve = getattr(importlib.import_module(module), name)(*arguments)
    while True:
        head = reader.read(_LENGTHS.size)
        if len(head) < _LENGTHS.size:
            return
        sizes = _LENGTHS.unpack(head)
        header, body = json.loads(reader.read(sizes[0])), reader.read(sizes[1])
        _answer(writer, *serve(header, body))


def _answer(writer: BinaryIO, header: Header, body: bytes) -> None:
    head = json.dumps(header).encode()
    writer.write(_LENGTHS.pack(len(head), len(body)) + head + body)
    writer.flush()


def die_with_parent() -> None:
    """Let the system kill this process when its parent ends, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


# (audit architecture, socket, io_uring_setup) of the machines whose system call numbers we know.
_CALLS = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}


def forbid_network() -> bool:
    """Let no inet socket be made in this process from now on (seccomp); false where the system cannot do that."""
    calls = _CALLS.get(platform.machine())
    if sys.platform != "linux" or calls is None:
        return False
    architecture, socket_call, io_uring = calls
    load, equal, greater, answer = 0x20, 0x15, 0x35, 0x06
    deny, allow = 0x00050000 | 13, 0x7FFF0000  # SECCOMP_RET_ERRNO | EACCES, SECCOMP_RET_ALLOW
    program = [
        (load, 0, 0, 4),  # architecture
        (equal, 0, 8, architecture),
        (load, 0, 0, 0),  # system call number
        (greater, 6, 0, 0x40000000),  # the x32 table
        (equal, 5, 0, io_uring),
        (equal, 0, 3, socket_call),
        (load, 0, 0, 16),  # first argument: the address family
        (equal, 2, 0, 2),  # AF_INET
        (equal, 1, 0, 10),  # AF_INET6
        (answer, 0, 0, allow),
        (answer, 0, 0, deny),
    ]
    packed = b"".join(struct.pack("HBBI", *row) for row in program)
    code = ctypes.create_string_buffer(packed)
    filters = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, ctypes.c_char_p(filters), 0, 0) == 0)
