"""Each quirk as other pages may have it: other hosts, quotes, order, capitals, entities, nesting; and what is right."""

import pytest

from belfort import rdf
from belfort.rdf import TYPE
from belfort.vocab import BESLUIT, DCT, DOCUMENT_TYPE, ELI, FOAF, MANDAAT, PROV, RDF, XSD
from harvester.extract import Extraction, extract

URL = "https://raad.example.be/gr/1/agenda"
SITE = "https://raad.example.be"
PREFIX = f"besluit: {BESLUIT} eli: {ELI} mandaat: {MANDAAT} prov: {PROV}"
LIST = str(DOCUMENT_TYPE["3fa67785-ffdc-4b30-8880-2b99d97b4dee"])


def page(html: str, url: str = URL) -> Extraction:
    """What a snippet says."""
    return extract(f'<!doctype html><body prefix="{PREFIX}">{html}'.encode(), url)


def objects(found: Extraction, predicate: str) -> list[str]:
    """The objects of a predicate."""
    return [o for _, p, o in rdf.parse_lines("\n".join(found.lines)) if p == f"<{predicate}>"]


def related(value: str, quote: str = '"') -> str:
    """An element that relates something to an IRI."""
    return f"<p about={quote}#a{quote} rel='dc:relation' resource={quote}{value}{quote}></p>"


