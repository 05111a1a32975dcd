"""The one analyzer: text becomes tokens, for the index and for queries alike, whatever the engine.

Enters: any text. Leaves: tokens with their place in it. Steps: words and identifiers as they stand, NFKC, lower
case, accents folded, lemma table, Kraaij-Pohlmann stem (Snowball 3 `dutch`), compound parts. A change here or in
`data/` changes `ANALYZER_VERSION`, and so every index is made again.
"""

import hashlib
import re
import threading
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import snowballstemmer

LONGEST = 100
"""Characters of a token that count; what is longer is cut, in the index and in queries alike."""

_RULES = "1"
_DATA = ("lemmas.txt", "parts.txt", "stopwords.txt")

# Characters that readers do not see and that copying from PDF or HTML leaves inside words.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PIECE = rf"[^\W_](?:[^\W_]|[\u0300-\u036f{_INVISIBLE}])*"
_JOINTS = r"[./_\-\u2010\u2011'\u2019]"
RUN = re.compile(rf"{_PIECE}(?:{_JOINTS}{_PIECE})*")
"""Characters that stand together; tokens never cross from one run to the next."""
_SPLIT = re.compile(_PIECE)
_WITH_COUNTRY = re.compile(r"be\d{10}")  # a KBO number as a VAT number
_DIGIT = re.compile(r"\d")
_PARAGRAPH = re.compile(r"\n\s*\n")
_NOT_WORD = re.compile(r"[\W_]+")


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


@cache
def _data(name: str) -> str:
    return (files("search") / "data" / name).read_text(encoding="utf-8")


ANALYZER_VERSION = _RULES + "-" + hashlib.sha256("\0".join(map(_data, _DATA)).encode()).hexdigest()[:8]
"""Names the rules and the word lists; stored with each index."""


def analyze(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    tokens: list[Token] = []
    before = 0
    for run in RUN.finditer(text):
        gap = run.start() > before > 0 and bool(_PARAGRAPH.search(text, before, run.start()))
        _add_run(tokens, run[0], run.start(), gap)
        before = run.end()
    return tokens


def _add_run(tokens: list[Token], run: str, start: int, gap: bool) -> None:
    """Add the tokens of characters that stand together: a word, a hyphenated name, an identifier."""
    if run.isalpha():
        _add(tokens, run, start, gap)
        return
    if _DIGIT.search(run) or _is_initials(run):
        _add_identifier(tokens, run, start, gap)
        return
    pieces = list(_SPLIT.finditer(run))
    whole = "".join(piece[0] for piece in pieces)
    joints = {run[piece.start() - 1] for piece in pieces[1:]}
    if joints <= set("'\u2019") and pieces and (len(pieces) == 1 or len(pieces[0][0]) > 1):
        _add_apostrophe(tokens, run, start, gap)
        return
    joined = () if joints & set("./_") else (normalize(whole), stem(normalize(whole)))
    for number, piece in enumerate(pieces):
        joint = "-" if number and joined else ""
        _add(tokens, piece[0], start + piece.start(), gap and not number, joined if not number else (), joint)


def _add(
    tokens: list[Token], word: str, start: int, gap: bool, extra: tuple[str, ...] = (), joint: str = ""
) -> None:  # fmt: skip
    exact = normalize(word)
    if exact:
        more = tuple(dict.fromkeys((*extra, *compound_parts(exact))))
        tokens.append(Token(start, start + len(word), exact, stem(exact), more, gap, joint))


def _add_apostrophe(tokens: list[Token], run: str, start: int, gap: bool) -> None:
    """Foto's and auto's: a plural by apostrophe has the stem of its singular."""
    base = re.split("['\u2019]", run, maxsplit=1)[0]
    exact, singular = normalize(run), normalize(base)
    if exact:
        found = stem(singular) if exact == singular + "s" else stem(exact)
        tokens.append(Token(start, start + len(run), exact, found, (), gap))


def _add_identifier(tokens: list[Token], run: str, start: int, gap: bool) -> None:
    """2024/123, 0829.241.320, O.C.M.W.: one token without its punctuation; its parts are extra."""
    exact = normalize(run)
    if not exact:
        return
    parts: dict[str, None] = {}
    for piece in list(_SPLIT.finditer(run))[:20]:
        part = normalize(piece[0])
        if part != exact and (len(part) > 1 or part.isdigit()):
            parts |= dict.fromkeys((part, stem(part)))
    if _WITH_COUNTRY.fullmatch(exact):
        parts[exact[2:]] = None
    tokens.append(Token(start, start + len(run), exact, stem(exact), tuple(parts), gap))


def _is_initials(run: str) -> bool:
    return "." in run and all(len(piece) == 1 for piece in run.split(".") if piece)


@lru_cache(maxsize=200_000)
def normalize(word: str) -> str:
    """A word in lower case, without accents, punctuation and invisible characters."""
    if word.isascii() and word.isalnum():
        return word.lower()[:LONGEST]
    text = unicodedata.normalize("NFKC", word).casefold()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text))[:LONGEST]


