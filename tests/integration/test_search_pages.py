"""Search on the site with real records: completeness beside the hits, index or server down, exports, deep paging."""

import csv
import html
import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from belfort.jobs import Context
from belfort.records import issue, source
from belfort.records.database import now, write
from belfort.records.issue import Issue
from belfort.records.run import run
from belfort.records.source import Source
from belfort.records.url import url
from belfort.settings import Settings
from frontend.app import create_app
from search import generations
from search.document import Document, Keyword
from search.engines import open_engine
from search.engines.port import Cursor
from search.explain import explain
from search.projection.projector import project
from search.query import Query
from search.searcher import Searcher, today
from tests.support.municipality import BESTUUR, decision, publish, sitting
from tests.support.records import say

HTML = {"Accept": "text/html"}
Client = Callable[..., FlaskClient]


@pytest.fixture
def site(context: Context) -> Iterator[Client]:
    """A client of the site on these records, made when it is asked for."""
    made = []

    def client(settings: Settings = context.settings) -> FlaskClient:
        made.append(create_app(settings))
        return made[-1].test_client()

    yield client
    for app in made:
        app.extensions["belfort"].close()


def page(client: FlaskClient, address: str) -> str:
    """The HTML of a page."""
    answer = client.get(address, headers=HTML)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def visit(context: Context, number: int, *, ended: str, outcome: str) -> None:
    """A run of the source."""
    with write(context.engine) as connection:
        connection.execute(
            run.insert().values(
                source="aalter", number=number, started=now(), ended=ended, outcome=outcome, counts="{}"
            )
        )


def addresses(context: Context, *states: tuple[str, bool]) -> None:
    """Addresses of the source in these states, with content or not."""
    with write(context.engine) as connection:
        for number, (state, read) in enumerate(states):
            connection.execute(url.insert().values(
                source="aalter", url=f"https://raad.example/{number}", state=state, reason="", depth=1, run=1, tries=1,
                owner="", lease_until="", etag="", last_modified="", body="", snapshot="x" if read else "", links="[]",
                misses=0, checked="",
            ))  # fmt: skip


def known_source(context: Context, bestuur: str = BESTUUR) -> None:
    """A source of the bestuur."""
    with write(context.engine) as connection:
        source.put(connection, Source("aalter", "Raad van Aalter", "site", "https://raad.example/", bestuur))


def test_what_is_missing_stands_beside_the_hits(context: Context, site: Client) -> None:
    """Pages known and read, the last complete visit, and every kind of gap; redirects and what is gone count not."""
    publish(context)
    project(context, False)
    known_source(context)
    addresses(
        context, ("captured", True), ("unchanged", True), ("pending", True), ("pending", False), ("failed", False),
        ("failed", False), ("refused", False), ("moved", False), ("gone", False),
    )  # fmt: skip
    visit(context, 1, ended="2026-11-01T10:00:00.000Z", outcome="complete")
    visit(context, 2, ended=now(), outcome="held")
    say(context, "https://raad.example/9", sitting("juni", "2026-06-01"), authority="aalter")
    with write(context.engine) as connection:
        issue.replace(connection, "https://raad.example/9", "extract", [Issue("no-rdfa", "leeg")])
    text = " ".join(page(site(), "/zoeken?q=fietspad").split())

    assert "Hoe volledig is dit?" in text
    assert "3 van 7 gekende pagina's gelezen van Raad van Aalter" in text
    assert '<time datetime="2026-11-01T10:00:00.000Z">' in text
    for gap in (
        "1 pagina nog niet opgehaald", "2 pagina's antwoordden niet", "1 pagina mag of kan niet opgehaald worden",
        "1 pagina zonder leesbare gegevens", "opvallend veel weg",
    ):  # fmt: skip
        assert gap in text, gap


def test_old_visits_are_said_to_be_old(context: Context, site: Client) -> None:
    """A source that was not visited for more than a month says so; one that never was complete too."""
    publish(context)
    project(context, False)
    known_source(context)
    long_ago = (datetime.now(UTC) - timedelta(days=40)).isoformat()
    visit(context, 1, ended=long_ago, outcome="budget")
    assert "nog geen enkel volledig bezoek" in page(site(), "/zoeken?q=fietspad")
    visit(context, 2, ended=long_ago, outcome="complete")
    assert "meer dan 30 dagen" in page(site(), "/zoeken?q=fietspad")


