"""Intake: the unseen files of a register feed become one submission of its origin.

Enters: a register source, or delta files from disk. Leaves: sealed raw files, a submission with everything the feed
says now, issues (see `run`).
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from belfort.errors import BelfortError, FetchError, InvalidInput, NotFound, UsageError
from belfort.jobs import Arguments, Context
from belfort.records import feed_file, issue, source
from belfort.records.database import now, read, write
from belfort.records.feed_file import FeedFile
from belfort.records.source import Source
from belfort.settings import Settings
from publisher.register import listing
from publisher.register.run import FEED, IntakeResult, Run, issue_of

# Where files from disk go when no source is named.
IMPORT = Source("import", "Ingelezen bestanden", "register", "urn:belfort:register:import")


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


def handle(context: Context, arguments: Arguments) -> IntakeResult:
    """The queued stage `intake`: arguments are `source` (slug) and, to let a mass delete pass, `force`.

    Raises:
        NotFound: there is no such source.
        FetchError: the feed or one of its files could not be had; the job is tried again.
    """
    with read(context.engine) as connection:
        found = source.get(connection, arguments["source"])
    if found is None:
        raise NotFound(f"There is no source {arguments['source']!r}.", hint="Check its name, or add it first.")
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
            issue.replace(connection, iri, FEED, [issue_of("listing", error)])
        raise
    return Run(context, feed, iri, known, force).take_in(
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
    run = Run(context, feed, listing.feed_iri(feed.url), known, force)
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
