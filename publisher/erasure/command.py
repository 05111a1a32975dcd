"""`belfort erase`: take a person or a page out of everything public, for good, and prove it."""

import json
from dataclasses import asdict

import click

from belfort import jobs
from belfort.errors import Damaged, UsageError
from belfort.records.database import read
from belfort.settings import Settings


@click.command()
@click.argument("iri", required=False)
@click.option("--reason", default="", metavar="TEXT", help="Why, without personal data; it goes into the ledger.")
@click.option("--evidence", is_flag=True, help="Destroy the sealed bytes of the page as well.")
@click.option("--lift", is_flag=True, help="Let the IRI be published again.")
@click.option("--verify", "verify_only", is_flag=True, help="Only look through every public byte.")
@click.option("--list", "list_only", is_flag=True, help="Show what is erased, as JSON lines.")
@click.pass_obj
def erase(
    settings: Settings, iri: str | None, reason: str, evidence: bool, lift: bool, verify_only: bool, list_only: bool
) -> None:  # fmt: skip
    """Erase the person or page called IRI from everything public, and keep it from coming back.

    Entities, statements, change log, index, SPARQL store, dumps and feeds (old ones too) lose it; a tombstone without
    content stays. Interrupted, repeat it: it goes on. Exit code 7 when something of it is left anywhere.
    """
    from publisher.erasure import blocklist, copies, records

    context = jobs.open_context(settings)
    if list_only:
        with read(context.engine) as connection:
            for one in blocklist.erasures(connection).values():
                click.echo(json.dumps(asdict(one), ensure_ascii=False))
        return
    if verify_only:
        _prove(context)
        return
    if not iri:
        raise UsageError("Which IRI?", hint="Give an IRI, or --verify or --list.")
    if lift:
        if not reason.strip():
            raise UsageError("Lifting an erasure needs a reason.", hint="Use --reason TEXT.")
        records.lift(context, iri, reason)
        jobs.project(context)
        click.echo(f"{iri} may be published again; pages come back when they are harvested.")
        return
    done = records.erase(context, iri, reason, evidence=evidence)
    click.echo(
        f"Erased {iri}: {done.entities} entities went, {done.lines} statements, {done.redacted} lines of the log."
        if done.news
        else f"{iri} was erased before; its copies are made again."
    )
    copies.finish(context, done.gone)
    _prove(context)


def _prove(context: jobs.Context) -> None:
    """Say what was looked through and what was found."""
    from publisher.erasure.proof import prove

    proof = prove(context)
    for one in proof.mentions[:20]:
        click.echo(f"Has a text in common with what was erased, look at it yourself: {one}")
    for place in proof.left:
        click.echo(place)
    if proof.left:
        raise Damaged(
            f"{len(proof.left)} places still have something of what was erased.", hint="Repeat `belfort erase IRI`."
        )
    click.echo(f"Proved: {proof.files} public files, {proof.bytes} bytes, {proof.texts} texts looked for, none found.")
