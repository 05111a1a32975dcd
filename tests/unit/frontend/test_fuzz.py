"""Whatever is asked, the site answers: never a 500, never a foreign word in an error."""

from urllib.parse import quote, urlencode

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belfort.vocab import mu_uuid
from tests.support.site_data import BESLUIT_IRI

PLACES = st.sampled_from(
    ["/", "/besturen", "/besturen/", "/besturen/waterdorp", f"/besluiten/{mu_uuid(BESLUIT_IRI)}", "/besluiten/",
     "/zoeken", "/zoeken.json", "/zoeken.csv", "/zoeken.atom", "/zoeken.jsonld", "/zoeken.ttl", "/zoeken/uitleg",
     "/gelijkaardig", "/suggesties", "/id/besluit/", "/resource", "/dumps/", "/sitemaps/", "/sparql", "/fouten/",
     "/static/", "/besturen/waterdorp/zittingen", "/dingen/"]
)  # fmt: skip
NAMES = st.one_of(
    st.sampled_from(["q", "iri", "id", "met", "cursor", "thema", "status", "peildatum", "pagina",
                     "per_pagina", "type", "bestuur", "van", "tot", "sort", "query",
                     "format", "voorbeeld", "default-graph-uri"]),
    st.text(max_size=8),
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=30), st.sampled_from(["1", "0", "-1", "999999999999", '"', "\0", "2024-02-30", "<x>"])
)
ACCEPTS = st.one_of(
    st.sampled_from(["text/html", "*/*", "", "application/ld+json", "text/turtle;q=2", ";;;,,,", "image/*"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=PLACES,
    rest=st.one_of(st.just(""), st.text(max_size=20)),
    suffix=st.sampled_from(["", ".jsonld", ".nq", ".html", ".exe"]),
    parameters=st.lists(st.tuples(NAMES, VALUES), max_size=3),
    accept=ACCEPTS,
    condition=st.sampled_from([None, "*", '"x"', "W/\"x\"", "onzin", '"']),
)  # fmt: skip
def test_no_request_is_a_server_error(
    app: Flask,
    place: str,
    rest: str,
    suffix: str,
    parameters: list[tuple[str, str]],
    accept: str,
    condition: str | None,
) -> None:
    """Any path, parameters and headers give an answer below 500, with the security headers, without an echo."""
    path = place + quote(rest.encode("utf-8", "replace"), safe="") + suffix
    query = urlencode(
        [(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in parameters]
    )
    headers = {"Accept": accept, **({"If-None-Match": condition} if condition else {})}
    answer = app.test_client().get(f"{path}?{query}" if query else path, headers=headers)

    assert answer.status_code < 500 or answer.status_code in (503, 504)
    assert "Content-Security-Policy" in answer.headers
    assert "<x>" not in answer.text or "sparql" in path
