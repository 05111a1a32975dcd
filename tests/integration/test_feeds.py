"""The feeds: who follows them has what is public; pages do not change; what is forgotten is nowhere."""

import gzip
import json
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pyshacl
import pytest
import rdflib
import sqlalchemy as sa
from flask.testing import FlaskClient

from belfort.acceptance import withdraw
from belfort.jobs import Context, project
from belfort.records.database import read, write
from belfort.records.entity import entity
from belfort.vocab import ACTIVITY, DATA, DCT, LDES, RDF, TREE
from frontend.app import create_app
from publisher import feeds
from publisher.feeds import store
from publisher.feeds.deltas import FEEDS, changesets, has
from publisher.rebuild import rebuild
from tests.support import many, site_data
from tests.support.reference_consumer import Consumer, triples_of

SUBJECT = "http://data.lblod.info/datasets/delta-producer/dumps/MandatarissenCacheGraphDump"


@pytest.fixture
def filled(context: Context) -> Context:
    """Things that came, changed, and went; the feeds follow each change or some at once."""
    site_data.fill(context)
    feeds.project(context, False)
    site_data.speak(context, site_data.PAGE, "page", site_data.page_lines(title="Gewijzigd"), b"second")
    lines = [line for line in site_data.register_lines() if "mandatarissen/noor-oud" not in line]
    site_data.speak(context, site_data.REGISTER, "register", lines, b"second register")
    project(context)
    return context


@pytest.fixture
def client(filled: Context) -> Iterator[FlaskClient]:
    """The site on those records."""
    app = create_app(filled.settings)
    yield app.test_client()
    app.extensions["belfort"].close()


def _public(context: Context, feed: str = "belfort") -> list[str]:
    with read(context.engine) as connection:
        texts = connection.execute(sa.select(entity.c.lines)).scalars().all()
    return [line for text in texts if has(feed, text) for line in text.split("\n")]


def _rows(context: Context) -> list[Any]:
    with sqlite3.connect(store.path(context.settings.feeds)) as connection:
        found = [
            connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
            for name in ("version", "delta", "member", "state")
        ]
    connection.close()
    return found


def _asker(client: FlaskClient) -> Any:
    def ask(path: str) -> Any:
        answer = client.get(path, buffered=True)
        assert answer.status_code == 200, (path, answer.text)
        return answer.text if answer.mimetype == "text/turtle" else json.loads(answer.data)

    return ask


@pytest.mark.parametrize("feed", FEEDS)
def test_who_follows_from_the_beginning_has_what_is_public(client: FlaskClient, filled: Context, feed: str) -> None:
    """The delta files replayed by a model of the reference consumer give exactly the things of the feed."""
    consumer = Consumer(_asker(client), feed)
    consumer.follow()

    assert consumer.files >= 1
    assert consumer.triples == triples_of(_public(filled, feed))
    assert len(consumer.triples) > 30


def test_who_starts_from_the_dump_has_the_same(client: FlaskClient, filled: Context) -> None:
    """The dump and the deltas since its release date give what is public now, also after more changes."""
    consumer = Consumer(_asker(client), "mandatarissen")
    consumer.start(SUBJECT)
    assert consumer.triples == triples_of(_public(filled, "mandatarissen"))
    site_data.speak(filled, site_data.REGISTER, "register", site_data.register_lines(), b"third register")
    feeds.project(filled, False)
    consumer.follow()

    assert consumer.files == 1
    assert consumer.triples == triples_of(_public(filled, "mandatarissen"))


def test_overlap_repetition_and_a_stop_anywhere_do_no_harm(client: FlaskClient, filled: Context) -> None:
    """A consumer that stops after any file and repeats some ends with the same."""
    whole = Consumer(_asker(client), "belfort")
    whole.follow()
    for stop in range(whole.files):
        consumer = Consumer(_asker(client), "belfort")
        consumer.follow(at_most=stop)
        consumer.cursor, consumer.files = "1970-01-01T00:00:00Z", 0
        consumer.follow()
        assert consumer.triples == whole.triples


def test_no_two_files_have_one_moment(context: Context) -> None:
    """A large change makes many files; their moments differ, so that no page of the listing cuts between equals."""
    site_data.speak(context, site_data.REGISTER, "register", many.lines(900), b"many")
    feeds.project(context, False)
    with store.reading(context.settings.feeds) as opened:
        assert opened
        created = [x for (x,) in opened.execute("SELECT created FROM delta WHERE feed = 'belfort' ORDER BY number")]

    assert len(created) > 5
    assert created == sorted(set(created))


