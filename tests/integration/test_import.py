"""What a bestuur enters itself: from a file to public entities, with a report about every row."""

import csv
import io
import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from belfort.errors import BelfortError, InvalidInput, NotFound
from belfort.jobs import Context
from belfort.records import feed_file
from belfort.records.database import read
from belfort.records.entity import Entity, entity
from belfort.settings import Settings
from belfort.vocab import BESLUIT, FOAF, LEIDINGGEVENDEN, MANDAAT, ORG, PERSON, PERSOON, SCHEMA
from publisher.imports.command import import_command
from publisher.imports.run import Imported, Order, import_file
from publisher.verify import verify
from shapes import codes
from tests.support.records import say

BESTUUR, OTHER = "http://data.lblod.info/id/bestuurseenheden/1", "http://data.lblod.info/id/bestuurseenheden/2"
ORGAN, IN_TIME, POST = (
    f"http://data.lblod.info/id/{name}" for name in ("bestuursorganen/r", "bestuursorganen/rt", "mandaten/r")
)
COUNCILLOR = codes.code("BestuursfunctieCode", "11")
RRN = "85.07.30-033.28"
HEAD = "voornaam;achternaam;functie;fractie;status;start;einde"
ROWS = [
    "Zoë;Peeters;Gemeenteraadslid;Lijst A;Effectief;05/12/2024;",
    "Jan;De Smet;Schepen;Onafhankelijk;;5/12/2024;31/12/2030",
]


@pytest.fixture
def register(context: Context) -> Context:
    """A register with two besturen; of the first a gemeenteraad with a mandaat."""
    facts = [
        (BESTUUR, "a", "besluit:Bestuurseenheid"), (BESTUUR, "skos:prefLabel", "Voorbeeldgem"),
        (OTHER, "a", "besluit:Bestuurseenheid"), (OTHER, "skos:prefLabel", "Andergem"),
        (ORGAN, "a", "besluit:Bestuursorgaan"), (ORGAN, "besluit:bestuurt", f"<{BESTUUR}>"),
        (ORGAN, "skos:prefLabel", "Gemeenteraad Voorbeeldgem"),
        (ORGAN, "besluit:classificatie", f"<{codes.code('BestuursorgaanClassificatieCode', '05')}>"),
        (IN_TIME, "a", "besluit:Bestuursorgaan"), (IN_TIME, "mandaat:isTijdspecialisatieVan", f"<{ORGAN}>"),
        (IN_TIME, "mandaat:bindingStart", "2024-12-01"), (IN_TIME, "org:hasPost", f"<{POST}>"),
        (POST, "a", "mandaat:Mandaat"), (POST, "org:role", f"<{COUNCILLOR}>"),
    ]  # fmt: skip
    say(context, "http://register.example", facts, "register", "register")
    return context


def table(folder: Path, *rows: str, head: str = HEAD, name: str = "m.csv") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join((head, *rows, "")).encode("cp1252"))
    return path


def bring(context: Context, path: Path, **more: object) -> Imported:
    return import_file(context, Order(path, BESTUUR, "test", **more))  # type: ignore[arg-type]


def public(context: Context, class_iri: str) -> list[Entity]:
    with read(context.engine) as connection:
        rows = connection.execute(sa.select(entity).where(entity.c.class_iri == class_iri).order_by(entity.c.label))
        return [Entity(*row) for row in rows]


def test_a_table_becomes_public(register: Context, tmp_path: Path) -> None:
    """Every row is a mandataris of the bestuur, held against the posts of the register; again does nothing."""
    done = bring(register, table(tmp_path, *ROWS))
    assert done.report.faults == 0
    assert [line.outcome for line in done.report.lines] == ["goed", "goed"]
    members = public(register, MANDAAT.Mandataris)
    assert {one.iri for one in members} == {line.iri for line in done.report.lines}
    assert POST in [value for one in members for value in one.values(ORG.holds)]
    assert [one.label for one in public(register, PERSON.Person)] == ["Jan De Smet", "Zoë Peeters"]
    assert {one.label for one in public(register, MANDAAT.Fractie)} == {"Lijst A", "Onafhankelijk"}
    aldermen = [
        one for one in public(register, BESLUIT.Bestuursorgaan) if one.values(ORG.hasPost) and one.iri != IN_TIME
    ]
    assert len(aldermen) == 1  # the college, which the register does not have
    again = bring(register, table(tmp_path, *ROWS))
    assert again.result
    assert again.result.submission is None
    assert list(verify(register)) == []


def test_the_next_file_replaces_the_last_one(register: Context, tmp_path: Path) -> None:
    """Who is not in it any more goes; who stays keeps the same IRI, also of a post that was made by an import."""
    bring(register, table(tmp_path, *ROWS))
    before = {one.iri for one in public(register, MANDAAT.Mandataris)}
    posts = {one.iri for one in public(register, MANDAAT.Mandaat)}
    done = bring(register, table(tmp_path, ROWS[1]))
    assert done.result
    assert done.result.deletes > 0
    after = {one.iri for one in public(register, MANDAAT.Mandataris)}
    assert len(after) == 1
    assert after < before
    assert {one.iri for one in public(register, MANDAAT.Mandaat)} == posts


