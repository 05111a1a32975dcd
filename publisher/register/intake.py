"""Intake: the unseen files of a register feed become one submission of its origin.

Enters: a register source, or delta files from disk. Leaves: sealed raw files, a submission with everything the feed
says now, issues. The state of a feed is the fold of its files in their order; a run starts from the lines of the
current submission, or from nothing when a file came late. A file counts in the same transaction as the submission
that takes it in, so a crash at any moment loses and repeats nothing.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from belfort.acceptance import Statement, accept
from belfort.errors import BelfortError, Busy, Damaged, FetchError, InvalidInput, NotFound, UsageError
from belfort.jobs import Arguments, Context
from belfort.log import get_logger
from belfort.records import feed_file, issue, origin, source, submission
from belfort.records.database import now, read, write
from belfort.records.feed_file import FeedFile
from belfort.records.issue import Issue
from belfort.records.source import Source
from belfort.settings import Settings
from publisher.register import deltas, listing

PIPELINE = "register-1"
STAGE = "intake"
# A run that would remove more than this share of a feed's subjects waits for an operator; small feeds may.
MASS_DELETE, SMALL_FEED = 0.5, 20
# Where files from disk go when no source is named.
IMPORT = Source("import", "Ingelezen bestanden", "register", "urn:belfort:register:import")

log = get_logger(STAGE)


class Answer(Protocol):
    """What a server answered."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> bytes: ...


class Fetch(Protocol):
    """`belfort.http.fetch`, or another function that gets an address."""

    def __call__(
        self, settings: Settings, url: str, *, headers: tuple[tuple[str, str], ...] = (), allow: str = ""
    ) -> Answer: ...


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


def handle(context: Context, arguments: Arguments) -> IntakeResult:
    """The queued stage `intake`: arguments are `source` (slug) and, to let a mass delete pass, `force`.

    Raises:
        NotFound: there is no such source.
        FetchError: the feed or one of its files could not be had; the job is tried again.
    """
    with read(context.engine) as connection:
        found = source.get(connection, arguments["source"])
    if found is None:
        raise NotFound(f"There is no source {arguments['source']!r}.", hint="`belfort sources` lists them.")
    result = intake(context, found, force=bool(arguments.get("force")))
    if result.stopped and not isinstance(result.stopped, InvalidInput):
        raise result.stopped
    return result


def intake(context: Context, feed: Source, *, fetch: Fetch | None = None, force: bool = False) -> IntakeResult:
    """Take in the files of the feed that were not seen yet; no such file, no submission.

    Raises:
        UsageError: the source is no register.
        FetchError: the listing could not be had.
        InvalidInput: the listing is none.
        Busy: another intake of this feed came first.
    """
    if feed.kind != "register":
        raise UsageError(f"Source {feed.slug} is a {feed.kind}, not a register.", hint="Use `belfort harvest`.")
    getter = _getter(context, feed, fetch)
    iri = listing.feed_iri(feed.url)
    with read(context.engine) as connection:
        known = feed_file.of_source(connection, feed.slug)
    try:
        listed = listing.walk(getter, feed.slug, iri, listing.cursor([file for file in known if file.applied]))
    except BelfortError as error:
        with write(context.engine) as connection:
            issue.replace(connection, iri, STAGE, [_issue("listing", error)])
        raise
    return _Run(context, feed, iri, known, force).take_in(
        listed, lambda file: getter(listing.download_url(iri, file.id))
    )


def import_files(context: Context, slug: str, paths: Sequence[Path], *, force: bool = False) -> IntakeResult:
    """Take in delta files from disk as files of the source `slug` (or of the built-in source `import`).

    A file named `delta-<moment>-<n>.json` has its place in the feed by its name; others come last, in the order given.
    The same file (name and content) again does nothing.

    Raises:
        NotFound: no such source or file.
    """
    with read(context.engine) as connection:
        feed = source.get(connection, slug) or (IMPORT if slug == IMPORT.slug else None)
        known = feed_file.of_source(connection, slug)
    if feed is None:
        raise NotFound(f"There is no source {slug!r}.", hint="Leave --source away to import under `import`.")
    if feed.kind != "register":
        raise UsageError(f"Source {slug} is a {feed.kind}, not a register.")
    bodies = [(path, _content(path)) for path in paths]
    last = max([listing.moment(now()), *(file.created for file in known)])
    named: dict[str, bytes] = {}
    todo = []
    seen = {(file.name, file.digest) for file in known if file.applied}
    for number, (path, body) in enumerate(bodies):
        digest = hashlib.sha256(body).hexdigest()
        file = _on_disk(feed.slug, path.name, digest, (last, number))
        if (path.name, digest) not in seen and file.id not in named:
            named[file.id] = body
            todo.append(file)
    run = _Run(context, feed, listing.feed_iri(feed.url), known, force)
    return run.take_in(todo, lambda file: named[file.id])


