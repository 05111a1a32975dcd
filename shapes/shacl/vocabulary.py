"""The words of SHACL as terms, and which of them the compiler knows."""

from belfort.vocab import SH


def sh(name: str) -> str:
    """The term of a name in the SHACL namespace."""
    return f"<{SH[name]}>"


NAMESPACE = f"<{SH}"
VIOLATION = sh("Violation")

TARGETS = frozenset(map(sh, ("targetNode", "targetClass", "targetObjectsOf", "targetSubjectsOf")))
# Constraint parameters whose object is a shape, and those whose object is a list of shapes.
SHAPE_VALUED = frozenset(map(sh, ("node", "property", "not", "qualifiedValueShape")))
SHAPE_LISTS = frozenset(map(sh, ("and", "or", "xone")))
PARAMETERS = frozenset(
    map(
        sh,
        (
            "class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive",
            "maxInclusive", "minLength", "maxLength", "pattern", "languageIn", "uniqueLang", "equals", "disjoint",
            "lessThan", "lessThanOrEquals", "qualifiedMinCount", "qualifiedMaxCount", "closed", "hasValue", "in",
        ),
    )
)  # fmt: skip
# What a shape may say besides: it restricts nothing by itself.
HARMLESS = frozenset(
    map(
        sh,
        (
            "path", "flags", "ignoredProperties", "qualifiedValueShapesDisjoint", "deactivated", "severity", "message",
            "name", "description", "order", "group", "defaultValue",
        ),
    )
)  # fmt: skip
KNOWN = TARGETS | SHAPE_VALUED | SHAPE_LISTS | PARAMETERS | HARMLESS
