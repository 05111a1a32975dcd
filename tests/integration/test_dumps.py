"""Releases of the dumps: every form says the same, the same records give the same bytes, a crash loses nothing."""

import csv
import gzip
import hashlib
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import rdflib
import sqlalchemy as sa
import zstandard
from pyld import jsonld as pyld

from belfort.acceptance import withdraw
from belfort.errors import Damaged
from belfort.jobs import Context
from belfort.records.database import read, write
from belfort.records.entity import entity
from belfort.vocab import DATA, MANDAAT
from publisher import dumps
from publisher.dumps import make, release, slices
from tests.support import site_data


@pytest.fixture
def filled(context: Context) -> Context:
    """A gemeente with people, a zitting with besluiten, and a release of it."""
    site_data.fill(context)
    dumps.project(context, False)
    return context


def _latest(context: Context) -> Path:
    return dumps.latest(context.settings.dumps).resolve()


def _manifest(context: Context) -> dict[str, Any]:
    found = dumps.manifest(context.settings.dumps)
    assert found
    return found


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _triples(context: Context) -> set[str]:
    with read(context.engine) as connection:
        return {line for text in connection.execute(sa.select(entity.c.lines)).scalars() for line in text.split("\n")}


def test_every_form_says_the_same(filled: Context) -> None:
    """N-Triples, Turtle, JSON-LD as one document and by line all hold exactly the public triples."""
    folder, lines = _latest(filled), _triples(filled)
    expected = set(rdflib.Graph().parse(data="\n".join(lines), format="nt"))
    by_line = [json.loads(row) for row in (folder / "belfort.jsonl").read_text("utf-8").splitlines()]
    context = {"@context": json.loads((folder / "belfort.jsonld").read_text("utf-8"))["@context"]}
    nodes = [{**node, **context} for node in by_line]

    assert set((folder / "belfort.nt").read_text("utf-8").strip().split("\n")) == lines
    assert set(rdflib.Graph().parse(folder / "belfort.ttl", format="turtle")) == expected
    for document in ((folder / "belfort.jsonld").read_text("utf-8"), json.dumps(nodes)):
        assert _read(json.loads(document)) == expected
    assert len(by_line) == _manifest(filled)["entities"]
    assert {node["@context"] for node in by_line} == {"http://localhost:8080/contexts/belfort-v1.jsonld"}


def _read(document: Any) -> set[Any]:
    def no_network(url: str, _options: Any) -> Any:
        raise AssertionError(url)

    quads = pyld.to_rdf(document, {"format": "application/n-quads", "documentLoader": no_network})
    return set(rdflib.Graph().parse(data=quads, format="nt"))


def test_the_manifest_tells_each_file_truly(filled: Context) -> None:
    """Size and sha256 are those of the bytes; the twins unpack to the plain file; no other file is there."""
    folder = _latest(filled)
    rows = {file["name"]: file for file in _manifest(filled)["files"]}
    for name, row in rows.items():
        content = (folder / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (row["bytes"], row["sha256"]), name
        if name.endswith(".gz"):
            assert gzip.decompress(content) == (folder / name[:-3]).read_bytes()
        elif name.endswith(".zst"):
            plain = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content)).read()
            assert plain == (folder / name[:-4]).read_bytes()
    assert set(_bytes(folder)) == {*rows, "manifest.json"}
    assert {"belfort.nq.zst", "actueel.ttl.gz", "tabellen/besluiten.csv", "besluiten/2026.nt"} <= set(rows)
    assert "besturen/waterdorp.jsonld" in rows


def test_the_same_records_give_the_same_bytes(filled: Context) -> None:
    """A rebuild writes another release with equal bytes, and a run without news writes none."""
    before = _bytes(_latest(filled))
    assert dumps.project(filled, False) == 0
    dumps.project(filled, True)

    assert len(dumps.releases(filled.settings.dumps)) == 2
    assert _bytes(_latest(filled)) == before


