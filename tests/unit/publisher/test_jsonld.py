"""Compact JSON-LD straight from lines says exactly what the lines say."""

import json
import re
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from pyld import jsonld as pyld

from belfort import rdf
from belfort.vocab import BESLUIT, DCT, ELI, PREFIXES, RDF, SKOS, XSD
from publisher import jsonld

SUBJECT = "https://x.example/id/besluiten/1"
PREDICATES = [
    BESLUIT.behandelt, BESLUIT.geplandeStart, BESLUIT.geheim, BESLUIT["Agendapunt.type"], DCT.title, ELI.title,
    SKOS.prefLabel, "https://eigen.example/veld", "http://purl.org/dc/terms/a/b", "http://purl.org/dc/terms//x",
]  # fmt: skip
_texts = st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=12)
_terms = st.one_of(
    st.sampled_from(["<https://x.example/a>", "<http://purl.org/dc/terms/title>", "<urn:x:y>", f"<{BESLUIT.Besluit}>"]),
    _texts.map(rdf.literal),
    st.tuples(_texts, st.sampled_from([XSD.dateTime, XSD.boolean, XSD.integer, XSD.date, "https://e.example/dt"])).map(
        lambda pair: rdf.literal(*pair)
    ),
    _texts.map(lambda text: rdf.literal(text, language="nl-be")),
)
_triples = st.lists(
    st.one_of(
        st.tuples(st.just(f"<{SUBJECT}>"), st.sampled_from([f"<{p}>" for p in PREDICATES]), _terms),
        st.tuples(
            st.just(f"<{SUBJECT}>"),
            st.just(rdf.TYPE),
            st.sampled_from([f"<{BESLUIT.Besluit}>", "<https://e.example/K>"]),
        ),
    ),
    min_size=1,
    max_size=12,
)


def _no_network(url: str, _options: Any) -> Any:
    raise AssertionError(f"a document must not need {url}")


def _read_back(text: str) -> set[str]:
    quads = pyld.to_rdf(json.loads(text), {"format": "application/n-quads", "documentLoader": _no_network})
    return {_canonical(line) for line in quads.split("\n") if line}


def _canonical(line: str) -> str:
    subject, predicate, rest = line.split(" ", 2)
    term = re.sub(r"\^\^<http://www.w3.org/2001/XMLSchema#string>$", "", rest.rstrip()[:-2])
    if not term.startswith('"'):
        return f"{subject} {predicate} {term}"
    value = rdf.split_literal(term)
    return f"{subject} {predicate} {rdf.literal(value.value, '' if value.language else value.datatype, value.language)}"


@settings(max_examples=150, deadline=None)
@given(_triples)
def test_expanding_a_document_gives_the_lines_again(triples: list[rdf.Triple]) -> None:
    """PyLD reads exactly the triples, without the network."""
    lines = rdf.lines(triples)

    read = _read_back(jsonld.document(SUBJECT, "\n".join(lines)))

    assert read == {_canonical(line) for line in lines}


def test_values_of_known_properties_are_plain() -> None:
    """The context types the values, so that a reader sees strings and not wrappers."""
    lines = rdf.lines(
        [
            (f"<{SUBJECT}>", rdf.TYPE, f"<{BESLUIT.Zitting}>"),
            (f"<{SUBJECT}>", f"<{BESLUIT.behandelt}>", "<https://x.example/a>"),
            (f"<{SUBJECT}>", f"<{BESLUIT.geplandeStart}>", rdf.literal("2026-01-01T20:00:00Z", XSD.dateTime)),
            (f"<{SUBJECT}>", f"<{DCT.title}>", rdf.literal("Zitting")),
        ]
    )

    node = json.loads(jsonld.node(SUBJECT, "\n".join(lines)))

    assert node == {
        "@id": SUBJECT,
        "@type": "besluit:Zitting",
        "besluit:behandelt": "https://x.example/a",
        "besluit:geplandeStart": "2026-01-01T20:00:00Z",
        "dct:title": "Zitting",
    }


@pytest.mark.parametrize("name", sorted(PREFIXES))
def test_every_prefix_may_be_a_prefix_in_json_ld(name: str) -> None:
    """JSON-LD 1.1 takes a term as prefix only when its namespace ends in a delimiter."""
    assert PREFIXES[name][-1] in "#/:?[]@"


def test_rdf_type_is_never_an_ordinary_key() -> None:
    """Framing by type finds nothing when rdf:type is an ordinary property."""
    node = json.loads(jsonld.node(SUBJECT, f"<{SUBJECT}> <{RDF.type}> <{BESLUIT.Besluit}> ."))

    assert node == {"@id": SUBJECT, "@type": "besluit:Besluit"}
