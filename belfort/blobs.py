"""Content-addressed store of bytes: the name is the sha256 of the content, the file is zstd-compressed.

Enters: bytes. Leaves: the same bytes, checked against their name each time they are read.
"""

import hashlib
import os
import threading
from collections.abc import Iterator
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
            content = zstandard.decompress(path.read_bytes())
        except FileNotFoundError:
            raise NotFound(f"Blob {name} ontbreekt in {self.folder}.", hint="Zet een back-up terug.") from None
        except (zstandard.ZstdError, MemoryError):  # a damaged header may claim any size
            content = None
        if content is None or digest(content) != name:
            raise Damaged(f"Blob {name} is beschadigd: {path} heeft een andere inhoud.", hint="Zet een back-up terug.")
        return content

    def names(self) -> Iterator[str]:
        """The digests of everything stored, in order."""
        for path in sorted(self.folder.glob("??/*.zst")):
            yield path.stem