IRIS = [
    # Q1: a template without a root
    *((value, f"{SITE}/id/x") for value in (
        "null/id/x", "undefined/id/x", "NULL/id/x", "/null/id/x", "./null/id/x", "null//id/x", " null/id/x\n",
        "&#110;ull/id/x", "Undefined/id/x", "null&#x2F;id/x", "/undefined/id/x", "\u200bnull/id/x",
    )),
    *((value, f"{SITE}/gr/1/{value}") for value in ("nullable/x", "id/null/x", "nul/x", "null")),
    # Q3: a scheme that is missing or broken
    *((value, f"{SITE}/x#y") for value in (
        "raad.example.be/x#y", "RAAD.example.be/x#y", "/raad.example.be/x#y", "./raad.example.be/x#y",
        " raad.example.be/x#y ", "https//raad.example.be/x#y", "https:/raad.example.be/x#y",
        "https:raad.example.be/x#y", "https:///raad.example.be/x#y", "https://https://raad.example.be/x#y",
        "http://https://raad.example.be/x#y", "//raad.example.be/x#y", "raad&#46;example.be/x#y",
        "”raad.example.be/x#y”",
    )),
    ("www.elders.be/x", "https://www.elders.be/x"),
    ("http//elders.be/x", "http://elders.be/x"),
    ("index.html/x", f"{SITE}/gr/1/index.html/x"),
    ("/www.elders.be/x", f"{SITE}/www.elders.be/x"),
    ("sites/raad.example.be/x", f"{SITE}/gr/1/sites/raad.example.be/x"),
    (f"{SITE}/sites/raad.example.be/x", f"{SITE}/sites/raad.example.be/x"),
    # Q4: a session in the address
    *((value, "https://x.be/y?z#q") for value in (
        "https://x.be/(S(abc))/y?z#q", "https://x.be/(s(abc))/y?z#q", "https://x.be/(A(b)S(c))/y?z#q",
        "https://x.be/%28S%28abc%29%29/y?z#q", "https://x.be/%28S(abc)%29/y?z#q",
        "https://x.be/y;jsessionid=AB12.node1?z#q", "https://x.be/y;JSESSIONID=1?z#q",
        "https://x.be/(X(1)S(abc123))/y?z#q", "https://x.be/(F(a)S(b))/y;jsessionid=2?z#q",
        "https://x.be/(S(a))/y?z#q", "https://x.be/&#40;S(abc))/y?z#q", " https://x.be/(S(abc))/y?z#q",
    )),
    *((value, value) for value in (
        "https://x.be/wet(Sociaal)/y", "https://x.be/wet(S(oort))", "https://x.be/(S)/y", "https://x.be/y;a=1",
        "https://x.be/y?sid=1",
    )),
    # Q8: the page about a concept
    *((value, "https://data.vlaanderen.be/id/concept/X/1") for value in (
        "https://data.vlaanderen.be/doc/concept/X/1", " https://data.vlaanderen.be/doc/concept/X/1 ",
        "https//data.vlaanderen.be/doc/concept/X/1", "https:/data.vlaanderen.be/doc/concept/X/1",
        "“https://data.vlaanderen.be/doc/concept/X/1”", "https://data.vlaanderen.be/doc/&#99;oncept/X/1",
        "https://data.vlaanderen.be/doc/concept/X/1\u200b", "https://data.vlaanderen.be/doc/\nconcept/X/1",
        "&lt;https://data.vlaanderen.be/doc/concept/X/1&gt;", "[https://data.vlaanderen.be/doc/concept/X/1]",
        "https://https://data.vlaanderen.be/doc/concept/X/1", "&nbsp;https://data.vlaanderen.be/doc/concept/X/1",
    )),
    ("http://data.vlaanderen.be/doc/conceptscheme/X", "http://data.vlaanderen.be/id/conceptscheme/X"),
    *((value, value) for value in (
        "https://data.vlaanderen.be/doc/adres/1", "https://elders.be/doc/concept/1",
        "https://data.vlaanderen.be/doc/conceptueel/1", "https://data.vlaanderen.be/id/concept/doc/concept/1",
    )),
    # Q9: what no IRI may have
    ("https://x.be/a b", "https://x.be/a%20b"), ("https://x.be/a%20b", "https://x.be/a%20b"),
    ("https://x.be/a\n   b", "https://x.be/ab"), ("a b.html", f"{SITE}/gr/1/a%20b.html"),
    ("https://x.be/a[1].pdf", "https://x.be/a%5B1%5D.pdf"), ("https://x.be/a|b", "https://x.be/a%7Cb"),
    ("https://x.be/a\\b", "https://x.be/a%5Cb"), ("https://x.be/100%", "https://x.be/100%25"),
    ("https://x.be/a^b", "https://x.be/a%5Eb"), ("https://x.be/`a`", "https://x.be/%60a%60"),
    ("&lt;https://x.be/a&gt;", "https://x.be/a"), ("[https://x.be/a]", "https://x.be/a"),
    ("\ufeffhttps://x.be/a", "https://x.be/a"), ("https://x.be/é", "https://x.be/é"), ("", URL), ("#", URL), (" ", URL),
    # Q13: a namespace under another name
    ("http://data.europa.eu/eli/ontologytitle", f"{ELI}title"),
    ("http://data.europa.eu/eli/ontology/title", f"{ELI}title"),
    ("https://data.europa.eu/eli/ontology#title", f"{ELI}title"), ("https://purl.org/dc/terms/title", f"{DCT}title"),
    ("https://data.vlaanderen.be/ns/besluit#Besluit", f"{BESLUIT}Besluit"),
    ("http://data.vlaanderen.be/ns/besluit/Besluit", f"{BESLUIT}Besluit"),
    ("http://data.vlaanderen.be/ns/mandaatMandataris", f"{MANDAAT}Mandataris"),
    (LIST.replace("Type/", "Type"), LIST), (LIST.replace("Type/", "Type#"), LIST),
    (LIST.replace("https:", "http:"), LIST), ("https://www.w3.org/ns/prov#value", f"{PROV}value"),
    ("https://xmlns.com/foaf/0.1/Document", f"{FOAF}Document"),
    *((value, value) for value in (
        "http://data.vlaanderen.be/ns/besluitvorming#Agenda", "https://data.vlaanderen.be/ns/besluitvorming#Agenda",
        "http://data.vlaanderen.be/ns/besluit-publicatie#X", "http://data.vlaanderen.be/ns/besluit",
        "http://data.europa.eu/eli/ontology", "http://data.vlaanderen.be/ns/mandaat/x/y",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), IRIS)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_an_iri(written: str, meant: str, quote: str) -> None:
    """However it is written, the IRI is the one that is meant; what is right stays."""
    assert objects(page(related(written, quote)), DCT.relation) == [f"<{meant}>"]


@pytest.mark.parametrize("attribute", ["resource", "href", "src"])
@pytest.mark.parametrize("written", ["null/id/x", "raad.example.be/id/x", f"{SITE}/(S(a))/id/x", "”/id/x”", " /id/x\n"])
def test_an_iri_in_any_attribute(attribute: str, written: str) -> None:
    """An IRI is repaired wherever it stands, as subject too."""
    assert objects(page(f'<a property="dc:relation" {attribute}="{written}"></a>'), DCT.relation) == [f"<{SITE}/id/x>"]
    about = page(f'<div><p about="{written}"><b property="dc:title">t</b></p></div>')
    assert about.lines == [f'<{SITE}/id/x> <{DCT.title}> "t" .']


@pytest.mark.parametrize(
    "written",
    ["https://a.be/1 https://a.be/2", "{{this.uri}}", "https://a.be/{{id}}", "een tekst", "https://a.be/&lt;div&gt;",
     'https://a.be/x\n<div class=', "https://x.be:abc/"],
)  # fmt: skip
def test_what_nobody_can_know_is_left_out_with_an_issue(written: str) -> None:
    """Several addresses, a template, text and the rest of a broken tag are no IRI, and that is said."""
    found = page(related(written) if '"' not in written else related(written, "'"))
    assert objects(found, DCT.relation) == []
    assert "invalid-iri" in {one.code for one in found.issues}


AFTER = '<div resource="#2" typeof="besluit:Agendapunt"><i property="besluit:aangebrachtNa" {}</i></div>'


@pytest.mark.parametrize(
    ("attributes", "meant"),
    [
        ('content="https://x.be/1" typeof="besluit:Agendapunt">', "https://x.be/1"),
        ("typeof='besluit:Agendapunt' content='https://x.be/1'>", "https://x.be/1"),
        ('typeof="besluit:Agendapunt" content=" http://x.be/1 ">', "http://x.be/1"),
        ('CONTENT="https://x.be/1" TYPEOF="besluit:Agendapunt">', "https://x.be/1"),
        ('typeof="besluit:Agendapunt" content="null/id/1">', f"{SITE}/id/1"),
        ('content="null/id/1">', f"{SITE}/id/1"),
        ('content="/id/1">', f"{SITE}/id/1"),
        ('content="#1">', f"{URL}#1"),
        ('content="raad.example.be/id/1">', f"{SITE}/id/1"),
        ('content="urn:uuid:1-2">', "urn:uuid:1-2"),
        ('content="https://x.be/1" datatype="xsd:string">', "https://x.be/1"),
        ('content="https://x.be/1" datatype="xsd:anyURI">', "https://x.be/1"),
        ('content="Punt 1" resource="https://x.be/1">', "https://x.be/1"),
        ('content="" resource="https://x.be/1" typeof="besluit:Agendapunt">', "https://x.be/1"),
        ('content="x" href="https://x.be/1">', "https://x.be/1"),
        ('>https://x.be/1', "https://x.be/1"),
        ('><b><a href="https://x.be/1">https://x.be/1</a></b>', "https://x.be/1"),
        ('content="https&#58;//x.be/1">', "https://x.be/1"),
    ],
)  # fmt: skip
def test_q2(attributes: str, meant: str) -> None:
    """An IRI in @content or as text is the object, whatever stands beside it."""
    found = page(AFTER.format(attributes))
    assert objects(found, BESLUIT.aangebrachtNa) == [f"<{meant}>"]
    assert not [line for line in found.lines if '"' in line or "#genid-" in line]


@pytest.mark.parametrize("text", ["(geen)", "n.v.t.", "punt 1", "https://x.be/a en https://x.be/b", "/", "#", "1/2"])
def test_q2_text_is_no_iri(text: str) -> None:
    """A text stays one, and that is said."""
    found = page(AFTER.format(f'content="{text}">'))
    assert objects(found, BESLUIT.aangebrachtNa) == [rdf.literal(text)]
    assert "text-for-iri" in {one.code for one in found.issues}


@pytest.mark.parametrize(
    "written",
    ["”besluit:Besluit”", "“besluit:Besluit”", "‘besluit:Besluit’", "„besluit:Besluit”", "«besluit:Besluit»",
     "″besluit:Besluit″", "&rdquo;besluit:Besluit&rdquo;", "&#8221;besluit:Besluit&#8221;", "`besluit:Besluit`",
     "&quot;besluit:Besluit&quot;", '\\"besluit:Besluit\\"', "'”besluit:Besluit”'", '"“besluit:Besluit”"',
     "'\"besluit:Besluit\"'", "´besluit:Besluit´", f"”{BESLUIT.Besluit}”", "”besluit:Besluit foaf:Document”",
     "'besluit:Besluit\"'"],
)  # fmt: skip
@pytest.mark.parametrize(
    "form", ["<p resource='#b' typeof={}>", "<P TYPEOF={} RESOURCE='#b'>", "<b><i typeof={} about=#b>"]
)
def test_q5(written: str, form: str) -> None:
    """Whatever quotes stand around a class, it is that class."""
    found = page(form.format(written))
    assert f"<{URL}#b> {TYPE} <{BESLUIT.Besluit}> ." in found.lines
    assert "q5-typographic-quotes" in {one.rule for one in found.repairs}


@pytest.mark.parametrize(
    ("html", "value"),
    [
        ("<p property=”dc:date” content=”2024-03-05” datatype=”xsd:date”>", f'"2024-03-05"^^<{XSD.date}>'),
        ("<p property=“dc:date” content=“true” datatype=“xsd:boolean”>", f'"true"^^<{XSD.boolean}>'),
        ("<p property=”dc:date” content=”12” datatype=”xsd:integer”>", f'"12"^^<{XSD.integer}>'),
        ('<p property="dc:date">”2024-03-05”</p>', '"”2024-03-05”"'),
    ],
)
def test_q5_around_a_value(html: str, value: str) -> None:
    """Around a value with a datatype they are no part of it; around a text they may be."""
    assert objects(page(html), DCT.date) == [value]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("besluit:openbaar", BESLUIT.openbaar), ("BESLUIT:openbaar", BESLUIT.openbaar), ("dct:title", DCT.title),
        ("DCT:title", DCT.title), ("eli:title", ELI.title), ("mandaat:start", MANDAAT.start),
        ("prov:value", PROV.value),
        ("dcterms:title", DCT.title), ("dc:title", DCT.title), ("Eli:title", ELI.title),
        ("lblodBesluit:linkToPublication", "http://lblod.data.gift/vocabularies/besluit/linkToPublication"),
        ("persoon:geslacht", "http://data.vlaanderen.be/ns/persoon#geslacht"),
        ("generiek:nummer", "https://data.vlaanderen.be/ns/generiek#nummer"),
        ("ext:x", "http://mu.semte.ch/vocabularies/ext/x"), ("”eli:title”", ELI.title), (" eli:title\n", ELI.title),
        ("eli&#58;title", ELI.title),
    ],
)  # fmt: skip
def test_q6(written: str, meant: str) -> None:
    """A prefix that is not in scope has the namespace that OSLO gives it; what is declared stays what it is."""
    found = extract(f'<div><p about="#a" property="{written}">x</p></div>'.encode(), URL)
    assert [p for _, p, _ in rdf.parse_lines("\n".join(found.lines))] == [f"<{meant}>"]
    assert "undefined-prefix" not in {one.code for one in found.issues}
    name = written.strip("” \n").replace("&#58;", ":").partition(":")[0]
    own = extract(f'<div prefix="{name}: https://e.be/"><p property="{name}:x">x</p></div>'.encode(), URL)
    assert [p for _, p, _ in rdf.parse_lines("\n".join(own.lines))] == ["<https://e.be/x>"]
    assert own.repairs == []


