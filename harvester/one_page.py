"""One page that a person names, a file or an address: its bytes, what it says, and how a command ends on it."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

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


def find(settings: Settings, page: str, base_url: str) -> Found:
    """The page in a file, at an address or (`-`) on standard input.

    `base_url` ("" for none) is what its own address is to be.

    Raises:
        UsageError: it is neither, or the base is no web address.
        NotFound: there is no such file.
        InvalidInput: the file cannot be read.
        FetchError: the server does not give it.
    """
    if base_url and not _URL.match(base_url):
        raise UsageError(f"The base {base_url!r} is no web address.", hint="Give it as https://host/path.")
    return _fetched(settings, page, base_url) if _URL.match(page) else _read(page, base_url)


def extraction(settings: Settings, found: Found, *, repair: bool = True, **options: Any) -> "Extraction":
    """What the page says, read in a child process; `options` are those of `harvester.extract.extract`."""
    from harvester.reading import Reader

    reader = Reader(settings)
    try:
        return reader.read(found.content, found.url, found.content_type, repair, **options)
    finally:
        reader.close()


def _read(name: str, base_url: str) -> Found:
    if name == "-":
        return Found(sys.stdin.buffer.read(), base_url or f"{ASSUMED}stdin")
    if not name.strip():
        raise UsageError("There is no page to read.", hint="Give a path or https://….")
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


def failure(page: str, issues: list[Issue]) -> BelfortError | None:
    """The error that the command ends with, or None; an overview is no failure."""
    from harvester.extract import SILENT

    kinds: dict[str, type[BelfortError]] = {"too-slow": DeadlineExceeded, "crashed": WorkerCrashed}
    for one in issues:
        if one.code in SILENT - {"overview"}:
            return kinds.get(one.code, InvalidInput)(f"{page}: {one.message}", hint=one.fix)
    return None
