"""A feed that is gated in parts says in public what it would say gated as a whole."""

import json
import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from belfort import rdf
from belfort.jobs import open_context
from belfort.records import origin
from belfort.records.assertion import assertion
from belfort.records.database import read
from belfort.settings import Settings
from belfort.vocab import ADMS, BESLUIT, FOAF, LEIDINGGEVENDEN, LMB, LOCN, MANDAAT, MU, ORG, PERSON, RDF, SCHEMA
from publisher import gate
from publisher.register import chain, listing, row, run
from publisher.register.intake import Wish, intake
from publisher.verify import verify
from tests.support.feed import Feed

DRAFT = "http://data.lblod.info/id/concept/MandatarisPublicationStatusCode/588ce330-4abb-4448-9776-a17d9305df07"
SUBJECTS = [f"http://data.lblod.info/id/dingen/{n}" for n in range(5)]
CLASSES = [
    MANDAAT.Mandataris, LEIDINGGEVENDEN.Functionaris, PERSON.Person, SCHEMA.ContactPoint, LOCN.Address,
    BESLUIT.Bestuurseenheid, LEIDINGGEVENDEN.Bestuursfunctie, ADMS.Identifier, MANDAAT.Mandaat, "http://x.example/Y",
]  # fmt: skip
LINKS = [
    MANDAAT.isBestuurlijkeAliasVan, ORG.holds, SCHEMA.contactPoint, LOCN.address, ADMS.identifier, ORG.hasMembership,
]  # fmt: skip


def uri(value: str) -> dict[str, str]:
    return {"type": "uri", "value": value}


def said(subject: str, predicate: str, target: dict[str, str]) -> dict[str, Any]:
    return {"subject": uri(subject), "predicate": uri(predicate), "object": target}


ANY = st.sampled_from(SUBJECTS)
STATEMENTS = st.one_of(
    st.builds(lambda s, c: said(s, RDF.type, uri(c)), ANY, st.sampled_from(CLASSES)),
    st.builds(lambda s, p, o: said(s, p, uri(o)), ANY, st.sampled_from(LINKS), ANY),
    st.builds(lambda s: said(s, FOAF.familyName, {"type": "literal", "value": "Peeters"}), ANY),
    st.builds(lambda s: said(s, MU.uuid, {"type": "literal", "value": "u-1"}), ANY),
    st.builds(lambda s: said(s, LMB.hasPublicationStatus, uri(DRAFT)), ANY),
)
FILES = st.lists(
    st.fixed_dictionaries(
        {"deletes": st.lists(STATEMENTS, max_size=4), "inserts": st.lists(STATEMENTS, max_size=14)}
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@given(files=FILES, part=st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_parts_equal_the_whole(files: list[dict[str, Any]], part: int) -> None:
    """After every run, however small its parts, assertions and held counts are those of the gate over everything."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "PART", part)
        context = open_context(Settings(data=Path(folder), log_level="error"))
        feed = Feed()
        iri = listing.feed_iri(feed.source.url)
        for number, changes in enumerate(files):
            feed.add(f"k{number}", json.dumps([changes]).encode(), number=number)
            intake(context, feed.source, fetch=feed, wish=Wish(accept=True))
            with chain.opened(context, iri) as state:
                lines = [line for _, one in state.every() for line in row.lines(one)]
                held = {tuple(json.loads(name)): n for name, n in state.totals("held").items()}
            with read(context.engine) as connection:
                speaker = origin.find(connection, iri)
                assert speaker
                stored = {found.subject: found.lines for found in connection.execute(assertion.select())}
            whole = gate.gate(rdf.parse_lines("\n".join(lines)), speaker)
            assert stored == {subject: "\n".join(rows) for subject, rows in whole.lines.items()}
            assert held == dict(whole.held)
        assert list(verify(context)) == []
        context.engine.dispose()
