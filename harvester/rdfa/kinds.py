"""What an element may say, told by the names of its attributes alone: the walk decides once per set of names."""

from collections.abc import Callable, Mapping

from harvester.rdfa.declarations import declares

# SILENT says nothing; LINK only names something; LINKED, TYPED and BOTH have `@resource` with `@property`, `@typeof` or
# both; TEXT is `@property` alone, VALUE is that with `@content` or `@datatype`; FULL is everything else.
SILENT, LINK, LINKED, TYPED, BOTH, TEXT, VALUE, FULL = range(8)

# The attributes by which an element says something, the usual ones first.
NAMES = (
    "property", "typeof", "resource", "href", "src", "about", "rel", "rev", "vocab", "prefix", "lang", "xml:lang",
    "role",
)  # fmt: skip
RDFA = frozenset(NAMES)
_UNUSUAL = frozenset({"about", "rel", "rev", "datetime", "inlist", "vocab", "prefix", "lang", "xml:lang", "role"})
_LINKS = frozenset({"href", "src"})
_VALUES = frozenset({"content", "datatype"})

Names = tuple[str, ...]
Watched = tuple[tuple[str, Callable[[str], object]], ...]
# The kind of an element with these attributes, and which of their values the repairs want to see.
Plan = tuple[int, Watched]


def kind(names: Names, *, namespaces: bool) -> int:
    """What an element with these attributes may say; with `namespaces` their declaration counts."""
    found = frozenset(names)
    if namespaces and declares(names):
        return FULL
    if RDFA.isdisjoint(found):
        return SILENT
    if not _UNUSUAL.isdisjoint(found):
        return FULL
    if _LINKS.isdisjoint(found):
        return _of_usual(found)
    return LINK if found.isdisjoint({"property", "typeof", "resource"}) else FULL


def _of_usual(found: frozenset[str]) -> int:
    values = not _VALUES.isdisjoint(found)
    if "resource" in found:
        if values:
            return FULL
        if "typeof" in found:
            return BOTH if "property" in found else TYPED
        return LINKED if "property" in found else FULL
    if "typeof" in found or "property" not in found:
        return FULL
    return VALUE if values else TEXT


def plan(names: Names, watched: Mapping[str, Callable[[str], object]], *, namespaces: bool, full: bool) -> Plan:
    """The plan for elements with these attributes; with `full` nothing goes the short way."""
    found = kind(names, namespaces=namespaces)
    if full and found != SILENT:
        found = FULL
    return found, tuple((name, watched[name]) for name in names if name in watched)
