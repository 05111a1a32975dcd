"""The data inside a page: our own RDFa processor reads back exactly what the entity says."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from belfort import rdf
from belfort.vocab import mu_uuid
from harvester.rdfa import parse
from tests.support.site_data import BESLUIT_IRI, EVIL, GEMEENTE, PERSOON_IRI, ZITTING

PATHS = {
    GEMEENTE: "/besturen/waterdorp",
    PERSOON_IRI: "/personen/noor",
    ZITTING: f"/zittingen/{mu_uuid(ZITTING)}",
    BESLUIT_IRI: f"/besluiten/{mu_uuid(BESLUIT_IRI)}",
    EVIL: f"/besluiten/{mu_uuid(EVIL)}",
}


@pytest.mark.parametrize("iri", PATHS)
def test_a_page_holds_its_entity(client: FlaskClient, app: Flask, iri: str) -> None:
    """Every triple of the entity is in the page, with datatype and language, and no other about that subject."""
    html = client.get(PATHS[iri], headers={"Accept": "text/html"}).data
    told = rdf.lines(
        triple for triple in parse(html, f"https://site.example{PATHS[iri]}").triples if triple[0] == f"<{iri}>"
    )
    expected = client.get(f"{PATHS[iri]}.nt").text
    assert "".join(f"{line}\n" for line in told) == expected
    assert len(told) > 2
