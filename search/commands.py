"""The commands that search offers to `belfort`."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from belfort.settings import Settings

if TYPE_CHECKING:
    from search.results import Hit, Results


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 200), help="How many hits to show.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with everything the search found.")
@click.pass_obj
def search(settings: Settings, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search what was published: WORDS as on the site (all must match; "a phrase", OF, NIET, weg*)."""
    from search.query import Query
    from search.searcher import Searcher

    results = Searcher(settings).search(Query(text=" ".join(words), per_pagina=limit))
    if as_json:
        click.echo(json.dumps(asdict(results), ensure_ascii=False, indent=2))
        return
    _show(results)


def _show(results: "Results") -> None:
    if not results.ready:
        click.echo("There is no search index yet; `belfort project` makes it.", err=True)
        return
    for note in results.notes:
        click.echo(note, err=True)
    click.echo(f"{results.total} found in {results.took:.1f} ms")
    for hit in results.hits:
        _show_hit(hit)


def _show_hit(hit: "Hit") -> None:
    facts = [part for part in (hit.type, hit.bestuur_label, hit.orgaan_label, hit.datum) if part]
    click.echo(f"\n{click.style(hit.title, bold=True)}\n  {' · '.join(facts)}\n  {hit.iri}")
    for fragment in hit.fragmenten[:1]:
        click.echo("  " + "".join(click.style(text, bold=True) if match else text for text, match in fragment))


COMMANDS = [search]
