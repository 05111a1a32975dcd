"""A reason why a document is a hit, and the short Dutch sentence that tells it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from search.results import Fragment

How = Literal[
    "exact", "inflection", "name", "compound", "joined", "parts", "phrase", "prefix", "similar", "absent", "filter",
    "order", "recent",
]  # fmt: skip
"""`exact` as it stands, `inflection` another form of the word, `name` in the name of bestuur or orgaan, `compound` in
a longer word, `joined` written as one, `parts` written as several, `phrase` word for word, `prefix` the beginning,
`similar` another spelling, `absent` not at all, `filter` by a filter, `order` all words after one another in the
title, `recent` its day counts."""


@dataclass(frozen=True)
class Reason:
    """Why a document is a hit, in one sentence.

    `word` as the question has it (empty when it is about something else), `where` as `titel`, `tekst`, `artikel 2`,
    `bestuur`, `orgaan`, `found` the words as they stand there, `fragment` the first place with those words marked.
    """

    word: str
    how: How
    sentence: str
    where: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    fragment: Fragment = ()

    @property
    def holds(self) -> bool:
        """Whether the document has it."""
        return self.how != "absent"


def sentence(word: str, way: How, where: tuple[str, ...], found: tuple[str, ...]) -> str:
    """How and where a word was found, in words."""
    there = listed([_WITH_ARTICLE.get(name, name) for name in where])
    quoted = listed([f"“{one}”" for one in found])
    match way:
        case "exact":
            return f"“{word}” staat in {there}."
        case "phrase":
            return f"“{word}” staat woord voor woord in {there}."
        case "inflection":
            return f"“{word}” staat in een andere vorm in {there}: {quoted}."
        case "name":
            return f"“{word}” staat in de naam van {there}."
        case "compound":
            return f"“{word}” is een deel van {quoted} in {there}."
        case "parts":
            return f"“{word}” staat in delen in {there}: {quoted}."
        case "prefix":
            return f"In {there} {'beginnen' if len(found) > 1 else 'begint'} {quoted} met “{word}”."
        case "similar":
            return f"{quoted} in {there} {'lijken' if len(found) > 1 else 'lijkt'} op “{word}”."
    return f"“{word}” staat anders aan elkaar geschreven in {there}: {quoted}."


_WITH_ARTICLE = {"titel": "de titel", "tekst": "de tekst", "bestuur": "het bestuur", "orgaan": "het orgaan"}


def listed(words: Sequence[str]) -> str:
    """`de titel`, `de titel en artikel 2`, `de titel, de tekst en nog 3 plaatsen`."""
    if len(words) > 4:
        words = [*words[:3], f"nog {len(words) - 3} plaatsen"]
    return " en ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
