"""How Dutch words are inflected: from a base form to the forms it takes in texts.

Words are as `analyzer.normalize` leaves them: lower case, no accents (financiele, kolonien). Each function gives two
groups: the forms that the rules of spelling foresee, and forms that only some words take (paden beside plannen,
regelen beside regels). The second group yields wherever another word claims the same form.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

_VOWELS = "aeiouy"
_DIPHTHONGS = ("ie", "ei", "ij", "ui", "eu", "oe", "au", "ou")
_UNSTRESSED = ("el", "er", "em", "en", "or", "ig", "erd", "um")
_NEVER_GE = ("be", "ver", "ont", "her")
_SELDOM_GE = ("ge", "er", "onder", "over", "voor")
_SOFT = {"f": "v", "s": "z"}
_HARD = {"v": "f", "z": "s"}


class Forms(NamedTuple):
    """Forms of one word: those that are certain, and those that give way to other words."""

    regular: tuple[str, ...]
    possible: tuple[str, ...]


def noun(word: str) -> Forms:
    """The singular, plurals, genitive and diminutives of a noun."""
    regular, possible = [word], [word + "s", *_diminutives(word)]
    if word.endswith("heid"):
        regular.append(word[:-4] + "heden")
    elif word.endswith(("ie", "ee")):
        regular += [word + "s", word + "n", word + "en"]
    elif word.endswith(("ei", "ij", "ui", "oe", "eu", "ou", "au", "ai", "oi")):
        regular += [word + "en", word + "s"]
    elif word[-1] == "e":
        regular += [word + "s", word + "n"]
    elif word[-1] in _VOWELS:
        regular.append(word + "s")
    elif word.endswith(("el", "er", "em", "en")) and len(word) > 4 and word[-3] not in _VOWELS:
        regular.append(word + "s")
        possible += _open(word, "en")
    else:
        first, second = _before_vowel(word)
        regular += [one + "en" for one in first]
        possible += [one + "en" for one in second]
    if word.endswith("um"):
        regular.append(word[:-2] + "a")
    if word.endswith(("icus", "logus", "us")):
        possible.append(word[:-2] + "i")
    if word.endswith("man") and len(word) > 5:
        possible.append(word[:-3] + "lieden")
    return _forms(regular, possible)


def _diminutives(word: str) -> Iterator[str]:
    ends = ["je", "tje"]
    stems = [word]
    if word[-1] == "m":
        ends.append("pje")
    if word.endswith("ing"):
        stems.append(word[:-1] + "k")
    if word[-1] in "aou":
        stems.append(word + word[-1])
    for one in stems:
        yield from (one + end + more for end in ends for more in ("", "s"))
    if word[-1] not in _VOWELS:
        yield from (one + "etje" + more for one in _before_vowel(word)[0] for more in ("", "s"))


def adjective(word: str) -> Forms:
    """The inflected form, the degrees, the form after `iets`, and the noun in -heid."""
    bases = [word] if word[-1] in _VOWELS else _before_vowel(word)[0]
    longer = "d" if word[-1] == "r" else ""
    regular = [word, *(base + "e" for base in bases), word + "heid", word + "heden"]
    regular += [f"{word}{longer}{end}" for end in ("er", "ere") if longer] + [word + "st", word + "ste"]
    regular += [base + end for base in bases for end in ("er", "ere") if not longer]
    possible = [word + "s", word + "er", *(base + "en" for base in bases), *(base + "ers" for base in bases)]
    possible += [base + "e" for base in (_before_vowel(word)[1] if word[-1] not in _VOWELS else ())]
    return _forms(regular, possible)


def verb(infinitive: str, prefix: str = "") -> Forms:
    """The forms of a weak verb, both participles, and the noun in -ing.

    `prefix` is what comes off (`aan` of aanstellen); `infinitive` is without it.
    """
    base = infinitive.removesuffix("n").removesuffix("e")
    first, second = _verb_stems(base)
    names = [prefix + base + end for end in ("ing", "ingen", "ings")]
    plain = [infinitive, infinitive + "d", infinitive + "de", infinitive + "den", "te" + infinitive]
    regular = [*(prefix + one for one in plain), *names, *(prefix + one for stem in first for one in _weak(stem))]
    return _forms(regular, [prefix + one for stem in second for one in _weak(stem)])


def names_of_action(infinitive: str, prefix: str = "") -> tuple[str, ...]:
    """The noun in -ing of a verb, and its plural."""
    base = prefix + infinitive.removesuffix("n").removesuffix("e")
    return base + "ing", base + "ingen"


def participle(form: str) -> tuple[str, ...]:
    """A past participle as it is inflected: aangesteld, aangestelde, aangestelden."""
    if form[-1] not in "dtn":
        return (form,)
    bases = _before_vowel(form)[0] if form[-1] in "dt" else [form]
    return (form, *(base + end for base in bases for end in ("e", "en")))


def _weak(stem: str) -> Iterator[str]:
    """Present, past and past participle of a stem: stel, stelt, stelde, gesteld."""
    yield from (stem, stem + "t", stem + "te", stem + "ten", stem + "de", stem + "den")
    ends = [""] if stem[-1] in "dt" else ["d", "t"]
    begins = ("",) if stem.startswith(_NEVER_GE) else ("", "ge") if stem.startswith(_SELDOM_GE) else ("ge",)
    for begin in begins:
        for end in ends:
            yield from participle(begin + stem + end)


def _verb_stems(base: str) -> tuple[list[str], list[str]]:
    """What is left of a verb without its ending: stell → stel, mak → maak, gev → geef."""
    end = _HARD.get(base[-1], base[-1])
    if len(base) > 2 and base[-1] == base[-2]:
        return [base[:-1]], []
    if len(base) > 2 and base[-1] not in _VOWELS and base[-2] in "aeou":
        short, long = base[:-1] + end, base[:-1] + base[-2] + end
        if base.endswith("ier"):
            return [long], [short]
        if base[-3:-1] in _DIPHTHONGS:
            return [short], []
        weak = base[-2] == "e" and base[-1] in "lnr" and sum(c in _VOWELS for c in base[:-2]) > 0
        return ([short, long] if weak else [long]), ([] if weak else [short])
    return [base[:-1] + end], [base] if end != base[-1] else []


def _open(word: str, end: str) -> list[str]:
    first, second = _before_vowel(word)
    return [one + end for one in (*first, *second)]


def _before_vowel(word: str) -> tuple[list[str], list[str]]:
    """How a word is written before an ending that begins with a vowel: straat → strat, plan → plann, huis → huiz."""
    last = word[-1]
    soft = [word[:-1] + _SOFT[last]] if last in _SOFT else []
    if len(word) < 3 or last in _VOWELS:
        return [word], []
    if word[-2] == word[-3] and word[-2] in "aeou":
        short = word[:-2] + last
        return [short, *([word[:-2] + _SOFT[last]] if last in _SOFT else [])], []
    if word[-3:-1] in _DIPHTHONGS or word[-2] not in _VOWELS:
        return [word, *soft], []
    doubled = word if last in "hjwx" else word + last
    if word.endswith(_UNSTRESSED) and len(word) > 4:
        return [word], [doubled]
    return [doubled], [word, *soft]


def _forms(regular: Iterable[str], possible: Iterable[str]) -> Forms:
    first = tuple(dict.fromkeys(regular))
    return Forms(first, tuple(one for one in dict.fromkeys(possible) if one not in first))
