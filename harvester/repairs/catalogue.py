"""Every repair, in the order in which they are tried (the quirk numbers are those of the quirk catalogue)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from belfort.rdf import Triple
from harvester.repairs import prefixes, quotes


@dataclass(frozen=True)
class Rule:
    """One repair: its name, what it does in one sentence, and the function that does it.

    `on` says what the function gets: a `token` of an attribute (it returns a better token), the name of a `prefix`
    that nobody declared (it returns a namespace), or a `triple` (it returns the triples in its place). The function
    returns None when there is nothing to repair.
    """

    name: str
    on: Literal["token", "prefix", "triple"]
    says: str
    text: Callable[[str], str | None] = lambda _: None
    triple: Callable[[Triple], list[Triple] | None] = lambda _: None


CATALOGUE: tuple[Rule, ...] = (
    Rule(
        "q5-typographic-quotes",
        "token",
        "Typographic quotes around an attribute's tokens are no part of them.",
        quotes.unquoted,
    ),
    Rule(
        "q6-default-prefixes",
        "prefix",
        "A prefix that the page forgot to declare, or lost by a broken tag, has the namespace OSLO gives it.",
        prefixes.namespace,
    ),
)
