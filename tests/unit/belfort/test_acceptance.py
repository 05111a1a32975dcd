"""Acceptance: a statement counts whole or not at all, and saying the same again is no news."""

import signal

import pytest
import sqlalchemy as sa

from belfort import acceptance, rdf
from belfort.acceptance import Statement, accept
from belfort.blobs import digest
from belfort.jobs import Context
from belfort.records import ledger, origin, submission
from belfort.records.database import metadata, read, write
from belfort.records.entity import entity
from belfort.vocab import BESLUIT, DCT
from tests.support.process import run

PAGE = "https://x.example/zitting/1"
ZITTING = "https://x.example/id/zitting/1"


def _statement(title: str, pipeline: str = "test-1") -> Statement:
    rows = rdf.lines(
        [
            (rdf.iri(ZITTING), rdf.TYPE, rdf.iri(BESLUIT.Zitting)),
            (rdf.iri(ZITTING), rdf.iri(DCT.title), rdf.literal(title)),
        ]
    )
    return Statement(PAGE, "page", "x.example", digest(title.encode()), pipeline, rows)


def _counts(context: Context) -> dict[str, int]:
    with read(context.engine) as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for name, table in metadata.tables.items()
        }


def _public(context: Context) -> str:
    with read(context.engine) as connection:
        return "\n".join(connection.execute(sa.select(entity.c.lines)).scalars())


def test_a_first_statement(any_context: Context) -> None:
    """A statement becomes a submission with its lines as a blob, a ledger entry, and the change it makes."""
    statement = _statement("Gemeenteraad")
    accepted = accept(any_context, statement)
    assert accepted.news
    assert accepted.change
    assert set(statement.lines) <= set(accepted.change.inserts.split("\n"))
    assert any_context.blobs.get(accepted.submission.quads).decode() == "".join(f"{row}\n" for row in statement.lines)
    with read(any_context.engine) as connection:
        speaker = origin.find(connection, PAGE)
        entries = connection.execute(sa.select(ledger.ledger.c.kind, ledger.ledger.c.digest)).all()
    assert speaker
    assert speaker.current == accepted.submission.id
    assert [tuple(entry) for entry in entries] == [("submission", accepted.submission.quads)]


def test_the_same_again_is_nothing_new(any_context: Context) -> None:
    """Saying it twice leaves every record as it was, and answers with the submission that counts."""
    first = accept(any_context, _statement("Gemeenteraad"))
    before = _counts(any_context)
    again = accept(any_context, _statement("Gemeenteraad"))
    assert (again.news, again.change) == (False, None)
    assert again.submission == first.submission
    assert _counts(any_context) == before


def test_there_and_back(any_context: Context) -> None:
    """A, then B, then A: the first submission counts again, and the public data is as it was at first."""
    first = accept(any_context, _statement("A"))
    at_first = _public(any_context)
    second = accept(any_context, _statement("B"))
    assert _public(any_context) != at_first
    third = accept(any_context, _statement("A"))
    assert (third.submission.id, third.news) == (first.submission.id, True)
    assert second.submission.id != first.submission.id
    assert _public(any_context) == at_first
    counts = _counts(any_context)
    assert (counts["submission"], counts["ledger"], counts["change"]) == (2, 3, 3)


def test_another_pipeline_is_another_submission(any_context: Context) -> None:
    """A newer pipeline that says the same of the same bytes gives a submission but no change."""
    first = accept(any_context, _statement("A"))
    second = accept(any_context, _statement("A", "test-2"))
    assert second.news
    assert second.change is None
    assert second.submission.id != first.submission.id
    assert second.submission.quads == first.submission.quads


def test_a_withdrawn_origin_says_nothing(any_context: Context) -> None:
    """What only it said goes, once; it can speak again afterwards."""
    accept(any_context, _statement("A"))
    gone = acceptance.withdraw(any_context, PAGE, "404")
    assert gone
    assert (gone.inserts, _public(any_context)) == ("", "")
    before = _counts(any_context)
    assert acceptance.withdraw(any_context, PAGE, "404") is None
    assert acceptance.withdraw(any_context, "https://x.example/unknown", "404") is None
    assert _counts(any_context) == before
    assert accept(any_context, _statement("A")).news
    assert "A" in _public(any_context)


def test_what_is_written_within_belongs_to_it(any_context: Context) -> None:
    """When the caller's own records fail, nothing of the statement counts, and trying again works."""
    before = _counts(any_context)

    def fails(connection: sa.Connection) -> None:
        ledger.append(connection, "snapshot", PAGE, "")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        accept(any_context, _statement("A"), within=fails)
    assert _counts(any_context) == before
    assert accept(any_context, _statement("A")).news


def test_lines_that_are_none_count_for_nothing(any_context: Context) -> None:
    """A statement whose lines cannot be read fails in the merge, and takes its submission with it."""
    before = _counts(any_context)
    with pytest.raises(Exception, match="Regel 1"):
        accept(any_context, Statement(PAGE, "page", "x.example", "0" * 64, "test-1", ["nonsense"]))
    assert _counts(any_context) == before


_CRASHES = """
from belfort import acceptance, jobs
from belfort.records import ledger
merge = jobs.inline
def inline(*arguments):
    merge(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
jobs.inline = inline
acceptance.accept(open_context(load_settings()), acceptance.Statement(
    sys.argv[1], "page", "x.example", "0" * 64, "test-1", sys.argv[2].split("\\n")))
"""


def test_a_crash_after_the_merge_is_nothing(any_context: Context) -> None:
    """A process killed when all was written but the end of the transaction leaves the records as they were."""
    accept(any_context, _statement("A"))
    before, public = _counts(any_context), _public(any_context)
    code, _ = run(_CRASHES, any_context, PAGE, "\n".join(_statement("B").lines))
    assert code == -signal.SIGKILL
    assert (_counts(any_context), _public(any_context)) == (before, public)
    assert accept(any_context, _statement("B")).news
    with write(any_context.engine) as connection:
        assert list(ledger.broken_links(connection)) == []
        assert submission.get(connection, 1).pipeline == "test-1"
