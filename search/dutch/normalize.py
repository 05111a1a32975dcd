"""Words as they are compared: lower case, without accents, punctuation and invisible characters."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 100
"""Characters of a token that count; what is longer is cut, in the index and in queries alike."""

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that readers do not see and that copying from PDF or HTML leaves inside words."""

_REMEMBERED = 1 << 17
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=_REMEMBERED)
def normalize(word: str) -> str:
    """A word in lower case, without accents, punctuation and invisible characters."""
    if word.isascii() and word.isalnum():
        return word.lower()[:LONGEST]
    text = unicodedata.normalize("NFKC", word).casefold()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text))[:LONGEST]
