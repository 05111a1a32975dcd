"""Policy: who may publish what, as data (`register.toml`, `pages.toml`), read once into frozen sets of IRIs.

Names may be written with a prefix of `vocab.PREFIXES`. The namespaces persoon, generiek, regorg and schema.org occur
with http and with https in real data; a rule for one spelling is a rule for both (publisher.md §4.3, trap 3).
A file that cannot be read as rules is a SettingsError that names the file, the rule and the name: without rules
nothing may be published, so the process that would gate does not start.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from belfort.errors import SettingsError
from belfort.vocab import PREFIXES
from shapes.policy.kinds import Kind

_TWINS = (
    "data.vlaanderen.be/ns/persoon#", "data.vlaanderen.be/ns/generiek#", "www.w3.org/ns/regorg#", "schema.org/",
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """What a subject of one of `classes` may say in public: predicate → kind of its values.

    `only_values`: (predicates, the values they may have, the code when they have another).
    """

    classes: frozenset[str]
    first: bool
    predicates: Mapping[str, Kind]
    only_with: tuple[tuple[frozenset[str], str], ...] = ()
    only_values: tuple[tuple[frozenset[str], frozenset[str], str], ...] = ()


@dataclass(frozen=True)
class Register:
    """What a register may say in public."""

    rules: tuple[Rule, ...]
    owning: frozenset[str]
    by_class: Mapping[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True)
class Pages:
    """What a page may say in public."""

    private: frozenset[str]
    private_words: tuple[str, ...]
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
    prefix, colon, local = name.partition(":")
    if not colon or not (local.startswith("//") or prefix in PREFIXES):
        raise SettingsError(f"{name!r} is no IRI and has no known prefix.")
    full = name if local.startswith("//") else PREFIXES[prefix] + local
    scheme, _, rest = full.partition("://")
    if rest.startswith(_TWINS):
        return frozenset({f"http://{rest}", f"https://{rest}"})
    return frozenset({f"{scheme}://{rest}"})


@cache
def register() -> Register:
    """The allow-list of register origins.

    Raises:
        SettingsError: `register.toml` is no policy; the message says where and why.
    """
    return parse_register(_read("register.toml"), "register.toml")


def register_rules() -> tuple[Rule, ...]:
    """The rules of `register`."""
    return register().rules


@cache
def pages() -> Pages:
    """The rules for pages.

    Raises:
        SettingsError: `pages.toml` is no policy; the message says where and why.
    """
    return parse_pages(_read("pages.toml"), "pages.toml")


def parse_register(text: str, name: str) -> Register:
    """The policy for registers in this TOML text; `name` is for messages."""
    data = _toml(text, name)
    _known(data, {"rule", "owning"}, name)
    rules = []
    by_class: dict[str, Rule] = {}
    for number, row in enumerate(_need(data, "rule", list, name), 1):
        place = f"{name}, rule {number} ({', '.join(map(str, row.get('classes', ())))})"
        try:
            rule = _rule(row, place)
        except SettingsError as error:
            raise _at(place, error) from None
        for one in rule.classes:
            if one in by_class:
                raise _at(place, SettingsError(f"another rule has the class {one} already."))
            by_class[one] = rule
        rules.append(rule)
    for rule in rules:
        for _, required in rule.only_with:
            if required not in by_class:
                raise SettingsError(f"{name}: only_with asks for {required}, which has no rule.")
    return Register(tuple(rules), _all(_need(data, "owning", list, name)), by_class)


def _rule(row: dict[str, Any], place: str) -> Rule:
    _known(row, {"classes", "source", "first", "predicates", "only_with", "only_values"}, place)
    if not _need(row, "source", str, place):
        raise SettingsError("a rule says in `source` why it is there.")
    predicates: dict[str, Kind] = {}
    for predicate, kind in _need(row, "predicates", dict, place).items():
        if kind not in get_args(Kind):
            raise SettingsError(f"{predicate}: {kind!r} is no kind; known are {', '.join(get_args(Kind))}.")
        predicates |= dict.fromkeys(spellings(predicate), kind)
    return Rule(
        _all(_need(row, "classes", list, place)),
        bool(row.get("first", False)),
        predicates,
        tuple((spellings(p), min(spellings(c))) for p, c in row.get("only_with", ())),
        tuple((spellings(v["predicate"]), frozenset(v["values"]), v["code"]) for v in row.get("only_values", ())),
    )


def parse_pages(text: str, name: str) -> Pages:
    """The policy for pages in this TOML text; `name` is for messages."""
    data = _toml(text, name)
    _known(data, {"private_predicates", "private_words", "publication", "roles", "organ", "claims"}, name)
    publication, roles, organ, claims = (
        _need(data, key, dict, name) for key in ("publication", "roles", "organ", "claims")
    )
    try:
        return Pages(
            private=_all(_need(data, "private_predicates", list, name)),
            private_words=tuple(word.lower() for word in _need(data, "private_words", list, name)),
            owned=_all(_need(publication, "owned", list, name)),
            shared=_all(_need(publication, "shared", list, name)),
            class_prefixes=tuple(_need(publication, "class_prefixes", list, name)),
            untyped_namespaces=tuple(PREFIXES[one] for one in _need(publication, "untyped_namespaces", list, name)),
            roles=_all(_need(roles, "classes", list, name)),
            role_predicates=_all(_need(roles, "predicates", list, name)),
            persons=_all(_need(roles, "person_classes", list, name)),
            alias=spellings(_need(roles, "alias", str, name)),
            names=_all(_need(roles, "names", list, name)),
            organs=_all(_need(organ, "classes", list, name)),
            organ_predicates=_all(_need(organ, "predicates", list, name)),
            claims=_all(_need(claims, "classes", list, name)),
            claim_objects=_all(_need(claims, "objects_of", list, name)),
        )
    except KeyError as error:
        raise SettingsError(f"{name}: {error.args[0]!r} is no known prefix.") from None
    except SettingsError as error:
        raise _at(name, error) from None


def _all(names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(spellings(name) for name in names))


def _read(name: str) -> str:
    try:
        return files(__package__).joinpath(name).read_text("utf-8")
    except OSError as error:
        raise SettingsError(f"shapes/policy/{name} cannot be read: {error.strerror}.", hint="Reinstall.") from None


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name}: {error}.", hint="Without these rules nothing can be published.") from None


def _need(table: dict[str, Any], key: str, kind: type, place: str) -> Any:
    if not isinstance(table.get(key), kind):
        raise SettingsError(f"{place}: `{key}` is missing, or is no {kind.__name__}.")
    return table[key]


def _known(table: dict[str, Any], keys: set[str], place: str) -> None:
    unknown = sorted(table.keys() - keys)
    if unknown:
        raise SettingsError(f"{place}: `{unknown[0]}` means nothing here; known are {', '.join(sorted(keys))}.")


def _at(place: str, error: SettingsError) -> SettingsError:
    detail = error.detail if error.detail.startswith(place) else f"{place}: {error.detail}"
    return SettingsError(detail, hint="Without these rules nothing can be published.")
