"""The guard against mass deletion: what would a run take away, and is that too much to do unasked?"""

from collections import Counter
from dataclasses import dataclass

from belfort import rdf
from publisher.register import row
from publisher.register.state import State, class_of

# Of fewer than this many of a class any share may go.
SMALL = 20


@dataclass(frozen=True)
class Loss:
    """One kind of thing of which too much would go: `what` is `onderwerpen` or `uitspraken`."""

    what: str
    class_iri: str
    gone: int
    total: int

    def words(self) -> str:
        """The loss for a person."""
        kind = rdf.curie(self.class_iri) if self.class_iri else "zonder klasse"
        return f"{self.gone} van de {self.total} {self.what} ({kind})"


def losses(state: State, share: float) -> list[Loss]:
    """The classes of which the staged run takes away more than that share of the subjects or of the statements."""
    gone: Counter[tuple[str, str]] = Counter()
    for was, becomes in state.overwritten():
        before, left = row.lines(was), row.lines(becomes)
        if len(left) < len(before):
            gone["subjects", class_of(before)] += not left
            gone["triples", class_of(before)] += len(before) - len(left)
    found = []
    for kind, what in (("subjects", "onderwerpen"), ("triples", "uitspraken")):
        totals = state.totals(kind)
        every = sum(totals.values())
        lost = {name: number for (one, name), number in gone.items() if one == kind}
        for name, number in sorted(lost.items()):
            if totals[name] > SMALL and number > share * totals[name]:
                found.append(Loss(what, name, number, totals[name]))
        if not found and every > SMALL and sum(lost.values()) > share * every:
            found.append(Loss(what, "", sum(lost.values()), every))
    return found
