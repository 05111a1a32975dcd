"""Compares sets of lines without holding them: the fingerprint of a set is the XOR of the hashes of its lines.

Adding and removing a line is the same operation, so the change log can be replayed in one pass with one number per
subject. Two different sets agree by chance once in 2^128.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

import sqlalchemy as sa

from belfort.records.change import change


def fingerprint(lines: Iterable[str]) -> int:
    """The fingerprint of a set of distinct lines, in any order; 0 for the empty set."""
    result = 0
    for line in lines:
        result ^= int.from_bytes(blake2b(line.encode(), digest_size=16).digest())
    return result


@dataclass
class Replay:
    """What the change log says: per subject a fingerprint, and the last change that touched it."""

    prints: dict[str, int] = field(default_factory=dict)
    touched: dict[str, tuple[int, str]] = field(default_factory=dict)

    def revision(self, subject: str) -> int:
        """The number of the last change that touched the subject, 0 when none did."""
        return self.touched.get(subject, (0, ""))[0]

    def at(self, subject: str) -> str:
        """The time of that change."""
        return self.touched.get(subject, (0, ""))[1]


def replay(connection: sa.Connection) -> Replay:
    """Replay all changes, in their order."""
    result = Replay()
    rows = connection.execute(sa.select(change).order_by(change.c.seq).execution_options(yield_per=200))
    for row in rows:
        for text in (row.deletes, row.inserts):
            for line in text.split("\n") if text else ():
                subject = line.split(" ", 1)[0][1:-1]
                result.prints[subject] = result.prints.get(subject, 0) ^ fingerprint([line])
                result.touched[subject] = (row.seq, row.at)
    return result