def test_a_bestuur_without_a_site_of_its_own(context: Context, site: Client) -> None:
    """Its things tell which source they came from; where none is known, that is said."""
    publish(context)
    facts = [*sitting("juli", "2026-07-01"), *decision("7", "Zomerfeest", sitting="juli")]
    say(context, "https://raad.example/7", facts, authority="aalter")
    project(context, False)
    assert "Geen site die wij bezoeken" in page(site(), "/zoeken?q=fietspad")
    known_source(context, bestuur="")
    addresses(context, ("captured", True))
    assert "1 van 1 gekende pagina's gelezen van Raad van Aalter" in page(site(), "/zoeken?q=fietspad")


def down(answer: TestResponse) -> None:
    """Check that an answer says that search is down."""
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "zoekindex" in answer.text.lower()
    assert answer.headers["Cache-Control"] == "no-store"


SEARCHES = (
    "/zoeken?q=fietspad", "/zoeken.json?q=fietspad", "/zoeken.csv?q=fietspad", "/zoeken.jsonld?q=fietspad",
    "/zoeken.ttl?q=fietspad", "/zoeken.atom?q=fietspad", "/suggesties?q=fie", "/suggesties/opensearch?q=fie",
    "/zoeken/uitleg?q=x&id=http://x", "/gelijkaardig?iri=http://x",
)  # fmt: skip
OTHERS = ("/", "/besturen", "/datasets", "/api/besturen", "/opensearch.xml")


def test_a_broken_index_stops_only_search(context: Context, site: Client) -> None:
    """Every form says so, as a page and as a problem; everything else goes on."""
    publish(context)
    project(context, False)
    generation = generations.current(context.settings.index)
    assert generation
    (generation / "meta.json").write_bytes(b"{}")
    client = site()
    for address in SEARCHES:
        down(client.get(address))
        down(client.get(address, headers=HTML))
    assert [client.get(address).status_code for address in OTHERS] == [200] * len(OTHERS)


def test_elasticsearch_down_stops_only_search(context: Context, site: Client) -> None:
    """The same with a server that does not answer."""
    publish(context)
    client = site(context.settings.model_copy(update={"elasticsearch": "http://127.0.0.1:9"}))
    for address in SEARCHES[:3]:
        down(client.get(address))
    assert client.get(SEARCHES[1]).mimetype == "application/problem+json"
    assert [client.get(address).status_code for address in OTHERS] == [200] * len(OTHERS)


def test_before_there_is_an_index_search_says_so(context: Context, site: Client) -> None:
    """It is being made: try again."""
    publish(context)
    client = site()
    assert "zoekindex wordt nog gemaakt" in client.get("/zoeken?q=x", headers=HTML).text
    for form in ("json", "csv", "jsonld", "ttl", "atom"):
        down(client.get(f"/zoeken.{form}?q=x"))


@pytest.fixture
def many(context: Context) -> Context:
    """An index of 2,600 besluiten of one bestuur, some with names that a spreadsheet would run."""
    publish(context)
    project(context, False)
    engine = open_engine(context.settings)
    with engine.writing():
        index = engine.current()
        assert index
        writer = index.writer()
        writer.replace((), (made_up(number) for number in range(2600)))
        writer.commit(Cursor(10_000, "later"))
        writer.close()
    return context


def made_up(number: int) -> Document:
    """A besluit."""
    title = f'=HYPERLINK({number}),"a"\r\nb' if number % 100 == 0 else f"Zwembad {number}"
    return Document(
        f"https://x.example/{number}", f"u{number}", "besluiten", "Besluit", title, "Zwembad.", "2026-01-01",
        ((BESTUUR, "Gemeente Aalter"),), keywords=(Keyword("type", "besluiten", "Besluiten"),),
    )  # fmt: skip


def test_an_export_has_every_hit_once(many: Context, site: Client) -> None:
    """Not a page of them; a title with quotes, line ends and a formula is one harmless cell."""
    answer = site().get("/zoeken.csv?q=zwembad&per_pagina=5")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))

    assert len(rows) == len({row["iri"] for row in rows}) == 2600
    assert not any(row["titel"].startswith("=") for row in rows)
    assert sum(row["titel"].startswith("'=HYPERLINK") for row in rows) == 26


def test_exports_take_turns_and_let_go(many: Context, site: Client) -> None:
    """Slow readers cannot hold every thread: a fourth is told when to come back; a reader that leaves makes room."""
    client = site()
    slow = [client.get("/zoeken.csv?q=zwembad", buffered=False) for _ in range(3)]
    refused = client.get("/zoeken.csv?q=zwembad")
    assert (refused.status_code, "Retry-After" in refused.headers) == (503, True)
    for one in slow:
        one.close()
    assert client.get("/zoeken.csv?q=zwembad").status_code == 200