ALONE = '<div resource="#z" typeof="besluit:Zitting"><i property="besluit:heeftAanwezige" {}>Jan</i></div>'


@pytest.mark.parametrize(
    ("attributes", "is_page"),
    [
        ('resource="" typeof="mandaat:Mandataris"', False), ("typeof='mandaat:Mandataris' resource='#'", False),
        ('resource=" " typeof="mandaat:Mandataris"', False), ('resource typeof="mandaat:Mandataris"', False),
        ('href="#" typeof="mandaat:Mandataris"', False), ('href="" typeof="person:Person"', False),
        ('RESOURCE="" TYPEOF="foaf:Person"', False), ('resource="" typeof="besluit:Agendapunt"', False),
        ('resource="" typeof="”mandaat:Mandataris”"', False), ('resource="" typeof="skos:Concept"', False),
        ('resource="" typeof="lblodlg:Functionaris"', False), ('resource="" typeof="org:Membership"', False),
        ('resource="" typeof="foaf:Document"', True), (f'resource="" typeof="{LIST}"', True),
        (f'resource="" typeof="{LIST.replace("https", "http")}"', True),
        ('resource="" typeof="http://data.lblod.info/id/document-types/notulen"', True),
        ('resource="" typeof="foaf:document"', True), ('resource="" typeof="schema:WebPage"', True),
        ('resource="" typeof="eli:LegalExpression"', True), ('resource="#" typeof="besluit:Besluit"', True),
        ('resource="" typeof="foaf:Document mandaat:Mandataris"', True), ('resource=""', True),
    ],
)  # fmt: skip
def test_q9_an_empty_resource(attributes: str, is_page: bool) -> None:
    """It is the page unless the class says that no page can be that; a class that nobody knows leaves it the page."""
    (attendee,) = objects(page(ALONE.format(attributes)), BESLUIT.heeftAanwezige)
    assert (attendee == f"<{URL}>") is is_page
    assert attendee.startswith(f"<{URL}#genid-") is not is_page


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("besluit:zitting", BESLUIT.Zitting), ("besluit:ZITTING", BESLUIT.Zitting), ("foaf:document", FOAF.Document),
        ("foaf:DOCUMENT", FOAF.Document), ("besluit:AgendaPunt", BESLUIT.Agendapunt),
        ("besluit:behandelingVanAgendapunt", BESLUIT.BehandelingVanAgendapunt),
        ("besluit:BehandelingVanAgendaPunt", BESLUIT.BehandelingVanAgendapunt),
        ("mandaat:mandataris", MANDAAT.Mandataris),
        ("eli:legalresource", ELI.LegalResource), ("besluit:stemming", BESLUIT.Stemming),
        ("”besluit:besluit”", BESLUIT.Besluit), ("http://data.vlaanderen.be/ns/besluitZitting", BESLUIT.Zitting),
    ],
)  # fmt: skip
def test_q13_a_class(written: str, meant: str) -> None:
    """A class with other capitals, or behind half a namespace, is also the one of the standard."""
    assert f"<{meant}>" in objects(page(f'<p resource="#a" typeof="{written}"></p>'), RDF.type)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("besluit:Openbaar", BESLUIT.openbaar), ("besluit:geplandestart", BESLUIT.geplandeStart),
        ("besluit:GEHEIM", BESLUIT.geheim), ("eli:Title_Short", ELI.title_short),
        ("eli:juridischKader", BESLUIT.motivering),
        ("eli:juridischkader", BESLUIT.motivering), ("besluit:heeftonthouders", BESLUIT.heeftOnthouder),
        ("besluit:citeerOpschrift", ELI.title_short), ("besluit:heeftStemmingen", BESLUIT.heeftStemming),
        ("eli:date_entry_in_force", ELI.first_date_entry_in_force),
        ("besluit:heeftvoorzitter", BESLUIT.heeftVoorzitter),
        ("”besluit:heeftStemmers”", BESLUIT.heeftStemmer),
    ],
)  # fmt: skip
def test_q13_a_predicate(written: str, meant: str) -> None:
    """A predicate with other capitals or an invented one says also what the standard says; the original stays."""
    found = page(f'<p about="#a" property="{written}">x</p>')
    assert objects(found, meant) == ['"x"']
    assert len(found.lines) == 2


