"""The listing of a delta feed: which files there are, walked until nothing new comes.

Enters: answers of `{feed}/files?since=<moment>`, ascending, at most 100 or 1,000 files, strictly newer than `since`.
Leaves: the files in the order of the feed (created, n of the name, id). Reference: publisher.md §6.1, §6.3, §7.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit, urlunsplit

from belfort.errors import FetchError, InvalidInput
from belfort.records.feed_file import FeedFile
from publisher.register.deltas import Malformed, as_list, as_object, read_json

BEGINNING = "1970-01-01T00:00:00.000000Z"
# Producers show at most 100 or 1,000 files at once; from the smaller number on there may be more.
FULL_PAGE, LARGE_PAGE = 100, 1_000
MAX_PAGES = 1_000
# A file may appear late, with a moment before one that was seen already.
OVERLAP = timedelta(minutes=5)

Get = Callable[[str], bytes]


def feed_iri(url: str) -> str:
    """The feed's own address: the URL of its source without query, fragment or slash at the end."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment="")).rstrip("/")


def download_url(feed: str, file: str) -> str:
    """Where a file of the feed is: `{base}/files/{id}/download`, the base being what stands before `/sync/`."""
    parts = urlsplit(feed)
    base = parts.path.rsplit("/sync/", 1)[0] if "/sync/" in parts.path else ""
    return urlunsplit((parts.scheme, parts.netloc, f"{base}/files/{quote(file, safe='')}/download", "", ""))


def walk(get: Get, source: str, feed: str, since: str) -> list[FeedFile]:
    """Every file that the feed lists from `since` on, that moment included.

    Raises:
        InvalidInput: an answer is no listing.
        FetchError: more files share one moment than the listing shows at once, so some would be missed.
    """
    found: dict[str, FeedFile] = {}
    for _ in range(MAX_PAGES):
        url = f"{feed}/files?since={quote(_just_before(since), safe='')}"
        page = read_page(get(url), source, url)
        new = [file for file in page if file.id not in found]
        found |= {file.id: file for file in new}
        if len(page) < FULL_PAGE:
            break
        if not new:
            if len({file.created for file in page}) == 1 and (len(page) == FULL_PAGE or len(page) >= LARGE_PAGE):
                raise FetchError(
                    f"{url} toont {len(page)} bestanden van één moment; wat erna komt, is niet op te vragen.",
                    hint="Vraag de bron om een lijst per pagina, of lees de bestanden in met `belfort intake FILE`.",
                )
            break  # the page was not full after all, or the server knows no `since`: this is all there is
        since = max(file.created for file in page)
    return sorted(found.values(), key=lambda file: file.order)


def read_page(body: bytes, source: str, url: str) -> list[FeedFile]:
    """The files on one page of the listing.

    Raises:
        InvalidInput: it is no listing; the message names the address and the place in its JSON.
    """
    try:
        data = as_list(as_object(read_json(body), "$").get("data"), "$.data")
        return [_listed(node, f"$.data[{i}]", source) for i, node in enumerate(data)]
    except Malformed as error:
        raise InvalidInput(
            f"Lijst {url}: {error.place} {error.what}.", hint="Controleer het adres van de bron.", place=error.place
        ) from None


_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:\-]{0,199}\Z")


def _listed(node: object, place: str, source: str) -> FeedFile:
    found = as_object(node, place)
    attributes = as_object(found.get("attributes"), f"{place}.attributes")
    name, key = attributes.get("name"), found.get("id")
    if not isinstance(key, str) or not _ID.match(key):
        raise Malformed(f"{place}.id", "is geen sleutel van een bestand")
    if not isinstance(name, str):
        raise Malformed(f"{place}.attributes.name", "is geen tekst")
    created = moment(attributes.get("created"))
    if not created:
        raise Malformed(f"{place}.attributes.created", "is geen moment")
    return FeedFile(source, key, name[:300], created, number_of(name))


_NAME = re.compile(r"delta-(.+?)-(\d{1,9})\.json\Z")


def number_of(name: str) -> int:
    """The n of `delta-<moment>-<n>.json`, 0 for another name."""
    found = _NAME.search(name)
    return int(found[2]) if found else 0


def moment_of(name: str) -> str:
    """The moment in `delta-<moment>-<n>.json`, "" for another name."""
    found = _NAME.search(name)
    return moment(found[1]) if found else ""


_STAMP = re.compile(r"(\d{4}-?\d\d-?\d\dT?\d\d:?\d\d:?\d\d(?:[.,]?\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?)")


def stamp_of(name: str) -> str:
    """The moment that is part of the name of a dump, "" without one."""
    found = _STAMP.search(name)
    return moment(found[1]) if found else ""


def moment(text: object) -> str:
    """A moment of ISO 8601 in UTC with microseconds, so that it sorts as text; "" when it is none."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
        if found is None:
            return ""
        known = found if found.tzinfo else found.replace(tzinfo=UTC)
        return known.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return ""


def cursor(newest: str) -> str:
    """From which moment on to ask: that of the newest file that counts, minus the overlap."""
    return earlier(newest, OVERLAP) if newest else BEGINNING


def earlier(text: str, by: timedelta) -> str:
    """A moment so much before this one."""
    try:
        return moment((datetime.fromisoformat(text) - by).isoformat())
    except OverflowError:
        return BEGINNING


def _just_before(since: str) -> str:
    """The millisecond before: the server compares with `>`, in milliseconds, and that moment itself must come too."""
    earlier = datetime.fromisoformat(since).astimezone(UTC) - timedelta(milliseconds=1)
    return earlier.isoformat(timespec="milliseconds").replace("+00:00", "Z")
