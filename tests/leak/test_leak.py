# ruff: noqa: E501 -- a planted line stays on one line
"""The leak suite: canaries go in at every entrance of the real system; every byte at every exit is searched for them.

Entrances: delta files (inserts, deletes, names, malformed ones), dumps in four syntaxes, a CSV, saved pages, a harvested
site (pages, links, headers), and requests (addresses, queries, headers, bodies). Exits: all routes in all forms with
their errors, SPARQL results, dumps, feeds, index, SPARQL store, the database file with its free pages, logs, output.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import quote

import pytest

from belfort import rdf, rijksregister
from belfort.blobs import Blobs
from belfort.vocab import DATA, FOAF, MANDAAT, PERSON, RDF, SKOS
from tests.support import leak_exits, leak_world, site_data
from tests.support.command import Done, belfort
from tests.support.leak import SPELLINGS, Canaries
from tests.support.leak_exits import RunningSite

pytestmark = pytest.mark.xdist_group("leak")
BASE = "https://dorp.example/besluiten/"


class World(NamedTuple):
    """A data folder into which everything went, what was planted, and what the commands wrote."""

    data: Path
    canaries: Canaries
    output: bytes


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Everything in, by the commands that an operator types."""
    folder = tmp_path_factory.mktemp("leak")
    data, canaries = folder / "data", Canaries()
    said = [
        *_register(folder, data, canaries), *_dumps(folder, data, canaries), *_table(folder, data, canaries),
        *_saved(folder, data, canaries), *_harvested(data, canaries),
    ]  # fmt: skip
    said.append(belfort("project", data=data))
    assert said[-1].code == 0, said[-1].err
    return World(data, canaries, "\n".join(one.out + one.err for one in said).encode())


def _register(folder: Path, data: Path, c: Canaries) -> Iterator[Done]:
    """Delta files: what is public with what is not, deletes with old values, names, and one that is broken."""
    inserts = [*leak_world.public_register(), *leak_world.private_register(c)]
    noor = f"<{site_data.PERSOON_IRI}>"
    deletes = [(noor, f"<{FOAF.name}>", rdf.literal(c.number("delta delete", s))) for s in SPELLINGS]
    deletes += [(noor, f"<{SKOS.changeNote}>", rdf.literal(c.word("note", "delta delete")))]
    first = folder / "delta-2026-01-01T00:00:00.000Z-1.json"
    first.write_bytes(leak_world.delta(inserts, deletes))
    done = belfort("intake", first, "--no-project", data=data)
    assert done.code == 0, done.err
    yield done
    named = folder / f"delta {c.number('name of a delta file', 'dotted')}.json"
    named.write_bytes(
        leak_world.delta([(noor, f"<{SKOS.note}>", rdf.literal(c.word("note", "delta named")))], deletes[:2])
    )
    yield belfort("intake", named, "--no-project", data=data)
    broken = folder / f"stuk-{c.number('name of a broken file')}.json"
    broken.write_text(
        f'[{{"inserts": [{{"subject": "{c.number("broken JSON")}"}}], "{c.word("note", "broken JSON")}": '
    )
    yield belfort("intake", broken, "--no-project", data=data)
    odd = folder / "delta-2026-01-03T00:00:00.000Z-1.json"
    odd.write_text(json.dumps([{"inserts": [{"subject": {"type": "uri", "value": c.number("wrong shape", "dotted")},
                                             "predicate": 3, "object": c.word("note", "wrong shape")}]}]))  # fmt: skip
    yield belfort("intake", odd, "--no-project", data=data)


