"""RDFa in XHTML, SVG and XML: what each host language changes, and what an XML parser must refuse."""

import pytest

from belfort.vocab import DCT, XHV
from harvester.rdfa import Parsed, Unreadable, parse
from harvester.rdfa.host import SVG_NS, XHTML_NS, is_xml

BASE = "https://www.example.org/map/pagina"
TITLE = f"<{DCT.title}>"
PUBLIC = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML+RDFa 1.1//EN" "http://127.0.0.1:9/xhtml-rdfa-2.dtd">'


def xhtml(body: str, doctype: str = "<!DOCTYPE html>", attributes: str = "") -> Parsed:
    """An XHTML page, parsed."""
    page = f'<?xml version="1.0"?>{doctype}<html xmlns="{XHTML_NS}" {attributes}><head/><body>{body}</body></html>'
    return parse(page.encode(), BASE, content_type="application/xhtml+xml")


def xml(page: str, content_type: str = "application/xml") -> Parsed:
    """An XML page, parsed."""
    return parse(page.encode(), BASE, content_type=content_type)


@pytest.mark.parametrize(
    ("content", "content_type", "address", "expected"),
    [
        (b'<?xml version="1.0"?><html/>', "text/html", "http://a/x.xhtml", False),
        (b"<html>", "application/xhtml+xml; charset=utf-8", "http://a/", True),
        (b"<svg>", "image/svg+xml", "http://a/", True),
        (b'  <?xml version="1.0"?><html>', "", "http://a/", True),
        (b"<html>", "", "http://a/x.XHTML?a=b.html", True),
        (b"<html>", "text/plain", "http://a/x.html?a=.svg", False),
        (b'<!-- c --><svg xmlns="http://www.w3.org/2000/svg">', "", "http://a/", True),
        (b'<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">', "", "http://a/", False),
        (b'<div xmlns:besluit="http://b/">', "", "http://a/", False),
        (b'<div xmlns="http://www.w3.org/1999/xhtml">', "", "http://a/", False),
        (b"tekst", "", "http://a/", False),
    ],
)
def test_choice_of_parser(content: bytes, content_type: str, address: str, expected: bool) -> None:
    """The media type decides; without one the XML declaration, the address and the root's namespace do."""
    assert is_xml(content, content_type, address) is expected


def test_xhtml_1_has_its_terms_and_not_the_rules_of_html() -> None:
    """`rel="next"` and `@rel` beside `@property` mean something in XHTML 1 only; `<time>` in XHTML5 only."""
    body = (
        '<a rel="next" href="2">v</a><a property="dc:title" rel="up" href="0">t</a><time property="dc:date">2024</time>'
    )
    first, fifth = (set(xhtml(body, doctype).triples) for doctype in (PUBLIC, "<!DOCTYPE html>"))
    following = (f"<{BASE}>", f"<{XHV.next}>", "<https://www.example.org/map/2>")
    assert following in first
    assert following not in fifth
    assert (f"<{BASE}>", TITLE, '"t"') in first
    assert (f"<{BASE}>", TITLE, "<https://www.example.org/map/0>") in fifth
    assert (f"<{BASE}>", f"<{DCT.date}>", '"2024"') in first
    assert (f"<{BASE}>", f"<{DCT.date}>", '"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>') in fifth


def test_version_attribute_says_xhtml_1() -> None:
    """Without a public identifier `@version` tells XHTML 1 from XHTML5."""
    assert xhtml('<a rel="next" href="2"/>', attributes='version="XHTML+RDFa 1.1"').triples
    assert not xhtml('<a rel="next" href="2"/>').triples


def test_language() -> None:
    """`xml:lang` comes before `lang`, an empty one clears it, and plain XML knows no `lang`."""
    body = (
        '<p lang="nl" xml:lang="fr" property="dc:title">a</p>'
        '<p xml:lang="nl"><b xml:lang="" property="dc:title">b</b></p>'
    )
    assert {o for _, _, o in xhtml(body).triples} == {'"a"@fr', '"b"'}
    assert xml('<r><p lang="nl" property="dc:title">a</p></r>').triples == [(f"<{BASE}>", TITLE, '"a"')]


def test_xml_base() -> None:
    """`xml:base` counts in XML and SVG, also below the root and relative to the one above it; never in XHTML."""
    page = (
        '<r xml:base="http://b/x/"><p property="dc:title">1</p><s xml:base="y/">'
        '<p about="z" property="dc:title">2</p><p about="#f" property="dc:title">3</p></s>'
        '<p about="z" property="dc:title">4</p></r>'
    )
    assert xml(page).triples == [
        ("<http://b/x/>", TITLE, '"1"'),
        ("<http://b/x/y/z>", TITLE, '"2"'),
        ("<http://b/x/y/#f>", TITLE, '"3"'),
        ("<http://b/x/z>", TITLE, '"4"'),
    ]
    (triple,) = xhtml('<p xml:base="http://b/" about="z" property="dc:title">1</p>').triples
    assert triple[0] == "<https://www.example.org/map/z>"
    assert [one.code for one in xml('<r><p xml:base="http://[" property="dc:title">1</p></r>').issues] == [
        "invalid-base"
    ]


