"""One file being written, with its compressed twins: counts and hashes as it goes, so that nothing is read twice."""

import gzip
import hashlib
from pathlib import Path
from typing import IO, Any, NamedTuple

import zstandard

from belfort.rdf import MEDIA_TYPES

FLUSH = 1 << 20
GZIP_LEVEL, ZSTD_LEVEL = 3, 3
DUMP_TYPES: dict[str, str] = {
    **MEDIA_TYPES,
    "jsonl": "application/x-ndjson",
    "csv": "text/csv",
    "json": "application/csvm+json",
}
COMPRESSIONS: dict[str, str] = {"gz": "application/gzip", "zst": "application/zstd"}


class Row(NamedTuple):
    """What the manifest says of a file; `statements` are triples, quads, or rows of a table."""

    name: str
    media_type: str
    bytes: int
    sha256: str
    statements: int
    part: str


class _Hashed:
    """A binary file that knows the size and the sha256 of what was written to it."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("wb")
        self.sha256 = hashlib.sha256()
        self.size = 0

    def write(self, content: Any) -> int:
        self.sha256.update(content)
        self.size += len(content)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self._file.close()


class Output:
    """`write` text, then `close`: three files, three rows of the manifest."""

    def __init__(self, folder: Path, name: str, part: str) -> None:
        self.statements = 0
        self._name, self._part = name, part
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._plain, self._gz, self._zst = (_Hashed(path.with_name(path.name + end)) for end in ("", ".gz", ".zst"))
        # No name and no time in the header: the bytes must depend on the data alone.
        self._gzip = gzip.GzipFile(filename="", mode="wb", fileobj=self._gz, mtime=0, compresslevel=GZIP_LEVEL)
        self._zstd = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True).stream_writer(
            self._zst,  # type: ignore[arg-type]
            closefd=False,
        )
        self._pending: list[str] = []
        self._size = 0

    def write(self, text: str) -> None:
        """Add text; it reaches the files in large pieces."""
        self._pending.append(text)
        self._size += len(text)
        if self._size > FLUSH:
            self._flush()

    def _flush(self) -> None:
        text = "".join(self._pending)
        self._pending, self._size = [], 0
        content = text.encode()
        self._plain.write(content)
        self._gzip.write(content)
        self._zstd.write(content)

    def close(self) -> list[Row]:
        """Finish the files; their rows."""
        self._flush()
        self._gzip.close()
        self._zstd.close()  # type: ignore[no-untyped-call]
        rows = []
        suffix = self._name.rpartition(".")[2]
        for file, end in ((self._plain, ""), (self._gz, "gz"), (self._zst, "zst")):
            file.close()
            kind = COMPRESSIONS.get(end) or DUMP_TYPES[suffix]
            name = f"{self._name}.{end}" if end else self._name
            rows.append(Row(name, kind, file.size, file.sha256.hexdigest(), self.statements, self._part))
        return rows

    def abandon(self) -> None:
        """Close the files as they are."""
        for file in (self._gzip, self._plain, self._gz, self._zst):
            file.close()


def sha256_of(path: Path) -> str:
    """The sha256 of a file, read in pieces."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
