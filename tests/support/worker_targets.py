"""What a child of `belfort.workers` serves in the tests: each does one thing that a worker must survive."""

import ctypes
import json
import os
import pickle
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

from belfort.workers import Header, Serve


def serve(*arguments: str) -> Serve:
    """A child that does what the header asks for by name."""

    def answer(header: Header, body: bytes) -> tuple[Header, bytes]:
        return _DEEDS[header["do"]](header, body) if "do" in header else ({"arguments": list(arguments)}, body)

    return answer


def _echo(header: Header, body: bytes) -> tuple[Header, bytes]:
    return {"pid": os.getpid(), "tag": header.get("tag")}, body


def _hang(_header: Header, _body: bytes) -> tuple[Header, bytes]:
    threading.Event().wait()
    return {}, b""


def _spin(_header: Header, _body: bytes) -> tuple[Header, bytes]:
    while True:
        pass


def _eat(_header: Header, _body: bytes) -> tuple[Header, bytes]:
    held = []
    while True:
        held.append(b"x" * (1 << 22))


def _segfault(_header: Header, _body: bytes) -> tuple[Header, bytes]:
    return {}, ctypes.string_at(0)


def _raise(_header: Header, _body: bytes) -> tuple[Header, bytes]:
    raise ValueError("hostile input")


def _quit(_header: Header, _body: bytes) -> tuple[Header, bytes]:
    os._exit(0)


def _connect(header: Header, _body: bytes) -> tuple[Header, bytes]:
    said = {}
    for family in ("AF_INET", "AF_INET6", "AF_UNIX"):
        try:
            socket.socket(getattr(socket, family), socket.SOCK_STREAM).close()
            said[family] = "made"
        except OSError as error:
            said[family] = type(error).__name__
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    said["grandchild"] = str(subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL).returncode)
    return said, b""


def _print(_header: Header, _body: bytes) -> tuple[Header, bytes]:
    print("noise on standard output", flush=True)
    os.write(1, b"and below Python")
    return {"done": True}, b""


class _Mischief:
    def __init__(self, target: str) -> None:
        self._target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self._target,)


def _hostile(header: Header, body: bytes) -> tuple[Header, bytes]:
    """Write something of its own where the answer belongs, past the protocol, and then wait."""
    lengths = struct.Struct(">II")
    mischief = pickle.dumps(_Mischief(header.get("target", "")))
    raw = {
        "pickle": lengths.pack(len(mischief), 0) + mischief,
        "not json": lengths.pack(7, 0) + b"{broken",
        "not an object": lengths.pack(5, 0) + b"[1,2]",
        "not utf-8": lengths.pack(4, 0) + b"\xff\xfe\xfd\xfc",
        "deep": lengths.pack(200_000, 0) + b"[" * 200_000,
        "huge": lengths.pack(2**32 - 1, 2**32 - 1) + b"{}",
        "short": lengths.pack(100, 0)[:5],
    }[header["what"]]
    pipe = next(fd for fd in range(3, 64) if _is_pipe(fd))
    os.write(pipe, raw)
    if header["what"] == "short":
        os._exit(0)
    return _hang(header, body)


def _is_pipe(handle: int) -> bool:
    try:
        return str(Path(f"/proc/self/fd/{handle}").readlink()).startswith("pipe:")
    except OSError:
        return False


def _environment(_header: Header, _body: bytes) -> tuple[Header, bytes]:
    limits = Path("/proc/self/limits").read_text()
    return {"core": next(row.split()[4] for row in limits.splitlines() if "core file" in row)}, json.dumps({}).encode()


_DEEDS = {
    "echo": _echo, "hang": _hang, "spin": _spin, "eat": _eat, "segfault": _segfault, "raise": _raise, "quit": _quit,
    "connect": _connect, "print": _print, "hostile": _hostile, "environment": _environment,
}  # fmt: skip