VOTE = '<p about="#s" property="dc:date" datatype="{}" content="{}"></p>'


@pytest.mark.parametrize(
    ("datatype", "written", "value"),
    [
        ("xsd:dateTime", "2024-03-05T20:00:00+01", "2024-03-05T20:00:00+01:00"),
        ("xsd:dateTime", "&#8206;5/03/2024&#8206; 20:00".replace("2024&#8206;", "2024"), "2024-03-05T20:00:00+01:00"),
        ("xsd:dateTime", "Dinsdag 5 maart 2024 om 20u", "2024-03-05T20:00:00+01:00"),
        ("xsd:dateTime", "05-03-2024 20:00:00", "2024-03-05T20:00:00+01:00"),
        ("xsd:dateTime", "2024-03-05T20:00:00 +01:00", "2024-03-05T20:00:00+01:00"),
        ("xsd:datetime", "2024-03-05T20:00", "2024-03-05T20:00:00+01:00"),
        ("XSD:DateTime", "2024-07-05 20:00", "2024-07-05T20:00:00+02:00"),
        ("http://www.w3.org/2001/XMLSchema/dateTime", "2024-07-05 20:00", "2024-07-05T20:00:00+02:00"),
        ("https://www.w3.org/2001/XMLSchema#dateTime", "5 juli 2024, 20.00 u.", "2024-07-05T20:00:00+02:00"),
        ("xs:dateTime", "5/7/2024 20h00", "2024-07-05T20:00:00+02:00"),
        ("xsd:dateTime", " 2024-07-05T20:00:00&nbsp;", "2024-07-05T20:00:00+02:00"),
        ("xsd:dateTime", "2024-03-05T20:00:00.1234567", "2024-03-05T20:00:00.1234567+01:00"),
        ("xsd:dateTime", "2024-03-05T20:00:00.000Z", "2024-03-05T20:00:00.000Z"),
    ],
)  # fmt: skip
def test_q10_moments(datatype: str, written: str, value: str) -> None:
    """A moment in any form that can mean one, under any spelling of its datatype."""
    assert objects(page(VOTE.format(datatype, written)), DCT.date) == [f'"{value}"^^<{XSD.dateTime}>']


