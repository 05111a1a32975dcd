"""What a document says in words: the literals of an entity as plain paragraphs, articles with their number. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from belfort import rdf
from belfort.records.entity import Entity
from belfort.vocab import BESLUIT, DCT, ELI, EXT, FOAF, MU, PROV, RDF, RDFS, SKOS, XSD
from search.projection.plain import plain_text

MAX_TEXT = 2_000_000
TITLES = (ELI.title, DCT.title, SKOS.prefLabel, RDFS.label)
# What it says in the order in which people read it; other texts of the page come after.
_IN_ORDER = (ELI.title_short, ELI.description, DCT.description, BESLUIT.motivering, ELI.details)
_BODY = (PROV.value, ELI.notulen)
# Names of who was present would make every besluit of a zitting a hit for every councillor; the rest is no prose.
_NOT_TEXT = frozenset(
    {MU.uuid, RDF.type, EXT.insertAanwezigenText, ELI.language, PROV.wasDerivedFrom, PROV.atLocation, FOAF.name,
     DCT.subject, DCT.type, *TITLES}
)  # fmt: skip
_ABOUT_PEOPLE = ("aanwezig", "afwezig", "stemmer", "voorstander", "tegenstander", "onthouder", "verontschuldigd")
_PROSE = (str(XSD.string), str(RDF.langString), str(RDF.HTML), str(RDF.XMLLiteral))

_NUMBER = r"(?:(\d{1,4}(?:\s?(?:bis|ter|quater))?)|([Ee]nig|[Ee]erste))"
_HEAD = re.compile(rf"\s*(?:art(?:ikel|\.)?\s*{_NUMBER}|([Ee]nig)\s+artikel)\b\s*[°.:)\-–]*\s*", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"\s*(\d{1,4}(?:\s?(?:bis|ter|quater))?)\s*[°.]?\s*")
_INSIDE = re.compile(r"(?:(?<=^)|(?<=[\s.;:!?)»”\"\u200b]))(?:Artikel|ARTIKEL|Art\.?)\s*(\d{1,3})(?!\d)")


def literals(entity: Entity, *predicates: str) -> list[str]:
    """The texts of these predicates: literals only, a link is no text."""
    return [rdf.value(term) for name in predicates for term in entity.terms.get(name, ()) if term.startswith('"')]


def prose(entity: Entity) -> list[str]:
    """Everything that an entity says in words about itself, in pieces (see `body`), without its title and its body."""
    ranked = [(rank, name) for name in entity.terms if (rank := _rank(name)) >= 0]
    return _texts(entity, (name for _, name in sorted(ranked)))


def body(entity: Entity) -> list[str]:
    """The body that a page gives as one text, in pieces: what stands before its articles, and each article."""
    return _texts(entity, _BODY)


@lru_cache(maxsize=10_000)
def _rank(predicate: str) -> int:
    """The place of the texts of a predicate among the prose; below 0 when they are none."""
    if predicate in _IN_ORDER:
        return _IN_ORDER.index(predicate)
    about_people = any(word in predicate.lower() for word in _ABOUT_PEOPLE)
    return -1 if predicate in _NOT_TEXT or predicate in _BODY or about_people else len(_IN_ORDER)


def _texts(entity: Entity, predicates: Iterable[str]) -> list[str]:
    return [
        piece
        for name in predicates
        for term in entity.terms.get(name, ())
        if term.startswith('"') and _is_prose(term)
        for piece in articles_inside(_mended(plain_text(rdf.value(term))))
    ]


_GLUED = re.compile(
    r"(?<=[a-zà-ÿ])(?=(?:De|Het|Een|In|Op|Voor|Gelet|Artikel|Er|Dit|Deze|Bij|Met|Om|Als|Door|Na|Van|Uit|Aan|Volgens|Overwegende"
    r"|Feiten|Motivering|Juridisch|Juridische|Bevoegdheid|Besluit|Toelichting|Vormvereisten|Interne|Externe)\b)"
    r"|(?<=[a-zà-ÿ0-9)][.;:!?])(?=[A-ZÀ-Þ][a-zà-ÿ])"
)


_CAMEL = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]|[.;:!?][A-ZÀ-Þ]")
_TORN = re.compile(
    r"(?<![.:;!?])\n{2,}(?=[a-zà-ÿ])"
    r"|(?<=\b(?:de|en|in|of|om|op|te)\b)\n{2,}|(?<=\b(?:aan|bij|een|het|met|tot|uit|van)\b)\n{2,}|(?<=,)\n{2,}"
)


def _mended(text: str) -> str:
    """The text of elements as a reader sees them: RDFa takes the bare text of an element, with its line ends.

    `contextDe gemeente` is parted where a sentence begins (names such as UiTPAS stay whole); a sentence that was
    written over several lines is one again, so that phrases find it.
    """
    if "\n\n" in text:
        text = _TORN.sub(" ", text)
    return _GLUED.sub(" ", text) if _CAMEL.search(text) else text


def _is_prose(term: str) -> bool:
    if term.endswith('"'):
        return True
    parts = rdf.split_literal(term)
    return bool(parts.language) or parts.datatype in _PROSE


def article(entity: Entity) -> str:
    """An artikel as a block that begins with `Artikel 2. `, whichever way the page gives its number.

    Without a number, in its own property or at the head of its text, the text stands as it is.
    """
    number = next(iter(literals(entity, ELI.number)), "")
    heading = " ".join(plain_text(next(iter(literals(entity, *TITLES)), "")).split())
    texts = [plain_text(text) for text in (*literals(entity, ELI.description, DCT.description, PROV.value),)]
    body = "\n\n".join(text for text in dict.fromkeys(texts) if text)
    name = _name_of(number) or _name_of(heading)
    head = _HEAD.match(body)
    name = name or (_label(head) if head else "")
    if head and name == _label(head):
        body = body[head.end() :]
    rest = heading[match.end() :] if (match := _HEAD.match(heading)) else heading
    if rest and rest != number.strip() and not body.startswith(rest):
        body = f"{rest}\n{body}" if body else rest
    return f"{name}. {body}".strip() if name and body else body


def _name_of(text: str) -> str:
    """`Artikel 2` for `2`, `2.`, `Art. 2`, `artikel 2`; empty when the text gives no number."""
    found = _HEAD.match(text)
    if found:
        return _label(found)
    plain = _PLAIN_NUMBER.fullmatch(text)
    return f"Artikel {' '.join(plain[1].split())}" if plain else ""


def _label(head: re.Match[str]) -> str:
    digits, word, enig = head[1], head[2], head[3]
    if digits:
        return f"Artikel {' '.join(digits.split())}"
    return "Enig artikel" if enig or word.casefold() == "enig" else "Artikel 1"


def articles_inside(text: str) -> list[str]:
    """A text in pieces: where it has its articles in a row each is a piece of its own, `Artikel 2. …`.

    Only where they count up from 1: `artikel 41 van het decreet` in a sentence begins nothing.
    """
    if "rt" not in text and "RT" not in text:
        return [text]
    places: list[re.Match[str]] = []
    for match in _INSIDE.finditer(text):
        if int(match[1]) == len(places) + 1 and _begins(text, match):
            places.append(match)
    if not places:
        return [text]
    pieces = [text[: places[0].start()].strip()]
    for match, after in zip(places, [*(p.start() for p in places[1:]), len(text)], strict=True):
        rest = text[match.end() : after].lstrip(" \n\u200b\u00a0.:°-–)").strip()
        pieces.append(f"Artikel {match[1]}. {rest}".strip())
    return pieces


def _begins(text: str, match: re.Match[str]) -> bool:
    """Whether an article begins here: a dot, a colon or a line end follows, or a sentence."""
    after = text[match.end() : match.end() + 3].lstrip(" \u200b\u00a0")
    return not after or after[0] in ".:°-–)\n" or after[0].isupper()


def joined(texts: Iterable[str], title: str) -> str:
    """The distinct texts as paragraphs; one that an earlier one says in full, or that is the title, is left out."""
    said = {"", _bare(title)}
    kept: list[str] = []
    bare: list[str] = []
    for text in texts:
        core = _bare(text)
        if core in said or any(core in other for other in bare[:MAX_COMPARED]):
            continue
        said.add(core)
        kept.append(text)
        bare.append(core)
    return "\n\n".join(kept)[:MAX_TEXT]


MAX_COMPARED = 200
"""Texts that are searched for a repetition; a besluit of thousands of articles should not take minutes."""


def _bare(text: str) -> str:
    return "".join(text.replace("\u200b", " ").split()).casefold()


_NUMBERING = re.compile(r"^[\W\d_]+")


def adds_to(title: str, other: str) -> bool:
    """Whether a title says something that the other one does not say; numbers before it say nothing."""
    core = _bare(_NUMBERING.sub("", title))
    return bool(core) and core not in _bare(other)
