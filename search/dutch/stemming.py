"""What all inflections of a word share: known words by the lexicon, others by their end, the rest by Kraaij-Pohlmann.

Enters: a normalised word. Leaves: its stem, for matching only, never to show.
"""

import re
import threading
from functools import cache, lru_cache

import snowballstemmer

from search.dutch.lexicon import Lexicon, lexicon

REMEMBERED = 1 << 18
"""Words whose outcome is kept."""

_SHORTEST_BEFORE = 3
_LONGEST_END = 24
# Prefixes that make another verb of a verb, and what cannot stand before a noun that ends a compound.
_PREFIXES = (
    "aan", "achter", "af", "be", "bij", "binnen", "door", "ge", "her", "in", "mede", "mee", "mis", "na", "om", "on",
    "onder", "ont", "op", "over", "samen", "tegen", "terug", "toe", "tussen", "uit", "ver", "vol", "voor", "weer",
    "weg", "voort", "vooraf", "wel", "er",
)  # fmt: skip
PREFIXES = frozenset(_PREFIXES)

# Ends of words that are not known, which Kraaij-Pohlmann keeps apart: tried in this order, the first that fits.
_ENDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"(?<=..)ieen$|(?<=[^aeiouy]i)en(?<=[lr]ien)$", "ie"),
        (r"(?<=..)heden$", "heid"),
        (r"(?<=[^e][iuon])ele[ns]?$", "eel"),
        (r"(?<=...)(?:ale[ns]?)$", "aal"),
        (r"(?<=...)zame[nr]?$", "zaam"),
        (r"(?<=..)bare[nr]?$", "baar"),
        (r"(?<=..)loze[nr]?$", "loos"),
        (r"(?<=..)(?:matige)[nr]?$", "matig"),
        (r"(?<=...)([st])oren$", r"\1or"),
        (r"(?<=..)issen$", "is"),
        (r"(?<=..)theken$", "theek"),
        (r"(?<=...)(i|nd|rand)a$", r"\1um"),
        (r"(?<=..)(ic|log)i$", r"\1us"),
        (r"^(?:ge)?(.{2,}i)ee?r(?:t|d|de|den|en|ing|ingen)$", r"\1eer"),
        (r"^(?:ge)?(.{3,})(?:eert|eerd|eerde|eerden|ering|eringen|eren|eerder|eerders)$", r"\1eer"),
    )
)
# Words that are not known and begin with the prefix of a verb: all their forms become one skeleton.
_NO_NOUN = ("be", "ver", "ont", "her")
_VERBAL = ("be", "ver", "ont", "her", "over", "onder", "om", "aan", "af", "bij", "door", "op", "toe", "uit", "terug")
_GE = re.compile(r"^((?:her)?(?:aan|af|bij|door|in|om|op|over|toe|uit|terug))ge(?=.{3})")
_PARTICIPLE_END = re.compile(r"(?:[dt]e?n?|en)$")
_PLURAL_S = re.compile(r"(?<=..[er][lre])s$|(?<=...e)s$|(?<=..aar)s$")
_ENDINGS = re.compile(r"(?<=...[^aeiouy])(?:ingen|ing|enden|ende|end|en|e)$|(?<=.....[aeiou]i)(?:ingen|ing|en|e)$")
_DENTAL = re.compile(r"(?<=...[^aeiouydt])[dt]$")
_SAME_SOUND = {"v": "f", "z": "s"}
_SAME_SOUND_AT_END = re.compile(r"[vz]$")
_DOUBLE = re.compile(r"([^aeiou])\1$")
_LONG = re.compile(r"([aeou])\1([^aeiou])$")
_NO_END = re.compile(r"^[^aeiouy]+$|[^aeou]i$|[^aeiou]u$")  # no word ends so, but for bikini and accu
_NO_PARTICIPLE = re.compile(r"ge[a-z]{2,}[^dtne]$")


@lru_cache(maxsize=REMEMBERED)
def stem(exact: str) -> str:
    """What all inflections of a normalised word share; a number stays as it is."""
    if not exact.isalpha():
        return exact
    known = lexicon()
    key = known.keys.get(exact)
    if key is not None:
        return key
    return _by_end(exact, known) or _by_rule(exact)


def may_be_cut(before: str, end: str) -> bool:
    """Whether a word can end and another begin there: not within ch or ij, nor after what ends no word."""
    return before[-1] + end[0] not in ("ch", "ij") and not _NO_END.search(before)


def _by_end(exact: str, known: Lexicon) -> str:
    """An unknown word with its known end replaced by the key of that end: woonzorgcentra → woonzorgcentrum."""
    for place in range(max(2, len(exact) - _LONGEST_END), len(exact) - 2):
        before, end = exact[:place], exact[place:]
        as_noun = end in known.heads and _may_precede(before, end, known)
        if as_noun or (end in known.actions and before in PREFIXES):
            return before + known.keys[end]
    return ""


def _may_precede(before: str, end: str, known: Lexicon) -> bool:
    """Whether a word can stand there before an end: verzegeld is no geld, a consulent no lente."""
    if len(before) < _SHORTEST_BEFORE or not may_be_cut(before, end):
        return False
    if before in PREFIXES:
        return len(end) > 5
    if before.endswith("ge") and before[:-2] in PREFIXES:
        return False
    if len(known.keys[end]) > 6 or not before.startswith(_NO_NOUN):
        return True
    return any(
        before[start:] in known.firsts or before[start:].removesuffix("s") in known.firsts
        for start in range(len(before) - _SHORTEST_BEFORE + 1)
    )


def _by_rule(exact: str) -> str:
    if exact.startswith(_VERBAL):
        return _skeleton(exact)
    for pattern, by in _ENDS:
        changed, count = pattern.subn(by, exact)
        if count:
            exact = changed
            break
    # Kraaij-Pohlmann takes every ge- for that of a participle; in gezag and gewest it is not.
    whole = exact[:2] if _NO_PARTICIPLE.match(exact) else ""
    with _lock:
        found: str = _stemmer().stemWord(exact[len(whole) :])
    return whole + found


def _skeleton(exact: str) -> str:
    """What all forms of a verb with a prefix share, its end short and unvoiced: verhogen, verhoogd → verhog."""
    word = _PLURAL_S.sub("", exact)
    word = _GE.sub(r"\1", word) if _PARTICIPLE_END.search(word) else word
    word = _ENDINGS.sub("", word)
    word = _DENTAL.sub("", word)
    word = _SAME_SOUND_AT_END.sub(lambda found: _SAME_SOUND[found[0]], word)
    return _LONG.sub(r"\1\2", _DOUBLE.sub(r"\1", word))


_lock = threading.Lock()  # a Snowball stemmer keeps the word it works on in itself


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("dutch")