@pytest.mark.parametrize(
    "written", ["3/5/24 20:00", "2024-03-05 8 PM", "31/02/2024 20:00", "0001-01-01T00:00:00", "morgen", "", "NULL",
                "5 maart 2024 van 20:00 tot 22:00", "1709665200", "2024-03-05T25:00:00", "{{start}}", "maart 2024"],
)  # fmt: skip
def test_q10_what_can_mean_two_things_stays_as_it_was_written(written: str) -> None:
    """No guess: the text as it was, and an issue."""
    found = page(VOTE.format("xsd:dateTime", written))
    assert objects(found, DCT.date) == [rdf.literal(written)]
    assert "no-such-value" in {one.code for one in found.issues}


PLACEHOLDERS = ("https://elders.be/dummy", "http://portaal.elders.be/x/placeholder", "https://elders.be/undefined")


@pytest.mark.parametrize("iri", PLACEHOLDERS)
def test_q7_several_documents(iri: str) -> None:
    """A placeholder for the agenda and the notulen of two zittingen stands for four documents, typed and stable."""
    zitting = (
        '<div resource="#z{0}" typeof="besluit:Zitting">'
        '<a property="besluit:heeftAgenda" href="/a{0}" resource="{1}" typeof="foaf:Document">a</a>'
        '<a property="besluit:heeftNotulen" href="/n{0}" resource="{1}" typeof="foaf:Document">n</a></div>'
    )
    found = page(zitting.format(1, iri) + zitting.format(2, iri))
    documents = {*objects(found, BESLUIT.heeftAgenda), *objects(found, BESLUIT.heeftNotulen)}
    assert len(documents) == 4
    assert all(one.startswith(f"<{URL}#document-") for one in documents)
    assert {s for s, p, o in rdf.parse_lines("\n".join(found.lines)) if o == f"<{FOAF.Document}>"} == documents
    assert iri not in "\n".join(found.lines)
    again = page("<p>Nieuws</p>" + zitting.format(1, iri))
    assert set(objects(again, BESLUIT.heeftAgenda)) < documents
    session = page(zitting.format(1, iri), URL.replace("/gr/", "/(S(abc))/gr/"))
    assert objects(session, BESLUIT.heeftAgenda) == objects(again, BESLUIT.heeftAgenda)


