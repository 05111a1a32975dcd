"""`verify` names every kind of alteration, with its place."""

import sqlite3
from collections.abc import Callable

import pytest

from belfort import acceptance, jobs
from belfort.acceptance import Statement
from belfort.jobs import Context
from belfort.vocab import BESLUIT, DCT, RDF
from publisher.verify import verify

ORIGIN = "https://dorp.example/1"
SUBJECT = "https://dorp.example/id/besluiten/1"
LINES = [f"<{SUBJECT}> <{RDF.type}> <{BESLUIT.Besluit}> .", f'<{SUBJECT}> <{DCT.title}> "Fietspad" .']


@pytest.fixture
def published(context: Context) -> Context:
    """One page, processed and dumped."""
    statement = Statement(ORIGIN, "page", "dorp", "digest", "test-1", sorted(LINES, key=str.encode))
    acceptance.accept(context, statement)
    jobs.project(context, only="dumps")
    assert list(verify(context)) == []
    return context


def _sql(*statements: str) -> Callable[[Context], None]:
    """What someone with full access to the database could do: drop the triggers, then alter rows."""

    def alter(context: Context) -> None:
        with sqlite3.connect(context.settings.data / "records.sqlite") as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                assert connection.execute(statement).rowcount > 0
        connection.close()

    return alter


def _cut_dump(context: Context) -> None:
    path = context.settings.dumps / "latest" / "belfort.nt"
    path.write_bytes(path.read_bytes()[:-1])


def _remove_dump(context: Context) -> None:
    (context.settings.dumps / "latest" / "belfort.jsonld").unlink()


@pytest.mark.parametrize(
    ("alter", "place"),
    [
        (_sql("UPDATE entity SET lines = replace(lines, 'Fietspad', 'Autoweg')"), f"entity {SUBJECT}"),
        (_sql("DELETE FROM entity"), f"entity {SUBJECT}: is missing"),
        (_sql("INSERT INTO entity SELECT 'https://x.example/2', uuid, class_iri, label, date, revision, modified,"
              " replace(lines, 'besluiten/1', 'besluiten/2') FROM entity"), "nobody states it"),
        (_sql("UPDATE assertion SET lines = replace(lines, 'Fietspad', 'Autoweg')"), f"assertion of {ORIGIN}"),
        (_sql("DELETE FROM assertion"), f"assertion of {ORIGIN}"),
        (_sql("UPDATE change SET inserts = replace(inserts, 'Fietspad', 'Autoweg')"), "not what the change log says"),
        (_sql("DELETE FROM change"), "not what the change log says"),
        (_sql("UPDATE submission SET quads = 'ffff'"), "submission 1"),
        (_sql("UPDATE origin SET current = NULL"), f"origin {ORIGIN}"),
        (_sql("UPDATE ledger SET digest = 'ffff'"), "ledger entry 1 was changed"),
        (_sql("UPDATE ledger SET at = '2020-01-01T00:00:00.000Z'"), "ledger entry 1 was changed"),
        (_sql("DELETE FROM ledger"), f"origin {ORIGIN}"),
        (_cut_dump, "its sha256 is not the one in the manifest"),
        (_remove_dump, "is missing"),
    ],
)  # fmt: skip
def test_an_alteration_is_found(published: Context, alter: Callable[[Context], None], place: str) -> None:
    """Whatever is changed or removed behind Belfort's back shows as a line with its place."""
    alter(published)

    assert any(place in fault for fault in verify(published))


def test_looking_changes_nothing(published: Context) -> None:
    """Verifying writes no byte."""
    database = published.settings.data / "records.sqlite"
    before = database.read_bytes()

    assert list(verify(published)) == []

    assert database.read_bytes() == before
