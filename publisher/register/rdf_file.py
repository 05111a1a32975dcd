"""RDF files of others, read in a child that can be killed; streamed, so that their size does not matter.

Enters: the digest of a sealed blob and its format. Leaves: canonical N-Triples lines in batches, blank nodes made
IRIs. A file is read as a whole or not at all: the caller throws away what came before an error.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from belfort.errors import BelfortError, DeadlineExceeded, InvalidInput
from belfort.jobs import Context
from belfort.workers import Worker, WorkerCrashed
from shapes import contexts

# Suffix of a file name → format; a name may go on with `.gz` or `.zst`.
SUFFIXES = {
    "ttl": "ttl", "turtle": "ttl", "trig": "trig", "nt": "nt", "nq": "nq", "jsonld": "jsonld", "rdf": "rdf",
    "owl": "rdf", "n3": "ttl",
}  # fmt: skip
MEDIA_TYPES = {
    "text/turtle": "ttl", "application/trig": "trig", "application/n-triples": "nt", "application/n-quads": "nq",
    "application/ld+json": "jsonld", "application/rdf+xml": "rdf",
}  # fmt: skip
PACKED = frozenset(("gz", "gzip", "zst", "zstd"))
MEMORY = 768 * 2**20
BATCH, SECONDS = 20_000, 60.0

_ERRORS = {
    "packed": ("is beschadigd of geen gzip of zstd", "Haal het bestand opnieuw."),
    "utf-8": ("is geen UTF-8", "Sla het bestand op als UTF-8."),
    "too-large": ("pakt uit tot meer dan 16 GiB", "Splits het bestand."),
}


def format_of(name: str, media_type: str = "") -> str:
    """The RDF format of a file by its name, else by its media type; "" when neither says it."""
    suffixes = [suffix.lower().lstrip(".") for suffix in PurePosixPath(name).suffixes]
    while suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    by_name = SUFFIXES.get(suffixes[-1], "") if suffixes else ""
    return by_name or MEDIA_TYPES.get(media_type.split(";")[0].strip().lower(), "")


def read(context: Context, digest: str, name: str, kind: str, feed: str) -> Iterator[list[str]]:
    """The lines of the file, some at a time.

    Raises:
        InvalidInput: it is not of that format; the message names the file and the place, no value.
        DeadlineExceeded, WorkerCrashed: it cannot be read within its limits.
    """
    worker = Worker("publisher.register.parse_worker:serve", memory=MEMORY)
    prefix = f"{feed}\n{digest}"
    try:
        for _ in context.blobs.parts(digest):
            pass  # what is read must be what was sealed
        path = str(context.blobs.path(digest).resolve())
        known = {"belfort.jsonld": contexts.belfort()} if kind == "jsonld" else {}
        order = {"op": "open", "path": path, "format": kind, "prefix": prefix, "base": "", "contexts": known}
        worker.call(order, seconds=SECONDS)
        done = False
        while not done:
            head, body = worker.call({"op": "next", "lines": BATCH}, seconds=SECONDS)
            if "error" in head:
                raise _invalid(name, head)
            done = bool(head["done"])
            if body:
                yield body.decode().split("\n")
    except (DeadlineExceeded, WorkerCrashed) as error:
        raise type(error)(f"Bestand {name}: {error.detail}", file=name) from None
    finally:
        worker.kill()


def _invalid(name: str, head: dict[str, object]) -> BelfortError:
    kind = str(head["error"])
    if kind in _ERRORS:
        what, hint = _ERRORS[kind]
        return InvalidInput(f"Bestand {name} {what}; er is niets van verwerkt.", hint=hint, file=name)
    if kind == "context":
        return InvalidInput(
            f"Bestand {name} verwijst naar een JSON-LD-context die Belfort niet kent: {head['name']}.",
            hint="Zet de context in het bestand zelf; er wordt niets opgehaald.", file=name,
        )  # fmt: skip
    place = f"regel {head['line']}, kolom {head['column']}" if head["line"] else "een plaats die niet te bepalen is"
    return InvalidInput(
        f"Bestand {name}: op {place} staat iets dat niet geldig is; er is niets van verwerkt.",
        hint="Vraag de bron om een hersteld bestand.", file=name, place=place,
    )  # fmt: skip
