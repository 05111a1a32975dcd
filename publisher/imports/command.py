"""`belfort import`: the table or JSON-LD document of a bestuur, from file to public page, with a report."""

from pathlib import Path
from typing import Any

import click

from belfort import jobs
from belfort.errors import InvalidInput, Refused, UsageError
from belfort.settings import Settings

DATABASES = ("mandatarissen", "leidinggevenden")


@click.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--bestuur", metavar="IRI", default="", help="The bestuur that the FILE is of.")
@click.option("--source", "slug", metavar="SLUG", default="bestuur", help="Who gives the FILE; its own files only go.")
@click.option("--database", type=click.Choice(DATABASES), help="Needed when the headings do not tell.")
@click.option("--report", type=click.Path(path_type=Path), help="Write what came of every row here (CSV, or .json).")
@click.option("--template", type=click.Choice(DATABASES), help="Print an empty table with an example, and stop.")
@click.option("--dry-run", is_flag=True, help="Only report; nothing is kept.")
@click.option("--accept", is_flag=True, help="Let a FILE count that takes away more than half.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
@click.option("--no-project", is_flag=True, help="Leave index, SPARQL store and dumps as they are.")
@click.pass_obj
def import_command(settings: Settings, /, file: Path | None, template: str | None, **asked: Any) -> None:
    """Take in the mandatarissen or leidinggevenden of a bestuur from a CSV or JSON-LD FILE.

    The FILE says everything: who was in it before and is not now, goes. It counts as a whole or not at all: one wrong
    row and nothing changes (exit code 3), with every fault reported. A rijksregisternummer anywhere is such a fault.
    """
    if template:
        from publisher.imports.columns import template as empty

        click.echo(empty(template), nl=False)  # type: ignore[arg-type]
        return
    if file is None or not asked["bestuur"]:
        raise UsageError(
            "An import needs a FILE and the IRI of its bestuur.",
            hint="belfort import mandatarissen.csv --bestuur IRI, or --template mandatarissen for an empty table.",
        )
    _run(settings, file, asked)


def _run(settings: Settings, file: Path, asked: dict[str, Any]) -> None:
    from publisher.imports.report import sentences, write
    from publisher.imports.run import Order, import_file, summary

    context = jobs.open_context(settings)
    order = Order(
        file, asked["bestuur"], asked["slug"], asked["database"], accept=asked["accept"], dry_run=asked["dry_run"]
    )
    done = import_file(context, order)
    if asked["report"]:
        write(done.report, asked["report"])
    for line in () if asked["as_json"] else sentences(done.report):
        click.echo(line, err=True)
    good = sum(line.outcome == "goed" and line.row > 0 for line in done.report.lines)
    result = done.result
    if asked["as_json"]:
        click.echo(summary(done))
    elif result:
        would = "zouden " if asked["dry_run"] else ""
        click.echo(
            f"{good} rijen goed; {would}{result.inserts} uitspraken erbij, {result.deletes} eraf"
            + (f"; submission {result.submission}." if result.submission else "; er is niets gewijzigd.")
        )
    if result is None:
        raise InvalidInput(
            f"{file.name}: {done.report.faults} fouten; er is niets van overgenomen.",
            hint="Verbeter de rijen die hierboven of in --report staan, en herhaal.",
        )
    if result.stopped:
        raise result.stopped
    if result.change and not asked["no_project"]:
        jobs.project(context)
    if result.held:
        raise Refused(
            f"{file.name} zou meer dan de helft wegnemen; er is niets gewijzigd.",
            hint="Is dat juist? Herhaal met --accept.",
        )
