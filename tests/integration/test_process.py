"""`belfort process`: the whole path for saved pages, seen from every exit."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from belfort.records.change import change
from belfort.records.database import open_database
from belfort.records.entity import entity
from belfort.settings import Settings
from publisher.sparql.pool import Pool
from search.query import Query
from search.searcher import Searcher
from tests.support.command import Done, belfort

PAGE = Path(__file__).parent.parent / "fixtures/pages/besluitenlijst.html"
ADDRESS = "https://besluiten.dorp.example/gr/2026-01-12/besluitenlijst"
SECOND = "https://besluiten.dorp.example/id/besluiten/2"
TITLE = "Belastingreglement op leegstaande woningen en gebouwen"


class Exits:
    """Everything that the public can see of one data folder."""

    def __init__(self, data: Path) -> None:
        self.settings = Settings(data=data, log_level="error")
        self.engine = open_database(self.settings, read_only=True)
        self.pool = Pool(self.settings)

    def close(self) -> None:
        self.pool.close()
        self.engine.dispose()

    def lines(self) -> set[str]:
        with self.engine.connect() as connection:
            texts = connection.execute(sa.select(entity.c.lines)).scalars()
            return {line for text in texts for line in text.split("\n")}

    def dump(self, suffix: str = "nt") -> str:
        return (self.settings.dumps / "latest" / f"belfort.{suffix}").read_text("utf-8")

    def sparql(self, query: str) -> list[dict[str, Any]]:
        answer = self.pool.query(query, accept="application/sparql-results+json")
        found: list[dict[str, Any]] = json.loads(answer.body)["results"]["bindings"]
        return found

    def search(self, words: str) -> list[tuple[str, str]]:
        results = Searcher(self.settings).search(Query(words))
        return [(hit.iri, hit.title) for hit in results.hits]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def _process(data: Path, *pages: Path, address: str = ADDRESS) -> Done:
    done = belfort("process", *pages, "--base-url", address, "--json", data=data)
    assert "Traceback" not in done.err
    return done


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page processed once; tests work on a copy."""
    folder = tmp_path_factory.mktemp("processed") / "data"
    assert _process(folder, PAGE).code == 0
    return folder


@pytest.fixture
def published(processed: Path, data: Path) -> Iterator[Exits]:
    shutil.copytree(processed, data, symlinks=True)
    exits = Exits(data)
    yield exits
    exits.close()


def test_a_row_says_what_became_of_a_page(data: Path) -> None:
    """One JSON object a page: file, submission, counts."""
    row = json.loads(_process(data, PAGE).out)

    assert row["file"] == "besluitenlijst.html"
    assert row["submission"] == 1
    assert (row["zittingen"], row["agendapunten"], row["behandelingen"]) == (1, 3, 3)
    assert (row["stemmingen"], row["besluiten"]) == (3, 3)


def test_the_same_title_at_every_exit(published: Exits) -> None:
    """Search, entity, dumps and SPARQL show the besluit with the title of the page."""
    assert (SECOND, TITLE) in published.search("leegstaande woning belastingreglement")
    assert any(SECOND in line and TITLE in line for line in published.lines())
    assert TITLE in published.dump("nt")
    assert TITLE in published.dump("nq")
    graph = json.loads(published.dump("jsonld"))["@graph"]
    assert [node["eli:title"]["@value"] for node in graph if node["@id"] == SECOND] == [TITLE]
    query = f"SELECT ?t {{ <{SECOND}> <http://data.europa.eu/eli/ontology#title> ?t }}"
    assert [row["t"]["value"] for row in published.sparql(query)] == [TITLE]


def test_counts_agree_between_entities_dumps_and_sparql(published: Exits) -> None:
    """A triple is counted once, wherever one counts."""
    lines = published.lines()
    row = published.sparql("SELECT (COUNT(*) AS ?a) (COUNT(DISTINCT *) AS ?b) { ?s ?p ?o }")[0]

    assert int(row["a"]["value"]) == int(row["b"]["value"]) == len(lines)
    assert set(published.dump("nt").strip().split("\n")) == lines
    manifest = json.loads((published.settings.dumps / "latest" / "manifest.json").read_text())
    assert {file["statements"] for file in manifest["files"] if file["name"].startswith("belfort.nt")} == {len(lines)}


def test_the_same_page_again_changes_nothing(published: Exits, data: Path) -> None:
    """Processing is idempotent by digest: no change row, the same dump."""
    before = hashlib.sha256(published.dump("nq").encode()).hexdigest()

    row = json.loads(_process(data, PAGE).out)

    with published.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(change)) == 1
    assert (row["news"], row["changed_triples"]) == (False, 0)
    assert hashlib.sha256(published.dump("nq").encode()).hexdigest() == before


def test_removing_one_besluit_removes_exactly_its_triples_everywhere(
    published: Exits, data: Path, tmp_path: Path
) -> None:
    """The other besluiten, and the blank nodes after the removed one, keep every triple they had."""
    before = published.lines()
    text = PAGE.read_text("utf-8")
    cut = re.sub(r'<div property="prov:generated" resource="[^"]*/besluiten/2".*?</div></div>\s*<!-- besluit 2 end',
                 "</div><!-- besluit 2 end", text, flags=re.DOTALL)  # fmt: skip
    assert cut != text
    edited = tmp_path / PAGE.name
    edited.write_text(cut, "utf-8")

    assert _process(data, edited).code == 0

    after = published.lines()
    assert before - after == {line for line in before if SECOND in line}
    assert after - before == set()
    assert SECOND not in published.dump("nt") + published.dump("nq") + published.dump("jsonld")
    assert published.sparql(f"SELECT * {{ {{ <{SECOND}> ?p ?o }} UNION {{ ?s ?p <{SECOND}> }} }}") == []
    assert SECOND not in [iri for iri, _ in published.search("leegstaande woningen")]
    assert belfort("verify", data=data).code == 0


