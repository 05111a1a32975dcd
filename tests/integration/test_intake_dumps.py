"""Dumps in RDF: every form, by name, by address and by description; and what goes wrong."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import rdflib
import sqlalchemy as sa
import zstandard
from click.testing import CliRunner

from belfort.errors import BelfortError, InvalidInput, NotFound, Refused
from belfort.jobs import Context
from belfort.records.database import read
from belfort.records.issue import issue
from belfort.settings import Settings
from publisher.register.command import intake as command
from publisher.register.fetched import fetched
from publisher.register.intake import Given, IntakeResult, import_files, intake
from publisher.verify import verify
from tests.support import said
from tests.support.feed import NAME, PERSON, Feed, changes, triple

IMPORT = "urn:belfort:register:import"
TURTLE = f"""@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<{PERSON}1> foaf:familyName "Zoë \\"q\\" \\\\ \\n😀", "x"@nl-BE ; a <http://www.w3.org/ns/person#Person> .
<{PERSON}2> foaf:age "01"^^<http://www.w3.org/2001/XMLSchema#integer> ; foaf:knows <{PERSON}1> .
"""


def load(context: Context, path: Path, **given: str) -> IntakeResult:
    return import_files(context, Given("import", [path], **given))


JSON_LD = json.dumps(
    {
        "@context": {"foaf": "http://xmlns.com/foaf/0.1/"},
        "@graph": [
            {
                "@id": f"{PERSON}1", "@type": "http://www.w3.org/ns/person#Person",
                "foaf:familyName": ['Zoë "q" \\ \n😀', {"@value": "x", "@language": "nl-BE"}],
            },
            {
                "@id": f"{PERSON}2", "foaf:knows": {"@id": f"{PERSON}1"},
                "foaf:age": {"@value": "01", "@type": "http://www.w3.org/2001/XMLSchema#integer"},
            },
        ],
    }
).encode()  # fmt: skip
FORMS = {
    "ttl": "turtle",
    "nt": "nt",
    "nq": "nt",
    "trig": "nt",
    "jsonld": "",
    "rdf": "xml",
    "json": "",
}


@pytest.mark.parametrize("suffix", [*FORMS, "ttl.gz", "nt.zst", "jsonld.gz"])
def test_every_form_says_the_same(
    context: Context, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Turtle, TriG, N-Triples, N-Quads, JSON-LD and RDF/XML, packed or not, give the same statements."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    graph = rdflib.Graph()
    graph.parse(data=TURTLE, format="turtle")
    kind, _, packed = suffix.partition(".")
    # rdflib would write "01" as the number 1 in JSON-LD.
    own = {"ttl": TURTLE.encode(), "json": JSON_LD, "jsonld": JSON_LD}
    body = own[kind] if kind in own else graph.serialize(format=FORMS[kind], encoding="utf-8")
    if kind == "nq":
        body = body.replace(b" .\n", b" <http://a/graph> .\n")
    elif kind == "trig":
        body = b"<http://a/graph> {\n" + body + b"}\n"
    body = gzip.compress(body) if packed == "gz" else zstandard.compress(body) if packed else body
    path = tmp_path / f"dump.{suffix}"
    path.write_bytes(body)
    assert load(context, path).inserts == 5
    rows = said.lines(context, IMPORT)
    assert f'<{PERSON}1> <{NAME}> "Zoë \\"q\\" \\\\ \\n😀" .' in rows
    assert f'<{PERSON}2> <http://xmlns.com/foaf/0.1/age> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .' in rows
    assert any(row.lower().endswith('"x"@nl-be .') for row in rows)
    assert load(context, path) == IntakeResult()
    assert list(verify(context)) == []


def test_the_files_of_one_command_are_one_dump(context: Context, tmp_path: Path) -> None:
    """Together they say everything: the next command replaces what they said, and in any order they are the same."""
    one, two, three = (tmp_path / f"{n}.nt" for n in "abc")
    for path, name in ((one, "A"), (two, "B"), (three, "C")):
        path.write_text(f'<{PERSON}{name}> <{NAME}> "{name}" .\n')
    assert import_files(context, Given("import", [one, two])).inserts == 2
    assert import_files(context, Given("import", [two, one])) == IntakeResult()
    result = import_files(context, Given("import", [two, three]))
    assert (result.inserts, result.deletes) == (1, 1)
    assert [row.split('"')[1] for row in said.lines(context, IMPORT)] == ["B", "C"]


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("a.ttl", b'<http://a/b> <http://a/c> "geheim 85.07.30-033.28 .\n', "regel 1"),
        ("a.nt", b'<http://a/1> <http://a/c> "x" .\n<http://a/ 2> <http://a/c> "x" .\n', "regel 2, kolom"),
        ("a.nt", b'<relatief> <http://a/c> "x" .\n', "regel 1"),
        ("a.jsonld", b'{"@context": "https://elders.example/c.jsonld", "naam": "x"}', "elders.example"),
        ("a.jsonld", b"{" * 100_000, "niet te bepalen"),
        ("a.ttl.gz", b"\x1f\x8b\x08 kapot", "beschadigd"),
        ("a.nt.zst", zstandard.compress(b"x" * 1000)[:-8], "beschadigd"),
        ("a.rdf", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', "a.rdf"),
        ("a.ttl", b'<http://a/b> <http://a/c> <<( <http://a/b> <http://a/c> "x" )>> .\n', "a.ttl"),
    ],
)
def test_a_broken_dump_takes_nothing_in_and_says_where(
    context: Context, tmp_path: Path, name: str, body: bytes, words: str
) -> None:
    """The error names file and place and repeats no value; what counted before counts on."""
    good = tmp_path / "good.nt"
    good.write_text(f'<{PERSON}1> <{NAME}> "A" .\n')
    load(context, good)
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(BelfortError) as caught:
        load(context, path)
    assert name in caught.value.detail
    assert words in caught.value.detail
    assert "geheim" not in caught.value.one_line()
    assert len(said.lines(context, IMPORT)) == 1
    with read(context.engine) as connection:
        assert connection.execute(sa.select(issue.c.code).where(issue.c.stage == "feed")).scalar_one()
    assert load(context, good) == IntakeResult()


def test_our_own_context_is_known_and_nothing_is_fetched(context: Context, tmp_path: Path) -> None:
    """A document that names the context of Belfort is read without asking anybody."""
    path = tmp_path / "a.jsonld"
    path.write_text(
        json.dumps(
            {"@context": "https://waar.ook/contexts/belfort.jsonld", "@id": f"{PERSON}1", "foaf:familyName": "A"}
        )
    )
    assert load(context, path).inserts == 1


def test_blank_nodes_become_iris_of_the_feed(context: Context, tmp_path: Path) -> None:
    """The same file gives the same IRIs; a text that looks like a blank node stays a text."""
    path = tmp_path / "a.ttl"
    path.write_text(f'<{PERSON}1> <{NAME}> "_:b0", [ <{NAME}> "A" ] .\n')
    load(context, path)
    rows = said.lines(context, IMPORT)
    assert sum(f"<{IMPORT}#genid-" in row for row in rows) == 2
    assert any('"_:b0"' in row for row in rows)
    assert load(context, path) == IntakeResult()


def test_an_older_dump_is_refused(context: Context, tmp_path: Path) -> None:
    """A dump of before the one that counts changes nothing, unless it is given another moment."""
    path, old = tmp_path / "a.nt", tmp_path / "b.nt"
    path.write_text(f'<{PERSON}1> <{NAME}> "A" .\n')
    old.write_text(f'<{PERSON}1> <{NAME}> "B" .\n')
    load(context, path, moment="2026-02-01T00:00:00Z")
    with pytest.raises(InvalidInput, match="ouder"):
        load(context, old, moment="2026-01-01T00:00:00Z")
    assert load(context, old, moment="2026-03-01T00:00:00Z").deletes == 1


def test_a_feed_begins_with_its_dump_and_goes_on_with_its_deltas(context: Context) -> None:
    """The description leads to the dump; later deltas are heard over it, and nothing is asked twice."""
    feed = Feed()
    feed.dump = ("dump-mandatarissen.ttl", "2026-01-05T08:00:00Z", f'<{PERSON}1> <{NAME}> "A" .\n'.encode())
    feed.add("a", changes([triple("1", "A")], [triple("1", "B")]))
    assert intake(context, feed.source, fetch=feed).files == 2
    rows = said.lines(context, feed.source.url)
    assert [row.split('"')[1] for row in rows] == ["B"]
    asked = len(feed.downloads)
    assert intake(context, feed.source, fetch=feed) == IntakeResult()
    assert len(feed.downloads) == asked == 2


@contextmanager
def site(pages: dict[str, tuple[str, bytes]]) -> Iterator[str]:
    """Serve these pages (path → type, body) on loopback; gives host:port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages.get(self.path, ("", b""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


DCAT = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<#d> a dcat:Dataset ; dct:modified "2026-01-05T08:00:00Z" ; dcat:distribution <#csv>, <#ttl>, <#nt> .
<#csv> a dcat:Distribution ; dcat:downloadURL <d.csv> ; dcat:mediaType "text/csv" .
<#ttl> a dcat:Distribution ; dcat:downloadURL <d.ttl> ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/text/turtle> .
<#nt> a dcat:Distribution ; dcat:downloadURL <files/7> ; dcat:mediaType "application/n-triples" .
"""


def test_a_dcat_description_leads_to_the_best_distribution(tmp_path: Path, make_context: object) -> None:
    """Of the distributions of a dataset one in RDF is taken, told by its media type, with the date of the dataset."""
    line = f'<{PERSON}1> <{NAME}> "A" .\n'.encode()
    pages = {"/files/7": ("application/octet-stream", gzip.compress(line))}
    with site(pages) as host:
        absolute = DCAT.replace("<#", f"<http://{host}/c.ttl#")
        for name in ("d.csv", "d.ttl", "files/7"):
            absolute = absolute.replace(f"<{name}>", f"<http://{host}/{name}>")
        pages["/c.ttl"] = ("text/turtle", absolute.encode())
        context = make_context(http_allow=(host,))  # type: ignore[operator]
        with fetched(context, f"http://{host}/c.ttl") as (paths, moment):
            assert moment == "2026-01-05T07:00:00.000000Z"
            assert import_files(context, Given("import", paths, moment)).inserts == 1
        done = CliRunner().invoke(command, [f"http://{host}/c.ttl", "--no-project"], obj=context.settings)
        assert done.output.startswith("0 files taken in"), done.output
        done = CliRunner().invoke(command, [f"http://{host}/weg", "--no-project"], obj=context.settings)
        assert isinstance(done.exception, BelfortError)


def test_the_command_takes_dumps_compares_and_holds(settings: Settings, context: Context, tmp_path: Path) -> None:
    """RDF by name, a dry run that changes nothing, a mass deletion that waits for --accept."""
    path = tmp_path / "a.nt"
    path.write_text("".join(f'<{PERSON}{n}> <{NAME}> "N{n}" .\n' for n in range(30)))

    def call(*arguments: str) -> tuple[str, BaseException | None]:
        done = CliRunner().invoke(command, [*arguments, "--no-project"], obj=settings)
        return done.output, done.exception

    assert "would be taken in: 30" in call(str(path), "--dry-run")[0]
    assert said.lines(context, IMPORT) == []
    assert call(str(path))[0].startswith("1 files taken in: 30")
    path.write_text(f'<{PERSON}1> <{NAME}> "N1" .\n')
    assert isinstance(call(str(path))[1], Refused)
    assert len(said.lines(context, IMPORT)) == 30
    assert "29 went" in call(str(path), "--accept")[0]
    assert isinstance(call("geen-bron", "--reconcile")[1], BelfortError)
    assert isinstance(call(str(path), "--as-of", "gisteren")[1], BelfortError)
    assert isinstance(call(str(tmp_path / "x.ttl"))[1], NotFound)
