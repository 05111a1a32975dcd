"""An address that someone gave: a dump, a delta file, or a DCAT description of dumps, fetched into files."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from belfort import rdf
from belfort.errors import FetchError
from belfort.jobs import Context
from belfort.vocab import DCAT
from publisher.register import dcat, rdf_file
from publisher.register.intake import DUMP_BYTES, DUMP_SECONDS

# A larger file is no description.
_DESCRIPTION = 4 * 2**20


@contextlib.contextmanager
def fetched(context: Context, url: str) -> Iterator[tuple[list[Path], str]]:
    """The files, gone afterwards, and from which moment on deltas count beside them ("" when nobody says).

    Raises:
        FetchError, Refused: the address cannot be had.
        InvalidInput: a description cannot be read.
    """
    with tempfile.TemporaryDirectory(dir=context.settings.private) as folder:
        first = _get(context, url, Path(folder) / "0")
        offers = _offers(context, first, url)
        if not offers:
            yield [first], ""
        else:
            names = enumerate(offers, 1)
            files = [_get(context, one.url, Path(folder) / str(number), one.name) for number, one in names]
            yield files, min(one.moment for one in offers)


def _get(context: Context, url: str, folder: Path, name: str = "") -> Path:
    from belfort.http import download

    folder.mkdir()
    settings = context.settings.model_copy(update={"http_max_body": DUMP_BYTES, "http_timeout": DUMP_SECONDS})
    target = folder / "content"
    accept = "application/n-triples, text/turtle;q=0.9, application/ld+json;q=0.8, */*;q=0.5"
    answer = download(settings, url, target, headers=(("Accept", accept),))
    if answer.status != 200:
        raise FetchError(f"{url} antwoordt {answer.status}.", hint="Kijk of het adres klopt.")
    name = name or unquote(urlsplit(answer.url).path).rsplit("/", 1)[-1] or "dump"
    kind = rdf_file.format_of("", answer.header("content-type"))
    if kind and not rdf_file.format_of(name):
        name = f"{name}.{kind}"
    return target.rename(folder / name.replace("/", "_")[-200:])


def _offers(context: Context, path: Path, url: str) -> list[dcat.Dump]:
    kind = rdf_file.format_of(path.name)
    if not kind or path.stat().st_size > _DESCRIPTION:
        return []
    body = path.read_bytes()
    if b"downloadURL" not in body:
        return []
    digest = context.blobs.put(body)
    triples: list[rdf.Triple] = []
    for lines in rdf_file.read(context, digest, path.name, kind, url):
        triples += rdf.parse_lines("\n".join(lines))
    return dcat.described(triples, url) if any(p == f"<{DCAT.downloadURL}>" for _, p, _ in triples) else []
