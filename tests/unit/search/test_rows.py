"""Rows that are made in processes beside this one are the rows that would be made here."""

import os
import signal

import pytest

from belfort.workers import Header, Worker
from search import rows as module
from search.document import Document, Joined, Keyword
from search.row import row
from search.rows import rows


def documents(count: int) -> list[Document]:
    """Besluiten with everything that a row may hold."""
    return [
        Document(
            iri=f"https://raad.example/{n}", uuid=str(n), plural="besluiten", type="Besluit", title=f"Fietspad {n} é",
            text=f"Artikel 1. De raad keurt het fietspad {n} goed.\n\nArtikel 2. \ud800 Dit besluit gaat in.",
            date="2024-01-01", besturen=(("https://raad.example/b", "Gemeente Aalter"),),
            keywords=(Keyword("thema", "mobiliteit", "Mobiliteit"),), joined=(Joined("https://x.example/", "u", "t"),),
            embeds=frozenset({f"https://raad.example/{n}", "https://raad.example/b"}),
        )
        for n in range(count)
    ]  # fmt: skip


def batches(count: int) -> list[list[Document]]:
    """The documents, ten at a time."""
    made = documents(count)
    return [made[start : start + 10] for start in range(0, count, 10)]


@pytest.mark.parametrize("count", [0, 7, 20, 95])
def test_rows_come_in_order_whoever_made_them(count: int) -> None:
    """Few batches are made here, the others by processes; the outcome is the same to the byte."""
    made = [one for some in rows(batches(count)) for one in some]
    assert made == [row(one) for one in documents(count)]


def test_a_process_that_dies_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its batch is made here; the process is started again for the next."""
    real, killed = Worker.send, list[int]()

    def send(self: Worker, header: Header, body: bytes = b"", *, seconds: float) -> None:
        real(self, header, body, seconds=seconds)
        if not killed and self.pid:
            killed.append(self.pid)
            os.kill(self.pid, signal.SIGKILL)  # it is still starting, so it cannot have answered

    monkeypatch.setattr(module.Worker, "send", send)
    made = [one for some in rows(batches(60)) for one in some]
    assert killed
    assert made == [row(one) for one in documents(60)]
