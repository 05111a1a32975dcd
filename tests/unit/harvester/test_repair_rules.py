"""Every rule of the catalogue on the snippet that it is for: what it makes, what it leaves alone, its trace."""

import pytest

from belfort import rdf
from belfort.vocab import BESLUIT, DCT, DOCUMENT_TYPES, ELI, FOAF, MANDAAT, PROV, RDF, XSD
from harvester.extract import Extraction, extract
from harvester.repairs import CATALOGUE

URL = "https://raad.example.be/gr/1/agenda"
PREFIX = f"besluit: {BESLUIT} eli: {ELI} mandaat: {MANDAAT}"
NOTULEN = next(iri for iri, label in DOCUMENT_TYPES.items() if label == "Notulen")


def page(html: str, *, without: tuple[str, ...] = (), url: str = URL, repair: bool = True) -> Extraction:
    """What a snippet says."""
    return extract(f'<!doctype html><body prefix="{PREFIX}">{html}'.encode(), url, without=without, repair=repair)


def objects(found: Extraction, predicate: str) -> list[str]:
    """The objects of a predicate, in canonical order."""
    return [o for _, p, o in rdf.parse_lines("\n".join(found.lines)) if p == f"<{predicate}>"]


def rules(found: Extraction) -> set[str]:
    """The names of the rules that did something."""
    return {one.rule for one in found.repairs}


