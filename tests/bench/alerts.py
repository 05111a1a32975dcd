"""Measures matching a harvest of 500 documents against 10,000 saved searches.

Usage: python tests/bench/alerts.py FOLDER_OF_PAGES [ALERTS] [DOCUMENTS]. Documents and searches are made of the words
of the pages; the documents are of 20 besturen, half of the searches ask for one of 300. Prints seconds of CPU for: all
alerts by Belfort (reading the saved searches, planning, analysing the documents, matching); the same alerts asked one
by one of an embedded index of only these documents; and of an index that has forty times as many, as a nightly re-run
would (a sample, counted up). Both sides find the same or it fails.
"""

import random
import sys
import time
from pathlib import Path

from search.alerts import saved
from search.alerts.follow import Watch, matching
from search.document import Document, keywords
from search.engines.port import Cursor, Slice
from search.engines.tantivy_index import TantivyView, in_memory
from search.plan import Plan, plan
from search.projection.plain import plain_text
from search.query import Query, query_string
from search.reading import read
from search.searcher import today

BESTUREN = 20
WHOLE = 40
SAMPLE = 300
TIMES = 3


def words_of(folder: Path) -> list[str]:
    """The words of all pages, in order."""
    text = " ".join(plain_text(path.read_text("utf-8", "replace")) for path in sorted(folder.rglob("*.html")))
    found = [word.strip(".,;:()\"'") for word in text.split()]
    if len(found) < 5000:
        sys.exit(f"{folder} has too few pages (*.html).")
    return [word for word in found if word]


def make_documents(words: list[str], count: int, chance: random.Random) -> list[Document]:
    """Besluiten made of runs of the words."""
    made = []
    for number in range(count):
        start = chance.randrange(len(words) - 400)
        bestuur = (f"https://example.org/bestuur/{number % BESTUREN}", f"Gemeente {number % BESTUREN}")
        made.append(
            Document(
                f"https://example.org/besluit/{number}", str(number), "besluiten", "Besluit",
                " ".join(words[start : start + 8]), " ".join(words[start + 8 : start + 300]),
                f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}", (bestuur,), keywords=(
                    *keywords("bestuur", [bestuur]), *keywords("type", [("besluiten", "Besluiten")])),
            )
        )  # fmt: skip
    return made


def make_searches(words: list[str], count: int, chance: random.Random) -> list[str]:
    """Canonical query strings: one to four words, now and then a phrase, a prefix, a filter or something left out."""
    long = [word for word in words if len(word) > 5 and word.isalpha()]
    found: dict[str, None] = {}
    while len(found) < count:
        start = chance.randrange(len(words) - 3)
        text = chance.choice(
            [chance.choice(long), " ".join(chance.choices(long, k=2)), " ".join(chance.choices(long, k=4)),
             f'"{words[start]} {words[start + 1]}"', f"{chance.choice(long)[:5]}*",
             f"{chance.choice(long)} -{chance.choice(long)}", f"{chance.choice(long)} OF {chance.choice(long)}"]
        )  # fmt: skip
        bestuur = (f"https://example.org/bestuur/{chance.randrange(300)}",) if chance.random() < 0.5 else ()
        found[query_string(Query(text, bestuur=bestuur))] = None
    return list(found)


def ours(searches: list[str], documents: list[Document]) -> set[tuple[int, str]]:
    """(alert, document) of all that match."""
    watches = [Watch(number, said, "[]", 0) for number, said in enumerate(searches)]
    return {(number, documents[place].iri) for number, place in matching(documents, watches)}


def plans_of(searches: list[str]) -> list[tuple[int, Plan]]:
    """The searches as an index is asked them."""
    day, questions = today(), map(saved.parse, searches)
    return [(number, plan(one, read(one.text), day)) for number, one in enumerate(questions)]


def view_of(documents: list[Document]) -> TantivyView:
    """An embedded index of these."""
    index = in_memory()
    writer = index.writer()
    writer.replace((), documents)
    writer.commit(Cursor(1, "bench"))
    writer.close()
    return index.view()


def asked(view: TantivyView, plans: list[tuple[int, Plan]], size: int) -> set[tuple[int, str]]:
    """(alert, document) of all that an index finds."""
    part = Slice("newest", size)
    return {(number, document.iri) for number, one in plans for document, _ in view.search(one, part).hits}


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 500
    chance = random.Random(12)
    words = words_of(Path(sys.argv[1]))
    documents, searches = make_documents(words, size, chance), make_searches(words, count, chance)
    best, found = float("inf"), set[tuple[int, str]]()
    for _ in range(TIMES):
        begin = time.process_time()
        found = ours(searches, documents)
        best = min(best, time.process_time() - begin)
    begin = time.process_time()
    plans = plans_of(searches)
    small = asked(view_of(documents), plans, size)
    engine = time.process_time() - begin
    if small != found:
        sys.exit(f"They differ: {len(found ^ small)} of {len(found | small)}.")
    whole = view_of(make_documents(words, size * WHOLE, chance))
    sample = chance.sample(plans, SAMPLE)
    begin = time.process_time()
    asked(whole, sample, 200)
    again = (time.process_time() - begin) * len(plans) / SAMPLE
    print(f"{count} alerts x {size} documents: {len(found)} matches in {best:.2f} s")
    print(f"an index of these documents asked {count} times: {engine:.2f} s, ratio {engine / best:.1f}")
    print(f"an index of {size * WHOLE} documents asked {count} times: {again:.1f} s, ratio {again / best:.0f}")


if __name__ == "__main__":
    main()
