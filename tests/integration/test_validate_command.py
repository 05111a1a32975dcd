"""`belfort validate`, and what the pipeline keeps of a validation."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from belfort.errors import InvalidInput, NotFound
from belfort.jobs import Context
from belfort.records import issue, submission
from belfort.settings import Settings
from harvester.reading import Reader
from harvester.submit import Page, submit
from harvester.validate_command import validate_page
from tests.support.pages import AGENDA, PREFIX

PUNT = '<li property="besluit:behandelt" resource="#a{n}" typeof="besluit:Agendapunt">Punt {n}</li>'
PAGE = f"""<!doctype html><html lang=nl><body {PREFIX}><div resource="" typeof="foaf:Document {AGENDA}"></div>
<div resource="#z" typeof="besluit:Zitting"><span property="besluit:geplandeStart" datatype="xsd:dateTime"
content="2026-01-26T20:00:00+01:00">20 uur</span><a property="besluit:isGehoudenDoor" href="https://o.example/r">raad</a>
<ul>{"".join(PUNT.format(n=n) for n in range(1, 8))}</ul></div></body></html>"""
DONE = PAGE.replace(
    "Punt ",
    '<b property="dct:title">T</b><i property="besluit:geplandOpenbaar" datatype="xsd:boolean" content="true">ja</i>',
)


def run(path: Path, *arguments: str) -> Result:
    """The command as the command line runs it."""
    return CliRunner().invoke(validate_page, [str(path), *arguments], obj=Settings())


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A saved agenda whose points have neither title nor openbaarheid."""
    path = tmp_path / "agenda.html"
    path.write_text(PAGE)
    return path


def test_text(page: Path) -> None:
    """People read level, message, count, place, text and fix; the command fails on a missed first level."""
    result = run(page)
    assert isinstance(result.exception, InvalidInput)
    assert result.exception.exit_code == 3
    for part in ("Agenda: Niveau 0", "✗ Niveau 1", "Een agendapunt: ‘titel’ (dct:title) ontbreekt. (7×)",
                 "tekst: Punt 1",
                 "> li:nth-of-type(1)", 'Voeg toe: <span property="dct:title">'):  # fmt: skip
        assert part in result.output, part


def test_json(page: Path) -> None:
    """Programs read the same; at most five places of each finding are shown."""
    found = json.loads(run(page, "--json", "--base-url", "https://g.example/agenda").output)
    assert (found["url"], found["valid"], found["counts"]["agendapunten"]) == ("https://g.example/agenda", False, 7)
    title = next(one for one in found["findings"] if one["shape"] == "Agendapunt-title")
    assert (title["count"], len(title["examples"])) == (7, 5)
    assert title["examples"][0]["subject"] == "https://g.example/agenda#a1"


def test_valid_page(page: Path) -> None:
    """A page that reaches the first level ends well, though more could be said."""
    page.write_text(DONE)
    result = run(page)
    assert result.exit_code == 0, result.output
    assert "✓ Niveau 1" in result.output


@pytest.mark.parametrize("content", ["<p>niets</p>", "%PDF-1.7", PAGE.replace(AGENDA, "")])
def test_what_cannot_be_judged(page: Path, content: str) -> None:
    """A page without RDFa, what is no page, and a page without document type are not valid."""
    page.write_text(content)
    result = run(page)
    assert isinstance(result.exception, InvalidInput)
    assert (AGENDA in result.output) == ("besluit:Zitting" in content)  # the types that it could say
    assert isinstance(run(page.parent / "weg.html").exception, NotFound)


def test_pipeline_keeps_a_short_report(context: Context) -> None:
    """A submission has levels and counts of each shape; there is one issue a shape; the page is published."""
    reader = Reader(context.settings)
    try:
        done = submit(context, reader, Page("https://g.example/agenda", PAGE.encode(), "g"))
    finally:
        reader.close()
    assert done.submission is not None
    with context.engine.connect() as connection:
        report = submission.get(connection, done.submission).report["validation"]
        rows = connection.execute(issue.issue.select().where(issue.issue.c.code == "validation")).all()
    assert report["valid"] is False
    assert report["maturity"] == {"Agenda": "Niveau 0"}
    assert report["violations"]["Agenda/Agendapunt-title/MinCount"] == 7
    assert len(json.dumps(report)) < 2000
    titles = [row for row in rows if "dct:title" in row.message]
    assert [(row.count, row.place) for row in titles] == [(7, "https://g.example/agenda#a1")]
    assert done.change is not None