def _dumps(folder: Path, data: Path, c: Canaries) -> Iterator[Done]:
    """One dump in four syntaxes: people without a role, identifiers, contexts and keys with values in them."""
    yield belfort("sources", "add", "dump", "https://dump.example/sync", "--kind", "register", data=data)
    person, role = DATA["personen/uit-dump"], DATA["mandatarissen/uit-dump"]
    lines = [
        rdf.line((f"<{role}>", rdf.TYPE, f"<{MANDAAT.Mandataris}>")),
        rdf.line((f"<{role}>", f"<{MANDAAT.isBestuurlijkeAliasVan}>", f"<{person}>")),
        rdf.line((f"<{person}>", rdf.TYPE, f"<{PERSON.Person}>")),
        rdf.line((f"<{person}>", f"<{FOAF.familyName}>", '"Dumpmans"')),
    ]
    files = {
        "a.nt": "\n".join([*lines, f'_:{c.word("iri", "blank node").replace("-", "")} <{SKOS.notation}> '
                           f'"{c.word("id", "blank node notation")}" .', ""]),
        "b.ttl": f"@prefix p: <https://x.example/{c.word('iri', 'prefix')}/> .\n# {c.number('Turtle comment')}\n"
                 f'<{person}> <{SKOS.note}> "{c.word("note", "Turtle")}", """{c.number("Turtle", "markup")}""" ; p:x p:y .\n',
        "c.nq": f'<{person}> <{FOAF.name}> "{c.number("N-Quads", "Arabic-Indic")}" '
                f'<https://x.example/{c.number("graph name")}> .\n',
        "d.jsonld": json.dumps({
            "@context": {c.word("iri", "context term"): "https://x.example/veld"},
            "@id": person, "https://x.example/" + c.number("JSON key"): "x",
            "http://www.w3.org/2004/02/skos/core#note": {"@value": c.birth("JSON value"), "@type": "https://x.example/t"},
        }),
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    yield belfort("intake", *(folder / name for name in files), "--source", "dump", "--no-project", data=data)


def _table(folder: Path, data: Path, c: Canaries) -> Iterator[Done]:
    """A CSV of a bestuur with private columns and values."""
    path = folder / f"lijst {c.number('name of a CSV', 'dotted')}.csv"
    path.write_text(
        f"voornaam;achternaam;functie;start;geboortedatum;{c.word('note', 'CSV heading')};opmerking\n"
        f"An;{c.word('name', 'CSV name')};Gemeenteraadslid;05/12/2024;{c.birth('CSV')};{c.word('id', 'CSV')};"
        f"{c.number('CSV', 'dotted')}\n",
        "utf-8",
    )
    yield belfort("import", path, "--bestuur", site_data.GEMEENTE, "--no-project", data=data)


def _saved(folder: Path, data: Path, c: Canaries) -> Iterator[Done]:
    """Saved pages: one with everything, one that is broken, one with a number in its name, one in its address."""
    one, two = folder / "een.html", folder / "twee.html"
    one.write_bytes(leak_world.private_page("Fietspad in de Kerkstraat", c))
    two.write_bytes(f"<html><body><p>{c.number('page that says nothing')} {c.word('name', 'no RDFa')}".encode())
    done = belfort("process", one, two, "--base-url", BASE, "--no-project", data=data)
    assert done.code == 0, done.err
    yield done
    named = folder / f"verslag-{c.number('name of a page')}.html"
    named.write_bytes(leak_world.private_page("Verslag", c))
    yield belfort("process", named, "--base-url", f"{BASE}drie", "--no-project", data=data)
    address = f"{BASE}{c.number('address of a page', 'dotted')}"
    yield belfort("process", one, "--base-url", address, "--no-project", data=data)


def _harvested(data: Path, c: Canaries) -> Iterator[Done]:
    """A site: pages, links with numbers in them, redirects to such addresses, headers, an error page."""
    pages = {
        "/": leak_world.page("Start", outside=f"<a property='lblodBesluit:linkToPublication' href='/a'>a</a>"
                             f"<a property='lblodBesluit:linkToPublication' href='/b/{c.number('link on a site')}'>b</a>"
                             f"<a property='lblodBesluit:linkToPublication' href='/weg'>c</a>"
                             f"<a property='lblodBesluit:linkToPublication' href='/stuk'>d</a>"),
        "/a": leak_world.private_page("Reglement op de markten", c),
    }  # fmt: skip
    headers = {"X-Van": c.number("response header", "dotted"), "ETag": f'"{c.number("ETag")}"',
               "Set-Cookie": f"id={c.number('cookie')}"}  # fmt: skip
    target, error = f"/c/{c.number('redirect', 'dotted')}", c.number("error page").encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, error)
            self.send_response(302 if self.path == "/weg" else 200 if self.path in pages else 404)
            if self.path == "/weg":
                self.send_header("Location", target)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        place = f"127.0.0.1:{server.server_address[1]}"
        done = belfort("harvest", f"http://{place}/", "--no-project", data=data, http_allow=place, crawl_delay=0)
        assert done.code == 0, done.err
        yield done
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_no_canary_stands_in_any_public_file(world: World) -> None:
    """Dumps, feeds, index, SPARQL store, the database whole, and what the commands wrote: not one byte of any."""
    places, leaks = 0, world.canaries.leaks("output of the commands", world.output)
    for place, content in leak_exits.files(world.data):
        places += 1
        leaks += world.canaries.leaks(place, content)
    assert not leaks, "\n".join(leaks[:40])
    assert places > 60
    assert len(world.canaries.planted) > 400
    assert len({one.where for one in world.canaries.planted}) > 150


