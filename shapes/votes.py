"""The rules about votes that SHACL core cannot say, in Python: they run on every page, where SPARQL would be too slow.

The same rules stand as SHACL-SPARQL in `publication/notulen.ttl`, which is what they mean; a test holds both together.
Enters: a graph and a stemming. Leaves: (path, value) of each violation.
"""

from collections.abc import Iterator
from functools import partial

from belfort.rdf import literal
from belfort.vocab import BESLUIT, XSD
from shapes.shacl import Graph
from shapes.shacl.compile import Native
from shapes.shacl.literals import compare

_SHAPES = "urn:belfort:shape:notulen:"
_PRESENT, _HAS_VOTE = f"<{BESLUIT.heeftAanwezige}>", f"<{BESLUIT.heeftStemming}>"
_SECRET, _TRUE = f"<{BESLUIT.geheim}>", literal("true", XSD.boolean)
_ROLES = ("Voorstander", "Tegenstander", "Onthouder")
_VOTERS = tuple(f"<{BESLUIT[f'heeft{role}']}>" for role in ("Stemmer", *_ROLES))


def _count(role: str, graph: Graph, stemming: str) -> Iterator[tuple[str, str]]:
    """The number differs from that of the people named; of a secret ballot nobody need be named."""
    path = f"<{BESLUIT[f'heeft{role}']}>"
    people = set(graph.objects(stemming, path))
    if not people and _TRUE in graph.objects(stemming, _SECRET):
        return
    named = literal(str(len(people)), XSD.integer)
    for number in graph.objects(stemming, f"<{BESLUIT[f'aantal{role}s']}>"):
        if compare(number, named) not in (None, 0):
            yield path, number


def _present(graph: Graph, stemming: str) -> Iterator[tuple[str, str]]:
    """Someone voted who is not among those present at the vote or its behandeling."""
    present = set(graph.objects(stemming, _PRESENT))
    for behandeling in graph.subjects(_HAS_VOTE, stemming):
        present.update(graph.objects(behandeling, _PRESENT))
    for path in _VOTERS:
        for person in graph.objects(stemming, path):
            if person not in present:
                yield path, person


def _named(graph: Graph, stemming: str) -> Iterator[tuple[str, str]]:
    """Someone has no name of their own: a blank node, or the name that their page gave one."""
    for path in (*_VOTERS, _PRESENT):
        for person in graph.objects(stemming, path):
            if person.startswith("_:") or "#genid-" in person:
                yield path, person


RULES: dict[str, Native] = {
    **{f"<{_SHAPES}Stemming-telling-{role.lower()}s>": partial(_count, role) for role in _ROLES},
    f"<{_SHAPES}Stemming-stemmer-aanwezig>": _present,
    f"<{_SHAPES}Stemming-personen-met-uri>": _named,
}
