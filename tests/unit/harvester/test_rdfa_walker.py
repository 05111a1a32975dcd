"""What markup means: hand-written triples for the cases that conformance tests and tidy pages do not reach."""

import pytest

from belfort.rdf import Triple
from belfort.vocab import DCT, RDF, XSD
from harvester.rdfa import parse
from tests.support.rdfa import BASE, through_html5lib, triples

TITLE, DATE = f"<{DCT.title}>", f"<{DCT.date}>"
PAGE = f"<{BASE}>"
T = f"<{BASE}#t>"


def says(*texts: str, subject: str = PAGE, predicate: str = TITLE) -> set[Triple]:
    """Triples with those plain literals."""
    return {(subject, predicate, f'"{text}"') for text in texts}


def test_text_of_a_described_descendant_is_not_lost() -> None:
    """A literal keeps the text of descendants that carry a property of their own."""
    html = (
        '<div about="#x" property="schema:a">A <span rel="schema:b" resource="#r">'
        '<i property="schema:c">Y</i></span> B</div>'
    )
    assert triples(html) == {
        (f"<{BASE}#x>", "<http://schema.org/a>", '"A Y B"'),
        (f"<{BASE}#x>", "<http://schema.org/b>", f"<{BASE}#r>"),
        (f"<{BASE}#r>", "<http://schema.org/c>", '"Y"'),
    }


# Expected: the tree that the HTML specification builds, worked out by hand from its parsing rules.
MALFORMED: list[tuple[str, set[Triple]]] = [
    ('<table><tr><td property="dc:title">a</td><p property="dc:title">b</p></tr></table>', says("a", "b")),
    ('<b><p property="dc:title">x</b>y</p>', says("xy")),
    ('<p property="dc:title">a<p property="dc:title">b', says("a", "b")),
    ('<div/><span property="dc:title">x</span>', says("x")),
    ('<form about="#a"><form about="#b"><p property="dc:title">x</p></form></form>', says("x", subject=f"<{BASE}#a>")),
    ('<a about="#1" href="/a"><a about="#2" property="dc:title">x</a></a>', says("x", subject=f"<{BASE}#2>")),
    ('<i about="#1"><b property="dc:title">x</i>y</b>', says("x", subject=f"<{BASE}#1>") | says("y")),
    ('<my-card property="dc:title">x</my-card>', says("x")),
    ('<ul><li property="dc:title">a<li property="dc:title">b</ul>', says("a", "b")),
    ('<p property="dc:title" property="dc:date">x</p>', says("x")),
    ("<p property='dc:title'>x", says("x")),
    ('<p property="dc:title">a<!-- b -->c</p>', says("ac")),
    ('<p property="dc:title">a<template>b</template>c</p>', says("ac")),
    ('<p PROPERTY="dc:title">x</p>', says("x")),
    ('<p property="DC:title">x</p>', says("x")),
    ('<p property="dc:title">&amp;&lt;&eacute;</p>', says("&<é")),
    ('<p>x</p><html prefix="q: http://q/"><p property="q:a">t</p>', says("t", predicate="<http://q/a>")),
    ('<svg><g property="dc:title">x</g></svg>', says("x")),
    # Foster parenting: text, elements and formatting in a table move before it; cells stay.
    ('<table about="#t"><b property="dc:title">x<tr><td property="dc:title">y', says("x") | says("y", subject=T)),
    ('<div property="dc:title"><table><tr>a<td>b</td>c</tr></table>d</div>', says("acbd")),
    ('<table about="#t"><caption property="dc:title">x<tr><td>y', says("x", subject=T)),
    ('<table about="#t"><tr><td><table><tr><td property="dc:title">x</table>y', says("x", subject=T)),
    ('<table about="#t"><tr property="dc:title"><td>a<td>b</table>', says("ab", subject=T)),
    (
        '<table><input type="hidden" about="#h" property="dc:title" content="x"></table>',
        says("x", subject=f"<{BASE}#h>"),
    ),
    # The adoption agency: what was opened inside a formatting element is cut in two.
    ('<a about="#t"><p property="dc:title">1</a>2</p>', says("12")),
    ('<b about="#t"><div property="dc:title">1</b>2</div>', says("12")),
    ('<i property="dc:title">1<b>2</i>3</b>', says("12")),
    ('<p property="dc:title">1<b property="dc:date">2</p>3', says("12") | says("2", "3", predicate=DATE)),
    ('<p><b about="#t"><p property="dc:title">x', says("x")),
    # Forms, late html and body, self-closing tags, select, custom elements, headings, buttons.
    ('<form about="#t"><div></form><p property="dc:title">x', says("x", subject=T)),
    ('x<body about="#t"><p property="dc:title">x', says("x", subject=T)),
    ('x<html about="#t"><p property="dc:title">x', says("x", subject=T)),
    ('<span about="#t"/><span property="dc:title">x', says("x", subject=T)),
    ('<br about="#t"/><span property="dc:title">x', says("x")),
    ('<select><option property="dc:title">a<option property="dc:title">b</select>', says("a", "b")),
    ('<x-a about="#t"><x-b property="dc:title">x</x-a>y</x-b>', says("x", subject=T)),
    ('<h1 property="dc:title">a<h2 property="dc:title">b</h1>c', says("a", "b")),
    ('<button about="#t"><button property="dc:title">x', says("x")),
    ('<dl><dt property="dc:title">a<dd property="dc:title">b<dt property="dc:title">c</dl>', says("a", "b", "c")),
    ('<textarea property="dc:title">\n<b>x</textarea>', says("<b>x")),
    ('<title property="dc:title"><b>x</b></title>', says("<b>x</b>")),
    ('<p property="dc:title">a</p></body></html><p property="dc:title">b', says("a", "b")),
    ('<p property="dc:title">a<!-->b--></p>', says("ab-->")),
    ('<p property="dc:title">a</b></i></p>', says("a")),
    ('<p about="#t" <b property="dc:title">x</b>', says("x", subject=T)),
]