def test_leading_officials_with_their_contact_point(register: Context, tmp_path: Path) -> None:
    """The contact point is of the function, and the organ of the director is made when the register has none."""
    head = "voornaam;achternaam;functie;status;start;email;telefoon;adres"
    row = "Noor;Claes;algemeen directeur;waarnemend;1/3/2024;ad@voorbeeldgem.be;09 123 45 67;Markt 1, 9000 Voorbeeldgem"
    assert bring(register, table(tmp_path, row, head=head)).report.faults == 0
    (leader,) = public(register, LEIDINGGEVENDEN.Functionaris)
    (post,) = public(register, LEIDINGGEVENDEN.Bestuursfunctie)
    assert leader.value(ORG.holds) == post.iri
    (point,) = public(register, SCHEMA.ContactPoint)
    assert point.values(SCHEMA.email, SCHEMA.telephone) == ["ad@voorbeeldgem.be", "09 123 45 67"]
    assert post.value(SCHEMA.contactPoint) == point.iri


FAULTS = [
    ("Zoë;;Gemeenteraadslid;A;Effectief;05/12/2024;", "achternaam", "missing"),
    ("Zoë;Peeters;Gemeenteraadslid;A;Effectief;31/02/2024;", "start", "date"),
    ("Zoë;Peeters;Keizer;A;Effectief;05/12/2024;", "functie", "code"),
    ("Zoë;Peeters;Gemeenteraadslid;A;Misschien;05/12/2024;", "status", "code"),
    ("Zoë;Peeters;Gemeenteraadslid;A;;05/12/2024;01/12/2024", "einde", "order"),
    ("Zoë;Peeters;Gemeenteraadslid;A;;05/12/2024;;x", "", "too-many-cells"),
    (f"Zoë;Peeters {RRN};Gemeenteraadslid;A;;05/12/2024;", "achternaam", "rijksregisternummer"),
    ("Zoë;Peeters;Gemeenteraadslid;85073003328;;05/12/2024;", "fractie", "rijksregisternummer"),
    (ROWS[1], "", "duplicate"),
]


@pytest.mark.parametrize(("row", "column", "code"), FAULTS)
def test_one_wrong_row_and_nothing_counts(register: Context, tmp_path: Path, row: str, column: str, code: str) -> None:
    """The report names row, column, what and how to fix it; nothing of the file is kept, public or private."""
    blobs = sorted(register.blobs.names())
    done = bring(register, table(tmp_path, ROWS[1], row))
    assert done.result is None
    found = [one for line in done.report.lines for one in line.findings if one.serious]
    assert [(one.row, one.column, one.code) for one in found] == [(3, column, code)]
    assert all(one.message and one.fix for one in found)
    assert public(register, MANDAAT.Mandataris) == []
    assert sorted(register.blobs.names()) == blobs


def test_a_number_comes_out_nowhere(register: Context, tmp_path: Path) -> None:
    """In a cell, an unread column, a heading or the name of the file: report and output never show it."""
    tables = [
        table(tmp_path, f"{ROWS[0]};{RRN}", head=f"{HEAD};rijksregisternummer"),
        table(tmp_path, f"{ROWS[0]};x", head=f"{HEAD};{RRN}", name="kop.csv"),
        table(tmp_path, ROWS[0].replace("Peeters", "85073003328"), name=f"{RRN}.csv"),
    ]
    for path in tables:
        report = tmp_path / "report.csv"
        done = CliRunner().invoke(
            import_command, [str(path), "--bestuur", BESTUUR, "--report", str(report), "--no-project"],
            obj=register.settings,
        )  # fmt: skip
        assert isinstance(done.exception, InvalidInput)
        shown = done.output + done.stderr + report.read_text() + done.exception.one_line()
        assert "rijksregisternummer" in shown
        for text in (RRN, "85073003328"):
            assert text not in shown.replace(str(path), "").replace(path.name, "")


def test_namesakes_are_told_apart_by_a_key(register: Context, tmp_path: Path) -> None:
    """Two people of one name in one post are a duplicate, until a key of the bestuur tells them apart."""
    rows = ["Jan;Peeters;Gemeenteraadslid;A;;05/12/2024;"] * 2
    assert bring(register, table(tmp_path, *rows)).report.faults == 1
    done = bring(register, table(tmp_path, f"{rows[0]};1", f"{rows[1]};2", head=f"{HEAD};sleutel"))
    assert done.report.faults == 0
    assert len(public(register, PERSON.Person)) == 2


def test_the_post_of_another_bestuur_cannot_be_held(register: Context, tmp_path: Path) -> None:
    """An IRI in the column mandaat must be of the bestuur that imports."""
    path = table(tmp_path, f"{ROWS[0]};http://data.lblod.info/id/mandaten/vreemd", head=f"{HEAD};mandaat")
    assert [one.code for line in bring(register, path).report.lines for one in line.findings] == ["foreign"]
    assert bring(register, table(tmp_path, f"{ROWS[0]};{POST}", head=f"{HEAD};mandaat")).report.faults == 0


