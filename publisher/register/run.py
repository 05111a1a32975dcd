"""One run over a register feed: read what is unseen, fold it, let it count.

Enters: the files a feed lists and a function that reads one. Leaves: what `IntakeResult` says. The state of a feed is
the fold of its files in their order; a run starts from the lines of the current submission, or from nothing when a
file came late. A file counts in the same transaction as the submission that takes it in, so a crash at any moment
loses and repeats nothing.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from belfort.acceptance import Statement, accept
from belfort.errors import BelfortError, Busy, Damaged, InvalidInput
from belfort.jobs import Context
from belfort.log import get_logger
from belfort.records import feed_file, issue, origin, submission
from belfort.records.database import read, write
from belfort.records.feed_file import FeedFile
from belfort.records.issue import Issue
from belfort.records.source import Source
from publisher.register import deltas

PIPELINE = "register-1"
# A run that would remove more than this share of a feed's subjects waits for an operator; small feeds may.
MASS_DELETE, SMALL_FEED = 0.5, 20
# Issues about what a submission says, replaced by its next one; and about the last run over the feed.
SAID, FEED = "intake", "feed"

log = get_logger("intake")


@dataclass(frozen=True)
class IntakeResult:
    """What a run did: files taken in, triples that came and went, operations without effect.

    `held` counts the files that wait for an operator (mass delete), `refused` the deletes of blank nodes; `stopped`
    is why the run did not come to the end of the feed (what came before it counts). Without news `submission` and
    `change` (the number of the change to the public data) are None.
    """

    files: int = 0
    inserts: int = 0
    deletes: int = 0
    no_ops: int = 0
    held: int = 0
    refused: int = 0
    submission: int | None = None
    change: int | None = None
    stopped: BelfortError | None = field(default=None, compare=False)


Read = Callable[[FeedFile], bytes]


@dataclass(frozen=True)
class _Fold:
    """The state after a run, its subjects before it, and what the new files did."""

    state: deltas.State
    before: set[str]
    counts: deltas.Counts
    refused: tuple[str, ...]


class Run:
    """One run over one feed; `known` are the files as they stood when it began."""

    def __init__(self, context: Context, feed: Source, iri: str, known: list[FeedFile], force: bool) -> None:
        self._context, self._feed, self._iri, self._force = context, feed, iri, force
        self._applied = [file for file in known if file.applied]
        self._pending = {file.id: file for file in known if not file.applied}

    def take_in(self, listed: Iterable[FeedFile], read_file: Read) -> IntakeResult:
        """Read what is unseen, fold it, let it count; see `IntakeResult`."""
        counted = {file.id for file in self._applied}
        todo = self._pending | {file.id: self._pending.get(file.id, file) for file in listed if file.id not in counted}
        new, stopped = self._collect(sorted(todo.values(), key=lambda file: file.order), read_file)
        current = self._current()
        if not new and (current is None or current.pipeline == PIPELINE):
            with write(self._context.engine) as connection:
                issue.replace(connection, self._iri, FEED, _stops(stopped))
            return IntakeResult(stopped=stopped)
        lines = self._context.blobs.get(current.quads).decode().split("\n") if current else []
        fold = self._fold(new, lines if self._continues(new, current) else None, lines)
        gone = len(fold.before - fold.state.subjects())
        if not self._force and len(fold.before) > SMALL_FEED and gone > MASS_DELETE * len(fold.before):
            return self._hold(new, gone, len(fold.before), stopped)
        return self._accept(new, fold, stopped)

    def _collect(self, todo: list[FeedFile], read_file: Read) -> tuple[list[FeedFile], BelfortError | None]:
        """Read, seal and remember the files in order, up to the first that cannot be had or is malformed."""
        new = []
        for file in todo:
            if file.digest:
                new.append(file)
                continue
            digest = ""
            try:
                body = read_file(file)
                digest = self._context.blobs.put(body)
                deltas.parse(body, file.name, self._iri)
            except BelfortError as error:
                log.warning("feed stopped", source=self._feed.slug, file=file.name, error=error.detail)
                error.facts |= {"file": file.name, "digest": digest}
                return new, error
            kept = replace(file, digest=digest)
            with write(self._context.engine) as connection:
                feed_file.keep(connection, kept)
            new.append(kept)
        return new, None

    def _current(self) -> submission.Submission | None:
        """The submission that counts now."""
        with read(self._context.engine) as connection:
            speaker = origin.find(connection, self._iri)
            if speaker is None or speaker.current is None:
                return None
            return submission.get(connection, speaker.current)

    def _continues(self, new: list[FeedFile], current: submission.Submission | None) -> bool:
        """Whether the current submission is the fold of the applied files, and all new files come after those."""
        if current is None or current.pipeline != PIPELINE or current.input_digest != input_digest(self._applied):
            return False
        return not (self._applied and new and new[0].order < self._applied[-1].order)

    def _fold(self, new: list[FeedFile], start: list[str] | None, before: list[str]) -> _Fold:
        """Apply the new files to the start; without one, all files from the beginning."""
        sequence = new if start is not None else _in_order([*self._applied, *new])
        state = deltas.State(start or ())
        fresh = {file.id for file in new}
        counts, refused = deltas.Counts(), []
        for file in sequence:
            delta = deltas.parse(self._raw(file), file.name, self._iri)
            done = state.apply(delta.changesets)
            if file.id in fresh:
                counts += done
                refused += [f"{file.name} {place}" for place in delta.refused]
        return _Fold(state, {row.split(" ", 1)[0] for row in before if row}, counts, tuple(refused))

    def _raw(self, file: FeedFile) -> bytes:
        try:
            return self._context.blobs.get(file.digest)
        except BelfortError as error:
            raise Damaged(f"Deltabestand {file.name} van {self._feed.slug}: {error.detail}", hint=error.hint) from None

    def _accept(self, new: list[FeedFile], fold: _Fold, stopped: BelfortError | None) -> IntakeResult:
        """Let the state count, and its files with it, in one transaction."""
        ids = [file.id for file in new]
        counts = fold.counts

        def within(connection: sa.Connection) -> None:
            stored = feed_file.of_source(connection, self._feed.slug)
            if {file.id for file in stored if file.applied} != {file.id for file in self._applied}:
                raise Busy(
                    f"Een andere intake van {self._feed.slug} was eerder klaar.", hint="Er is niets verloren; herhaal."
                )
            feed_file.set_applied(connection, self._feed.slug, ids)
            issue.replace(connection, self._iri, SAID, _refusals(fold.refused))
            issue.replace(connection, self._iri, FEED, _stops(stopped))

        accepted = accept(
            self._context,
            Statement(
                self._iri, "register", self._feed.slug, input_digest(_in_order([*self._applied, *new])), PIPELINE,
                fold.state.lines(), report={"files": len(new), **counts.__dict__, "refused": list(fold.refused)},
            ),
            within=within,
        )  # fmt: skip
        return IntakeResult(
            len(new), counts.inserts, counts.deletes, counts.no_ops, 0, len(fold.refused),
            accepted.submission.id, accepted.change.seq if accepted.change else None, stopped,
        )  # fmt: skip

    def _hold(self, new: list[FeedFile], gone: int, total: int, stopped: BelfortError | None) -> IntakeResult:
        """Let nothing count: an operator must look at what would go."""
        held = Issue(
            "mass-delete",
            f"{len(new)} bestanden zouden {gone} van de {total} onderwerpen van {self._feed.slug} verwijderen; "
            "ze wachten, wat gepubliceerd is blijft staan.",
            place=f"{new[0].name} – {new[-1].name}" if new else "",
            fix=f"Is het juist? Voer `belfort intake {self._feed.slug} --force` uit. Zo niet, vraag de bron na.",
            count=len(new),
        )
        with write(self._context.engine) as connection:
            issue.replace(connection, self._iri, FEED, [held, *_stops(stopped)])
        log.warning("intake held", source=self._feed.slug, gone=gone, total=total, files=len(new))
        return IntakeResult(held=len(new), stopped=stopped)


def input_digest(files: Iterable[FeedFile]) -> str:
    """The sha256 over the ordered list of (file id, sha256): what a submission of a feed was made from."""
    listed = [[file.id, file.digest] for file in files]
    return hashlib.sha256(json.dumps(listed, separators=(",", ":")).encode()).hexdigest()


def _in_order(files: Iterable[FeedFile]) -> list[FeedFile]:
    return sorted(files, key=lambda file: file.order)


def _refusals(places: tuple[str, ...]) -> list[Issue]:
    """One issue a file for the deletes that named a blank node."""
    by_file: dict[str, list[str]] = {}
    for place in places:
        name, _, where = place.rpartition(" ")
        by_file.setdefault(name, []).append(where)
    return [
        Issue(
            "blank-node-delete",
            f"{name} verwijdert {len(where)} keer iets met een blanke knoop; dat is niet uitgevoerd.",
            place=f"{name} {where[0]}",
            fix="Een blanke knoop heeft geen naam buiten zijn bestand: vraag de bron om een IRI.",
            count=len(where),
        )
        for name, where in by_file.items()
    ]


def _stops(stopped: BelfortError | None) -> list[Issue]:
    return [issue_of("file", stopped)] if stopped else []


def issue_of(code: str, error: BelfortError) -> Issue:
    """The issue of a run that stopped."""
    place = f"{error.facts.get('file', '')} {error.facts.get('place', '')}".strip()
    digest = error.facts.get("digest")
    kind = "malformed" if isinstance(error, InvalidInput) else error.slug
    return Issue(f"{code}-{kind}", error.detail, place + (f" (blob {digest})" if digest else ""), error.hint)