@pytest.mark.parametrize(("html", "expected"), MALFORMED, ids=[html for html, _ in MALFORMED])
def test_malformed_markup(html: str, expected: set[Triple]) -> None:
    """Broken markup means what the tree of the HTML specification says."""
    assert triples(html) == expected


# html5lib knows no <template>: it leaves in the tree what HTML takes out of it.
@pytest.mark.parametrize("html", [html for html, _ in MALFORMED if "<template>" not in html])
def test_malformed_markup_on_the_tree_of_html5lib(html: str) -> None:
    """The tree of html5lib, which follows the HTML specification too, gives the same triples."""
    assert set(through_html5lib(html.encode(), BASE)) == triples(html)


@pytest.mark.parametrize(
    ("html", "term"),
    [
        ('<time property="dc:date">2024-01-31</time>', f'"2024-01-31"^^<{XSD.date}>'),
        ('<time property="dc:date">20:30</time>', '"20:30"'),
        ('<p property="dc:date" datetime="P1DT2H">x</p>', f'"P1DT2H"^^<{XSD.duration}>'),
        ('<p property="dc:date" datetime="P">x</p>', '"P"'),
        ('<p property="dc:date" datetime="2024-01">x</p>', f'"2024-01"^^<{XSD.gYearMonth}>'),
        ('<p property="dc:date" datetime="2024">x</p>', f'"2024"^^<{XSD.gYear}>'),
        ('<p property="dc:date" datetime="2024-04-15T18:00:00.0000000Z">x</p>',
         f'"2024-04-15T18:00:00.0000000Z"^^<{XSD.dateTime}>'),
        ('<p property="dc:date" datatype="xsd:date" content=" 31-02-2024 ">x</p>', f'" 31-02-2024 "^^<{XSD.date}>'),
        ('<p property="dc:date" datatype="xsd:integer">007</p>', f'"007"^^<{XSD.integer}>'),
        ('<p property="dc:date" datatype="xsd:string" lang="nl">x</p>', '"x"'),
        ('<p property="dc:date" datatype="" lang="nl-BE">x</p>', '"x"@nl-BE'),
        ('<p lang="nl" property="dc:date" content="x"></p>', '"x"@nl'),
        ('<p lang="nl"><b lang="" property="dc:date">x</b></p>', '"x"'),
        ('<p lang="nl_BE" property="dc:date">x</p>', '"x"'),
        ('<p property="dc:date" content></p>', '""'),
        ('<p property="dc:date" datatype="nope">x</p>', '"x"'),
        ('<p property="dc:date" datatype="rdf:HTML">a<b>c</b></p>', f'"a<b>c</b>"^^<{RDF.HTML}>'),
        ('<p property="dc:date">a\\b "c"\nd\te</p>', '"a\\\\b \\"c\\"\\nd\\te"'),
    ],
)  # fmt: skip
def test_literals(html: str, term: str) -> None:
    """A literal keeps its exact lexical form; datatype and language follow HTML+RDFa."""
    assert triples(html) == {(PAGE, DATE, term)}


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<p property="title">x</p>', "dropped-token"),
        ('<p about="[x:y]" property="dc:title">x</p>', "unknown-curie"),
        ('<p property="dc:title" datatype="nope">x</p>', "unknown-datatype"),
        ('<p property="dc:title" lang="nl_BE">x</p>', "invalid-language"),
        ('<p prefix="http://x/">x</p>', "prefix-syntax"),
        ('<p prefix="a: b: http://x/">x</p>', "prefix-syntax"),
        ('<p property="besluit:x">x</p>', "undefined-prefix"),
        ('<p about="/a b" property="dc:title">x</p>', "invalid-iri"),
    ],
)
def test_faults_become_issues(html: str, code: str) -> None:
    """What says nothing, or not what was meant, is an issue with the text that is wrong."""
    issues = parse(html.encode(), BASE).issues
    assert [(one.code, one.count) for one in issues] == [(code, 1)]
    assert issues[0].message
    assert issues[0].fix


