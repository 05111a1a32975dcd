"""RDF as text: escapes and literals survive, lines are canonical, Turtle says exactly what it was given."""

from itertools import pairwise

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from belfort import rdf
from belfort.errors import InvalidInput
from belfort.vocab import BESLUIT, PREFIXES, RDF, XSD

texts = st.text()
sound = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff"))
languages = st.sampled_from(["nl", "nl-BE", "en", "de-Latn-be"])
datatypes = st.sampled_from([XSD.date, XSD.integer, RDF.HTML, "http://x.example/t#y"])
# Whatever follows a namespace that has a prefix must come back: dots, digits first, slashes, percent codes, accents.
locals_ = st.one_of(
    st.lists(st.sampled_from([*"abXY019._-~/#:?=&'()*+,;!@$éß漢", "%20", "%C3%A9"]), max_size=8).map("".join),
    st.sampled_from(["", ".", "a.", ".a", "-a", "1a", "a..b", "a.b", "true", "a%20b", "é", "_", "a/b", "Zitting", "-"]),
)
iris = st.builds(
    lambda namespace, local: rdf.iri(namespace + local),
    st.sampled_from([*PREFIXES.values(), "http://x.example/", "urn:x:"]),
    locals_,
).filter(lambda term: term.count("#") < 2)
literals = st.one_of(
    st.builds(rdf.literal, sound),
    st.builds(rdf.literal, sound, datatypes),
    st.builds(lambda text, language: rdf.literal(text, "", language), sound, languages),
)
blanks = st.sampled_from(["_:b0", "_:b1", "_:a.b"])
triples = st.tuples(st.one_of(iris, blanks), iris, st.one_of(iris, blanks, literals))


@given(texts)
@example("\\u0041")
@example("\\\n\r\t\b\f\"'\x00\x7f\x85\u2028\ud800\ufffe")
def test_escape_and_back(text: str) -> None:
    """Unescaping what was escaped gives the text, and the escaped form stays on one line and in its quotes."""
    escaped = rdf.escape(text)
    assert rdf.unescape(escaped) == text
    assert "\n" not in escaped
    assert "\r" not in escaped
    assert '"' not in escaped.replace("\\\\", "").replace('\\"', "")
    escaped.encode()


@pytest.mark.parametrize(
    ("written", "meant"),
    [(r"\u00e9", "é"), (r"\U0001F600", "😀"), (r"\t\b\n\r\f\"\'\\", "\t\b\n\r\f\"'\\"), (r"\\u00e9", r"\u00e9")],
)
def test_every_escape_of_n_triples_is_read(written: str, meant: str) -> None:
    """Also the escapes that Belfort does not write itself are understood."""
    assert rdf.unescape(written) == meant


@given(texts, datatypes, languages)
def test_a_literal_taken_apart(text: str, datatype: str, language: str) -> None:
    """Text, datatype and language come back as given; xsd:string is the same as none."""
    assert rdf.split_literal(rdf.literal(text, datatype)) == (text, datatype, "")
    assert rdf.split_literal(rdf.literal(text, "", language)) == (text, RDF.langString, language)
    assert rdf.literal(text, XSD.string) == rdf.literal(text)
    assert rdf.split_literal(rdf.literal(text)) == (text, XSD.string, "")
    assert {rdf.value(rdf.literal(text, datatype)), rdf.value(rdf.literal(text, "", language))} == {text}


@given(st.lists(triples))
def test_lines_are_sorted_and_distinct(rows: list[rdf.Triple]) -> None:
    """Lines are in the order of their bytes, each once, whatever the order they came in, and read back as they were."""
    found = rdf.lines(rows)
    encoded = [row.encode() for row in found]
    assert all(one < two for one, two in pairwise(encoded))
    assert rdf.lines(reversed([*rows, *rows])) == found
    assert set(rdf.parse_lines("\n".join(found))) == set(rows)


