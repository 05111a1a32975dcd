"""Dumps, feeds and collections say the same on each database that Belfort supports."""

import pytest

from belfort.jobs import Context
from belfort.records.database import read
from belfort.vocab import DATA
from publisher import collections, dumps, feeds
from publisher.collections import Query
from publisher.feeds import store
from tests.support import many, site_data


def test_dumps_and_feeds_are_made(any_context: Context) -> None:
    """Every entity is in the dump in the order of its bytes, and every change in the feeds."""
    site_data.fill(any_context)
    site_data.speak(any_context, "https://register.example/2", "register", many.lines(120), b"many")
    dumps.project(any_context, False)
    feeds.project(any_context, False)
    lines = (dumps.latest(any_context.settings.dumps) / "belfort.nt").read_text("utf-8").strip().split("\n")
    subjects = [line.split(" ", 1)[0][1:-1] for line in lines]

    assert len(set(lines)) == len(lines) > 1000
    assert subjects == sorted(subjects, key=str.encode)
    with store.reading(any_context.settings.feeds) as opened:
        assert opened
        assert opened.execute("SELECT count(DISTINCT iri) FROM version").fetchone()[0] == len(set(subjects)) + 1


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_collections_page_and_filter(any_context: Context, limit: int) -> None:
    """Paging gives everything once, filters give the same, on each database."""
    site_data.fill(any_context)
    with read(any_context.engine) as connection:
        found, after = [], ""
        while True:
            page = collections.page(
                connection, Query("mandatarissen", peildatum="2025-06-01", after=after, limit=limit)
            )
            found += [one.iri for one in page.items]
            after = page.next_after
            if not after:
                break
        functie = collections.coded("burgemeester", ("BestuursfunctieCode",))
        holders = collections.page(connection, Query("personen", functie=functie, bestuur=(site_data.GEMEENTE,)))
        besluiten = collections.page(connection, Query("besluiten", bestuur=(site_data.GEMEENTE,)))

    assert found == sorted(DATA[f"mandatarissen/{name}"] for name in ("noor", "jef", "jef-schepen"))
    assert [one.iri for one in holders.items] == [DATA["personen/noor"]]
    assert len(besluiten.items) == 2