def test_html_link_types_are_no_faults() -> None:
    """`rel="nofollow"` and the like are HTML, not forgotten RDFa; web schemes are no forgotten prefixes."""
    html = '<a rel="nofollow noopener" href="/x">x</a><a rel="dc:relation" href="mailto:a@b.example">x</a>'
    assert parse(html.encode(), BASE).issues == []


def test_unusable_iri_drops_its_triples_only() -> None:
    """What is said with an impossible IRI is left out and counted; the rest of the page stands."""
    html = (
        '<p about="/a b" property="dc:title">x</p><p about="/a b" property="dc:date">y</p>'
        '<p about="/c" property="dc:title">z</p>'
    )
    parsed = parse(html.encode(), BASE)
    assert set(parsed.triples) == says("z", subject="<https://www.example.org/c>")
    assert [(one.code, one.count) for one in parsed.issues] == [("invalid-iri", 2)]
    assert parsed.raw == 3


def test_nul_and_surrogates_in_text_break_nothing() -> None:
    """NUL, encoded surrogates and noncharacters in text and attributes end in valid N-Triples."""
    html = b'<p property="dc:title">a\0b\xed\xa0\x80c\xef\xbf\xbf</p><p about="/\0" property="dc:title" lang="\0">x</p>'
    for triple in parse(html, BASE).triples:
        assert "\0" not in "".join(triple)
        "".join(triple).encode()


def test_place_of_a_triple() -> None:
    """Each triple can be traced to the element that stated it."""
    parsed = parse(b'<div id="z"><p>a</p><p property="dc:title">b</p></div>', BASE)
    assert parsed.place(parsed.triples[0]) == "div#z > p:nth-of-type(2)"
    assert parsed.place(("<a:b>", "<a:b>", "<a:b>")) == ""


def test_blank_labels_are_one_node_each() -> None:
    """`_:a` is the same node wherever it stands, and so is `_:` alone."""
    found = triples('<p about="_:a" property="dc:title">1</p><p about="_:a" property="dc:title">2</p>')
    assert len({subject for subject, _, _ in found}) == 1
    assert len({s for s, _, _ in triples('<p about="_:" rel="dc:relation" resource="_:"></p>')}) == 1


def test_lists_are_written_where_they_belong() -> None:
    """`@inlist` below a resource makes the list of that resource."""
    html = '<p about="#a" rel="dc:relation" resource="#b"><i property="dc:title" inlist>1</i></p>'
    found = triples(html)
    assert {s for s, p, _ in found if p == TITLE} == {f"<{BASE}#b>"}
    assert ("_:b0", f"<{RDF.first}>", '"1"') in found
    assert ("_:b0", f"<{RDF.rest}>", f"<{RDF.nil}>") in found


def test_empty_list_is_nil() -> None:
    """`@inlist` without items is an empty list."""
    assert triples('<p rel="dc:relation" inlist></p>') == {(PAGE, f"<{DCT.relation}>", f"<{RDF.nil}>")}


def test_patterns_are_copied_through_patterns() -> None:
    """A pattern that copies a pattern ends, also in a circle, and only patterns that were copied go."""
    html = (
        '<p resource="#x" typeof="foaf:Person"><link property="rdfa:copy" href="#p"></p>'
        '<p resource="#p" typeof="rdfa:Pattern"><link property="rdfa:copy" href="#q"><i property="dc:title">1</i></p>'
        '<p resource="#q" typeof="rdfa:Pattern"><link property="rdfa:copy" href="#p"><i property="dc:date">2</i></p>'
    )
    assert triples(html) == {
        (f"<{BASE}#x>", f"<{RDF.type}>", "<http://xmlns.com/foaf/0.1/Person>"),
        (f"<{BASE}#x>", TITLE, '"1"'),
        (f"<{BASE}#x>", DATE, '"2"'),
    }


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        ('<base href="/b/#x">', "https://www.example.org/b/c"),
        ('<base href=" HTTP://elders.example/b/ ">', "HTTP://elders.example/b/c"),
        ('<base href="//elders.example/b/">', "https://elders.example/b/c"),
        # Nothing can be resolved against these, so the address of the page stays the base.
        *[
            (f'<base href="{href}">', "https://www.example.org/pagina/c")
            for href in ("http://a b/", "http://", "about:blank", "javascript:void(0)", "data:text/html,x",
                         "mailto:a@b", "urn:x:y", "file:///etc/", "")
        ],
        # The first one that has a `@href` counts, whether it is usable or not.
        ('<base target="_top"><base href="/b/"><base href="/d/">', "https://www.example.org/b/c"),
        ('<base href="about:blank"><base href="/d/">', "https://www.example.org/pagina/c"),
    ],
)  # fmt: skip
def test_base_element(bases: str, expected: str) -> None:
    """The first base counts, without its fragment; what is no web address is ignored, in XHTML too."""
    html = (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head>{bases}</head><body><p about="c" property="dc:title">x</p>'
    )
    assert triples(html) == says("x", subject=f"<{expected}>")
    xhtml = bases.replace('">', '"/>').join(html.split(bases)) + "</body></html>"
    found = parse(xhtml.encode(), BASE, content_type="application/xhtml+xml").triples
    assert set(found) == says("x", subject=f"<{expected}>")