def test_q7_what_the_type_says_goes_to_the_document_of_that_type() -> None:
    """What is said of the placeholder is said of the only document that its type fits."""
    html = (
        '<div resource="#z" typeof="besluit:Zitting"><i property="besluit:heeftAgenda" resource="https://e.be/dummy"></i>'
        f'<i property="besluit:heeftBesluitenlijst" resource="https://e.be/dummy" typeof="{LIST}">'
        '<b property="eli:date_publication" datatype="xsd:date">2024-03-05</b></i></div>'
    )
    found = page(html)
    (document,) = objects(found, BESLUIT.heeftBesluitenlijst)
    assert f'{document} <{ELI.date_publication}> "2024-03-05"^^<{XSD.date}> .' in found.lines
    assert [s for s, _, o in rdf.parse_lines("\n".join(found.lines)) if o == f"<{LIST}>"] == [document]
    assert objects(found, BESLUIT.heeftAgenda) != [document]


def test_one_real_iri_for_the_documents_of_several_zittingen_is_an_issue() -> None:
    """It may be right, so it stays; the issue says which, of how many, where and what to do."""
    html = "".join(
        f'<div resource="#z{n}" typeof="besluit:Zitting"><i property="besluit:heeftNotulen" resource="https://e.be/n"></i></div>'
        for n in range(3)
    )
    found = page(html)
    assert set(objects(found, BESLUIT.heeftNotulen)) == {"<https://e.be/n>"}
    (issue,) = (one for one in found.issues if one.code == "shared-document")
    assert "https://e.be/n" in issue.message
    assert "3 zittingen" in issue.message
    assert issue.count == 2
    assert issue.place
    assert "IRI" in issue.fix


