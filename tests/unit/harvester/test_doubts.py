"""What no rule could repair is an issue, with its place."""

import pytest

from belfort.vocab import BESLUIT, ELI
from harvester.extract import extract

URL = "https://raad.example.be/gr/1/agenda"
PREFIX = f"besluit: {BESLUIT} eli: {ELI}"
ORGAAN = '<i property="besluit:isGehoudenDoor" resource="https://o.be/1"></i>'


@pytest.mark.parametrize(
    ("code", "html"),
    [
        ("no-such-value", '<p property="dc:date" datatype="xsd:date">ooit</p>'),
        ("no-such-value", '<p property="besluit:geplandeStart">ooit</p>'),
        ("several-values", '<p property="besluit:geheim" datatype="xsd:boolean">true</p>'
         '<p property="besluit:geheim" datatype="xsd:boolean">false</p>'),
        ("contradiction", '<p property="besluit:gevolg">a</p><p property="besluit:gevolg">b</p>'),
        ("replacement-character", '<p property="dc:title">caf\ufffd</p>'),
        ("template", '<p property="dc:title">{{titel}}</p>'),
        ("invalid-iri", '<p about="{{this.meeting}}" property="dc:title">x</p>'),
        ("host-in-path", '<p rel="dc:relation" resource="elders.vlaanderen.be/x"></p>'),
        ("unknown-term", '<p property="besluit:verzonnen">x</p>'),
        ("unknown-term", '<p resource="#a" typeof="eli:Verzonnen"></p>'),
        ("unknown-document-type", '<p rel="dc:type" resource="http://data.lblod.info/id/document-types/krant"></p>'),
        ("text-for-iri", '<p property="besluit:behandelt">punt 1</p>'),
        ("unlinked", '<p resource="#a" typeof="besluit:Besluit"></p>'),
        ("shared-artikel", '<p about="#a" property="eli:has_part" resource="#x"></p>'
         '<p about="#b" property="eli:has_part" resource="#x"></p>'),
        ("lost-scope", '<p property="besluit:heeftAanwezige" resource="https://x.be/1"></p>'),
        ("class-as-subject", '<p property="dc:subject">Agendapunt</p>'),
        ("unclosed", "<div><p property='dc:title'>x</p>"),
        ("other-orgaan", f'<div resource="#z" typeof="besluit:Zitting">{ORGAAN}</div><div resource="" '
         'typeof="foaf:Document"><i property="eli:passed_by" resource="https://o.be/2"></i></div>'),
    ],
)  # fmt: skip
def test_doubt(code: str, html: str) -> None:
    """Each has a message, a fix and, where there is one, the element."""
    found = extract(f'<body prefix="{PREFIX}">{html}'.encode(), URL)
    (issue,) = (one for one in found.issues if one.code == code)
    assert issue.message
    assert issue.fix
    assert issue.place or code == "unclosed"


def test_no_doubt_about_a_good_page() -> None:
    """Terms of the standard, an organ in its period and a linked besluit raise nothing."""
    html = (
        f'<div resource="#z" typeof="besluit:Zitting">{ORGAAN}<i about="https://o.be/2" '
        'property="mandaat:isTijdspecialisatieVan" resource="https://o.be/1"></i></div>'
        '<div resource="" typeof="foaf:Document"><i property="eli:passed_by" resource="https://o.be/2"></i></div>'
        '<div resource="#b" typeof="besluit:BehandelingVanAgendapunt"><i property="dc:subject" resource="#a" '
        'typeof="besluit:Agendapunt"></i><i property="prov:generated" resource="#d" typeof="besluit:Besluit"></i></div>'
        '<!-- <div> --><i about="#z" property="besluit:behandelt" resource="#a"></i>'
    )
    assert extract(f'<body prefix="{PREFIX}">{html}'.encode(), URL).issues == []


def test_a_rijksregisternummer_is_never_shown() -> None:
    """A value in an issue is masked."""
    html = '<p property="dc:date" datatype="xsd:date">85.07.30-033.28</p>'
    (issue,) = extract(html.encode(), URL).issues
    assert "033" not in issue.message
    assert issue.code == "no-such-value"


def test_many_doubts_are_few_issues() -> None:
    """The same doubt is counted; of a kind twenty are shown, the others are one."""
    html = "".join(f'<p property="dc:date" datatype="xsd:date">ooit {n % 30}</p>' for n in range(90))
    issues = extract(html.encode(), URL).issues
    assert len(issues) == 21
    assert sum(one.count for one in issues) == 30
