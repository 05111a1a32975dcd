"""Releases on disk: one being written, those that are there, and the link that says which one is the newest.

    dumps/2026-11-25-r123/        a release; never altered
    dumps/2026-11-26-r124.part/   one being written, with `progress.jsonl`: the parts that are whole
    dumps/latest -> 2026-11-25-r123

`latest` is replaced in one step: a reader sees the old release or the new one, and so does who comes after a crash of
the process. The thousands of files are not synced one by one, since that takes longer than writing them: after a power
cut the next run finds what is shorter than the manifest says, and writes the release again.
"""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from belfort.folders import sync
from publisher.dumps.files import Output, Row, sha256_of

NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-r(\d{1,18})(?:\.(\d{1,6}))?")
LINK = "latest"
MANIFEST = "manifest.json"
PROGRESS = "progress.jsonl"

# Writes the outputs of one part; gets a function that opens an output by its name in the release.
Write = Callable[[Callable[[str], Output]], None]


def latest(folder: Path) -> Path:
    """The folder of the newest release, whether it is there or not."""
    return folder / LINK


def manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of the newest release in the dumps folder: `revision`, `modified`, `peildatum`, `entities`, and
    `files` with name, media type, size, sha256 and statements; None when there is no release."""
    return read_manifest(latest(folder))


def read_manifest(release: Path) -> dict[str, Any] | None:
    """The manifest of one release, given its folder."""
    try:
        found: dict[str, Any] = json.loads((release / MANIFEST).read_text("utf-8"))
    except (OSError, json.JSONDecodeError):
        return None
    return found


def releases(folder: Path) -> list[str]:
    """The names of the releases that are there, oldest first."""
    if not folder.is_dir():
        return []
    return sorted((one.name for one in folder.iterdir() if NAME.fullmatch(one.name)), key=order)


def order(name: str) -> tuple[int, int]:
    """Where a release stands among others: the number of its change, then how often it was made."""
    found = NAME.fullmatch(name)
    return (int(found[2]), int(found[3] or 0)) if found else (0, 0)


class Draft:
    """A release being written; `add` each part, then `publish`."""

    def __init__(self, folder: Path, name: str, version: str, *, fresh: bool) -> None:
        self._folder, self._name = folder, name
        self.path = folder / f"{name}.part"
        for other in folder.glob("*.part"):
            if other != self.path or fresh or self._version(other) != version:
                shutil.rmtree(other)
        self._done = self._resume()
        if not self.path.is_dir():
            self.path.mkdir(parents=True)
            (self.path / "version").write_text(version)
        self.rows: list[Row] = []
        self.keys: dict[str, str] = {}
        self.resumed = 0

    @staticmethod
    def _version(path: Path) -> str:
        try:
            return (path / "version").read_text()
        except OSError:
            return ""

    def _resume(self) -> dict[str, tuple[str, list[Row]]]:
        """Part → (key, rows) of the parts that an earlier run finished and whose files are whole."""
        found: dict[str, tuple[str, list[Row]]] = {}
        try:
            lines = (self.path / PROGRESS).read_text("utf-8").split("\n")
        except OSError:
            return found
        for line in lines:
            try:
                said = json.loads(line)
                rows = [Row(*row) for row in said["rows"]]
            except (json.JSONDecodeError, KeyError, TypeError):
                continue  # the line was being written when the process ended
            if all(_is_whole(self.path, row) for row in rows):
                found[said["part"]] = (said["key"], rows)
        return found

    def add(self, part: str, key: str, write: Write) -> None:
        """Write a part, unless it is there already; `key` says on what its content depends."""
        known = self._done.get(part)
        if known and known[0] == key:
            self.resumed += 1
            self._keep(part, key, known[1])
            return
        opened: list[Output] = []

        def output(name: str) -> Output:
            opened.append(Output(self.path, name, part))
            return opened[-1]

        try:
            write(output)
        except BaseException:
            for one in opened:
                one.abandon()
            raise
        self._finish(part, key, [row for one in opened for row in one.close()])

    def take_over(self, part: str, key: str, older: Path, rows: list[Row]) -> None:
        """Use the files of an earlier release for a part that has not changed."""
        for row in rows:
            target = self.path / row.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            os.link(older / row.name, target)
        self._finish(part, key, rows)

    def _finish(self, part: str, key: str, rows: list[Row]) -> None:
        with (self.path / PROGRESS).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"part": part, "key": key, "rows": rows}) + "\n")
        self._keep(part, key, rows)

    def _keep(self, part: str, key: str, rows: list[Row]) -> None:
        self.rows += rows
        if key:
            self.keys[part] = key

    def publish(self, head: dict[str, Any]) -> Path:
        """Make the draft a release and the newest one; the folder it has now."""
        body = {**head, "files": [row._asdict() for row in self.rows], "keys": self.keys}
        text = json.dumps(body, indent=1, ensure_ascii=False) + "\n"
        (self.path / MANIFEST).write_text(text, "utf-8")
        for name in (PROGRESS, "version"):
            (self.path / name).unlink(missing_ok=True)
        target, number = self._folder / self._name, 0
        while target.exists():
            number += 1
            target = self._folder / f"{self._name}.{number}"
        self.path.rename(target)
        link = self._folder / f"{LINK}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(target.name)
        link.replace(self._folder / LINK)
        sync(self._folder)
        return target


def prune(folder: Path, keep: int) -> list[str]:
    """Remove all releases but the newest `keep`, and never the one that `latest` names; which were removed."""
    current = latest(folder).resolve().name
    gone = [name for name in releases(folder) if name != current]
    gone = gone[: max(0, len(gone) - (keep - 1))]
    for name in gone:
        # First out of sight, then gone: nobody sees half a release.
        hidden = folder / f"{name}.part"
        shutil.rmtree(hidden, ignore_errors=True)
        (folder / name).rename(hidden)
        shutil.rmtree(hidden)
    for pattern in ("belfort.*", MANIFEST):  # files of versions before releases
        for old in folder.glob(pattern):
            old.unlink()
    return gone


def is_complete(folder: Path, known: dict[str, Any]) -> bool:
    """Whether every file of the newest release is there with the size that its manifest says."""
    for file in known["files"]:
        try:
            if (latest(folder) / file["name"]).stat().st_size != file["bytes"]:
                return False
        except OSError:
            return False
    return True


def _is_whole(folder: Path, row: Row) -> bool:
    path = folder / row.name
    return path.is_file() and path.stat().st_size == row.bytes and sha256_of(path) == row.sha256
