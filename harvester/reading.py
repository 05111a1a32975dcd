"""Reads foreign bytes in a child process that can be killed: a page gets its seconds and its memory, and no more.

Enters: bytes and their address. Leaves: an `Extraction`, always; a page that takes too long or too much becomes one
with an issue that says so.
"""

import gc
import json
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from belfort.errors import BelfortError, DeadlineExceeded
from belfort.records.issue import Issue
from belfort.settings import Settings
from belfort.workers import Header, Serve, Worker, WorkerCrashed
from harvester.extract import Extraction, Repair
from harvester.links import Link
from harvester.page_view import Token, view
from shapes.validation import Report

STARTUP_SECONDS = 60.0


class Reader:
    """One reading process, started at the first page and used for all that follow. Not thread-safe."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.extract_seconds
        self._failure: BelfortError | None = None
        self._worker = Worker(
            "harvester.reading:serve", memory=settings.extract_memory, address_space=settings.extract_memory
        )

    def read(self, content: bytes, url: str, content_type: str = "", repair: bool = True, **options: Any) -> Extraction:
        """What the page says; see `harvester.extract.extract`. Never raises for what is in the bytes.

        `options` are its `without`, `examples` and `judge`.
        """
        self.ask(content, url, content_type, repair, **options)
        return self.answer()

    def ask(self, content: bytes, url: str, content_type: str = "", repair: bool = True, **options: Any) -> None:
        """Hand a page to the child and do not wait; `answer` must follow before the next."""
        header: Header = {"url": url, "content_type": content_type, "repair": repair, **options}
        header["without"] = sorted(options.get("without", ()))
        self._failure = None
        try:
            if self._worker.pid is None:  # starting the process is not the page's time
                self._worker.call({}, seconds=STARTUP_SECONDS)
            self._worker.send(header, content, seconds=self._seconds)
        except (DeadlineExceeded, WorkerCrashed) as error:
            self._failure = error

    def answer(self) -> Extraction:
        """What the page says that was asked."""
        try:
            if self._failure:
                raise self._failure
            answer, lines = self._worker.receive()
        except DeadlineExceeded:
            return _failed("too-slow", f"De pagina lezen duurde langer dan {self._seconds:g} seconden.")
        except WorkerCrashed as error:
            return _failed("crashed", error.detail)
        if answer.get("memory"):
            return _failed("crashed", "De pagina vroeg te veel geheugen.")
        return _unpacked(answer, lines)

    def view(self, content: bytes, url: str, content_type: str, places: Collection[str]) -> list[Token]:
        """The page for people with these places marked; empty when it cannot be shown. Never raises for the bytes."""
        header: Header = {"url": url, "content_type": content_type, "places": sorted(places)}
        try:
            _, body = self._worker.call(header, content, seconds=self._seconds)
        except (DeadlineExceeded, WorkerCrashed):
            return []
        return [Token(*one) for one in json.loads(body or b"[]")]

    def close(self) -> None:
        """Stop the process; reading again starts another."""
        self._worker.kill()


def _failed(code: str, message: str) -> Extraction:
    return Extraction(issues=[Issue(code, message, fix="Maak de pagina eenvoudiger of kleiner.")])


def serve() -> Serve:
    """The child's side: one page in, what it says out (header without the lines, lines as the body)."""
    from harvester.extract import extract

    # What was imported stays; what a page makes is freed by its last reference, so the collector need not look often.
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)

    def answer(header: Header, content: bytes) -> tuple[Header, bytes]:
        if not header:
            return {}, b""
        try:
            if "places" in header:
                shown = view(content, **header)
                return {}, json.dumps([(one.kind, one.text, one.place) for one in shown]).encode()
            options = {name: value for name, value in header.items() if name != "url"}
            found = extract(content, header["url"], **options)
            return _packed(found), "\n".join(found.lines).encode()
        except MemoryError:
            return {"memory": True}, b""

    return answer


def _packed(extraction: Extraction) -> Header:
    packed = {name: value for name, value in extraction.__dict__.items() if name != "lines"}
    for name in ("repairs", "issues", "links"):
        packed[name] = [asdict(one) for one in packed[name]]
    packed["validation"] = extraction.validation.as_dict() if extraction.validation else None
    return packed


def _unpacked(header: dict[str, Any], lines: bytes) -> Extraction:
    repairs = [
        Repair(one["rule"], one["count"], [(before, after) for before, after in one["examples"]])
        for one in header["repairs"]
    ]
    issues = [Issue(**one) for one in header["issues"]]
    links = [Link(**one) for one in header["links"]]
    found = lines.decode().split("\n") if lines else []
    judged = Report.of_dict(header["validation"]) if header["validation"] else None
    read = {"lines": found, "repairs": repairs, "issues": issues, "links": links, "validation": judged}
    return Extraction(**{**header, **read})