def _on_disk(slug: str, name: str, digest: str, place: tuple[str, int]) -> FeedFile:
    stamp = listing.moment_of(name)
    key = f"{name}#{digest[:16]}"
    return FeedFile(slug, key, name, *((stamp, listing.number_of(name)) if stamp else place))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotFound(f"{path}: {error.strerror}.", hint="Name delta files (JSON).") from None


def _getter(context: Context, feed: Source, fetch: Fetch | None) -> Callable[[str], bytes]:
    if fetch is None:
        from belfort.http import fetch as guarded

        fetch = guarded
    ask = fetch

    def get(url: str) -> bytes:
        answer = ask(context.settings, url, headers=(("Accept", "application/json"),), allow=feed.allow)
        if answer.status != 200:
            raise FetchError(f"{url} antwoordt {answer.status}.", hint="Kijk of het adres van de bron nog klopt.")
        return answer.body

    return get


@dataclass(frozen=True)
class _Fold:
    """The state after a run, its subjects before it, and what the new files did."""

    state: deltas.State
    before: set[str]
    counts: deltas.Counts
    refused: tuple[str, ...]


class _Run:
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
        current, lines = self._current()
        if not new and (current is None or current.pipeline == PIPELINE):
            return self._nothing(stopped)
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

    def _current(self) -> tuple[submission.Submission | None, list[str]]:
        """The submission that counts now and its lines."""
        with read(self._context.engine) as connection:
            speaker = origin.find(connection, self._iri)
            if speaker is None or speaker.current is None:
                return None, []
            counts = submission.get(connection, speaker.current)
        return counts, self._context.blobs.get(counts.quads).decode().split("\n")

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
        return _Fold(state, deltas.State(before).subjects(), counts, tuple(refused))

    def _raw(self, file: FeedFile) -> bytes:
        try:
            return self._context.blobs.get(file.digest)
        except BelfortError as error:
            raise Damaged(f"Deltabestand {file.name} van {self._feed.slug}: {error.detail}", hint=error.hint) from None

    def _accept(self, new: list[FeedFile], fold: _Fold, stopped: BelfortError | None) -> IntakeResult:
        """Let the state count, and its files with it, in one transaction."""
        ids = [file.id for file in new]
        issues = _refusals(fold.refused) + ([_issue(STAGE, stopped)] if stopped else [])
        counts = fold.counts

        def within(connection: sa.Connection) -> None:
            stored = feed_file.of_source(connection, self._feed.slug)
            if {file.id for file in stored if file.applied} != {file.id for file in self._applied}:
                raise Busy(
                    f"Een andere intake van {self._feed.slug} was eerder klaar.", hint="Er is niets verloren; herhaal."
                )
            feed_file.set_applied(connection, self._feed.slug, ids)
            issue.replace(connection, self._iri, STAGE, issues)

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
            issue.replace(connection, self._iri, STAGE, [held] + ([_issue(STAGE, stopped)] if stopped else []))
        log.warning("intake held", source=self._feed.slug, gone=gone, total=total, files=len(new))
        return IntakeResult(held=len(new), stopped=stopped)

    def _nothing(self, stopped: BelfortError | None) -> IntakeResult:
        if stopped:
            with write(self._context.engine) as connection:
                issue.replace(connection, self._iri, STAGE, [_issue(STAGE, stopped)])
        return IntakeResult(stopped=stopped)


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


def _issue(code: str, error: BelfortError) -> Issue:
    """The issue of a run that stopped."""
    place = f"{error.facts.get('file', '')} {error.facts.get('place', '')}".strip()
    digest = error.facts.get("digest")
    kind = "malformed" if isinstance(error, InvalidInput) else error.slug
    return Issue(f"{code}-{kind}", error.detail, place + (f" (blob {digest})" if digest else ""), error.hint)
