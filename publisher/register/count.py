"""Counting: staged subjects of a feed become a submission, assertions, entities and a change, in one transaction.

Only the subjects that changed are gated again, with those whose publication depends on them (a person is public as
long as a mandataris points at it), and only their assertions and entities are read and written. So a run costs what
is new, and a large one goes out in parts that fit in memory; each part is a whole submission, so
`entities == merge(gate(newest submissions))` holds after every one of them.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from belfort import rdf
from belfort.errors import Busy
from belfort.jobs import Context
from belfort.records import issue, ledger, origin, submission
from belfort.records.change import Change
from belfort.records.database import read, write
from belfort.records.origin import Origin
from belfort.records.submission import Submission
from publisher import gate, merge
from publisher.erasure import blocklist
from publisher.register import chain, row
from publisher.register.row import Row
from publisher.register.state import State

Within = Callable[[sa.Connection], None]


@dataclass(frozen=True)
class Part:
    """What comes to count at once: rows, what the submission reports, more to write in the same transaction."""

    rows: dict[str, Row]
    report: dict[str, Any]
    within: Within


def count(
    context: Context, state: State, speaker: tuple[str, str], part: Part
) -> tuple[Submission, Change | None]:  # fmt: skip
    """Let the rows of a part be what the feed says; `speaker` is the IRI and the authority of its origin.

    The state follows, but is not committed: after a crash it comes from the chain.

    Raises:
        Busy: another process let something count for the feed in the meantime.
    """
    rows = part.rows
    affected = _affected(state, rows)
    with read(context.engine) as connection:
        erased = blocklist.erased(connection)
    held = Counter({name: -n for name, n in gated(state, affected, _origin_of(speaker), erased).held.items()})
    before = state.rows(rows)
    body = chain.patch(state.floor, before, rows)
    quads = context.blobs.put(body)
    state.put(rows)
    told = gated(state, affected, _origin_of(speaker), erased)
    held.update(told.held)
    state.add_totals({("held", json.dumps(name)): n for name, n in held.items()})
    totals = sorted((*json.loads(name), n) for name, n in state.totals("held").items())
    with write(context.engine) as connection:
        found = origin.find_or_add(connection, speaker[0], "register", speaker[1])
        if (found.current or 0) != state.position or blocklist.erased(connection) != erased:
            raise Busy(f"Een andere intake van {speaker[1]} was eerder klaar.", hint="Er is niets verloren; herhaal.")
        part.within(connection)
        counts = _add(connection, found, quads, body.count(b"\n") - 1, {**part.report, "held": totals})
        own = {iri: "\n".join(told.lines.get(iri, ())) for iri in affected}
        made = _merge(context, connection, found, counts, own)
        issue.replace(connection, speaker[0], "merge", gate.issues(Counter({(c, w): n for c, w, n in totals})))
    state.note("position", str(counts.id))
    return counts, made


def gated(state: State, iris: Iterable[str], speaker: Origin, erased: Collection[str]) -> gate.Gated:
    """What the feed may say in public about these subjects, judged with all that decides about them.

    `erased` are the IRIs that were erased and may not come back.
    """
    wanted = set(iris)
    known, ask = set(wanted), set(wanted)
    while ask:  # who points at them, who points at those
        ask = state.pointing(ask) - known
        known |= ask
    triples = (
        triple for one in state.rows(known).values() for triple in rdf.parse_lines("\n".join(row.lines(one)))
    )  # fmt: skip
    return gate.gate(triples, speaker, only={f"<{iri}>" for iri in wanted}, erased=erased)


def _affected(state: State, rows: dict[str, Row]) -> set[str]:
    """The subjects that change, and those whose publication may change with them: before and after."""
    known = set(rows)
    ask = (state.pointed(state.rows(rows)) | state.pointed(rows)) - known
    while ask:
        known |= ask
        ask = state.pointed(state.rows(ask)) - known
    return known


def _origin_of(speaker: tuple[str, str]) -> Origin:
    return Origin(0, speaker[0], "register", speaker[1], None, "")


def _add(
    connection: sa.Connection, speaker: Origin, quads: str, triples: int, report: dict[str, Any]
) -> Submission:  # fmt: skip
    base = submission.get(connection, speaker.current) if speaker.current is not None else None
    new = Submission(
        0, speaker.id, chain.input_digest(base, quads), chain.PIPELINE, quads, triples, [], {},
        {**report, "base": speaker.current},
    )  # fmt: skip
    stored = submission.add(connection, new)
    ledger.append(connection, "submission", speaker.iri, quads, {"submission": stored.id})
    origin.set_current(connection, speaker.id, stored.id)
    return stored


def _merge(
    context: Context, connection: sa.Connection, speaker: Origin, counts: Submission, own: dict[str, str]
) -> Change | None:
    """Put these assertions of the origin in place of its old ones about the same subjects, and merge them."""
    said = {iri: text for iri, text in own.items() if text}
    touched = merge.replace_assertions(connection, speaker, said, own)
    public = merge.resolve_subjects(connection, context, touched, Counter(), (speaker, said))
    return merge.write_change(connection, speaker, counts.id, public)
