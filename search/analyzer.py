"""The one analyzer: text becomes tokens, for the index and for queries alike, whatever the engine.

Enters: any text. Leaves: tokens with their place in it, or the same as strings for an index. Steps: words and
identifiers as they stand, NFKC, lower case, accents folded (`normalize`), one stem for all inflections (`stemming`),
parts of compounds (`compounds`), other ways to write an identifier (`identifiers`). A change of the rules, here or in
those modules, changes `_RULES`; that or a change in `data/` changes `ANALYZER_VERSION`, and so every index is made
again.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search.dutch.compounds import compound_parts, compound_terms, last_part
from search.dutch.identifiers import Written, identifier, split_abbreviation
from search.dutch.lexicon import DATA, is_known, read_data, stop_words
from search.dutch.normalize import INVISIBLE, LONGEST, normalize
from search.dutch.stemming import REMEMBERED, stem

__all__ = [
    "ANALYZER_VERSION", "LONGEST", "RUN", "Columns", "Token", "analyze", "columns", "compound_parts", "normalize",
    "stem", "stop_words",
]  # fmt: skip

_RULES = "2"

_PIECE = rf"[^\W_]+(?:[\u0300-\u036f{INVISIBLE}]+[^\W_]*)*"
_JOINTS = r"[./_\-\u2010\u2011'\u2019]"
RUN = re.compile(rf"{_PIECE}(?:(?:\.[\-\u2010\u2011]|{_JOINTS}){_PIECE})*")
"""Characters that stand together; tokens never cross from one run to the next."""
_SPLIT = re.compile(_PIECE)
_DIGIT = re.compile(r"\d")
_PARAGRAPH = re.compile(r"\n\s*\n")
_APOSTROPHES = frozenset("'\u2019")
_ELLIPSIS = re.compile(rf"- (?:en|of|en/of) ({_PIECE})")
# The look-behind stands after the first letter, so that only places with that letter are tried.
_NAME = re.compile(rf"([VD](?<!\w.)(?:an(?:de[nr]?)?|en?)(?: [Dd]e[nr]?)?) ((?=[A-Z]){_PIECE})")
_WITH_PARTICLE = re.compile(r"(van(?:de[nr]?)?|de[nr]?)([a-z]{4,})")
_IN_RUN = re.compile(rf"\w|{_JOINTS}")
_LAST_PIECE = re.compile(rf"{_PIECE}\Z")
# Said and written out: what is also found by the long form.
_ALSO = {"olv": ("onzelievevrouw",), "onzelievevrouw": ("olv",)}


class Token(NamedTuple):
    """One word of a text.

    `start` and `end` are its place in the text as given. `exact` is the word in lower case without accents; `stem`
    is what all its inflections share. `extra` are further terms by which the word is found: joined forms
    (`sintniklaas`), parts of identifiers, stems of compound parts. `gap` is true when a paragraph begins here:
    phrases do not cross it. `joint` is what bound it to the token before: `-` for Sint-Niklaas, else empty.
    """

    start: int
    end: int
    exact: str
    stem: str
    extra: tuple[str, ...]
    gap: bool = False
    joint: str = ""


class Columns(NamedTuple):
    """The tokens of a text as strings of terms with spaces between them."""

    exact: str
    stem: str
    extra: str


_new = tuple.__new__  # half the time of Token(…), which counts in a long text

ANALYZER_VERSION = _RULES + "-" + hashlib.sha256("\0".join(map(read_data, DATA)).encode()).hexdigest()[:8]
"""Names the rules and the word lists; stored with each index."""


def analyze(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    tokens: list[Token] = []
    breaks = _breaks(text)
    coming = next(breaks)
    together = _together(text)
    for run in RUN.finditer(text):
        place = run.start()
        gap = place > coming
        if gap:
            gap = bool(tokens)
            coming = next(one for one in breaks if one > place)
        for start, end, exact, stemmed, extra, joint in _tokens(run[0]):
            if together:
                extra += together.get(place + start, ())
            tokens.append(_new(Token, (place + start, place + end, exact, stemmed, extra, gap, joint)))
            gap = False
    return tokens


def columns(text: str, gap: str) -> Columns:
    """What `analyze` finds, as strings; `gap` stands between the paragraphs of `exact` and `stem`."""
    exact: list[str] = []
    stems: list[str] = []
    extra: list[str] = []
    for paragraph in _PARAGRAPH.split(text) if "\n" in text else (text,):
        rows = [row for run in RUN.findall(paragraph) if (row := _columns(run))[0]]
        if rows:
            if exact:
                exact.append(gap)
                stems.append(gap)
            exact += [row[0] for row in rows]
            stems += [row[1] for row in rows]
            extra += [row[2] for row in rows if row[2]]
    extra += [term for terms in _together(text).values() for term in terms]
    return Columns(" ".join(exact), " ".join(stems), " ".join(extra))


def _breaks(text: str) -> Iterator[int]:
    """The ends of the empty lines of a text, then a place after every text."""
    if "\n" in text:
        yield from (found.end() - 1 for found in _PARAGRAPH.finditer(text))
    yield len(text)
    yield len(text) + 1


def _together(text: str) -> dict[int, tuple[str, ...]]:
    """What words say together that no run of characters says alone; place of a word → further terms.

    `fiets- en voetpaden` has a fietspad, and `Van den Broeck` is `Vandenbroeck` too.
    """
    found: dict[int, tuple[str, ...]] = {}
    if "- " in text:
        for match in _ELLIPSIS.finditer(text):
            first = _LAST_PIECE.search(text, max(0, match.start() - LONGEST), match.start())
            end = last_part(normalize(match[1]))
            if first and end and not _IN_RUN.match(text, max(0, first.start() - 1), first.start()):
                whole = normalize(first[0]) + end
                found[first.start()] = tuple(dict.fromkeys((stem(whole), *compound_terms(whole))))
    for match in _NAME.finditer(text):
        if match[0][0] == "V" or not is_known(normalize(match[2])):
            found[match.start(2)] = (normalize(match[0]),)
    return found


Part = tuple[int, int, str, str, tuple[str, ...], str]
"""A token at its place in a run: start, end, exact, stem, extra, joint."""


@lru_cache(maxsize=REMEMBERED)
def _columns(run: str) -> tuple[str, str, str]:
    """The tokens of a run as strings."""
    parts = _tokens(run)
    if len(parts) == 1:
        _, _, exact, stemmed, extra, _ = parts[0]
        return exact, stemmed, " ".join(extra)
    return (
        " ".join(part[2] for part in parts), " ".join(part[3] for part in parts),
        " ".join(term for part in parts for term in part[4]),
    )  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def _tokens(run: str) -> tuple[Part, ...]:
    """The tokens of characters that stand together: a word, a hyphenated name, an identifier."""
    if run.isalpha():
        return _word(run, 0, _surname(run))
    if _DIGIT.search(run):
        pair = split_abbreviation(run)
        if pair:
            return (*_word(run[: pair[0]], 0), *_identifier(run[pair[1] :], pair[1]))
        return _identifier(run, 0)
    pieces = list(_SPLIT.finditer(run))
    if "." in run and all(len(piece[0]) == 1 for piece in pieces):
        return _identifier(run, 0)
    joints = {run[piece.start() - 1] for piece in pieces[1:]}
    if joints <= _APOSTROPHES and (len(pieces) == 1 or len(pieces[0][0]) > 1):
        return _apostrophe(run)
    return _hyphenated(run, pieces, is_name=not joints & set("./_"))


def _word(word: str, start: int, extra: tuple[str, ...] = (), joint: str = "") -> tuple[Part, ...]:
    exact = normalize(word)
    if not exact:
        return ()
    more = tuple(dict.fromkeys((*extra, *compound_terms(exact), *_ALSO.get(exact, ()))))
    return ((start, start + len(word), exact, stem(exact), more, joint),)


def _surname(run: str) -> tuple[str, ...]:
    """What stands after the particle of a name written as one word: wulf of Dewulf."""
    if run[0] not in "DV" or not run[1:].islower():
        return ()
    exact = normalize(run)
    found = None if is_known(exact) else _WITH_PARTICLE.fullmatch(exact)
    # Dergelijke is no Der Gelijke; but nearly all that begins with Van is a name, also Vandamme.
    return (found[2],) if found and (found[1].startswith("van") or not is_known(found[2])) else ()


def _hyphenated(run: str, pieces: list[re.Match[str]], *, is_name: bool) -> tuple[Part, ...]:
    """Sint-Niklaas: its words, and one word of them all; e-mail and co-ouderschap are one word only."""
    words = [normalize(piece[0]) for piece in pieces]
    if is_name and words[0] in ("st", "ste"):
        words[0] = "sint"
    whole = normalize("".join(words))
    joined: tuple[str, ...] = ()
    if is_name and whole:
        joined = tuple(dict.fromkeys((whole, stem(whole), *compound_terms(whole), *_ALSO.get(whole, ()))))
        if _is_prefix(words[0]) and "-" in run:
            rest = (term for word in words[1:] for term in (word, stem(word)))
            return ((0, len(run), whole, stem(whole), tuple(dict.fromkeys((*joined[1:], *rest))), ""),)
    found: list[Part] = []
    for piece, word in zip(pieces, words, strict=True):
        joint = "-" if found and joined else ""
        if word:
            more = dict.fromkeys((*(() if found else joined), *compound_terms(word)))
            found.append((piece.start(), piece.end(), word, stem(word), tuple(more), joint))
    return tuple(found)


def _is_prefix(word: str) -> bool:
    return word == "co" or (len(word) == 1 and word not in "dst")


def _apostrophe(run: str) -> tuple[Part, ...]:
    """Foto's and auto's: a plural by apostrophe has the stem of its singular."""
    base = re.split("['\u2019]", run, maxsplit=1)[0]
    exact, singular = normalize(run), normalize(base)
    if not exact:
        return ()
    word = singular if exact == singular + "s" else exact
    return ((0, len(run), exact, stem(word), compound_terms(word), ""),)


def _identifier(run: str, start: int) -> tuple[Part, ...]:
    """2024/123, 0829.241.320, O.C.M.W.: one token without its punctuation; its parts are extra."""
    written: Written | None = identifier(run, [piece[0] for piece in _SPLIT.finditer(run)][:20])
    if written is None:
        return ()
    stemmed = written.same_as or stem(written.exact)
    extra = dict.fromkeys(term for part in written.parts for term in (part, stem(part)))
    extra |= dict.fromkeys(_ALSO.get(written.exact, ()))
    return ((start, start + len(run), written.exact, stemmed, tuple(extra), ""),)
