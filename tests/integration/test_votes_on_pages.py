"""Rules about votes on whole pages, where they hold and where they do not: what is found, where, and how to fix it."""

from collections.abc import Sequence

import pytest

from belfort.vocab import DOCUMENT_TYPES
from harvester.extract import extract
from shapes.validation import Finding, Report
from tests.support.pages import PREFIX

TYPE = {label: name for name, label in DOCUMENT_TYPES.items()}
ROLES = ("Voorstander", "Tegenstander", "Onthouder")


def who(number: int) -> str:
    """The IRI of a mandataris."""
    return f"http://data.lblod.info/id/mandatarissen/{number}"


def people(role: str, numbers: Sequence[int]) -> str:
    """A list of people in a role."""
    return " ".join(f'<span property="besluit:heeft{role}" resource="{who(n)}">Persoon {n}</span>' for n in numbers)


def vote(
    counts: Sequence[object] = (0, 0, 0),
    named: Sequence[Sequence[int]] = ((), (), ()),
    present: Sequence[int] = (),
    secret: str = "false",
    number: int = 1,
) -> str:
    """A stemming: its three counts (None for one that is not said), who is named for each, and who was present."""
    said = "".join(
        f'<p>{role}s: <span property="besluit:aantal{role}s" datatype="xsd:integer">{count}</span></p>'
        for role, count in zip(ROLES, counts, strict=True)
        if count is not None
    )
    lists = "".join(f"<p>{people(role, numbers)}</p>" for role, numbers in zip(ROLES, named, strict=True) if numbers)
    return f"""<div property="besluit:heeftStemming" resource="#s{number}" typeof="besluit:Stemming">
<h4 property="besluit:onderwerp">Stemming {number}</h4>
<span property="besluit:geheim" datatype="xsd:boolean" content="{secret}"></span>{said}{lists}
<p>{people("Aanwezige", present)}</p></div>"""


def page(*votes: str, present: Sequence[int] = (1, 2, 3), label: str = "Notulen") -> bytes:
    """A page with one behandeling and these votes, complete but for what they lack."""
    moment = 'datatype="xsd:dateTime" content="2026-01-26T20:00:00+01:00"'
    return f"""<!doctype html><html lang="nl"><body {PREFIX}>
<div resource="" typeof="foaf:Document {TYPE[label]}">
<div resource="#z" typeof="besluit:Zitting"><span property="besluit:geplandeStart" {moment}></span>
<span property="prov:startedAtTime" {moment}></span><span property="prov:endedAtTime" {moment}></span>
<a property="besluit:isGehoudenDoor" href="https://o.example/raad">Raad</a>
<div property="besluit:behandelt" resource="#a" typeof="besluit:Agendapunt"><b property="dct:title">Straat</b>
<span property="besluit:geplandOpenbaar" datatype="xsd:boolean" content="true"></span></div></div>
<div resource="#b" typeof="besluit:BehandelingVanAgendapunt"><a property="dct:subject" href="#a">Straat</a>
<span property="besluit:openbaar" datatype="xsd:boolean" content="true"></span>{people("Aanwezige", present)}
<div property="prov:generated" resource="#d" typeof="besluit:Besluit"><h3 property="eli:title">Straat</h3>
<a property="eli:language" href="http://publications.europa.eu/resource/authority/language/NLD"></a>
<p property="prov:value">Artikel 1</p></div>{"".join(votes)}</div></div></body></html>""".encode()


def judge(content: bytes) -> Report:
    """The judgement of a page, with places."""
    report = extract(content, "https://g.example/notulen", judge="placed").validation
    assert report
    return report


def rules(report: Report) -> dict[str, Finding]:
    """The findings about votes: the end of the name of the rule → finding."""
    return {
        one.shape.removeprefix("Stemming-"): one
        for one in report.findings
        if one.component == "SPARQL" or one.shape.startswith("Stemming-aantal")
    }


