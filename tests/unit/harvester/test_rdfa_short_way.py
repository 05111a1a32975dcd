"""The short way of the walk never skips a repair, and says what the long way says."""

import pytest

from belfort.vocab import BESLUIT, RDF
from harvester.rdfa import Parsed, parse
from harvester.repairs import Repairs
from tests.support.rdfa import BASE

PREFIX = 'prefix="besluit: http://data.vlaanderen.be/ns/besluit#"'
TYPE = f"<{RDF.type}>"


def repaired(html: str) -> Parsed:
    """The snippet inside an agendapunt, with repairs."""
    page = f'<div {PREFIX} resource="#punt" typeof="besluit:Agendapunt">{html}</div>'
    return parse(page.encode(), BASE, repairs=Repairs())


@pytest.mark.parametrize(
    "attributes",
    [
        'content="null/id/1"', 'content="undefined/id/1"', 'content="https://www.example.org/id/1"',
        'content=" null/id/1 "', 'content="null/id/1" datatype="xsd:string"', 'content="null/id/1" datatype',
        'content="null/id/1" class="x" id="y"', 'content="null/id/1" typeof="besluit:Agendapunt"',
        'content="null/id/1" lang="nl"', 'datatype="xsd:anyURI" content="https://www.example.org/id/1"',
    ],
)  # fmt: skip
def test_q2_in_every_shape(attributes: str) -> None:
    """An IRI in `@content` is repaired whatever stands beside it, also `null/…`."""
    parsed = repaired(f'<span property="besluit:aangebrachtNa" {attributes}></span>')
    link = (f"<{BASE}#punt>", f"<{BESLUIT.aangebrachtNa}>", "<https://www.example.org/id/1>")
    assert link in parsed.triples
    assert any(trace.rule == "q2-iri-in-content" and trace.after == link for trace in parsed.traces)


@pytest.mark.parametrize("resource", ["", "#", " ", " # ", "\t", "\n#\n"])
@pytest.mark.parametrize("property_", ["", 'property="besluit:heeftStemming"'])
def test_q9_in_every_shape(resource: str, property_: str) -> None:
    """A `@resource` that was left empty, with whatever space, is no name of a stemming."""
    parsed = repaired(f'<span {property_} resource="{resource}" typeof="besluit:Stemming"></span>')
    (stemming,) = [s for s, p, o in parsed.triples if p == TYPE and o == f"<{BESLUIT.Stemming}>"]
    assert stemming.startswith("_:")


def test_dropped_tokens_are_counted_once_whoever_looks() -> None:
    """That a repair looks at an element does not count its faults twice."""
    parsed = repaired('<span property="nope besluit:aangebrachtNa" content="null/id/1"></span>')
    assert [(one.code, one.count) for one in parsed.issues] == [("dropped-token", 1)]


@pytest.mark.parametrize(
    "inner",
    [
        '<a href="/x"><b property="besluit:a">1</b></a>', '<img src="/x"><b property="besluit:a">1</b>',
        '<a href="/x"><i><b property="besluit:a">1</b></i></a>', '<a href><b property="besluit:a">1</b></a>',
        '<p rel="besluit:r"><a href="/x"><b property="besluit:a">1</b></a></p>',
        '<p rev="besluit:r"><i><img src="/x"></i><b resource="/y" typeof="besluit:T"></b></p>',
        '<b property="besluit:a">x<i property="besluit:b">y<u resource="/z" property="besluit:c"></u></i></b>',
        '<b property="besluit:a" content="1"><i resource="/q" typeof="besluit:T" property="besluit:b">2</i></b>',
        '<time property="besluit:a">2024-01-31</time>', '<b property="besluit:a" datatype="rdf:HTML"><i>x</i></b>',
        '<b resource="[nope:x]" property="besluit:a">x</b>', '<b resource property="besluit:a"></b>',
        '<b resource="/q" typeof property="besluit:a"></b>', '<b property content="x"></b>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("repair", [False, True])
def test_same_triples_the_long_way(inner: str, repair: bool) -> None:
    """The word `inlist` in an attribute or a comment sends every element the long way; that changes nothing."""
    page = f'<div {PREFIX} resource="#punt" typeof="besluit:Agendapunt">{inner}</div>'
    repairs = Repairs() if repair else None
    short = parse(page.encode(), BASE, repairs=repairs)
    long = parse(f"<!-- inlist -->{page}".encode(), BASE, repairs=repairs)
    assert short.triples == long.triples
    assert short.issues == long.issues
    assert short.raw == long.raw
    assert [short.place(one) for one in short.triples] == [long.place(one) for one in long.triples]
