"""Real pages as an index, and questions of which is known what they should find.

The questions stand in `tests/conformance/search/known_items.tsv`: kind, question, IRIs. They were written from reading
the pages, as a person half remembers them, before any was asked; they are not adapted to what finds them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from belfort.jobs import Context
from harvester.reading import Reader
from harvester.submit import Page, submit_all

FILE = Path(__file__).parent.parent / "conformance/search/known_items.tsv"
JUNK = "junk"
_FOLDER = "https://www.example.org/pagina"


@dataclass(frozen=True)
class Item:
    """A question, the kind of difficulty in it, and what it should find: any of these (none for junk)."""

    kind: str
    text: str
    iris: frozenset[str]

    def rank(self, found: Sequence[str]) -> int:
        """The place of the first right answer, from 1; 0 when it is not there."""
        return next((place for place, iri in enumerate(found, 1) if iri in self.iris), 0)


def items() -> list[Item]:
    """All questions, those for junk included."""
    rows = (row.split("\t") for row in FILE.read_text(encoding="utf-8").splitlines() if not row.startswith("#"))
    return [Item(kind, text, frozenset(iris.split())) for kind, text, iris in rows]


def submit_pages(context: Context, folder: Path) -> int:
    """Store what the pages of a folder say; how many pages said something."""
    pages = (
        Page(f"{_FOLDER}/{path.stem}", path.read_bytes(), "www.example.org") for path in sorted(folder.glob("*.html"))
    )
    reader = Reader(context.settings)
    try:
        return sum(done.submission is not None for done in submit_all(context, reader, pages))
    finally:
        reader.close()


def mrr(ranks: Sequence[int]) -> float:
    """The mean of one divided by the rank; nothing found counts as 0."""
    return sum(1 / rank for rank in ranks if rank) / len(ranks)
