"""Intake: the unseen files of a register feed, or files from disk, become submissions of its origin.

Enters: a register source, or files: deltas (JSON) and dumps (RDF). Leaves: sealed raw files, submissions, issues (see
`run`). A feed that was never taken in begins with the dump that its producer describes, if there is one.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from belfort import rijksregister
from belfort.errors import BelfortError, FetchError, InvalidInput, NotFound, UsageError
from belfort.jobs import Arguments, Context
from belfort.records import feed_file, issue, source
from belfort.records.database import now, read, write
from belfort.records.feed_file import DUMP, FeedFile
from belfort.records.source import Source
from belfort.settings import Settings
from publisher.register import dcat, listing, rdf_file
from publisher.register.run import FEED, IntakeResult, Options, Run, issue_of

# Where files from disk go when no source is named.
IMPORT = Source("import", "Ingelezen bestanden", "register", "urn:belfort:register:import")
# A dump of a whole register is larger, and takes longer, than anything else that is fetched.
DUMP_BYTES, DUMP_SECONDS = 16 * 2**30, 3_600.0
_PIECE = 1 << 20


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
class Wish:
    """What is asked of an intake: let mass deletion pass; only say what would happen; hear the producer's dump.

    `dump` is `first` (when the feed was never taken in), `always` (reconciliation) or `never`.
    """

    accept: bool = False
    dry_run: bool = False
    dump: str = "first"

    @property
    def options(self) -> Options:
        """What of it concerns the run."""
        return Options(self.accept, self.dry_run)


def handle(context: Context, arguments: Arguments) -> IntakeResult:
    """The queued stage `intake`: arguments are `source` (slug) and, to let a mass delete pass, `accept`.

    Raises:
        NotFound: there is no such source.
        FetchError: the feed or one of its files could not be had; the job is tried again.
    """
    with read(context.engine) as connection:
        found = source.get(connection, arguments["source"])
    if found is None:
        raise NotFound(f"There is no source {arguments['source']!r}.", hint="Check its name, or add it first.")
    result = intake(context, found, wish=Wish(accept=bool(arguments.get("accept") or arguments.get("force"))))
    if result.stopped and not isinstance(result.stopped, InvalidInput):
        raise result.stopped
    return result


def intake(context: Context, feed: Source, *, fetch: Fetch | None = None, wish: Wish | None = None) -> IntakeResult:
    """Take in the files of the feed that were not seen yet; no such file, no submission.

    Raises:
        UsageError: the source is no register.
        NotFound: a dump was asked for and the producer describes none.
        FetchError: the listing could not be had.
        InvalidInput: the listing, or a dump, is none.
        Busy: another intake of this feed came first.
    """
    if feed.kind != "register":
        raise UsageError(f"Source {feed.slug} is a {feed.kind}, not a register.", hint="Use `belfort harvest`.")
    asked = wish or Wish()
    server = _Server(context, feed.allow, fetch)
    iri = listing.feed_iri(feed.url)
    with read(context.engine) as connection:
        newest = feed_file.newest(connection, feed.slug)
    try:
        dump = _dump(server, feed, iri, asked, newest)
        cursor = listing.cursor(newest or (dump[0].created if dump else ""))
        listed = listing.walk(server.body, feed.slug, iri, cursor)
    except BelfortError as error:
        with write(context.engine) as connection:
            issue.replace(connection, iri, FEED, [issue_of("listing", error)])
        raise
    urls = {dump[0].id: dump[1]} if dump else {}

    def seal(file: FeedFile) -> str:
        if file.id in urls:
            return server.download(urls[file.id])
        return context.blobs.put(server.body(listing.download_url(iri, file.id)))

    return Run(context, feed, iri, asked.options).take_in([dump[0], *listed] if dump else listed, seal)


def _dump(server: "_Server", feed: Source, iri: str, wish: Wish, newest: str) -> tuple[FeedFile, str] | None:
    """The dump to begin or to compare with, and its address."""
    if wish.dump == "never" or (wish.dump == "first" and newest):
        return None
    found = dcat.find(server.ask, iri)
    if found is None and wish.dump == "always":
        raise NotFound(
            f"{iri} beschrijft geen dump.", hint="Vraag de bron na, of geef de dump als bestand met --source."
        )
    if found is None:
        return None
    return FeedFile(feed.slug, f"{DUMP}{found.id}", rijksregister.mask(found.name), found.moment, 0), found.url


@dataclass(frozen=True)
class Given:
    """Files from disk: of which source, and from when on deltas count beside what they say ("" is by their names)."""

    slug: str
    paths: Sequence[Path]
    moment: str = ""


def import_files(context: Context, given: Given, wish: Wish | None = None) -> IntakeResult:
    """Take in files from disk as files of a source (or of the built-in source `import`).

    Deltas (JSON) named `delta-<moment>-<n>.json` have their place in the feed by their names; others come last, in the
    order given. All RDF files together are one dump: from its moment on the source says this and what later deltas
    say. The same files again do nothing.

    Raises:
        NotFound: no such source or file.
        InvalidInput: a file cannot be read, or a dump is older than the one that counts.
    """
    with read(context.engine) as connection:
        feed = source.get(connection, given.slug) or (IMPORT if given.slug == IMPORT.slug else None)
        newest = feed_file.newest(connection, given.slug)
        dumped = feed_file.newest_dumps(connection, given.slug)
    if feed is None:
        raise NotFound(f"There is no source {given.slug!r}.", hint="Leave --source away to import under `import`.")
    if feed.kind != "register":
        raise UsageError(f"Source {feed.slug} is a {feed.kind}, not a register.")
    moment = now() if not given.moment else given.moment
    last = max(listing.moment(moment), newest)
    paths: dict[str, Path] = {}
    todo: list[FeedFile] = []
    for number, path in enumerate(given.paths):
        file = _on_disk(feed.slug, path, (last, number))
        if file.id not in paths:
            paths[file.id] = path
            todo.append(file)
    todo = _one_dump(todo, given.moment, last)
    paths |= {new.id: paths[new.id.removeprefix(DUMP).rsplit("@", 1)[0]] for new in todo if new.is_dump}
    if _is_known(todo, dumped):
        todo = [file for file in todo if not file.is_dump]
    run = Run(context, feed, listing.feed_iri(feed.url), (wish or Wish()).options)
    return run.take_in(todo, lambda file: context.blobs.put_parts(_pieces(paths[file.id])))


def _on_disk(slug: str, path: Path, place: tuple[str, int]) -> FeedFile:
    digest = hashlib.sha256()
    head = b""
    for piece in _pieces(path):
        head = head or piece[:4096]
        digest.update(piece)
    name = rijksregister.mask(path.name)
    if path.suffix.lower() == ".json" and _is_jsonld(head):
        name += ".jsonld"
    stamp = listing.moment_of(name)
    key = f"{name}#{digest.hexdigest()[:16]}"
    return FeedFile(slug, key, name, *((stamp, listing.number_of(name)) if stamp else place))


def _one_dump(files: list[FeedFile], moment: str, last: str) -> list[FeedFile]:
    """The RDF files among these as one dump of one moment: as asked, else by the name of one alone, else now."""
    dumps = [file for file in files if rdf_file.format_of(file.name)]
    if not dumps:
        return files
    by_name = listing.stamp_of(dumps[0].name) if len(dumps) == 1 else ""
    at = listing.moment(moment) or (dcat.since(by_name) if by_name else last)
    made = [FeedFile(one.source, f"{DUMP}{one.id}@{at}", one.name, at, n) for n, one in enumerate(dumps)]
    return made + [file for file in files if file not in dumps]


def _is_known(todo: list[FeedFile], dumped: list[FeedFile]) -> bool:
    """Whether the dump that counts consists of exactly these files."""

    def digests(files: list[FeedFile]) -> set[str]:
        return {file.id.rsplit("@", 1)[0] for file in files if file.is_dump}

    return bool(digests(todo)) and digests(todo) == digests(dumped)


def _is_jsonld(head: bytes) -> bool:
    return any(f'"@{word}"'.encode() in head for word in ("context", "graph", "id", "type"))


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise NotFound(f"{path}: {error.strerror}.", hint="Name delta files (JSON) or dumps (RDF).") from None


class _Server:
    """The producer's server, asked through the guarded client."""

    def __init__(self, context: Context, allow: str, fetch: Fetch | None) -> None:
        self._context, self._allow, self._fetch = context, allow, fetch

    def body(self, url: str) -> bytes:
        """The body of an answer 200."""
        answer = self._get(url)
        if answer.status != 200:
            raise _unusable(url, answer.status)
        return answer.body

    def ask(self, url: str) -> bytes | None:
        """The body, or None when the server has nothing there."""
        answer = self._get(url)
        if answer.status in (404, 405, 410, 501):
            return None
        if answer.status != 200:
            raise _unusable(url, answer.status)
        try:  # a server that answers its site's HTML to every address describes no dump
            json.loads(answer.body)
        except ValueError:
            return None
        return answer.body

    def _get(self, url: str) -> Answer:
        settings = self._context.settings
        headers = (("Accept", "application/vnd.api+json, application/json;q=0.9"),)
        if self._fetch is not None:
            return self._fetch(settings, url, headers=headers, allow=self._allow)
        from belfort.http import fetch

        return fetch(settings, url, headers=headers, allow=self._allow)

    def download(self, url: str) -> str:
        """Seal the file at that address; its digest."""
        blobs = self._context.blobs
        if self._fetch is not None:
            return blobs.put(self.body(url))
        from belfort.http import download

        wide = {"http_max_body": DUMP_BYTES, "http_timeout": DUMP_SECONDS}
        settings = self._context.settings.model_copy(update=wide)
        with tempfile.TemporaryDirectory(dir=self._context.settings.private) as folder:
            target = Path(folder) / "dump"
            answer = download(settings, url, target, headers=(("Accept", "*/*"),), allow=self._allow)
            if answer.status != 200:
                raise _unusable(url, answer.status)
            return blobs.put_parts(_pieces(target))


def _unusable(url: str, status: int) -> FetchError:
    return FetchError(f"{url} antwoordt {status}.", hint="Kijk of het adres van de bron nog klopt.")