def test_no_canary_stands_in_any_answer_or_log(world: World) -> None:
    """Every route in every form, errors too; then requests that carry canaries themselves; then what the site logged."""
    c, leaks, answers = world.canaries, [], 0
    with RunningSite(world.data) as site:
        for path, answer in leak_exits.pages(site, world.data):
            answers += 1
            assert answer.status < 500, (path, answer.content[:300])
            leaks += c.leaks(path, answer.content)
            if rijksregister.contains(answer.content.decode("utf-8", "replace")):
                leaks.append(f"something like a rijksregisternummer stands in {path}")
        for one in list(c.planted):  # what is not public is not found, and its answer does not tell it
            if one.kind in ("name", "street", "note"):
                word = one.needles[0].decode()
                answer = site.get(f"/zoeken.json?q={quote(word)}")
                assert answer.status == 200
                assert json.loads(answer.content.partition(b"Server:")[0].rpartition(b"}")[0] + b"}")["hits"] == [], (
                    word
                )
                break
        leaks += _requests(site, c)
    leaks += c.leaks("log of the site", site.log.read_bytes())
    assert not leaks, "\n".join(leaks[:40])
    assert answers > 400


def _requests(site: RunningSite, c: Canaries) -> list[str]:
    """Requests with a canary in the address, the query, a header or the body; errors may not say it back."""
    leaks: list[str] = []
    paths = ["/besturen/{}", "/id/personen/{}", "/nergens/{}", "/resource?iri=https://x.example/{}", "/besturen?x={}",
             "/sparql?query=SELECT+{}", "/dumps/{}", "/files/{}/download", "/ldes/{}", "/api/personen?bestuur={}",
             "/contexts/{}.jsonld", "/versies/1/{}", "/shapes/{}.ttl", "/fouten/{}", "/sync/mandatarissen/files?since={}",
             "/besturen?peildatum={}", "/zoeken?q=a&pagina={}", "/functies/{}.csv"]  # fmt: skip
    for path in paths:
        for spelling in ("compact", "dotted"):
            written = quote(c.number(f"request {path}", spelling))
            answer = site.get(path.format(written), User_Agent=c.number("user agent"), Referer=c.number("referer"),
                              Cookie=f"id={c.number('request cookie')}", Accept="application/json")  # fmt: skip
            if answer.status >= 400:
                leaks += c.leaks(f"the error of {path}", answer.content)
    query = f"SELECT * {{ ?s ?p '{c.number('SPARQL text', 'dotted')}' "
    answer = site.get("/sparql", data=query.encode(), Content_Type="application/sparql-query")
    assert answer.status == 400
    leaks += c.leaks("the error of a query", answer.content)
    page = quote(leak_world.private_page("Zelf nagekeken", c)[:60_000])
    assert (
        site.get("/validate", data=f"html={page}".encode(), Content_Type="application/x-www-form-urlencoded").status
        < 500
    )
    site.get(f"/zoeken?q={c.number('search')}")
    site.get(f"/zoeken.json?q={c.word('name', 'search')}")
    return leaks


def test_what_was_asked_is_kept_nowhere(world: World) -> None:
    """After all those requests the public files hold none of what was asked; runs last in this file."""
    leaks = [leak for place, content in leak_exits.files(world.data) for leak in world.canaries.leaks(place, content)]
    assert not leaks, "\n".join(leaks[:40])


