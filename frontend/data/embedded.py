"""What a page is about, inside the page: RDFa 1.1 in its head, so that whoever reads the page has the data too.

Every triple is a `link` or a `meta` of its own, with its subject: nothing depends on the markup of the page, nothing is
a script. Belfort's own processor reads it back as the lines of the entity (a test holds it to that).
Source: https://www.w3.org/TR/rdfa-core/, https://www.w3.org/TR/html-rdfa/.
"""

from html import escape

from belfort import rdf
from belfort.records.entity import Entity
from belfort.vocab import XSD

# A page is for people: of something larger than this the data is one click away, not in every page.
LARGEST = 64 * 1024


def head(found: Entity) -> str:
    """The elements for the head of the entity's page; nothing for what is too large."""
    if len(found.lines) > LARGEST:
        return ""
    return "".join(_element(triple) for triple in rdf.parse_lines(found.lines))


def into(page: str, found: Entity) -> str:
    """The page with the elements at the end of its head."""
    return page.replace("</head>", f"{head(found)}</head>", 1)


def _element(triple: rdf.Triple) -> str:
    subject, predicate, term = triple
    start = f'about="{_attribute(rdf.value(subject))}" property="{_attribute(rdf.value(predicate))}"'
    if not rdf.is_literal(term):
        return f'<link {start} href="{_attribute(rdf.value(term))}">\n'
    said = rdf.split_literal(term)
    if said.language:
        how = f'lang="{_attribute(said.language)}"'
    elif said.datatype == XSD.string:
        how = 'lang=""'  # else the text would get the language of the page
    else:
        how = f'datatype="{_attribute(said.datatype)}"'
    return f'<meta {start} {how} content="{_attribute(said.value)}">\n'


def _attribute(text: str) -> str:
    return escape(text).replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")