DATE, MOMENT, START = XSD.date, XSD.dateTime, BESLUIT.geplandeStart
# rule, snippet, predicate, its objects with the rule, its objects without (None: not looked at)
CASES: list[tuple[str, str, str, list[str], list[str] | None]] = [
    ("q1-null-root", '<p about="#a" rel="dc:relation" resource="null/id/x"></p>', DCT.relation,
     ["<https://raad.example.be/id/x>"], ["<https://raad.example.be/gr/1/null/id/x>"]),
    ("q3-missing-scheme", '<p rel="dc:relation" resource="raad.example.be/gr/1#a"></p>', DCT.relation,
     ["<https://raad.example.be/gr/1#a>"], ["<https://raad.example.be/gr/1/raad.example.be/gr/1#a>"]),
    ("q3-missing-scheme", '<a href="http://elders.be/x"></a><p rel="dc:relation" resource="elders.be/y"></p>',
     DCT.relation, ["<http://elders.be/y>"], None),
    ("q4-session", '<p rel="dc:relation" resource="https://x.be/(S(abc))/y;jsessionid=1#z"></p>', DCT.relation,
     ["<https://x.be/y#z>"], ["<https://x.be/(S(abc))/y;jsessionid=1#z>"]),
    ("q4-session-in-text", '<p property="dc:title">zie https://x.be/(S(abc))/y.</p>', DCT.title,
     ['"zie https://x.be/y."'], ['"zie https://x.be/(S(abc))/y."']),
    ("q8-doc-concept", '<p rel="dc:relation" resource="https://data.vlaanderen.be/doc/concept/X/1"></p>', DCT.relation,
     ["<https://data.vlaanderen.be/id/concept/X/1>"], None),
    ("q9-spaces", '<p rel="dc:relation" resource="https://x.be/a b\n   c.html"></p>', DCT.relation,
     ["<https://x.be/a%20bc.html>"], []),
    ("q9-spaces", '<p rel="dc:relation" resource="&nbsp;https://x.be/a&#8203;"></p>', DCT.relation,
     ["<https://x.be/a>"], []),
    ("q9-page-itself", '<p rel="dc:relation" resource="#"></p>', DCT.relation, [f"<{URL}>"], [f"<{URL}#>"]),
    ("q10-datatype", '<p property="dc:title" datatype="rdfs:Literal">x</p>', DCT.title, ['"x"'], None),
    ("q10-datatype", '<p property="dc:title" datatype="rdf:XMLLiteral">x</p>', DCT.title, ['"x"'], None),
    ("q10-datatype", '<p property="dc:title" datatype="rdf:XMLLiteral">x<br>y</p>', DCT.title,
     [f'"x<br>y"^^<{RDF.HTML}>'], None),
    ("q10-datatype", '<p property="dc:extent" datatype="xsd:int">7</p>', DCT.extent, [f'"7"^^<{XSD.integer}>'],
     [f'"7"^^<{XSD.int}>']),
    ("q10-datatype", '<p property="dc:date" datatype="xsd:datetime">2024-03-05T20:00:00Z</p>', DCT.date,
     [f'"2024-03-05T20:00:00Z"^^<{MOMENT}>'], None),
    ("q10-missing-datatype", '<p property="eli:date_publication">5 maart 2024</p>', ELI.date_publication,
     [f'"2024-03-05"^^<{DATE}>'], ['"5 maart 2024"']),
    ("q10-value", '<p property="besluit:openbaar" datatype="xsd:boolean" content="True"></p>', BESLUIT.openbaar,
     [f'"true"^^<{XSD.boolean}>'], ['"True"']),
    ("q10-value", '<p property="dc:date" datatype="xsd:date">2024-3-5</p>', DCT.date, [f'"2024-03-05"^^<{DATE}>'],
     None),
    ("q10-value", '<p property="dc:date" datatype="xsd:dateTime">2024-03-05</p>', DCT.date,
     [f'"2024-03-05"^^<{DATE}>'], None),
    ("q10-local-time", '<p property="dc:date" datatype="xsd:dateTime">2024-07-05T20:00:00.0000000</p>', DCT.date,
     [f'"2024-07-05T20:00:00.0000000+02:00"^^<{MOMENT}>'], [f'"2024-07-05T20:00:00.0000000"^^<{MOMENT}>']),
    ("q10-no-such-value", '<p property="dc:date" datatype="xsd:date">31-02-2024</p>', DCT.date, ['"31-02-2024"'],
     [f'"31-02-2024"^^<{DATE}>']),
    ("q2-iri-in-text", '<p property="besluit:aangebrachtNa">https://x.be/1</p>', BESLUIT.aangebrachtNa,
     ["<https://x.be/1>"], ['"https://x.be/1"']),
    ("q13-standard-term", '<p property="besluit:citeeropschrift">x</p>', ELI.title_short, ['"x"'], []),
    ("q13-standard-term", '<p property="besluit:citeeropschrift">x</p>', BESLUIT.citeeropschrift, ['"x"'], ['"x"']),
    ("q13-standard-term", '<p property="besluit:heeftOnthouders" resource="#a"></p>', BESLUIT.heeftOnthouder,
     [f"<{URL}#a>"], []),
    ("q13-standard-term", '<p resource="#a" typeof="besluit:zitting"></p>', RDF.type,
     [f"<{BESLUIT.Zitting}>", f"<{BESLUIT.zitting}>"], None),
    ("q13-namespace", '<p property="https://data.vlaanderen.be/ns/besluit#geheim" datatype="xsd:boolean">true</p>',
     BESLUIT.geheim, [f'"true"^^<{XSD.boolean}>'], []),
    ("q13-namespace", f'<p resource="#a" typeof="{NOTULEN.replace("Type/", "Type")}"></p>', RDF.type,
     [f"<{NOTULEN}>"], None),
    ("q15-document-type", '<p rel="dc:type" resource="http://data.lblod.info/id/document-types/notulen"></p>', DCT.type,
     ["<http://data.lblod.info/id/document-types/notulen>", f"<{NOTULEN}>"],
     ["<http://data.lblod.info/id/document-types/notulen>"]),
    ("q17-attachment", '<a property="prov:value" href="x.pdf"></a>', ELI.related_to,
     ["<https://raad.example.be/gr/1/x.pdf>"], []),
    ("q22-reference-system", '<p property="dc:spatial" datatype="http://www.opengis.net/ont/geosparql#wktLiteral" '
     'content="&lt;https://www.opengis.net/def/crs/EPSG/0/31370&gt; POINT(1 2)"></p>', DCT.spatial,
     ['"<http://www.opengis.net/def/crs/EPSG/0/31370> POINT(1 2)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'],
     None),
    ("q23-single-value", '<p property="besluit:geplandeStart" datatype="xsd:dateTime">2024-03-05T20:00:00Z</p>'
     '<p property="besluit:geplandeStart" datatype="xsd:dateTime">2023-03-05T20:00:00Z</p>', START,
     [f'"2024-03-05T20:00:00Z"^^<{MOMENT}>'], None),
    ("q5-typographic-quotes", '<p property=”dc:title”>x</p>', DCT.title, ['"x"'], None),
    ("q6-default-prefixes", '<p property="lblodBesluit:linkToPublication">x</p>',
     "http://lblod.data.gift/vocabularies/besluit/linkToPublication", ['"x"'], None),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "html", "predicate", "after", "before"), CASES)
def test_rule(rule: str, html: str, predicate: str, after: list[str], before: list[str] | None) -> None:
    """The rule gives what was meant, says so, and does nothing when it is off."""
    found = page(html)
    assert objects(found, predicate) == after
    assert rule in rules(found)
    (repair,) = (one for one in found.repairs if one.rule == rule)
    assert repair.count == len([*repair.examples]) or repair.count > 3
    assert all(after != before for before, after in repair.examples)
    off = page(html, without=(rule,))
    assert rule not in rules(off)
    if before is not None and rule != "q10-value":
        assert objects(off, predicate) == before
    assert rules(page(html, repair=False)) == set()