HOLDS = {
    "all named": page(vote((2, 1, 0), ((1, 2), (3,), ()), (1, 2, 3))),
    "nobody voted": page(vote((0, 0, 0), present=(1,))),
    "several votes": page(
        vote((3, 0, 0), ((1, 2, 3), (), ()), (1, 2, 3), number=1),
        vote((0, 1, 1), ((), (1,), (2,)), (1, 2), number=2),
        vote((0, 0, 0), present=(1, 2), number=3),
    ),
    "secret": page(vote((2, 1, 0), present=(1, 2, 3), secret="true")),
    "secret as 1": page(vote((2, 1, 0), present=(1, 2, 3), secret="1")),
    "present at the behandeling": page(vote((1, 0, 0), ((1,), (), ()), (2,))),
    "named twice": page(vote((1, 0, 0), ((1, 1), (), ()), (1,))),
    "leading zero": page(vote(("02", "0", "00"), ((1, 2), (), ()), (1, 2))),
}
FAILS = {
    "one too few": (page(vote((2, 0, 0), ((1,), (), ()), (1,))), {"telling-voorstanders": 1}),
    "one too many": (page(vote((1, 0, 0), ((1, 2), (), ()), (1, 2))), {"telling-voorstanders": 1}),
    "zero said": (page(vote((0, 0, 0), ((), (1,), (2,)), (1, 2))),
                  {"telling-tegenstanders": 1, "telling-onthouders": 1}),
    "unanimous without names": (page(vote((3, 0, 0), present=(1, 2, 3))), {"telling-voorstanders": 1}),
    "count not said": (page(vote((1, None, None), ((1,), (), ()), (1,))),
                       {"aantalTegenstanders": 1, "aantalOnthouders": 1}),
    "not a number": (page(vote((1, "geen", 0), ((1,), (), ()), (1,))), {"aantalTegenstanders": 1}),
    "voter absent": (page(vote((2, 0, 0), ((1, 9), (), ()), (1, 2))), {"stemmer-aanwezig": 1}),
    "two votes wrong": (page(vote((2, 0, 0), ((1,), (), ()), (1,), number=1),
                             vote((1, 0, 0), ((1,), (), ()), (1,), number=2),
                             vote((5, 0, 0), ((1,), (), ()), (1,), number=3)), {"telling-voorstanders": 2}),
    "secret but named": (page(vote((2, 0, 0), ((1,), (), ()), (1, 2), secret="true")), {"telling-voorstanders": 1}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOLDS)
def test_rules_that_hold(name: str) -> None:
    """Nothing is said about votes, and the notulen reach Niveau 1."""
    report = judge(HOLDS[name])
    assert rules(report) == {}
    assert report.valid, report.findings


@pytest.mark.parametrize("name", FAILS)
def test_rules_that_do_not(name: str) -> None:
    """Each rule is found as often as it is broken, in Dutch, with a place on the page, its text, and a fix."""
    content, wanted = FAILS[name]
    report = judge(content)
    found = rules(report)
    assert {rule: one.count for rule, one in found.items()} == wanted
    assert not report.valid
    for one in found.values():
        assert one.level == "Niveau 1"
        assert one.fix.startswith(("Schrijf bijvoorbeeld: <", "Voeg toe: <"))
        for example in one.examples:
            assert example.place
            assert example.text
            assert example.subject.startswith("https://g.example/notulen#s")


def test_the_place_is_that_of_the_wrong_vote() -> None:
    """Of several votes the finding shows those that are wrong, in the order of the page."""
    found = rules(judge(FAILS["two votes wrong"][0]))["telling-voorstanders"]
    assert [one.subject.rpartition("#")[2] for one in found.examples] == ["s1", "s3"]
    assert [(one.value, one.text) for one in found.examples] == [("2", "2"), ("5", "5")]
    absent = rules(judge(FAILS["voter absent"][0]))["stemmer-aanwezig"].examples[0]
    assert (absent.value, absent.text) == (who(9), "Persoon 9")


LISTS = {
    "counts without names": (page(vote((12, 3, 0)), present=(), label="Besluitenlijst"), set()),
    "names without who was present": (
        page(vote((1, 1, 0), ((1,), (2,), ())), present=(), label="Besluitenlijst"), set(),
    ),
    "a wrong count": (
        page(vote((2, 0, 0), ((1,), (), ())), present=(), label="Besluitenlijst"), {"telling-voorstanders"},
    ),
    "others named": (
        page(vote((1, 0, 2), ((1,), (), ())), present=(), label="Besluitenlijst"), {"telling-onthouders"},
    ),
    "someone was not there": (
        page(vote((1, 0, 0), ((9,), (), ())), present=(1, 2), label="Besluitenlijst"), {"stemmer-aanwezig"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_besluitenlijst_hears_about_what_it_names(name: str) -> None:
    """It need not name anyone; what it does name must be right. That is advice: the level stays."""
    content, wanted = LISTS[name]
    report = judge(content)
    found = rules(report)
    assert set(found) == wanted
    assert all(one.level == "" for one in found.values())
    assert report.valid