def test_exports_at_the_same_time_are_whole(many: Context, site: Client) -> None:
    """Three readers at once each get everything."""
    client, lengths = site(), list[int]()

    def read() -> None:
        lengths.append(client.get("/zoeken.csv?q=zwembad").text.count("https://x.example/"))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lengths == [2600] * 3


def test_pages_go_on_by_cursor(many: Context, site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the last page with a number the next is reached by a cursor, and back is the first page."""
    monkeypatch.setattr("frontend.site.seek.page.DEEPEST", 400)
    client = site()
    last = page(client, "/zoeken?q=zwembad&per_pagina=200&pagina=2")
    assert "cursor=" in last
    beyond = client.get("/zoeken.json?q=zwembad&per_pagina=200&pagina=50").json
    assert beyond["hits"] == []
    seen, address = set[str](), "/zoeken.json?q=zwembad&per_pagina=200&sort=datum"
    while address:
        found = client.get(address).json
        seen |= {hit["iri"] for hit in found["hits"]}
        address = (found["next"] or "").replace(many.settings.base_url, "")
    assert len(seen) == 2600
    following = page(client, f"/zoeken?q=zwembad&cursor={_cursor(client)}")
    assert "← Naar het begin" in following
    assert client.get("/zoeken?q=fietspad&cursor=x").status_code == 400


def _cursor(client: FlaskClient) -> str:
    return str(client.get("/zoeken.json?q=zwembad").json["next"]).rpartition("cursor=")[2]


def test_what_changed_changes_the_tag(context: Context, site: Client) -> None:
    """After an edited page the same question has another tag and another answer."""
    publish(context)
    project(context, False)
    client = site()
    before = client.get("/zoeken.json?q=verslagen")
    facts = [*sitting("mei", "2025-05-20"), *decision("3", "Verslagen van iedereen", sitting="mei")]
    say(context, "https://raad.example/2", facts)
    project(context, False)
    fresh = site()
    after = fresh.get("/zoeken.json?q=verslagen", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "iedereen" in json.dumps(after.json)


QUESTIONS = (
    "fietspad", "fietspaden aalter", '"aanleg fietspad"', "leeg*", "fietspad -leegstand", "belastingen OF schepen",
    "gemeenteraad leegstand", "2024/123", "fiets", "verslag schepen", "goedkeuring aanleg fietspad zwembad", "fietspat",
    "haene", "", "-fietspad", "kost* dossier", "zwembad",
)  # fmt: skip


@pytest.mark.parametrize("text", QUESTIONS)
def test_an_explanation_agrees_with_the_index(context: Context, text: str) -> None:
    """What is a hit is explained as one, and nothing else is; each word of a hit has a reason."""
    publish(context)
    project(context, False)
    searcher = Searcher(context.settings, check_seconds=0)
    query = Query(text, type=("besluiten",), per_pagina=200)
    found = searcher.search(query)
    hits = {hit.iri for hit in found.hits}
    every = [hit.iri for hit in searcher.search(replace(query, text="")).hits]
    documents = [document for iri in every if (document := searcher.get(iri))]
    assert len(documents) >= 3
    for document in documents:
        told = explain(document, query, today())
        if document.iri in hits:
            assert (told.matches, told.fuzzy) == (True, found.fuzzy)
            assert told.reasons
        else:
            assert not told.matches or (told.fuzzy and not found.fuzzy)


def test_besluiten_that_say_nearly_the_same(context: Context, site: Client) -> None:
    """A reglement that another zitting took over is found with how alike it is, and what differs is marked."""
    text = " ".join(
        f"<p>Artikel {n} regelt onderdeel {n} van het reglement op terrassen in de straten.</p>" for n in range(30)
    )
    publish(context)
    say(context, "https://raad.example/10", [
        *sitting("juli", "2026-07-01"), *decision("10", "Reglement op terrassen", sitting="juli", text=text),
        *decision("11", "Reglement terrassen", sitting="juli", text=text.replace("onderdeel 7 ", "stukje zeven ")),
    ])  # fmt: skip
    project(context, False)
    client = site()
    iri = client.get("/zoeken.json?q=%22Reglement+op+terrassen%22&type=besluiten").json["hits"][0]["iri"]
    (near,) = client.get("/gelijkaardig.json", query_string={"iri": iri}).json["gelijkaardig"]
    shown = client.get("/gelijkaardig", query_string={"iri": iri, "met": near["iri"]}, headers=HTML).text

    assert near["title"] in ("Reglement terrassen", "Reglement op terrassen")
    assert 0.5 < near["gelijkenis"] < 1
    assert "<mark>stukje zeven</mark>" in shown
    assert "% gelijk" in shown
