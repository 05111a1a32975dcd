"""Which origin says which public triple, as N-Quads lines whose graph is the origin."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from belfort.records.assertion import assertion
from belfort.records.database import bytewise
from belfort.records.entity import entity
from belfort.records.origin import origin


def quads(connection: sa.Connection, iri: str | Sequence[str] | None = None) -> Iterator[str]:
    """The N-Quads lines of one entity, of some (as many as fit in one IN list), or of all, by subject and origin."""
    statement = (
        sa.select(assertion.c.subject, assertion.c.lines, entity.c.lines.label("public"), origin.c.iri.label("graph"))
        .join(entity, entity.c.iri == assertion.c.subject)
        .join(origin, origin.c.id == assertion.c.origin)
        .order_by(bytewise(connection, assertion.c.subject), bytewise(connection, origin.c.iri))
    )
    if iri is not None:
        statement = statement.where(assertion.c.subject.in_([iri] if isinstance(iri, str) else iri))
    for row in connection.execute(statement.execution_options(yield_per=1000)):
        # A statement that lost (a claim about the register, a conflict) is not public and has no graph here.
        public = set(row.public.split("\n"))
        for line in row.lines.split("\n"):
            if line in public:
                yield f"{line[:-1]}<{row.graph}> ."
