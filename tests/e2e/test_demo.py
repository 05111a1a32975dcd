"""The real `make demo`, as someone who has just cloned the project sees it."""

import gzip
import hashlib
import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from belfort import rijksregister
from demo.canaries import Canary, planted
from demo.generate import generate
from tests.support.command import belfort
from tests.support.running_demo import RunningDemo

SEED, SIZE = 20261125, 3
DEFAULTS = {"demo_seed": SEED, "demo_size": SIZE}
SPARQL = "application/sparql-results+json"

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """The demo, harvested and serving."""
    if shutil.which("make") is None:
        pytest.fail("make is missing")
    with RunningDemo(tmp_path_factory.mktemp("demo") / "data", **DEFAULTS) as running:
        yield running


def _harvest(demo: RunningDemo) -> dict[str, Any]:
    done = belfort("harvest", "--all", "--json", data=demo.data, crawl_delay=0)
    assert done.code == 0, done.err
    return {row["source"]: row for row in map(json.loads, done.out.splitlines())}


def _changes(demo: RunningDemo) -> list[tuple[int, str, str, str]]:
    with sqlite3.connect(demo.data / "records.sqlite") as connection:
        found = connection.execute(
            "SELECT seq, iri, inserts, deletes FROM change JOIN origin ON origin.id = change.origin ORDER BY seq"
        ).fetchall()
    connection.close()
    return found


def _count(demo: RunningDemo) -> int:
    with sqlite3.connect(demo.data / "records.sqlite") as connection:
        lines = [text for (text,) in connection.execute("SELECT lines FROM entity")]
    connection.close()
    return sum(text.count("\n") + 1 for text in lines)


def test_it_is_ready_soon_and_says_where(demo: RunningDemo) -> None:
    """Ready in under 3 minutes, in under 1.5 GB of memory, and the last line says where to look."""
    assert demo.seconds < 180
    assert demo.peak < 1.5 * 2**30
    assert any(f"http://localhost:{demo.port}" in line for line in demo.lines)


def test_a_besluit_is_found_and_is_the_same_as_page_and_as_data(demo: RunningDemo) -> None:
    """Search, page, JSON-LD, Turtle, N-Quads, dump and SPARQL agree on the title."""
    hits = demo.get("/zoeken.json?q=fietspad&type=besluiten").json()["hits"]
    iri, title = hits[0]["iri"], hits[0]["title"]
    page = demo.get(demo.get(f"/resource?iri={quote(iri, safe='')}").headers["location"].removeprefix(demo.url))
    assert page.status == 200
    assert title in page.body.decode()
    assert "sha256" in page.body.decode()
    path = demo.get(f"/resource?iri={quote(iri, safe='')}").headers["location"].removeprefix(demo.url)

    document = demo.get(path, accept="application/ld+json").json()
    assert document["@id"] == iri
    assert title in json.dumps(document, ensure_ascii=False)
    for suffix in ("ttl", "nt", "nq"):
        assert title in demo.get(f"{path}.{suffix}").body.decode()
    query = f"SELECT ?t {{ <{iri}> <http://data.europa.eu/eli/ontology#title> ?t }}"
    rows = demo.get(f"/sparql?query={quote(query)}", accept=SPARQL).json()["results"]["bindings"]
    assert [row["t"]["value"] for row in rows] == [title]
    assert title in gzip.decompress(demo.get("/dumps/belfort.jsonld.gz").body).decode()


def test_counts_agree(demo: RunningDemo) -> None:
    """SPARQL, dump and entities hold the same number of triples, each once."""
    query = "SELECT (COUNT(*) AS ?a) (COUNT(DISTINCT *) AS ?b) { ?s ?p ?o }"
    row = demo.get(f"/sparql?query={quote(query)}", accept=SPARQL).json()["results"]["bindings"][0]
    lines = demo.get("/dumps/belfort.nt").body.decode().strip().split("\n")

    assert int(row["a"]["value"]) == int(row["b"]["value"]) == len(lines) == len(set(lines)) == _count(demo)


