"""Puts triples into the records the real way: a submission of a page or a register, merged into entities."""

from collections.abc import Iterable

from belfort import acceptance, rdf
from belfort.acceptance import Accepted, Statement
from belfort.blobs import digest
from belfort.jobs import Context
from belfort.records.origin import Kind
from belfort.vocab import PREFIXES

Fact = tuple[str, str, str]
"""Subject IRI, predicate as a prefixed name (`a` for the class), object: `<IRI>`, a prefixed class, or text."""


def expand(name: str) -> str:
    """The IRI of a prefixed name; an IRI is itself."""
    prefix, _, local = name.partition(":")
    return name if prefix in ("http", "https") else PREFIXES[prefix] + local


def lines(facts: Iterable[Fact]) -> list[str]:
    """The facts as canonical lines."""
    return rdf.lines(_triple(*fact) for fact in facts)


def _triple(subject: str, predicate: str, target: str) -> rdf.Triple:
    if predicate == "a":
        return rdf.iri(subject), rdf.TYPE, rdf.iri(target[1:-1] if target.startswith("<") else expand(target))
    term = target if target.startswith("<http") and target.endswith(">") else rdf.literal(target)
    return rdf.iri(subject), rdf.iri(expand(predicate)), term


def say(context: Context, origin: str, facts: Iterable[Fact], kind: Kind = "page", authority: str = "a") -> Accepted:
    """Let an origin say these facts and nothing else from now on."""
    rows = lines(facts)
    name = digest("\n".join(rows).encode())
    return acceptance.accept(context, Statement(origin, kind, authority, name, "test", rows))