def test_every_rule_is_tested_here() -> None:
    """No rule is without a case."""
    elsewhere = {
        "q2-iri-in-content", "q9-empty-resource", "type-of-object", "q7-placeholder", "q16-held-by", "q16-nested",
        "q16-lost-scope", "q18-data-iri", "q18-data-in-text",
    }  # fmt: skip
    assert {case[0] for case in CASES} | elsewhere == {rule.name for rule in CATALOGUE}


@pytest.mark.parametrize(
    "html",
    [
        '<p rel="dc:relation" resource="index.html/x"></p>',  # a host that nobody writes with a scheme is a path
        '<p rel="dc:relation" resource="nullen/x"></p>',
        '<p rel="dc:relation" resource="https://x.be/wet(Sociaal)/y"></p>',
        '<p property="dc:title" content="#"></p>',
        '<p property="dc:date" datatype="xsd:dateTime">2024-03-05T20:00:00.1234567+01:00</p>',
        '<p property="besluit:openbaar" datatype="xsd:boolean">1</p>',
        '<p property="prov:value">tekst</p>',
        '<p rel="prov:value"><i resource="#x" property="dc:title">x</i></p>',
        f'<p rel="dc:type" resource="{NOTULEN}"></p>',
        '<p property="dc:extent" datatype="xsd:nonNegativeInteger">0</p>',
        '<p property="dc:title" datatype="rdf:XMLLiteral"><b>x</b></p>',
    ],
)
def test_what_is_right_stays(html: str) -> None:
    """No rule touches what is valid."""
    assert rules(page(html)) == set()
    assert page(html).lines == page(html, repair=False).lines


def test_several_addresses_in_one_value_are_no_address() -> None:
    """Nobody knows which was meant: an issue, no repair."""
    found = page('<p rel="dc:relation" resource="https://a.be/1 https://a.be/2"></p>')
    assert objects(found, DCT.relation) == []
    assert [one.code for one in found.issues if one.code == "invalid-iri"] == ["invalid-iri"]


def test_q2_links_the_elements_around() -> None:
    """An IRI in @content becomes the object of the entity around, typed, and not a literal of a nameless one."""
    html = (
        '<div resource="#2" typeof="besluit:Agendapunt">'
        '<i property="besluit:aangebrachtNa" typeof="besluit:Agendapunt" content="https://x.be/1"></i></div>'
    )
    found = page(html)
    assert rules(found) == {"q2-iri-in-content"}
    assert f"<{URL}#2> <{BESLUIT.aangebrachtNa}> <https://x.be/1> ." in found.lines
    assert f"<https://x.be/1> <{RDF.type}> <{BESLUIT.Agendapunt}> ." in found.lines
    assert found.counts["agendapunten"] == 2
    (repair,) = found.repairs
    assert any('"https://x.be/1"' in before for before, _ in repair.examples)


def test_an_empty_resource_is_the_page_only_where_a_page_can_be() -> None:
    """A document with an empty @resource is the page; two persons with one are two persons."""
    html = (
        '<div resource="" typeof="foaf:Document"></div><div resource="#z" typeof="besluit:Zitting">'
        '<i property="besluit:heeftAanwezige" resource="" typeof="mandaat:Mandataris"></i>'
        '<i property="besluit:heeftAanwezige" resource="#" typeof="mandaat:Mandataris"></i></div>'
    )
    found = page(html)
    assert f"<{URL}> <{RDF.type}> <{FOAF.Document}> ." in found.lines
    assert f"<{URL}> <{RDF.type}> <{MANDAAT.Mandataris}> ." not in found.lines
    assert len(objects(found, BESLUIT.heeftAanwezige)) == 2
    assert page(html).lines == found.lines


def test_the_type_beside_about_is_that_of_the_object() -> None:
    """A stemming beside @about is a stemming, what stands in it is its own, and the behandeling is none."""
    html = (
        '<p about="#b" property="besluit:heeftStemming" resource="#s" typeof="besluit:Stemming">'
        '<i property="besluit:gevolg">goedgekeurd</i></p>'
    )
    found = page(html)
    assert rules(found) == {"type-of-object"}
    assert f"<{URL}#s> <{RDF.type}> <{BESLUIT.Stemming}> ." in found.lines
    assert f'<{URL}#s> <{BESLUIT.gevolg}> "goedgekeurd" .' in found.lines
    assert f"<{URL}#b> <{BESLUIT.heeftStemming}> <{URL}#s> ." in found.lines
    plain = page(html.replace("besluit:heeftStemming", "dc:relation"))
    assert f"<{URL}#b> <{RDF.type}> <{BESLUIT.Stemming}> ." in plain.lines


