"""Repairs: each one counted, traced per triple, and switched off by name."""

import pytest

from belfort.errors import UsageError
from belfort.vocab import BESLUIT, DCT, ELI, RDF, XSD
from harvester.rdfa import parse
from harvester.repairs import CATALOGUE, Repairs, Rule
from tests.support.rdfa import BASE

Q5, Q6 = "q5-typographic-quotes", "q6-default-prefixes"
TYPE, BESLUIT_CLASS = f"<{RDF.type}>", f"<{BESLUIT.Besluit}>"


def test_q5_typed_through_typographic_quotes() -> None:
    """A type in typographic quotes is that type; the trace has what plain RDFa makes of it."""
    html = '<p prefix="besluit: http://data.vlaanderen.be/ns/besluit#" resource="#b" typeof=”besluit:Besluit”>x</p>'
    parsed = parse(html.encode(), BASE, repairs=Repairs())
    assert parsed.triples == [(f"<{BASE}#b>", TYPE, BESLUIT_CLASS)]
    (trace,) = parsed.traces
    assert (trace.rule, trace.after) == (Q5, parsed.triples[0])
    assert trace.before == (f"<{BASE}#b>", TYPE, '"”besluit:Besluit”"')
    assert parse(html.encode(), BASE).triples == []


@pytest.mark.parametrize(
    ("attribute", "subject"),
    [("about=”#b”", f"<{BASE}#b>"), ("about=“http://a/b”", "<http://a/b>"), ("about=’#b’", f"<{BASE}#b>")],
)
def test_q5_in_resources(attribute: str, subject: str) -> None:
    """Quotes around an IRI are no part of it."""
    parsed = parse(f'<p {attribute} property="dc:title">x</p>'.encode(), BASE, repairs=Repairs())
    assert parsed.triples == [(subject, f"<{DCT.title}>", '"x"')]


def test_q5_leaves_text_and_apostrophes_alone() -> None:
    """Values are text, not tokens; an IRI may end in a quote."""
    html = '<p about="http://a/foto’s’" property="dc:title" content="“x”"></p>'
    parsed = parse(html.encode(), BASE, repairs=Repairs())
    assert parsed.triples == [("<http://a/foto’s’>", f"<{DCT.title}>", '"“x”"')]
    assert parsed.traces == []


def test_q6_default_prefixes_everywhere() -> None:
    """Undeclared OSLO prefixes mean their namespace in predicates, types, resources and datatypes."""
    html = (
        '<p resource="besluit:x" typeof="besluit:Besluit"><i property="eli:title">x</i>'
        '<i property="eli:date_publication" datatype="besluitDocumentType:y">z</i></p>'
    )
    parsed = parse(html.encode(), BASE, repairs=Repairs())
    subject = f"<{BESLUIT.x}>"
    datatype = "https://data.vlaanderen.be/id/concept/BesluitDocumentType/y"
    assert set(parsed.triples) == {
        (subject, TYPE, BESLUIT_CLASS),
        (subject, f"<{ELI.title}>", '"x"'),
        (subject, f"<{ELI.date_publication}>", f'"z"^^<{datatype}>'),
    }
    assert {trace.rule for trace in parsed.traces} == {Q6}
    assert {trace.after for trace in parsed.traces} == set(parsed.triples)
    assert ("<besluit:x>", "<eli:date_publication>", '"z"^^<besluitDocumentType:y>') in {
        trace.before for trace in parsed.traces
    }
    assert parsed.issues == []


def test_q6_never_overrides() -> None:
    """A prefix that the page declares, a web scheme or an unknown word is left as it is."""
    html = (
        '<p prefix="besluit: http://eigen/" property="besluit:a">x</p>'
        '<p rel="dc:relation" resource="mailto:x"></p><p property="onbekend:a">x</p>'
    )
    parsed = parse(html.encode(), BASE, repairs=Repairs())
    assert {p for _, p, _ in parsed.triples} == {"<http://eigen/a>", f"<{DCT.relation}>", "<onbekend:a>"}
    assert parsed.traces == []
    assert [one.code for one in parsed.issues] == ["undefined-prefix"]


@pytest.mark.parametrize(("off", "left"), [((), {Q5, Q6}), ((Q5,), {Q6}), ((Q6,), {Q5}), ((Q5, Q6), set())])
def test_switching_off(off: tuple[str, ...], left: set[str]) -> None:
    """Each repair can be switched off by name."""
    html = "<p resource='#b' typeof=”foaf:Document”><i property='besluit:x'>x</i></p>"
    assert {trace.rule for trace in parse(html.encode(), BASE, repairs=Repairs(off)).traces} == left


def test_both_rules_on_one_token() -> None:
    """A token in typographic quotes with an undeclared prefix is repaired in full."""
    parsed = parse("<p resource='#b' typeof=”besluit:Besluit”></p>".encode(), BASE, repairs=Repairs())
    assert parsed.triples == [(f"<{BASE}#b>", TYPE, BESLUIT_CLASS)]


def test_unknown_name() -> None:
    """Switching off what does not exist is an error that lists what does."""
    with pytest.raises(UsageError, match="q7") as error:
        Repairs(["q7"])
    assert Q5 in error.value.hint


def test_rules_on_triples() -> None:
    """A rule on triples replaces them and leaves a trace of each."""
    predicate = f"<{DCT.date}>"
    rule = Rule(
        "date", "triple", "…", triple=lambda t, _: [(t[0], t[1], f'"x"^^<{XSD.date}>')] if t[1] == predicate else None
    )
    triples = [("<a:b>", predicate, '"x"'), ("<a:b>", f"<{DCT.title}>", '"y"')]
    repaired, (trace,) = Repairs(catalogue=[rule]).triples(triples)
    assert repaired == [("<a:b>", predicate, f'"x"^^<{XSD.date}>'), triples[1]]
    assert (trace.rule, trace.before, trace.after) == ("date", triples[0], repaired[0])


def test_catalogue_says_what_it_does() -> None:
    """Each rule has a name of its own and one sentence."""
    assert len({rule.name for rule in CATALOGUE}) == len(CATALOGUE)
    assert all(rule.says.endswith(".") for rule in CATALOGUE)
