"""What a feed says now, read from the chain of its submissions and held against its private state."""

from belfort.jobs import Context
from belfort.records import origin
from belfort.records.database import read
from publisher.register import chain, row


def lines(context: Context, iri: str) -> list[str]:
    """The statements that hold, sorted; nothing for a feed that says nothing."""
    with read(context.engine) as connection:
        speaker = origin.find(connection, iri)
        if speaker is None or speaker.current is None:
            return []
        with chain.replayed(context, connection, speaker.current) as state:
            found = sorted(line for _, one in state.every() for line in row.lines(one))
    with chain.opened(context, iri) as state:
        assert sorted(line for _, one in state.every() for line in row.lines(one)) == found
    return found
