"""An erasure takes a person or a page out of everything public, proves it, and does not let it come back."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from belfort import acceptance, jobs
from belfort.errors import NotFound, UsageError
from belfort.jobs import Context
from belfort.records import entity as entities
from belfort.records import ledger
from belfort.records.change import change
from belfort.records.database import read
from belfort.records.entity import entity, tombstone
from belfort.vocab import BESLUIT, DATA, ELI, FOAF, MANDAAT, MU, PERSON, RDF
from publisher.erasure import blocklist, copies
from publisher.erasure.proof import prove
from publisher.erasure.records import erase, lift
from publisher.fingerprint import replay
from publisher.rebuild import rebuild
from publisher.verify import verify
from tests.support import site_data
from tests.support.command import belfort
from tests.support.site_data import BESLUIT_IRI, PAGE, PERSOON_IRI, RAADSLID, REGISTER, ZITTING

NAME = "Vandenbroeck"
ROLE = DATA["mandatarissen/noor"]


@pytest.fixture
def filled(context: Context) -> Context:
    """Records with people, a page and every copy made."""
    site_data.fill(context)
    jobs.project(context)
    return context


def _everything(context: Context) -> bytes:
    """Every file under the data folder but the sealed ones."""
    settings = context.settings
    files = [path for path in settings.data.rglob("*") if path.is_file() and settings.private not in path.parents]
    return b"\n".join(path.read_bytes() for path in files)


def _log(context: Context) -> str:
    with read(context.engine) as connection:
        return "\n".join(f"{row.inserts}\n{row.deletes}" for row in connection.execute(sa.select(change)))


def test_a_person_is_nowhere_any_more(filled: Context) -> None:
    """Name, roles and pointers go from entities, log, dumps, feeds, index and store; the rest stays, all is proved."""
    assert NAME.encode() in _everything(filled)

    done = erase(filled, PERSOON_IRI, "besluit 2026/12")
    copies.finish(filled, done.gone)

    assert {PERSOON_IRI, ROLE, DATA["mandatarissen/noor-oud"], DATA["lidmaatschappen/noor"]} == set(done.erasure.iris)
    assert NAME.encode() not in _everything(filled)
    assert NAME not in _log(filled)
    proof = prove(filled)
    assert (proof.left, proof.mentions) == ([], [])
    assert proof.files > 20
    assert proof.texts > 3
    assert list(verify(filled)) == []
    with read(filled.engine) as connection:
        assert entities.get(connection, RAADSLID) is not None
        zitting = entities.get(connection, ZITTING)
        assert zitting is not None
        assert ROLE not in zitting.lines
        assert DATA["mandatarissen/jef"] in zitting.lines
        assert zitting.revision == connection.execute(sa.select(sa.func.max(change.c.seq))).scalar_one()
        assert connection.execute(sa.select(tombstone.c.iri).where(tombstone.c.iri == ROLE)).scalar_one() == ROLE


def test_a_page_is_nowhere_any_more(filled: Context) -> None:
    """What only the page said goes, and does not come back; a corrected page may come elsewhere."""
    assert b"Fietsstraat Kerkdreef" in _everything(filled)

    done = erase(filled, PAGE, "op vraag van het bestuur")
    copies.finish(filled, done.gone)

    assert b"Fietsstraat Kerkdreef" not in _everything(filled)
    assert "Fietsstraat Kerkdreef" not in _log(filled)
    assert prove(filled).left == []
    assert list(verify(filled)) == []
    with read(filled.engine) as connection:
        assert entities.get(connection, ZITTING) is None
        assert entities.get(connection, PERSOON_IRI) is not None

    site_data.speak(filled, PAGE, "page", site_data.page_lines(), b"again")
    with read(filled.engine) as connection:
        assert entities.get(connection, BESLUIT_IRI) is None
    site_data.speak(filled, f"{PAGE}-anoniem", "page", site_data.page_lines(title="Zonder namen"), b"corrected")
    with read(filled.engine) as connection:
        found = entities.get(connection, BESLUIT_IRI)
        assert found is not None
        assert "Zonder namen" in found.lines
    assert list(verify(filled)) == []


def test_what_is_erased_does_not_come_back_until_that_is_lifted(filled: Context) -> None:
    """Not by the same register, not by a new role of the same person, not by another origin, not by a rebuild."""
    erase(filled, PERSOON_IRI, "besluit 2026/12")
    new_role = DATA["mandatarissen/noor-nieuw"]
    lines = [*site_data.register_lines(), *site_data.say(new_role, MANDAAT.Mandataris, {
        MANDAAT.isBestuurlijkeAliasVan: PERSOON_IRI, MANDAAT.start: "2026-01-01T00:00:00Z",
    })]  # fmt: skip
    person = site_data.say(PERSOON_IRI, PERSON.Person, {FOAF.familyName: NAME})

    site_data.speak(filled, REGISTER, "register", lines, b"register 2")
    site_data.speak(filled, "https://andere.example/feed", "register", [*lines[-3:], *person], b"other")
    rebuild(filled)

    with read(filled.engine) as connection:
        for iri in (PERSOON_IRI, ROLE, new_role):
            assert entities.get(connection, iri) is None
        assert "erased" in _codes(connection)
    assert list(verify(filled)) == []

    lift(filled, PERSOON_IRI, "vergissing")

    with read(filled.engine) as connection:
        assert entities.get(connection, PERSOON_IRI) is not None
        assert entities.get(connection, ROLE) is not None
    assert list(verify(filled)) == []
    with pytest.raises(NotFound):
        lift(filled, PERSOON_IRI, "nog eens")


def _codes(connection: sa.Connection) -> set[str]:
    from belfort.records.issue import issue

    return set(connection.execute(sa.select(issue.c.code)).scalars())


def test_erasing_twice_is_one_erasure(filled: Context) -> None:
    """The second time nothing is written to the ledger or the log."""
    erase(filled, PERSOON_IRI, "een")
    with read(filled.engine) as connection:
        before = list(connection.execute(sa.select(ledger.ledger.c.seq))), _log(filled)

    done = erase(filled, PERSOON_IRI, "twee")

    assert not done.news
    with read(filled.engine) as connection:
        assert (list(connection.execute(sa.select(ledger.ledger.c.seq))), _log(filled)) == before


@pytest.mark.parametrize(("iri", "reason", "error"), [
    ("https://nergens.example/x", "goed", NotFound), (PERSOON_IRI, " ", UsageError),
    (PERSOON_IRI, "vraag van 85.07.30-033.28", UsageError),
])  # fmt: skip
def test_a_wrong_question_changes_nothing(
    filled: Context, iri: str, reason: str, error: type[Exception]
) -> None:  # fmt: skip
    """An unknown IRI, no reason, a reason with private data."""
    before = _log(filled)

    with pytest.raises(error):
        erase(filled, iri, reason)

    assert _log(filled) == before
    assert list(verify(filled)) == []


def test_the_change_log_is_append_only_again(filled: Context) -> None:
    """The trigger is away for one transaction only, also when that fails."""
    erase(filled, PERSOON_IRI, "besluit")

    with sqlite3.connect(filled.settings.data / "records.sqlite") as connection:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute("UPDATE change SET inserts = ''")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute("DELETE FROM change")
    connection.close()


def test_the_evidence_of_a_page_is_destroyed_only_when_asked(filled: Context) -> None:
    """By default the sealed bytes stay; with --evidence they go, the digests stay, and verify knows why."""
    body = b"<html>besluitenlijst</html>"
    name = filled.blobs.put(body)
    erase(filled, PAGE, "eerst zo")
    copies.finish(filled)
    assert filled.blobs.get(name) == body

    erase(filled, PAGE, "en dan zo", evidence=True)
    copies.finish(filled)

    assert not filled.blobs.path(name).exists()
    assert list(verify(filled)) == []
    assert prove(filled).left == []
    with pytest.raises(UsageError):
        erase(filled, PERSOON_IRI, "van een persoon kan dat niet", evidence=True)


STEPS: list[tuple[object, str]] = [
    (copies.dumps, "forget"),
    (copies.jobs, "project"),
    (copies, "_compact"),
]


@pytest.mark.parametrize(("place", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_failure_at_any_step_is_mended_by_doing_it_again(
    filled: Context, monkeypatch: pytest.MonkeyPatch, place: object, name: str
) -> None:
    """The records are right from the first moment; the copies follow, whenever."""

    def fail(*arguments: object, **named: object) -> None:
        raise OSError("no space left")

    done = erase(filled, PERSOON_IRI, "besluit")
    with monkeypatch.context() as broken:
        broken.setattr(place, name, fail)
        with pytest.raises(OSError, match="no space"):
            copies.finish(filled, done.gone)

    copies.finish(filled)

    assert NAME.encode() not in _everything(filled)
    assert prove(filled).left == []


@pytest.mark.parametrize("seconds", [2.0])
def test_killed_at_any_moment_it_is_finished_by_running_it_again(filled: Context, seconds: float) -> None:
    """SIGKILL leaves records that verify, and the command, repeated, completes."""
    data = filled.settings.data
    environment = {**os.environ, "BELFORT_DATA": str(data)}
    command = [
        sys.executable,
        "-c",
        "from belfort.cli import main; main()",
        "erase",
        PERSOON_IRI,
        "--reason",
        "besluit",
    ]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        running.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert [fault for fault in verify(filled) if not fault.startswith("dump ")] == []

    done = belfort("erase", PERSOON_IRI, "--reason", "besluit", data=data)

    assert (done.code, done.err) == (0, "")
    assert "none found" in done.out
    assert NAME.encode() not in _everything(filled)
    assert list(verify(filled)) == []


def _stale_dump(context: Context) -> Path:
    path = context.settings.dumps / "oud.nt"
    path.write_text(f'<{PERSOON_IRI}> <{FOAF.familyName}> "{NAME}" .\n')
    return path


def _stale_index(context: Context) -> Path:
    path = context.settings.index / "oud.store"
    path.write_bytes(b"\0\1" + NAME.encode() + b"\2")
    return path


@pytest.mark.parametrize("leave", [_stale_dump, _stale_index])
def test_the_proof_finds_what_is_left(filled: Context, leave: Callable[[Context], Path]) -> None:
    """A copy that somebody put beside the others makes the command fail, and it says where."""
    erase(filled, PERSOON_IRI, "besluit")
    copies.finish(filled)
    path = leave(filled)

    done = belfort("erase", "--verify", data=filled.settings.data)

    assert done.code == 7
    assert str(path) in done.out
    assert NAME not in done.out + done.err


def test_a_name_in_a_text_of_somebody_else_is_shown_to_a_person(filled: Context) -> None:
    """A besluit that names somebody is another statement: it stays, and the operator is told which it is."""
    page = site_data.say(f"{BESLUIT_IRI}-2", BESLUIT.Besluit, {ELI.title: f"Eedaflegging van Noor {NAME}"})
    site_data.speak(filled, f"{PAGE}-2", "page", page, b"2")
    erase(filled, PERSOON_IRI, "besluit")
    copies.finish(filled)

    proof = prove(filled)

    assert proof.left == []
    assert proof.mentions == [f"{BESLUIT_IRI}-2"]


def test_both_databases_redact_their_log(any_context: Context) -> None:
    """On PostgreSQL as on SQLite: entities follow from the log, and the log says nothing of it."""
    site_data.fill(any_context)

    done = erase(any_context, PERSOON_IRI, "besluit")
    copies._compact(any_context)

    assert done.redacted > 5
    assert NAME not in _log(any_context)
    with read(any_context.engine) as connection:
        logged = {iri for iri, left in replay(connection).prints.items() if left}
        assert logged == set(connection.execute(sa.select(entity.c.iri)).scalars())
        assert PERSOON_IRI in blocklist.erased(connection)
    assert list(verify(any_context)) == []


def test_a_statement_that_two_pages_make_stays_with_the_other(context: Context) -> None:
    """Erasing one of two pages of an authority takes away only what nobody else says."""
    thing = "https://dorp.example/id/besluiten/1"
    both = [f"<{thing}> <{RDF.type}> <{BESLUIT.Besluit}> .", f'<{thing}> <{ELI.title}> "Fietspad" .']
    for number, extra in ((1, "Geheim verslag"), (2, "Openbaar verslag")):
        lines = sorted([*both, f'<{thing}> <{ELI.description}> "{extra}" .'], key=str.encode)
        acceptance.accept(
            context, acceptance.Statement(f"https://dorp.example/{number}", "page", "dorp", f"{number}", "t", lines)
        )
    jobs.project(context)

    done = erase(context, "https://dorp.example/1", "besluit")
    copies.finish(context, done.gone)

    with read(context.engine) as connection:
        found = entities.get(connection, thing)
    assert found is not None
    assert "Openbaar verslag" in found.lines
    assert "Fietspad" in found.lines
    assert found.value(MU.uuid)
    assert b"Geheim verslag" not in _everything(context)
    assert list(verify(context)) == []
    assert prove(context).left == []


def test_the_list_shows_what_is_erased(filled: Context) -> None:
    """One JSON object an erasure: the IRIs, the reason, the moment; no name."""
    erase(filled, PERSOON_IRI, "besluit 2026/12")

    done = belfort("erase", "--list", data=filled.settings.data)

    told = json.loads(done.out)
    assert told["iri"] == PERSOON_IRI
    assert told["reason"] == "besluit 2026/12"
    assert NAME not in done.out


def test_derived_folders_that_are_missing_are_no_obstacle(filled: Context) -> None:
    """Erasing works on records alone, and makes the copies."""
    for name in ("dumps", "feeds", "index", "sparql"):
        shutil.rmtree(filled.settings.data / name, ignore_errors=True)

    done = erase(filled, PERSOON_IRI, "besluit")
    copies.finish(filled, done.gone)

    assert prove(filled).left == []
    assert list(verify(filled)) == []
