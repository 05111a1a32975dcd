"""A page becomes a submission: extract, then accept, in one transaction with its snapshot and its issues.

Enters: bytes and their address. Leaves: an accepted submission and its change, or an issue that says why not.
"""

import atexit
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import sqlalchemy as sa

from belfort import acceptance, jobs, rijksregister
from belfort.acceptance import Statement
from belfort.errors import NotFound
from belfort.records import issue, snapshot
from belfort.records.change import Change
from belfort.records.database import write
from belfort.records.issue import Issue
from belfort.settings import Settings
from harvester.extract import Extraction
from harvester.reading import Reader
from harvester.sessions import without_session

# Part of the identity of a submission: raise it when the same bytes would give other triples.
PIPELINE = "page-2"


@dataclass(frozen=True)
class Page:
    """The bytes of a page, the address that is its origin, and who is behind it."""

    url: str
    content: bytes
    authority: str
    content_type: str = ""


@dataclass(frozen=True)
class Submitted:
    """What became of a page: a submission (its number) or, when it says nothing, the issues that say why."""

    url: str
    submission: int | None
    news: bool
    change: Change | None
    extraction: Extraction | None
    issues: list[Issue] = field(default_factory=list)


def submit(context: jobs.Context, reader: Reader, page: Page, *, snapshot_digest: str | None = None) -> Submitted:
    """Read the page and make what it says count; a page that says nothing leaves only issues.

    A session id in the address is no part of the origin: the page is the same under every session.

    Without `snapshot_digest` (a file that someone hands in) the bytes are kept as a snapshot first.
    """
    refused = _refused(page)
    if refused:
        return refused
    extraction = reader.read(page.content, page.url, page.content_type, judge="short")
    return _store(context, page, extraction, snapshot_digest)


def submit_all(context: jobs.Context, reader: Reader, pages: Iterable[Page]) -> Iterator[Submitted]:
    """Submit the pages in their order; while one is stored, the child reads the next."""
    asked: Page | None = None
    try:
        for page in pages:
            before, extraction = asked, reader.answer() if asked else None
            refused, asked = _refused(page), None
            if not refused:
                reader.ask(page.content, page.url, page.content_type, judge="short")
                asked = page
            if before and extraction:
                yield _store(context, before, extraction, None)
            if refused:
                yield refused
        if asked:
            extraction, before, asked = reader.answer(), asked, None
            yield _store(context, before, extraction, None)
    finally:
        if asked:  # nobody will take that answer
            reader.close()


def _refused(page: Page) -> Submitted | None:
    """The outcome for a page of which nothing may be kept: its address alone says too much."""
    if not rijksregister.contains(page.url):
        return None
    refused = Issue(
        "rijksregister-in-address",
        "Het adres van de bron bevat een rijksregisternummer: er is niets bewaard of gepubliceerd.",
        fix="Publiceer op een adres zonder persoonsgegevens.",
    )
    return Submitted(rijksregister.mask(page.url), None, False, None, None, [refused])


def _store(context: jobs.Context, page: Page, extraction: Extraction, snapshot_digest: str | None) -> Submitted:
    """Make what was read count, with its snapshot and issues."""
    issues = [*extraction.issues, *_findings(extraction)]
    body = context.blobs.put(page.content)
    origin = without_session(page.url)

    def keep(connection: sa.Connection) -> None:
        if snapshot_digest is None and snapshot.newest_body(connection, page.url) != body:
            snapshot.add(connection, url=page.url, status=0, body=body, size=len(page.content))
        issue.replace(connection, origin, "extract", issues)

    if not extraction.says_something:
        with write(context.engine) as connection:
            keep(connection)
        return Submitted(page.url, None, False, None, extraction, issues)
    statement = Statement(
        origin=origin,
        kind="page",
        authority=page.authority,
        input_digest=body,
        pipeline=PIPELINE,
        lines=extraction.lines,
        document_types=extraction.document_types,
        repairs={repair.rule: repair.count for repair in extraction.repairs},
        report={
            "counts": extraction.counts,
            "derived": len(extraction.derived),
            "validation": extraction.validation.summary() if extraction.validation else {},
        },
        snapshot=snapshot_digest,
    )
    accepted = acceptance.accept(context, statement, within=keep)
    return Submitted(page.url, accepted.submission.id, accepted.news, accepted.change, extraction, issues)


def _findings(extraction: Extraction) -> list[Issue]:
    """What the shapes found, one issue a shape; the page is published all the same."""
    if not extraction.validation or not extraction.says_something:
        return []
    return [
        Issue(
            "validation",
            f"{one.document_type}{f', {one.level}' if one.level else ''}: {one.message}",
            place=next((example.subject for example in one.examples), ""),
            fix=one.fix,
            count=one.count,
        )
        for one in extraction.validation.findings
    ]


def extract_job(context: jobs.Context, arguments: jobs.Arguments) -> Submitted | None:
    """The queued stage `extract`: a snapshot becomes a submission, or a page that is gone is withdrawn."""
    url = arguments["url"]
    if arguments.get("withdraw"):
        change = acceptance.withdraw(context, url, arguments.get("reason", "gone"))
        return Submitted(url, None, change is not None, change, None)
    with context.engine.connect() as connection:
        kept = snapshot.get(connection, arguments["snapshot"])
    if kept is None:
        raise NotFound(f"Snapshot {arguments['snapshot']} does not exist.", hint="Harvest the source again.")
    content_type = next((text for name, text in kept.response_headers if name.lower() == "content-type"), "")
    page = Page(url, context.blobs.get(kept.body), arguments["source"], content_type)
    return submit(context, _reader(context.settings), page, snapshot_digest=kept.digest)


@cache
def _reader(settings: Settings) -> Reader:
    """One reading process for all jobs of this process; it ends with it."""
    reader = Reader(settings)
    atexit.register(reader.close)
    return reader