@pytest.mark.parametrize(
    ("iri", "placeholder"),
    [
        ("https://elders.be/dummy", True),
        ("https://elders.be/x/00000000-0000-0000-0000-000000000000", True),
        ("https://elders.be/notulen/5", False),
        ("https://raad.example.be/dummy", False),
    ],
)
def test_q7_only_placeholders_on_other_hosts(iri: str, placeholder: bool) -> None:
    """A placeholder on another host gets an IRI of the page; any other IRI of a document stays."""
    found = page(f'<div resource="#z" typeof="besluit:Zitting"><i property="besluit:heeftNotulen" resource="{iri}">')
    (document,) = objects(found, BESLUIT.heeftNotulen)
    assert document.startswith(f"<{URL}#document-") is placeholder
    assert (document == f"<{iri}>") is not placeholder


def test_q14_a_page_can_have_several_types() -> None:
    """Types from @typeof and dct:type add up."""
    agenda = next(iri for iri, label in DOCUMENT_TYPES.items() if label == "Agenda")
    found = page(f'<div resource="" typeof="foaf:Document {agenda}"><i rel="dc:type" resource="{NOTULEN}"></i></div>')
    assert found.document_types == [agenda, NOTULEN]


NESTED = """<div resource="" typeof="foaf:Document"><i property="eli:passed_by" resource="https://o.be/1"></i></div>
<div resource="#z" typeof="besluit:Zitting"><div resource="#a" typeof="besluit:Agendapunt">
<div resource="#b" typeof="besluit:BehandelingVanAgendapunt"><div resource="#s" typeof="besluit:Stemming"></div>
<div resource="#d" typeof="besluit:Besluit"><p resource="#r" typeof="besluit:Artikel"></p></div></div></div></div>
<div resource="#los" typeof="besluit:Agendapunt"></div>"""


def test_q16_links_what_stands_in_each_other() -> None:
    """Whatever nests without being linked gets its link, the loose agendapunt that of the only zitting; all derived."""
    found = page(NESTED)
    expected = {
        f"<{URL}#{s}> <{p}> {o if o.startswith('<') else f'<{URL}#{o}>'} ."
        for s, p, o in (
            ("z", BESLUIT.isGehoudenDoor, "<https://o.be/1>"), ("z", BESLUIT.behandelt, "a"), ("b", DCT.subject, "a"),
            ("z", BESLUIT.behandelt, "los"), ("b", BESLUIT.heeftStemming, "s"), ("b", PROV.generated, "d"),
            ("d", ELI.has_part, "r"),
        )
    }  # fmt: skip
    assert set(found.derived) == expected
    assert set(found.lines) - set(page(NESTED, repair=False).lines) == expected
    assert page(NESTED, repair=False).derived == []
    assert [one.code for one in found.issues] == []


def test_q16_never_guesses() -> None:
    """Links that are said stay alone; with two zittingen or two organen nothing is derived from the page."""
    said = '<div resource="#z" typeof="besluit:Zitting"><i property="besluit:behandelt" resource="#a" '
    found = page(f'{said} typeof="besluit:Agendapunt"></i></div><div resource="#y" typeof="besluit:Zitting"></div>')
    assert found.derived == []
    two = page(
        '<i about="#1" property="eli:passed_by" resource="https://o.be/1"></i>'
        '<div resource="#z" typeof="besluit:Zitting"></div><i about="#2" property="eli:passed_by" resource="https://o.be/2"></i>'
    )
    assert two.derived == []


def test_q16_lost_scope() -> None:
    """What only a zitting can say, said of the page, is said of its only zitting."""
    html = '<div resource="#z" typeof="besluit:Zitting"></div><i property="besluit:behandelt" resource="#a"></i>'
    found = page(html)
    assert found.derived == [f"<{URL}#z> <{BESLUIT.behandelt}> <{URL}#a> ."]


def test_q18_data_uris_become_names() -> None:
    """The same image has the same name, another image another; nothing of the base64 is left."""
    images = ["iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB" + end for end in ("AAAA", "AAAA", "BBBB")]
    html = "".join(
        f'<p property="prov:value">x &lt;img src="data:image/png;base64,{image}"&gt;</p>'
        f'<img property="foaf:img" src="data:image/png;base64,{image}">'
        for image in images
    )
    found = page(html)
    assert rules(found) == {"q18-data-iri", "q18-data-in-text"}
    assert len(objects(found, PROV.value)) == len(objects(found, FOAF.img)) == 2
    assert all(o.startswith("<ni:///sha-256;") for o in objects(found, FOAF.img))
    assert "iVBOR" not in "\n".join(found.lines)
