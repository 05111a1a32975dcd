"""Sees that the files of a tantivy index are what was written, before they are mapped into this process.

A damaged file can crash the engine, and with it the process that serves the site; tantivy writes a checksum at the end
of each file but does not look at it when it opens one. A file ends in: JSON with `crc` (CRC-32 of what comes before),
its length, and a fixed number, both 32 bits little-endian.
"""

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

_TAIL = struct.Struct("<II")
_MAGIC = 1337
_PART = 1 << 20


class Checksums:
    """Remembers which files of one index were seen to be right, so that each is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: set[tuple[str, int, int]] = set()

    def damaged(self) -> str:
        """The name of a file of the newest commit that is not what was written, or an empty string."""
        for path in self._committed():
            try:
                found = path.stat()
                mark = (path.name, found.st_size, found.st_mtime_ns)
                if mark in self._seen:
                    continue
                if not _is_whole(path, found.st_size):
                    return path.name
            except FileNotFoundError:  # merged away meanwhile
                continue
            self._seen.add(mark)
        return ""

    def _committed(self) -> Iterator[Path]:
        """The files of the segments that the newest commit names; others may be half written."""
        for segment in json.loads((self._folder / "meta.json").read_text("utf-8"))["segments"]:
            name = segment["segment_id"].replace("-", "")
            deletes = segment.get("deletes")
            for path in sorted(self._folder.glob(f"{name}.*")):
                if path.suffix != ".del" or (deletes and path.name == f"{name}.{deletes['opstamp']}.del"):
                    yield path


def _is_whole(path: Path, size: int) -> bool:
    with path.open("rb") as file:
        if size < _TAIL.size:
            return False
        file.seek(size - _TAIL.size)
        length, magic = _TAIL.unpack(file.read(_TAIL.size))
        body = size - _TAIL.size - length
        if magic != _MAGIC or body < 0:
            return False
        file.seek(body)
        try:
            expected = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        crc = 0
        while body:
            part = file.read(min(_PART, body))
            crc, body = zlib.crc32(part, crc), body - len(part)
    return bool(crc == expected)
