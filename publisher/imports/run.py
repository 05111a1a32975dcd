"""An import from file to public page.

A file counts as a whole or not at all: it says everything that its origin says, so taking only the good rows would
make the people of the other rows disappear. Nothing of a file that is refused is kept; of one that counts the raw
bytes are sealed, as of every other input.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from belfort import rdf, rijksregister
from belfort.blobs import Blobs
from belfort.errors import InvalidInput, NotFound
from belfort.jobs import Context
from belfort.records import feed_file
from belfort.records.database import now, read, write
from belfort.records.feed_file import DUMP, FeedFile
from belfort.records.source import Source
from publisher.imports import document, rows, table
from publisher.imports.columns import Database
from publisher.imports.member import Member
from publisher.imports.posts import Posts
from publisher.imports.report import Finding, Report, lines
from publisher.register import listing, rdf_file
from publisher.register.run import IntakeResult, Options, Run

MAX_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Order:
    """What to import: a file of a bestuur, as what source, for which database ("" is told by the file)."""

    path: Path
    bestuur: str
    slug: str
    database: Database | None = None
    accept: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Imported:
    """The report, and what it did to the public data (None when the file was refused)."""

    report: Report
    result: IntakeResult | None


def import_file(context: Context, order: Order) -> Imported:
    """Read the file of a bestuur, report about every row, and let it count when none is wrong.

    Raises:
        NotFound: there is no such file, or the register does not know the bestuur.
        InvalidInput: the file is no table or JSON-LD document, or misses columns.
    """
    body = _body(order.path)
    name = rijksregister.mask(order.path.name)
    as_document = rdf_file.format_of(order.path.name) == "jsonld" or body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (
        b"{",
        b"[",
    )
    with read(context.engine) as connection:
        if as_document:
            database: Database = order.database or "mandatarissen"
            posts = Posts(connection, order.bestuur, database)
            members, findings = _document(context, body, name, posts), list[Finding]()
        else:
            found = table.read(body)
            database = order.database or rows.database_of(found)
            posts = Posts(connection, order.bestuur, database)
            members, findings = rows.read(found, database, posts, connection)
    findings += [one for member in members for one in member.findings]
    if not members:
        findings.append(Finding(0, "", "empty", "er staat geen enkele rij in.", "Vul de tabel in."))
    report = Report(name, lines({member.row: member.iri for member in members}, findings))
    if report.faults:
        return Imported(report, None)
    return Imported(report, _let_count(context, order, database, body, _statements(members, posts)))


def _statements(members: list[Member], posts: Posts) -> list[str]:
    triples = [triple for member in members for triple in member.triples]
    return rdf.lines(triples + [triple for made in posts.minted.values() for triple in made])


def _document(context: Context, body: bytes, name: str, posts: Posts) -> list[Member]:
    """The nodes of a JSON-LD document; its bytes are read by the parsing worker from a file of their own."""
    if rijksregister.contains(body.decode("utf-8", "replace")):
        # Not even for a moment in the store of raw bytes: the document is refused whatever else it says.
        finding = Finding(0, "", "rijksregisternummer", "er staat een rijksregisternummer in.", "Verwijder het.")
        return [Member(0, findings=[finding])]
    with tempfile.TemporaryDirectory(dir=context.settings.private) as folder:
        apart = replace(context, blobs=Blobs(Path(folder)))
        digest = apart.blobs.put(body)
        read_lines: Iterator[list[str]] = rdf_file.read(
            apart, digest, name, "jsonld", f"urn:belfort:import:{posts.bestuur}"
        )
        return document.read((t for lines in read_lines for t in rdf.parse_lines("\n".join(lines))), posts)


def _let_count(context: Context, order: Order, database: Database, body: bytes, said: list[str]) -> IntakeResult:
    """Seal the raw bytes, and let the statements be all that this origin says."""
    short = hashlib.sha256(order.bestuur.encode()).hexdigest()[:16]
    slug = f"{order.slug}/{database}/{short}"
    feed = Source(slug, order.slug, "register", f"urn:belfort:import:{slug}", order.bestuur)
    moment = listing.moment(now())
    name = rijksregister.mask(order.path.name)
    text = "".join(f"{line}\n" for line in said).encode()
    same = hashlib.sha256(text).hexdigest()
    with read(context.engine) as connection:
        if any(one.digest == same for one in feed_file.newest_dumps(connection, slug)):
            return IntakeResult()
    if not order.dry_run:
        raw = FeedFile(slug, f"raw:{name}#{hashlib.sha256(body).hexdigest()}@{moment}", name, moment, 0,
                       context.blobs.put(body))  # fmt: skip
        with write(context.engine) as connection:
            feed_file.keep(connection, raw)
            feed_file.set_applied(connection, slug, [raw.id])
    file = FeedFile(slug, f"{DUMP}{same}@{moment}", f"{name}.nt", moment, 0)
    run = Run(context, feed, feed.url, Options(order.accept, order.dry_run))
    is_new = not context.blobs.path(same).exists()
    try:
        return run.take_in([file], lambda _: context.blobs.put(text))
    finally:
        if order.dry_run and is_new:
            context.blobs.path(same).unlink(missing_ok=True)


def _body(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidInput(f"{path.name} is groter dan 64 MiB.", hint="Splits het bestand.")
        return path.read_bytes()
    except OSError as error:
        raise NotFound(f"{path}: {error.strerror}.", hint="Name a CSV or JSON-LD file.") from None


def summary(imported: Imported) -> str:
    """What happened, as one JSON object."""
    report, result = imported.report, imported.result
    return json.dumps(
        {
            "file": report.file,
            "rows": len([line for line in report.lines if line.row]),
            "faults": report.faults,
            "counts": result is not None and not result.held,
            "inserts": result.inserts if result else 0,
            "deletes": result.deletes if result else 0,
            "submission": result.submission if result else None,
            "change": result.change if result else None,
        },
        ensure_ascii=False,
    )
