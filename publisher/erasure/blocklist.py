"""What was erased: the IRIs of which nothing may be public any more, whoever says it.

The list is a fold over entries of the ledger, so it is chained like everything that was decided and a rebuild finds it
again. It names IRIs only: nothing is ever derived from what was erased (design §7.9).
"""

import json
from dataclasses import dataclass

import sqlalchemy as sa

from belfort.records import ledger

# The subject of these entries, so that reading the list is one look into an index.
SUBJECT = "urn:belfort:erasures"
ERASED, LIFTED, DESTROYED = "erased", "erasure-lifted", "destroyed"


@dataclass(frozen=True)
class Erasure:
    """One erasure that holds: the IRI asked for, every IRI that went with it, why, when, and who had said it.

    `submissions` are the sealed statements in which it stands, by which the proof knows what to look for.
    """

    seq: int
    at: str
    iri: str
    iris: tuple[str, ...]
    reason: str
    origins: tuple[int, ...]
    submissions: tuple[int, ...]


def erasures(connection: sa.Connection) -> dict[str, Erasure]:
    """The erasures that hold now, by the IRI that was asked for, oldest first."""
    found: dict[str, Erasure] = {}
    table = ledger.ledger
    rows = connection.execute(
        sa.select(table.c.seq, table.c.at, table.c.kind, table.c.detail)
        .where(table.c.subject == SUBJECT, table.c.kind.in_((ERASED, LIFTED)))
        .order_by(table.c.seq)
    )
    for row in rows:
        told = json.loads(row.detail)
        found.pop(told["iri"], None)
        if row.kind == ERASED:
            found[told["iri"]] = Erasure(
                row.seq, row.at, told["iri"], tuple(told["iris"]), told["reason"], tuple(told["origins"]),
                tuple(told["submissions"]),
            )  # fmt: skip
    return found


def erased(connection: sa.Connection) -> frozenset[str]:
    """Every IRI of which nothing may be public."""
    return frozenset(iri for one in erasures(connection).values() for iri in one.iris)


def add(connection: sa.Connection, new: Erasure) -> int:
    """Append the erasure to the ledger; inside `database.write` only."""
    return ledger.append(
        connection, ERASED, SUBJECT, "",
        {"iri": new.iri, "iris": list(new.iris), "reason": new.reason, "origins": list(new.origins),
         "submissions": list(new.submissions)},
    )  # fmt: skip


def lift(connection: sa.Connection, iri: str, reason: str) -> int:
    """Append that the IRI may be said again; inside `database.write` only."""
    return ledger.append(connection, LIFTED, SUBJECT, "", {"iri": iri, "reason": reason})


def destroy(connection: sa.Connection, digests: list[str], iri: str) -> None:
    """Append that these sealed bytes are destroyed; inside `database.write` only, before they are."""
    for digest in digests:
        ledger.append(connection, DESTROYED, SUBJECT, digest, {"iri": iri})


def destroyed(connection: sa.Connection) -> frozenset[str]:
    """The digests of sealed bytes that were destroyed on purpose."""
    table = ledger.ledger
    statement = sa.select(table.c.digest).where(table.c.subject == SUBJECT, table.c.kind == DESTROYED)
    return frozenset(connection.execute(statement).scalars())
