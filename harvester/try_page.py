"""`belfort try`: what Belfort sees in one page; nothing is stored."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from belfort.errors import BelfortError, DeadlineExceeded, FetchError, InvalidInput, NotFound, UsageError
from belfort.records.issue import Issue
from belfort.settings import Settings
from belfort.workers import WorkerCrashed

if TYPE_CHECKING:
    from harvester.extract import Extraction

# A saved page that nobody gave an address has one that can never exist (RFC 2606).
ASSUMED = "https://voorbeeld.invalid/"
_URL = re.compile(r"https?://", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")


@dataclass(frozen=True)
class Found:
    """The bytes of the page, its address, and what its server called them."""

    content: bytes
    url: str
    content_type: str = ""


@click.command("try")
@click.argument("page", metavar="FILE|URL")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--format", "form", type=click.Choice(["nq", "ttl", "jsonld"]), help="Write what the page says as RDF.")
@click.option("--base-url", default="", metavar="URL", help=f"Address of the page (a file: {ASSUMED}NAME).")
@click.option("--no-repair", is_flag=True, help="Read the page as plain RDFa 1.1.")
@click.option("--without", multiple=True, metavar="REPAIR", help="Switch off one repair; may be given again.")
@click.pass_obj
def try_page(
    settings: Settings,
    page: str,
    as_json: bool,
    form: str | None,
    base_url: str,
    no_repair: bool,
    without: tuple[str, ...],
) -> None:
    """Show what Belfort sees in one page; nothing is stored.

    Document types, zittingen, agendapunten, behandelingen, stemmingen, besluiten with their titles, what was
    repaired and what is wrong. Exits with 3 when the page says nothing that Belfort can use.
    """
    if as_json and form:
        raise UsageError("--json and --format exclude each other.", hint="Choose one.")
    if base_url and not _URL.match(base_url):
        raise UsageError(f"--base-url {base_url!r} is no web address.", hint="Give it as https://host/path.")
    from harvester.repairs import Repairs

    Repairs(without)  # refuses a repair that does not exist before anything is read
    found = _fetched(settings, page, base_url) if _URL.match(page) else _read(page, base_url)
    extraction = _extraction(settings, found, repair=not no_repair, without=without)
    click.echo(_output(extraction, found.url, "json" if as_json else form), nl=False)
    failure = _failure(page, extraction.issues)
    if failure:
        raise failure


def _extraction(settings: Settings, found: Found, *, repair: bool, without: tuple[str, ...]) -> "Extraction":
    from harvester.reading import Reader

    reader = Reader(settings)
    try:
        return reader.read(found.content, found.url, found.content_type, repair, without=without)
    finally:
        reader.close()


def _output(extraction: "Extraction", url: str, form: str | None) -> str:
    from harvester import try_output

    if form == "nq":
        return try_output.quads(extraction, url)
    if form == "ttl":
        return try_output.turtle(extraction)
    if form == "jsonld":
        return try_output.jsonld(extraction)
    return try_output.as_json(extraction, url) if form == "json" else try_output.text(extraction, url)


def _read(name: str, base_url: str) -> Found:
    path = Path(name)
    if _OTHER_SCHEME.match(name):
        raise UsageError(f"{name} is neither a file nor a web address.", hint="Give a path or https://….")
    if path.is_dir():
        raise UsageError(f"{name} is a folder.", hint="Name one saved page.")
    try:
        return Found(path.read_bytes(), base_url or ASSUMED + quote(path.name))
    except FileNotFoundError:
        raise NotFound(f"There is no file {name}.", hint="Give a path or https://….") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InvalidInput(f"{name} cannot be read: {reason}.") from None


def _fetched(settings: Settings, url: str, base_url: str) -> Found:
    from belfort.http import fetch

    response = fetch(settings, url)
    if response.status != 200:
        raise FetchError(f"{url} answered {response.status}.", hint="Open it in a browser to see what it is.")
    content_type = next((text for name, text in response.headers if name.lower() == "content-type"), "")
    return Found(response.body, base_url or response.url, content_type)


def _failure(page: str, issues: list[Issue]) -> BelfortError | None:
    """The error that the command ends with, or None; an overview is no failure."""
    from harvester.extract import SILENT

    kinds: dict[str, type[BelfortError]] = {"too-slow": DeadlineExceeded, "crashed": WorkerCrashed}
    for one in issues:
        if one.code in SILENT - {"overview"}:
            return kinds.get(one.code, InvalidInput)(f"{page}: {one.message}", hint=one.fix)
    return None