def test_lines_sort_by_bytes_not_by_code_units() -> None:
    """An astral character comes after U+FFFD, as in UTF-8 and unlike in UTF-16."""
    low, high = (rdf.literal(text) for text in ("\ufffd", "\U00010000"))
    subject, predicate = rdf.iri("http://x.example/s"), rdf.iri("http://x.example/p")
    rows = [rdf.line((subject, predicate, term)) for term in (low, high)]
    assert rdf.lines([(subject, predicate, high), (subject, predicate, low)]) == rows


def _model(serialised: str, form: pyoxigraph.RdfFormat) -> set[tuple[str, str, str]]:
    return {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in pyoxigraph.parse(serialised.encode(), format=form)
    }


@given(st.lists(triples, max_size=12))
@example([(rdf.iri("http://x.example/s"), rdf.TYPE, rdf.iri(BESLUIT["Agendapunt.type"]))])
@example([(rdf.iri(BESLUIT["a."]), rdf.iri(BESLUIT["1-é"]), rdf.literal('"^^<x>', XSD.date))])
@example([(rdf.iri("http://x.example/s"), rdf.iri(str(BESLUIT)), rdf.literal('"^^<http://x>'))])
def test_turtle_says_what_it_was_given(rows: list[rdf.Triple]) -> None:
    """An independent parser reads the same triples from our Turtle as from our N-Triples."""
    # Blank nodes are renamed by a parser; a name of the same length keeps the comparison plain.
    named = [tuple(f"<urn:blank:{term[2:]}>" if rdf.is_blank(term) else term for term in row) for row in rows]
    plain = "".join(f"{rdf.line(row)}\n" for row in named)  # type: ignore[arg-type]
    expected = _model(plain, pyoxigraph.RdfFormat.N_TRIPLES)
    assert len(expected) == len(set(named))
    assert _model(rdf.turtle(named), pyoxigraph.RdfFormat.TURTLE) == expected  # type: ignore[arg-type]


def test_turtle_keeps_blank_nodes_apart() -> None:
    """Two blank nodes stay two, and the one that is used twice stays one."""
    p = rdf.iri("http://x.example/p")
    rows = [("_:a", p, "_:b"), ("_:b", p, rdf.literal("x")), ("_:c", p, rdf.literal("x"))]
    quads = list(pyoxigraph.parse(rdf.turtle(rows).encode(), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(quads) == 3
    assert len({str(quad.subject) for quad in quads}) == 3


def test_turtle_declares_only_what_it_uses() -> None:
    """A prefix stands in the head when a name needs it; the type comes first as `a`."""
    subject = rdf.iri("http://x.example/s")
    rows = [(subject, rdf.iri("http://x.example/p"), rdf.literal("x")), (subject, rdf.TYPE, rdf.iri(BESLUIT.Zitting))]
    shown = rdf.turtle(rows)
    assert shown.count("@prefix") == 1
    assert shown.index(" a besluit:Zitting") < shown.index("<http://x.example/p>")


@pytest.mark.parametrize("row", ["<a>", "<a> <b>", "<a> <b> <c>", "<a> <b> <c>.", "<a>\t<b>\t<c> ."])
def test_a_line_that_is_none_is_refused_by_its_number(row: str) -> None:
    """The error says which line, and shows no more than the start of it."""
    with pytest.raises(InvalidInput, match="Regel 2 ") as caught:
        list(rdf.parse_lines(f"<a> <b> <c> .\n{row}{'x' * 500 if row == '<a>' else ''}\n"))
    assert len(caught.value.detail) < 200


def test_empty_lines_are_no_triples() -> None:
    """The line end of the last line gives nothing."""
    assert list(rdf.parse_lines("\n<a> <b> <c> .\n\n")) == [("<a>", "<b>", "<c>")]


def test_a_curie_for_people() -> None:
    """A name is shortened where a prefix fits and something is left of it."""
    assert rdf.curie(BESLUIT.Zitting) == "besluit:Zitting"
    assert rdf.curie(str(BESLUIT)) == str(BESLUIT)
    assert rdf.curie("http://x.example/a") == "http://x.example/a"
