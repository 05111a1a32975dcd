"""The commands that search offers to `belfort`."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from belfort.errors import Busy
from belfort.settings import Settings
from search.alerts.commands import alerts

if TYPE_CHECKING:
    from search.results import Hit, Results


class _WordsOrCommand(click.Group):
    """A group whose command `words` need not be written: `belfort search fietspad`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the command in front, unless what stands there is one and no words follow."""
        named = bool(args) and args[0] in self.commands and all(one.startswith("-") for one in args[1:])
        return super().parse_args(ctx, args if named else ["words", *args])


@click.group(cls=_WordsOrCommand)
def search() -> None:
    """Search what was published: `belfort search fietspad`; `belfort search check` tells about the engine."""


@search.command("check")
@click.pass_obj
def check_engine(settings: Settings) -> None:
    """Tell what the search engine is, has and can do (search for this word itself with `belfort search -- check`)."""
    from search.check import check

    wrong = 0
    for found in check(settings):
        sign = {None: " ", True: click.style("✓", fg="green"), False: click.style("✗", fg="red")}[found.good]
        click.echo(f"{sign} {found.what}: {found.says}")
        wrong += found.good is False
    if wrong:
        raise Busy(f"{wrong} things are not as they must be.", hint="See the lines with ✗ above.")


@search.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 200), help="How many hits to show.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with everything the search found.")
@click.pass_obj
def words(settings: Settings, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search for WORDS as on the site: one or two must match, "a phrase", OF, NIET, weg* (`words` may be left out)."""
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


COMMANDS = [search, alerts]