CLEAN = [
    f"""<div prefix="{PREFIX}"><div resource="#z" typeof="besluit:Zitting">
    <span property="besluit:geplandeStart" datatype="xsd:dateTime" content="2024-03-05T20:00:00+01:00">5 maart</span>
    <span property="besluit:isGehoudenDoor" resource="https://o.be/1" typeof="besluit:Bestuursorgaan"></span>
    <div property="besluit:behandelt" resource="#a" typeof="besluit:Agendapunt"><h2 property="dc:title">Titel</h2>
    <meta property="besluit:geplandOpenbaar" datatype="xsd:boolean" content="true"></div></div>
    <div resource="#b" typeof="besluit:BehandelingVanAgendapunt"><a property="dc:subject" href="#a">punt</a>
    <div property="prov:generated" resource="#d" typeof="besluit:Besluit"><h3 property="eli:title">Besluit</h3>
    <div property="prov:value" datatype="rdf:HTML"><p>Het <b>volle</b> (S) besluit; null/undefined.</p></div>
    <p property="eli:has_part" resource="#r" typeof="besluit:Artikel"><i property="eli:number">1</i></p>
    </div></div></div>""",
    f"""<html prefix="{PREFIX}" lang="nl"><body><div about="" typeof="foaf:Document {LIST}">
    <a rel="dc:relation" href="https://x.be/(haakjes)/a;b=1?c=d%20e#f">x</a><img src="data:,x" alt="x">
    <span property="dc:title">“Titel” met aanhalingstekens en {{accolades}}</span>
    <span property="dc:identifier">https://x.be/y</span></div></body></html>""",
    '<div vocab="http://schema.org/" typeof="Organization"><span property="name">X</span>'
    '<a property="url" href="https://www.x.be/sites/www.x.be/files/a.pdf">x</a></div>',
    '<div prefix="dct: http://purl.org/dc/terms/ x: https://x.be/ns#" about="urn:x:1"><p rel="x:a">'
    '<i resource="https://x.be/\'t-Hof"></i></p><p property="dct:date" datatype="xsd:gYear">2024</p>'
    '<p property="x:b" datatype="x:eigen">True</p><p property="dct:title" lang="nl-BE">Ja</p></div>',
    '<ul typeof="foaf:Person"><li property="foaf:name">A</li><li inlist property="foaf:nick">b</li></ul>',
    f'<div prefix="{PREFIX}"><p about="#s" typeof="besluit:Stemming" property="besluit:gevolg">aanvaard</p>'
    '<p about="#b" typeof="besluit:BehandelingVanAgendapunt"><i property="besluit:heeftStemming" resource="#s"></i>'
    '<i property="dc:subject" resource="#p"></i></p></div>',
]  # fmt: skip


