"""`belfort process`: the whole path for saved pages, from bytes to public data."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import click

from belfort import jobs, rijksregister
from belfort.errors import InvalidInput, NotFound, UsageError
from belfort.settings import Settings

COUNTED = ("zittingen", "agendapunten", "behandelingen", "stemmingen", "besluiten")


@dataclass(frozen=True)
class Row:
    """What became of one file."""

    file: str
    url: str
    submission: int | None
    news: bool
    changed: int
    counts: dict[str, int]
    issues: list[dict[str, object]]

    def as_json(self) -> str:
        """One JSON object: `file`, `url`, `submission` or `issue`, counts, repairs and changes."""
        head: dict[str, object] = {"file": self.file, "url": self.url}
        if self.submission is not None:
            head |= {"submission": self.submission, "news": self.news, "changed_triples": self.changed}
        else:
            head["issue"] = self.issues[0] if self.issues else {"code": "unknown", "message": ""}
        return json.dumps({**head, **self.counts, "issues": self.issues}, ensure_ascii=False)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--base-url", required=True, metavar="URL", help="Address of the page; of several, the folder.")
@click.option("--source", default="", metavar="SLUG", help="Source whose pages these are (default: the host).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of a table.")
@click.option("--no-project", is_flag=True, help="Leave index, SPARQL store and dumps as they are.")
@click.pass_obj
def process(
    settings: Settings, files: tuple[Path, ...], base_url: str, source: str, as_json: bool, no_project: bool
) -> None:
    """Read saved pages and publish what they say.

    One row a page: the submission it became, or the issue that says why it became none (exit code 3 when that goes
    for all of them).
    The same page again changes nothing; an edited page changes exactly what was edited.
    """
    pages = _pages(files, base_url)
    context = jobs.open_context(settings)
    width = max(len(path.name) for path, _ in pages)
    failed = 0
    if not as_json:
        click.echo(f"{'file':<{width}}  {'result':<24}" + "".join(f"{name:>14}" for name in COUNTED))
    for row in _process(context, pages, source or urlsplit(base_url).netloc.lower()):
        failed += row.submission is None
        click.echo(row.as_json() if as_json else _line(row, width))
    if not no_project:
        jobs.project(context)
    if failed == len(pages):
        raise InvalidInput("No page became a submission.", hint="The rows above say why.")
    if failed:
        click.echo(f"{failed} of {len(pages)} pages became no submission; the rows above say why.", err=True)


def _pages(files: tuple[Path, ...], base_url: str) -> list[tuple[Path, str]]:
    """The files and the address of each."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise UsageError(f"--base-url {base_url!r} is no web address.", hint="Give it as https://host/path.")
    for path in files:
        if not path.is_file():
            raise NotFound(f"{path} is {'no file' if path.exists() else 'not there'}.", hint="Name saved HTML pages.")
    if len(files) == 1:
        return [(files[0], base_url)]
    names = [path.name for path in files]
    double = next((name for name in names if names.count(name) > 1), None)
    if double:
        raise UsageError(f"Two files are named {double}: they would get the same address.", hint="Rename one.")
    return [(path, f"{base_url.rstrip('/')}/{quote(path.name)}") for path in files]


def _process(context: jobs.Context, pages: list[tuple[Path, str]], authority: str) -> Iterator[Row]:
    from harvester.reading import Reader
    from harvester.submit import Page, submit_all

    reader = Reader(context.settings)
    read = (Page(url, path.read_bytes(), authority) for path, url in pages)
    for (path, _), done in zip(pages, submit_all(context, reader, read), strict=True):
        changed = (
            sum(len(text.split("\n")) for text in (done.change.inserts, done.change.deletes) if text)
            if done.change
            else 0
        )
        counts = {name: done.extraction.counts.get(name, 0) if done.extraction else 0 for name in COUNTED}
        issues: list[dict[str, object]] = [
            {"code": one.code, "message": one.message, "place": one.place, "fix": one.fix, "count": one.count}
            for one in done.issues
        ]
        yield Row(rijksregister.mask(path.name), done.url, done.submission, done.news, changed, counts, issues)


def _line(row: Row, width: int) -> str:
    if row.submission is None:
        first = row.issues[0] if row.issues else {"code": "unknown", "message": ""}
        return f"{row.file:<{width}}  {first['code']}: {first['message']}"
    result = f"submission {row.submission}" + ("" if row.news else " (known)")
    return f"{row.file:<{width}}  {result:<24}" + "".join(f"{row.counts[name]:>14}" for name in COUNTED)
