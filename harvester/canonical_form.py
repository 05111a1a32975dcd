"""Graphs with blank nodes in canonical form (RDFC-1.0), so that they can be compared and hashed.

What Belfort stores has no blank nodes (`harvester.skolem`), so its canonical form is `belfort.rdf.lines`: distinct
lines, sorted bytewise, hashed before any store sees them. This is for graphs that still have them, such as what a page
says as plain RDFa beside what another processor makes of it. RDFC-1.0 can take for ever on a graph made for that
("poison"), so it runs in a child process with a deadline, and the number of blank nodes is capped.
Source: https://www.w3.org/TR/rdf-canon/.
"""

from collections.abc import Sequence

from belfort import rdf
from belfort.errors import DeadlineExceeded, InvalidInput
from belfort.rdf import Triple, is_blank
from belfort.workers import Header, Serve, Worker, WorkerCrashed

MAX_BLANK_NODES = 20_000
SECONDS = 5.0
MEMORY = 2**30
STARTUP_SECONDS = 60.0


class Poison(InvalidInput):
    """The blank nodes of a graph cannot be told apart within the limits."""


def canonical_lines(triples: Sequence[Triple], *, seconds: float = SECONDS, most: int = MAX_BLANK_NODES) -> list[str]:
    """The canonical N-Triples lines of a graph: the same for every graph that differs only in its blank node labels.

    Raises:
        Poison: more than `most` blank nodes, or more than `seconds` of work.
    """
    blank = {term for s, _, o in triples for term in (s, o) if is_blank(term)}
    if not blank:
        return rdf.lines(triples)
    if len(blank) > most:
        raise Poison(f"De graaf heeft {len(blank)} blanco knopen; {most} is het meeste.")
    worker = Worker("harvester.canonical_form:serve", memory=MEMORY)
    try:
        worker.call({}, seconds=STARTUP_SECONDS)
        _, body = worker.call({"graph": True}, "\n".join(rdf.lines(triples)).encode(), seconds=seconds)
    except (DeadlineExceeded, WorkerCrashed) as error:
        raise Poison("De blanco knopen van de graaf zijn niet binnen de grenzen uit elkaar te houden.") from error
    finally:
        worker.kill()
    return body.decode().split("\n")


def serve() -> Serve:
    """The child's side: lines in, canonical lines out. Only labels come from pyoxigraph; literals stay as they are."""
    import pyoxigraph

    def answer(header: Header, body: bytes) -> tuple[Header, bytes]:
        if not header:
            return {}, b""
        dataset = pyoxigraph.Dataset(pyoxigraph.parse(body + b"\n", format=pyoxigraph.RdfFormat.N_TRIPLES))
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        triples = [(_term(quad.subject), _term(quad.predicate), _term(quad.object)) for quad in dataset]
        return {}, "\n".join(rdf.lines(triples)).encode()

    return answer


def _term(term: object) -> str:
    import pyoxigraph

    if isinstance(term, pyoxigraph.Literal):
        return rdf.literal(term.value, "" if term.language else term.datatype.value, term.language or "")
    return str(term)
