"""Where a page leads to."""

import pytest

from harvester.extract import extract
from harvester.links import Link, find_links
from harvester.rdfa import parse

BASE = "https://a.example/lijst/index.html?month=02"


def links(html: str) -> list[Link]:
    """The links of a snippet."""
    return find_links(parse(html.encode(), BASE))


@pytest.mark.parametrize("attribute", ["property", "rel"])
@pytest.mark.parametrize(
    "name",
    ["lblodBesluit:linkToPublication", "besluit:heeftAgenda", "http://data.vlaanderen.be/ns/besluit#heeftNotulen",
     "heeftUittreksel", "foo besluit:heeftBesluitenlijst bar"],
)  # fmt: skip
def test_href_and_resource_are_a_pair(attribute: str, name: str) -> None:
    """The address to fetch and the entity behind it are both kept, whatever the prefix is called."""
    (link,) = links(f'<a {attribute}="{name}" href="/doc?a=1&amp;b=2#x" resource="http://r/1" typeof="foaf:Document">')
    assert (link.href, link.resource) == ("https://a.example/doc?a=1&b=2", "http://r/1")


@pytest.mark.parametrize(
    "href",
    ["{{contextPath}}/zittingen/{{id}}", "/a/${id}", "x.pdf", "x.PDF?y=1#z", "javascript:void(0)", "mailto:a@b.example",
     "file:///etc/passwd", "", "http://", "https://a\tb/<c>"],
)  # fmt: skip
def test_what_is_no_page(href: str) -> None:
    """Templates, PDFs, other schemes and impossible addresses are no links."""
    assert links(f'<a property="besluit:heeftAgenda" href="{href}">') == []


def test_other_elements_and_other_properties() -> None:
    """Any element with an href counts; other properties and names that only look alike do not."""
    html = (
        '<link rel="besluit:heeftAgenda" href="a"><map><area property="besluit:heeftNotulen" href="b"></map>'
        '<a property="ext:nietlinkToPublication" href="c"></a><a href="d">x</a><a property="prov:value" href="e"></a>'
    )
    assert [link.href for link in links(html)] == ["https://a.example/lijst/a", "https://a.example/lijst/b"]


def test_distinct_in_document_order() -> None:
    """The same link twice is one link."""
    html = '<a property="x:heeftAgenda" href="b"></a><a property="x:heeftAgenda" href="a"></a>' * 2
    assert [link.href[-1] for link in links(html)] == ["b", "a"]


def test_meta_refresh() -> None:
    """A page that sends one on leads there."""
    html = '<meta http-equiv="Refresh" content="0; URL=\'/verder#x\'"><meta http-equiv="refresh" content="30">'
    assert links(html) == [Link("https://a.example/verder", "", "refresh")]


def test_base_element_counts() -> None:
    """Addresses are relative to the base of the page."""
    assert links('<base href="/b/"><a property="x:heeftAgenda" href="c d">')[0].href == "https://a.example/b/c%20d"


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="alternate" type="application/rss+xml" href="/feed">',
        '<link rel="Alternate" type="application/atom+xml; charset=utf-8" href="/feed">',
        '<link rel="alternate" type="text/turtle" title="LDES" href="/feed">',
        '<a rel="ldes" href="/feed">stroom</a>',
        '<a property="tree:view" href="/feed">stroom</a>',
        '<a rel="dc:relation" typeof="ldes:EventStream" href="/feed">stroom</a>',
    ],
)
def test_feeds(html: str) -> None:
    """Feeds by their type or their words are links of their own kind."""
    assert links(html) == [Link("https://a.example/feed", "", "feed")]


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="stylesheet" type="text/css" href="/x">',
        '<link rel="alternate" type="text/turtle" href="/x">',
        '<link rel="alternate" hreflang="fr" href="/x">',
        '<a rel="bldes" href="/x">x</a>',
    ],
)
def test_no_feeds(html: str) -> None:
    """Other links in the head are none."""
    assert links(html) == []


def test_a_feed_makes_no_overview() -> None:
    """A page with a feed and no RDFa says nothing."""
    html = '<link rel="alternate" type="application/rss+xml" href="/feed"><p>x</p>'
    assert [one.code for one in extract(html.encode(), BASE).issues] == ["no-rdfa"]


def test_the_pair_is_repaired() -> None:
    """Both of a pair are spelled as in the triples: root, scheme, spaces and session repaired."""
    html = (
        '<a property="besluit:heeftAgenda" href="https://a.example/(S(x1))/a b.html" resource="null/id/1"></a>'
        '<a property="besluit:heeftNotulen" href="a.example/c" resource="a.example/d"></a>'
    )
    assert extract(html.encode(), BASE).links == [
        Link("https://a.example/a%20b.html", "https://a.example/id/1", "heeftAgenda"),
        Link("https://a.example/c", "https://a.example/d", "heeftNotulen"),
    ]