def test_current_leaves_out_what_has_ended(filled: Context) -> None:
    """The ended role goes, and nobody who still has another; what has no end stays."""
    with read(filled.engine) as connection:
        gone = slices.ended(connection, "2026-01-01")
        shown = {iri for iri, _ in slices.current(connection, gone)}
        everything = {iri for iri, _ in slices.everything(connection)}

    assert everything - shown == {DATA["mandatarissen/noor-oud"]}
    assert DATA["personen/noor"] in shown
    assert DATA["mandatarissen/jef"] in shown, "the year 0001 is no end"


def test_somebody_without_a_current_role_is_not_current(filled: Context) -> None:
    """Before their first day the roles do not hold, nor the persons and memberships that only they hold on to."""
    with read(filled.engine) as connection:
        shown = {iri for iri, _ in slices.current(connection, slices.ended(connection, "2024-12-04"))}

    assert DATA["personen/noor"] not in shown
    assert DATA["lidmaatschappen/noor"] not in shown
    assert DATA["personen/an"] in shown, "a director since 2020"


def test_tables_have_one_row_a_role_with_its_place(filled: Context) -> None:
    """A burgemeester sits in two organs and is one row; days are those of Brussels; the last day is written as such."""
    text = (_latest(filled) / "tabellen" / "mandatarissen.csv").read_text("utf-8")
    rows = {row["mandataris"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    noor = rows[DATA["mandatarissen/noor"]]

    assert len(rows) == 4
    assert noor["start"] == "2024-12-05"
    assert noor["bestuursfunctieLabel"] == "Burgemeester"
    assert noor["bestuursorgaanLabel"] == "Burgemeester Waterdorp / College Waterdorp"
    assert (noor["voornaam"], noor["achternaam"], noor["fractieNaam"]) == ("Noor", "Vandenbroeck", "Waterpartij")
    assert noor["bestuurseenheid"] == site_data.GEMEENTE
    assert rows[DATA["mandatarissen/jef"]]["eind"] == ""
    assert rows[DATA["mandatarissen/noor-oud"]]["eind"] == "2025-01-31"


def test_every_table_has_its_description(filled: Context) -> None:
    """The CSVW metadata names exactly the columns of the file, in their order, with a key that is unique."""
    folder = _latest(filled)
    names = [file["name"] for file in _manifest(filled)["files"] if file["name"].endswith(".csv")]
    assert len(names) >= 6
    for name in names:
        said = json.loads((folder / f"{name}-metadata.json").read_text("utf-8"))
        content = (folder / name).read_bytes()
        rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
        columns = [column["name"] for column in said["tableSchema"]["columns"]]
        place = columns.index(said["tableSchema"]["primaryKey"])
        keys = [row[place] for row in rows[1:]]

        assert said["url"] == Path(name).name
        assert rows[0] == columns
        assert len(keys) == len(set(keys))
        assert all(len(row) == len(columns) for row in rows)
        assert not content.startswith(b"\xef\xbb\xbf")


def test_a_slice_has_what_belongs_to_a_bestuur(filled: Context) -> None:
    """The gemeente's slice has its people, zitting and besluiten; the OCMW's has none of them."""
    gemeente = (_latest(filled) / "besturen" / "waterdorp.nt").read_text("utf-8")
    ocmw = (_latest(filled) / "besturen" / "ocmw-waterdorp.nt").read_text("utf-8")

    for iri in (DATA["personen/noor"], site_data.ZITTING, site_data.BESLUIT_IRI, DATA["functionarissen/an"]):
        assert f"<{iri}> <" in gemeente
        assert f"<{iri}> <" not in ocmw
    assert _triples(filled) >= set(gemeente.strip().split("\n"))


def test_every_besluit_is_in_one_year(filled: Context) -> None:
    """The slices of the years together have each besluit once."""
    folder = _latest(filled) / "besluiten"
    texts = [path.read_text("utf-8") for path in folder.glob("*.csv")]
    rows = [row for text in texts for row in csv.DictReader(io.StringIO(text, newline=""))]

    assert sorted(row["besluit"] for row in rows) == sorted([site_data.BESLUIT_IRI, site_data.EVIL])


class _Crash(BaseException):
    """The process ends here."""


def test_a_crash_is_resumed_where_it_happened(filled: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts that were whole are taken over, a part with a damaged file is written again, and nobody saw half."""
    whole, old = _bytes(_latest(filled)), _latest(filled)

    def crash(*_arguments: object) -> None:
        raise _Crash

    with monkeypatch.context() as patch:
        patch.setattr(make._Release, "_besturen", crash)
        with pytest.raises(_Crash):
            dumps.project(filled, True)
    draft = next(filled.settings.dumps.glob("*.part"))
    assert _latest(filled) == old
    (draft / "tabellen" / "besturen.csv").write_text("half")
    written: list[str] = []
    output = release.Output

    def counted(folder: Path, name: str, part: str) -> release.Output:
        written.append(name)
        return output(folder, name, part)

    monkeypatch.setattr(release, "Output", counted)
    dumps.project(filled, True)

    assert "belfort.nt" not in written
    assert "tabellen/besturen.csv" in written
    assert _bytes(_latest(filled)) == whole
    assert list(filled.settings.dumps.glob("*.part")) == []


def test_unchanged_slices_are_taken_over(filled: Context) -> None:
    """After a change of the page alone, the OCMW's files are the same files and the gemeente's are new."""
    before = _latest(filled)
    site_data.speak(filled, site_data.PAGE, "page", site_data.page_lines(title="Anders"), b"new")
    dumps.project(filled, False)
    after = _latest(filled)

    assert after != before
    assert (after / "besturen/ocmw-waterdorp.nt").samefile(before / "besturen/ocmw-waterdorp.nt")
    assert not (after / "besturen/waterdorp.nt").samefile(before / "besturen/waterdorp.nt")
    dumps.project(filled, True)
    assert _bytes(_latest(filled)) == _bytes(after)


def test_old_releases_go_by_the_setting(make_context: Any) -> None:
    """As many releases stay as the setting says, the newest always among them."""
    context = make_context(dumps_keep=2)
    for number in range(4):
        site_data.speak(context, site_data.PAGE, "page", site_data.page_lines(title=f"Titel {number}"), b"%d" % number)
        dumps.project(context, False)
    names = dumps.releases(context.settings.dumps)

    assert len(names) == 2
    assert names[-1] == _latest(context).name
    assert [release.order(name)[0] for name in names] == [3, 4]


def test_forget_leaves_nothing_of_the_past(filled: Context) -> None:
    """After a withdrawal and `forget` no byte of the folder names the besluit, and unfinished work is gone too."""
    shutil.copytree(_latest(filled), filled.settings.dumps / "2020-01-01-r1.part")
    withdraw(filled, site_data.PAGE, "erased")
    removed = dumps.forget(filled)

    assert len(removed) == 1
    assert len(dumps.releases(filled.settings.dumps)) == 1
    for path in filled.settings.dumps.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            content = gzip.decompress(content) if path.suffix == ".gz" else content
            assert b"fietsstraat" not in content, path


def test_a_number_that_slipped_through_stops_the_release(filled: Context) -> None:
    """Whatever put a rijksregisternummer into an entity, no release is made of it and the old one stays."""
    old = _latest(filled)
    with write(filled.engine) as connection:
        connection.execute(
            entity.update()
            .where(entity.c.class_iri == MANDAAT.Fractie)
            .values(lines=entity.c.lines.concat(f'\n<{DATA["fracties/water"]}> <urn:x> "85.07.30-033.28" .'))
        )
    with pytest.raises(Damaged):
        dumps.project(filled, True)

    assert _latest(filled) == old
