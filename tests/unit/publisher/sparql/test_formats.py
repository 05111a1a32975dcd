"""Choosing the format of an answer."""

import pytest

from publisher.sparql.formats import choose
from publisher.sparql.guard import Kind

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("kind", "accept", "name", "chosen"),
    [
        ("select", "", "", "json"),
        ("construct", "", "", "ttl"),
        ("select", "*/*", "", "json"),
        ("ask", "text/csv", "", "csv"),
        ("select", "text/csv;q=0.5, application/sparql-results+xml", "", "xml"),
        ("select", "application/json", "", "json"),
        ("describe", "application/json", "", "jsonld"),
        ("construct", "application/rdf+xml, text/turtle;q=0.9", "", "rdf"),
        ("select", "text/*", "", "xml"),
        ("select", "application/sparql-results+json;q=0, */*", "", "json"),
        ("select", "text/turtle", "", None),
        ("construct", "text/csv", "", None),
        ("select", "text/csv", "tsv", "tsv"),
        ("select", "", "application/sparql-results+xml", "xml"),
        ("select", "", "TURTLE", None),
        ("construct", "", "nt", "nt"),
        ("select", "q=NaN", "", "json"),
        ("select", "text/csv;q=NaN", "", "json"),
        ("select", "text/csv;q=x, text/tab-separated-values", "", "tsv"),
        ("select", "text/csv;q=7", "", "json"),
        ("select", ",;,/,;;q", "", None),
        ("select", BROWSER, "", "xml"),
        ("select", ", ".join(f"application/x-{n}" for n in range(200)), "", None),
    ],
)
def test_the_best_format_is_chosen(kind: Kind, accept: str, name: str, chosen: str | None) -> None:
    """The parameter wins, then the highest quality, then our own order; None when nothing fits."""
    found = choose(kind, accept, name)
    assert (found.name if found else None) == chosen
