"""What the current submission of an origin may say in public, subject by subject: the gate over the truth.

A page's submission holds its statement; a feed's is the end of a chain of patches, followed in a private file, some
subjects in memory at a time.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from belfort import rdf
from belfort.jobs import Context
from belfort.records import submission
from belfort.records.origin import Origin
from publisher import gate
from publisher.erasure import blocklist
from publisher.register import chain
from publisher.register.count import gated

BATCH = 2_000


def assertions(context: Context, connection: sa.Connection, speaker: Origin) -> Iterator[dict[str, str]]:
    """Subject → its public lines, joined, some subjects at a time and every subject once.

    Raises:
        BelfortError: the submission, or one before it, is missing or damaged.
    """
    assert speaker.current is not None
    said = submission.get(connection, speaker.current)
    if said.pipeline != chain.PIPELINE:
        triples = rdf.parse_lines(context.blobs.get(said.quads).decode())
        yield _joined(gate.gate(triples, speaker, erased=blocklist.erased(connection)))
        return
    with chain.replayed(context, connection, said.id) as state:
        last = ""
        while batch := state.subjects(last, BATCH):
            yield _joined(gated(state, batch, speaker, blocklist.erased(connection)))
            last = batch[-1]


def _joined(told: gate.Gated) -> dict[str, str]:
    return {subject: "\n".join(lines) for subject, lines in told.lines.items()}
