"""The dumps: everything public as files, in one pass over the entities. A projection.

Leaves, in the folder `dumps`: `belfort.jsonld` (one document, one entity a line), `belfort.nt` (the distinct
triples), `belfort.nq` (graph = the origin that says it), each also `.gz`, and `manifest.json` with size, sha256 and
counts. The bytes depend on the entities alone: the same data gives the same sha256. Files are written beside the old
ones and renamed together at the end, the manifest last.
"""

import gzip
import hashlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from belfort.jobs import Context
from belfort.rdf import MEDIA_TYPES
from belfort.records import change
from belfort.records.database import bytewise, read
from belfort.records.entity import entity
from publisher import jsonld
from publisher.quads import quads

FORMATS = ("jsonld", "nt", "nq")


class _File:
    """One dump being written, with its compressed twin; counts and hashes as it goes."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.name = f"belfort.{suffix}"
        self.suffix = suffix
        self.statements = 0
        self._plain: IO[bytes] = (folder / f"{self.name}.part").open("wb")
        self._raw: IO[bytes] = (folder / f"{self.name}.gz.part").open("wb")
        # No name and no time in the header: the bytes must depend on the data alone.
        self._gzip = gzip.GzipFile(filename="", mode="wb", fileobj=self._raw, mtime=0, compresslevel=6)
        self._buffer = io.BytesIO()

    def write(self, text: str) -> None:
        self._buffer.write(text.encode())
        if self._buffer.tell() > 1 << 20:
            self._flush()

    def _flush(self) -> None:
        content = self._buffer.getvalue()
        self._buffer = io.BytesIO()
        self._plain.write(content)
        self._gzip.write(content)

    def close(self) -> None:
        self._flush()
        self._gzip.close()
        for file in (self._plain, self._raw):
            file.flush()
            os.fsync(file.fileno())
            file.close()


def project(context: Context, rebuild: bool) -> int:
    """Write the dumps as of the newest change, unless they are that new already."""
    folder = context.settings.dumps
    known = manifest(folder)
    with read(context.engine) as connection:
        revision = change.last_seq(connection)
        if known and known["revision"] == revision and not rebuild and _complete(folder, known):
            return 0
        folder.mkdir(parents=True, exist_ok=True)
        files = {suffix: _File(folder, suffix) for suffix in FORMATS}
        entities = _write_all(connection, files)
        at = connection.execute(
            sa.select(change.change.c.at).where(change.change.c.seq == revision)
        ).scalar_one_or_none()
    _publish(folder, {"revision": revision, "modified": at or "", "entities": entities}, list(files.values()))
    return revision - (known["revision"] if known else 0)


def manifest(folder: Path) -> dict[str, Any] | None:
    """What the folder holds: `revision`, `modified`, `entities`, and `files` with name, media type, size, sha256."""
    try:
        found: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return found


def _complete(folder: Path, known: dict[str, Any]) -> bool:
    return all((folder / file["name"]).exists() for file in known["files"])


def _write_all(connection: sa.Connection, files: dict[str, _File]) -> int:
    """Write every entity into every file, in the order of the IRIs; how many there were."""
    files["jsonld"].write(f'{{"@context":{jsonld.context_text()},"@graph":[\n')
    count = 0
    for iri, lines in _entities(connection):
        files["jsonld"].write((",\n" if count else "") + jsonld.node(iri, lines))
        files["nt"].write(lines + "\n")
        files["nt"].statements += lines.count("\n") + 1
        count += 1
    files["jsonld"].write("\n]}\n")
    files["jsonld"].statements = files["nt"].statements
    for row in quads(connection):
        files["nq"].write(row + "\n")
        files["nq"].statements += 1
    for file in files.values():
        file.close()
    return count


def _entities(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    statement = sa.select(entity.c.iri, entity.c.lines).order_by(bytewise(connection, entity.c.iri))
    rows = connection.execute(statement.execution_options(yield_per=1000))
    return ((row.iri, row.lines) for row in rows)


def _publish(folder: Path, head: dict[str, Any], files: list[_File]) -> None:
    rows = []
    for file in files:
        for name, media_type in ((file.name, MEDIA_TYPES[file.suffix]), (f"{file.name}.gz", "application/gzip")):
            part = folder / f"{name}.part"
            with part.open("rb") as content:
                sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            rows.append(
                {
                    "name": name,
                    "media_type": media_type,
                    "bytes": part.stat().st_size,
                    "sha256": sha256,
                    "statements": file.statements,
                }
            )
    text = json.dumps({**head, "files": rows}, indent=2, ensure_ascii=False) + "\n"
    (folder / "manifest.json.part").write_text(text, "utf-8")
    for name in [str(row["name"]) for row in rows] + ["manifest.json"]:
        (folder / f"{name}.part").replace(folder / name)