def _files(folder: Path) -> dict[str, bytes]:
    """Every file of the newest release, by its place in it."""
    release = (folder / "latest").resolve()
    return {str(path.relative_to(release)): path.read_bytes() for path in release.rglob("*") if path.is_file()}


def test_a_rebuild_of_what_was_deleted_gives_the_same_bytes(published: Exits, data: Path) -> None:
    """Index, SPARQL store and dumps are derived: deleting them loses nothing."""
    before = _files(published.settings.dumps)
    published.pool.close()
    for folder in (published.settings.dumps, published.settings.index, published.settings.sparql):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        folder.rmdir()

    assert belfort("rebuild", data=data).code == 0

    assert _files(published.settings.dumps) == before
    assert "https://besluiten.dorp.example/id/besluiten/1" in [iri for iri, _ in published.search("fietspad")]
    again = Exits(data)
    try:
        count = again.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]["value"]
        assert count == str(len(again.lines()))
    finally:
        again.close()


def test_a_flipped_byte_in_a_submission_is_found_with_its_place(published: Exits, data: Path) -> None:
    """`belfort verify` names the submission and the file, and ends with exit code 7."""
    with published.engine.connect() as connection:
        digest = connection.exec_driver_sql("SELECT quads FROM submission").scalar_one()
    blob = published.settings.private / "blobs" / digest[:2] / f"{digest}.zst"
    content = bytearray(blob.read_bytes())
    content[len(content) // 2] ^= 1
    blob.write_bytes(content)

    done = belfort("verify", data=data)

    assert done.code == 7
    assert f"submission 1 of {ADDRESS}" in done.out
    assert digest in done.out
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leeg.html", b"", "empty"),
        ("zonder.html", b"<p>Welkom op onze site</p>", "no-rdfa"),
        ("overzicht.html",
         b'<a property="http://lblod.data.gift/vocabularies/besluit/linkToPublication" href="/1">1</a>', "overview"),
        ("bijlage.html", b"%PDF-1.7 \x00\x01", "not-html"),
        ("kapot.html", b"<div typeof=\"<<<\xff\xfe<p <a", "no-rdfa"),
    ],
)  # fmt: skip
def test_a_page_that_says_nothing_is_an_issue_that_says_why(
    data: Path, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    """No submission, one line, exit code 3."""
    page = tmp_path / name
    page.write_bytes(content)

    done = _process(data, page)

    row = json.loads(done.out)
    assert row["issue"]["code"] == code
    assert row["issue"]["message"]
    assert "submission" not in row
    assert done.code == 3
    assert len(done.err.strip().splitlines()) == 1


def test_wrong_use_is_one_line_and_an_exit_code(data: Path, tmp_path: Path) -> None:
    """Missing file, folder instead of file, no address, twice the same name."""
    cases = [
        (("process", tmp_path / "weg.html", "--base-url", ADDRESS), 4),
        (("process", tmp_path, "--base-url", ADDRESS), 4),
        (("process", PAGE, "--base-url", "besluiten.dorp.example"), 2),
        (("process", PAGE, PAGE, "--base-url", ADDRESS), 2),
    ]
    for arguments, code in cases:
        done = belfort(*arguments, data=data)
        assert (done.code, len(done.err.strip().splitlines())) == (code, 1), done.err


def test_every_real_page_is_a_submission_or_an_issue(data: Path, shared: Path) -> None:
    """On the pages of six platforms: each row says what became of it, and Q5 types 32 of 32 besluiten."""
    pages = sorted((shared / "data/pages").glob("*.html"))

    done = _process(data, *pages, address="https://voorbeeld.example/paginas")

    rows = {row["file"]: row for row in map(json.loads, done.out.splitlines())}
    assert set(rows) == {page.name for page in pages}
    assert all(("submission" in row) != ("issue" in row) for row in rows.values())
    assert [name for name, row in rows.items() if "issue" in row] == ["greenvalley-index.html"]
    assert rows["greenvalley-aalter-besluitenlijst.html"]["besluiten"] == 32
    assert rows["lb365-destelbergen-notulen.html"]["besluiten"] == 15
    assert done.code == 0
    assert belfort("verify", data=data).code == 0


def test_a_besluit_of_a_real_page_is_the_same_at_every_exit(data: Path, shared: Path) -> None:
    """Of the 32 besluiten of one page each is found, and shows the same title in entity, dump and SPARQL."""
    page = shared / "data/pages/greenvalley-aalter-besluitenlijst.html"
    assert _process(data, page, address="https://raadpleeg.voorbeeld.example/zittingen/1").code == 0
    exits = Exits(data)
    try:
        rows = exits.sparql(
            "SELECT ?b ?t { ?b a <http://data.vlaanderen.be/ns/besluit#Besluit> ; "
            "<http://data.europa.eu/eli/ontology#title> ?t }"
        )
        assert len({row["b"]["value"] for row in rows}) == 32
        titles = {row["b"]["value"]: row["t"]["value"] for row in rows}
        nodes = {node["@id"]: node for node in json.loads(exits.dump("jsonld"))["@graph"]}
        for iri, title in titles.items():
            shown = nodes[iri]["eli:title"]
            assert (shown["@value"] if isinstance(shown, dict) else shown) == title
        iri, title = min(titles.items())
        assert iri in [found for found, _ in exits.search(" ".join(title.split()[:6]))]
    finally:
        exits.close()
