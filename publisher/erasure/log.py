"""Redacts the change log: the one place where an append-only table is altered, and only by an erasure.

Lines are taken out of every change in which they occur, so that replaying the log still gives the entities. What
stays of an erased subject is its `rdf:type`: the tombstone says as much, and by it those who follow the log learn that
the subject went (docs/decisions/0012).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from belfort.records import change
from belfort.records.database import append_only_statements

Unwanted = Callable[[str, int], bool]


def redact(connection: sa.Connection, unwanted: Unwanted) -> int:
    """Take the lines for which `unwanted(line, origin of the change)` holds out of the log; how many there were."""
    table = change.change
    edits: list[dict[str, object]] = []
    taken = 0
    for seq, origin, inserts, deletes in _rows(connection):
        kept = [
            [line for line in text.split("\n") if line and not unwanted(line, origin)] for text in (inserts, deletes)
        ]
        new = ["\n".join(lines) for lines in kept]
        if new != [inserts, deletes]:
            taken += sum(text.count("\n") + 1 for text in (inserts, deletes) if text) - sum(map(len, kept))
            edits.append({"number": seq, "inserts": new[0], "deletes": new[1]})
    if edits:
        statement = table.update().where(table.c.seq == sa.bindparam("number"))
        with _unlocked(connection, table.name):
            connection.execute(
                statement.values(inserts=sa.bindparam("inserts"), deletes=sa.bindparam("deletes")), edits
            )  # fmt: skip
    return taken


def lines_of(connection: sa.Connection, origin: int) -> Iterator[str]:
    """Every line that a change of that origin ever put in."""
    for _, speaker, inserts, _ in _rows(connection):
        if speaker == origin and inserts:
            yield from inserts.split("\n")


def _rows(connection: sa.Connection) -> Iterator[tuple[int, int, str, str]]:
    table = change.change
    last = 0
    while True:
        rows = connection.execute(
            sa.select(table.c.seq, table.c.origin, table.c.inserts, table.c.deletes)
            .where(table.c.seq > last)
            .order_by(table.c.seq)
            .limit(200)
        ).all()
        if not rows:
            return
        yield from ((row.seq, row.origin, row.inserts, row.deletes) for row in rows)
        last = rows[-1].seq


@contextmanager
def _unlocked(connection: sa.Connection, name: str) -> Iterator[None]:
    """Take the trigger away that forbids it, for this transaction alone; it is back before the commit."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        yield
        connection.execute(sa.text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
        return
    update = next(one for one in append_only_statements(name, "sqlite") if " BEFORE UPDATE " in one)
    connection.exec_driver_sql(f"DROP TRIGGER {update.split()[2]}")
    yield
    connection.exec_driver_sql(update)