def test_what_must_be_public_is_public(world: World) -> None:
    """The walls hold back no more than they must: names in office, contact points, KBO numbers, besluiten, marks."""
    everything = dict(leak_exits.files(world.data))
    dump = next(content.decode() for place, content in everything.items() if place.endswith("/belfort.nt"))
    for word in (*leak_world.PUBLIC, "Fietspad in de Kerkstraat", "Reglement op de markten", "Publiekmans", "Dumpmans",
                 rijksregister.MASK):  # fmt: skip
        assert word in dump, word
    for word in ("Fietspad in de Kerkstraat", "Reglement op de markten", "Waterdorp"):
        assert word.encode() in everything["documents of the index"], word
    assert set(leak_world.public_register()) <= set(rdf.parse_lines(dump))


def test_the_canaries_did_come_in(world: World) -> None:
    """The tests above mean something: the sealed files hold nearly every canary of a file, a page or a site."""
    blobs = Blobs(world.data / "private/blobs")
    sealed = b"\n".join(blobs.get(name) for name in blobs.names())
    outside = ("name of", "address of", "response header", "ETag", "cookie", "request", "redirect", "error page", "CSV",
               "user agent", "referer", "search", "SPARQL", "link on")  # fmt: skip
    inside = [one for one in world.canaries.planted if not one.where.startswith(outside)]
    seen = [one for one in inside if any(needle in sealed for needle in one.needles)]
    # A blank node has no name outside its file, and a tag is stored in another form.
    assert {one.where for one in inside} - {one.where for one in seen} <= {"blank node", "language tag"}
    assert len(seen) > 300


def test_private_input_changes_no_public_byte(tmp_path: Path) -> None:
    """The same site built with and without private statements gives the same dumps, but for when it was made."""
    built = [_build(tmp_path / name, is_private) for name, is_private in (("without", False), ("with", True))]
    without, with_private = (dict(_comparable(data)) for data in built)

    assert without.keys() == with_private.keys()
    assert [name for name in without if without[name] != with_private[name]] == []
    assert len(without) > 30


def _build(folder: Path, is_private: bool) -> Path:
    folder.mkdir()
    c, data = Canaries(), folder / "data"
    delta, page = folder / "delta-2026-01-01T00:00:00.000Z-1.json", folder / "een.html"
    extra = leak_world.private_register(c, masked=False) if is_private else []
    delta.write_bytes(leak_world.delta([*leak_world.public_register(), *extra], []))
    make = (
        leak_world.private_page("Fietspad", c, masked=False)
        if is_private
        else leak_world.page("Fietspad", outside=_ROLE)
    )
    page.write_bytes(make)
    for command in (("intake", delta, "--no-project"), ("process", page, "--base-url", f"{BASE}een")):
        done = belfort(*command, data=data)
        assert done.code == 0, done.err
    return data


_ROLE = (
    "<div resource='#rol' typeof='mandaat:Mandataris'><div property='mandaat:isBestuurlijkeAliasVan' resource='#mens' "
    "typeof='person:Person'><span property='foaf:familyName'>Publiekmans</span></div></div>"
)


def _comparable(data: Path) -> Iterator[tuple[str, bytes]]:
    """The dumps unpacked and the public tables, without moments and digests of what was received."""
    for path in sorted((data / "dumps").rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix not in (".gz", ".zst"):
            yield str(path.relative_to(data / "dumps")), _timeless(path.read_bytes())
    with sqlite3.connect(data / "records.sqlite") as connection:
        for table in ("entity", "entity_link", "assertion", "change", "tombstone"):
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            yield f"table {table}", _timeless(repr(rows).encode())
    connection.close()


def _timeless(content: bytes) -> bytes:
    content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", b"T", content)
    return re.sub(rb'[0-9a-f]{64}|"bytes": \d+|byteSize[^,]*', b"-", content)


def test_the_type_of_rdf_is_no_canary() -> None:
    """A canary is found in bytes in each of its codes, and nothing is found where none is."""
    c = Canaries()
    written = c.number("here", "dotted")
    assert c.leaks("x", written.encode()) == ["number planted in here stands in x"]
    assert c.leaks("x", quote(written).encode()) != []
    assert c.leaks("x", RDF.type.encode()) == []
