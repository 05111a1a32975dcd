"""The page for people: its words in order, its places marked, nothing of its markup."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from harvester.page_view import MAX_TOKENS, Token, view
from harvester.rdfa.tree import css_path

URL = "https://g.example/p"
HTML = """<!doctype html><html><head><title>T</title><style>p{}</style><meta property="a:b" content="c"></head>
<body><h1>Zitting</h1><div id="een"><p>Eerste <b>punt</b>, <a href="javascript:x" onclick="y">lees</a>.</p>
<script>boos()</script><ul><li>a<li>b</ul></div><template>niet</template>
<table><tr><th>Voor<td>12</table><img src="https://elders.example/x" alt="wapen">
<span property="x:y" content="z"></span>
<p>onaf <p>open</body></html>"""


def show(html: str, *places: str, content_type: str = "text/html; charset=utf-8") -> list[Token]:
    """The tokens of a page."""
    return view(html.encode(), URL, content_type, places)


def words(tokens: list[Token]) -> str:
    """The tokens as lines of text."""
    return "".join("\n" if one.kind in ("break", "box", "/box") else one.text for one in tokens)


def balanced(tokens: list[Token]) -> bool:
    """Whether everything that opens closes, in order."""
    stack: list[str] = []
    for one in tokens:
        if one.kind in ("box", "span", "bold"):
            stack.append(one.kind)
        elif one.kind.startswith("/") and (not stack or stack.pop() != one.kind[1:]):
            return False
    return not stack


def test_words_and_nothing_else() -> None:
    """Texts come in order, each block on a line of its own; scripts, styles, attributes and templates do not come."""
    lines = words(show(HTML)).split("\n")
    assert lines[:5] == ["Zitting", "Eerste punt, lees.", "• a", "• b", "Voor · 12"]
    text = "\n".join(lines)
    assert "[beeld: wapen]" in text
    for hidden in ("boos", "javascript", "onclick", "elders", "niet", "p{}", "T\n"):
        assert hidden not in text


def test_every_selector_of_the_reader_is_found() -> None:
    """Each element is marked at the selector that issues and findings give it, also one in the head."""
    tree = LexborHTMLParser(HTML)
    paths = [css_path(node) for node in tree.css("body *:not(script), meta") if node.tag != "template"]
    tokens = show(HTML, *paths)
    assert [one.place for one in tokens if one.place] == sorted(paths, key=[t.place for t in tokens].index)
    assert {one.place for one in tokens if one.place} == set(paths)
    assert balanced(tokens)


def test_a_place_without_words_shows_its_tag() -> None:
    """A meta or an empty element can be pointed at too: its start tag stands there, cut when long."""
    tokens = show(HTML, "html > head > meta:nth-of-type(1)", "html > body > span:nth-of-type(1)")
    assert [one.text for one in tokens if one.kind == "code"] == [
        '<meta property="a:b" content="c">', '<span property="x:y" content="z">',
    ]  # fmt: skip
    long = show(f'<p id=a content="{"x" * 5000}"></p>', "p#a")
    assert all(len(one.text) < 300 for one in long)


def test_an_id_that_stands_twice_names_the_first() -> None:
    """One place, one mark."""
    assert [one.kind for one in show("<p id=a>x</p><p id=a>y</p>", "p#a") if one.place] == ["box"]


def test_xhtml_with_its_own_tree() -> None:
    """A page in XML is shown from the same tree that was read: an empty div there is closed."""
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><div/><p>een<!-- c --> twee</p> staart</body></html>'
    tokens = show(page, "html > body > p:nth-of-type(1)", content_type="application/xhtml+xml")
    assert [line for line in words(tokens).split("\n") if line] == ["een twee", "staart"]
    assert [one.place for one in tokens if one.place] == ["html > body > p:nth-of-type(1)"]


@pytest.mark.parametrize(
    "html", ["", "<", "<b>" * 9000 + "diep", "<div>" * 9000 + "diep", "<p>x" * 200_000, "<![CDATA[", "\0", "<x:y z>"]
)
def test_any_bytes_give_balanced_tokens(html: str) -> None:
    """Nothing crashes; a page with too much is cut, and says so."""
    tokens = show(html)
    assert balanced(tokens)
    assert len(tokens) < MAX_TOKENS + 50_000
    if len(tokens) > MAX_TOKENS:
        assert tokens[-1].kind == "cut"
