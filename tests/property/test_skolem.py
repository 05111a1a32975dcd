"""Deleting, inserting or moving an unrelated block of a page leaves the IRIs of all other blank nodes as they are."""

from hypothesis import given
from hypothesis import strategies as st

from belfort.rdf import Triple
from harvester.rdfa import parse
from harvester.skolem import skolemise

PAGE = "https://a.example/p"
_WORDS = st.text("ab", min_size=1, max_size=2)


@st.composite
def _nested(draw: st.DrawFn, depth: int = 0) -> str:
    """Elements without an IRI, nested up to three deep, with a title or without."""
    inner = "".join(draw(st.lists(_nested(depth + 1), max_size=2))) if depth < 2 else ""
    title = f'<i property="dc:title">{draw(_WORDS)}</i>' if draw(st.booleans()) else ""
    return (
        f'<div property="dc:{draw(st.sampled_from(["relation", "subject"]))}" typeof="foaf:Agent">{title}{inner}</div>'
    )


# A page is a list of blocks, each about a subject of its own.
_BLOCKS = st.lists(st.lists(_nested(), min_size=1, max_size=3), min_size=1, max_size=4)


def _block(number: int, content: list[str]) -> str:
    return f'<section about="#s{number}"><div>{"".join(content)}</div></section>'


def _read(blocks: list[str]) -> list[Triple]:
    return skolemise(parse(f"<body>{''.join(blocks)}".encode(), PAGE).triples, PAGE)


@given(blocks=_BLOCKS, data=st.data())
def test_unrelated_blocks_do_not_matter(blocks: list[list[str]], data: st.DataObject) -> None:
    """What one block says is said with the same IRIs, alone and between any others, in any order."""
    pages = [_block(number, content) for number, content in enumerate(blocks)]
    whole = set(_read(pages))
    kept = data.draw(st.lists(st.sampled_from(pages), unique=True))
    assert set(_read(kept)) <= whole
    assert set(_read(data.draw(st.permutations(pages)))) == whole


@given(blocks=_BLOCKS)
def test_nodes_stay_distinct(blocks: list[list[str]]) -> None:
    """No two blank nodes become one: the number of triples stays, and so does that of the nodes."""
    page = f"<body>{''.join(_block(n, content) for n, content in enumerate(blocks))}".encode()
    triples = parse(page, PAGE).triples
    skolemised = skolemise(triples, PAGE)
    assert len(set(skolemised)) == len(set(triples))
    assert len({s for s, _, _ in skolemised}) == len({s for s, _, _ in triples})