@lru_cache(maxsize=200_000)
def stem(exact: str) -> str:
    """What all inflections of a normalised word share; a number stays as it is."""
    if not exact.isalpha():
        return exact
    forms, heads = _lemmas()
    lemma = forms.get(exact) or _by_head(exact, heads)
    with _lock:
        found: str = _stemmer().stemWord(lemma)
    return found


_lock = threading.Lock()  # a Snowball stemmer keeps the word it works on in itself


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("dutch")


@cache
def _lemmas() -> tuple[dict[str, str], dict[str, str]]:
    """(form → lemma, end of a compound → that end as a lemma)."""
    forms: dict[str, str] = {}
    heads: dict[str, str] = {}
    for row in _data("lemmas.txt").splitlines():
        if row and not row.startswith("#"):
            form, lemma = row.split()
            (heads if form.startswith("*") else forms)[form.lstrip("*")] = lemma
    return forms, heads


def _by_head(exact: str, heads: dict[str, str]) -> str:
    """The word with its longest irregular end replaced: fietspaden → fietspad."""
    for end in range(3, len(exact) - 2):
        if exact[end:] in heads:
            return exact[:end] + heads[exact[end:]]
    return exact


@cache
def stop_words() -> frozenset[str]:
    """Words that a query need not require when it has others."""
    return frozenset(_data("stopwords.txt").split())


@cache
def _parts() -> frozenset[str]:
    rows = (row for row in _data("parts.txt").splitlines() if not row.startswith("#"))
    return frozenset(stem(word) for row in rows for word in row.split())


_SHORTEST_COMPOUND = 7
_LONGEST_COMPOUND = 60
_SHORTEST_HEAD = 5
_LINKS = ("", "s", "e", "en", "er")


@lru_cache(maxsize=200_000)
def compound_parts(exact: str) -> tuple[str, ...]:
    """The stems of the words that a compound is made of; nothing when the word list does not have them all.

    A word of which only the end is known gives that end, if it has five letters or more.
    """
    if not _SHORTEST_COMPOUND <= len(exact) <= _LONGEST_COMPOUND or not exact.isalpha():
        return ()
    parts = _split(exact)
    if parts is None:
        tails = (exact[start:] for start in range(3, len(exact) - _SHORTEST_HEAD + 1))
        parts = next(((stem(tail),) for tail in tails if stem(tail) in _parts()), ())
    return tuple(part for part in parts if part != stem(exact))


def _split(word: str) -> tuple[str, ...] | None:
    """The fewest known parts that make up the whole word, or None."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(3, len(word) + 1):
        for start in range(end - 2):
            before = best[start]
            if before is None or end - start == len(word):
                continue
            piece = word[start:end]
            known = _known_part(piece, last=end == len(word))
            if known and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                best[end] = (*before, known)
    return best[len(word)] if best[len(word)] and len(best[len(word)] or ()) > 1 else None


def _known_part(piece: str, *, last: bool) -> str:
    """The stem of a part, without the sound that links it to the next."""
    for link in ("",) if last else _LINKS:
        if piece.endswith(link) and len(piece) - len(link) >= 3:
            found = stem(piece[: len(piece) - len(link)])
            if found in _parts():
                return found
    return ""
