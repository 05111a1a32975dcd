"""The stages of the flow, in their order, and the leased jobs that drive them.

`TABLE` is the one place that says what follows what. A package offers its handlers by the entry-point group
`belfort.stages`, so the kernel imports nobody. Three kinds of stage:

- *queued*: a job row, leased by a worker, at least once; the handler is idempotent.
- *inline*: runs inside the transaction of the stage before it (a submission and its merge are one commit).
- *projection*: follows the change log with a cursor of its own; run after any number of changes, and rebuilt from
  nothing by `belfort rebuild`.
"""

import json
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Literal

import sqlalchemy as sa

from belfort.blobs import Blobs
from belfort.errors import BelfortError, SettingsError, UsageError
from belfort.log import get_logger
from belfort.records.database import now, open_database, write
from belfort.records.job import job
from belfort.settings import Settings

log = get_logger("jobs")


@dataclass(frozen=True)
class Stage:
    """One step of the flow: its name, how it runs, what it makes."""

    name: str
    kind: Literal["queued", "inline", "projection"]
    says: str


TABLE: tuple[Stage, ...] = (
    Stage("extract", "queued", "a snapshot becomes a submission"),
    Stage("intake", "queued", "the unseen files of a register feed become a submission"),
    Stage("merge", "inline", "a submission becomes assertions, entities and a change"),
    Stage("index", "projection", "changes become search documents"),
    Stage("alerts", "projection", "changes become what saved searches must tell"),
    Stage("sparql", "projection", "changes become triples in the SPARQL store"),
    Stage("dumps", "projection", "entities become published files"),
    Stage("feeds", "projection", "changes become versions and delta files"),
)

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 5


@dataclass(frozen=True)
class Context:
    """What every handler works with."""

    settings: Settings
    engine: sa.Engine
    blobs: Blobs


Arguments = dict[str, Any]
Handler = Callable[[Context, Arguments], object]
InlineHandler = Callable[[Context, sa.Connection, Arguments], Any]
# A projection brings its output up to the newest change and returns how many changes it took in; asked to rebuild,
# it starts from nothing.
Projection = Callable[[Context, bool], int]


def open_context(settings: Settings) -> Context:
    """Open the records and the private blobs.

    Raises:
        SettingsError: the data folder or the database cannot be used.
    """
    engine = open_database(settings)
    try:
        settings.private.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        engine.dispose()
        raise SettingsError(f"BELFORT_DATA={settings.data}: {error.strerror}.") from None
    return Context(settings, engine, Blobs(settings.private / "blobs"))


@cache
def _handlers() -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for point in entry_points(group="belfort.stages"):
        found.update(point.load())
    return found


def inline(context: Context, connection: sa.Connection, stage: str, arguments: Arguments) -> Any:
    """Run an inline stage inside the transaction that is open."""
    handler: InlineHandler = _handlers()[stage]
    return handler(context, connection, arguments)


def enqueue(connection: sa.Connection, stage: str, key: str, arguments: Arguments, *, priority: int = 0) -> None:
    """Ask for work inside the transaction that makes it necessary; the same (stage, key) twice is one job."""
    known = connection.execute(sa.select(job.c.id).where(job.c.stage == stage, job.c.key == key)).scalar_one_or_none()
    row = {"arguments": json.dumps(arguments), "due": now(), "attempts": 0, "error": ""}
    if known is None:
        connection.execute(job.insert().values(stage=stage, key=key, priority=priority, created=now(), owner="", **row))
    else:
        # Leaving the owner empty takes the job from a worker that has it: its `_finish` will then not delete the row.
        connection.execute(job.update().where(job.c.id == known).values(owner="", **row))


@dataclass(frozen=True)
class Leased:
    """A job that this worker has until its lease ends."""

    id: int
    stage: str
    key: str
    arguments: Arguments
    attempts: int
    owner: str


def lease(context: Context) -> Leased | None:
    """Take the most urgent due job, or nothing."""
    owner = f"{socket.gethostname()}:{os.getpid()}:{now()}"
    with write(context.engine) as connection:
        row = connection.execute(
            sa.select(job)
            .where(job.c.due <= now(), job.c.attempts < MAX_ATTEMPTS)
            .order_by(job.c.priority.desc(), job.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if row is None:
            return None
        until = (datetime.now(UTC) + LEASE).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        connection.execute(
            job.update().where(job.c.id == row.id).values(due=until, owner=owner, attempts=row.attempts + 1)
        )
    return Leased(row.id, row.stage, row.key, json.loads(row.arguments), row.attempts + 1, owner)


def drain(context: Context) -> Iterator[tuple[Leased, object]]:
    """Do every due job, one after another, and say which were done and what their handler returned.

    A job that fails is tried again later, with its error kept; the others go on.
    """
    while (leased := lease(context)) is not None:
        handler: Handler = _handlers()[leased.stage]
        try:
            result = handler(context, leased.arguments)
        except BelfortError as error:
            log.warning("job failed", stage=leased.stage, key=leased.key, error=error.detail)
            _fail(context, leased, error.detail)
            result = error
        else:
            _finish(context, leased)
        yield leased, result


def _finish(context: Context, leased: Leased) -> None:
    with write(context.engine) as connection:
        connection.execute(job.delete().where(job.c.id == leased.id, job.c.owner == leased.owner))


def _fail(context: Context, leased: Leased, error: str) -> None:
    delay = timedelta(minutes=2**leased.attempts)
    due = (datetime.now(UTC) + delay).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with write(context.engine) as connection:
        connection.execute(
            job.update()
            .where(job.c.id == leased.id, job.c.owner == leased.owner)
            .values(due=due, error=error, owner="")
        )


def project(context: Context, *, rebuild: bool = False, only: str = "") -> dict[str, int]:
    """Bring every projection up to the newest change, in the order of the table; how many changes each took in."""
    names = [stage.name for stage in TABLE if stage.kind == "projection"]
    if only and only not in names:
        raise UsageError(f"There is no projection {only!r}.", hint=f"Known: {', '.join(names)}.")
    done = {}
    for name in [only] if only else names:
        handler: Projection = _handlers()[name]
        done[name] = handler(context, rebuild)
    return done
