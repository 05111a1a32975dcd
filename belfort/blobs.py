"""Content-addressed store of bytes: the name is the sha256 of the content, the file is zstd-compressed.

Enters: bytes. Leaves: the same bytes, checked against their name each time they are read. What does not fit in memory
goes in by `put_parts` and comes out by `parts`.
"""

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import zstandard

from belfort.errors import Damaged, NotFound
from belfort.folders import sync


def digest(content: bytes) -> str:
    """The sha256 of the content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class Blobs:
    """Bytes by their sha256, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where the blob of that digest lies."""
        return self.folder / name[:2] / f"{name}.zst"

    def put(self, content: bytes) -> str:
        """Store the content durably and return its digest; storing it twice does nothing."""
        name = digest(content)
        target = self.path(name)
        if target.exists():
            return name
        new_folder = not target.parent.exists()
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        with part.open("wb") as file:
            file.write(zstandard.compress(content, 3))
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        for folder in [target.parent, self.folder] if new_folder else [target.parent]:
            sync(folder)
        return name

    def get(self, name: str) -> bytes:
        """The content of that digest.

        Raises:
            NotFound: there is no such blob.
            Damaged: the bytes on disk no longer have that digest.
        """
        path = self.path(name)
        try:
            content = zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes())
        except FileNotFoundError:
            raise NotFound(f"Blob {name} ontbreekt in {self.folder}.", hint="Zet een back-up terug.") from None
        except (zstandard.ZstdError, MemoryError):
            content = None
        if content is None or digest(content) != name:
            raise self._damaged(name)
        return content

    def put_parts(self, parts: Iterable[bytes]) -> str:
        """Store the parts, one after another, as one blob; only one of them is in memory at a time."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        seen = hashlib.sha256()
        part = self.folder / f"incoming-{os.getpid()}-{threading.get_ident()}.part"
        try:
            with part.open("wb") as file:
                with zstandard.ZstdCompressor(level=3).stream_writer(file, closefd=False) as packed:
                    for piece in parts:
                        seen.update(piece)
                        packed.write(piece)
                file.flush()
                os.fsync(file.fileno())
            target = self.path(seen.hexdigest())
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                part.replace(target)
                sync(target.parent)
                sync(self.folder)
        finally:
            part.unlink(missing_ok=True)
        return seen.hexdigest()

    def parts(self, name: str, size: int = 1 << 20) -> Iterator[bytes]:
        """The content of that digest in pieces of at most `size` bytes.

        Raises:
            NotFound: there is no such blob.
            Damaged: the bytes on disk no longer have that digest; known only after the last piece.
        """
        seen = hashlib.sha256()
        path = self.path(name)
        try:
            with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as content:
                while piece := content.read(size):
                    seen.update(piece)
                    yield piece
        except FileNotFoundError:
            raise NotFound(f"Blob {name} ontbreekt in {self.folder}.", hint="Zet een back-up terug.") from None
        except (zstandard.ZstdError, MemoryError):
            raise self._damaged(name) from None
        if seen.hexdigest() != name:
            raise self._damaged(name)

    def lines(self, name: str) -> Iterator[str]:
        """The lines of a text of that digest, without their line ends; see `parts`."""
        rest = b""
        for piece in self.parts(name):
            *whole, rest = (rest + piece).split(b"\n")
            yield from (line.decode() for line in whole)
        if rest:
            yield rest.decode()

    def _damaged(self, name: str) -> Damaged:
        return Damaged(
            f"Blob {name} is beschadigd: {self.path(name)} heeft een andere inhoud.", hint="Zet een back-up terug."
        )

    def names(self) -> Iterator[str]:
        """The digests of everything stored, in order."""
        for path in sorted(self.folder.glob("??/*.zst")):
            yield path.stem
