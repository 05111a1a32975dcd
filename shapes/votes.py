"""The rules about votes that SHACL core cannot say, in Python: they run on every page, where SPARQL would be too slow.

The same rules stand as SHACL-SPARQL in `publication/notulen.ttl` and `publication/besluitenlijst.ttl`, which is what
they mean; a test holds both together. Notulen must name who voted and who was present; a besluitenlijst need not, so
there the rules speak only of what it does name.
Enters: a graph and a stemming. Leaves: (path, value) of each violation.
"""

from collections.abc import Iterator
from functools import partial

from belfort.rdf import literal
from belfort.vocab import BESLUIT, XSD
from shapes.shacl import Graph
from shapes.shacl.compile import Native
from shapes.shacl.literals import compare

_SHAPES = "urn:belfort:shape:"
_PRESENT, _HAS_VOTE = f"<{BESLUIT.heeftAanwezige}>", f"<{BESLUIT.heeftStemming}>"
_SECRET = f"<{BESLUIT.geheim}>"
_TRUTHS = frozenset({literal("true", XSD.boolean), literal("1", XSD.boolean)})
_ROLES = ("Voorstander", "Tegenstander", "Onthouder")
_VOTERS = tuple(f"<{BESLUIT[f'heeft{role}']}>" for role in ("Stemmer", *_ROLES))


def _count(role: str, must_name: bool, graph: Graph, stemming: str) -> Iterator[tuple[str, str]]:
    """The number differs from that of the people named; of a secret ballot nobody need be named."""
    people = graph.objects(stemming, f"<{BESLUIT[f'heeft{role}']}>")
    if not people and not _TRUTHS.isdisjoint(graph.objects(stemming, _SECRET)):
        return
    if not must_name and not any(graph.objects(stemming, one) for one in _VOTERS[1:]):
        return
    named = literal(str(len(people)), XSD.integer)
    path = f"<{BESLUIT[f'aantal{role}s']}>"
    for number in graph.objects(stemming, path):
        if compare(number, named) not in (None, 0):
            yield path, number


def _present(must_name: bool, graph: Graph, stemming: str) -> Iterator[tuple[str, str]]:
    """Someone voted who is not among those present at the vote or its behandeling."""
    present = set(graph.objects(stemming, _PRESENT))
    for behandeling in graph.subjects(_HAS_VOTE, stemming):
        present.update(graph.objects(behandeling, _PRESENT))
    if not present and not must_name:
        return
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


def _rules(document: str, must_name: bool) -> dict[str, Native]:
    shapes = f"<{_SHAPES}{document}:Stemming-"
    counts = {f"{shapes}telling-{role.lower()}s>": partial(_count, role, must_name) for role in _ROLES}
    return {**counts, f"{shapes}stemmer-aanwezig>": partial(_present, must_name)}


RULES: dict[str, Native] = {
    **_rules("notulen", must_name=True),
    **_rules("besluitenlijst", must_name=False),
    f"<{_SHAPES}notulen:Stemming-personen-met-uri>": _named,
}
