"""The rules about votes in Python say exactly what the same rules in SPARQL say, on random stemmingen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belfort.rdf import TYPE, Triple, iri, literal
from belfort.vocab import BESLUIT, XSD
from shapes.validation import shape_set
from shapes.votes import RULES
from tests.support.shacl import both

VOTES = [iri(f"urn:ex:stemming{n}") for n in (1, 2)]
PEOPLE = [*(iri(f"urn:ex:persoon{n}") for n in range(4)), iri("https://g.example/p#genid-0123"), "_:b0"]
ROLES = ("Voorstander", "Tegenstander", "Onthouder")
NUMBERS = [
    *(literal(str(n), XSD.integer) for n in range(4)), literal("02", XSD.integer), literal("2"),
    literal("1.0", XSD.decimal), literal("twee", XSD.integer),
]  # fmt: skip
SECRETS = [
    *(literal(text, XSD.boolean) for text in ("true", "false", "1", "0", "ja")), literal("true"),
]  # fmt: skip
DOCUMENTS = ("notulen", "besluitenlijst")
BEHANDELING = iri("urn:ex:behandeling")


@st.composite
def votes(draw: st.DrawFn) -> list[Triple]:
    """One or two stemmingen with people, counts and a behandeling that may know who was present."""
    stemming, person = st.sampled_from(VOTES), st.sampled_from(PEOPLE)
    listed = [*(f"heeft{role}" for role in ROLES), "heeftStemmer", "heeftAanwezige"]
    statement = st.one_of(
        st.tuples(stemming, st.sampled_from([iri(BESLUIT[name]) for name in listed]), person),
        st.tuples(
            stemming, st.sampled_from([iri(BESLUIT[f"aantal{role}s"]) for role in ROLES]), st.sampled_from(NUMBERS)
        ),
        st.tuples(stemming, st.just(iri(BESLUIT.geheim)), st.sampled_from(SECRETS)),
        st.tuples(st.just(BEHANDELING), st.just(iri(BESLUIT.heeftAanwezige)), person),
        st.tuples(st.just(BEHANDELING), st.just(iri(BESLUIT.heeftStemming)), stemming),
    )
    return [(one, TYPE, iri(BESLUIT.Stemming)) for one in VOTES] + draw(st.lists(statement, max_size=25))


def _rules(document: str) -> list[str]:
    return [name for name in RULES if f":{document}:" in name]


@pytest.mark.parametrize("document", DOCUMENTS)
@settings(max_examples=60, deadline=None)
@given(data=votes())
def test_python_and_sparql_agree(document: str, data: list[Triple]) -> None:
    """Focus, path, value and rule of each violation are the same."""
    ours, theirs = both(data, shape_set(document).shapes, _rules(document))
    assert ours == theirs


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_rule_is_provoked(document: str) -> None:
    """Each rule has something to say, the same in both: no comparison is of two empty lists."""
    stemming = VOTES[0]
    data = [(stemming, TYPE, iri(BESLUIT.Stemming)), (stemming, iri(BESLUIT.heeftStemmer), PEOPLE[4])]
    data += [(stemming, iri(BESLUIT[f"aantal{role}s"]), NUMBERS[3]) for role in ROLES]
    data += [(stemming, iri(BESLUIT.heeftVoorstander), PEOPLE[0]), (stemming, iri(BESLUIT.heeftAanwezige), PEOPLE[1])]
    ours, theirs = both(data, shape_set(document).shapes)
    assert ours == theirs
    assert set(_rules(document)) <= {row[5] for row in ours}