def test_a_file_that_takes_away_most_is_held(register: Context, tmp_path: Path) -> None:
    """More than half of many is not taken away unasked."""
    rows = [f"Jan{n};Peeters;Gemeenteraadslid;A;;05/12/2024;" for n in range(30)]
    bring(register, table(tmp_path, *rows))
    done = bring(register, table(tmp_path, *rows[:3]))
    assert done.result
    assert done.result.held
    assert len(public(register, MANDAAT.Mandataris)) == 30
    bring(register, table(tmp_path, *rows[:3]), accept=True)
    assert len(public(register, MANDAAT.Mandataris)) == 3


def test_an_unknown_bestuur_or_a_table_without_columns_is_refused(register: Context, tmp_path: Path) -> None:
    """The error says what is missing and where to find it."""
    with pytest.raises(NotFound, match="kent geen bestuur"):
        import_file(register, Order(table(tmp_path, *ROWS), "http://a.example/x", "test"))
    with pytest.raises(InvalidInput, match="mist de kolommen"):
        bring(register, table(tmp_path, "a;b", head="naam;functie"))
    with pytest.raises(NotFound):
        bring(register, tmp_path / "weg.csv")


MANDATARIS = {
    "@id": "http://data.lblod.info/id/mandatarissen/eigen", "@type": MANDAAT.Mandataris,
    MANDAAT.start: {"@value": "2024-12-05", "@type": "http://www.w3.org/2001/XMLSchema#date"},
    MANDAAT.isBestuurlijkeAliasVan: {
        "@id": "http://data.lblod.info/id/personen/eigen", "@type": PERSON.Person,
        PERSOON.gebruikteVoornaam: "Zoë", FOAF.familyName: "Peeters",
    },
    ORG.holds: {"@id": POST},
}  # fmt: skip


def document(folder: Path, **change: object) -> Path:
    path = folder / "m.jsonld"
    path.write_text(json.dumps({**MANDATARIS, **change}))
    return path


def test_a_json_ld_document_becomes_public(register: Context, tmp_path: Path) -> None:
    """Its nodes are checked and taken in as they stand."""
    done = bring(register, document(tmp_path))
    assert done.report.faults == 0
    assert [one.iri for one in public(register, MANDAAT.Mandataris)] == [MANDATARIS["@id"]]
    assert list(verify(register)) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({ORG.holds: {"@id": "http://data.lblod.info/id/mandaten/vreemd"}}, "foreign"),
        ({MANDAAT.start: []}, "missing"),
        ({MANDAAT.start: "binnenkort"}, "date"),
        ({"@type": "http://a.example/Iets"}, "class"),
        ({MANDAAT.rangorde: f"eerste {RRN}"}, "rijksregisternummer"),
        ({ORG.holds: {"@id": BESTUUR, "@type": BESLUIT.Bestuurseenheid}}, "class"),
        ({ORG.holds: {"@id": ORGAN, "@type": BESLUIT.Bestuursorgaan}}, "register"),
    ],
)
def test_a_node_that_is_wrong_keeps_the_document_out(
    register: Context, tmp_path: Path, change: dict[str, object], code: str
) -> None:
    """Nothing of it counts; the report has the node, what is wrong and how to fix it."""
    blobs = sorted(register.blobs.names())
    done = bring(register, document(tmp_path, **change))
    assert done.result is None
    assert sorted(register.blobs.names()) == blobs
    assert code in {one.code for line in done.report.lines for one in line.findings if one.serious}
    assert public(register, MANDAAT.Mandataris) == []


def test_the_command_prints_a_template_and_a_report(register: Context, settings: Settings, tmp_path: Path) -> None:
    """The template goes through the import as it is; the report is a table with every row, or JSON."""

    def call(*arguments: str) -> tuple[str, BaseException | None]:
        done = CliRunner().invoke(import_command, [*arguments], obj=settings)
        return done.stdout, done.exception

    template, _ = call("--template", "mandatarissen")
    path = tmp_path / "t.csv"
    path.write_text(template, "utf-8", newline="")
    report = tmp_path / "report.csv"
    arguments = [str(path), "--bestuur", BESTUUR, "--report", str(report), "--no-project"]
    blobs = sorted(register.blobs.names())
    assert "zouden" in call(*arguments, "--dry-run")[0]
    assert sorted(register.blobs.names()) == blobs
    assert public(register, MANDAAT.Mandataris) == []
    output, error = call(*arguments, "--json")
    assert error is None
    assert json.loads(output)["rows"] == 1
    rows = list(csv.DictReader(io.StringIO(report.read_text("utf-8-sig")), delimiter=";"))
    assert [(row["rij"], row["uitkomst"]) for row in rows] == [("2", "goed")]
    with read(register.engine) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(feed_file.feed_file)).scalar_one() == 2
    assert isinstance(call(str(path))[1], BelfortError)