def test_changesets_keep_the_limits_of_the_pattern() -> None:
    """At most a hundred triples per operation; all deletes come before any insert."""
    rows = [f'<urn:s> <urn:p> "{number}" .' for number in range(250)]
    sets = changesets(rows, rows, "urn:g")

    assert [(len(one["deletes"]), len(one["inserts"])) for one in sets] == [
        (100, 0), (100, 0), (50, 100), (0, 100), (0, 50),
    ]  # fmt: skip


def test_feeds_follow_from_the_records(filled: Context) -> None:
    """Made anew in one run they are what many runs made of them, row by row."""
    before = _rows(filled)
    feeds.project(filled, True)
    assert _rows(filled) == before
    assert feeds.project(filled, False) == 0
    rebuild(filled)
    assert _rows(filled) == before


def _walk(client: FlaskClient, feed: str) -> list[rdflib.Graph]:
    """Every node of an LDES, reached by its relations from the root."""
    pending, seen, graphs = [f"/ldes/{feed}"], set(), []
    while pending:
        path = pending.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200
        graph = rdflib.Graph().parse(data=answer.text, format="turtle")
        graphs.append(graph)
        here = rdflib.URIRef(f"http://localhost:8080{path}")
        for relation in graph.objects(here, rdflib.URIRef(TREE.relation)):
            target = str(graph.value(relation, rdflib.URIRef(TREE.node)))
            pending.append(target.removeprefix("http://localhost:8080"))
    return graphs


@pytest.mark.parametrize("feed", FEEDS)
def test_the_stream_meets_the_shapes(client: FlaskClient, feed: str) -> None:
    """Every node is valid by the shapes of TREE and LDES and of its members, and each shape had something to check."""
    shapes = rdflib.Graph()
    for name in ("ldes.ttl", "member.ttl"):
        shapes.parse(data=files("shapes.catalogue").joinpath(name).read_text("utf-8"), format="turtle")
    graphs = _walk(client, feed)
    for graph in graphs:
        valid, _, text = pyshacl.validate(graph, shacl_graph=shapes)
        assert valid, text
    assert any((None, rdflib.URIRef(TREE.member), None) in graph for graph in graphs)
    broken = rdflib.Graph() + graphs[-1]
    broken.remove((None, rdflib.URIRef(LDES.timestampPath), None))
    assert not pyshacl.validate(broken, shacl_graph=shapes)[0]


def test_the_newest_versions_are_what_is_public(client: FlaskClient, filled: Context) -> None:
    """Materialising the newest version of each thing gives the entities; what went is a tombstone without content."""
    newest: dict[str, tuple[int, set[tuple[str, str]]]] = {}
    for graph in _walk(client, "belfort"):
        for member in graph.objects(None, rdflib.URIRef(TREE.member)):
            thing = str(graph.value(member, rdflib.URIRef(DCT.isVersionOf)))
            seq = int(str(member).split("/")[-2])
            said = {(str(p), o.n3()) for p, o in graph.predicate_objects(member)}
            newest[thing] = max(newest.get(thing, (0, set())), (seq, said), key=lambda pair: pair[0])
    public = {line.split(" ", 1)[0][1:-1] for line in _public(filled)}
    tombstone = (RDF.type, f"<{ACTIVITY.Tombstone}>")
    gone = {iri for iri, (_, said) in newest.items() if tombstone in said}

    assert newest.keys() - gone == public
    assert gone == {site_data.GONE, DATA["mandatarissen/noor-oud"]}
    assert all(len(newest[iri][1]) == 4 for iri in gone)
    titles = {o for p, o in newest[site_data.BESLUIT_IRI][1] if p.endswith("#title")}
    assert titles == {'"Gewijzigd"'}


def test_a_full_page_never_changes(context: Context) -> None:
    """A page that another follows has the same bytes and ETag after more changes, and says that it may be kept."""
    site_data.speak(context, site_data.REGISTER, "register", many.lines(60), b"many")
    project(context)
    app = create_app(context.settings)
    client = app.test_client()
    before, open_page = client.get("/ldes/belfort/1"), client.get("/ldes/belfort/2")
    site_data.speak(context, site_data.PAGE, "page", site_data.page_lines(), b"page")
    feeds.project(context, False)
    after = client.get("/ldes/belfort/1")

    assert "immutable" in before.headers["Cache-Control"]
    assert "immutable" not in open_page.headers["Cache-Control"]
    assert (before.data, before.headers["ETag"]) == (after.data, after.headers["ETag"])
    assert client.get("/ldes/belfort/2").headers["ETag"] != open_page.headers["ETag"]
    assert client.get("/ldes/belfort/1", headers={"If-None-Match": after.headers["ETag"]}).status_code == 304
    app.extensions["belfort"].close()


