"""Many plans over few documents give what each plan gives of each document alone, and what an index gives."""

import random
from datetime import date

import pytest

from search.alerts.follow import Watch, matching, revision
from search.alerts.matching import Batch
from search.document import Document, keywords
from search.engines.port import Cursor, Slice
from search.engines.tantivy_index import in_memory
from search.holds import Fields, matches
from search.plan import plan
from search.query import Query, query_string
from search.reading import read
from search.row import row

WORDS = [
    "fietspad", "fietspaden", "voetpad", "weg", "wegen", "brug", "bruggen", "Sint-Niklaas", "2024/123", "subsidie",
    "subsidies", "kerkfabriek", "de", "van", "jaarrekening", "gemeenteraad", "park", "parking", "fiets", "pad",
    "verkeer", "reglement", "sluis", "water", "waterweg", "Éénrichting",
]  # fmt: skip
DAY = date(2026, 6, 1)


def documents(chance: random.Random, count: int) -> list[Document]:
    """Small documents of these words."""
    made = []
    for number in range(count):
        text = "\n\n".join(" ".join(chance.choices(WORDS, k=6)) for _ in range(2))
        bestuur = (f"https://x.example/{number % 3}", f"Gemeente {chance.choice(WORDS)}")
        made.append(
            Document(
                f"https://x.example/d/{number}", str(number), "besluiten", "Besluit",
                " ".join(chance.choices(WORDS, k=3)), text,
                f"2026-{number % 12 + 1:02}-15" if number % 5 else "", (bestuur,),
                keywords=(*keywords("bestuur", [bestuur]), *keywords("type", [("besluiten", "Besluiten")])),
                begins="2025-01-01" if number % 2 else "", ends="2026-03-01" if number % 4 == 1 else "",
            )
        )  # fmt: skip
    return made


def question(chance: random.Random) -> Query:
    """A question with any of what a question may have."""
    a, b, c, d = chance.choices(WORDS, k=4)
    text = chance.choice(
        [a, f"{a} {b}", f"{a} {b} {c} {d}", f'"{a} {b}"', f"{a[:4]}*", f"{a} OF {b}", f"{a} -{b}", f"-{a}", "",
         f'"{a} {b}" {c} NIET "{d}"', f"{a} {b} {c}*", f"{a}/{b}*", f"{a} EN {b} {c}"]
    )  # fmt: skip
    return Query(
        text,
        bestuur=tuple(f"https://x.example/{n}" for n in range(3) if chance.random() < 0.3),
        status=("gepland",) if chance.random() < 0.1 else (),
        van=date(2026, 3, 1) if chance.random() < 0.2 else None,
        tot=date(2026, 9, 1) if chance.random() < 0.2 else None,
        peildatum=DAY if chance.random() < 0.1 else None,
    )


@pytest.mark.parametrize("seed", range(5))
def test_it_matches_as_the_plan_says_and_as_an_index_does(seed: int) -> None:
    """200 questions over 60 documents, each compared with the meaning of the plan and with the embedded engine."""
    chance = random.Random(seed)
    made = documents(chance, 60)
    rows = [row(one) for one in made]
    batch, fields = Batch(rows), [Fields(one) for one in rows]
    index = in_memory()
    writer = index.writer()
    writer.replace((), made)
    writer.commit(Cursor(1, "now"))
    writer.close()
    view = index.view()
    found = 0
    for _ in range(200):
        query = question(chance)
        asked = plan(query, read(query.text), DAY)
        places = batch.matches(asked)
        assert places == [place for place, one in enumerate(fields) if matches(asked, one)], query
        hits = {document.iri for document, _ in view.search(asked, Slice("newest", 100)).hits}
        assert {made[place].iri for place in places} == hits, query
        found += len(places)
    assert found > 200


def test_nothing_matches_nothing() -> None:
    """No documents, no alerts, or an alert whose filter no longer exists."""
    made = documents(random.Random(1), 2)
    assert list(matching([], [Watch(1, "q=fietspad", "[]", 0)])) == []
    assert list(matching(made, [])) == []
    everything = Watch(2, query_string(Query(type=("besluiten",))), "[]", 0)
    assert list(matching(made, [Watch(1, "type=onzin", "[]", 0), everything])) == [(2, 0), (2, 1)]


def test_a_revision_is_what_people_read() -> None:
    """Title, text, day and the name of the bestuur make another one; filters and what it embeds do not."""
    one = documents(random.Random(1), 1)[0]
    same = Document(**{**one.__dict__, "embeds": frozenset({"x"}), "keywords": (), "uuid": "other"})
    assert revision(same) == revision(one)
    for change in ({"title": "x"}, {"text": "x"}, {"date": "2020-01-01"}, {"besturen": (("x", "Ander"),)}):
        assert revision(Document(**{**one.__dict__, **change})) != revision(one), change
