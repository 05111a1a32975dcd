"""Predicates that drifted: the same statement under two IRIs, both of which readers ask for (publisher.md §2.4).

Inside, one spelling is as good as the other; on the way out both are said, so that queries of either kind answer. The
alias is the second of each pair; readers should move to the first. Pure.
"""

from belfort.vocab import (
    BESLUIT,
    GENERIEK,
    GENERIEK_HTTP,
    MANDAAT,
    ORG,
    PERSOON,
    PERSOON_HTTPS,
    REGORG,
    REGORG_HTTP,
)  # fmt: skip

# The spelling that counts → its aliases.
ALIASES: dict[str, tuple[str, ...]] = {
    MANDAAT.isTijdspecialisatieVan: (GENERIEK.isTijdspecialisatieVan, GENERIEK_HTTP.isTijdspecialisatieVan),
    BESLUIT.classificatie: (ORG.classification,),
    PERSOON.gebruikteVoornaam: (PERSOON_HTTPS.gebruikteVoornaam,),
    GENERIEK.lokaleIdentificator: (GENERIEK_HTTP.lokaleIdentificator,),
    GENERIEK.gestructureerdeIdentificator: (GENERIEK_HTTP.gestructureerdeIdentificator,),
    REGORG.legalName: (REGORG_HTTP.legalName,),
    REGORG.orgStatus: (REGORG_HTTP.orgStatus,),
}
_GROUPS = {name: (first, *others) for first, others in ALIASES.items() for name in (first, *others)}
_TERMS = {f"<{name}>": tuple(f"<{one}>" for one in group) for name, group in _GROUPS.items()}


def canonical(predicate: str) -> str:
    """The spelling that counts of a predicate; any other predicate is itself."""
    return _GROUPS.get(predicate, (predicate,))[0]


def every(predicate: str) -> tuple[str, ...]:
    """All spellings of a predicate, as terms; only itself when it did not drift."""
    return _TERMS.get(predicate) or (predicate,)
