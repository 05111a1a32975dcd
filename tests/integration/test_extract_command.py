"""`belfort extract`: RDF on standard output, everything else on standard error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner, Result

from belfort.errors import InvalidInput, NotFound, UsageError
from belfort.settings import Settings
from harvester.extract_command import extract_page
from tests.support.pages import PAGE

BASE = "https://a.example/zitting"
FORMS = {
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def run(*arguments: str) -> Result:
    """The command as the command line runs it."""
    return CliRunner().invoke(extract_page, list(arguments), obj=Settings())


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A saved page with something to repair and something to doubt."""
    path = tmp_path / "pagina.html"
    path.write_text(PAGE + "<i property='besluit:openbaar' datatype='xsd:boolean'>True</i><i property='dc:title'>{{x}}")
    return str(path)


@pytest.mark.parametrize("form", FORMS)
def test_stdout_is_rdf_and_nothing_else(page: str, form: str) -> None:
    """Standard output parses as what was asked, with the same triples in each form."""
    result = run(page, "--base", BASE, "--format", form)
    assert result.exit_code == 0, result.output
    triples = {
        (str(q.subject), str(q.predicate), str(q.object))
        for q in pyoxigraph.parse(result.stdout.encode(), format=FORMS[form])
    }
    assert len(triples) == len(run(page, "--base", BASE).stdout.splitlines())
    assert any(s == f"<{BASE}#z>" for s, _, _ in triples)
    assert "repair q10-value: 1 triples" in result.stderr
    assert "issue template" in result.stderr


def test_quads_are_in_the_graph_of_the_page(page: str) -> None:
    """Without --format the output is N-Quads, sorted, with the page as graph."""
    lines = run(page, "--base", BASE).stdout.splitlines()
    assert lines == sorted(lines, key=str.encode)
    assert all(line.endswith(f" <{BASE}> .") for line in lines)


def test_report(page: str, tmp_path: Path) -> None:
    """The report has every repaired triple, before and after, and says whether repairs were on."""
    report = tmp_path / "verslag.json"
    assert run(page, "--base", BASE, "--report", str(report)).exit_code == 0
    found = json.loads(report.read_text())
    assert {one["rule"]: one["count"] for one in found["repairs"]} == {
        one["rule"]: len(one["examples"]) for one in found["repairs"]
    }
    assert {"semantic_hash", "issues", "counts", "links"} <= set(found)


def test_without_repairs(page: str) -> None:
    """--no-repair shows plain RDFa; a single rule can be off."""
    plain = run(page, "--base", BASE, "--no-repair")
    assert '"True"^^<http://www.w3.org/2001/XMLSchema#boolean>' in plain.stdout
    assert "repair" not in plain.stderr
    assert "repair q10-value" not in run(page, "--base", BASE, "--without", "q10-value").stderr


def test_a_page_that_says_nothing(tmp_path: Path) -> None:
    """No line on standard output, and an error of exit code 3."""
    path = tmp_path / "leeg.html"
    path.write_text("<p>niets")
    result = run(str(path))
    assert isinstance(result.exception, InvalidInput)
    assert result.exception.exit_code == 3
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["bestaat-niet.html"], NotFound),
        (["x.html", "--base", "geen-adres"], UsageError),
        (["x.html", "--without", "q99"], UsageError),
        (["ftp://a.example/x"], UsageError),
        ([""], UsageError),
        (["x.html", "--report", "-"], UsageError),
    ],
)
def test_wrong_use(arguments: list[str], kind: type[Exception]) -> None:
    """What cannot be asked is an error before anything is read."""
    assert isinstance(run(*arguments).exception, kind)


def test_a_report_that_cannot_be_written(page: str, tmp_path: Path) -> None:
    """The error names the file."""
    result = run(page, "--report", str(tmp_path / "geen" / "map.json"))
    assert isinstance(result.exception, InvalidInput)
    assert "map.json" in result.exception.detail


def test_standard_input(page: str) -> None:
    """A page that is piped in is read like a file."""
    html = Path(page).read_bytes()
    piped = CliRunner().invoke(extract_page, ["-", "--base", BASE], obj=Settings(), input=html)
    assert piped.stdout == run(page, "--base", BASE).stdout
    assert piped.stdout


def test_a_full_disk_and_a_reader_that_left(page: str) -> None:
    """Standard output that cannot be written is one line of error; a reader that has seen enough is no error."""
    command = [sys.executable, "-c", "from belfort.cli import main; main()", "extract", page]
    with Path("/dev/full").open("w") as full:
        failed = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert failed.returncode == InvalidInput("x").exit_code
    assert failed.stderr.splitlines()[-1].startswith("belfort: Standard output cannot be written: ")
    left, gone = os.pipe()
    os.close(left)
    quiet = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, text=True, check=False)
    os.close(gone)
    assert "Traceback" not in quiet.stderr
    assert "belfort:" not in quiet.stderr


def test_canonical_form_is_that_of_another_processor(tmp_path: Path) -> None:
    """With blank nodes instead of Belfort's own IRIs, in the labels of RDFC-1.0: what other software computes too."""
    html = '<p property="dc:creator" typeof="foaf:Person"><b property="foaf:name">Jan</b></p>'
    path = tmp_path / "p.html"
    path.write_text(html)
    said = run(str(path), "--base", BASE, "--no-repair", "--format", "canonical").stdout
    turtle = f"""<{BASE}> <http://purl.org/dc/terms/creator> _:x .
        _:x a <http://xmlns.com/foaf/0.1/Person> ; <http://xmlns.com/foaf/0.1/name> "Jan" ."""
    other = pyoxigraph.Dataset(pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    other.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    assert said.splitlines() == sorted(f"{quad} ." for quad in other)
    assert "_:c14n0" in said
    assert "genid" not in said