def test_harvesting_again_changes_nothing(demo: RunningDemo) -> None:
    """Every page answers 304, every delta file is known: no submission, no change, the same dumps."""
    before = _changes(demo), demo.get("/dumps/manifest.json").body

    rows = _harvest(demo)

    assert {row["changes"] for row in rows.values()} == {0}
    assert {row["fetched"] for row in rows.values()} == {0}
    assert (_changes(demo), demo.get("/dumps/manifest.json").body) == before


def test_an_edited_page_gives_changes_of_exactly_that_page(demo: RunningDemo) -> None:
    """One word changes in one file: one change row, of that page, with that title out and the new one in."""
    # A planned zitting has an agenda only: its titles stand on no other page.
    page, old = _page_with_a_title_of_its_own(demo)
    new = f"{old} (aangepast)"
    page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")
    before = len(_changes(demo))

    rows = _harvest(demo)

    added = _changes(demo)[before:]
    assert sum(row["fetched"] for row in rows.values()) == 1
    assert len(added) == 1
    _, iri, inserts, deletes = added[0]
    assert iri.startswith(f"http://127.0.0.1:{demo.demo_port}/")
    assert all(new in line for line in inserts.split("\n"))
    assert all(old in line for line in deletes.split("\n"))
    assert belfort("verify", data=demo.data).code == 0


def _page_with_a_title_of_its_own(demo: RunningDemo) -> tuple[Path, str]:
    pages = sorted((demo.data / "demo").rglob("*.html"))
    texts = {page: page.read_text("utf-8") for page in pages}
    for page, text in texts.items():
        for title in re.findall(r'property="dc(?:t|terms)?:title"[^>]*>([^<>]{25,})<', text):
            if sum(title in other for other in texts.values()) == 1 and text.count(title) == 1 and "&" not in title:
                return page, title
    raise AssertionError("no agendapunt of the demo has a title that stands on one page only")


def _forms() -> list[tuple[Canary, bytes]]:
    found = []
    for canary in planted(generate(SEED, SIZE)):
        if canary.kind in ("rijksregisternummer", "geboortedatum"):
            found += [(canary, form.encode()) for form in canary.forms]
    return found


def _exits(demo: RunningDemo) -> Iterator[tuple[str, bytes]]:
    """Everything that the public, or a process that serves the public, can read."""
    seen, waiting = set(), ["/", "/besturen", "/zoeken?q=*", "/datasets", "/sparql", "/sitemap.xml", "/nergens",
                            "/zoeken.json?q=de", "/zoeken.csv", "/robots.txt", "/dumps/manifest.json"]  # fmt: skip
    while waiting and len(seen) < 400:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = demo.get(path)
        yield path, answer.body + repr(answer.headers).encode()
        if "html" in answer.headers.get("content-type", ""):
            links = re.findall(r'href="(/[^"#]*)"', answer.body.decode())
            skipped = ("/dumps/", "/zoeken?") if path.startswith("/zoeken?") else ("/dumps/",)
            waiting += [link for link in links if not link.startswith(skipped)]
    with sqlite3.connect(demo.data / "records.sqlite") as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
            yield f"table {table}", "\n".join(map(repr, rows)).encode()
        iris = [iri for (iri,) in connection.execute("SELECT uuid FROM entity")]
    connection.close()
    for uuid in iris[::7]:
        for suffix in ("jsonld", "ttl", "nt", "nq"):
            yield f"{uuid}.{suffix}", demo.get(f"/id/x/{uuid}.{suffix}").body
    for folder in ("index", "sparql", "dumps"):
        for path in sorted((demo.data / folder).rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                yield str(path), gzip.decompress(content) if path.suffix == ".gz" else content
    for path in demo.data.glob("records.sqlite*"):
        yield str(path), path.read_bytes()
    yield "output", "".join(demo.lines).encode()


def test_no_planted_number_or_birth_date_comes_out_anywhere(demo: RunningDemo) -> None:
    """Responses, dumps, index files, SPARQL store, database file with its free pages, and the output of the command."""
    forms = _forms()
    assert len(forms) > 20
    places = 0
    for place, content in _exits(demo):
        places += 1
        for canary, form in forms:
            assert form not in content, f"{canary.kind} planted at {canary.where} stands in {place}"
    assert places > 300


def test_the_planted_values_did_come_in(demo: RunningDemo) -> None:
    """The test above means something: the sealed files hold each planted value, and its owner is public otherwise."""
    from belfort.blobs import Blobs

    blobs = Blobs(demo.data / "private/blobs")
    sealed = b"\n".join(blobs.get(name) for name in blobs.names())
    for canary in planted(generate(SEED, SIZE)):
        assert any(form.encode() in sealed for form in canary.forms), canary
    assert rijksregister.MASK in demo.get("/dumps/belfort.nt").body.decode()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { " + "(" * 5000 + "1" + ")" * 5000 + " }",
        "SELECT * WHERE { FILTER(" + "!" * 5000 + "true) }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "SELECT DISTINCT ?a ?d ?g WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    ],
    ids=["parentheses", "negations", "cartesian count", "cartesian order"],
)
def test_a_hostile_query_ends_and_the_site_keeps_answering(demo: RunningDemo, query: str) -> None:
    """400 or 504 (or 503 for memory) as problem+json, while somebody else reads pages."""
    answers: list[int] = []
    stop = threading.Event()

    def read_on() -> None:
        while not stop.is_set():
            answers.append(demo.get("/besturen").status)

    reader = threading.Thread(target=read_on)
    reader.start()
    try:
        body = f"query={quote(query)}".encode()
        answer = demo.get("/sparql", data=body, content_type="application/x-www-form-urlencoded")
    finally:
        stop.set()
        reader.join()

    assert answer.status in (400, 503, 504)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["detail"]
    assert set(answers) == {200}


