"""`belfort try`: what Belfort sees in one page; nothing is stored."""

from typing import TYPE_CHECKING

import click

from belfort.errors import UsageError
from belfort.settings import Settings
from harvester import one_page
from harvester.one_page import ASSUMED

if TYPE_CHECKING:
    from harvester.extract import Extraction


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
    from harvester.repairs import Repairs

    Repairs(without)  # refuses a repair that does not exist before anything is read
    found = one_page.find(settings, page, base_url)
    extraction = one_page.extraction(settings, found, repair=not no_repair, without=without)
    click.echo(output(extraction, found.url, "json" if as_json else form), nl=False)
    failure = one_page.failure(page, extraction.issues)
    if failure:
        raise failure


def output(extraction: "Extraction", url: str, form: str | None) -> str:
    """The extraction as text, or in the form named: `nq`, `ttl`, `jsonld` or `json`."""
    from harvester import try_output

    if form == "nq":
        return try_output.quads(extraction, url)
    if form == "ttl":
        return try_output.turtle(extraction)
    if form == "jsonld":
        return try_output.jsonld(extraction)
    return try_output.as_json(extraction, url) if form == "json" else try_output.text(extraction, url)
