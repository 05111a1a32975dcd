"""Policy: who may publish what, as data (`register.toml`, `pages.toml`), read once into frozen sets of IRIs.

Names may be written with a prefix of `vocab.PREFIXES`. The namespaces persoon, generiek and regorg occur with
http and with https in real data; a rule for one spelling is a rule for both (publisher.md §4.3, trap 3).
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from belfort.vocab import PREFIXES

_TWINS = ("data.vlaanderen.be/ns/persoon#", "data.vlaanderen.be/ns/generiek#", "www.w3.org/ns/regorg#")


@dataclass(frozen=True)
class Rule:
    """What a subject of one of `classes` may say in public."""

    classes: frozenset[str]
    first: bool
    predicates: frozenset[str]
    only_with: tuple[tuple[frozenset[str], str], ...]
    unless: tuple[tuple[frozenset[str], str], ...]


@dataclass(frozen=True)
class Pages:
    """What a page may say in public."""

    private: frozenset[str]
    owned: frozenset[str]
    shared: frozenset[str]
    class_prefixes: tuple[str, ...]
    untyped_namespaces: tuple[str, ...]
    roles: frozenset[str]
    role_predicates: frozenset[str]
    persons: frozenset[str]
    alias: frozenset[str]
    names: frozenset[str]
    organs: frozenset[str]
    organ_predicates: frozenset[str]
    claims: frozenset[str]
    claim_objects: frozenset[str]


def spellings(name: str) -> frozenset[str]:
    """The IRI of a prefixed name or IRI, with its http/https twin where real data has both."""
    prefix, _, local = name.partition(":")
    full = name if local.startswith("//") else PREFIXES[prefix] + local
    scheme, _, rest = full.partition("://")
    if rest.startswith(_TWINS):
        return frozenset({f"http://{rest}", f"https://{rest}"})
    return frozenset({f"{scheme}://{rest}"})


def _all(names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(spellings(name) for name in names))


def _one(name: str) -> str:
    return min(spellings(name))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


@cache
def register_rules() -> tuple[Rule, ...]:
    """The allow-list of register origins."""
    return tuple(
        Rule(
            classes=_all(row["classes"]),
            first=row.get("first", False),
            predicates=_all(row["predicates"]),
            only_with=tuple((spellings(p), _one(c)) for p, c in row.get("only_with", ())),
            unless=tuple((spellings(p), value) for p, value in row.get("unless", ())),
        )
        for row in _read("register.toml")["rule"]
    )


@cache
def pages() -> Pages:
    """The rules for pages."""
    data = _read("pages.toml")
    publication, roles, organ, claims = (data[key] for key in ("publication", "roles", "organ", "claims"))
    return Pages(
        private=_all(data["private_predicates"]),
        owned=_all(publication["owned"]),
        shared=_all(publication["shared"]),
        class_prefixes=tuple(publication["class_prefixes"]),
        untyped_namespaces=tuple(PREFIXES[name] for name in publication["untyped_namespaces"]),
        roles=_all(roles["classes"]),
        role_predicates=_all(roles["predicates"]),
        persons=_all(roles["person_classes"]),
        alias=spellings(roles["alias"]),
        names=_all(roles["names"]),
        organs=_all(organ["classes"]),
        organ_predicates=_all(organ["predicates"]),
        claims=_all(claims["classes"]),
        claim_objects=_all(claims["objects_of"]),
    )