def test_namespaces_are_prefixes() -> None:
    """A namespace declaration is a prefix, also repeated below an `@prefix`, which wins on its own element."""
    page = (
        '<r xmlns:q="http://1/" prefix="q: http://2/"><a property="q:a">x</a>'
        '<s xmlns:q="http://1/"><a property="q:b">y</a></s></r>'
    )
    assert [p for _, p, _ in xml(page).triples] == ["<http://2/a>", "<http://1/b>"]


def test_xml_literal() -> None:
    """An XMLLiteral repeats the namespaces in scope on its top elements, and keeps comments, order and characters."""
    body = (
        '<div xmlns:v="http://v/" prefix="a: http://a/"><p property="dc:title" datatype="rdf:XMLLiteral">1 &lt; 2 '
        '<b id="x" class="&quot;">é<v:i v:k="1"/></b><!--c--><br/> &amp;</p></div>'
    )
    scope = f'xmlns="{XHTML_NS}" xmlns:a="http://a/" xmlns:v="http://v/"'
    literal = f'1 &lt; 2 <b id="x" class="&quot;" {scope}>é<v:i v:k="1"></v:i></b><!--c--><br {scope}></br> &amp;'
    escaped = literal.replace('"', '\\"')
    assert [o for _, _, o in xhtml(body).triples] == [
        f'"{escaped}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral>'
    ]


def test_text_is_not_lost() -> None:
    """Entities of HTML, CDATA and text around comments all stay in a literal; a CDATA section is taken as it stands."""
    (triple,) = xhtml(
        '<p property="dc:title">a&nbsp;&eacute;<!-- &nope; --><![CDATA[<&eacute;>]]><b>c</b>d</p>', PUBLIC
    ).triples
    assert triple[2] == '"a\u00a0é<&eacute;>cd"'


def test_rdf_xml_in_an_image() -> None:
    """RDF/XML in the metadata of an SVG image is part of what the page says; broken RDF/XML is an issue."""
    rdf_xml = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/terms/">'
        '<rdf:Description rdf:about=""><dc:title rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">007</dc:title>'
        "</rdf:Description></rdf:RDF>"
    )
    image = (
        f'<svg xmlns="{SVG_NS}" xml:base="http://b/"><desc property="dc:title">x</desc><metadata>%s</metadata></svg>'
    )
    assert xml(image % rdf_xml, "image/svg+xml").triples == [
        ("<http://b/>", TITLE, '"x"'),
        ("<http://b/>", TITLE, '"007"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ]
    broken = xml(image % rdf_xml.replace('about=""', 'about="http://["'), "image/svg+xml")
    assert [one.code for one in broken.issues] == ["embedded-rdf"]
    assert len(broken.triples) == 1


def test_place_of_a_triple() -> None:
    """A triple of an XML page can be traced to its element too."""
    parsed = xhtml('<p>a</p><p property="dc:title">b</p>')
    assert parsed.place(parsed.triples[0]) == "html > body > p:nth-of-type(2)"


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ('<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "entities"),
        ('<!DOCTYPE r [<!ENTITY % a "b">%a;]><r/>', "entities"),
        ('<!DOCTYPE r [<!-- ]> --><!ENTITY lol "x">]><r>&lol;</r>', "entities"),
        ('<!DOCTYPE r [<!ENTITY nbsp SYSTEM "file:///etc/passwd">]><r property="dc:title">&nbsp;</r>', "entities"),
        ("<r>&unknown;</r>", "not-well-formed"),
        ("<r><s></r>", "not-well-formed"),
        ("<a:r/>", "not-well-formed"),
        ("<r>" * 5_000 + "</r>" * 5_000, "nesting"),
    ],
)
def test_what_is_refused(page: str, code: str) -> None:
    """Entities, XML that is none and too deep nesting end in an error with the code of its issue."""
    with pytest.raises(Unreadable) as raised:
        xml(page)
    assert raised.value.code == code


def test_xhtml_that_is_no_xml_is_read_as_html() -> None:
    """What was sent as XHTML but is not well-formed loses nothing, and an issue says so."""
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><p property="dc:title">a<p property="dc:title">b'
    parsed = parse(page, BASE, content_type="application/xhtml+xml")
    assert [o for _, _, o in parsed.triples] == ['"a"', '"b"']
    assert [one.code for one in parsed.issues] == ["not-xml"]


def test_encoding() -> None:
    """The XML declaration names the encoding, the server's charset comes before it."""
    page = '<?xml version="1.0" encoding="ISO-8859-1"?><r property="dc:title">é</r>'
    for content, media in (
        (page.encode("latin-1"), "text/xml"),
        (page.encode(), "text/xml; charset=utf-8"),
        (page.encode("utf-16"), "text/xml"),
    ):  # fmt: skip
        assert [o for _, _, o in parse(content, BASE, content_type=media).triples] == ['"é"']
