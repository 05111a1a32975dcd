"""`belfort validate`: what a page lacks by the shapes of its document type, where, and how to fix it."""

import click

from belfort.errors import InvalidInput
from belfort.settings import Settings
from harvester import one_page
from harvester.one_page import ASSUMED


@click.command("validate")
@click.argument("page", metavar="FILE|URL")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--base-url", default="", metavar="URL", help=f"Address of the page (a file: {ASSUMED}NAME).")
@click.pass_obj
def validate_page(settings: Settings, page: str, as_json: bool, base_url: str) -> None:
    """Judge one page by the shapes of its document type; nothing is stored.

    Its maturity level, and what it lacks: how often, where on the page, and how to fix it. Exits with 3 when the page
    does not reach the first level, or says nothing that Belfort can use.
    """
    found = one_page.find(settings, page, base_url)
    extraction = one_page.extraction(settings, found, judge="placed")
    from harvester import validate_output

    show = validate_output.as_json if as_json else validate_output.text
    click.echo(show(extraction, found.url), nl=False)
    failure = one_page.failure(page, extraction.issues)
    if failure:
        raise failure
    report = validate_output.report_of(extraction)
    if not report.document_types:
        raise InvalidInput(f"{page}: {validate_output.NO_TYPE[0]}", hint=validate_output.NO_TYPE[1])
    if not report.valid:
        raise InvalidInput(f"{page} haalt het eerste niveau niet.", hint="Hierboven staat wat er ontbreekt en waar.")
