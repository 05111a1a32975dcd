"""Blobs: content by its own digest, whole or not at all, and never wrong without a word."""

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from belfort.blobs import Blobs, digest
from belfort.errors import Damaged, NotFound

ROOT = Path(__file__).parents[3]


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


@pytest.mark.parametrize("content", [b"", b"\0", "één besluit".encode(), b"x" * 3_000_000, os.urandom(100_000)])
def test_content_by_its_digest(blobs: Blobs, content: bytes) -> None:
    """The name is the sha256 of the content, and gives it back."""
    name = blobs.put(content)
    assert name == hashlib.sha256(content).hexdigest()
    assert blobs.get(name) == content


@given(st.lists(st.binary(max_size=40), max_size=6), st.integers(1, 9))
def test_parts_are_the_whole(pieces: list[bytes], size: int) -> None:
    """What went in in parts is one blob by the digest of the whole, and comes out in parts or as lines."""
    whole = b"".join(pieces)
    with tempfile.TemporaryDirectory() as folder:
        blobs = Blobs(Path(folder) / "blobs")
        name = blobs.put_parts(pieces)
        assert name == digest(whole) == blobs.put(whole)
        assert blobs.get(name) == b"".join(blobs.parts(name, size)) == whole
        text = "één\nbesluit\n\n".encode() * len(pieces)
        assert [line + "\n" for line in blobs.lines(blobs.put_parts([text[:3], text[3:]]))] == text.decode().splitlines(
            True
        )
        assert [path.suffix for path in blobs.folder.rglob("*") if path.is_file()] == [".zst"] * len({whole, text})


def test_damage_is_found_at_the_end_of_the_parts(blobs: Blobs) -> None:
    """Other content, a cut file or no file is an error, also when read in parts."""
    name = blobs.put_parts([b"besluit" * 100_000])
    packed = blobs.path(name).read_bytes()
    for bad in (zstandard.compress(b"iets anders"), packed[:-9], b"x"):
        blobs.path(name).write_bytes(bad)
        with pytest.raises(Damaged):
            list(blobs.parts(name))
        with pytest.raises(Damaged):
            blobs.get(name)
    blobs.path(name).unlink()
    with pytest.raises(NotFound):
        list(blobs.parts(name))


@given(st.binary())
def test_digest_is_sha256(content: bytes) -> None:
    """The digest is what any other program computes."""
    assert digest(content) == hashlib.sha256(content).hexdigest()


def test_storing_twice_is_storing_once(blobs: Blobs) -> None:
    """The second time nothing is written."""
    name = blobs.put(b"same")
    before = blobs.path(name).stat().st_mtime_ns, blobs.path(name).stat().st_ino
    assert blobs.put(b"same") == name
    assert (blobs.path(name).stat().st_mtime_ns, blobs.path(name).stat().st_ino) == before


def test_names_are_in_order(blobs: Blobs) -> None:
    """What is stored can be listed, in the order of the digests; nothing else in the folder counts."""
    assert list(blobs.names()) == []
    stored = sorted(blobs.put(str(number).encode()) for number in range(20))
    (blobs.folder / "aa").mkdir(exist_ok=True)
    (blobs.folder / "aa" / "left.123.part").write_bytes(b"half")
    assert list(blobs.names()) == stored


def test_a_missing_blob(blobs: Blobs) -> None:
    """Asking for what was never stored says so."""
    with pytest.raises(NotFound, match="0000"):
        blobs.get("0" * 64)


@pytest.mark.parametrize("content", [b"Besluit: " + os.urandom(40), b"x" * 100_000], ids=["small", "large"])
def test_any_flipped_bit_is_found(blobs: Blobs, content: bytes) -> None:
    """Whichever bit of the file changes, reading it fails by name or gives the exact content: never other bytes.

    A header that was hit may claim a content of terabytes; that is damage too.
    """
    name = blobs.put(content)
    path = blobs.path(name)
    good = path.read_bytes()
    damaged = 0
    for place in range(len(good)):
        for bit in range(8):
            path.write_bytes(good[:place] + bytes([good[place] ^ (1 << bit)]) + good[place + 1 :])
            damaged += _is_damaged(blobs, name, content)
    assert damaged > 7 * len(good)


def _is_damaged(blobs: Blobs, name: str, content: bytes) -> bool:
    """Whether reading says so; what is read without a word must be the content."""
    try:
        found = blobs.get(name)
    except Damaged:
        return True
    assert found == content
    return False


@pytest.mark.parametrize("left", [0, 1, 10, -1])
def test_a_cut_file_is_found(blobs: Blobs, left: int) -> None:
    """A file that lost its end is damaged, not shorter."""
    name = blobs.put(b"x" * 10_000)
    path = blobs.path(name)
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(Damaged):
        blobs.get(name)


def test_two_writers_at_once(blobs: Blobs) -> None:
    """Threads that store the same and other content at the same moment lose nothing and leave no scraps."""
    barrier = threading.Barrier(8)
    errors: list[BaseException] = []

    def store(_number: int) -> None:
        try:
            for step in range(25):
                barrier.wait(30)
                blobs.put(f"{step}".encode() * 5_000)
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
            barrier.abort()

    threads = [threading.Thread(target=store, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    names = list(blobs.names())
    assert len(names) == 25
    assert all(digest(blobs.get(name)) == name for name in names)
    assert list(blobs.folder.rglob("*.part")) == []


@pytest.mark.parametrize("moment", ["os.fsync", "pathlib.Path.replace"])
def test_a_crash_leaves_no_half_file(blobs: Blobs, moment: str) -> None:
    """A process killed before the file was complete leaves nothing under its name, and storing it again works."""
    module, _, name = moment.rpartition(".")
    code = (
        "import os, pathlib, signal, sys\n"
        "from belfort.blobs import Blobs\n"
        f"{module}.{name} = lambda *a: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Blobs(pathlib.Path(sys.argv[1])).put(b'half' * 100_000)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code, str(blobs.folder)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert list(blobs.names()) == []
    stored = blobs.put(b"half" * 100_000)
    assert list(blobs.names()) == [stored]
    assert blobs.get(stored) == b"half" * 100_000


def test_only_the_owner_reads_the_folder(blobs: Blobs) -> None:
    """Raw pages may hold what is not public: their folders are closed to others."""
    name = blobs.put(b"private")
    assert blobs.path(name).parent.stat().st_mode & 0o077 == 0
