"""`belfort extract`: what one page says, as RDF on standard output; everything else on standard error."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from belfort import rdf
from belfort.errors import InvalidInput, UsageError
from belfort.settings import Settings
from harvester import one_page
from harvester.one_page import ASSUMED
from harvester.try_page import output

if TYPE_CHECKING:
    from harvester.extract import Extraction


@click.command("extract")
@click.argument("page", metavar="FILE|URL|-")
@click.option("--base", default="", metavar="IRI", help=f"Address of the page (a file: {ASSUMED}NAME).")
@click.option(
    "--format", "form", type=click.Choice(["nq", "ttl", "jsonld", "canonical"]), default="nq", show_default=True,
    help="Form of the RDF; canonical is RDFC-1.0, with blank nodes, to compare with other software.",
)  # fmt: skip
@click.option("--no-repair", is_flag=True, help="Read the page as plain RDFa 1.1.")
@click.option("--without", multiple=True, metavar="REPAIR", help="Switch off one repair; may be given again.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.json",
    help="Write counts, issues, links and every repaired triple, before and after, to a file.",
)  # fmt: skip
@click.pass_obj
def extract_page(
    settings: Settings, page: str, base: str, form: str, no_repair: bool, without: tuple[str, ...], report: Path | None
) -> None:
    """Write what one page says as RDF; nothing is stored.

    The page is a file, an address, or - for standard input. The triples go to standard output, a line for each repair
    and issue to standard error. Exits with 3 when the page says nothing that Belfort can use.
    """
    from harvester.repairs import Repairs

    Repairs(without)  # refuses a repair that does not exist before anything is read
    if report == Path("-"):
        raise UsageError("The report needs a file: standard output is for the triples.", hint="--report verslag.json")
    found = one_page.find(settings, page, base)
    extraction = one_page.extraction(
        settings, found, repair=not no_repair, without=without, examples=sys.maxsize if report else 0
    )
    if report:
        _write(report, output(extraction, found.url, "json"))
    for repair in extraction.repairs:
        click.echo(f"repair {repair.rule}: {repair.count} triples", err=True)
    for one in extraction.issues:
        click.echo(f"issue {one.code} ({one.count}×): {_clean(one.message)} {_clean(one.place)}".rstrip(), err=True)
    if extraction.lines:
        _show(_canonical(extraction, found.url) if form == "canonical" else output(extraction, found.url, form))
    failure = one_page.failure(page, extraction.issues)
    if failure:
        raise failure


def _canonical(extraction: "Extraction", url: str) -> str:
    from harvester.canonical_form import canonical_lines
    from harvester.rdfa import iri
    from harvester.sessions import without_session
    from harvester.skolem import unskolemised

    page = without_session(iri.without_fragment(url))
    lines = canonical_lines(unskolemised(rdf.parse_lines("\n".join(extraction.lines)), page))
    return "".join(f"{line}\n" for line in lines)


def _show(text: str) -> None:
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        raise  # whoever reads has seen enough; the command line ends in silence
    except OSError as error:
        raise InvalidInput(f"Standard output cannot be written: {error.strerror}.") from None


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}.", hint="Name a file in a folder.") from None


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
