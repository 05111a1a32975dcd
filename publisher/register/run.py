"""One run over a register feed: read what is unseen, hear it, let it count.

Enters: the files a feed lists and a function that seals one. Leaves: what `IntakeResult` says. The newest word about a
statement wins (see `row`), so files may come late, twice, or again after a crash. A file counts in the transaction of
the submission that takes in the last of it; a crash at any moment loses nothing, and hearing it again changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from belfort import rdf
from belfort.errors import BelfortError, Busy, InvalidInput
from belfort.jobs import Context
from belfort.log import get_logger
from belfort.records import feed_file, issue, origin, submission
from belfort.records.database import read, write
from belfort.records.feed_file import FeedFile
from belfort.records.issue import Issue
from belfort.records.source import Source
from publisher.register import chain, deltas, guard, staging
from publisher.register.count import Part, count
from publisher.register.staging import Heard
from publisher.register.state import State

# A run that would take away more than this share of a class, or of the statements, waits for an operator.
MASS_DELETE = 0.5
# Lines in one submission, about: what a part of a large run keeps in memory.
PART = 20_000
# Files that are noted as read in one transaction.
REMEMBERED_AT_ONCE = 100
# Issues about what a submission says, replaced by its next one; and about the last run over the feed.
SAID, FEED = "intake", "feed"

log = get_logger("intake")


@dataclass(frozen=True)
class IntakeResult:
    """What a run did: files taken in, triples that came and went, operations without effect.

    `held` counts the files that wait for an operator (mass delete), `refused` the deletes of blank nodes; `stopped`
    is why the run did not come to the end of the feed (what came before it counts). Without news `submission` and
    `change` (the number of the last change to the public data) are None. `missing`, `extra` and `later` say how a
    dump differed from the deltas.
    """

    files: int = 0
    inserts: int = 0
    deletes: int = 0
    no_ops: int = 0
    held: int = 0
    refused: int = 0
    missing: int = 0
    extra: int = 0
    later: int = 0
    submission: int | None = None
    change: int | None = None
    stopped: BelfortError | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Options:
    """What an operator may ask of a run: let mass deletion pass; only say what would happen."""

    accept: bool = False
    dry_run: bool = False


# Seals the bytes of a file in the blob store and says their digest.
Seal = Callable[[FeedFile], str]


class Run:
    """One run over one feed, whose origin is `iri`."""

    def __init__(self, context: Context, feed: Source, iri: str, options: Options) -> None:
        self._context, self._feed, self._iri, self._options = context, feed, iri, options

    def take_in(self, listed: Iterable[FeedFile], seal: Seal) -> IntakeResult:
        """Read what is unseen, hear it, let it count; see `IntakeResult`."""
        known = list(listed)
        with read(self._context.engine) as connection:
            counted = feed_file.applied(connection, self._feed.slug, [file.id for file in known])
            waiting = {file.id: file for file in feed_file.waiting(connection, self._feed.slug)}
        todo = waiting | {file.id: waiting.get(file.id, file) for file in known if file.id not in counted}
        new, stopped = self._collect(sorted(todo.values(), key=lambda file: file.order), seal)
        if not new:
            with write(self._context.engine) as connection:
                issue.replace(connection, self._iri, FEED, _stops(stopped))
            return IntakeResult(stopped=stopped)
        with chain.opened(self._context, self._iri) as state:
            self._check_alone(new)
            if not new[0].is_dump:  # a dump says everything itself
                self._restate(state)
            heard = self._hear(state, new)
            losses = [] if self._options.accept else guard.losses(state, MASS_DELETE)
            if losses:
                state.rollback()
                return self._hold(new, losses, stopped)
            if self._options.dry_run:
                state.rollback()
                self._forget_dumps(new)
                return _result(heard, len(new), stopped)
            return self._let_count(state, new, heard, stopped)

    def _collect(self, todo: list[FeedFile], seal: Seal) -> tuple[list[FeedFile], BelfortError | None]:
        """Read, seal and remember the files in order, up to the first that cannot be had or is malformed."""
        new: list[FeedFile] = []
        fresh: list[FeedFile] = []
        try:
            for file in todo:
                kept, error = self._sealed(file, seal)
                if error:
                    return new, error
                new.append(kept)
                if kept is not file:
                    fresh.append(kept)
                if len(fresh) >= REMEMBERED_AT_ONCE:
                    self._remember(fresh)
            return new, None
        finally:
            self._remember(fresh)

    def _sealed(self, file: FeedFile, seal: Seal) -> tuple[FeedFile, BelfortError | None]:
        if file.digest:
            return file, None
        digest = ""
        try:
            digest = seal(file)
            if not file.is_dump:
                deltas.parse(self._context.blobs.get(digest), file.name, self._iri)
        except BelfortError as error:
            log.warning("feed stopped", source=self._feed.slug, file=file.name, error=error.detail)
            error.facts |= {"file": file.name, "digest": digest}
            return file, error
        return replace(file, digest=digest), None

    def _remember(self, files: list[FeedFile]) -> None:
        """Note that these were read, so that no later run asks for them again; empties the list."""
        if files:
            with write(self._context.engine) as connection:
                for file in files:
                    feed_file.keep(connection, file)
            files.clear()

    def _check_alone(self, new: list[FeedFile]) -> None:
        with read(self._context.engine) as connection:
            if feed_file.applied(connection, self._feed.slug, [file.id for file in new]):
                raise Busy(
                    f"Een andere intake van {self._feed.slug} was eerder klaar.", hint="Er is niets verloren; herhaal."
                )

    def _restate(self, state: State) -> None:
        """A feed that was withdrawn says again what it said."""
        with read(self._context.engine) as connection:
            speaker = origin.find(connection, self._iri)
            last = submission.newest(connection, speaker.id) if speaker and speaker.current is None else None
            if last is None:
                return
            with chain.replayed(self._context, connection, last) as before:
                state.note("floor", before.floor)
                for iri, one in before.every():
                    state.stage({iri: one})

    def _hear(self, state: State, new: list[FeedFile]) -> Heard:
        try:
            return staging.stage(self._context, state, new, self._iri)
        except BelfortError as error:
            dumps = [file for file in new if file.is_dump]
            error.facts.setdefault("digest", dumps[0].digest if dumps else "")
            self._forget_dumps(new)
            with write(self._context.engine) as connection:
                issue.replace(connection, self._iri, FEED, [issue_of("file", error)])
            raise

    def _forget_dumps(self, new: list[FeedFile]) -> None:
        """A dump that does not count must not keep the deltas from counting."""
        with write(self._context.engine) as connection:
            feed_file.discard(connection, self._feed.slug, [file.id for file in new if file.is_dump])

    def _let_count(self, state: State, new: list[FeedFile], heard: Heard, stopped: BelfortError | None) -> IntakeResult:
        """Let the staged rows count, part by part; the files count with the last."""
        speaker = (self._iri, self._feed.slug)
        report = _report(new, heard)
        ids = [file.id for file in new]
        changes: list[int] = []
        last = False
        while not last:
            rows = state.take(PART)
            last = sum(map(len, rows.values())) < PART

            def within(connection: sa.Connection, last: bool = last) -> None:
                if last:
                    feed_file.set_applied(connection, self._feed.slug, ids)
                    issue.replace(connection, self._iri, SAID, _refusals(heard.refused))
                    issue.replace(connection, self._iri, FEED, [*_differences(new, heard), *_stops(stopped)])

            counted, made = count(self._context, state, speaker, Part(rows, report if last else {}, within))
            changes += [made.seq] if made else []
        state.commit()
        done = _result(heard, len(new), stopped)
        return replace(done, submission=counted.id, change=changes[-1] if changes else None)

    def _hold(self, new: list[FeedFile], losses: list[guard.Loss], stopped: BelfortError | None) -> IntakeResult:
        """Let nothing count: an operator must look at what would go."""
        what = ", ".join(loss.words() for loss in losses)
        held = Issue(
            "mass-delete",
            f"{len(new)} bestanden zouden van {self._feed.slug} verwijderen: {what}; "
            "ze wachten, wat gepubliceerd is blijft staan.",
            place=f"{new[0].name} – {new[-1].name}",
            fix="Is het juist? Herhaal de opdracht met --accept. Zo niet, vraag de bron na.",
            count=len(new),
        )
        self._forget_dumps(new)
        with write(self._context.engine) as connection:
            issue.replace(connection, self._iri, FEED, [held, *_stops(stopped)])
        log.warning("intake held", source=self._feed.slug, losses=what, files=len(new))
        return IntakeResult(held=len(new), stopped=stopped)


def _result(heard: Heard, files: int, stopped: BelfortError | None) -> IntakeResult:
    counts = heard.counts
    return IntakeResult(
        files, counts.inserts, counts.deletes, counts.no_ops, 0, len(heard.refused),
        sum(heard.missing.values()), sum(heard.extra.values()), heard.later, stopped=stopped,
    )  # fmt: skip


def _report(new: list[FeedFile], heard: Heard) -> dict[str, Any]:
    """What a submission remembers of its run."""
    return {
        "files": [[file.id, file.digest] for file in new],
        **heard.counts.__dict__,
        "refused": heard.refused,
        "missing": [[*name, n] for name, n in sorted(heard.missing.items())],
        "extra": [[*name, n] for name, n in sorted(heard.extra.items())],
    }


def _differences(new: list[FeedFile], heard: Heard) -> list[Issue]:
    """How a dump differed from what the deltas said, by class and predicate; a first dump differs from nothing."""
    if not heard.extra and not heard.later:
        return []
    place = ", ".join(file.name for file in new if file.is_dump)[:300]
    fix = "Niets te doen; komt het vaak voor, vraag de bron na."
    return [
        Issue("dump-missing", f"{what} stonden in de dump en niet in de delta’s; hersteld.", place, fix, number)
        for what, number in _by_kind(heard.missing)
    ] + [
        Issue("dump-extra", f"{what} zeiden de delta’s en de dump niet; hersteld.", place, fix, number)
        for what, number in _by_kind(heard.extra)
    ]


def _by_kind(counts: dict[tuple[str, str], int]) -> list[tuple[str, int]]:
    """(class, predicate) → how often, as words and a number."""
    return [
        (f"{number} uitspraken {rdf.curie(predicate)} ({rdf.curie(name) if name else 'zonder klasse'})", number)
        for (name, predicate), number in sorted(counts.items())
    ]


def _refusals(places: list[str]) -> list[Issue]:
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