def test_updates_and_services_are_refused(demo: RunningDemo) -> None:
    """SPARQL reads, and fetches nothing."""
    for query in ("DROP ALL", "LOAD <http://127.0.0.1/>", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"):
        answer = demo.get(f"/sparql?query={quote(query)}")
        assert answer.status in (400, 403, 405)
        assert answer.headers["content-type"].startswith("application/problem+json")


def test_deleting_everything_derived_and_rebuilding_gives_the_same_dump(demo: RunningDemo) -> None:
    """Index, SPARQL store and dumps are only copies; the site shows the new ones without a restart."""
    before = hashlib.sha256(demo.get("/dumps/belfort.nq").body).hexdigest()
    for folder in ("index", "sparql", "dumps"):
        shutil.rmtree(demo.data / folder)

    assert belfort("rebuild", data=demo.data).code == 0

    assert hashlib.sha256(demo.get("/dumps/belfort.nq").body).hexdigest() == before
    query = quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    rows = demo.get(f"/sparql?query={query}", accept=SPARQL).json()["results"]["bindings"]
    assert int(rows[0]["n"]["value"]) == _count(demo)


def test_a_port_in_use_is_one_line(demo: RunningDemo) -> None:
    """A second demo on the same port says so and what to do."""
    done = belfort("demo", data=demo.data.parent / "second", port=demo.port, demo_port=demo.demo_port)

    assert done.code == 8
    assert str(demo.port) in done.err
    assert "Traceback" not in done.err


def test_another_seed_shows_other_authorities(demo: RunningDemo, tmp_path: Path) -> None:
    """In the same folder: the old demo makes way, and no bestuur of it is left."""
    shown = set(re.findall(r"<a href=\"/besturen/[^\"]+\">([^<]+)<", demo.get("/besturen").body.decode()))
    data = tmp_path / "data"
    first = belfort("demo", "--prepare-only", data=data, demo_size=1, demo_seed=SEED, port=_free(), demo_port=_free())
    assert first.code == 0, first.err

    with RunningDemo(data, demo_seed=7, demo_size=1) as other:
        names = set(re.findall(r"<a href=\"/besturen/[^\"]+\">([^<]+)<", other.get("/besturen").body.decode()))

    assert len(names) == len(shown) == 11
    assert not names & shown


def _free() -> int:
    from tests.support.running_demo import free_port

    return free_port()


def test_a_folder_with_other_records_is_left_alone(tmp_path: Path) -> None:
    """The demo never mixes with, or removes, records that are no demo."""
    page = Path(__file__).parent.parent / "fixtures/pages/besluitenlijst.html"
    data = tmp_path / "data"
    assert belfort("process", page, "--base-url", "https://x.example/1", "--no-project", data=data).code == 0

    done = belfort("demo", "--prepare-only", data=data, port=_free(), demo_port=_free())

    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1
    assert (data / "records.sqlite").exists()
