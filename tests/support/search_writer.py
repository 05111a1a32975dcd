"""A process that writes rounds of documents in an index until it is killed, for the crash tests.

    python -m tests.support.search_writer <settings as JSON> <file of acknowledged commits>

Each round changes one of ten documents and adds one. What was committed is noted down durably, as a caller who was
told so would do.
"""

import os
import sys

from belfort.settings import Settings
from search.document import Document
from search.engines import open_engine
from search.engines.port import Cursor

KEPT = 10


def changed(seq: int) -> list[Document]:
    """The documents of a round: one of ten that are there in another state, and a new one."""
    names = (f"old{seq % KEPT}", f"new{seq}")
    return [Document(f"https://b.example/{one}", one, "besluiten", "Besluit", f"Ronde {seq}", "", "") for one in names]


def titles(seq: int) -> dict[str, str]:
    """What must be there after so many rounds: IRI → title."""
    return {one.iri: one.title for number in range(seq + 1) for one in changed(number)}


def main() -> None:
    """Write until killed; say what was done, a line each."""
    engine = open_engine(Settings.model_validate_json(sys.argv[1]))
    acknowledged = os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with engine.writing():
        index = engine.current()
        assert index
        writer, seq = index.writer(), index.view().cursor.seq
        while True:
            seq += 1
            documents = changed(seq)
            writer.replace([one.iri for one in documents], documents)
            print("replaced", seq, flush=True)
            writer.commit(Cursor(seq, "now"))
            os.write(acknowledged, f"{seq}\n".encode())
            os.fsync(acknowledged)
            print("committed", seq, flush=True)


if __name__ == "__main__":
    main()