@pytest.mark.parametrize("html", CLEAN)
def test_a_clean_page_is_read_as_plain_rdfa(html: str) -> None:
    """No repair fires on what is right, and every line is one of plain RDFa."""
    found = extract(html.encode(), URL)
    plain = extract(html.encode(), URL, repair=False)
    assert found.repairs == []
    assert found.lines == plain.lines
    assert found.lines
    assert found.derived == []


INVERSES = [
    ('<p resource="#d" typeof="besluit:Besluit"><i property="prov:wasGeneratedBy" resource="#b"></i></p>', "b", "d"),
    ('<p resource="#r" typeof="besluit:Artikel"><i property="eli:is_part_of" resource="#d"></i></p>', "d", "r"),
]


@pytest.mark.parametrize(("html", "outer", "inner"), INVERSES)
def test_q16_what_the_inner_entity_says_needs_no_place(html: str, outer: str, inner: str) -> None:
    """A besluit or artikel that says what it belongs to is linked from there, wherever it stands."""
    predicate = PROV.generated if inner == "d" else ELI.has_part
    found = page(f'<div resource="#z" typeof="besluit:Zitting">{html}</div>')
    assert found.derived == [f"<{URL}#{outer}> <{predicate}> <{URL}#{inner}> ."]
    assert "unlinked" not in {one.code for one in found.issues}


@pytest.mark.parametrize(
    "page",
    [
        "<body vocab=”{ns}” lang=”nl”><div resource=/id typeof=Besluit><p property=titel>a</p></div>",
        "<body vocab='“{ns}”' xml:lang='’nl’'><div resource=/id typeof=Besluit><p property=titel>a</p></div>",
        "<body lang='„nl”'><div vocab=«{ns}» resource=/id typeof=Besluit><p property=titel>a</p></div>",
    ],
)
def test_a_vocabulary_and_a_language_between_the_wrong_quotes(page: str) -> None:
    """`@vocab` and `@lang` are repaired as all other attributes are, and each triple that they concern is traced."""
    found = extract(page.format(ns=BESLUIT).encode(), "https://gemeente.example/p", examples=9)
    assert [line for line in found.lines if "usesVocabulary" not in line] == [
        f'<https://gemeente.example/id> <{BESLUIT.titel}> "a"@nl .',
        f"<https://gemeente.example/id> <{RDF.type}> <{BESLUIT.Besluit}> .",
    ]
    traced = {after for repair in found.repairs for _, after in repair.examples}
    assert len(traced) == 3
    assert all(before not in found.lines for repair in found.repairs for before, _ in repair.examples)


@pytest.mark.parametrize("empty", ["&nbsp;", "\u200b", " \ufeff ", "&nbsp;&#8203;"])
def test_a_resource_of_invisible_characters_is_an_empty_one(empty: str) -> None:
    """Nothing is lost of an element that names nothing: it is about the page, as with `resource=""`."""
    page = (
        '<body prefix="besluit: {0}"><div resource="{1}" typeof="besluit:Besluit"><p property="eli:title">a</p></div>'
    )
    url = "https://gemeente.example/p"
    assert (
        extract(page.format(BESLUIT, empty).encode(), url).lines
        == extract(page.format(BESLUIT, "").encode(), url).lines
    )