def test_old_versions_go_but_never_the_newest(make_context: Any) -> None:
    """After the retention only the newest version of each thing is left; the rest of the stream still holds."""
    context = make_context(feeds_days=1)
    site_data.fill(context)
    with write(context.engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER change_no_UPDATE")
        connection.exec_driver_sql("UPDATE change SET at = '2020-01-01T00:00:00.000Z'")
    site_data.speak(context, site_data.PAGE, "page", site_data.page_lines(title="Nieuw"), b"later")
    feeds.project(context, False)
    with store.reading(context.settings.feeds) as opened:
        assert opened
        rows = opened.execute("SELECT iri, count(*) FROM version GROUP BY iri").fetchall()

    assert {count for _, count in rows} == {1}
    assert {iri for iri, _ in rows} >= {site_data.BESLUIT_IRI, site_data.GONE}


def test_what_is_forgotten_is_nowhere(filled: Context, client: FlaskClient) -> None:
    """No byte of the feeds names the person's IRI as subject or says what was said; the rest is as it was."""
    person = DATA["personen/noor"]
    others = [row for row in _public(filled) if person not in row]
    lines = [line for line in site_data.register_lines() if "noor" not in line]
    site_data.speak(filled, site_data.REGISTER, "register", lines, b"without noor")
    withdraw(filled, site_data.PAGE, "test")
    etag = client.get("/ldes/belfort/1").headers["ETag"]

    assert feeds.forget(filled, [person]) > 2

    for path in filled.settings.feeds.iterdir():
        assert b"Vandenbroeck" not in path.read_bytes(), path
    with store.reading(filled.settings.feeds) as opened:
        assert opened
        for (body,) in opened.execute("SELECT body FROM delta"):
            text = gzip.decompress(body).decode()
            assert "Vandenbroeck" not in text
            assert person not in text
        kept = opened.execute("SELECT lines, label FROM version WHERE iri = ?", (person,)).fetchall()
        assert kept == [("", "")]
        assert not opened.execute("SELECT 1 FROM version WHERE instr(lines, ?)", (f"<{person}> .",)).fetchall()
    assert client.get("/ldes/belfort/1").headers["ETag"] != etag
    assert others
    assert feeds.forget(filled, [person]) == 0


def test_erased_change_rows_still_leave_a_tombstone(context: Context) -> None:
    """A thing whose end the change log does not tell any more is a tombstone in feeds that are made from it."""
    site_data.fill(context)
    iri = site_data.GONE
    with write(context.engine) as connection:
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(f"DROP TRIGGER change_no_{verb}")
        connection.exec_driver_sql(
            "UPDATE change SET inserts = '', deletes = '' WHERE inserts LIKE ? OR deletes LIKE ?",
            (f"%<{iri}> <%", f"%<{iri}> <%"),
        )
    feeds.project(context, True)
    with store.reading(context.settings.feeds) as opened:
        assert opened
        rows = opened.execute("SELECT lines, class_iri FROM version WHERE iri = ?", (iri,)).fetchall()

    assert len(rows) == 1
    assert rows[0][0] == ""
    assert rows[0][1].endswith("#Besluit")


def test_atom_tells_the_newest_things(client: FlaskClient) -> None:
    """The feed of besluiten and that of the bestuur are Atom that names the besluit, newest first, with its page."""
    import xml.etree.ElementTree as ElementTree

    space = "{http://www.w3.org/2005/Atom}"
    for path in ("/feeds/besluiten.atom", "/feeds/besturen/waterdorp.atom"):
        answer = client.get(path)
        root = ElementTree.fromstring(answer.data)
        entries = root.findall(f"{space}entry")
        moments = [entry.findtext(f"{space}updated") for entry in entries]

        assert answer.mimetype == "application/atom+xml"
        assert root.findtext(f"{space}updated") == moments[0] == max(moments)
        assert "Gewijzigd" in [entry.findtext(f"{space}title") for entry in entries]
        assert len({entry.findtext(f"{space}id") for entry in entries}) == len(entries)
    assert client.get("/feeds/besturen/nergens.atom").status_code == 404


def test_a_version_has_its_own_address(client: FlaskClient) -> None:
    """The IRI of a member answers with that version; one that does not exist is not found."""
    graph = _walk(client, "mandatarissen")[-1]
    member = next(graph.objects(None, rdflib.URIRef(TREE.member)))
    answer = client.get(str(member).removeprefix("http://localhost:8080"))
    alone = rdflib.Graph().parse(data=answer.text, format="turtle")

    assert set(alone) == set(graph.triples((member, None, None)))
    assert client.get("/versies/999/niets").status_code == 404
