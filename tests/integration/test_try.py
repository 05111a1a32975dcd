"""`belfort try`: what it prints, for people and programs, and how it ends on bad input."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner, Result

from belfort.errors import BelfortError, FetchError, InvalidInput, NotFound, Refused, UsageError
from belfort.settings import Settings
from harvester.try_page import try_page
from tests.support.pages import PAGE, PREFIX


def run(*arguments: str, settings: Settings | None = None) -> Result:
    """The command as the command line runs it."""
    return CliRunner().invoke(try_page, list(arguments), obj=settings or Settings())


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A saved page."""
    path = tmp_path / "mijn pagina.html"
    path.write_text(PAGE)
    return str(path)


def test_text(page: str) -> None:
    """People see document types by label, counts and titles."""
    result = run(page)
    assert result.exit_code == 0, result.output
    rows = [" ".join(line.split()) for line in result.output.splitlines()]
    for row in ("document types Agenda, Notulen", "zittingen 1", "besluiten 2", "1. Twee regels", "2. Eén"):
        assert row in rows
    assert rows[0] == "page https://voorbeeld.invalid/mijn%20pagina.html"


def test_json(page: str) -> None:
    """Programs get one object with everything."""
    found = json.loads(run(page, "--json", "--base-url", "https://a.example/x").output)
    assert found["url"] == "https://a.example/x"
    assert [one["label"] for one in found["document_types"]] == ["Agenda", "Notulen"]
    assert found["counts"]["besluiten"] == 2
    assert found["titles"] == ["Twee regels", "Eén"]
    assert {"triples", "raw_triples", "links", "repairs", "issues"} <= set(found)


FORMATS = {
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def _quads(text: str, form: str) -> set[tuple[str, str, str]]:
    quads = pyoxigraph.parse(text.encode(), format=FORMATS[form])
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}


@pytest.mark.parametrize("options", [[], ["--no-repair"]])
def test_formats_agree(tmp_path: Path, options: list[str]) -> None:
    """N-Quads, Turtle and JSON-LD hold the same triples, unrepaired CURIEs included."""
    path = tmp_path / "p.html"
    extra = '<p property="dc:date" datatype="xsd:date">2024</p><p property="dc:title" lang="nl">a"\\b\n</p>'
    path.write_text(PAGE.replace(PREFIX, "") + extra)
    texts = {form: run(str(path), "--format", form, *options).output for form in FORMATS}
    triples = {form: _quads(text, form) for form, text in texts.items()}
    assert len(triples["nq"]) > 10
    assert triples["ttl"] == triples["nq"]
    assert triples["jsonld"] == triples["nq"]
    assert ("<besluit:Besluit>" in texts["nq"]) is bool(options)
    assert all(line.endswith("<https://voorbeeld.invalid/p.html> .") for line in texts["nq"].splitlines())


def test_repairs_are_shown_and_can_be_off(tmp_path: Path) -> None:
    """What was repaired is shown with its first triple; single repairs and all of them can be off."""
    path = tmp_path / "p.html"
    path.write_text(PAGE.replace(PREFIX, ""))
    assert "q6-default-prefixes: 7 triples" in run(str(path)).output
    for options in (["--no-repair"], ["--without", "q6-default-prefixes"]):
        output = run(str(path), *options).output
        assert "q6-default-prefixes" not in output
        assert "undefined-prefix" in output


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["/bestaat/niet.html"], NotFound),
        (["/"], UsageError),
        (["ftp://a.example/x"], UsageError),
        (["--json", "--format", "nq", "x"], UsageError),
        (["--base-url", "zomaar", "x"], UsageError),
        (["--without", "nope", "x"], UsageError),
        (["a\0b"], BelfortError),
    ],
)
def test_bad_input(arguments: list[str], error: type[BelfortError]) -> None:
    """Wrong use is an error of the tree with one line and a hint."""
    result = run(*arguments)
    assert isinstance(result.exception, error)
    assert "\n" not in result.exception.one_line()


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"<p>x</p>", "no-rdfa"), (b"%PDF-1.4", "not-html"), (b"", "empty"), (b"<div>" * 99_999, "nest")],
)
def test_page_that_says_nothing(tmp_path: Path, content: bytes, word: str) -> None:
    """It is shown for what it is, and the command ends with exit code 3."""
    path = tmp_path / "p.html"
    path.write_bytes(content)
    result = run(str(path))
    assert word in result.output
    assert isinstance(result.exception, InvalidInput)
    assert result.exception.exit_code == 3


def test_terminal_escapes_do_not_reach_the_terminal(tmp_path: Path) -> None:
    """Control and direction characters of a hostile page are not printed."""
    path = tmp_path / "p.html"
    path.write_text(PAGE.replace("Eén", "E\x1b[31m\u202en"))
    output = run(str(path)).output
    assert "\x1b" not in output
    assert "\u202e" not in output


@pytest.fixture
def server() -> Iterator[str]:
    """A server of our own: `/pagina` has the page in windows-1252, all else is not found."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/pagina"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=windows-1252")
            self.end_headers()
            self.wfile.write(PAGE.encode("cp1252") if found else b"")

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_url(server: str) -> None:
    """An address is fetched and read in the charset of its header."""
    settings = Settings(http_allow=(server.removeprefix("http://"),))
    found = json.loads(run(f"{server}/pagina", "--json", settings=settings).output)
    assert found["url"] == f"{server}/pagina"
    assert found["titles"] == ["Twee regels", "Eén"]
    assert isinstance(run(f"{server}/nergens", settings=settings).exception, FetchError)


def test_url_that_the_guard_refuses(server: str) -> None:
    """An address that is not public is refused unless the settings allow it."""
    assert isinstance(run(f"{server}/pagina").exception, Refused)
